from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.lifecycle import opened
from alerts.model import LogEntry, Notification, Task
from alerts.reports.summary import MOST_EVENTS, MOST_LINES, Course, pages
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


def page(course):
    """The one page of a short replay."""
    [(path, text)] = pages(course)
    assert path == "summary.html"
    return text


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


def test_the_page_says_of_which_year_it_is():
    assert "帖文时间 2026年11月3日（北京时间）" in page(a_course())
    two = page(a_course(by_day={"2025-12-31": (1, 1), "2026-11-03": (8, 4)}))
    assert "帖文时间 2025年12月31日至2026年11月3日" in two
    assert "2026-11-03 12:02" not in two

    old = event(id="E1", title="旧事", first_seen_at=at(-24 * 400), last_seen_at=at())
    tasks = [Task(id="t", event_id="E1", at=at(minutes=2), reason="请核实")]
    assert "2026-11-03 12:02" in page(a_course(events=[old], tasks=tasks))


def test_the_chart_of_days_shows_days_without_a_post_or_says_that_it_leaves_them_out():
    text = page(a_course(by_day={"2026-11-03": (8, 4), "2026-11-06": (2, 1)}))
    assert "每日帖文：11-03：8条，11-04：0条，11-05：0条，11-06：2条" in text

    sparse = {f"2026-{month:02d}-01": (3, 1) for month in range(1, 5)}
    assert "（2026年1月1日至2026年4月1日，没有帖文的日子未列）" in page(a_course(by_day=sparse))


def test_an_event_that_was_asked_about_twice_is_one_to_verify():
    task = Task(id="t", event_id="E0", at=at(), reason="仅1人反映")
    assert "交办核实1件" in page(a_course(tasks=[task, replace(task, id="u", reason="仅2人反映")]))


def test_long_delays_are_drawn_in_hours():
    alert = opened(event(title="永固仓库火灾"), Tier.IV, PLAN.response, at(50))

    assert "从首条帖文到预警：永固仓库火灾50小时" in page(a_course(alerts=[alert]))


def a_long_course(events=3 * MOST_EVENTS, lines=3 * MOST_LINES):
    """As many events with a task each, one an hour, the last of them grave; and so many lines more of the last one."""
    many = [event(id=f"E{n:06d}", title=f"事件{n}", first_seen_at=at(n), last_seen_at=at(n)) for n in range(events)]
    tasks = [Task(id=one.id, event_id=one.id, at=one.first_seen_at, reason=f"请核实{one.id}") for one in many]
    rating = Rating(event_id=many[-1].id, event_version=1, plan_version="p", claimed=Tier.I)
    more = [Task(id=f"t{n}", event_id=many[-1].id, at=at(events), reason=f"再核实{n}。") for n in range(lines)]
    return a_course(events=many, tasks=[*tasks, *more], ratings=[(at(events), rating)], alerts=[], notifications=[])


def test_of_a_long_replay_the_page_shows_the_gravest_and_each_day_has_a_page_with_all():
    course = a_long_course()

    (path, first), *days = pages(course)

    assert path == "summary.html"
    assert first.count("交办核实 ") == MOST_EVENTS
    assert "事件899" in first
    assert f"共{3 * MOST_EVENTS}个，这里是最严重的{MOST_EVENTS}个" in first
    assert [path for path, _ in days if f'href="{path}"' not in first] == []
    assert sum(text.count("交办核实 ") for _, text in days) == 3 * MOST_EVENTS
    everything = "".join(text for _, text in days)
    assert [task.reason for task in course.tasks if task.reason not in everything] == []


def test_what_happened_is_told_by_day_where_it_alone_is_too_much():
    (_, first), *days = pages(a_long_course(events=2))

    assert "再核实" not in first
    assert len(days) == 1
    assert "再核实5999。" in days[0][1]


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
