from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from alerts import ending, lifecycle
from alerts.errors import NotAllowed
from alerts.lifecycle import TABLE, Action
from alerts.model import AlertState, DeadlineKind
from alerts.response import TierResponse
from analyzer.model import Tier
from services.folder.plan import load_plan
from tests.builders import at, event

RESPONSE = load_plan(Path("deploy/plan.example.yaml")).response


def opened(tier=Tier.III, **more):
    return lifecycle.opened(event(**more), tier, RESPONSE, at())


def deadline(alert, kind):
    return next(d for d in alert.deadlines if d.kind is kind)


def test_a_new_alert_runs_every_clock_of_its_tier_and_has_reported():
    alert = opened()
    assert alert.escalate_at == at(minutes=15)
    assert deadline(alert, DeadlineKind.FIRST_REPORT).met_at == at()
    assert deadline(alert, DeadlineKind.ANSWER).due_at == at(48)


def test_the_public_answer_counts_from_when_the_desk_knew():
    alert = opened(known_at=at(-10))
    assert deadline(alert, DeadlineKind.ANSWER).due_at == at(38)


def test_what_only_the_tier_asks_for_is_not_late_when_the_tier_is_reached():
    alert = opened(Tier.II, known_at=at(-24))
    assert deadline(alert, DeadlineKind.PUBLIC_STATEMENT).due_at == at(5)
    assert deadline(alert, DeadlineKind.PRESS).due_at == at(24)
    assert deadline(opened(Tier.II, known_at=at(-20)), DeadlineKind.PRESS).due_at == at(4)
    assert deadline(opened(Tier.II, known_at=at(-50)), DeadlineKind.ANSWER).due_at == at(-26)


def urged(tier, times, alert=None):
    """When each next step is taken if nobody ever acts, and the alert after them."""
    alert, moments = alert or opened(tier), []
    for _ in range(times):
        moments.append(alert.escalate_at)
        alert = lifecycle.escalated(alert, RESPONSE, alert.escalate_at)
    return moments, alert


def test_each_step_is_counted_from_the_first_and_each_repeat_waits_twice_as_long():
    moments, alert = urged(Tier.III, 7)
    steps, repeats = moments[:3], moments[3:]
    assert steps == [at(minutes=15), at(minutes=30), at(minutes=60)]
    assert repeats == [at(1 + 4), at(1 + 4 + 8), at(1 + 4 + 8 + 16), at(1 + 4 + 8 + 16 + 24)]
    assert alert.state is AlertState.ESCALATED


@pytest.mark.parametrize("tier", Tier)
def test_repeats_never_end_and_never_come_further_apart_than_the_plan_allows(tier):
    moments, _ = urged(tier, 400)
    waits = [after - before for before, after in pairwise(moments)]
    ceiling = RESPONSE.tiers[tier].repeat_at_most
    assert set(waits[20:]) == {ceiling}
    assert max(waits) == ceiling


def test_repeats_slept_through_are_left_out_and_the_wait_goes_on_growing():
    _, alert = urged(Tier.III, 4)
    late = lifecycle.escalated(alert, RESPONSE, at(100))
    assert late.escalate_at == at(100 + 16)


def test_who_took_it_and_fell_silent_is_urged_from_the_shortest_wait_again():
    _, alert = urged(Tier.III, 9)
    again = lifecycle.expired(lifecycle.acknowledged(alert, "甲", RESPONSE, at(90)), RESPONSE, at(92))
    assert again.escalate_at == at(92 + 4)


def repeating(repeat, at_most):
    tier = RESPONSE.tiers[Tier.III]
    given = {"steps": tier.steps, "clocks": tier.clocks, "acknowledgement_lasts": "2h"}
    return TierResponse.model_validate({**given, "repeat": repeat, "repeat_at_most": at_most})


@pytest.mark.parametrize(
    ("repeat", "at_most", "ceiling"),
    [
        ("30m", "2h", timedelta(hours=2)),
        ("30m", None, timedelta(hours=4)),
        ("6h", None, timedelta(hours=24)),
        ("36h", None, timedelta(hours=36)),
        (None, None, None),
    ],
)
def test_a_plan_that_names_no_ceiling_has_one(repeat, at_most, ceiling):
    assert repeating(repeat, at_most).ceiling == ceiling


@pytest.mark.parametrize(("repeat", "at_most"), [("30m", "20m"), (None, "2h")])
def test_a_ceiling_below_the_first_wait_is_refused(repeat, at_most):
    with pytest.raises(ValidationError, match="repeat_at_most 不能短于 repeat"):
        repeating(repeat, at_most)


def test_an_acknowledgement_stops_escalation_until_it_expires():
    alert = lifecycle.acknowledged(opened(), "甲", RESPONSE, at(0.1))
    assert alert.escalate_at is None
    assert alert.acknowledgement_ends_at == at(2.1)
    again = lifecycle.expired(alert, RESPONSE, at(2.1))
    assert again.state is AlertState.ESCALATED
    assert again.owner is None
    assert again.step == 1
    assert again.escalate_at == at(2.1) + timedelta(minutes=15)


def test_a_late_raise_starts_the_clocks_that_only_the_graver_tier_has():
    alert = opened()
    late = lifecycle.raised(alert, event(), Tier.II, RESPONSE, at(19))
    assert deadline(late, DeadlineKind.PUBLIC_STATEMENT).due_at == at(24)
    assert deadline(late, DeadlineKind.ANSWER).due_at == at(24)


def test_what_the_public_has_been_told_before_a_raise_counts():
    late = lifecycle.raised(opened(), event(answered_at=at(4)), Tier.II, RESPONSE, at(19))
    assert deadline(late, DeadlineKind.PUBLIC_STATEMENT).met_at == at(4)
    assert deadline(late, DeadlineKind.PRESS).running


def test_a_raise_starts_everything_again():
    alert = lifecycle.acknowledged(opened(), "甲", RESPONSE, at(1))
    raised = lifecycle.raised(alert, event(), Tier.II, RESPONSE, at(2))
    assert raised.state is AlertState.TRIGGERED
    assert (raised.step, raised.escalate_at) == (0, at(2, 5))
    assert deadline(raised, DeadlineKind.ACKNOWLEDGE).running
    assert deadline(raised, DeadlineKind.PUBLIC_STATEMENT).due_at == at(5)


def test_a_grave_alert_is_closed_by_two_different_persons_with_reasons():
    alert = lifecycle.acknowledged(opened(Tier.II), "甲", RESPONSE, at(1))
    with pytest.raises(NotAllowed, match="理由"):
        ending.settled(alert, Action.CLOSE, "甲", " ", event(), RESPONSE, at(2))
    asked = ending.settled(alert, Action.CLOSE, "甲", "已处置完毕", event(), RESPONSE, at(2))
    assert asked.state is AlertState.ACKNOWLEDGED
    with pytest.raises(NotAllowed, match="另一人"):
        ending.settled(asked, Action.CLOSE, "甲", "已处置完毕", event(), RESPONSE, at(2))
    closed = ending.settled(asked, Action.CLOSE, "乙", "同意", event(), RESPONSE, at(3))
    assert closed.state is AlertState.CLOSED
    assert closed.due_at is None


def test_a_second_person_cannot_confirm_something_else():
    alert = lifecycle.acknowledged(opened(Tier.I), "甲", RESPONSE, at(1))
    asked = ending.settled(alert, Action.LOWER, "甲", "核实有误", event(), RESPONSE, at(2), tier=Tier.III)
    other = ending.settled(asked, Action.LOWER, "乙", "同意", event(), RESPONSE, at(2), tier=Tier.IV)
    assert other.tier is Tier.I
    assert other.request is not None
    assert other.request.actor == "乙"


def test_lowering_must_lower():
    with pytest.raises(NotAllowed):
        ending.settled(opened(), Action.LOWER, "甲", "理由", event(), RESPONSE, at(1), tier=Tier.II)


@pytest.mark.parametrize("action", [a for a in Action if a is not Action.REOPEN])
@pytest.mark.parametrize("state", [s for s in AlertState if s.final])
def test_a_finished_alert_can_only_be_reopened(state, action):
    with pytest.raises(NotAllowed):
        lifecycle.next_state(state, action)


def test_an_official_answer_stops_the_public_clock():
    alert = lifecycle.public_answer(opened(), event(answered_at=at(3)))
    assert deadline(alert, DeadlineKind.ANSWER).met_at == at(3)


def test_the_drawn_table_is_the_table():
    """docs/alerts.md has one row for each arrow; they are compared both ways."""
    rows = [
        tuple(cell.strip(" `") for cell in line.strip("|\n").split("|"))[:3]
        for line in Path("docs/alerts.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    drawn = {(AlertState(a), Action(b)): AlertState(c) for a, b, c in rows}
    assert drawn == dict(TABLE)
    assert len(rows) == len(drawn)


def test_times_of_an_alert_never_go_missing():
    alert = opened()
    assert alert.due_at == min(alert.escalate_at, *(d.due_at for d in alert.deadlines if d.running))
    assert replace(alert, state=AlertState.CLOSED).due_at is None
