"""What the monthly assessment is made from: the month's alerts, their reports and histories, and the shifts."""

from datetime import date, datetime, timedelta

from alerts.beijing import moment_of
from alerts.reports import assessment, score
from services.ports import UnitOfWork
from services.reporting.briefs import MOST_ALERTS
from services.reporting.publisher import Publisher
from services.sending.notices import OPERATOR

_DAY = timedelta(days=1)


def make(publisher: Publisher, uow: UnitOfWork, first: date, now: datetime) -> score.Assessment:
    """The assessment of the month that begins on `first`, as the record stands."""
    end = (first + 31 * _DAY).replace(day=1)
    alerts = [
        alert for alert in uow.alerts.all(limit=MOST_ALERTS) if moment_of(first) <= alert.opened_at < moment_of(end)
    ]
    events = {alert.event_id: uow.events.get(alert.event_id) for alert in alerts}
    return assessment.build(
        assessment.MonthMaterial(
            first=first,
            district=publisher.plan.district,
            now=now,
            alerts=alerts,
            events=[event for event in events.values() if event is not None],
            reports=[report for key in events for report in uow.reports.of_event(key)],
            histories={alert.id: uow.alerts.history(alert.id) for alert in alerts},
            # Operators acknowledge and report. The night shift of the last day before the month reaches into it.
            shifts=publisher.roster.shifts_between(OPERATOR, first - _DAY, end - _DAY),
            names=publisher.roster.names,
        )
    )
