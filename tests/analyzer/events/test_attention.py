from datetime import timedelta

import pytest

from analyzer.events.attention import SHOWN, Baseline, attention
from crawlers.model import Authority
from tests.builders import NOON, at, post

WEEK = timedelta(weeks=1)


def talk(*hours, authority=Authority.PUBLIC):
    return [post(told=at(h), authority=authority) for h in hours]


def nothing(moment):
    del moment


def test_an_hour_of_the_week_is_compared_with_the_same_hour_of_earlier_weeks():
    baseline = Baseline()
    for week in (1, 2, 3):
        for _ in range(week):
            baseline.add("hazard.fire", NOON - week * WEEK, NOON - week * WEEK)
    assert baseline.usual("hazard.fire", NOON) == 2
    assert baseline.usual("hazard.fire", NOON + timedelta(hours=1)) == 0
    assert baseline.growth("hazard.fire", 8, NOON) == 4


def test_there_is_no_baseline_before_two_weeks_and_nobody_pretends_one():
    baseline = Baseline()
    assert baseline.usual("hazard.fire", NOON) is None
    baseline.add("hazard.fire", NOON - timedelta(days=13), NOON - timedelta(days=13))
    assert baseline.growth("hazard.fire", 500, NOON) is None


@pytest.mark.parametrize(
    "collected", [(0,), (400, 0), (20 * 365, 0)], ids=["an old post found today", "a break", "a clock that was wrong"]
)
def test_what_was_told_before_anybody_listened_makes_no_baseline(collected):
    baseline = Baseline()
    for days in collected:
        baseline.add("hazard.fire", NOON - timedelta(days=20), NOON - timedelta(days=days))
    assert baseline.growth("hazard.fire", 500, NOON) is None


def test_the_curve_counts_public_posts_by_hour_silent_hours_included():
    found = attention([*talk(0, 0.2, 0.9, 2), *talk(1, authority=Authority.MEDIA)], nothing)
    assert [hour.posts for hour in found.hours] == [3, 0, 1]
    assert found.hours[0].at == NOON
    assert found.media_at == at(1)
    assert found.platforms == 2


def test_without_a_baseline_the_words_say_so_and_nothing_is_a_burst():
    found = attention(talk(*[0] * 400), nothing)
    assert not found.hours[0].burst
    assert "尚无基线" in found.words()


@pytest.mark.parametrize(("usual", "posts", "burst"), [(0, 4, False), (0, 5, True), (9, 17, False), (9, 18, True)])
def test_a_burst_is_more_than_chance_makes_of_the_usual(usual, posts, burst):
    found = attention(talk(*[0] * posts), lambda _: usual)
    assert found.hours[0].burst is burst


def test_a_burst_is_told_as_times_the_usual():
    assert "为同时段常态的6.0倍" in attention(talk(*[0] * 18), lambda _: 3).words()
    assert "未超出同时段常态" in attention(talk(0), lambda _: 3).words()
    assert attention([], nothing).words() == "没有公众帖文"


def test_a_long_event_shows_its_last_hours():
    assert len(attention(talk(0, 500), nothing).hours) == SHOWN


def test_counts_with_which_nothing_is_compared_any_more_are_forgotten_and_no_others():
    baseline, whole = Baseline(), Baseline()
    for week in range(60):
        for one in (baseline, whole):
            one.add("hazard.fire", NOON - week * WEEK, NOON - week * WEEK)

    baseline.forget(NOON)

    assert len(baseline.counts) < 30
    assert len(baseline.days) < 30
    for later in range(3):
        moment = NOON + later * WEEK
        assert baseline.usual("hazard.fire", moment) == whole.usual("hazard.fire", moment)
