from dataclasses import replace
from datetime import timedelta

import pytest

from crawlers.model import Authority, Health, Source
from services.ports import SourceState
from services.sourcing.health import assess
from services.sourcing.rhythm import remembered
from tests.builders import NOON, at

SOURCE = Source(
    id="gov",
    kind="feed",
    name="岚桥区政府",
    url="http://gov.example/",
    authority=Authority.OFFICIAL,
    interval=timedelta(minutes=10),
)


def state(hours_quiet=0.0, *, every=2.0, times=20, **changes):
    """Something new every so many hours until noon; the last visit was so many hours after that."""
    seen = at(hours_quiet)
    known = SourceState(
        source_id="gov",
        health=Health.UNCHANGED if hours_quiet else Health.OK,
        last_visit_at=seen,
        last_success_at=seen,
        last_new_at=NOON,
        arrivals=remembered((), [at(-every * n) for n in range(times)]),
    )
    return replace(known, **changes)


def judged(state, now=None, **changes):
    return assess(state, replace(SOURCE, **changes), now or (state.last_visit_at if state else NOON))


def test_a_source_that_was_never_visited_is_not_fresh_and_says_so():
    found = judged(None)

    assert (found.health, found.fresh, found.sentence) == (None, False, "尚未采集过。")


def test_a_good_visit_makes_a_source_fresh_and_needs_no_words():
    for found in (judged(state()), judged(state(1))):
        assert (found.fresh, found.sentence) == (True, "")
    assert judged(state()).health is Health.OK
    assert judged(state(1)).health is Health.UNCHANGED


def test_twice_the_usual_time_without_anything_new_is_silence():
    assert judged(state(4)).health is Health.UNCHANGED

    found = judged(state(4.1))

    assert (found.health, found.fresh, found.usual) == (Health.SILENT, False, timedelta(hours=2))
    assert found.sentence == (
        "自11月3日12时00分起没有新内容（平时同一时段间隔不超过2小时），请到网站核对是否停更或改版。"
    )


def test_three_visits_without_anything_new_are_the_least_silence():
    assert judged(state(4.1), interval=timedelta(hours=2)).health is Health.UNCHANGED
    assert judged(state(6.1), interval=timedelta(hours=2)).health is Health.SILENT


def test_without_enough_history_nobody_is_called_silent():
    found = judged(state(24 * 30, times=5), now=at(24 * 30))

    assert (found.health, found.usual) == (Health.UNCHANGED, None)


def test_a_source_just_connected_is_not_silent_and_says_that_nothing_came_yet():
    """Its first list held posts of every ten minutes; twenty minutes later there is nothing more."""
    begun = state(20 / 60, every=1 / 6, since=NOON)

    found = judged(begun)
    assert (found.health, found.fresh, found.word, found.sentence) == (
        Health.UNCHANGED,
        True,
        "刚接入，尚无更新",
        "",
    )
    assert judged(state(20 / 60, every=1 / 6, since=NOON, last_new_at=None)).word == "刚接入，尚无更新"
    assert judged(state(1, since=at(-0.5))).word == "无更新"
    assert judged(state(25, every=48, times=9, since=NOON)).word == "无更新"


def test_silence_is_what_a_visit_found_and_not_that_nobody_looked():
    found = judged(state(1), now=at(24 * 9))

    assert (found.health, found.fresh) == (Health.UNCHANGED, False)
    assert found.sentence == "自11月3日13时00分起没有采集。"


@pytest.mark.parametrize(("hours", "fresh"), [(0.9, True), (1.1, False)])
def test_a_source_is_fresh_for_an_hour_at_least(hours, fresh):
    assert judged(state(), now=at(hours)).fresh is fresh


def test_a_source_is_fresh_for_three_intervals():
    assert judged(state(), now=at(17), interval=timedelta(hours=6)).fresh
    assert not judged(state(), now=at(19), interval=timedelta(hours=6)).fresh


def test_a_silent_source_that_was_read_no_more_says_why():
    gone = state(9, health=Health.FAILING, last_success_at=at(8), problem="来源“岚桥区政府”：首页 连接失败。")

    found = judged(gone)

    assert (found.health, found.fresh) == (Health.FAILING, False)
    assert found.sentence == "首页 连接失败。最近一次成功采集在11月3日20时00分。"


def test_what_robots_forbids_is_blocked():
    found = judged(state(health=Health.BLOCKED, last_success_at=None, problem="来源“岚桥区政府”：robots.txt 不允许。"))

    assert (found.health, found.fresh) == (Health.BLOCKED, False)
    assert found.sentence == "robots.txt 不允许。尚未成功采集过。"


@pytest.mark.parametrize(("kind", "fresh"), [("feed", False), ("json_api", False), ("cap", True), ("file_drop", True)])
def test_nothing_there_is_strange_where_there_should_be_a_list(kind, fresh):
    found = judged(state(health=Health.EMPTY), kind=kind)

    assert (found.health, found.fresh, bool(found.sentence)) == (Health.EMPTY, fresh, not fresh)


def test_no_warning_for_months_is_no_silence():
    assert judged(state(24 * 90), kind="cap").health is Health.UNCHANGED


def test_what_was_too_old_or_put_aside_is_said_of_a_healthy_source_too():
    found = judged(state(stale=3, quarantined=2, problem="来源“岚桥区政府”：甲。；来源“岚桥区政府”：乙。"))

    assert (found.health, found.fresh) == (Health.OK, True)
    assert found.sentence == "甲。乙。有3条早于保留期限，没有保存。有2项读不懂，已搁置，不影响其余，请告知系统管理员。"
