"""What a day without a year is of, where a text has told a day of years ago in full."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from analyzer.patterns import bounds
from crawlers.beijing import BEIJING

NEAR = timedelta(days=15)
"""So soon after the old day a day without a year is of that year."""
_LATELY = timedelta(days=31)
"""Who tells of such a day within these days may mean the one of this year."""
_FULL = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})[日号]")
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]|(\d{1,2})[日号]")
_HOURS = {"凌晨", "清晨", "早上", "上午", "中午", "下午", "傍晚", "深夜"}
_UNTIL = {"截至", "截止"}
_SENTENCE = "。！？\n"
_REACH = 400


class Cue(NamedTuple):
    """One telling word: what it speaks for, and where."""

    kind: str
    start: int
    end: int
    text: str


def of_that_year(plain: str, cues: Sequence[Cue], told_at: datetime | None) -> list[Cue]:
    """The cues of a text; days and hours that follow an old day in full are of its year.

    "2018年6月7日上午锅炉爆炸，2人重伤。6月8日2人抢救无效死亡" tells nothing of now. What tells of now in other words
    ("昨日") ends it, and so does a day that may be one of these weeks.
    """
    if told_at is None or not any(cue.kind == "past" and _FULL.match(cue.text) for cue in cues):
        return list(cues)
    return list(_dated(plain, cues, told_at))


def _dated(plain: str, cues: Iterable[Cue], told_at: datetime) -> Iterable[Cue]:
    old: date | None = None
    end = 0
    until: Cue | None = None
    for cue in cues:
        if cue.kind == "past" and (full := _FULL.match(cue.text)):
            old, end = _day(*map(int, full.groups())), bounds.end(plain, cue.end, _SENTENCE, _REACH)
        if cue.kind == "now" and old is not None:
            if cue.text in _UNTIL:
                until = cue
                continue
            if (cue.text in _HOURS and cue.end <= end) or _follows(cue.text, old, told_at, same=cue.end <= end):
                until = None
                yield cue._replace(kind="past")
                continue
            old = None
        if until is not None:
            yield until
            until = None
        yield cue
    if until is not None:
        yield until


def _follows(text: str, old: date, told_at: datetime, *, same: bool) -> bool:
    """Whether a day without a year is one right after the old day: of it alone, in its sentence, it is enough."""
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    if found[3]:
        return same
    today = told_at.astimezone(BEIJING).date()
    meant, of_late = _day(old.year, int(found[1]), int(found[2])), _day(today.year, int(found[1]), int(found[2]))
    if meant is None or of_late is None or timedelta() <= today - of_late <= _LATELY:
        return False
    return timedelta() <= meant - old <= NEAR


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
