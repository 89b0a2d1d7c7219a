"""When the periodical reports are issued, and which period each is about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from alerts.beijing import day_of, moment_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """Issued at `at`, Beijing time, on the days that `opens` names; `covers` gives the first day of the period then."""

    at: time
    opens: Callable[[date], bool]
    covers: Callable[[date], date]

    def lately(self, now: datetime, most: int) -> list[date]:
        """First days of the latest periods whose hour of issue has come, the latest last."""
        days = (day for day in self._days(day_of(now), -1) if self._moment(day) <= now)
        return [self.covers(day) for day in islice(days, most)][::-1]

    def next(self, now: datetime) -> datetime:
        """The next moment of issue after `now`."""
        return next(moment for day in self._days(day_of(now), 1) if (moment := self._moment(day)) > now)

    def _days(self, start: date, step: int) -> Iterator[date]:
        """Days of issue from `start` on, forwards or backwards."""
        return (day for n in count() if self.opens(day := start + n * step * _DAY))

    def _moment(self, day: date) -> datetime:
        return moment_of(day, self.at)


def daily(at: time) -> Schedule:
    """Every day about the day before."""
    return Schedule(at=at, opens=lambda _: True, covers=lambda day: day - _DAY)


def weekly(weekday: int, at: time) -> Schedule:
    """On one day of the week (1 Monday to 7 Sunday) about the week before, from its Monday."""
    return Schedule(at=at, opens=lambda day: day.isoweekday() == weekday, covers=lambda day: week_of(day - 7 * _DAY))


def monthly(day_of_month: int, at: time) -> Schedule:
    """On one day of the month (at most the 28th) about the month before, from its first."""
    return Schedule(at=at, opens=lambda day: day.day == day_of_month, covers=lambda day: month_of(month_of(day) - _DAY))


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - (day.isoweekday() - 1) * _DAY


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)
