"""Working days and holidays of China, and what to do for years whose calendar is not out yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Self

import chinese_calendar
from pydantic import BeforeValidator, Field, model_validator

from alerts.beijing import BEIJING, day_of
from alerts.shifts import Entry

FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Holidays by month and day that the law itself fixes (全国年节及纪念日放假办法, 2024); the others follow the moon."""
_DAY = timedelta(days=1)
_RANGE = re.compile(r"\s{0,9}(\d{4}-\d{2}-\d{2})\s{0,9}(?:\.\.|至|~)\s{0,9}(\d{4}-\d{2}-\d{2})\s{0,9}")
_LONGEST = timedelta(days=31)
_SEARCHED = 400
"""Days looked through for a working day; a calendar without one in a year is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkCalendar:
    """The public calendar (chinesecalendar, from the State Council's yearly notice) and the district's own changes.

    For a year that neither knows, working days are Monday to Friday but the fixed holidays: `guess` says so.
    `years` are the ones that `holidays` and `workdays` settle completely.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices are open; own changes go before the public calendar."""
        if day in self.workdays or day in self.holidays:
            return day in self.workdays
        try:
            # The package remembers days as a date's own type, so a datetime would be unknown to it.
            return bool(chinese_calendar.is_workday(date(day.year, day.month, day.day)))
        except NotImplementedError:
            return day.weekday() < 5 and (day.month, day.day) not in FIXED

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for ahead in range(1, _SEARCHED):
            if self.is_workday(day + ahead * _DAY):
                return day + ahead * _DAY
        raise ValueError(f"{day}之后一年内没有工作日，请检查节假日文件")

    def add_working_days(self, moment: datetime, count: int) -> datetime:
        """The same wall-clock time on the `count`-th working day after the Beijing day of `moment`; 0 is `moment`."""
        if count < 0:
            raise ValueError("工作日数不能为负")
        day = day_of(moment)
        for _ in range(count):
            day = self.next_working_day(day)
        at = moment.astimezone(BEIJING).timetz()
        return datetime.combine(day, at).astimezone(UTC) if count else moment

    def knows(self, year: int) -> bool:
        """Whether the year's working days are settled rather than guessed."""
        if year in self.years:
            return True
        try:
            chinese_calendar.is_workday(date(year, 1, 1))
        except NotImplementedError:
            return False
        return True

    def guess(self, first: date, last: date) -> str:
        """What a reader must be told of a time that reaches into years not settled; empty when there is none."""
        unknown = [str(year) for year in range(first.year, last.year + 1) if not self.knows(year)]
        if not unknown:
            return ""
        return (
            f"{'、'.join(unknown)}年的放假安排尚未收录，暂按周一至周五为工作日、仅扣除日期固定的节日推算；"
            f"请在 holidays.yaml 中补上国务院办公厅公布的安排。"
        )


def _days(value: Any) -> Any:
    """A day, or "2027-02-05..2027-02-11", as the days it covers."""
    if not isinstance(value, str):
        return (value,)
    match = _RANGE.fullmatch(value)
    if match is None:
        return (value,)
    try:
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    except ValueError:
        raise ValueError(f"没有“{value}”这样的日期，请改正") from None
    if not timedelta(0) <= last - first <= _LONGEST:
        raise ValueError(f"“{value}”应从早到晚，且不超过{_LONGEST.days}天")
    return tuple(first + i * _DAY for i in range((last - first).days + 1))


Days = Annotated[tuple[date, ...], BeforeValidator(_days)]


class HolidayFile(Entry):
    """holidays.yaml: changes to the public calendar, and years that it does not know."""

    years: tuple[int, ...] = Field(default=(), description="本文件已写全的年份，如 [2027]")
    holidays: tuple[Days, ...] = Field(default=(), description="放假的日期，或“2027-02-05..2027-02-11”")
    workdays: tuple[Days, ...] = Field(default=(), description="调休上班的日期")

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        both = sorted(set(_flat(self.holidays)) & set(_flat(self.workdays)))
        if both:
            raise ValueError(f"{both[0]}既写为放假又写为上班，请改正")
        return self

    def calendar(self) -> WorkCalendar:
        """The calendar with these changes."""
        return WorkCalendar(
            holidays=frozenset(_flat(self.holidays)),
            workdays=frozenset(_flat(self.workdays)),
            years=frozenset(self.years),
        )


def _flat(groups: tuple[Days, ...]) -> Iterator[date]:
    for days in groups:
        yield from days
