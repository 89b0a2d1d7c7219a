"""The demo town's answers, compared with what a replay of its story comes to: one test an event and a question."""

import json

import pytest

from alerts.beijing import BEIJING
from crawlers.privacy import VoiceKey
from services.demo.answers import answers
from services.demo.story import tell
from services.reading.intake import parse
from tests.acceptance.town import fresh_replay, lines_of, outputs, story, watched

EVENTS = answers().events
OPINIONS = (
    "工作人员辛苦了，为你们点赞！",
    "这办事效率真是让人失望。",
    "感谢大家的努力！",
    "太不像话了，谁来管管。",
    "服务态度挺好的。",
    "说一套做一套，没意思。",
    "领导重视，处理得及时。",
    "真不知道他们一天到晚在忙什么。",
)
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


def test_talk_that_is_out_of_scope_changes_no_tier(town, tmp_path):
    """Metamorphic: the town without its chatter has the same grave events."""
    chatter = {item.id for item in tell() if not item.in_scope}
    quiet = fresh_replay()
    _feed(quiet, [line for line in story() if json.loads(line)["id"] not in chatter])

    assert grave(quiet, tmp_path / "quiet") == grave(town.replay, tmp_path / "whole")


def test_looking_does_not_change_the_outcome(town, tmp_path):
    again = watched(story())
    town.replay.write(tmp_path / "looked")
    again.replay.write(tmp_path / "again")
    assert outputs(tmp_path / "looked") == outputs(tmp_path / "again")

    blind = fresh_replay()
    _feed(blind, story())
    blind.write(tmp_path / "blind")
    assert outputs(tmp_path / "blind") == outputs(tmp_path / "looked")


@pytest.mark.parametrize("put", ["{text}。{opinion}", "{text}{opinion}", "{opinion}{text}"])
def test_praise_and_blame_change_no_tier(town, tmp_path, put):
    """Metamorphic: what people think of anybody is no input of any rule."""
    lines = [json.loads(line) for line in story()]
    public = [line for line in lines if line["authority"] == "public"]
    for number, line in enumerate(public):
        line["text"] = put.format(text=line["text"], opinion=OPINIONS[number % len(OPINIONS)])
    opinionated = fresh_replay()
    _feed(opinionated, [json.dumps(line, ensure_ascii=False) for line in lines])

    # Which of two places with as many posts names the event is no matter of rating.
    plain = grave(town.replay, tmp_path / "plain", named="topic")
    assert grave(opinionated, tmp_path / "opinions", named="topic") == plain


def grave(replay, folder, named="title"):
    """Name and tiers of every event that has one."""
    replay.write(folder)
    events = lines_of(folder, "events.jsonl")
    return sorted((e[named], str(e["claimed"]), str(e["verified"])) for e in events if e["claimed"] or e["verified"])


def _feed(replay, lines):
    key = VoiceKey.fleeting()
    replay.feed(parse(line.encode(), "", key) for line in lines)
    replay.finish()
