import threading

import pytest

from alerts.model import Notification
from services.errors import ConfigError, NotLeading
from services.storage.memory import MemoryRecord
from services.supervision import leading
from services.supervision.leading import EVERY, LEAD, STALE, Presence, wait_to_lead
from tests.builders import at


@pytest.fixture
def time(monkeypatch):
    """The monotonic clock, set by the test."""
    now = [1000.0]
    monkeypatch.setattr(leading, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def record():
    return MemoryRecord()


def wait(time, seconds, *beating):
    """So long, in which these beat as they do; the last beat comes at the end."""
    end = time[0] + seconds
    while time[0] < end:
        time[0] = min(end, time[0] + EVERY)
        for one in beating:
            one.beat()


def presences(record, names="ab"):
    return [Presence(record.unit_of_work, name) for name in names]


def test_the_first_leads_and_the_others_stand_by(record, time):
    a, b = presences(record)
    for one in (a, b, a, b):
        one.beat()
    assert (a.leads, b.leads) == (True, False)


def test_a_leader_who_falls_silent_is_followed_within_the_time_and_not_before(record, time):
    a, b = presences(record)
    a.beat()
    b.beat()
    wait(time, STALE - 0.1, b)
    assert not b.leads
    wait(time, 0.2, b)
    assert b.leads


def test_what_stood_still_while_we_slept_ourselves_proves_nothing(record, time):
    """A machine that was suspended, or a record that let everybody wait: the leader beats again as we do."""
    a, b = presences(record)
    a.beat()
    b.beat()
    time[0] += 10 * STALE
    b.beat()
    assert not b.leads
    wait(time, 2 * STALE, a, b)
    assert (a.leads, b.leads) == (True, False)


def test_a_leader_who_beats_is_never_followed(record, time):
    a, b = presences(record)
    for _ in range(50):
        a.beat()
        b.beat()
        time[0] += STALE / 2
    assert (a.leads, b.leads, a.term) == (True, False, 1)


def test_a_leader_who_comes_back_from_a_long_sleep_may_write_nothing(record, time):
    a, b = presences(record)
    a.beat()
    b.beat()
    wait(time, STALE, b)
    with record.unit_of_work() as uow, pytest.raises(NotLeading, match="另一个进程"):
        a.require(uow)
    assert not a.leads
    a.beat()
    assert (a.leads, b.leads) == (False, True)


def test_who_goes_lets_nobody_wait(record, time):
    a, b = presences(record)
    a.beat()
    b.beat()
    a.leave()
    b.beat()
    assert b.leads
    with record.view() as view:
        assert {beat.holder for beat in view.beats.all().values()} == {"b"}


def test_what_a_dead_process_had_in_hand_is_sent_by_the_others(record, time):
    a, b = presences(record)
    b.beat()
    a.beat()
    with record.unit_of_work() as uow:
        note = Notification(id="n", recipient="p", channel="email", created_at=at(), reason="值守")
        uow.outbox.add(note)
        uow.outbox.claim(limit=1, now=at(), until=at(9), holder="a")
        uow.commit()
    b.beat()
    with record.unit_of_work() as uow:
        assert uow.outbox.claim(limit=1, now=at(), until=at(9)) == []
    wait(time, STALE, b)
    with record.unit_of_work() as uow:
        assert [n.id for n in uow.outbox.claim(limit=1, now=at(), until=at(9))] == ["n"]


def test_who_is_alone_leads_at_once_over_whoever_died(record):
    a, b = presences(record)
    a.take_at_once()
    b.take_at_once()
    assert b.leads
    with record.view() as view:
        assert view.beats.all()[LEAD].holder == "b"


def test_each_lead_is_a_new_term_so_that_old_memory_is_not_trusted(record, time):
    a, b = presences(record)
    a.beat()
    b.beat()
    for one, other in ((b, a), (a, b)):
        wait(time, STALE, one)
        other.beat()
    assert (a.leads, a.term, b.term) == (True, 2, 1)


def test_a_single_round_is_refused_while_somebody_leads(record, monkeypatch):
    monkeypatch.setattr(leading, "STALE", 0.5)
    monkeypatch.setattr(leading, "EVERY", 0.05)
    a, b = presences(record)
    alive, stopping = threading.Event(), threading.Event()
    leading.Beating(a, alive).start()
    try:
        while not a.leads:
            alive.wait(0.01)
        with pytest.raises(ConfigError, match="另一个 minqing 进程正在用同一个数据库"):
            wait_to_lead(b, stopping)
    finally:
        alive.set()
        stopping.set()
