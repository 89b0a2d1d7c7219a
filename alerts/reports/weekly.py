"""周报: seven Beijing days, Monday to Sunday, made from the daily briefs and the record."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from alerts.beijing import day_of, moment_of
from alerts.model import Alert, AlertState, Report
from alerts.reports import concerns, wording
from alerts.reports.brief import Brief, Counts, ReportLine
from alerts.reports.concerns import Concern
from alerts.reports.dossier import topic_name
from alerts.reports.misses import Miss
from alerts.reports.week import DayLine, OpenAlert, WeekEvent, Weekly, WeekTrend
from analyzer.model import Event, EventStatus, Rating, Tier

DAYS = 7
_ENDED = frozenset(
    {EventStatus.RESOLVED, EventStatus.REFUTED, EventStatus.RETOLD, EventStatus.DRILL, EventStatus.CLOSED}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekMaterial:
    """All that a weekly brief is made from.

    `first` is its Monday; `briefs` the daily ones of the week (those there are); `events`, `alerts` and `reports` may
    hold more than the week's; `ratings` by event id; `topic_posts` are the week's kept posts by topic code,
    `topic_posts_before` the week before's; `previous` is the weekly brief before; `names` maps ids to names.
    """

    first: date
    district: str
    now: datetime
    briefs: Sequence[Brief] = ()
    events: Sequence[Event] = ()
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    alerts: Sequence[Alert] = ()
    reports: Sequence[Report] = ()
    topic_posts: Mapping[str, int] = field(default_factory=dict)
    topic_posts_before: Mapping[str, int] | None = None
    previous: Weekly | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a week that does not begin on a Monday."""
        if self.first.weekday() != 0:
            raise ValueError(f"周报从周一起，{self.first}不是周一")

    @property
    def start(self) -> datetime:
        """The week's first moment."""
        return moment_of(self.first)

    @property
    def end(self) -> datetime:
        """The next week's first moment."""
        return moment_of(self.first + timedelta(days=DAYS))

    def within(self, at: datetime | None) -> bool:
        """Whether a moment lies in the week."""
        return at is not None and self.start <= at < self.end


def build(m: WeekMaterial) -> Weekly:
    """The weekly brief. Equal material gives an equal one. Events that too few people tell of are counted only."""
    alerts = [a for a in m.alerts if a.opened_at < m.end and (a.closed_at is None or a.closed_at >= m.start)]
    real = [a for a in alerts if not a.drill]
    watched = {a.event_id for a in alerts}
    events = [e for e in m.events if e.merged_into is None and e.first_seen_at < m.end and _alive(e, watched, m)]
    shown = [e for e in events if e.corroborated]
    titles = {e.id: e.title for e in m.events}
    alerted: defaultdict[str, list[Tier]] = defaultdict(list)
    for alert in m.alerts:
        alerted[alert.event_id].append(alert.tier)
    tiers = {e.id: _tier(m.ratings.get(e.id), alerted.get(e.id, ())) for e in shown}
    return Weekly(
        first=m.first.isoformat(),
        last=(m.first + timedelta(days=DAYS - 1)).isoformat(),
        week=m.first.isocalendar().week,
        district=m.district,
        issued_at=m.now,
        days=tuple(_days(m, shown, tiers)),
        counts=_counts(m.briefs),
        counts_before=m.previous.counts if m.previous is not None else None,
        events=tuple(sorted((_event(e, tiers[e.id], m) for e in shown), key=_gravest_first)),
        withheld=len(events) - len(shown),
        opened=sum(m.within(a.opened_at) for a in real),
        closed=sum(m.within(a.closed_at) and a.state is AlertState.CLOSED for a in real),
        false_alarms=sum(m.within(a.closed_at) and a.state is AlertState.FALSE_ALARM for a in real),
        drills=sum(a.drill and m.within(a.opened_at) for a in alerts),
        open=tuple(_open(alerts, titles, m)),
        misses=tuple(sorted(_misses(real, titles, m), key=lambda x: (x.due_at, x.alert_id, x.clock))),
        concerns=tuple(sorted(_concerns(shown, m), key=lambda c: (c.due_at, c.event_id))),
        trends=tuple(_trends(m)),
        reports=tuple(
            ReportLine(number=r.number, kind=r.kind.value, title=r.title, issued_at=r.issued_at)
            for r in sorted(m.reports, key=lambda r: (r.issued_at, r.id))
            if r.event_id is not None and m.within(r.issued_at) and not r.drill
        ),
    )


def _alive(event: Event, watched: set[str], m: WeekMaterial) -> bool:
    """Spoken of in the week, under an alert, or a service concern that still waits for an answer."""
    return event.last_seen_at >= m.start or event.id in watched or _waits(event, m)


def _waits(event: Event, m: WeekMaterial) -> bool:
    answered = event.answered_at is not None and event.answered_at < m.end
    return event.topic.startswith("service.") and not answered and event.status not in _ENDED


def _tier(rating: Rating | None, alerted: Sequence[Tier]) -> Tier | None:
    """The gravest tier that an event has: by its rating, or by the alert it is still handled at."""
    rated = rating.tier if rating is not None else None
    return max((*alerted, *([rated] if rated is not None else [])), default=None)


def _days(m: WeekMaterial, events: Sequence[Event], tiers: Mapping[str, Tier | None]) -> Iterator[DayLine]:
    briefs = {brief.date: brief for brief in m.briefs}
    for ahead in range(DAYS):
        on = m.first + timedelta(days=ahead)
        brief = briefs.get(on.isoformat())
        new = [tiers[e.id] for e in events if day_of(e.first_seen_at) == on]
        yield DayLine(
            date=on.isoformat(),
            issued=brief is not None,
            sources=brief.coverage.sources if brief is not None else 0,
            fresh=brief.coverage.fresh if brief is not None else 0,
            read=brief.counts.read if brief is not None else 0,
            kept=brief.counts.kept if brief is not None else 0,
            new=wording.by_tier(tier.name if tier is not None else None for tier in new),
        )


def _counts(briefs: Sequence[Brief]) -> Counts:
    return Counts(
        read=sum(b.counts.read for b in briefs),
        kept=sum(b.counts.kept for b in briefs),
        unsure=sum(b.counts.unsure for b in briefs),
        dropped=sum(b.counts.dropped for b in briefs),
        duplicates=sum(b.counts.duplicates for b in briefs),
    )


def _event(event: Event, tier: Tier | None, m: WeekMaterial) -> WeekEvent:
    rating = m.ratings.get(event.id)
    return WeekEvent(
        id=event.id,
        title=event.title,
        topic=event.topic,
        topic_name=topic_name(event.topic),
        place=event.place_name,
        tier=tier.name if tier is not None else None,
        verified=rating is not None and rating.verified is not None and tier is not None and rating.verified >= tier,
        status=event.status.value,
        status_name=event.status.chinese,
        figure=wording.headline_figure(event.figures),
        voices=event.voices,
        new=m.within(event.first_seen_at),
        first_seen_at=event.first_seen_at,
        last_seen_at=event.last_seen_at,
        answered_at=event.answered_at,
    )


def _gravest_first(line: WeekEvent) -> tuple[int, int, str]:
    return (-Tier[line.tier] if line.tier else 0, -line.voices, line.id)


def _open(alerts: Sequence[Alert], titles: Mapping[str, str], m: WeekMaterial) -> Iterator[OpenAlert]:
    """Alerts not ended by the week's end, the gravest first."""
    for alert in sorted(alerts, key=lambda a: (-a.tier, a.opened_at, a.id)):
        if alert.state.final and (alert.closed_at is None or alert.closed_at < m.end):
            continue
        yield OpenAlert(
            id=alert.id,
            event_id=alert.event_id,
            title=titles.get(alert.event_id, ""),
            tier=alert.tier.name,
            state=alert.state.value,
            state_name=alert.state.chinese,
            opened_at=alert.opened_at,
            owner=m.names.get(alert.owner or "", alert.owner),
            department=wording.in_charge(alert, m.names) or None,
            drill=alert.drill,
        )


def _misses(alerts: Sequence[Alert], titles: Mapping[str, str], m: WeekMaterial) -> Iterator[Miss]:
    """Clocks that ran out in the week."""
    for alert in alerts:
        for clock in alert.deadlines:
            if m.within(clock.missed_at):
                yield Miss.of(alert, clock, titles.get(alert.event_id, ""))


def _concerns(events: Sequence[Event], m: WeekMaterial) -> Iterator[Concern]:
    """Failing public services that nobody responsible has answered by the week's end."""
    due, until = concerns.limits(m.alerts), min(m.now, m.end)
    return (Concern.of(event, due, until) for event in events if _waits(event, m))


def _trends(m: WeekMaterial) -> Iterator[WeekTrend]:
    before = m.topic_posts_before
    codes = {c for c in (*m.topic_posts, *(before or {})) if m.topic_posts.get(c) or (before or {}).get(c)}
    for code in sorted(codes, key=lambda c: (-m.topic_posts.get(c, 0), c)):
        yield WeekTrend(
            topic=code,
            name=topic_name(code),
            posts=m.topic_posts.get(code, 0),
            before=None if before is None else before.get(code, 0),
        )
