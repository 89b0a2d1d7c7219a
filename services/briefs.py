"""The daily brief: made from the record, frozen once issued, a changed one is a new revision."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from alerts.beijing import day_of, moment_of
from alerts.model import Notification, Purpose
from alerts.reports import brief as page
from alerts.reports import daily
from analyzer.ports import Member
from services.bootstrap import Service
from services.ports import BriefRecord, UnitOfWork
from services.sourcing.health import as_assessed

_DAY = timedelta(days=1)


def make(service: Service, uow: UnitOfWork, day: date, now: datetime) -> page.Brief:
    """The brief of one Beijing day as the record stands; made before its day is over, it is provisional."""
    events = uow.events.all(since=moment_of(day) - 30 * _DAY)
    ratings = {event.id: rating for event in events if (rating := uow.events.rating(event.id)) is not None}
    topics = _topics(uow.events.members(since=moment_of(day) - _DAY))
    earlier = [known for known in uow.briefs.dates() if known < day.isoformat()]
    previous = uow.briefs.get(max(earlier)) if earlier else None
    return daily.build(
        daily.BriefMaterial(
            date=day,
            district=service.plan.district,
            now=now,
            sources=service.sources,
            states=as_assessed(uow.sources.states(), service.sources, now),
            tallies=uow.sources.tallies(day.isoformat()),
            events=events,
            ratings=ratings,
            alerts=uow.alerts.all(),
            tasks=uow.tasks.open(),
            reports=[report for event in events for report in uow.reports.of_event(event.id)],
            topic_posts=topics[day],
            topic_posts_before=topics[day - _DAY],
            previous=page.from_json(previous.body) if previous else None,
            names=service.roster.names,
        )
    )


def issue_due(service: Service, uow: UnitOfWork, now: datetime) -> int:
    """Issue and send the brief of the last day that is over and whose hour has come; 1 if it was."""
    passed = now - timedelta(hours=service.plan.response.brief.at.hour, minutes=service.plan.response.brief.at.minute)
    day = day_of(passed) - _DAY
    if uow.briefs.get(day.isoformat()) is not None or not uow.sources.tallies(day.isoformat()):
        return 0
    issue(service, uow, day, now)
    return 1


def issue(service: Service, uow: UnitOfWork, day: date, now: datetime) -> BriefRecord:
    """Freeze the brief of a day under the next number and revision, and put its messages into the outbox."""
    brief = make(service, uow, day, now)
    before = uow.briefs.get(day.isoformat())
    revision = before.revision + 1 if before else 1
    report = uow.reports.issue(page.as_report(brief, revision=revision))
    record = BriefRecord(
        date=day.isoformat(), revision=revision, issued_at=now, number=report.number, body=page.to_json(brief)
    )
    uow.briefs.add(record)
    for target in service.plan.response.brief.notify:
        for person in service.roster.resolve(target, now):
            for channel in person.channels:
                uow.outbox.add(
                    Notification(
                        id=f"{report.id[:16]}-{person.id}-{channel}",
                        recipient=person.id,
                        channel=channel,
                        created_at=now,
                        reason=f"{day.isoformat()} 民情日报",
                        purpose=Purpose.REPORT,
                        report_id=report.id,
                    )
                )
    return record


def provisional(service: Service, uow: UnitOfWork, now: datetime) -> BriefRecord:
    """Today's brief so far: no number, revision 0, not stored."""
    day = day_of(now)
    body = page.to_json(make(service, uow, day, now))
    return BriefRecord(date=day.isoformat(), revision=0, issued_at=now, number="", body=body)


def line(record: BriefRecord) -> dict[str, object]:
    """A brief as JSON."""
    return {"number": record.number, "revision": record.revision, "provisional": not record.revision, **record.body}


def html(record: BriefRecord) -> str:
    """A frozen brief as a page."""
    return page.render_html(page.from_json(record.body), number=record.number, revision=record.revision)


def _topics(members: Iterable[Member]) -> dict[date, Counter[str]]:
    """Posts of events by Beijing day and topic."""
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for member in members:
        if member.reading.topic:
            counts[day_of(member.post.told_at)][member.reading.topic] += 1
    return counts
