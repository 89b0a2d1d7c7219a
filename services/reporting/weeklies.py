"""What the weekly brief is made from: the daily briefs as they were issued, and the record."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from alerts.beijing import moment_of
from alerts.model import ReportKind
from alerts.reports import week, weekly
from alerts.reports.brief import Brief
from services.ports import UnitOfWork
from services.reporting import briefs
from services.reporting.publisher import Publisher

_DAYS = [timedelta(days=n) for n in range(weekly.DAYS)]
_WEEK = timedelta(days=weekly.DAYS)
_MEMORY = timedelta(days=30)
"""How far back an unanswered concern is looked for, as in the daily brief."""


def make(publisher: Publisher, uow: UnitOfWork, first: date, now: datetime) -> week.Weekly:
    """The brief of the week that begins on the Monday `first`, as the record stands."""
    events = uow.events.all(since=moment_of(first) - _MEMORY)
    before = _dailies(uow, first - _WEEK)
    dailies = _dailies(uow, first)
    previous = uow.reports.of_period(ReportKind.WEEKLY, (first - _WEEK).isoformat())
    return weekly.build(
        weekly.WeekMaterial(
            first=first,
            district=publisher.plan.district,
            now=now,
            briefs=dailies,
            events=events,
            ratings=uow.events.latest([event.id for event in events]),
            alerts=uow.alerts.all(limit=briefs.MOST_ALERTS),
            reports=uow.reports.between(moment_of(first), moment_of(first + _WEEK)),
            topic_posts=_topics(dailies),
            topic_posts_before=_topics(before) if before else None,
            previous=week.head_from_json(previous.body) if previous is not None else None,
            names=publisher.roster.names,
        )
    )


def _dailies(uow: UnitOfWork, first: date) -> list[Brief]:
    return [brief for ahead in _DAYS if (brief := briefs.issued(uow, first + ahead, "trends")) is not None]


def _topics(dailies: Sequence[Brief]) -> Counter[str]:
    """Posts by topic, as the daily briefs counted them."""
    counts: Counter[str] = Counter()
    for brief in dailies:
        counts.update({trend.topic: trend.posts for trend in brief.trends})
    return counts
