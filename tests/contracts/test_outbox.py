"""What every Outbox must do."""

import threading
from collections import Counter
from dataclasses import replace

import pytest

from alerts.model import Notification, NotificationState, Purpose
from services.storage.errors import StorageError
from tests.builders import at

S = NotificationState


def message(name, **more):
    base = Notification(id=name, recipient="p", channel="email", created_at=at(), reason="值守", alert_id="A1", step=1)
    return replace(base, **more)


ONE, TWO = at(1), at(2)


def claim(work, *, limit=10, now=ONE, until=TWO):
    return [n.id for n in work.outbox.claim(limit=limit, now=now, until=until)]


def test_a_known_id_is_not_added_again(work):
    assert work.outbox.add(message("a"))
    assert not work.outbox.add(message("a", reason="另一句"))
    assert work.outbox.get("a") == message("a")
    assert work.outbox.get("z") is None


def test_an_alerts_first_messages_go_first_then_the_oldest(work):
    work.outbox.add(message("late", created_at=at(minutes=3)))
    work.outbox.add(message("early", created_at=at(minutes=1)))
    work.outbox.add(message("reminder", created_at=at(), step=0, purpose=Purpose.ESCALATION))
    work.outbox.add(message("first", created_at=at(minutes=5), step=0))
    assert claim(work) == ["first", "reminder", "early", "late"]


def test_a_claimed_message_is_being_sent(work):
    work.outbox.add(message("a"))
    (claimed,) = work.outbox.claim(limit=1, now=at(1), until=at(2))
    assert claimed == work.outbox.get("a") == message("a", state=S.SENDING)


def test_a_lease_that_ran_out_may_be_claimed_again(work):
    work.outbox.add(message("a"))
    assert [claim(work, now=at(h), until=at(h + 1)) for h in (1, 1.9, 2)] == [["a"], [], ["a"]]


def test_a_message_waits_until_it_is_due(work):
    work.outbox.add(message("a", next_attempt_at=at(5)))
    assert claim(work, now=at(4.9)) == []
    assert claim(work, now=at(5)) == ["a"]


def test_an_outcome_ends_the_lease(work):
    for name in "abcd":
        work.outbox.add(message(name))
    claim(work, until=at(9))
    work.outbox.record(message("a", state=S.SENT, sent_at=at(1), attempts=1))
    work.outbox.record(message("b", state=S.RETRY, next_attempt_at=at(3), attempts=1, error="服务器忙"))
    work.outbox.record(message("c", state=S.DEAD, attempts=1))
    work.outbox.record(message("d", state=S.CANCELLED))
    assert work.outbox.waiting() == 1
    assert claim(work, now=at(2)) == []
    (again,) = work.outbox.claim(limit=9, now=at(3), until=at(9))
    assert (again.id, again.attempts, again.error) == ("b", 1, "服务器忙")
    assert work.outbox.get("a").sent_at == at(1)


@pytest.mark.parametrize("late", [S.RETRY, S.DEAD, S.CANCELLED, S.PENDING])
def test_what_was_sent_stays_sent(work, late):
    """A slow worker reports its failure after another one has sent the message."""
    work.outbox.add(message("a"))
    work.outbox.record(message("a", state=S.SENT))
    work.outbox.record(message("a", state=late))
    assert work.outbox.get("a").state is S.SENT


def test_what_was_cancelled_is_not_tried_again_but_may_turn_out_sent(work):
    work.outbox.add(message("a"))
    work.outbox.record(message("a", state=S.CANCELLED))
    work.outbox.record(message("a", state=S.RETRY))
    assert work.outbox.get("a").state is S.CANCELLED
    work.outbox.record(message("a", state=S.SENT))
    assert work.outbox.get("a").state is S.SENT


def test_a_dead_letter_can_be_sent_again_by_hand(work):
    work.outbox.add(message("a"))
    work.outbox.record(message("a", state=S.DEAD))
    work.outbox.record(message("a", state=S.PENDING))
    assert claim(work) == ["a"]


def test_the_outcome_of_an_unknown_message_is_an_error(work):
    with pytest.raises(StorageError):
        work.outbox.record(message("none"))


def test_all_gives_the_newest_first_and_can_be_bound_to_an_alert(work):
    for minute in (1, 3, 2):
        work.outbox.add(message(f"m{minute}", created_at=at(minutes=minute), alert_id="A1" if minute > 1 else "A2"))
    assert [n.id for n in work.outbox.all()] == ["m3", "m2", "m1"]
    assert [n.id for n in work.outbox.all(alert_id="A1", limit=1)] == ["m3"]


def test_many_workers_never_hold_the_same_message(record):
    with record.unit_of_work() as work:
        for number in range(120):
            work.outbox.add(message(f"m{number}"))
        work.commit()
    held = Counter()

    def deliver():
        while True:
            with record.unit_of_work() as work:
                mine = work.outbox.claim(limit=7, now=at(1), until=at(2))
                work.commit()
            if not mine:
                return
            held.update(n.id for n in mine)
            with record.unit_of_work() as work:
                for one in mine:
                    work.outbox.record(replace(one, state=S.SENT))
                work.commit()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) == 120
    assert set(held.values()) == {1}
