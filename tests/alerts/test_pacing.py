from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.model import Decision, LogEntry, Purpose
from alerts.pacing import held, weighed
from analyzer.model import Tier
from tests.alerts.test_delivery import ALERT, note
from tests.builders import NOON, at

WINDOW = timedelta(minutes=5)


def decision(action="verify", tier=Tier.III):
    log = (LogEntry(at=NOON, actor="system", action=action, note="", alert_id=ALERT.id),)
    return Decision(alert=replace(ALERT, tier=tier), reason="", log=log)


@pytest.mark.parametrize("action", ["open", "raise"])
@pytest.mark.parametrize("tier", Tier)
def test_an_opening_and_a_raise_jump_the_queue_and_wait_for_nobody(action, tier):
    told = weighed(note(), decision(action, tier))
    assert told.first
    assert not told.mild


@pytest.mark.parametrize(("tier", "mild"), [(Tier.IV, True), (Tier.III, True), (Tier.II, False), (Tier.I, False)])
def test_a_follow_up_is_mild_unless_its_alert_is_grave(tier, mild):
    told = weighed(note(), decision(tier=tier))
    assert (told.first, told.mild) == (False, mild)


@pytest.mark.parametrize("purpose", [Purpose.ESCALATION, Purpose.EXPIRED, Purpose.SERVICE])
def test_who_is_urged_is_urged_at_once(purpose):
    assert not weighed(note(purpose), decision("escalate")).mild


def test_a_mild_message_soon_after_another_waits_for_the_end_of_the_window():
    mild = replace(note(), mild=True, created_at=at(minutes=4))
    assert held(mild, NOON, WINDOW).next_attempt_at == at(minutes=5)


@pytest.mark.parametrize("told_at", [None, at(minutes=-1)])
def test_without_another_in_the_window_it_goes_at_once(told_at):
    mild = replace(note(), mild=True, created_at=at(minutes=4))
    assert held(mild, told_at, WINDOW) == mild


def test_what_is_not_mild_is_never_held():
    assert held(note(), NOON, WINDOW) == note()
