"""Figures told beside those of now: of a year of their own ("2004年，…，33人遇难"), or of an outbreak so far."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from analyzer.facts.sorts import SENTENCES
from analyzer.model import Fact, FactKind, Nature
from analyzer.patterns import bounds

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)年(?![以之]来|\d{1,2}月)")
"""A year that no month follows: who tells of these days says the day."""
_CLAUSES = "，。！？；\n"
_SO_FAR = re.compile(r"累计(?:报告|确诊|发现|登记|发生|有)?")
_ELSEWHERE = re.compile(r"全国|全省|全球|同期|去年|往年|年均|传染病")
"""In the clause of a count: it is of other places, or compares."""
_LOOK = 120


def of_other_years(plain: str, facts: Sequence[Fact], told_at: datetime | None) -> Sequence[Fact]:
    """Those of a year that a sentence begins with are of then, where others of their kind are told without one."""
    if "年" not in plain:
        return facts
    then = [fact.status is Nature.CURRENT and fact.value > 0 and _of_a_year(plain, fact, told_at) for fact in facts]
    own = {f.kind for f, old in zip(facts, then, strict=True) if not old and f.value and f.status is Nature.CURRENT}
    return [
        replace(fact, status=Nature.PAST) if old and fact.kind in own else fact
        for fact, old in zip(facts, then, strict=True)
    ]


def of_this_outbreak(plain: str, facts: Sequence[Fact]) -> Sequence[Fact]:
    """All cases of an outbreak so far are of now where new ones are: "新增28例。今年以来，累计报告病例312例"."""
    if not any(f.kind is FactKind.ILL and f.value and f.status is Nature.CURRENT for f in facts):
        return facts
    return [replace(fact, status=Nature.CURRENT) if _goes_on(plain, fact) else fact for fact in facts]


def _goes_on(plain: str, fact: Fact) -> bool:
    if fact.kind is not FactKind.ILL or fact.status is not Nature.STATISTIC or fact.part_of:
        return False
    told = plain[bounds.begin(plain, fact.span[0], _CLAUSES, _LOOK) : fact.span[1]]
    return _SO_FAR.search(told) is not None and not _ELSEWHERE.search(told)


def _of_a_year(plain: str, fact: Fact, told_at: datetime | None) -> bool:
    begin = bounds.begin(plain, fact.span[0], SENTENCES, _LOOK)
    year = _YEAR.search(plain, begin, fact.span[0])
    return year is not None and not (told_at is not None and int(year[1]) == told_at.year)
