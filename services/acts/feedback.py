"""Operators' verdicts: given, kept, and reported per criterion."""

from pathlib import Path
from typing import TYPE_CHECKING

from alerts.errors import NotAllowed
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
        if event is not None and event.merged_into is not None:
            raise NotFound(f"“{event.title}”已并入 {event.merged_into}，请在那里评价。")
        if event is None or not event.corroborated:
            raise NotFound(f"没有编号为 {event_id} 的事件。")
        alert = uow.alerts.of_event(event_id)
        if alert is not None and alert.drill:
            raise NotAllowed("演练不作定级评价，不计入判据的准确率。")
        tier, criteria = grounds(uow.events.history(event_id))
        now = service.clock.now()
        given = Feedback(event_id=event_id, verdict=verdict, by=by, at=now, tier=tier, criteria=criteria, note=note)
        uow.feedback.give(given)
        uow.audit.append(at=now, actor=by, action=f"feedback {verdict.value}", target=event_id, note=note)
        uow.commit()
    return given


def rows(uow: UnitOfWork) -> list[Precision]:
    """How often each criterion was right."""
    alerts = sorted(uow.alerts.all(limit=ALERTS), key=lambda alert: alert.episode)
    drills = {alert.event_id for alert in alerts if alert.drill}
    given = {one.event_id: one for one in uow.feedback.all() if one.event_id not in drills}
    last = {alert.event_id: alert for alert in alerts if not alert.drill}
    criteria = {key: grounds(uow.events.history(key))[1] for key in last}
    more = (implied(alert, given, criteria[key]) for key, alert in last.items())
    return precision(criteria.values(), [*given.values(), *filter(None, more)])


def report(folder: Path) -> str:
    """`minqing feedback`: the table of a service folder. Raises ConfigError."""
    titles = {criterion.id: criterion.title for criterion in load_plan(folder / "plan.yaml").criteria}
    with record(folder) as database, database.view() as uow:
        return table(rows(uow), titles)
