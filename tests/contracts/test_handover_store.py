"""What every HandoverStore must do."""

from dataclasses import replace

from alerts.model import Handover
from tests.builders import at


def note(name="h1", hours=0, **more):
    return replace(
        Handover(id=name, role="duty_operator", outgoing="甲", note="无未办事项", written_at=at(hours)), **more
    )


def test_the_latest_note_of_a_role_is_found(work):
    work.handovers.save(note())
    work.handovers.save(note("h2", 12))
    work.handovers.save(note("h3", 13, role="duty_leader"))
    assert work.handovers.latest("duty_operator").id == "h2"
    assert work.handovers.latest("head") is None
    assert [one.id for one in work.handovers.all()] == ["h3", "h2", "h1"]
    assert [one.id for one in work.handovers.all(limit=1)] == ["h3"]


def test_a_note_that_is_taken_over_is_the_same_note(work):
    work.handovers.save(note(alerts=("A1",)))
    taken = note(alerts=("A1",), incoming="乙", taken_at=at(1))
    work.handovers.save(taken)
    assert work.handovers.all() == [taken]


def test_a_note_that_is_rolled_back_was_never_written(record):
    with record.unit_of_work() as work:
        work.handovers.save(note())
    with record.view() as view:
        assert view.handovers.all() == []
