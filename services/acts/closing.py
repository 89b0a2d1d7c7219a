"""What is still owed when somebody wants to close an alert: he is told once, and may close it all the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from alerts import clocks
from alerts.errors import NotAllowed
from alerts.lifecycle import TABLE
from alerts.matter import Act
from alerts.model import Alert, Deadline, DeadlineKind
from alerts.reports import fields
from services.ports import UnitOfWork


class Unfinished(NotAllowed):
    """An alert is to be closed while something is still owed."""

    def __init__(self, owed: Sequence[str]) -> None:
        """Say what, and how a program closes it all the same."""
        self.owed = owed
        super().__init__(f"尚有未办事项：{'；'.join(owed)}。仍要办结的，请写明 despite 为 true 再提交一次。")


def owed(uow: UnitOfWork, alert: Alert, now: datetime) -> list[str]:
    """One clause each: the calls and answers that clocks ask for, and what waits to be verified."""
    return _clauses(uow, alert, clocks.owed(alert.deadlines), now)


def still_to_do(uow: UnitOfWork, alert: Alert, now: datetime) -> list[str]:
    """The same with every other clock that is not met, but for the cadence of follow-ups."""
    return _clauses(uow, alert, (d for d in alert.deadlines if d.kind is not DeadlineKind.FOLLOW_UP), now)


def _clauses(uow: UnitOfWork, alert: Alert, deadlines: Iterable[Deadline], now: datetime) -> list[str]:
    waiting = sum(task.event_id == alert.event_id for task in uow.tasks.open())
    tasks = [f"待核实的线索：{waiting}件"] if waiting else []
    return [*fields.clocks(deadlines, now), *tasks]


def require_finished(uow: UnitOfWork, alert_id: str, act: Act, now: datetime) -> None:
    """Raises Unfinished where closing would be in order but for what is owed."""
    alert = uow.alerts.get(alert_id)
    if alert is None or not act.note.strip() or (alert.state, act.action) not in TABLE:
        return  # said where it is done
    if found := owed(uow, alert, now):
        raise Unfinished(found)
