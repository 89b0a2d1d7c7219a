"""What the daily brief is made from: the record as it stands."""

from datetime import date, datetime, timedelta

from alerts.beijing import moment_of
from alerts.model import ReportKind
from alerts.reports import brief as page
from alerts.reports import daily
from services.ports import UnitOfWork
from services.reporting.publisher import Publisher
from services.sourcing.health import as_assessed

MOST_ALERTS = 10_000
"""Alerts looked at, the latest ones: more than a district has in a year."""
_DAY = timedelta(days=1)


def make(publisher: Publisher, uow: UnitOfWork, day: date, now: datetime) -> page.Brief:
    """The brief of one Beijing day as the record stands; made before its day is over, it is provisional."""
    events = uow.events.all(since=moment_of(day) - 30 * _DAY)
    return daily.build(
        daily.BriefMaterial(
            date=day,
            district=publisher.plan.district,
            now=now,
            sources=publisher.sources,
            states=as_assessed(uow.sources.states(), publisher.sources, now),
            tallies=uow.sources.tallies(day.isoformat()),
            events=events,
            ratings=uow.events.latest([event.id for event in events]),
            alerts=uow.alerts.all(limit=MOST_ALERTS),
            tasks=uow.tasks.open(),
            reports=uow.reports.between(moment_of(day), moment_of(day + _DAY)),
            topic_posts=uow.events.topics(moment_of(day), moment_of(day + _DAY)),
            topic_posts_before=uow.events.topics(moment_of(day - _DAY), moment_of(day)),
            previous=_before(uow, day),
            names=publisher.roster.names,
        )
    )


def _before(uow: UnitOfWork, day: date) -> page.Brief | None:
    """The events of the last brief issued about an earlier day."""
    earlier = [known for known in uow.reports.periods(ReportKind.DAILY) if known < day.isoformat()]
    return issued(uow, date.fromisoformat(max(earlier)), "events") if earlier else None


def issued(uow: UnitOfWork, day: date, *sections: str) -> page.Brief | None:
    """The brief of a day as it was last issued, with these sections."""
    report = uow.reports.of_period(ReportKind.DAILY, day.isoformat())
    return page.part_from_json(report.body, *sections) if report is not None else None
