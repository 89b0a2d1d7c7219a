"""What every TaskStore must do."""

from dataclasses import replace

import pytest

from alerts.model import Task
from services.storage.errors import StorageError
from tests.builders import at


def task(name="t1", **more):
    return replace(Task(id=name, event_id="E1", at=at(), reason="请核实是否有人被困"), **more)


def test_an_event_has_one_open_task(work):
    assert work.tasks.add(task())
    assert not work.tasks.add(task())
    assert work.tasks.add(task("t3", event_id="E2", at=at(-1)))
    assert [t.id for t in work.tasks.open()] == ["t3", "t1"]


def test_an_open_task_asks_what_is_told_by_now_and_waits_since_it_was_first_asked(work):
    work.tasks.add(task(reason="有个别人称受伤3人"))
    assert work.tasks.add(task("t2", reason="有个别人称死亡40人", at=at(5)))
    assert work.tasks.open() == [task("t2", reason="有个别人称死亡40人")]
    assert work.tasks.get("t1") is None


def test_what_has_been_answered_does_not_take_the_place_of_an_open_question(work):
    work.tasks.add(task())
    work.tasks.finish("t1", by="甲", outcome="属实", at=at(1))
    work.tasks.add(task("t2", reason="有个别人称死亡40人"))
    assert not work.tasks.add(task())
    assert [t.id for t in work.tasks.open()] == ["t2"]


def test_a_finished_task_makes_room_for_another_question_but_not_for_the_same(work):
    work.tasks.add(task())
    work.tasks.finish("t1", by="甲", outcome="属实", at=at(1))
    assert work.tasks.open() == []
    assert not work.tasks.add(task())
    assert work.tasks.add(task("t2"))
    work.tasks.finish("t1", by="乙", outcome="不实", at=at(2))
    assert [t.id for t in work.tasks.open()] == ["t2"]


def test_a_task_is_to_be_had_while_it_is_open(work):
    work.tasks.add(task())
    assert work.tasks.get("t1") == task()
    assert work.tasks.get("t2") is None
    work.tasks.finish("t1", by="甲", outcome="属实", at=at(1))
    assert work.tasks.get("t1") is None


def test_what_is_withdrawn_is_open_no_more_and_may_be_asked_again(work):
    work.tasks.add(task())
    work.tasks.add(task("t2", event_id="E2"))
    assert work.tasks.withdraw("E1") == task()
    assert work.tasks.withdraw("E1") is None
    assert work.tasks.get("t1") is None
    with pytest.raises(StorageError):
        work.tasks.finish("t1", by="甲", outcome="属实", at=at(1))
    assert [t.id for t in work.tasks.open()] == ["t2"]
    assert work.tasks.add(task(at=at(5)))
    assert [t.id for t in work.tasks.open()] == ["t2", "t1"]


def test_what_was_answered_is_not_withdrawn(work):
    work.tasks.add(task())
    work.tasks.finish("t1", by="甲", outcome="属实", at=at(1))
    assert work.tasks.withdraw("E1") is None
    assert not work.tasks.add(task())


def test_an_unknown_task_cannot_be_finished(work):
    with pytest.raises(StorageError):
        work.tasks.finish("none", by="甲", outcome="属实", at=at())
