"""日报: one Beijing day in a plain structure that JSON, page and mail are made from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol

from alerts.beijing import moment_of
from alerts.model import Alert, Deadline, DeadlineKind, Report, Task
from alerts.reports import concerns, wording
from alerts.reports.brief import (
    AlertLine,
    Brief,
    Counts,
    Coverage,
    EventLine,
    FigureLine,
    ReportLine,
    SourceProblem,
    TaskLine,
    Trend,
    WarningLine,
)
from alerts.reports.concerns import Concern
from alerts.reports.dossier import topic_name
from alerts.reports.misses import Miss
from analyzer.model import Event, EventStatus, FactKind, Figure, Rating, Tier
from crawlers.model import Health, Source

FRESH_INTERVALS = 3
FRESH_AT_LEAST = timedelta(hours=1)
"""A source is fresh while its last good visit is at most three of its intervals, and at most an hour, ago."""
_WORKING = frozenset({Health.OK, Health.UNCHANGED})
_HEALTH = {
    Health.EMPTY: "页面没有内容",
    Health.FAILING: "采集失败",
    Health.BLOCKED: "被拒绝采集",
    Health.SILENT: "长时间没有新内容",
}
_ENDED = frozenset(
    {EventStatus.RESOLVED, EventStatus.REFUTED, EventStatus.RETOLD, EventStatus.DRILL, EventStatus.CLOSED}
)


class SourceState(Protocol):
    """How a source has been doing (services.ports.SourceState is one)."""

    @property
    def health(self) -> Health: ...
    @property
    def last_success_at(self) -> datetime | None: ...
    @property
    def problem(self) -> str: ...


class Tally(Protocol):
    """Counts of posts of one source on one day (services.ports.Tally is one)."""

    @property
    def read(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def unsure(self) -> int: ...
    @property
    def out_of_scope(self) -> int: ...
    @property
    def duplicates(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class BriefMaterial:
    """All that the brief of one Beijing day is made from.

    `states` and `tallies` (of that day) by source id; `ratings` by event id; `events` may hold more than the
    day's; `topic_posts` are the day's kept posts by topic code, `topic_posts_before` those of the day before;
    `previous` is the last brief issued before; `names` maps ids of people and departments to what they are called.
    """

    date: date
    district: str
    now: datetime
    sources: Sequence[Source] = ()
    states: Mapping[str, SourceState] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    events: Sequence[Event] = ()
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    alerts: Sequence[Alert] = ()
    tasks: Sequence[Task] = ()
    reports: Sequence[Report] = ()
    topic_posts: Mapping[str, int] = field(default_factory=dict)
    topic_posts_before: Mapping[str, int] = field(default_factory=dict)
    previous: Brief | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def start(self) -> datetime:
        """The day's first moment."""
        return moment_of(self.date)

    @cached_property
    def end(self) -> datetime:
        """The next day's first moment."""
        return moment_of(self.date + timedelta(days=1))


def build(material: BriefMaterial) -> Brief:
    """The brief. Equal material gives an equal brief.

    Events that too few people tell of are counted, not shown (SCOPE).
    """
    alerts = [a for a in material.alerts if _of_the_day(a, material)]
    drills = {a.event_id for a in material.alerts if a.drill}
    watched = {a.event_id for a in alerts}
    events = [
        e
        for e in material.events
        if e.id not in drills
        and e.merged_into is None
        and e.first_seen_at < material.end
        and _alive(e, watched, material)
    ]
    shown = [e for e in events if e.corroborated]
    titles = {e.id: e.title for e in material.events}
    before = {e.id: e for e in material.previous.events} if material.previous is not None else None
    return Brief(
        date=material.date.isoformat(),
        district=material.district,
        issued_at=material.now,
        coverage=_coverage(material),
        counts=_counts(material.tallies),
        events=tuple(sorted((_event(e, before, material) for e in shown), key=_gravest_first)),
        withheld=len(events) - len(shown),
        alerts=tuple(_alert(a, titles, material) for a in sorted(alerts, key=lambda a: (-a.tier, a.opened_at, a.id))),
        misses=tuple(_misses(alerts, titles, material)),
        concerns=tuple(sorted(_concerns(shown, material), key=lambda c: (c.due_at, c.event_id))),
        tasks=tuple(_tasks(material)),
        trends=tuple(_trends(material)),
        warnings=tuple(_warnings(material)),
        reports=tuple(
            ReportLine(number=r.number, kind=r.kind.value, title=r.title, issued_at=r.issued_at)
            for r in material.reports
            if r.event_id is not None and not r.drill and material.start <= r.issued_at < material.end
        ),
    )


def _of_the_day(alert: Alert, m: BriefMaterial) -> bool:
    """Open in the day, or ended in it."""
    return alert.opened_at < m.end and (alert.closed_at is None or alert.closed_at >= m.start)


def _alive(event: Event, watched: set[str], m: BriefMaterial) -> bool:
    """Spoken of on the day, under an alert, or a service concern that still waits for an answer."""
    return event.last_seen_at >= m.start or event.id in watched or _waits(event)


def _waits(event: Event) -> bool:
    return event.topic.startswith("service.") and event.answered_at is None and event.status not in _ENDED


def _coverage(m: BriefMaterial) -> Coverage:
    problems = tuple(p for s in m.sources if (p := _stale(s, m.states.get(s.id), m.now)) is not None)
    total, fresh = len(m.sources), len(m.sources) - len(problems)
    return Coverage(sources=total, fresh=fresh, sentence=wording.coverage(fresh, total), problems=problems)


def _stale(source: Source, state: SourceState | None, now: datetime) -> SourceProblem | None:
    """What is the matter with a source; None when it is fresh."""
    last = state.last_success_at if state is not None else None
    if state is None or last is None:
        why = (state.problem if state is not None else "") or "尚未成功采集过"
    elif state.health not in _WORKING:
        why = state.problem or _HEALTH[state.health]
    elif now - last > max(FRESH_INTERVALS * source.interval, FRESH_AT_LEAST):
        why = f"自{wording.moment(last)}起没有成功采集"
    else:
        return None
    return SourceProblem(id=source.id, name=source.name, last_success_at=last, sentence=why)


def _counts(tallies: Mapping[str, Tally]) -> Counts:
    """The sums over all sources: the entry "" where the store keeps one."""
    rows = [tallies[""]] if "" in tallies else list(tallies.values())
    return Counts(
        read=sum(t.read for t in rows),
        kept=sum(t.kept for t in rows),
        unsure=sum(t.unsure for t in rows),
        dropped=sum(t.out_of_scope for t in rows),
        duplicates=sum(t.duplicates for t in rows),
    )


def _event(event: Event, before: Mapping[str, EventLine] | None, m: BriefMaterial) -> EventLine:
    rating = m.ratings.get(event.id)
    figures = {kind.value: _figure(kind, f) for kind, f in wording.by_gravity(event.figures) if _told(f)}
    claimed, verified = (rating.claimed, rating.verified) if rating is not None else (None, None)
    line = EventLine(
        id=event.id,
        title=event.title,
        topic=event.topic,
        topic_name=topic_name(event.topic),
        place=event.place_name,
        status=event.status.value,
        status_name=event.status.chinese,
        tier=_name(max(filter(None, (claimed, verified)), default=None)),
        claimed=_name(claimed),
        verified=_name(verified),
        note=rating.note if rating is not None else "",
        figures=figures,
        voices=event.voices,
        by_authority=dict(event.by_authority),
        first_seen_at=event.first_seen_at,
        last_seen_at=event.last_seen_at,
        answered_at=event.answered_at,
    )
    return _compared(line, before, m)


def _told(figure: Figure) -> bool:
    return figure.claimed is not None or figure.verified is not None


def _figure(kind: FactKind, figure: Figure) -> FigureLine:
    return FigureLine(
        name=kind.chinese,
        unit=kind.chinese_unit,
        claimed=figure.claimed,
        verified=figure.verified,
        evidence=tuple(dict.fromkeys((*figure.evidence, *figure.verified_evidence))),
        sentence=wording.side_by_side(kind, figure),
    )


def _name(tier: Tier | None) -> str | None:
    return None if tier is None else tier.name


def _compared(line: EventLine, before: Mapping[str, EventLine] | None, m: BriefMaterial) -> EventLine:
    """The line with what is new since the brief before; without one, by the day it was first seen."""
    old = before.get(line.id) if before is not None else None
    if old is None:
        new = before is not None or line.first_seen_at >= m.start
        return line.with_change("new" if new else "same")
    changes = tuple(_changes(old, line))
    return line.with_change("changed" if changes else "same", changes)


def _changes(old: EventLine, new: EventLine) -> Iterator[str]:
    if old.tier != new.tier:
        yield f"级别由{level_of(old.tier)}变为{level_of(new.tier)}"
    if old.status != new.status:
        yield f"由“{old.status_name}”变为“{new.status_name}”"
    for kind, figure in new.figures.items():
        was = old.figures.get(kind)
        if was is None or (was.claimed, was.verified) != (figure.claimed, figure.verified):
            yield figure.sentence
    if old.answered_at is None and new.answered_at is not None:
        yield "责任单位已公开回应"


def level_of(tier: str | None) -> str:
    """A tier's numeral ("III") as people read it."""
    return wording.level(Tier[tier] if tier else None)


def _gravest_first(line: EventLine) -> tuple[int, int, str]:
    return (-Tier[line.tier] if line.tier else 0, -line.voices, line.id)


def _alert(alert: Alert, titles: Mapping[str, str], m: BriefMaterial) -> AlertLine:
    owed = (d for d in alert.deadlines if d.running and d.kind is not DeadlineKind.FOLLOW_UP)
    running = sorted(owed, key=lambda d: d.due_at)
    upcoming = running[0] if running and not alert.state.final else None
    return AlertLine(
        id=alert.id,
        event_id=alert.event_id,
        title=titles.get(alert.event_id, ""),
        tier=alert.tier.name,
        state=alert.state.value,
        state_name=alert.state.chinese,
        step=alert.step,
        opened_at=alert.opened_at,
        acknowledged_at=alert.acknowledged_at,
        owner=m.names.get(alert.owner or "", alert.owner),
        department=wording.in_charge(alert, m.names) or None,
        next_clock=upcoming.kind.chinese if upcoming is not None else None,
        next_due_at=upcoming.due_at if upcoming is not None else None,
        misses=sum(_overdue(alert, clock, m) for clock in alert.deadlines),
        drill=alert.drill,
    )


def _misses(alerts: Sequence[Alert], titles: Mapping[str, str], m: BriefMaterial) -> Iterator[Miss]:
    """Clocks that ran out on the day, and older ones that nobody has met yet."""
    for alert in alerts:
        for clock in alert.deadlines:
            if _overdue(alert, clock, m) and not alert.drill:
                yield Miss.of(alert, clock, titles.get(alert.event_id, ""))


def _overdue(alert: Alert, clock: Deadline, m: BriefMaterial) -> bool:
    if clock.missed_at is None or clock.missed_at >= m.end:
        return False
    return clock.missed_at >= m.start or (clock.met_at is None and not alert.state.final)


def _concerns(events: Sequence[Event], m: BriefMaterial) -> Iterator[Concern]:
    """Failing public services that nobody responsible has answered yet, with their clock: the alert's where one is."""
    until = concerns.limits(m.alerts)
    return (Concern.of(event, until, m.now) for event in events if _waits(event))


def _tasks(m: BriefMaterial) -> Iterator[TaskLine]:
    """Open tasks, without what they say: too few people claim it, so it stays at the duty desk (SCOPE)."""
    events = {e.id: e for e in m.events}
    for task in m.tasks:
        if task.done_at is not None:
            continue
        event = events.get(task.event_id)
        yield TaskLine(
            id=task.id,
            event_id=task.event_id,
            since=task.at,
            hours=int((m.now - task.at) / timedelta(hours=1)),
            about=f"{event.title}中的个别说法"
            if event is not None and event.corroborated
            else "反映人数不足三人的情况",
        )


def _trends(m: BriefMaterial) -> Iterator[Trend]:
    codes = {c for c in (*m.topic_posts, *m.topic_posts_before) if m.topic_posts.get(c) or m.topic_posts_before.get(c)}
    for code in sorted(codes, key=lambda c: (-m.topic_posts.get(c, 0), c)):
        today, before = m.topic_posts.get(code, 0), m.topic_posts_before.get(code, 0)
        yield Trend(topic=code, name=topic_name(code), posts=today, yesterday=before, change=today - before)


def _warnings(m: BriefMaterial) -> Iterator[WarningLine]:
    """Official warning signals in force."""
    for event in m.events:
        signal = event.warning
        if signal is None or signal.lifted or event.status in _ENDED or event.first_seen_at >= m.end:
            continue
        yield WarningLine(
            event_id=event.id,
            subject=signal.subject,
            colour=signal.colour,
            colour_name=wording.COLOURS.get(signal.colour, signal.colour),
            place="、".join(p.name for p in event.places),
            since=event.first_seen_at,
        )
