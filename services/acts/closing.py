"""What is still owed when somebody wants to close an alert: he is told once, and may close it all the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from alerts import clocks
from alerts.errors import NotAllowed
from alerts.lifecycle import TABLE
from alerts.matter import Act
from alerts.model import Alert, Deadline, DeadlineKind
from alerts.reports import fields
from alerts.reports.wording import amount
from analyzer.model import Event, EventStatus, FactKind
from services.ports import UnitOfWork

_UNFOUND = {FactKind.MISSING: "尚无下落", FactKind.TRAPPED: "尚未救出"}
"""Whom one still looks for, and how it is said."""
_GOING_ON = {EventStatus.ACTIVE, EventStatus.SLEEPING}


class Unfinished(NotAllowed):
    """An alert is to be closed while something is still owed."""

    def __init__(self, owed: Sequence[str]) -> None:
        """Say what, and how a program closes it all the same."""
        self.owed = owed
        super().__init__(f"尚有未办事项：{'；'.join(owed)}。仍要办结的，请写明 despite 为 true 再提交一次。")


def owed(uow: UnitOfWork, alert: Alert, now: datetime) -> list[str]:
    """One clause each: the calls and answers that clocks ask for, who is missing, and what waits to be verified."""
    leads = sum(task.event_id == alert.event_id for task in uow.tasks.open())
    return _clauses(clocks.owed(alert.deadlines), uow.events.get(alert.event_id), leads, now)


def still_to_do(alert: Alert, event: Event, leads: int, now: datetime) -> list[str]:
    """The same with every other clock that is not met, but for that of follow-ups; `leads` are to be verified."""
    return _clauses((d for d in alert.deadlines if d.kind is not DeadlineKind.FOLLOW_UP), event, leads, now)


def unfound(event: Event) -> list[str]:
    """Who is missing or trapped by what is verified, else by what is claimed; empty once the event is over."""
    told = ((kind, words, event.figures.get(kind)) for kind, words in _UNFOUND.items())
    return [
        f"{kind.chinese}{amount(kind, value)}{words}"
        for kind, words, figure in told
        if event.status in _GOING_ON
        and figure is not None
        and (value := figure.claimed if figure.verified is None else figure.verified)
    ]


def _clauses(deadlines: Iterable[Deadline], event: Event | None, leads: int, now: datetime) -> list[str]:
    people = unfound(event) if event is not None else []
    return [*fields.clocks(deadlines, now), *people, *([f"待核实的线索：{leads}件"] if leads else [])]


def require_finished(uow: UnitOfWork, alert_id: str, act: Act, now: datetime) -> None:
    """Raises Unfinished where closing would be in order but for what is owed."""
    alert = uow.alerts.get(alert_id)
    if alert is None or not act.note.strip() or (alert.state, act.action) not in TABLE:
        return  # said where it is done
    if found := owed(uow, alert, now):
        raise Unfinished(found)
