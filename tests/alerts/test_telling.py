"""Who hears what at night: quiet hours hold mild matters back and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alerts import lifecycle
from alerts.beijing import BEIJING
from alerts.engine import Desk
from alerts.lifecycle import Action
from alerts.matter import Act, Matter
from alerts.model import Purpose
from alerts.roster import Roster
from analyzer.model import Tier
from tests.alerts.cases import DISTRICT, PLAN, fire, rated

NIGHT = datetime(2026, 11, 3, 23, 0, tzinfo=BEIJING)
MORNING = datetime(2026, 11, 4, 7, 0, tzinfo=BEIJING)
SLEEPS = {"from": "22:00", "until": "07:00"}
ROSTER = Roster.model_validate(
    {
        "people": [
            {"id": "awake", "name": "值班员", "channels": {"email": "a@duty.example"}},
            {"id": "asleep", "name": "带班领导", "channels": {"email": "b@duty.example"}, "quiet": SLEEPS},
            {"id": "fireman", "name": "联络员", "channels": {"email": "c@duty.example"}, "quiet": SLEEPS},
        ],
        "roles": [
            {"id": "duty_operator", "name": "值班员", "holders": ["awake"]},
            *({"id": r, "name": r, "holders": ["asleep"]} for r in ("duty_leader", "deputy_head", "head")),
        ],
        "departments": [{"id": "fire", "name": "消防", "liaisons": ["fireman"]}],
    }
)
DESK = Desk(response=PLAN.response, directory=ROSTER, district=DISTRICT, names=ROSTER.names)


def matter(event, alert=None, reports=()):
    return Matter(event=event, rating=rated(event, NIGHT), alert=alert, reports=reports)


def waits(decision):
    """Until when each person's messages wait."""
    return {note.recipient: note.next_attempt_at for note in decision.notifications}


def test_a_mild_first_report_waits_for_who_sleeps_and_not_for_who_sits_at_the_desk():
    decision = DESK.on_assessment(matter(fire(3)), NIGHT)
    assert decision.alert.tier is Tier.III
    assert waits(decision) == {"awake": None, "asleep": MORNING}


def test_a_grave_one_wakes_everybody():
    decision = DESK.on_assessment(matter(fire(10)), NIGHT)
    assert decision.alert.tier is Tier.II
    assert waits(decision) == {"awake": None, "asleep": None}


def test_a_raise_wakes_everybody_though_the_new_tier_is_mild():
    mild = fire(figures={})
    alert = lifecycle.opened(mild, Tier.IV, PLAN.response, NIGHT)
    decision = DESK.on_assessment(matter(fire(3), alert), NIGHT)
    assert (decision.alert.tier, decision.alert.step) == (Tier.III, 0)
    assert waits(decision) == {"awake": None, "asleep": None}


def test_a_raise_does_not_wait_for_the_pause_between_two_reports():
    first = DESK.on_assessment(matter(fire(3)), NIGHT)
    decision = DESK.on_assessment(matter(fire(10), first.alert, first.reports), NIGHT)
    assert [report.tier for report in decision.reports] == [Tier.II]
    assert decision.notifications


@pytest.mark.parametrize(
    ("act", "who", "purpose"),
    [
        (Act(action=Action.ASSIGN, by="awake", to="fire", note="请到场"), "fireman", Purpose.ASSIGNED),
        (Act(action=Action.HAND_OVER, by="awake", to="asleep", note="等回电"), "asleep", Purpose.HANDED_OVER),
    ],
)
def test_what_is_given_to_somebody_wakes_him(act, who, purpose):
    opened = DESK.on_assessment(matter(fire(3)), NIGHT)
    seen = lifecycle.acknowledged(opened.alert, "awake", PLAN.response, NIGHT)
    decision = DESK.on_action(matter(fire(3), seen, opened.reports), act, NIGHT)
    assert [(n.recipient, n.purpose, n.next_attempt_at) for n in decision.notifications] == [(who, purpose, None)]


def test_an_escalation_of_a_mild_alert_waits_and_that_of_a_grave_one_does_not():
    for deaths, until in ((3, MORNING), (10, None)):
        opened = DESK.on_assessment(matter(fire(deaths)), NIGHT)
        due = opened.alert.escalate_at
        decision = DESK.on_due(matter(fire(deaths), opened.alert, opened.reports), due)
        assert {n.purpose for n in decision.notifications} == {Purpose.ESCALATION}
        assert waits(decision) == {"asleep": until}


def test_a_second_persons_consent_is_asked_for_at_once():
    opened = DESK.on_assessment(matter(fire(10)), NIGHT)
    seen = lifecycle.acknowledged(opened.alert, "awake", PLAN.response, NIGHT)
    act = Act(action=Action.CLOSE, by="awake", note="处置完毕")
    decision = DESK.on_action(matter(fire(10), seen, opened.reports), act, NIGHT)
    (note,) = decision.notifications
    assert (note.recipient, note.purpose) == ("asleep", Purpose.REQUEST)
    assert "值班员申请办结：处置完毕，请另一人核对后确认（尚未办：电话报告、权威发布、" in note.reason


def test_the_history_says_of_each_repeat_which_one_it_is_and_when_the_next_one_comes():
    decision = DESK.on_assessment(matter(fire(10)), NIGHT)
    alert, lines = decision.alert, []
    for _ in range(5):
        done = DESK.on_due(matter(fire(10), replace(alert, deadlines=()), decision.reports), alert.escalate_at)
        alert = done.alert
        lines += [line.note for line in done.log]
    assert lines == [
        "无人签收，第1次催办",
        "无人签收，第2次催办",
        "无人签收，第3次催办",
        "无人签收，第4次催办（最后一步第1次重复），下次11月4日0时45分（隔1小时）",
        "无人签收，第5次催办（最后一步第2次重复），下次11月4日2时45分（隔2小时）",
    ]


def test_a_department_is_told_by_when_the_public_must_hear_of_it():
    decision = DESK.on_assessment(matter(fire(4)), NIGHT)
    given = Act(action=Action.ASSIGN, by="awake", to="fire", note="请到场")
    (told,) = DESK.on_action(matter(fire(4), decision.alert, decision.reports), given, NIGHT).notifications
    assert told.reason == "请贵单位办理并回复示范区民情值班台，11月5日12时00分前须回应公众：请到场"
    (late,) = DESK.on_action(
        matter(fire(4), decision.alert, decision.reports), given, NIGHT + timedelta(days=2)
    ).notifications
    assert "回应公众已超时（时限11月5日12时00分），请立即回应：请到场" in late.reason


def desk(channels, roster):
    """The shipped plan with these channels for tier III's first step, and this roster."""
    plan = PLAN.response.tiers[Tier.III]
    steps = (plan.steps[0].model_copy(update={"channels": channels}), *plan.steps[1:])
    tiers = PLAN.response.tiers | {Tier.III: plan.model_copy(update={"steps": steps})}
    response = PLAN.response.model_copy(update={"tiers": tiers})
    return Desk(response=response, directory=roster, district=DISTRICT, names=roster.names)


def told(channels, people, **more):
    """Over which channel each of two people hears of a new alert of tier III, and the history that follows."""
    entries = [{"id": key, "name": key, "channels": ways} for key, ways in people.items()]
    first, second = people
    roles = [
        {"id": "duty_operator", "name": "值班员", "holders": [first]},
        {"id": "duty_leader", "name": "带班领导", "holders": [second]},
    ]
    roster = Roster.model_validate({"people": entries, "roles": roles, **more})
    decision = desk(channels, roster).on_assessment(matter(fire(3)), NIGHT)
    assert decision.alert.tier is Tier.III
    return [(n.recipient, n.channel) for n in decision.notifications], [entry.note for entry in decision.log[1:]]


BOTH, MAIL = {"email": "a@duty.example", "sms": "13800000000"}, {"email": "b@duty.example"}


@pytest.mark.parametrize(
    ("channels", "way"),
    [
        (("sms",), [("a", "sms"), ("b", "email")]),
        (("pigeon",), [("a", "email"), ("a", "sms"), ("b", "email")]),
        (("sms", "email"), [("a", "sms"), ("a", "email"), ("b", "email")]),
        (("printed",), [("a", "printed"), ("b", "printed")]),
        ((), [("a", "email"), ("a", "sms"), ("b", "email")]),
    ],
)
def test_who_has_none_of_a_steps_channels_is_told_over_those_that_he_has(channels, way):
    assert told(channels, {"a": BOTH, "b": MAIL}) == (way, [])


def test_whom_no_channel_leads_to_is_told_on_paper_and_named_in_the_history():
    ways, history = told((), {"a": MAIL, "b": {}})
    assert ways == [("a", "email"), ("b", "printed")]
    assert history == ["此刻联系不到带班领导（无人在岗或没有联系渠道），请另行通知并立即补班"]


def test_in_the_place_of_whom_no_channel_leads_to_the_fallback_is_told():
    assert told(("sms",), {"a": MAIL, "b": {}}, fallback=["a"]) == ([("a", "email")], [])


def test_a_later_step_that_reaches_nobody_is_told_too():
    people = [{"id": "a", "name": "a", "channels": MAIL}]
    roles = [{"id": "duty_operator", "name": "值班员", "holders": ["a"]}, {"id": "duty_leader", "name": "带班领导"}]
    rules = desk((), Roster.model_validate({"people": people, "roles": roles}))
    opened = rules.on_assessment(matter(fire(3)), NIGHT)
    due = rules.on_due(matter(fire(3), replace(opened.alert, deadlines=()), opened.reports), opened.alert.escalate_at)
    assert due.notifications == ()
    assert "此刻联系不到带班领导（" in due.log[-1].note
