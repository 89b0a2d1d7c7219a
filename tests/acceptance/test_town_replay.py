"""The demo town's answers, compared with what a replay of its story comes to: one test an event and a question."""

import json

import pytest

from alerts.beijing import BEIJING
from crawlers.privacy import VoiceKey
from services.demo.answers import answers
from services.demo.story import tell
from services.intake import parse
from tests.acceptance.town import fresh_replay, lines_of, outputs, story, watched

EVENTS = answers().events
every_event = pytest.mark.parametrize("expected", EVENTS.values(), ids=EVENTS)


@every_event
def test_the_event_stands_at_each_moment_as_the_answer_says(town, expected):
    assert [fault for check in expected.checks for fault in town.faults(expected, check)] == []


@every_event
def test_the_event_is_one_event(town, expected):
    found = [(s.event.title, s.tier) for s in town.found(expected)]

    assert len([title for title, tier in found if tier is not None]) <= 1, found
    assert len(found) >= expected.alert, "没有这样的事件"


@every_event
def test_an_alert_is_raised_where_the_answer_says_and_nowhere_else(town, expected):
    ids = town.ids(expected)
    raised = {alert.event_id for alert in town.alerts() if alert.event_id in ids}

    assert len(raised) == expected.alert


@every_event
def test_reports_are_out_in_their_order_and_in_time(town, expected):
    issued = town.reports(expected)
    said = [f"{report.kind.value} {report.issued_at.astimezone(BEIJING):%d日%H:%M}" for report in issued]
    rest = iter(issued)
    missing = [
        f"{due.kind} 应在 {due.by:%d日%H:%M} 前"
        for due in expected.reports
        if not any(report.kind.value == due.kind and report.issued_at <= due.by for report in rest)
    ]

    assert missing == [], said


def test_what_one_voice_says_becomes_a_task_in_time(town):
    for expected in EVENTS.values():
        if expected.verify_by is not None:
            assert [task for task in town.tasks(expected) if task.at <= expected.verify_by], expected.title
            assert town.reports(expected) == []


def test_nothing_else_raises_an_alert(town):
    known = {key for expected in EVENTS.values() if expected.alert for key in town.ids(expected)}
    titles = {s.event.id: s.event.title for s in town.final}
    others = sorted(titles[alert.event_id] for alert in town.alerts() if alert.event_id not in known)

    assert len(others) == answers().other_alerts, others


def test_every_line_is_counted_once(town):
    counts, lines = town.replay.counts, story()

    assert counts.read == len(lines)
    assert (counts.broken, counts.duplicates) == (0, 0)
    assert counts.kept + counts.unsure + counts.out_of_scope == counts.read
    assert sum(counts.by_source.values()) == counts.read


def test_the_share_of_what_is_out_of_scope_lies_within_its_bounds(town):
    counts = town.replay.counts

    assert answers().out_of_scope_share.admits(counts.out_of_scope / counts.read)


def test_talk_that_is_out_of_scope_moves_no_event_that_is_rated(town):
    chatter = {item.id: item.theme for item in tell() if not item.in_scope}
    rated = [s.event.id for s in town.final if s.tier is not None]
    members = {key: town.look(lambda uow, key=key: uow.events.member_ids(key)) for key in rated}

    assert [(key, chatter[post]) for key, posts in members.items() for post in posts if post in chatter] == []


def test_looking_does_not_change_the_outcome(town, tmp_path):
    again = watched(story())
    town.replay.write(tmp_path / "looked")
    again.replay.write(tmp_path / "again")
    assert outputs(tmp_path / "looked") == outputs(tmp_path / "again")

    blind = fresh_replay()
    _feed(blind, story())
    blind.write(tmp_path / "blind")
    assert outputs(tmp_path / "blind") == outputs(tmp_path / "looked")


def test_praise_and_blame_change_no_tier(town, tmp_path):
    """Metamorphic: what people think of anybody is no input of any rule."""
    said = ["太感谢工作人员了，辛苦了！", "干得太差了，真让人失望！"]
    lines = [json.loads(line) for line in story()]
    for number, line in enumerate(lines):
        if line["authority"] == "public":
            line["text"] += said[number % 2]
    opinionated = fresh_replay()
    _feed(opinionated, [json.dumps(line, ensure_ascii=False) for line in lines])
    opinionated.write(tmp_path)
    town.replay.write(tmp_path / "plain")

    def graver(folder):
        return {
            (line["claimed"], line["verified"], line["title"])
            for line in lines_of(folder, "events.jsonl")
            if line["claimed"] or line["verified"]
        }

    assert graver(tmp_path) == graver(tmp_path / "plain")


def _feed(replay, lines):
    key = VoiceKey.fleeting()
    replay.feed(parse(line.encode(), "", key) for line in lines)
    replay.finish()
