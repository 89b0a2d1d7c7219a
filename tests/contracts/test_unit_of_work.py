"""What every unit of work must do."""

import threading
from dataclasses import replace

import pytest

from alerts.model import Notification, NotificationState
from tests.builders import at, event, post, reading


def test_what_is_committed_stays_and_the_rest_is_undone(record):
    with record.unit_of_work() as work:
        work.events.save(event(id="kept"))
        work.commit()
        work.events.save(event(id="lost"))
    with record.unit_of_work() as work:
        assert [e.id for e in work.events.all()] == ["kept"]


def test_an_error_undoes_everything_in_every_store(record):
    told = post()
    with pytest.raises(RuntimeError):
        _fail_after_writing(record, told)
    with record.unit_of_work() as work:
        assert not work.posts.get([told.id])
        assert not work.events.all()
        assert not work.events.member_ids(event().id)
        assert work.sources.tallies() == {}


def test_a_transaction_sees_its_own_writes(work):
    told = post()
    work.posts.keep(told, reading(told))
    work.events.join("E1", told.id)
    assert work.posts.get([told.id]) == [told]
    assert [m.post for m in work.events.members(since=told.told_at)] == [told]
    assert work.sources.tallies()[told.source_id].kept == 1


def test_a_view_does_not_see_what_is_not_committed_and_does_not_wait_for_it(backend, record):
    if backend == "memory":
        pytest.skip("in memory one transaction runs after another")
    with record.unit_of_work() as work:
        work.events.save(event())
        work.events.get("flush")
        seen = []
        reader = threading.Thread(target=lambda: seen.append(_count(record)))
        reader.start()
        reader.join(10)
        work.commit()
    assert seen == [0]
    assert _count(record) == 1


def test_two_writers_take_turns(record):
    """Each reads, then writes; neither is told that the database is locked, and no number is lost."""

    def write(worker):
        for number in range(20):
            with record.unit_of_work() as work:
                assert work.events.get("none") is None
                work.events.save(event(id=f"{worker}-{number}"))
                work.commit()

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(record) == 40


def test_who_is_alone_takes_over_what_a_dead_one_had_in_hand(record):
    told, later = post(), at(100)
    store = record.crawl_store()
    store.put(told)
    store.close()
    note = Notification(id="n", recipient="p", channel="email", created_at=at(), reason="值守")
    with record.unit_of_work() as work:
        work.outbox.add(note)
        work.outbox.add(replace(note, id="m", next_attempt_at=later, state=NotificationState.RETRY))
        work.outbox.add(replace(note, id="s", state=NotificationState.SENT))
        work.outbox.add(replace(note, id="quiet", next_attempt_at=later))
        work.posts.claim(limit=9, now=at(), until=later)
        work.outbox.claim(limit=9, now=at(), until=later)
        work.commit()

    record.take_over(at(1))

    with record.unit_of_work() as work:
        assert work.posts.claim(limit=9, now=at(1), until=later) == [told]
        assert {n.id for n in work.outbox.claim(limit=9, now=at(1), until=later)} == {"n", "m"}


def _count(record):
    with record.view() as view:
        return len(view.events.all())


def _fail_after_writing(record, told):
    with record.unit_of_work() as work:
        work.posts.keep(told, reading(told))
        work.events.save(event())
        work.events.join(event().id, told.id)
        raise RuntimeError
