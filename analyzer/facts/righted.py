"""What a text puts right, and whoever is still shut in: the greater figures before it are past."""

import re
from collections.abc import Iterable
from dataclasses import replace

from analyzer.model import Fact, FactKind, Nature

_STILL = re.compile(r"[仍尚]|还有|剩")
"""Beside a figure of those shut in: whoever else was is out."""


def put_right(plain: str, facts: Iterable[Fact]) -> list[Fact]:
    """The figures, those past that the text puts right or that count whoever is shut in no more."""
    found = [_the_rest(plain, fact) for fact in facts]
    right = {fact.kind: fact for fact in found if fact.correction and fact.status is Nature.CURRENT}
    if not right:
        return found
    return [
        replace(fact, status=Nature.PAST)
        if (last := right.get(fact.kind))
        and fact.value > last.value
        and fact.part_of is None
        and fact.status is Nature.CURRENT
        else fact
        for fact in found
    ]


def _the_rest(plain: str, fact: Fact) -> Fact:
    """Those still shut in of all who were: "井下被困27人中，19人获救，8人仍被困"."""
    rest = fact.kind is fact.part_of is FactKind.TRAPPED and fact.status is Nature.CURRENT
    if rest and _STILL.search(plain, max(0, fact.span[0] - 2), fact.span[1]):
        return replace(fact, part_of=None, correction=True)
    return fact
