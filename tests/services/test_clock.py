from datetime import UTC, datetime, timedelta

from alerts.beijing import BEIJING
from services.clock import RunningClock, SteppedClock
from tests.builders import NOON


def test_an_unshifted_clock_tells_the_systems_time():
    before = datetime.now(UTC)  # noqa: TID251  # what the clock is compared with
    told = RunningClock().now()
    after = datetime.now(UTC)  # noqa: TID251

    assert before <= told <= after
    assert not RunningClock().shifted


def test_a_shifted_clock_starts_where_it_is_told_and_runs_on():
    clock = RunningClock(NOON)

    first, second = clock.now(), clock.now()

    assert clock.shifted
    assert NOON <= first <= second < NOON + timedelta(minutes=5)


def test_a_sped_up_clock_runs_so_many_times_as_fast(monkeypatch):
    ticks = iter([100.0, 101.0, 103.0])
    monkeypatch.setattr("services.clock.time.monotonic", lambda: next(ticks))

    clock = RunningClock(NOON, speed=60)

    assert clock.now() == NOON + timedelta(minutes=1)
    assert clock.now() == NOON + timedelta(minutes=3)


def test_a_clock_says_its_time_in_utc_wherever_it_started():
    assert RunningClock(NOON.astimezone(BEIJING)).now().utcoffset() == timedelta(0)
    assert SteppedClock(NOON.astimezone(BEIJING)).now().utcoffset() == timedelta(0)


def test_a_stepped_clock_stands_until_it_is_set_and_never_goes_back():
    clock = SteppedClock(NOON)
    assert clock.now() == NOON

    clock.set(NOON + timedelta(hours=1))
    clock.set(NOON)

    assert clock.now() == NOON + timedelta(hours=1)
