"""What a criterion may measure of an event, and how each measure is put in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from analyzer.beijing import moment
from analyzer.model import EVIDENCE, Basis, Event, EventStatus, FactKind

COLOURS = {"blue": 1, "yellow": 2, "orange": 3, "red": 4}
OCCURRENCE = "occurrence"
UNANSWERED = "unanswered_hours"
HAPPENS = "发生即定级"
"""The threshold of a row that asks for mere occurrence."""
_BACKING = {
    OCCURRENCE: ("official", "first"),
    UNANSWERED: ("first",),
    "voices": ("voices",),
    "heat": ("latest",),
    "growth": ("latest",),
    "platforms": ("platforms",),
    "warning": ("warning",),
}
_COLOUR_NAMES = {1: "蓝色", 2: "黄色", 3: "橙色", 4: "红色"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """One event, one basis, one moment: all that criteria are held against.

    `totals` are the district's own sums (power users …) that shares are taken of.
    """

    event: Event
    basis: Basis
    now: datetime
    totals: dict[str, float]

    def figure(self, kind: FactKind) -> float | None:
        """The claimed or verified value, None when nobody has given one."""
        figure = self.event.figures.get(kind)
        if figure is None:
            return None
        return figure.verified if self.basis is Basis.VERIFIED else figure.claimed

    def lean(self, kind: FactKind) -> int:
        """On which side of `figure(kind)` the true one lies."""
        figure = self.event.figures.get(kind)
        if figure is None:
            return 0
        return figure.verified_lean if self.basis is Basis.VERIFIED else figure.lean

    def backing(self, name: str) -> tuple[str, ...]:
        """Ids of the posts behind a measure that is no figure, an office's first."""
        keys = ("official",) if name == OCCURRENCE and self.basis is Basis.VERIFIED else _BACKING.get(name, ())
        return tuple(dict.fromkeys(post for key in keys for post in self.event.backing.get(key, ())))[:EVIDENCE]

    def evidence(self, kind: FactKind) -> tuple[str, ...]:
        """Ids of the posts behind `figure(kind)`."""
        figure = self.event.figures.get(kind)
        if figure is None:
            return ()
        return figure.verified_evidence if self.basis is Basis.VERIFIED else figure.evidence


Reader = Callable[[Measures], float | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A name that plan.yaml may use; `attention` ones are capped at tier III (SCOPE: reach alone is not harm)."""

    name: str
    chinese: str
    unit: str
    read: Reader
    attention: bool = False
    kinds: tuple[FactKind, ...] = ()


def _of(kind: FactKind) -> Measure:
    return Measure(
        name=kind.value,
        chinese=kind.chinese,
        unit=kind.chinese_unit,
        read=lambda m: m.figure(kind),
        kinds=(kind,),
    )


def _occurrence(m: Measures) -> float | None:
    """1 when it is told as happening; verified once an official source tells it or an operator has seen to it."""
    if m.event.status in {EventStatus.DRILL, EventStatus.RETOLD, EventStatus.REFUTED}:
        return 0
    official = m.event.confirmed or m.event.by_authority.get("official", 0) > 0
    return 1 if official or m.basis is Basis.CLAIMED else None


def _warning(m: Measures) -> float | None:
    """Colour of the warning in force, 1 (blue) to 4 (red)."""
    warning = m.event.warning
    return None if warning is None or warning.lifted else COLOURS.get(warning.colour)


def _claimed_only(read: Reader) -> Reader:
    """Attention is counted, not verified: it belongs to the claimed side."""
    return lambda m: read(m) if m.basis is Basis.CLAIMED else None


def _unanswered(m: Measures) -> float | None:
    """Hours since the first post, while no official source has answered in public: so long have people waited."""
    if settled(m.event):
        return None
    return (m.now - m.event.first_seen_at).total_seconds() / 3600


def settled(event: Event) -> bool:
    """Whether nobody waits for an answer any more: from then on no threshold of waiting is reached."""
    return event.answered_at is not None or event.status is EventStatus.CLOSED


def _power_share(m: Measures) -> float | None:
    """Users without power in per cent of the district's: as told, or counted where the plan gives the total."""
    users, told = m.figure(FactKind.HOUSEHOLDS), m.figure(FactKind.POWER_USERS_PERCENT)
    total = m.totals.get("power_users", 0)
    counted = None if users is None or total <= 0 else 100 * users / total
    return max((share for share in (counted, told) if share is not None), default=None)


MEASURES: dict[str, Measure] = {m.name: m for m in map(_of, FactKind)} | {
    m.name: m
    for m in (
        Measure(name=OCCURRENCE, chinese="发生", unit="起", read=_occurrence),
        Measure(name="warning", chinese="预警信号", unit="", read=_warning),
        Measure(
            name="power_users_percent",
            chinese="停电用户占比",
            unit="%",
            read=_power_share,
            kinds=(FactKind.HOUSEHOLDS, FactKind.POWER_USERS_PERCENT),
        ),
        Measure(
            name="voices",
            chinese="反映人数",
            unit="人",
            read=_claimed_only(lambda m: m.event.voices),
            attention=True,
        ),
        Measure(
            name="heat",
            chinese="每小时发帖",
            unit="条",
            read=_claimed_only(lambda m: m.event.heat),
            attention=True,
        ),
        Measure(
            name="growth",
            chinese="较同时段常态",
            unit="倍",
            read=_claimed_only(lambda m: m.event.growth),
            attention=True,
        ),
        Measure(
            name="platforms",
            chinese="涉及来源",
            unit="个",
            read=_claimed_only(lambda m: m.event.platforms),
            attention=True,
        ),
        Measure(
            name=UNANSWERED,
            chinese="未获官方回应",
            unit="小时",
            read=_claimed_only(_unanswered),
            attention=True,
        ),
    )
}


@cache
def parse(name: str) -> tuple[Measure, ...]:
    """Measures of a plan.yaml key; "deaths+missing" is their sum. Raises KeyError with the unknown name."""
    return tuple(MEASURES[part.strip()] for part in name.split("+"))


def observed(name: str, m: Measures) -> float | None:
    """Value of a (sum of) measure; parts nobody has told count 0, None when no part is told."""
    values = [measure.read(m) for measure in parse(name)]
    told = [value for value in values if value is not None]
    return sum(told) if told else None


def reaches(name: str, least: float, m: Measures) -> bool:
    """Whether a (sum of) measure is told to be so much: "近30人" are not 30, "100余人" are 101."""
    value = observed(name, m)
    if value is None:
        return False
    lean = _lean(name, m)
    if lean < 0:
        return value > least
    people = all(kind.unit == "person" for measure in parse(name) for kind in measure.kinds)
    return value >= least or (lean > 0 and people and value + 1 >= least)


def _lean(name: str, m: Measures) -> int:
    """On which side of a (sum of) measure the true one lies; below where that may be."""
    leans = {m.lean(kind) for measure in parse(name) for kind in measure.kinds}
    return -1 if -1 in leans else int(1 in leans)


def number(value: float) -> str:
    """A figure as people write it, exactly: 12000 → "1.2万", 49999 → "4.9999万", 3.0 → "3"."""
    if value >= 1e8:
        return f"{value / 1e8:.8f}".rstrip("0").rstrip(".") + "亿"
    if value >= 1e4:
        return f"{value / 1e4:.4f}".rstrip("0").rstrip(".") + "万"
    return f"{value:.1f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def title(name: str) -> str:
    """A (sum of) measure in Chinese: "死亡", "死亡、失踪（失联）合计"."""
    measures = parse(name)
    return "、".join(m.chinese for m in measures) + ("合计" if len(measures) > 1 else "")


def spoken(name: str, value: float | None, *, threshold: bool = False, lean: int = 0) -> str:
    """A measure with its value in Chinese: "死亡11人", "死亡不到30人", or as a threshold "死亡≥10人"."""
    if name == OCCURRENCE and threshold:
        return HAPPENS
    if value is None:
        return f"{title(name)}不详"
    if name == "warning":
        colour = _COLOUR_NAMES.get(int(value), "无")
        return f"{colour}及以上预警信号" if threshold else f"{colour}预警信号"
    unit = parse(name)[0].unit
    if unit == "小时" and value % 1 and not threshold:
        return title(name) + in_hours(value)
    least = "≥" if threshold else "不到" if lean < 0 else ""
    return f"{title(name)}{least}{number(value)}{'余' if lean > 0 else ''}{unit}"


def described(name: str, m: Measures) -> str:
    """What is told of a measure at this moment; counted ones are known whatever is verified."""
    if name == UNANSWERED:
        return awaiting(m.event, m.now)
    if name == "warning" and _warning(m) is None:
        return "无生效中的预警信号"
    counted = all(measure.attention for measure in parse(name))
    return spoken(name, observed(name, replace(m, basis=Basis.CLAIMED) if counted else m), lean=_lean(name, m))


def awaiting(event: Event, now: datetime) -> str:
    """How long people have waited for an answer, or when they had it."""
    if event.answered_at is not None:
        return f"官方已于{moment(event.answered_at)}回应"
    if event.status is EventStatus.CLOSED:
        return "办结前未获官方回应"
    hours = (now - event.first_seen_at).total_seconds() / 3600
    days, rest = divmod(int(hours), 24)
    said = f"{days}天" + (f"{rest}小时" if rest else "") if days else in_hours(hours)
    return f"{title(UNANSWERED)}{f'已{said}' if said else '不到1分钟'}"


def told(row: Mapping[str, float]) -> str:
    """All that one row asks for: "受影响户数≥1万户且持续时间≥24小时"; that it happens where it asks for no more."""
    return "且".join(spoken(name, row[name], threshold=True) for name in figures(row) or row)


def meets(row: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether whatever meets one row meets the other: a sum is at least as great as any of its parts."""
    return all(_granted(row, frozenset(parse(name))) >= least for name, least in other.items())


def _granted(row: Mapping[str, float], measures: frozenset[Measure]) -> float:
    """What the row makes sure of for the sum of these measures: parts that share none are added."""
    total, left = 0.0, measures
    for name, least in sorted(row.items(), key=lambda part: -part[1]):
        parts = frozenset(parse(name))
        if parts <= left:
            total, left = total + least, left - parts
    return total


def figures(row: Mapping[str, float]) -> list[str]:
    """What a row asks for beyond mere occurrence."""
    return [name for name in row if name != OCCURRENCE]


def in_hours(value: float) -> str:
    """A length of time in hours as people say it: "30小时20分钟"."""
    hours, minutes = divmod(round(value * 60), 60)
    return "".join(f"{count}{unit}" for count, unit in ((hours, "小时"), (minutes, "分钟")) if count)
