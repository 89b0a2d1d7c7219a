from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts.beijing import BEIJING
from alerts.people import Person, QuietHours
from alerts.quiet import ends_at, hold, overlap
from alerts.roster import Roster
from analyzer.model import Tier

NIGHT = QuietHours(start=time(22), end=time(7))
NOON_REST = QuietHours(start=time(12), end=time(14))
CLOCK = st.times().map(lambda t: t.replace(microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda m: m.replace(tzinfo=BEIJING))


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def sleeper(quiet=NIGHT):
    return Person(id="a", name="甲", quiet=quiet)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-03T21:59", None),
        ("2026-11-03T22:00", "2026-11-04T07:00"),
        ("2026-11-04T06:59", "2026-11-04T07:00"),
        ("2026-11-04T07:00", None),
    ],
)
def test_a_mild_message_waits_until_the_morning(at, until):
    expected = local(until) if until else None
    assert hold(sleeper(), Tier.III, local(at)) == expected
    assert hold(sleeper(), None, local(at)) == expected


@given(MOMENTS, st.sampled_from([Tier.I, Tier.II]))
def test_a_grave_one_never_waits(at, tier):
    assert hold(sleeper(), tier, at) is None


@given(MOMENTS, st.sampled_from([None, *Tier]))
def test_who_has_no_quiet_hours_is_told_at_once(at, tier):
    assert hold(sleeper(None), tier, at) is None


@given(start=CLOCK, end=CLOCK, at=MOMENTS)
def test_the_end_is_the_next_one_on_the_clock_and_no_longer_quiet(start, end, at):
    quiet = QuietHours(start=start, end=end)
    until = ends_at(quiet, at)
    if until is not None and start != end:
        assert at < until <= at + timedelta(days=1)
        assert until.astimezone(BEIJING).time() == end
        assert ends_at(quiet, until) is None


@given(start=CLOCK, end=CLOCK, at=MOMENTS, length=st.integers(1, 47))
def test_an_overlap_is_the_first_quiet_moment(start, end, at, length):
    quiet = QuietHours(start=start, end=end)
    until = at + timedelta(hours=length)
    found = overlap(quiet, at, until)
    if found is None:
        assert all(ends_at(quiet, at + timedelta(minutes=m)) is None for m in range(0, length * 60, 13))
    else:
        assert at <= found < until
        assert start == end or ends_at(quiet, found) is not None


def roster(quiet, **shift):
    return Roster.model_validate(
        {
            "people": [{"id": "a", "name": "甲", "channels": {"email": "a@b.example"}, "quiet": quiet}],
            "roles": [{"id": "duty", "name": "值班员", "continuous": False}],
            "shifts": [{"role": "duty", "people": ["a"], **shift}],
        }
    )


WEEKDAY_NIGHT = {"from": "22:00", "until": "07:00"}


def test_a_roster_gives_them_to_a_person():
    assert roster(WEEKDAY_NIGHT, start="08:00", end="20:00").person("a").quiet == NIGHT


@pytest.mark.parametrize(
    ("hours", "clash"), [(("08:00", "20:00"), False), (("20:00", "08:00"), True), (("08:00", "08:00"), False)]
)
def test_quiet_hours_at_the_desk_are_told_but_not_in_a_duty_at_home(hours, clash):
    said = roster(WEEKDAY_NIGHT, start=hours[0], end=hours[1]).problems(local("2026-11-03T12:00"))
    assert bool([s for s in said if "人员“甲”自11月3日22:00起既值班又免打扰" in s]) is clash


@pytest.mark.parametrize(
    ("wrong", "says"), [({"from": "08:00", "until": "08:00"}, "不能相同"), ({"from": 8}, "加引号")]
)
def test_a_broken_time_is_told_in_chinese(wrong, says):
    with pytest.raises(ValidationError, match=says):
        roster(wrong, start="08:00", end="20:00")
