"""What every AlertStore must do."""

from dataclasses import replace

import pytest

from alerts.model import Alert, AlertState, Deadline, DeadlineKind, LogEntry, Request
from analyzer.model import Tier
from services.storage.errors import StaleVersion
from tests.builders import at


def alert(name="A1", **more):
    fields = {"event_id": "E1", "episode": 1, "tier": Tier.III, "state": AlertState.TRIGGERED, "opened_at": at()}
    return Alert(id=name, **(fields | more))


def test_an_alert_comes_back_as_it_was_saved(work):
    one = alert(
        deadlines=(Deadline(kind=DeadlineKind.ACKNOWLEDGE, due_at=at(1), missed_at=at(1)),),
        request=Request(action="close", actor="a", reason="已处置", at=at(2), tier=Tier.IV),
    )
    work.alerts.save(one)
    assert work.alerts.get("A1") == one
    assert work.alerts.get("A2") is None


@pytest.mark.parametrize("version", [1, 2, 4])
def test_only_the_version_after_the_stored_one_is_saved(record, version):
    with record.unit_of_work() as work:
        for number in (1, 2):
            work.alerts.save(alert(version=number))
        work.commit()
    with pytest.raises(StaleVersion), record.unit_of_work() as work:
        work.alerts.save(alert(version=version, owner="late"))
    with record.unit_of_work() as work:
        work.alerts.save(alert(version=3, owner="in time"))
        assert work.alerts.get("A1").owner == "in time"


def test_a_new_alert_begins_with_version_1(work):
    with pytest.raises(StaleVersion):
        work.alerts.save(alert(version=2))


def test_an_event_has_the_alert_of_its_latest_episode(work):
    work.alerts.save(alert("A2", episode=2, opened_at=at(5)))
    work.alerts.save(alert("A1", state=AlertState.CLOSED))
    work.alerts.save(alert("B", event_id="E2"))
    assert work.alerts.of_event("E1").id == "A2"
    assert work.alerts.of_event("E9") is None
    found = work.alerts.of_events(["E1", "E2", "E9"])
    assert {key: one.id for key, one in found.items()} == {"E1": "A2", "E2": "B"}
    assert [a.id for a in work.alerts.episodes("E1")] == ["A1", "A2"]
    assert work.alerts.episodes("E9") == []


def test_final_alerts_are_not_open(work):
    for name, state in (("c", AlertState.ASSIGNED), ("a", AlertState.CLOSED), ("b", AlertState.TRIGGERED)):
        work.alerts.save(alert(name, state=state))
    assert [a.id for a in work.alerts.open()] == ["b", "c"]
    work.alerts.save(alert("b", state=AlertState.FALSE_ALARM, version=2))
    assert [a.id for a in work.alerts.open()] == ["c"]
    assert {a.id for a in work.alerts.all()} == {"a", "b", "c"}


def test_alerts_come_due_by_their_columns(work):
    for name, hour in (("late", 3), ("first", 1), ("second", 2)):
        work.alerts.save(alert(name, escalate_at=at(hour)))
    work.alerts.save(alert("never"))
    assert [a.id for a in work.alerts.due(at(2))] == ["first", "second"]
    assert [a.id for a in work.alerts.due(at(2), limit=1)] == ["first"]
    assert work.alerts.due(at(0.9)) == []
    assert work.alerts.next_due() == at(1)


def test_an_alert_that_was_moved_on_is_due_at_its_new_time_only(work):
    work.alerts.save(alert(escalate_at=at(1)))
    assert len(work.alerts.due(at(1))) == 1
    work.alerts.save(alert(escalate_at=at(4), version=2))
    assert work.alerts.due(at(1)) == []
    assert len(work.alerts.due(at(4))) == 1
    work.alerts.save(alert(escalate_at=at(4), state=AlertState.CLOSED, version=3))
    assert work.alerts.due(at(9)) == []
    assert work.alerts.next_due() is None


def test_a_rolled_back_move_leaves_the_alert_due(record):
    with record.unit_of_work() as work:
        work.alerts.save(alert(escalate_at=at(1)))
        work.commit()
    with record.unit_of_work() as work:
        assert len(work.alerts.due(at(1))) == 1
        work.alerts.save(alert(version=2))
        assert work.alerts.due(at(1)) == []
    with record.unit_of_work() as work:
        assert len(work.alerts.due(at(1))) == 1


def test_a_clock_that_goes_back_loses_nothing(work):
    work.alerts.save(alert(escalate_at=at(1)))
    assert [len(work.alerts.due(at(hour))) for hour in (2, 0.5, 2)] == [1, 0, 1]


def test_all_gives_the_newest_first(work):
    for hour in (1, 3, 2):
        work.alerts.save(alert(f"A{hour}", opened_at=at(hour)))
    assert [a.id for a in work.alerts.all(limit=2)] == ["A3", "A2"]


def test_history_keeps_the_order_of_writing(work):
    lines = [LogEntry(at=at(h), actor="system", action="open", note=f"第{h}条", alert_id="A1") for h in (2, 1, 3)]
    for line in (*lines, replace(lines[0], alert_id="A2"), replace(lines[0], alert_id=None)):
        work.alerts.log(line)
    assert work.alerts.history("A1") == lines
    assert work.alerts.history("A3") == []
    assert work.alerts.last_line() == replace(lines[0], alert_id=None)
