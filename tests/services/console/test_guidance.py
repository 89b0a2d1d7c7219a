"""What the console tells the duty operator to do next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.lifecycle import Action
from alerts.model import AlertState, Deadline, DeadlineKind, Request
from analyzer.model import EventStatus
from services.console.guidance import NEXT, next_step, usual
from services.console.words import until
from tests.alerts.cases import alerted, fire
from tests.builders import NOON, figure

LATER = NOON + timedelta(minutes=30)


def in_state(state, *deadlines):
    return replace(alerted(fire(3)), state=state, deadlines=deadlines)


@pytest.mark.parametrize("state", [state for state in AlertState if not state.final])
def test_every_live_alert_has_a_next_step_and_a_button_that_stands_out(state):
    assert next_step(in_state(state), fire(3), "", NOON).endswith("。")
    assert state in NEXT


@pytest.mark.parametrize("state", [state for state in AlertState if state.final])
def test_what_is_over_asks_for_nothing(state):
    assert next_step(in_state(state), fire(3), "消防救援大队", NOON) == ""


def test_the_department_that_the_roster_proposes_is_named_when_it_is_wanted():
    assert "建议消防救援大队" in next_step(in_state(AlertState.VERIFYING), fire(3), "消防救援大队", NOON)
    assert "消防" not in next_step(in_state(AlertState.TRIGGERED), fire(3), "消防救援大队", NOON)


def test_what_an_office_has_answered_is_not_to_be_waited_for():
    given, answered = in_state(AlertState.ASSIGNED), fire(3, 3, answered_at=LATER)

    assert next_step(given, fire(3), "", LATER).startswith("等候并催促")
    assert "官方已于11月3日12时30分回应，不必再催" in next_step(given, answered, "", LATER)
    assert usual(given, answered) is Action.CLOSE
    assert usual(given, fire(3)) is Action.ANSWER


def test_a_final_report_that_is_overdue_is_asked_for_and_no_calm_waited_for():
    owed = Deadline(kind=DeadlineKind.FINAL_REPORT, due_at=LATER)
    assert next_step(in_state(AlertState.ANSWERED, owed), fire(3, 3), "", NOON).startswith("情况平稳后")
    late = next_step(in_state(AlertState.ANSWERED, owed), fire(3, 3), "", LATER + timedelta(minutes=1))
    assert late == "终报已超时（时限11月3日12时30分），请写明结果，办结并出终报。"


def test_nobody_is_led_to_close_what_is_still_owed():
    press = Deadline(kind=DeadlineKind.PRESS, due_at=LATER)
    owed = in_state(AlertState.ANSWERED, press)
    assert next_step(owed, fire(5), "", NOON) == (
        "请核实死亡5人；新闻发布会待举行并登记（时限11月3日12时30分）；情况平稳后写明结果，办结并出终报。"
    )
    assert usual(owed, fire(5)) is Action.PRESS
    assert usual(in_state(AlertState.ANSWERED), fire(5)) is None
    assert usual(in_state(AlertState.ANSWERED, replace(press, met_at=NOON)), fire(5, 3)) is Action.CLOSE


def test_nobody_is_led_to_close_while_people_are_missing():
    def sea(**more):
        return fire(3, 3, figures={"missing": figure(7, 7), "trapped": figure(2, 0)}, answered_at=LATER, **more)

    given = in_state(AlertState.ASSIGNED)
    assert "不必再催；失踪（失联）7人尚无下落；情况平稳后" in next_step(given, sea(), "", LATER)
    assert usual(given, sea()) is None
    assert usual(given, sea(status=EventStatus.RESOLVED)) is Action.CLOSE


def test_who_waits_is_told_that_nothing_is_owed_and_until_when():
    waits = replace(in_state(AlertState.VERIFYING), snoozed_until=LATER)
    assert next_step(waits, fire(3), "消防救援大队", NOON) == "已暂缓，到11月3日12时30分前无须处置，届时自动提醒。"


def test_a_second_person_is_asked_before_anything_else():
    asked = Request(action="close", actor="operator_a", reason="火已灭", at=NOON)
    waits = replace(in_state(AlertState.ANSWERED), request=asked)
    assert next_step(waits, fire(3), "", NOON) == "请另一人核对后确认“办结”。"


def test_who_has_verified_a_figure_is_not_asked_for_it_again():
    assert next_step(in_state(AlertState.VERIFYING), fire(3), "", NOON).startswith("在“核实数字”中登记")
    assert next_step(in_state(AlertState.VERIFYING), fire(3, 3), "消防救援大队", NOON) == (
        "已有核实的数字，请转办责任部门（建议消防救援大队）。"
    )


def test_a_phone_report_that_is_owed_is_said_with_its_time_until_it_is_made():
    owed = Deadline(kind=DeadlineKind.PHONE_REPORT, due_at=LATER)
    made = replace(owed, met_at=NOON)

    assert "电话报告须在11月3日12时30分前打出并登记" in next_step(
        in_state(AlertState.TRIGGERED, owed), fire(3), "", NOON
    )
    late = next_step(in_state(AlertState.TRIGGERED, owed), fire(3), "", LATER + timedelta(minutes=1))
    assert late.startswith("电话报告已超时（时限11月3日12时30分），请立即打并登记；先签收")
    assert "电话" not in next_step(in_state(AlertState.TRIGGERED, made), fire(3), "", NOON)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "还有不到1分钟"),
        (104 * 60, "还有1小时44分钟"),
        (47 * 3600, "还有1天23小时"),
        (-20, "已超不到1分钟"),
        (-239 * 60, "已超3小时59分钟"),
    ],
)
def test_how_long_is_left_is_never_rounded_down_to_hours(seconds, said):
    assert until(NOON + timedelta(seconds=seconds), NOON) == said
