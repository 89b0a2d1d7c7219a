"""Operators' verdicts: given, kept, and reported per criterion."""

from pathlib import Path
from typing import TYPE_CHECKING

from alerts.feedback import Feedback, Precision, Verdict, grounds, implied, precision, table
from services.errors import NotFound
from services.folder.plan import load_plan
from services.ports import UnitOfWork
from services.upkeep import record

if TYPE_CHECKING:
    from services.bootstrap import Service

ALERTS = 100_000
"""Alerts looked at for a report, the latest: decades of a district."""


def give(service: "Service", event_id: str, verdict: Verdict, *, by: str, note: str = "") -> Feedback:
    """A person judges an event's tier; his latest word counts. Raises NotFound, or NotAllowed with a sentence."""
    service.require_person(by)
    with service.unit_of_work() as uow:
        event = uow.events.get(event_id)
        if event is None or not event.corroborated:
            raise NotFound(f"没有编号为 {event_id} 的事件。")
        tier, criteria = grounds(uow.events.history(event_id))
        now = service.clock.now()
        given = Feedback(event_id=event_id, verdict=verdict, by=by, at=now, tier=tier, criteria=criteria, note=note)
        uow.feedback.give(given)
        uow.audit.append(at=now, actor=by, action=f"feedback {verdict.value}", target=event_id, note=note)
        uow.commit()
    return given


def rows(uow: UnitOfWork) -> list[Precision]:
    """How often each criterion was right."""
    given = {one.event_id: one for one in uow.feedback.all()}
    alerts = uow.alerts.all(limit=ALERTS)
    criteria = {alert.event_id: grounds(uow.events.history(alert.event_id))[1] for alert in alerts}
    more = (implied(alert, given, criteria[alert.event_id]) for alert in alerts)
    return precision(criteria.values(), [*given.values(), *filter(None, more)])


def report(folder: Path) -> str:
    """`minqing feedback`: the table of a service folder. Raises ConfigError."""
    titles = {criterion.id: criterion.title for criterion in load_plan(folder / "plan.yaml").criteria}
    with record(folder) as database, database.view() as uow:
        return table(rows(uow), titles)
