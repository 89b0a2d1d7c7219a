"""What the duty operator should do next with an alert: one sentence, from its state, its clocks and what is known."""

from datetime import datetime

from alerts.lifecycle import Action
from alerts.model import Alert, AlertState, Deadline, DeadlineKind
from alerts.reports.wording import amount, moment
from analyzer.model import Event
from analyzer.rating import LIFE
from services.acts.closing import unfound

NEXT = {
    AlertState.TRIGGERED: (Action.ACKNOWLEDGE, "先签收，催办即停"),
    AlertState.ESCALATED: (Action.ACKNOWLEDGE, "先签收，催办即停"),
    AlertState.ACKNOWLEDGED: (Action.VERIFY, "联系现场或部门核实，把情况写进“说明”后点“开始核实”，或直接转办"),
    AlertState.VERIFYING: (Action.ASSIGN, "在“核实数字”中登记核实结果，再转办责任部门"),
    AlertState.ASSIGNED: (Action.ANSWER, "等候并催促责任部门；公开回应后登记回应"),
    AlertState.ANSWERED: (Action.CLOSE, "情况平稳后写明结果，办结并出终报"),
}
"""The act that comes next as a rule, and how to do it."""


def usual(alert: Alert, event: Event) -> Action | None:
    """The act whose button stands out; None when it is over, or something comes before its end."""
    if alert.state.final:
        return None
    answered = alert.state is AlertState.ASSIGNED and event.answered_at is not None
    act = Action.CLOSE if answered else NEXT[alert.state][0]
    if act is not Action.CLOSE:
        return act
    if _press(alert) is not None:
        return Action.PRESS
    return None if _doubts(alert, event) or unfound(event) else act


def next_step(alert: Alert, event: Event, department: str, now: datetime) -> str:
    """In words; empty when the alert is over. `department` is the one that the roster proposes, or empty."""
    if alert.state.final:
        return ""
    said = _step(alert, event, now)
    if department and alert.state in {AlertState.ACKNOWLEDGED, AlertState.VERIFYING} and alert.snoozed_until is None:
        said += f"（建议{department}）"
    phone = next((d for d in alert.deadlines if d.kind is DeadlineKind.PHONE_REPORT and d.met_at is None), None)
    if phone is not None:
        call = _by_phone(phone, now)
        said = f"{call}；{said}" if phone.due_at < now else f"{said}；{call}"
    return said + "。"


def _step(alert: Alert, event: Event, now: datetime) -> str:
    if alert.request is not None:
        return f"请另一人核对后确认“{Action(alert.request.action).chinese}”"
    if alert.snoozed_until is not None:
        return f"已暂缓，到{moment(alert.snoozed_until)}前无须处置，届时自动提醒"
    if alert.state is AlertState.ASSIGNED and event.answered_at is not None:
        return f"官方已于{moment(event.answered_at)}回应，不必再催；{_closing(alert, event, now)}"
    if alert.state is AlertState.ANSWERED:
        return _closing(alert, event, now)
    return _verifying(alert, event) if alert.state is AlertState.VERIFYING else NEXT[alert.state][1]


def _verifying(alert: Alert, event: Event) -> str:
    if any(figure.verified is not None for figure in event.figures.values()):
        return "已有核实的数字，请转办责任部门"
    return "核实结果由演练组织者输入，其后转办责任部门" if alert.drill else NEXT[alert.state][1]


def _closing(alert: Alert, event: Event, now: datetime) -> str:
    """How it is closed, and what comes before that."""
    final = next((d for d in alert.deadlines if d.kind is DeadlineKind.FINAL_REPORT and d.met_at is None), None)
    if final is not None and final.due_at < now:
        how = f"终报已超时（时限{moment(final.due_at)}），请写明结果，办结并出终报"
    else:
        how = NEXT[AlertState.ANSWERED][1]
    doubts = _doubts(alert, event)
    before = [f"请核实{'、'.join(doubts)}"] if doubts else unfound(event)
    if (press := _press(alert)) is not None:
        before.append(f"新闻发布会{'已超时' if press.due_at < now else '待举行并登记'}（时限{moment(press.due_at)}）")
    return "；".join((*before, how))


def _press(alert: Alert) -> Deadline | None:
    """The press conference that is still owed."""
    return next((d for d in alert.deadlines if d.kind is DeadlineKind.PRESS and d.met_at is None), None)


def _doubts(alert: Alert, event: Event) -> list[str]:
    """Casualties of which nothing is verified; of a drill its script tells them."""
    figures = ((kind, event.figures[kind]) for kind in LIFE if kind in event.figures and not alert.drill)
    doubted = ((kind, f) for kind, f in figures if f.verified is None and f.claimed)
    return [f"{kind.chinese}{amount(kind, f.claimed or 0, f.qualifier)}" for kind, f in doubted]


def _by_phone(due: Deadline, now: datetime) -> str:
    if due.due_at < now:
        return f"电话报告已超时（时限{moment(due.due_at)}），请立即打并登记"
    return f"电话报告须在{moment(due.due_at)}前打出并登记"
