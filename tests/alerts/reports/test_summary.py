from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.lifecycle import opened
from alerts.model import LogEntry, Notification, Task
from alerts.reports.summary import Course, page
from alerts.reports.wording import length
from analyzer.model import Rating, Tier
from tests.alerts.cases import PLAN
from tests.builders import at, event


def a_course(**more):
    """One event that reaches tier IV, then III, with its alert, a message and a task."""
    happening = event(title="永固仓库火灾")
    alert = opened(happening, Tier.IV, PLAN.response, at(minutes=7))
    rating = Rating(event_id=happening.id, event_version=1, plan_version="p", claimed=Tier.IV)
    note = Notification(
        id="n",
        recipient="duty_operator",
        channel="email",
        created_at=at(minutes=7),
        reason="",
        event_id=happening.id,
        alert_id=alert.id,
    )
    base = Course(
        district="示范区",
        plan_version="试验版",
        counts={"read": 9, "broken": 0, "duplicates": 1, "out_of_scope": 4, "kept": 3, "unsure": 1},
        by_day={"2026-11-03": (8, 4)},
        events=[happening],
        ratings=[(at(minutes=7), rating), (at(minutes=50), replace(rating, verified=Tier.III))],
        alerts=[alert],
        history={
            alert.id: [LogEntry(at=at(minutes=7), actor="system", action="open", note="达到Ⅳ级", alert_id=alert.id)]
        },
        reports=[],
        notifications=[note, replace(note, id="m", recipient="head")],
        tasks=[Task(id="t", event_id=happening.id, at=at(minutes=2), reason="仅1人反映，请核实")],
        names={"duty_operator": "值班员"},
    )
    return replace(base, **more)


def test_each_event_is_shown_with_its_gravest_tier_and_how_soon_it_was_seen():
    text = page(a_course())

    assert "Ⅲ级" in text
    assert "7分钟" in text
    assert "交办核实 11-03 12:02" in text


def test_what_happened_stands_under_its_minute_in_order_of_time():
    text = page(a_course())

    order = ["仅1人反映，请核实", "不定级 → Ⅳ级（一般）", "达到Ⅳ级", "值班员、head", "Ⅳ级（一般） → Ⅲ级（较大）"]
    places = [text.index(words, text.index("逐分钟经过")) for words in order]
    assert places == sorted(places)
    assert text.count('<td class="tight" rowspan') == 3


def test_the_charts_say_in_words_what_they_show():
    text = page(a_course())

    assert "每日帖文：11-03：8条" in text
    assert "从首条帖文到预警：永固仓库火灾7分钟" in text


def test_words_of_a_post_cannot_break_the_page():
    tasks = [Task(id="t", event_id="E0", at=at(), reason="<script>alert(1)</script>")]

    assert "<script>" not in page(a_course(tasks=tasks, events=[event(title="<b>粗</b>")]))


def test_nothing_at_all_is_a_page_too():
    text = page(a_course(events=[], ratings=[], alerts=[], notifications=[], tasks=[], by_day={}))

    assert "没有事件达到级别" in text
    assert "没有需要说明的经过" in text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0秒"), (59, "59分钟"), (60, "1小时"), (90, "1小时30分钟"), (2880, "2天"), (3000, "2天2小时")],
)
def test_a_length_of_time_is_spoken(minutes, words):
    assert length(timedelta(minutes=minutes)) == words
    assert length(None) == "—"
