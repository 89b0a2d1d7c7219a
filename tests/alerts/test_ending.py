"""What a person has judged holds until facts go beyond it; what has ended begins anew only for good reasons."""

from dataclasses import replace

import pytest

from alerts import ending, lifecycle
from alerts.engine import Desk
from alerts.lifecycle import Action
from alerts.matter import Act, Matter
from alerts.model import AlertState, DeadlineKind, Purpose, ReportKind
from analyzer.model import EventStatus, Tier
from services.replaying.replay import RolesThemselves
from tests.alerts.cases import DISTRICT, PLAN, fire, rated
from tests.builders import at, figure

DESK = Desk(response=PLAN.response, directory=RolesThemselves(), district=DISTRICT)


def matter(event, alert=None, reports=()):
    return Matter(event=event, rating=rated(event), alert=alert, reports=reports)


def done(event, *acts, now=None):
    """An alert of the event after these acts, with its reports."""
    opened = DESK.on_assessment(matter(event), at())
    alert, reports = opened.alert, list(opened.reports)
    for act in acts:
        decision = DESK.on_action(matter(event, alert, reports), act, now or at(1))
        alert = decision.alert
        reports += decision.reports
    return alert, reports


def again(event, alert, reports, hours=2):
    return DESK.on_assessment(matter(event, alert, reports), at(hours)).alert


LOWER = Act(action=Action.LOWER, by="甲", note="三人是重伤", tier=Tier.IV)
FALSE = Act(action=Action.FALSE_ALARM, by="甲", note="是演习用烟")
SEEN, CLOSE = Act(action=Action.ACKNOWLEDGE, by="甲"), Act(action=Action.CLOSE, by="甲", note="善后完毕")


def test_a_lowering_holds_while_nothing_worse_is_told():
    alert, reports = done(fire(3), LOWER)
    assert alert.tier is Tier.IV
    assert again(replace(fire(3), version=9), alert, reports) is None


@pytest.mark.parametrize("deaths", [4, 10])
def test_worse_figures_raise_again(deaths):
    alert, reports = done(fire(3), LOWER)
    raised = again(fire(deaths), alert, reports)
    assert (raised.tier, raised.state) == (Tier.II if deaths == 10 else Tier.III, AlertState.TRIGGERED)
    assert raised.overruled is None


def test_a_figure_of_another_kind_raises_again():
    alert, reports = done(fire(3), LOWER)
    more = fire(3, figures={"serious_injured": figure(2)})
    assert again(more, alert, reports).tier is Tier.III


def test_a_lowered_alert_that_is_closed_stays_closed_while_nothing_worse_is_told():
    alert, reports = done(fire(3), LOWER, SEEN, CLOSE)
    assert again(replace(fire(3), version=9), alert, reports) is None
    assert again(fire(4), alert, reports).tier is Tier.III


def test_a_false_alarm_stands_against_what_was_verified_before():
    before = fire(figures={"deaths": figure(3, 3, verified_at=at(0.5))}, by_authority={"official": 1, "public": 3})
    alert, reports = done(before, FALSE)
    assert again(replace(before, version=9), alert, reports) is None


def test_a_false_alarm_falls_with_what_is_verified_afterwards():
    alert, reports = done(fire(3), FALSE)
    after = fire(figures={"deaths": figure(3, 3, verified_at=at(1.5))}, by_authority={"official": 1, "public": 3})
    assert (again(after, alert, reports).episode, again(after, alert, reports).state) == (2, AlertState.TRIGGERED)


@pytest.mark.parametrize(("hours", "opens"), [(24 * 7, True), (24 * 7 + 2, False)])
def test_changed_casualties_open_a_closed_alert_within_the_correction_window(hours, opens):
    """A fire's window is seven days from its closing at 13:00."""
    alert, reports = done(fire(3), SEEN, CLOSE)
    found = again(fire(4), alert, reports, hours)
    assert (found is not None) is opens


def test_a_graver_tier_opens_a_closed_alert_at_any_time():
    alert, reports = done(fire(3), SEEN, CLOSE)
    assert again(fire(10), alert, reports, 24 * 60).tier is Tier.II


def test_other_figures_do_not_open_a_closed_alert():
    alert, reports = done(fire(3), SEEN, CLOSE)
    assert again(fire(3, figures={"evacuated": figure(40)}), alert, reports) is None


def test_a_merged_alert_stays_where_it_is_unless_it_becomes_graver():
    other = lifecycle.opened(replace(fire(3), id="E20261103-ffffffffff"), Tier.III, PLAN.response, at())
    alert, reports = done(fire(3), Act(action=Action.MERGE, by="甲", note="同一起", into=other))
    assert (alert.state, alert.merged_into) == (AlertState.MERGED, other.id)
    assert again(fire(4), alert, reports) is None
    assert again(fire(10), alert, reports).episode == 2


DENIED = {"status": EventStatus.REFUTED, "by_authority": {"public": 3, "official": 1}}


def test_what_an_office_denies_after_the_end_is_put_right_once_and_begins_nothing_anew():
    alert, reports = done(fire(3), SEEN, CLOSE)
    decision = DESK.on_assessment(matter(fire(3, **DENIED), alert, reports), at(24 * 60))
    assert (decision.alert.state, decision.alert.episode) == (AlertState.CLOSED, 1)
    assert decision.alert.due_at is None
    (report,) = decision.reports
    assert report.kind is ReportKind.CORRECTION
    assert "【官方已辟谣】" in report.text.partition("\n")[0]
    assert "原报情况经官方核实不属实" in report.fields["更正事项"]
    assert report.fields["请示事项与时限"] == "无"
    assert {n.purpose for n in decision.notifications} == {Purpose.REPORT}
    once_more = DESK.on_assessment(matter(fire(3, **DENIED), decision.alert, [*reports, report]), at(24 * 61))
    assert once_more.alert is None


def test_casualties_that_fall_below_every_tier_within_the_time_of_corrections_are_put_right():
    crash = {"topic": "hazard.traffic", "topics": ("hazard.traffic",)}
    alert, reports = done(fire(3, **crash), SEEN, CLOSE)
    none_died = fire(0, 0, status=EventStatus.CLOSED, **crash)
    decision = DESK.on_assessment(matter(none_died, alert, reports), at(2))
    assert decision.alert.state is AlertState.CLOSED
    assert [report.kind for report in decision.reports] == [ReportKind.CORRECTION]
    assert DESK.on_assessment(matter(none_died, alert, reports), at(24 * 400)).alert is None


def test_a_false_alarm_has_said_already_that_it_was_none():
    alert, reports = done(fire(3), FALSE)
    assert again(fire(3, **DENIED), alert, reports) is None


def test_a_milder_alert_takes_no_graver_one_in():
    milder = lifecycle.opened(replace(fire(3), id="E20261103-ffffffffff"), Tier.IV, PLAN.response, at())
    with pytest.raises(ending.NotAllowed, match="请反过来"):
        done(fire(3), Act(action=Action.MERGE, by="甲", note="同一起", into=milder))


def test_a_drill_takes_no_real_alert_in():
    other = lifecycle.opened(replace(fire(3), id="E20261103-ffffffffff"), Tier.III, PLAN.response, at(), drill=True)
    with pytest.raises(ending.NotAllowed, match="演练与真实预警"):
        done(fire(3), Act(action=Action.MERGE, by="甲", note="同一起", into=other))


def test_what_the_public_was_told_before_counts_in_the_next_episode_and_nothing_is_late_at_once():
    known = fire(10, 10, known_at=at(), status=EventStatus.CLOSED)
    held = Act(action=Action.PRESS, by="甲", note="区政府新闻办发布会")
    alert, reports = done(known, held, CLOSE, replace(CLOSE, by="乙"))
    assert alert.state is AlertState.CLOSED
    decision = DESK.on_action(
        matter(known, alert, reports), Act(action=Action.REOPEN, by="甲", note="又一人不治"), at(90)
    )
    clocks = {d.kind: d for d in decision.alert.deadlines}
    assert clocks[DeadlineKind.PRESS].met_at == at(1)
    assert clocks[DeadlineKind.ANSWER].met_at == at(1)
    assert all(d.due_at > at(90) for d in clocks.values() if d.running)
    assert "已办结" not in decision.reports[0].fields["事件"]


def test_an_answer_that_nobody_gave_before_is_asked_for_anew():
    known = fire(3, known_at=at())
    alert, reports = done(known, SEEN, CLOSE)
    decision = DESK.on_action(
        matter(known, alert, reports), Act(action=Action.REOPEN, by="甲", note="又一人不治"), at(90)
    )
    (answer,) = [d for d in decision.alert.deadlines if d.kind is DeadlineKind.ANSWER]
    assert (answer.due_at, answer.running) == (at(90 + 48), True)
