"""How times, figures, tiers and evidence are put in words, the same in every report, mail and brief."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from alerts.beijing import BEIJING
from alerts.model import Alert
from analyzer import beijing
from analyzer.model import Event, EventStatus, FactKind, Figure, Qualifier, Rating, Reason, Tier, WarningSignal
from analyzer.plan.measures import HAPPENS, in_hours

CASUALTIES = (
    FactKind.DEATHS,
    FactKind.MISSING,
    FactKind.SERIOUS_INJURED,
    FactKind.TRAPPED,
    FactKind.INJURED,
    FactKind.ILL,
)
"""Harm to people, gravest first: the order in which reports list it."""
EXTENT = tuple(kind for kind in FactKind if kind not in CASUALTIES)
"""All other figures: how far the event reaches."""

COLOURS = {"blue": "蓝色", "yellow": "黄色", "orange": "橙色", "red": "红色"}
_NUMERALS = "零一二三四五六七八九"
moment = beijing.moment
WITHHELD = "未列入；其中称有险情或伤亡的由值班台核实"
"""What becomes of events that too few people tell of, in a brief."""
PENDING = "（待第二人确认）"
"""Stands in the history after an act that waits for a second person."""
_SHOWN = 3
"""Evidence marks shown for one statement; the rest is counted."""


class Standing(StrEnum):
    """How far what a report says has been verified; its value is what the first line says."""

    UNVERIFIED = "未经核实"
    PARTLY = "部分未经核实"
    TIER_VERIFIED = "级别已核实，部分数字待核实"
    VERIFIED = "已核实"
    REFUTED = "官方已辟谣"

    @property
    def short(self) -> str:
        """For a subject line: a figure in it may be in doubt where only the tier is verified."""
        if self is Standing.TIER_VERIFIED:
            return "级别已核实"
        return "已辟谣" if self is Standing.REFUTED else "已核实" if self.verified else "待核实"

    @property
    def verified(self) -> bool:
        """Whether the report's tier (or the denial) stands on a verified footing."""
        return self not in {Standing.UNVERIFIED, Standing.PARTLY}


def standing(figures: Mapping[FactKind, Figure], rating: Rating, tier: Tier, status: EventStatus) -> Standing:
    """Standing of an event handled at `tier`."""
    if status is EventStatus.REFUTED:
        return Standing.REFUTED
    told = [f for f in figures.values() if f.claimed is not None or f.verified is not None]
    if rating.verified is None and not any(f.verified is not None for f in told):
        return Standing.UNVERIFIED
    doubts = any(map(doubtful, told))
    if rating.verified is None or rating.verified < tier:
        # Figures that have been put right may reach less than it is handled at: only people lower it.
        return Standing.VERIFIED if rating.verified is rating.tier and not doubts else Standing.PARTLY
    return Standing.TIER_VERIFIED if doubts else Standing.VERIFIED


def by_gravity(figures: Mapping[FactKind, Figure]) -> list[tuple[FactKind, Figure]]:
    """Figures in the order of reports: harm to people first."""
    return [(kind, figures[kind]) for kind in (*CASUALTIES, *EXTENT) if kind in figures]


def doubtful(figure: Figure) -> bool:
    """Whether more is claimed than verified."""
    return figure.claimed is not None and (figure.verified is None or figure.verified < figure.claimed)


def day(on: date) -> str:
    """A day with its year: "2026年11月3日"."""
    return f"{on.year}年{on.month}月{on.day}日"


def full_moment(at: datetime) -> str:
    """A moment in Beijing time with its year."""
    return f"{at.astimezone(BEIJING).year}年{moment(at)}"


def length(time: timedelta | None) -> str:
    """A length of time as people say it: "29秒", "1小时30分钟", "2天3小时"; "—" for none."""
    if time is None:
        return "—"
    seconds = max(0, round(time.total_seconds()))
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds}秒"
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "天"), (hours, "小时"), (0 if days else minutes, "分钟"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)


def waited(hours: int) -> str:
    """So many full hours: "5小时", "12天20小时"."""
    return length(timedelta(hours=hours)) if hours else "不到1小时"


def level(tier: Tier | None) -> str:
    """A tier in short: "Ⅲ级"; "未定级" for none."""
    return "未定级" if tier is None else tier.chinese.split("（")[0]


def reasons(reached: Iterable[Reason]) -> str:
    """What reaches a tier, each with its basis and its threshold."""
    return "；".join(f"{r.observed}（{r.basis.chinese}，{_bar(r.threshold)}）" for r in reached)


def _bar(threshold: str) -> str:
    return threshold if threshold == HAPPENS else f"门槛{threshold}"


def by_tier(tiers: Iterable[str | None]) -> dict[str, int]:
    """How many of each tier, gravest first, "none" for the ones without."""
    counted = Counter(tiers)
    return {**{tier.name: counted[tier.name] for tier in sorted(Tier, reverse=True)}, "none": counted[None]}


def headline(events: Mapping[str, int], *, missed: int) -> str:
    """A day or week in one line, from its events by tier: "Ⅱ级1件、Ⅳ级3件；超时2项"."""
    said = "、".join(f"{level(Tier[name])}{n}件" for name, n in events.items() if n and name != "none")
    return (said or "无定级事件") + (f"；超时{missed}项" if missed else "")


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; from 100 on in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def number(value: float) -> str:
    """A figure as people write it and without rounding it away: 12000 → "1.2万", 12345 → "12345"."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if value >= unit and value % (unit // 100) == 0:
            return f"{value / unit:.2f}".rstrip("0").rstrip(".") + name
    return f"{value:.2f}".rstrip("0").rstrip(".")


def amount(kind: FactKind, value: float, qualifier: Qualifier = Qualifier.EXACTLY) -> str:
    """A figure with its unit and how exactly it is meant: "至少4人", "30小时20分钟"; 0 is "无"."""
    if value == 0:
        return "无"
    how = {Qualifier.AT_LEAST: "至少", Qualifier.ABOUT: "约"}.get(qualifier, "")
    if kind is FactKind.HOURS and value % 1:
        return how + in_hours(value)
    return f"{how}{number(value)}{kind.chinese_unit}"


def marks(post_ids: Iterable[str]) -> str:
    """Evidence in short form: "（#ab12cd34、#…等5条）"; empty when there is none."""
    ids = list(dict.fromkeys(post_ids))
    if not ids:
        return ""
    shown = "、".join(f"#{i[:8]}" for i in ids[:_SHOWN])
    return f"（{shown}等{len(ids)}条）" if len(ids) > _SHOWN else f"（{shown}）"


def side_by_side(kind: FactKind, figure: Figure) -> str:
    """One figure, claimed and verified beside each other, each with its evidence."""
    sides = []
    if doubtful(figure) and figure.claimed is not None:
        claimed = amount(kind, figure.claimed, figure.qualifier)
        sides.append(f"待核实{claimed}{marks(figure.evidence)}")
    if figure.verified is not None:
        sides.append(f"已核实{amount(kind, figure.verified)}{marks(figure.verified_evidence)}")
    elif sides:
        sides.append("尚无核实数字")
    return f"{kind.chinese}：{'｜'.join(sides)}" if sides else ""


def headline_figure(figures: Mapping[FactKind, Figure]) -> str:
    """The gravest figure in a few words, for a subject line: "死亡4人待核实"; empty when there is none.

    The missing are told beside the dead: plans add them up, and the tier may hang on them.
    """
    told = [kind for kind, figure in by_gravity(figures) if figure.claimed or figure.verified]
    shown = told[:2] if told[:2] == [FactKind.DEATHS, FactKind.MISSING] else told[:1]
    return "，".join(_in_short(kind, figures[kind]) for kind in shown)


def _in_short(kind: FactKind, figure: Figure) -> str:
    if not doubtful(figure):
        return f"{kind.chinese}{amount(kind, figure.verified or 0)}"
    claimed = amount(kind, figure.claimed or 0, figure.qualifier)
    if figure.verified is None:
        return f"{kind.chinese}{claimed}待核实"
    return f"{kind.chinese}已核实{amount(kind, figure.verified)}、待核实{claimed}"


def signal(warning: WarningSignal) -> str:
    """A warning signal in words: "暴雨红色预警信号生效中"."""
    colour = COLOURS.get(warning.colour, warning.colour)
    return f"{warning.subject}{colour}预警信号{'已解除' if warning.lifted else '生效中'}"


def sources(event: Event) -> str:
    """Who says so, in counts: never names."""
    count = event.by_authority.get
    public = f"公众{event.voices}人"
    if count("public", 0):
        public += f"（{count('public', 0)}条）"
    return f"官方{count('official', 0)}条，媒体{count('media', 0)}条，{public}"


def coverage(fresh: int, total: int) -> str:
    """How many of the sources are read as they should be, as every page and brief says it."""
    return f"监测来源 {total} 个，正常 {fresh} 个" if total else "没有来源状况的记录"


def heard(voices: int) -> str:
    """How many of the public tell of it, in short."""
    return f"公众{voices}人" if voices else "公众未反映"


def in_charge(alert: Alert, names: Mapping[str, str]) -> str:
    """The departments that have it, the first of them in charge; empty where none has."""
    return "、".join(names.get(key, key) for key in alert.departments)


def handled(alert: Alert, rating: Rating) -> str:
    """The tier an alert is handled at, and what the figures now reach where that is another one."""
    return alert.tier.chinese if rating.tier is alert.tier else f"{alert.tier.chinese}，{reached(rating.tier)}"


def reached(tier: Tier | None) -> str:
    """What the figures of now reach, beside the tier that an alert is handled at."""
    return f"按现有情况达到{level(tier)}" if tier else "按现有情况不定级"
