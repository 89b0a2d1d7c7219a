"""Variants of the corpus that must be judged like their originals: a remark on somebody beside the matter itself.

Remarks that analyzer.remarks knows are never read, neither here nor later; the others are what these teach.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from ruamel.yaml import YAML

from analyzer.remarks import without_remarks
from analyzer.text import normalise
from analyzer.training.data import Example


@cache
def asides() -> tuple[str, ...]:
    """Praise and criticism of people, in the normal form."""
    source = resources.files("analyzer").joinpath("resources", "asides.yaml")
    return tuple(normalise(text) for text in YAML(typ="safe").load(source.read_text(encoding="utf-8"))["asides"])


def variants(examples: Sequence[Example]) -> Iterator[Example]:
    """Every corpus text once more with a remark behind or before it; and the remarks alone, which are no matter."""
    remarks = asides()
    for example in examples:
        if example.source == "corpus" and not example.held_out:
            chance = hashlib.sha256(example.text.encode()).digest()
            remark = remarks[int.from_bytes(chance[6:8]) % len(remarks)]
            text = f"{example.text}{remark}" if chance[8] % 4 else f"{remark}{example.text}"
            yield replace(example, text=text, source="variants", origin=example.text)
    for remark in remarks:
        yield Example(text=remark, source="variants", in_scope=False, topics=(), help_sought=False)


def as_read(examples: Sequence[Example]) -> list[Example]:
    """The examples as the models will see them; of variants only those that differ from their originals even so."""
    kept = without_remarks([example.text for example in examples])
    originals = {kept[place] for place, example in enumerate(examples) if example.source != "variants"}
    return [
        replace(example, text=text, origin=example.family)
        for example, text in zip(examples, kept, strict=True)
        if text.strip() and not (example.source == "variants" and text in originals)
    ]
