from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts.beijing import BEIJING, day_of
from alerts.holidays import HolidayFile, WorkCalendar
from services.errors import ConfigError
from services.folder import config

CHINA = WorkCalendar()
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked in its place
        (date(2026, 10, 12), True),  # an ordinary Monday
        (date(2026, 10, 17), False),  # an ordinary Saturday
        (date(2026, 2, 17), False),  # the moon's New Year
    ],
)
def test_the_public_calendar_is_followed(day, works):
    assert CHINA.is_workday(day) is works
    assert CHINA.guess(day, day) == ""


def test_a_datetime_is_taken_for_its_day():
    assert not CHINA.is_workday(datetime(2026, 10, 1, 9))


def test_a_year_without_a_calendar_is_guessed_and_says_so():
    assert CHINA.is_workday(date(2031, 3, 3))
    assert not CHINA.is_workday(date(2031, 3, 1))
    assert not CHINA.is_workday(date(2031, 1, 1))
    assert not CHINA.is_workday(date(2031, 10, 2))
    assert "2031、2032年的放假安排尚未收录" in CHINA.guess(date(2031, 12, 1), date(2032, 1, 5))


def test_own_changes_go_before_both():
    own = HolidayFile.model_validate(
        {"years": [2031], "holidays": ["2031-01-20..2031-01-22", date(2026, 10, 12)], "workdays": [date(2031, 1, 25)]}
    ).calendar()
    assert [own.is_workday(date(2031, 1, d)) for d in (20, 22, 23, 25)] == [False, False, True, True]
    assert not own.is_workday(date(2026, 10, 12))
    assert own.guess(date(2031, 1, 1), date(2031, 12, 31)) == ""


def beijing(*moment):
    return datetime(*moment, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (beijing(2026, 9, 30, 15, 30), 1, beijing(2026, 10, 8, 15, 30)),
        (beijing(2026, 10, 9, 9, 0), 1, beijing(2026, 10, 10, 9, 0)),
        (beijing(2026, 10, 10, 9, 0), 1, beijing(2026, 10, 12, 9, 0)),
        (beijing(2026, 10, 3, 23, 59), 2, beijing(2026, 10, 9, 23, 59)),
        (beijing(2026, 10, 3, 23, 59), 0, beijing(2026, 10, 3, 23, 59)),
        (beijing(2026, 11, 3, 0, 30), 5, beijing(2026, 11, 10, 0, 30)),
    ],
)
def test_working_days_are_counted_from_the_next_one_at_the_same_hour(start, count, end):
    assert CHINA.add_working_days(start, count) == end


@given(day=DAYS)
def test_the_next_working_day_is_one_and_none_lies_between(day):
    after = CHINA.next_working_day(day)
    assert CHINA.is_workday(after)
    assert not any(CHINA.is_workday(day + timedelta(days=i)) for i in range(1, (after - day).days))


@given(day=DAYS, minutes=st.integers(0, 1439), first=st.integers(0, 9), second=st.integers(0, 9))
def test_working_days_add_up(day, minutes, first, second):
    start = datetime(day.year, day.month, day.day, tzinfo=BEIJING) + timedelta(minutes=minutes)
    in_two = CHINA.add_working_days(CHINA.add_working_days(start, first), second)
    assert in_two == CHINA.add_working_days(start, first + second)
    if first:
        assert CHINA.is_workday(day_of(CHINA.add_working_days(start, first)))


def test_days_cannot_be_taken_back():
    with pytest.raises(ValueError, match="负"):
        CHINA.add_working_days(beijing(2026, 11, 3), -1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"holidays": ["2027-02-11..2027-02-05"]}, "从早到晚"),
        ({"holidays": ["2027-02-01..2027-06-01"]}, "31天"),
        ({"holidays": ["2027-02-30..2027-03-01"]}, "没有“2027-02-30"),
        ({"holidays": [date(2027, 2, 5)], "workdays": [date(2027, 2, 5)]}, "既写为放假又写为上班"),
        ({"holiday": []}, "holiday"),
    ],
)
def test_a_broken_file_is_told_in_chinese(wrong, says):
    with pytest.raises(ValidationError, match=says):
        HolidayFile.model_validate(wrong)


def test_it_is_read_like_every_other_file(tmp_path: Path):
    path = tmp_path / "holidays.yaml"
    path.write_text("years: [2027]\nholidays:\n  - 2027-02-05..2027-02-11\n  - 2027-01-01\nworkdays: [2027-01-30]\n")
    assert not config.load(path, HolidayFile).calendar().is_workday(date(2027, 2, 8))
    path.write_text("years: [2027]\nholidays: [不是日期]\n")
    with pytest.raises(ConfigError, match=r"holidays\.yaml 第2行"):
        config.load(path, HolidayFile)
