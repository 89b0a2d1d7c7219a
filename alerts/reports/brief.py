"""The daily brief's structure: what its JSON has (docs/reports.md says every key), and its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from pydantic import TypeAdapter

from alerts.model import AlertState, Report, ReportKind
from alerts.reports import charts, wording
from alerts.reports.charts import Bar, Chart
from alerts.reports.concerns import Concern
from alerts.reports.misses import Miss
from alerts.reports.rendering import TEMPLATE_VERSION, periodical, render
from alerts.reports.sections import Sections
from analyzer.model import Tier

_TRENDS_SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceProblem:
    """A source that is not fresh, and why."""

    id: str
    name: str
    sentence: str
    last_success_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How many of the sources were read as they should be: what a quiet brief is worth."""

    sources: int
    fresh: int
    sentence: str
    problems: tuple[SourceProblem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Posts of the day; `dropped` are the ones out of scope, the `unsure` are stored like the `kept`."""

    read: int = 0
    kept: int = 0
    unsure: int = 0
    dropped: int = 0
    duplicates: int = 0

    @property
    def stored(self) -> int:
        """Posts whose text is in the record."""
        return self.kept + self.unsure

    @property
    def sentence(self) -> str:
        """All of them in words, without the full stop."""
        held = f"留存{self.stored}条（其中存疑{self.unsure}条）"
        return f"读取{self.read}条：{held}，与灾害和公共服务无关已删除{self.dropped}条，曾经读过的{self.duplicates}条"


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureLine:
    """One figure of an event; `sentence` is claimed and verified side by side in words."""

    name: str
    unit: str
    sentence: str
    claimed: float | None = None
    verified: float | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EventLine:
    """One event; `change` against the brief before: "new", "changed" (`changes` say how) or "same"."""

    id: str
    title: str
    topic: str
    topic_name: str
    place: str
    status: str
    status_name: str
    tier: str | None
    claimed: str | None
    verified: str | None
    note: str
    figures: Mapping[str, FigureLine]
    voices: int
    by_authority: Mapping[str, int]
    first_seen_at: datetime
    last_seen_at: datetime
    answered_at: datetime | None = None
    change: str = "same"
    changes: tuple[str, ...] = ()

    def with_change(self, change: str, changes: tuple[str, ...] = ()) -> Self:
        """The same line, compared."""
        return (
            self if (change, changes) == (self.change, self.changes) else replace(self, change=change, changes=changes)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertLine:
    """One alert; `misses` counts its clocks among the day's misses, `next_clock` is the one that runs out next."""

    id: str
    event_id: str
    title: str
    tier: str
    state: str
    state_name: str
    step: int
    opened_at: datetime
    misses: int
    drill: bool
    acknowledged_at: datetime | None = None
    owner: str | None = None
    department: str | None = None
    next_clock: str | None = None
    next_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLine:
    """Something that waits to be verified; `about` names the event at most, never what is claimed."""

    id: str
    event_id: str
    since: datetime
    hours: int
    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """Kept posts of one topic, beside yesterday's."""

    topic: str
    name: str
    posts: int
    yesterday: int
    change: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningLine:
    """An official warning signal in force."""

    event_id: str
    subject: str
    colour: str
    colour_name: str
    place: str
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportLine:
    """A report issued on the day."""

    number: str
    kind: str
    title: str
    issued_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """One day; sections in the order of the page. `withheld` counts events that too few people tell of."""

    date: str
    district: str
    issued_at: datetime
    coverage: Coverage
    counts: Counts
    events: tuple[EventLine, ...] = ()
    withheld: int = 0
    alerts: tuple[AlertLine, ...] = ()
    misses: tuple[Miss, ...] = ()
    concerns: tuple[Concern, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    trends: tuple[Trend, ...] = ()
    warnings: tuple[WarningLine, ...] = ()
    reports: tuple[ReportLine, ...] = ()
    template_version: str = TEMPLATE_VERSION

    @property
    def by_tier(self) -> dict[str, int]:
        """Number of events by tier, gravest first, "none" for the ones without."""
        return wording.by_tier(e.tier for e in self.events)

    @property
    def beside(self) -> dict[str, str]:
        """By alert what its event reaches by now, where that is another tier than its own and it has not ended."""
        tiers = {e.id: e.tier for e in self.events}
        return {
            a.id: wording.reached(Tier[tier] if tier else None)
            for a in self.alerts
            if (tier := tiers.get(a.event_id, a.tier)) != a.tier and not AlertState(a.state).final
        }

    @property
    def headline(self) -> str:
        """The day in one line."""
        return wording.headline(self.by_tier, missed=len(self.misses))

    @property
    def to_verify(self) -> tuple[str, ...]:
        """The open tasks as they are read, longest waiting first: those that are called alike are counted."""
        alike: dict[str, list[TaskLine]] = {}
        for task in sorted(self.tasks, key=lambda one: (one.since, one.id)):
            alike.setdefault(task.about, []).append(task)
        return tuple(_waiting(about, tasks) for about, tasks in alike.items())

    @property
    def new(self) -> tuple[EventLine, ...]:
        """Events that the brief before did not have."""
        return tuple(e for e in self.events if e.change == "new")

    @property
    def changed(self) -> tuple[EventLine, ...]:
        """Events that read otherwise in the brief before."""
        return tuple(e for e in self.events if e.change == "changed")


_ADAPTER = TypeAdapter(Brief)


def to_json(brief: Brief) -> Sections:
    """The brief as JSON types, in fixed order, with the sums that readers ask for first."""
    new, changed = [e.id for e in brief.new], [e.id for e in brief.changed]
    return Sections.of(brief, events_by_tier=brief.by_tier, new=new, changed=changed)


def from_json(body: Mapping[str, object]) -> Brief:
    """The brief that `to_json` wrote; keys of a later version are passed over."""
    return _ADAPTER.validate_python(dict(body))


_HEAD = ("date", "district", "issued_at", "coverage", "counts")


def part_from_json(body: Mapping[str, object], *sections: str) -> Brief:
    """The brief that `to_json` wrote with these sections only, where the others are not needed: they may be long."""
    return from_json({name: body[name] for name in (*_HEAD, *sections) if name in body})


def render_html(brief: Brief, *, number: str = "", revision: int = 1) -> str:
    """A page that stands alone, on screen, phone and A4 paper; revision 0 is a draft of the running day."""
    return render(
        "brief.html.j2",
        brief=brief,
        number=number,
        revision=revision,
        tiers=Tier,
        withheld=wording.WITHHELD,
        charts=[chart.svg for chart in drawn(brief)],
    )


def drawn(brief: Brief) -> tuple[Chart, Chart]:
    """Events by tier, and posts by topic beside yesterday's."""
    tiers = [None if name == "none" else Tier[name] for name in brief.by_tier]
    levels = [
        Bar(name=wording.level(tier), value=count, colour=charts.TIER_BARS[tier])
        for tier, count in zip(tiers, brief.by_tier.values(), strict=True)
    ]
    topics = [Bar(name=t.name, value=t.posts, before=t.yesterday) for t in brief.trends[:_TRENDS_SHOWN]]
    return charts.bars("各级事件数", levels, unit="件"), charts.bars("各话题帖文数", topics, unit="条", before="前一日")


def as_report(brief: Brief, *, revision: int = 1) -> Report:
    """The brief as a report to be numbered, stored and mailed."""
    on = wording.day(date.fromisoformat(brief.date))
    return periodical(
        ReportKind.DAILY,
        brief,
        period=brief.date,
        title=f"{brief.district}民情日报（{on}）" + (f"第{revision}版" if revision > 1 else ""),
        fields={name: text for name, text in _sections(brief).items() if text},
        body=to_json(brief),
        revision=revision,
    )


def _sections(brief: Brief) -> dict[str, str]:
    """The sections as text; an empty one says so."""
    stale = [f"{p.name}：{p.sentence}" for p in brief.coverage.problems]
    beside = brief.beside
    return {
        "监测情况": "\n".join([brief.coverage.sentence, *stale]),
        "信息数量": brief.counts.sentence,
        "事件": "\n".join(map(_event, brief.events)) or "当日无",
        "不足三人反映": f"{brief.withheld}件，{wording.WITHHELD}" if brief.withheld else "",
        "预警": "\n".join(_alert(a, beside.get(a.id, "")) for a in brief.alerts) or "当日无",
        "超时": "\n".join(one.sentence for one in brief.misses) or "当日无",
        "待回应诉求": "\n".join(one.sentence for one in brief.concerns) or "当日无",
        "待核实任务": "\n".join(brief.to_verify) or "当日无",
        "生效预警信号": "\n".join(map(_warning, brief.warnings)) or "当日无",
        "话题走势": "\n".join(f"{t.name}：{t.posts}条，前一日{t.yesterday}条" for t in brief.trends) or "当日无",
    }


def _waiting(about: str, tasks: Sequence[TaskLine]) -> str:
    first = tasks[0]
    since = f"{wording.moment(first.since)}起（{wording.waited(first.hours)}）"
    return f"{since}：{about}" if len(tasks) == 1 else f"{about}{len(tasks)}项，最早的{since}"


def _event(e: EventLine) -> str:
    mark = {"new": "（新增）", "changed": "（有变化）"}.get(e.change, "")
    level = wording.level(Tier[e.tier]) if e.tier else "未定级"
    sure = "" if e.tier is None else "已核实" if e.verified == e.tier else "待核实"
    figures = "；".join(f.sentence for f in e.figures.values())
    return f"{level}{sure} {e.title}{mark}，{e.status_name}" + (f"；{figures}" if figures else "")


def _alert(a: AlertLine, beside: str) -> str:
    due = f"，下一时限{a.next_clock}{wording.moment(a.next_due_at)}" if a.next_clock and a.next_due_at else ""
    drill = "【演练】" if a.drill else ""
    return f"{drill}{wording.level(Tier[a.tier])} {a.title}：{a.state_name}{'，' + beside if beside else ''}{due}" + (
        f"，超时{a.misses}项" if a.misses else ""
    )


def _warning(w: WarningLine) -> str:
    return (
        f"{w.subject}{w.colour_name}预警信号" + (f"（{w.place}）" if w.place else "") + f"，{wording.moment(w.since)}起"
    )
