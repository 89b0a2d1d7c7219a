from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import schedule
from alerts.beijing import BEIJING, moment_of

EIGHT = time(8, 0)


def beijing(text):
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("now", "day", "following"),
    [
        ("2026-11-03T07:59:59", "2026-11-01", "2026-11-03T08:00"),
        ("2026-11-03T08:00:00", "2026-11-02", "2026-11-04T08:00"),
        ("2026-11-04T07:00:00", "2026-11-02", "2026-11-04T08:00"),
        ("2027-01-01T09:00:00", "2026-12-31", "2027-01-02T08:00"),
    ],
)
def test_a_daily_report_is_about_the_day_before(now, day, following):
    it = schedule.daily(EIGHT)
    assert it.lately(beijing(now), 1)[0] == date.fromisoformat(day)
    assert it.next(beijing(now)) == beijing(following)


@pytest.mark.parametrize(
    ("weekday", "now", "monday", "following"),
    [
        (1, "2026-11-09T07:59", "2026-10-26", "2026-11-09T08:00"),
        (1, "2026-11-09T08:00", "2026-11-02", "2026-11-16T08:00"),
        (5, "2026-11-12T23:00", "2026-10-26", "2026-11-13T08:00"),
        (5, "2026-11-13T08:00", "2026-11-02", "2026-11-20T08:00"),
        (7, "2026-11-15T08:00", "2026-11-02", "2026-11-22T08:00"),
    ],
)
def test_a_weekly_report_is_about_the_whole_week_before(weekday, now, monday, following):
    it = schedule.weekly(weekday, EIGHT)
    assert it.lately(beijing(now), 1)[0] == date.fromisoformat(monday)
    assert it.next(beijing(now)) == beijing(following)


@pytest.mark.parametrize(
    ("now", "first", "following"),
    [
        ("2026-11-03T07:59", "2026-09-01", "2026-11-03T08:00"),
        ("2026-11-03T08:00", "2026-10-01", "2026-12-03T08:00"),
        ("2027-01-03T08:00", "2026-12-01", "2027-02-03T08:00"),
        ("2027-03-02T08:00", "2027-01-01", "2027-03-03T08:00"),
    ],
)
def test_a_monthly_report_is_about_the_whole_month_before(now, first, following):
    it = schedule.monthly(3, EIGHT)
    assert it.lately(beijing(now), 1)[0] == date.fromisoformat(first)
    assert it.next(beijing(now)) == beijing(following)


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(BEIJING)),
    weekday=st.integers(1, 7),
    day=st.integers(1, 28),
    at=st.times(),
)
def test_every_period_comes_exactly_once_and_after_its_end(now, weekday, day, at):
    for it, longest in ((schedule.daily(at), 1), (schedule.weekly(weekday, at), 7), (schedule.monthly(day, at), 31)):
        before, moment = it.lately(now, 1)[0], it.next(now)
        following = it.lately(moment, 1)[0]
        assert before < following <= before + timedelta(days=longest)
        assert it.lately(moment - timedelta(microseconds=1), 1)[0] == before
        assert moment >= moment_of(following)
