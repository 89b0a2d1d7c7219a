"""重放摘要: what a recorded stream would have set going, minute by minute, and how soon each event was seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from alerts.beijing import BEIJING, day_of
from alerts.model import Alert, LogEntry, Notification, Report, ReportKind, Task
from alerts.reports import charts, wording
from alerts.reports.rendering import render
from alerts.reports.wording import headline_figure
from analyzer.model import Event, Rating, Tier

SHOWN = 20
"""Bars in a chart: more cannot be read."""
DAYS_SHOWN = 14
"""Columns of a chart of days."""
MOST_EVENTS, MOST_LINES = 300, 2000
"""Rows of the page's two tables; with more of either each day has a page of its own."""
LONG = timedelta(hours=10)
"""Delays are drawn in hours where the longest is no shorter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """All that a replay came to, as its record has it; of reports their headings do.

    `by_day` counts posts read and kept by Beijing day.
    """

    district: str
    plan_version: str
    counts: Mapping[str, int]
    by_day: Mapping[str, tuple[int, int]]
    events: Sequence[Event]
    ratings: Sequence[tuple[datetime, Rating]]
    alerts: Sequence[Alert]
    history: Mapping[str, Sequence[LogEntry]]
    reports: Sequence[Report]
    notifications: Sequence[Notification]
    tasks: Sequence[Task]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One event that reached a tier or was handed to the operator, with its delays."""

    id: str
    title: str
    status: str
    highest: Tier | None
    figure: str
    posts: int
    voices: int
    first_post_at: datetime
    first_alert_at: datetime | None
    first_task_at: datetime | None
    reports: str

    @property
    def noticed_at(self) -> datetime | None:
        """When the desk was first told: by an alert, or by a task to verify."""
        return min(filter(None, (self.first_alert_at, self.first_task_at)), default=None)

    @property
    def delay(self) -> timedelta | None:
        """From the first post to the first alert."""
        return None if self.first_alert_at is None else self.first_alert_at - self.first_post_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that happened at one minute."""

    at: datetime
    event_id: str
    what: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One Beijing day of a long replay, on a page of its own: events first told on it, and what happened on it."""

    name: str
    seen: Sequence[Seen]
    lines: Sequence[Line]

    @property
    def path(self) -> str:
        """Where its page is, beside the summary's."""
        return f"summary/{self.name}.html"


def pages(course: Course) -> Iterator[tuple[str, str]]:
    """The page and, where that would be too long to read, one a day as well: path and HTML, the summary first.

    Equal courses give equal bytes; no time of the writing stands in them.
    """
    seen = list(_seen(course))
    lines = sorted(_lines(course), key=lambda line: line.at)
    days = [] if len(seen) <= MOST_EVENTS and len(lines) <= MOST_LINES else _days(seen, lines)
    told = {"course": course, "titles": {event.id: event.title for event in course.events}}
    years = {_day(line.at)[:4] for line in lines} | {_day(one.first_post_at)[:4] for one in seen}
    told |= {
        "length": wording.length,
        "clock": _clock if len(years) < 2 else partial(_clock, form="%Y-%m-%d %H:%M"),
        "span": _span(course.by_day),
    }
    yield (
        "summary.html",
        render(
            "summary.html.j2",
            **told,
            seen=sorted(seen, key=_gravest_first)[:MOST_EVENTS] if days else seen,
            of=len(seen),
            minutes=[] if days else _minutes(lines),
            days=days,
            charts=[chart.svg for chart in _charts(course, seen)],
        ),
    )
    for day in days:
        yield day.path, render("summary_day.html.j2", **told, day=day, seen=day.seen, minutes=_minutes(day.lines))


def _days(seen: Iterable[Seen], lines: Iterable[Line]) -> list[Day]:
    first: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        first[_day(one.first_post_at)].append(one)
    happened: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        happened[_day(line.at)].append(line)
    return [Day(name=name, seen=first[name], lines=happened[name]) for name in sorted({*first, *happened})]


def _minutes(lines: Iterable[Line]) -> list[tuple[datetime, list[Line]]]:
    return [(minute, list(found)) for minute, found in groupby(lines, key=lambda line: _minute(line.at))]


def _gravest_first(seen: Seen) -> tuple[int, datetime, str]:
    return -(seen.highest or 0), seen.first_post_at, seen.id


def _seen(course: Course) -> Iterator[Seen]:
    highest: dict[str, Tier] = {}
    for _, rating in course.ratings:
        if rating.tier is not None:
            highest[rating.event_id] = max(rating.tier, highest.get(rating.event_id, rating.tier))
    opened = _earliest((alert.event_id, alert.opened_at) for alert in course.alerts)
    asked = _earliest((task.event_id, task.at) for task in course.tasks)
    issued: dict[str, Counter[ReportKind]] = defaultdict(Counter)
    for report in course.reports:
        issued[report.event_id or ""][report.kind] += 1
    for event in course.events:
        if event.id not in highest and event.id not in asked:
            continue
        yield Seen(
            id=event.id,
            title=event.title,
            status=event.status.chinese,
            highest=highest.get(event.id),
            figure=headline_figure(event.figures),
            posts=event.posts,
            voices=event.voices,
            first_post_at=event.first_seen_at,
            first_alert_at=opened.get(event.id),
            first_task_at=asked.get(event.id),
            reports="、".join(f"{kind.chinese}{n}" for kind, n in issued[event.id].items()),
        )


def _earliest(moments: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for key, at in moments:
        found[key] = min(at, found.get(key, at))
    return found


def _lines(course: Course) -> Iterator[Line]:
    """Everything with its time: what was rated, decided, reported, asked and sent."""
    known: dict[str, Tier | None] = {}
    for at, rating in course.ratings:
        before = known.get(rating.event_id)
        known[rating.event_id] = rating.tier
        if before is not rating.tier:
            yield Line(at=at, event_id=rating.event_id, what="定级", text=f"{_tier(before)} → {_tier(rating.tier)}")
    for task in course.tasks:
        yield Line(at=task.at, event_id=task.event_id, what="核实", text=task.reason)
    for alert in course.alerts:
        for entry in course.history.get(alert.id, ()):
            yield Line(at=entry.at, event_id=alert.event_id, what="预警", text=entry.note)
    for report in course.reports:
        yield Line(at=report.issued_at, event_id=report.event_id or "", what="报告", text=report.number)
    yield from _sent(course)


def _sent(course: Course) -> Iterator[Line]:
    """Messages of one minute, event and purpose as one line."""
    groups: dict[tuple[datetime, str, str], list[str]] = defaultdict(list)
    for note in course.notifications:
        key = (_minute(note.created_at), note.event_id or "", note.purpose.chinese)
        groups[key].append(course.names.get(note.recipient, note.recipient))
    for (at, event_id, purpose), people in groups.items():
        yield Line(at=at, event_id=event_id, what="通知", text=f"{purpose}：{'、'.join(dict.fromkeys(people))}")


def _charts(course: Course, seen: Sequence[Seen]) -> Iterator[charts.Chart]:
    days, which = _days_shown(course.by_day)
    told = [course.by_day.get(day, (0, 0)) for day in days]
    series = [
        ("范围内", charts.BAR, [float(kept) for _, kept in told]),
        ("范围外（已丢弃）", charts.SHADE, [float(read - kept) for read, kept in told]),
    ]
    yield charts.columns(f"每日帖文{which}", [day[5:] for day in days], series, unit="条")
    late = sorted((s for s in seen if s.delay is not None), key=lambda s: -(s.delay or timedelta(0)))[:SHOWN]
    delayed = sum(s.delay is not None for s in seen)
    which = f"（最久的{SHOWN}个，共{delayed}个）" if delayed > SHOWN else ""
    hours = any((s.delay or timedelta(0)) >= LONG for s in late)
    rows = [
        charts.Bar(name=s.title, value=_drawn(s.delay, hours=hours), colour=charts.TIER_BARS[s.highest]) for s in late
    ]
    yield charts.bars(f"从首条帖文到预警{which}", rows, unit="小时" if hours else "分钟")
    reached = Counter(s.highest for s in seen)
    tiers = [
        charts.Bar(name=tier.chinese, value=reached[tier], colour=charts.TIER_BARS[tier])
        for tier in sorted(Tier, reverse=True)
    ]
    yield charts.bars("曾达级别的事件", tiers, unit="个")


def _days_shown(by_day: Mapping[str, tuple[int, int]]) -> tuple[list[str], str]:
    """Days of the chart of posts, also those in between on which there was none, and what is left out of it."""
    told = sorted(by_day)
    if not told:
        return [], ""
    first, last = date.fromisoformat(told[0]), date.fromisoformat(told[-1])
    if (last - first).days < DAYS_SHOWN:
        return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)], ""
    shown = told[-DAYS_SHOWN:]
    said = [f"最后{DAYS_SHOWN}天，共{len(told)}天"] if len(told) > DAYS_SHOWN else []
    gaps = (last - date.fromisoformat(shown[0])).days >= len(shown)
    said += [f"{_spoken(shown[0])}至{_spoken(shown[-1])}，没有帖文的日子未列"] if gaps else []
    return shown, f"（{'；'.join(said)}）" if said else ""


def _span(by_day: Mapping[str, tuple[int, int]]) -> str:
    """From which day to which posts were read, with the year."""
    return "至".join(dict.fromkeys(map(_spoken, (min(by_day), max(by_day))))) if by_day else ""


def _spoken(name: str) -> str:
    return wording.day(date.fromisoformat(name))


def _drawn(delay: timedelta | None, *, hours: bool) -> float:
    """A delay in minutes or in hours, as exactly as a chart can show it."""
    minutes = round((delay or timedelta(0)).total_seconds() / 60)
    return minutes if not hours else round(minutes / 60, 1 if minutes < 6000 else None)


def _tier(tier: Tier | None) -> str:
    return tier.chinese if tier is not None else "不定级"


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _day(at: datetime) -> str:
    return day_of(at).isoformat()


def _clock(at: datetime | None, form: str = "%m-%d %H:%M") -> str:
    return "—" if at is None else f"{at.astimezone(BEIJING):{form}}"
