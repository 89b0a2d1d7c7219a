"""What the duty operator should do next with an alert: one sentence, from its state and its clocks."""

from datetime import datetime

from alerts.lifecycle import Action
from alerts.model import Alert, AlertState, Deadline, DeadlineKind
from alerts.reports.wording import moment

_STEPS = {
    AlertState.TRIGGERED: "先签收，催办即停",
    AlertState.ESCALATED: "先签收，催办即停",
    AlertState.ACKNOWLEDGED: "联系现场或部门核实，把情况写进“说明”后点“开始核实”，或直接转办",
    AlertState.VERIFYING: "在“核实数字”中登记核实结果，再转办责任部门",
    AlertState.ASSIGNED: "等候并催促责任部门；公开回应后登记回应",
    AlertState.ANSWERED: "情况平稳后写明结果，办结并出终报",
}
_BY_PHONE = frozenset({DeadlineKind.PHONE_REPORT})
NEXT = {
    AlertState.TRIGGERED: Action.ACKNOWLEDGE,
    AlertState.ESCALATED: Action.ACKNOWLEDGE,
    AlertState.ACKNOWLEDGED: Action.VERIFY,
    AlertState.VERIFYING: Action.ASSIGN,
    AlertState.ASSIGNED: Action.ANSWER,
    AlertState.ANSWERED: Action.CLOSE,
}
"""The act that usually comes next: its button stands out."""


def next_step(alert: Alert, department: str, now: datetime) -> str:
    """In words; empty when the alert is over. `department` is the one that the roster proposes, or empty."""
    if alert.state.final:
        return ""
    said = _STEPS[alert.state]
    if department and alert.state in {AlertState.ACKNOWLEDGED, AlertState.VERIFYING}:
        said += f"（建议{department}）"
    phone = next((d for d in alert.deadlines if d.kind in _BY_PHONE and d.met_at is None), None)
    if phone is not None:
        said += f"；{_by_phone(phone, now)}"
    return said + "。"


def _by_phone(due: Deadline, now: datetime) -> str:
    if due.due_at < now:
        return f"电话报告已超时（时限{moment(due.due_at)}），请立即打并登记"
    return f"电话报告须在{moment(due.due_at)}前打出并登记"
