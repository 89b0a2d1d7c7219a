"""Figures of people that are another country's or the whole province's, and none of the place told of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.model import Fact, Nature
from analyzer.places.abroad import beyond, in_province, recalled


def of_these_days(plain: str, facts: Sequence[Fact]) -> list[Fact]:
    """No figure of another country's disaster that is only recalled is one of now."""
    once = recalled(plain, [fact.span[0] for fact in facts])
    return [
        replace(fact, status=Nature.PAST) if old and fact.status is Nature.CURRENT else fact
        for fact, old in zip(facts, once, strict=True)
    ]


def on_this_side(plain: str, facts: Sequence[Fact]) -> Iterable[Fact]:
    """Where a disaster crosses the border, the people harmed beyond it are no figure of ours, nor ours a part of it.

    No more are those of the whole province beside those of a place in it.
    """
    spots = [fact.span[0] for fact in facts]
    away = beyond(plain, spots)
    wide = in_province(plain, spots)
    if any(fact.unit == "person" and fact.value and not one for fact, one in zip(facts, wide, strict=True)):
        away = [one or other for one, other in zip(away, wide, strict=True)]
    theirs = {fact.kind for fact, other in zip(facts, away, strict=True) if other and fact.unit == "person"}
    for fact, other in zip(facts, away, strict=True):
        if fact.kind not in theirs or fact.status is not Nature.CURRENT:
            yield fact
        else:
            yield replace(fact, status=Nature.STATISTIC) if other else replace(fact, part_of=None)
