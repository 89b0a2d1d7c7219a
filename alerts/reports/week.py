"""The weekly brief's structure: what its JSON has (docs/reports.md says every key), its page and its report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from alerts.model import Report, ReportKind
from alerts.reports import charts, wording
from alerts.reports.brief import Counts, ReportLine
from alerts.reports.charts import Bar, Chart
from alerts.reports.concerns import Concern
from alerts.reports.misses import Miss
from alerts.reports.rendering import TEMPLATE_VERSION, periodical, render
from alerts.reports.sections import Sections
from analyzer.model import Tier

_TRENDS_SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class DayLine:
    """One day: sources read as they should be, posts, and new events by tier ("none" for the ones without).

    `issued` is False where no daily brief was issued, so that its zeros are no calm.
    """

    date: str
    issued: bool
    sources: int = 0
    fresh: int = 0
    read: int = 0
    kept: int = 0
    new: Mapping[str, int]

    @property
    def short(self) -> str:
        """The day as a chart's axis names it: "11/3"."""
        day = date.fromisoformat(self.date)
        return f"{day.month}/{day.day}"

    @property
    def spoken(self) -> str:
        """The day in a sentence: "11月3日"."""
        day = date.fromisoformat(self.date)
        return f"{day.month}月{day.day}日"


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekEvent:
    """One event of the week; `tier` is the gravest it has had, `figure` the gravest figure in words."""

    id: str
    title: str
    topic: str
    topic_name: str
    place: str
    tier: str | None
    verified: bool
    status: str
    status_name: str
    figure: str
    voices: int
    new: bool
    first_seen_at: datetime
    last_seen_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAlert:
    """An alert that the week hands on to the next."""

    id: str
    event_id: str
    title: str
    tier: str
    state: str
    state_name: str
    opened_at: datetime
    owner: str | None = None
    department: str | None = None
    drill: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekTrend:
    """Kept posts of one topic, beside the week before's (None: not known)."""

    topic: str
    name: str
    posts: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Weekly:
    """Monday to Sunday. `withheld` counts events that too few people tell of."""

    first: str
    last: str
    week: int
    district: str
    issued_at: datetime
    days: tuple[DayLine, ...]
    counts: Counts
    counts_before: Counts | None = None
    events: tuple[WeekEvent, ...] = ()
    withheld: int = 0
    opened: int = 0
    closed: int = 0
    false_alarms: int = 0
    drills: int = 0
    open: tuple[OpenAlert, ...] = ()
    misses: tuple[Miss, ...] = ()
    concerns: tuple[Concern, ...] = ()
    trends: tuple[WeekTrend, ...] = ()
    reports: tuple[ReportLine, ...] = ()
    template_version: str = TEMPLATE_VERSION

    @property
    def by_tier(self) -> dict[str, int]:
        """Number of events by tier, gravest first, "none" for the ones without."""
        return wording.by_tier(e.tier for e in self.events)

    @property
    def span(self) -> str:
        """The week in words: "2026年第45周，11月2日至11月8日"."""
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        year = first.isocalendar().year
        return f"{year}年第{self.week}周，{first.month}月{first.day}日至{last.month}月{last.day}日"

    @property
    def headline(self) -> str:
        """The week in one line."""
        return wording.headline(self.by_tier, missed=len(self.misses))


_ADAPTER = TypeAdapter(Weekly)


def to_json(weekly: Weekly) -> Sections:
    """The weekly brief as JSON types, in fixed order."""
    return Sections.of(weekly, events_by_tier=weekly.by_tier)


def from_json(body: Mapping[str, object]) -> Weekly:
    """The weekly brief that `to_json` wrote; keys of a later version are passed over."""
    return _ADAPTER.validate_python(dict(body))


_HEAD = ("first", "last", "week", "district", "issued_at", "days", "counts")


def head_from_json(body: Mapping[str, object]) -> Weekly:
    """The weekly brief that `to_json` wrote without its lists, where they are not needed: they may be long."""
    return from_json({name: body[name] for name in _HEAD})


def render_html(weekly: Weekly, *, number: str = "", revision: int = 1) -> str:
    """A page that stands alone, charts included; revision 0 is a draft of the running week."""
    return render(
        "weekly.html.j2",
        weekly=weekly,
        number=number,
        revision=revision,
        tiers=Tier,
        withheld=wording.WITHHELD,
        coverage=coverage(weekly),
        summary=summary(weekly),
        charts=[chart.svg for chart in drawn(weekly)],
    )


def as_report(weekly: Weekly, *, revision: int = 1) -> Report:
    """The weekly brief as a report to be numbered, stored and sent."""
    return periodical(
        ReportKind.WEEKLY,
        weekly,
        period=weekly.first,
        title=f"{weekly.district}民情周报（{weekly.span}）" + (f"第{revision}版" if revision > 1 else ""),
        fields=sections(weekly),
        body=to_json(weekly),
        revision=revision,
    )


def sections(weekly: Weekly) -> dict[str, str]:
    """The sections as text; an empty one says so."""
    return {
        "监测情况": coverage(weekly),
        "预警处置": summary(weekly),
        "事件": "\n".join(map(event, weekly.events)) or "本周无",
        "不足三人反映": f"{weekly.withheld}件，{wording.WITHHELD}" if weekly.withheld else "无",
        "未办结预警": "\n".join(map(alert, weekly.open)) or "本周无",
        "超时": "\n".join(one.sentence for one in weekly.misses) or "本周无",
        "待回应诉求": "\n".join(one.sentence for one in weekly.concerns) or "本周无",
        "话题走势": "\n".join(map(trend, weekly.trends)) or "本周无",
        "报送": "\n".join(f"{r.number}《{r.title}》" for r in weekly.reports) or "本周无",
    }


def coverage(weekly: Weekly) -> str:
    """What the week's quiet is worth: days without a brief, sources that were not fresh."""
    c, before = weekly.counts, weekly.counts_before
    silent = [day.spoken for day in weekly.days if not day.issued]
    partial = [
        f"{day.spoken}（{day.fresh}/{day.sources}）" for day in weekly.days if day.issued and day.fresh < day.sources
    ]
    said = f"读取{c.read}条{_beside(before.read if before else None)}，留存{c.stored}条"
    said += f"，与灾害和公共服务无关已删除{c.dropped}条"
    said += f"。{'、'.join(silent)}没有日报，数字不全" if silent else ""
    return said + (f"。来源未全部正常的日子：{'、'.join(partial)}" if partial else "") + "。"


def _beside(before: int | None) -> str:
    return "" if before is None else f"（上周{before}条）"


def summary(weekly: Weekly) -> str:
    """Alerts of the week in one sentence."""
    said = f"新触发预警{weekly.opened}件，办结{weekly.closed}件，误报{weekly.false_alarms}件，结转{len(weekly.open)}件"
    return said + (f"；另有演练{weekly.drills}件，不计入" if weekly.drills else "") + "。"


def event(e: WeekEvent) -> str:
    """One event in one line."""
    level = wording.level(Tier[e.tier]) if e.tier else "未定级"
    sure = "" if e.tier is None else "已核实" if e.verified else "待核实"
    figure = f"；{e.figure}" if e.figure else ""
    return f"{level}{sure} {e.title}{'（新增）' if e.new else ''}，{e.status_name}{figure}；{wording.heard(e.voices)}"


def alert(a: OpenAlert) -> str:
    """One alert in one line."""
    who = a.department or a.owner
    drill = "【演练】" if a.drill else ""
    return f"{drill}{wording.level(Tier[a.tier])} {a.title}：{a.state_name}" + (f"，{who}" if who else "，尚无责任单位")


def trend(t: WeekTrend) -> str:
    """One topic."""
    return f"{t.name}：{t.posts}条" + ("" if t.before is None else f"，上周{t.before}条")


def drawn(weekly: Weekly) -> tuple[Chart, Chart]:
    """New events by day and tier, and posts by topic."""
    series = []
    for tier in (*sorted(Tier, reverse=True), None):
        values = [day.new.get(tier.name if tier is not None else "none", 0) for day in weekly.days]
        series.append((wording.level(tier), charts.TIER_BARS[tier], values))
    by_day = charts.columns("每日新增事件", [day.short for day in weekly.days], series, unit="件")
    known = any(t.before is not None for t in weekly.trends)
    rows = [Bar(name=t.name, value=t.posts, before=t.before) for t in weekly.trends[:_TRENDS_SHOWN]]
    return by_day, charts.bars("各话题帖文数", rows, unit="条", before="上周" if known else "")
