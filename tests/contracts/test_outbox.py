"""What every Outbox must do."""

import threading
from collections import Counter
from dataclasses import replace

import pytest

from alerts.model import Notification, NotificationState, Purpose
from alerts.ports import Over
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
    work.outbox.add(message("reminder", created_at=at(), purpose=Purpose.ESCALATION))
    work.outbox.add(message("first", created_at=at(minutes=5), first=True))
    assert claim(work) == ["first", "reminder", "early", "late"]


def test_alerts_take_turns_so_that_a_storm_of_one_does_not_keep_the_others_waiting(work):
    for number in range(6):
        work.outbox.add(message(f"storm{number}", alert_id="A1", created_at=at(minutes=number)))
    for number in range(2):
        work.outbox.add(message(f"other{number}", alert_id="A2", created_at=at(minutes=10 + number)))
    work.outbox.add(message("service", alert_id=None, created_at=at(minutes=20)))
    order = [key for _ in range(9) for key in claim(work, limit=1)]
    assert order[:3] == ["storm0", "other0", "service"]
    assert order[3:5] == ["storm1", "other1"]
    assert order[5:] == ["storm2", "storm3", "storm4", "storm5"]


def test_who_has_been_served_does_not_wait_for_those_who_come_later(work):
    for number in range(4):
        work.outbox.add(message(f"a{number}", alert_id="A1", created_at=at(minutes=number)))
    for key in claim(work, limit=2):
        work.outbox.record(message(key, alert_id="A1", state=S.SENT))
    work.outbox.add(message("b0", alert_id="A2", created_at=at(minutes=9)))
    work.outbox.add(message("b1", alert_id="A2", created_at=at(minutes=9)))
    assert [key for _ in range(4) for key in claim(work, limit=1)] == ["a2", "b0", "a3", "b1"]


def mild(name, **more):
    return message(name, mild=True, **more)


def test_mild_messages_to_one_person_go_out_together_and_stay_together(work):
    work.outbox.add(mild("a"))
    work.outbox.add(mild("held", created_at=at(minutes=1), next_attempt_at=at(5)))
    work.outbox.add(mild("somebody else", recipient="q", created_at=at(minutes=2)))
    work.outbox.add(mild("elsewhere", channel="sms", created_at=at(minutes=3)))
    work.outbox.add(message("grave", created_at=at(minutes=4)))
    claimed = work.outbox.claim(limit=1, now=at(1), until=at(2))
    assert [(n.id, n.bundle) for n in claimed] == [("a", "a"), ("held", "a")]

    work.outbox.add(mild("later", created_at=at(minutes=5)))
    assert claim(work, now=at(1)) == ["somebody else", "elsewhere", "grave", "later"]
    again = work.outbox.claim(limit=1, now=at(2), until=at(3))
    assert [(n.id, n.bundle) for n in again] == [("a", "a"), ("held", "a")]


def test_a_bundle_that_failed_is_tried_again_as_it_was(work):
    for name in "ab":
        work.outbox.add(mild(name))
    first = work.outbox.claim(limit=1, now=at(1), until=at(2))
    for one in first:
        work.outbox.record(replace(one, state=S.RETRY, attempts=1, next_attempt_at=at(3)))
    work.outbox.add(mild("c"))
    assert [n.bundle for n in work.outbox.claim(limit=9, now=at(3), until=at(4))] == ["a", "a", "c"]


def test_when_a_person_was_last_told_something_mild_is_known(work):
    assert work.outbox.told_at("p", "email") is None
    for name, hour in (("a", 1), ("b", 2)):
        work.outbox.add(mild(name))
        work.outbox.record(mild(name, state=S.SENT, sent_at=at(hour)))
    work.outbox.add(message("grave"))
    work.outbox.record(message("grave", state=S.SENT, sent_at=at(3)))
    assert work.outbox.told_at("p", "email") == at(2)
    assert work.outbox.told_at("p", "sms") is None


def test_what_a_dead_holder_had_in_hand_is_free_at_once(work):
    for name in "abc":
        work.outbox.add(message(name))
    work.outbox.claim(limit=2, now=at(1), until=at(9), holder="dead")
    work.outbox.claim(limit=1, now=at(1), until=at(9), holder="alive")
    assert work.outbox.release("dead") == 2
    assert claim(work, now=at(1)) == ["a", "b"]


def test_the_same_message_over_other_channels_is_found(work):
    work.outbox.add(message("mail", report_id="R"))
    work.outbox.add(message("sms", report_id="R", channel="sms"))
    work.outbox.add(message("other person", report_id="R", channel="sms", recipient="q"))
    work.outbox.add(message("other report", report_id="Q"))
    work.outbox.add(message("other time", report_id="R", channel="fax", created_at=at(1)))
    work.outbox.add(message("other alert", report_id="R", channel="pager", alert_id=None))
    assert [n.id for n in work.outbox.siblings(message("mail", report_id="R"))] == ["sms"]


def test_what_has_waited_longest_is_known_unless_somebody_has_it_in_hand(work):
    assert work.outbox.oldest_due(at(9)) is None
    work.outbox.add(message("a", created_at=at(minutes=1)))
    work.outbox.add(message("b", created_at=at(minutes=2)))
    work.outbox.add(message("later", next_attempt_at=at(5)))
    assert work.outbox.oldest_due(at()) is None
    assert work.outbox.oldest_due(at(1)) == at(minutes=1)
    claim(work, limit=1, now=at(1), until=at(2))
    assert work.outbox.oldest_due(at(1)) == at(minutes=2)
    assert work.outbox.oldest_due(at(2)) == at(minutes=1)


def test_dead_letters_can_be_listed(work):
    for number, state in enumerate((S.DEAD, S.SENT, S.RETRY, S.DEAD)):
        work.outbox.add(message(f"m{number}", created_at=at(minutes=number)))
        work.outbox.record(message(f"m{number}", created_at=at(minutes=number), state=state))
    assert [n.id for n in work.outbox.all(state=S.DEAD)] == ["m3", "m0"]
    assert [n.id for n in work.outbox.all(state=S.RETRY, alert_id="A1")] == ["m2"]


def test_a_sender_claims_for_its_own_channels_only(work):
    for number, channel in enumerate(("email", "sms", "pigeon")):
        work.outbox.add(message(channel, channel=channel, created_at=at(minutes=number)))
    but_sms, sms = Over(("sms", "wecom"), but=True), Over(("sms",), but=False)
    assert work.outbox.is_due(at(1), sms)
    assert [n.id for n in work.outbox.claim(limit=9, now=at(1), until=at(2), over=sms)] == ["sms"]
    assert not work.outbox.is_due(at(1), sms)
    assert [n.id for n in work.outbox.claim(limit=9, now=at(1), until=at(2), over=but_sms)] == ["email", "pigeon"]
    assert not work.outbox.is_due(at(1))


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


def test_a_clock_that_was_set_back_keeps_nothing_waiting(work):
    work.outbox.add(message("new", created_at=at(5)))
    work.outbox.add(message("held", created_at=at(5), next_attempt_at=at(5.5)))
    work.outbox.add(message("tried", created_at=at(5)))
    work.outbox.record(message("tried", created_at=at(5), state=S.RETRY, next_attempt_at=at(5.1)))
    work.outbox.add(message("in hand", created_at=at(6)))
    work.outbox.claim(limit=1, now=at(5), until=at(40), holder="dead")  # new
    work.outbox.claim(limit=9, now=at(6), until=at(40), holder="dead")  # the others
    for name in ("held", "tried"):
        work.outbox.record(message(name, created_at=at(5), state=S.RETRY, next_attempt_at=at(5.1)))
    assert set(claim(work, now=at(), until=at(1))) == {"new", "in hand", "held", "tried"}


def test_what_a_clock_that_was_ahead_held_back_until_its_morning_goes_at_once(work):
    work.outbox.add(message("ahead", created_at=at(80), next_attempt_at=at(90)))
    work.outbox.add(message("held", created_at=at(), next_attempt_at=at(9)))
    assert claim(work, now=at(minutes=1), until=at(1)) == ["ahead"]
    assert work.outbox.is_due(at(9))


def test_an_outcome_ends_the_lease(work):
    for name in "abcd":
        work.outbox.add(message(name))
    claim(work, until=at(9))
    work.outbox.record(message("a", state=S.SENT, sent_at=at(1), attempts=1))
    work.outbox.record(message("b", state=S.RETRY, next_attempt_at=at(2.4), attempts=1, error="服务器忙"))
    work.outbox.record(message("c", state=S.DEAD, attempts=1))
    work.outbox.record(message("d", state=S.CANCELLED))
    assert work.outbox.waiting() == 1
    assert claim(work, now=at(2)) == []
    (again,) = work.outbox.claim(limit=9, now=at(2.4), until=at(9))
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
