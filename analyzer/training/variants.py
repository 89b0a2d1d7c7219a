"""Variants of the corpus that must be judged like their originals.

Beside them stands a remark, a place, or what platforms and habits set around a text; or they are short of a letter.
Remarks that analyzer.scope.remarks knows, towns that analyzer.scope.openings leaves out and what
analyzer.scope.trimmings knows are never read, neither here nor later; the others are what these teach.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from ruamel.yaml import YAML

from analyzer.scope.evidence import as_judged
from analyzer.text import normalise
from analyzer.training.data import Example

_NAMES = (
    "清溪云河柳林南塘石板白沙望江青禾桐花鹿角洛水金桥东湖西岭龙泉永安平川长丰新和高坪"
    "临水松岗梅岭宁阳怀远兴隆古城双河三江宝山赤水黄沙红岩大塘牛背马鞍桃源杏林枫桥银杏"
)
"""Fictional names of two letters each, one behind the other."""
_PLACES = (
    "{}{}路",
    "在{}",
    "{}{}小区",
    "{}区{}街道",
    "{}村",
    "{}{}花园",
    "【{}】",
    "#{}#",
    "{}{}社区",
    "{}这边",
    "{}{}园三期",
)
_SHORTEST = 6
"""Letters of a text that may lose one."""


@cache
def asides() -> tuple[str, ...]:
    """Praise and criticism of people, in the normal form."""
    source = resources.files("analyzer").joinpath("resources", "asides.yaml")
    return tuple(normalise(text) for text in YAML(typ="safe").load(source.read_text(encoding="utf-8"))["asides"])


@cache
def wrappings() -> tuple[str, ...]:
    """What may stand around a text, which is {}."""
    source = resources.files("analyzer").joinpath("resources", "wrappings.txt")
    return tuple(line.replace("\\n", "\n") for line in source.read_text(encoding="utf-8").splitlines())


def variants(examples: Sequence[Example]) -> Iterator[Example]:
    """Every corpus text again with each change; and the remarks and the wrappings alone, which are no matter."""
    for example in examples:
        if example.source == "corpus" and not example.held_out:
            chance = hashlib.sha256(example.text.encode()).digest()
            for change in (_remarked, _placed, _short, _wrapped):
                yield replace(example, text=change(example.text, chance), source="variants", origin=example.text)
    for idle in (*asides(), *(normalise(wrapping.replace("{}", "")) for wrapping in wrappings())):
        yield Example(text=idle, source="variants", in_scope=False, topics=(), help_sought=False)


def _remarked(text: str, chance: bytes) -> str:
    remark = asides()[int.from_bytes(chance[6:8]) % len(asides())]
    return f"{text}{remark}" if chance[8] % 4 else f"{remark}{text}"


def _placed(text: str, chance: bytes) -> str:
    names = (_name(chance[9]), _name(chance[10]))
    return normalise(_PLACES[chance[11] % len(_PLACES)].format(*names) + text)


def _name(number: int) -> str:
    begins = number % (len(_NAMES) // 2) * 2
    return _NAMES[begins : begins + 2]


def _short(text: str, chance: bytes) -> str:
    if len(text) < _SHORTEST:
        return text
    lost = 1 + int.from_bytes(chance[12:14]) % (len(text) - 2)
    return text[:lost] + text[lost + 1 :]


def _wrapped(text: str, chance: bytes) -> str:
    return normalise(wrappings()[int.from_bytes(chance[14:16]) % len(wrappings())].replace("{}", text))


def as_read(examples: Sequence[Example]) -> list[Example]:
    """The examples as the models will see them; of variants only those that differ from their originals even so."""
    _, _, kept = as_judged([example.text for example in examples])
    originals = {kept[place] for place, example in enumerate(examples) if example.source != "variants"}
    return [
        replace(example, text=text, origin=example.family)
        for example, text in zip(examples, kept, strict=True)
        if text.strip() and not (example.source == "variants" and text in originals)
    ]
