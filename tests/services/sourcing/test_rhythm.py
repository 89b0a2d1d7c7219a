from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sourcing.rhythm import EPOCH, KEPT, MINUTE, NEWEST, remembered, usual
from tests.builders import NOON, at

TEN_MINUTES = timedelta(minutes=10)
HOUR = timedelta(hours=1)
moments = st.datetimes(NOON.replace(tzinfo=None) - 2 * KEPT, NOON.replace(tzinfo=None)).map(
    lambda naive: naive.replace(tzinfo=NOON.tzinfo)
)


def rhythm(moments, since, until, grain=TEN_MINUTES):
    return usual(remembered((), moments), since, until, grain)


def every(step, count, last=NOON):
    return [last - n * step for n in range(count)]


def office_hours(days, last=NOON):
    """Something new every hour from nine to six in Beijing, Monday to Friday; NOON is a Tuesday's."""
    hours = [last - n * HOUR for n in range(24 * days)]
    return [moment for moment in hours if 1 <= moment.hour <= 10 and moment.weekday() < 5]


def test_a_regular_source_is_usually_quiet_for_one_step():
    assert rhythm(every(2 * HOUR, 20), NOON, at(3)) == 2 * HOUR


def test_a_regular_source_with_weeks_behind_it_is_quiet_for_one_step_too():
    assert rhythm(every(2 * HOUR, 200), NOON, at(3)) == 2 * HOUR


def test_little_history_tells_nothing():
    assert rhythm(every(HOUR, 5), NOON, at(9)) is None
    assert rhythm([], NOON, at(9)) is None


def test_a_list_of_one_busy_hour_tells_nothing_until_a_night_is_over():
    """What a desk finds on its first visit."""
    known = every(TEN_MINUTES, 20)

    assert rhythm(known, NOON, at(20)) is None
    assert rhythm(known, NOON, at(21)) == TEN_MINUTES


def test_many_posts_at_once_are_one_moment():
    assert rhythm([NOON + n * MINUTE for n in range(9)], NOON, at(9)) is None


def test_one_long_pause_among_many_short_ones_is_not_what_is_usual():
    moments = [*every(HOUR, 24 * 5), *every(HOUR, 40, last=at(-24 * 5 - 30))]

    assert rhythm(moments, NOON, at(3)) == HOUR


def test_nights_are_as_long_as_nights_and_days_as_short_as_days():
    known = office_hours(12)

    by_day = rhythm(known, NOON, at(3))
    evening = at(6)
    by_night = rhythm([*known, *every(HOUR, 6, last=evening)], evening, evening + 10 * HOUR)

    assert by_day == HOUR
    assert by_night == 15 * HOUR


def test_a_weekend_is_compared_with_weekends():
    friday = at(24 * 3 + 6)
    known = office_hours(20, last=friday)

    assert rhythm(known, friday, friday + 40 * HOUR) == 63 * HOUR
    assert rhythm(known, friday - HOUR, friday - HOUR) == HOUR


@pytest.mark.parametrize("seed", range(5))
def test_a_source_that_goes_by_chance_is_rarely_twice_as_quiet_as_usual(seed):
    """About once in a thousand pauses; by twice the mean pause it would be once in seven."""
    chance, moment, known = Random(seed), at(-24 * 30), []
    while moment < NOON:
        moment += HOUR * chance.expovariate(1)
        known.append(moment)
    pauses = list(pairwise(known[400:]))

    alarms = [
        (a, b)
        for n, (a, b) in enumerate(pauses)
        if b - a > 2 * HOUR and b - a > 2 * usual(remembered((), known[: 401 + n]), a, b, TEN_MINUTES)
    ]

    assert len(alarms) <= len(pauses) // 50


def test_old_moments_are_thinned_and_forgotten():
    told = [NOON - n * 5 * MINUTE for n in range(20_000)]

    kept = remembered((), told)

    assert len(kept) < 600
    assert [EPOCH + m * MINUTE for m in kept[-NEWEST:]] == sorted(told)[-NEWEST:]
    assert EPOCH + kept[0] * MINUTE >= NOON - KEPT
    assert min(b - a for a, b in pairwise(kept[:-NEWEST])) >= 60


@given(st.lists(moments, max_size=200), st.integers(0, 200))
def test_it_does_not_matter_in_how_many_visits_a_few_moments_came(told, cut):
    parts = remembered(remembered((), told[:cut]), told[cut:])

    assert parts[-NEWEST:] == remembered((), told)[-NEWEST:]
    assert list(parts) == sorted(set(parts))


@given(st.lists(moments, min_size=1, max_size=100), st.integers(0, 500))
def test_what_is_usual_is_never_shorter_than_the_time_between_two_visits(told, hours):
    quiet = usual(remembered((), told), NOON, at(hours), HOUR)

    assert quiet is None or quiet >= HOUR
