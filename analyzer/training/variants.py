"""Variants of the corpus that must be judged like their originals: a remark on somebody beside the matter itself."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from ruamel.yaml import YAML

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
