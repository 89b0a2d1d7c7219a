"""What analysis emits: readings, events and ratings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


class Tier(IntEnum):
    """The four tiers of an emergency plan; `max()` is the gravest."""

    IV = 1
    III = 2
    II = 3
    I = 4  # noqa: E741  # the law's own numeral

    @property
    def chinese(self) -> str:
        """Tier as people read it, e.g. "Ⅱ级（重大）"."""
        return {
            Tier.I: "Ⅰ级（特别重大）",
            Tier.II: "Ⅱ级（重大）",
            Tier.III: "Ⅲ级（较大）",
            Tier.IV: "Ⅳ级（一般）",
        }[self]


class Scope(StrEnum):
    """Whether a post is about a hazard or a public service."""

    IN = "in"
    UNSURE = "unsure"
    OUT = "out"


class Tone(StrEnum):
    """Sentiment label. Described for the desk, never an input of a rule."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    UNSURE = "unsure"


class Nature(StrEnum):
    """What a whole post tells of; only `current` posts count for a rating."""

    CURRENT = "current"
    PAST = "past"
    STATISTIC = "statistic"
    HYPOTHETICAL = "hypothetical"
    DRILL = "drill"


class FactKind(StrEnum):
    """Figures that the tier rules speak of."""

    DEATHS = "deaths"
    MISSING = "missing"
    SERIOUS_INJURED = "serious_injured"
    INJURED = "injured"
    ILL = "ill"
    TRAPPED = "trapped"
    EVACUATED = "evacuated"
    HOUSEHOLDS = "households"
    HOURS = "hours"
    LOSS_YUAN = "loss_yuan"
    MAGNITUDE = "magnitude"
    RAINFALL_MM = "rainfall_mm"
    AREA_HA = "area_ha"
    HOUSES = "houses"
    POWER_USERS_PERCENT = "power_users_percent"
    POWER_LOAD_PERCENT = "power_load_percent"

    @property
    def unit(self) -> str:
        """Base unit of `Fact.value`."""
        return _UNITS.get(self.value, "person")

    @property
    def chinese(self) -> str:
        """The kind as people read it."""
        return _CHINESE[self.value][0]

    @property
    def chinese_unit(self) -> str:
        """The unit as people read it."""
        return _CHINESE[self.value][1]


_UNITS = {
    "households": "household",
    "hours": "hour",
    "loss_yuan": "yuan",
    "magnitude": "magnitude",
    "rainfall_mm": "mm",
    "area_ha": "ha",
    "houses": "room",
    "power_users_percent": "percent",
    "power_load_percent": "percent",
}
_CHINESE = {
    "deaths": ("死亡", "人"),
    "missing": ("失踪（失联）", "人"),
    "serious_injured": ("重伤（含急性中毒）", "人"),
    "injured": ("受伤", "人"),
    "ill": ("患病（不适）", "人"),
    "trapped": ("被困", "人"),
    "evacuated": ("转移疏散", "人"),
    "households": ("受影响户数", "户"),
    "hours": ("持续时间", "小时"),
    "loss_yuan": ("直接经济损失", "元"),
    "magnitude": ("震级", "级"),
    "rainfall_mm": ("降雨量", "毫米"),
    "area_ha": ("受灾（过火）面积", "公顷"),
    "houses": ("倒塌、严重损坏房屋", "间"),
    "power_users_percent": ("停电用户占比", "%"),
    "power_load_percent": ("减供负荷占比", "%"),
}


class Qualifier(StrEnum):
    """How exactly a figure is meant; `none` is an explicit zero."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    ABOUT = "about"
    NONE = "none"


Span = tuple[int, int]
"""Code points, half open, in the minimised `title + newline + text`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """Of whom a figure of the dead counts no more than some: those who died since others were counted.

    `were` is how they were counted till then: injured (or gravely so), missing or trapped; None where the text only
    says that they are more ("又有2人死亡"). `of` is how many there were of those, where it says so ("4名重伤员中").
    `so_far` is set when all of them who have died are counted, and not the latest only ("已有3人", "均已遇难"), `again`
    when they are told as others than those told before (又, 再). `hour` is the hour it names, if any.
    """

    were: FactKind | None = None
    of: float | None = None
    so_far: bool = False
    again: bool = False
    hour: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One figure as one post states it.

    `part_of` is the kind of the greater count that this one is a share of ("其中3人重伤"), else None.
    `correction` is set when the text says that it replaces an earlier figure ("更正为").
    `headline` is set when it stands in the title and nothing in the text updates it.
    `adds` is set when it counts other people than the figure before it, so that both together are the
    whole ("1人当场死亡，3人送医后死亡").
    `gone` is how many of those it counts are so no more: the injured who died since, the missing who were found.
    `lean` is -1 where the true figure lies below the value ("近30人", "不足30人"), 1 where above it ("30余人").
    `since` is set when it counts only some of the dead, who were alive when others were counted; and on those who were
    missing and are back, whose `status` is `past`.
    """

    kind: FactKind
    value: float
    unit: str
    qualifier: Qualifier
    span: Span
    part_of: FactKind | None = None
    status: Nature = Nature.CURRENT
    correction: bool = False
    headline: bool = False
    adds: bool = False
    gone: float = 0.0
    lean: int = 0
    since: Since | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One place named in a post.

    `code` is a GB/T 2260 code (6 digits, 9 or 12 below county), or the gazetteer's own; None when it has none.
    `level` is one of formats.md's gazetteer levels, or "province". `path` holds the names from the
    province (or the district's topmost entry) down to the place itself.
    """

    code: str | None
    name: str
    level: str
    span: Span
    path: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicScore:
    """One topic of the closed list, with its calibrated probability 0..1."""

    code: str
    probability: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentiment:
    """Tone of a post; score −1 (negative) .. 1 (positive)."""

    label: Tone
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningSignal:
    """An official warning signal: colour "red" | "orange" | "yellow" | "blue"; `lifted` when it is cancelled."""

    colour: str
    subject: str
    lifted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the analyzer understood of one post.

    `topics` best first, empty when out of scope. `terms` are content words for grouping;
    `fingerprint` are locality-sensitive hash bands of the text, equal bands meaning near duplicates; `own_words` are
    those of the text without its figures and what passes it on; `strange` and `meaning` what the text is about
    (`grouping.meaning.About`). These three are empty also in readings kept from before there were any.
    `refutes`: denies a rumour; `resolves`: says that it is over (service restored, fire out, all found);
    `answers`: a responsible body speaks about the matter to the public.
    """

    post_id: str
    scope: Scope
    read_at: datetime
    model_version: str
    topics: tuple[TopicScore, ...] = ()
    sentiment: Sentiment = Sentiment(label=Tone.UNSURE, score=0.0)
    help_sought: bool = False
    places: tuple[Place, ...] = ()
    facts: tuple[Fact, ...] = ()
    language: str = "zh"
    nature: Nature = Nature.CURRENT
    refutes: bool = False
    resolves: bool = False
    answers: bool = False
    warning: WarningSignal | None = None
    fingerprint: tuple[int, ...] = ()
    own_words: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def topic(self) -> str | None:
        """The likeliest topic's code."""
        return self.topics[0].code if self.topics else None


class EventStatus(StrEnum):
    """Where an event stands; a person closes it, everything else follows from its posts."""

    ACTIVE = "active"
    SLEEPING = "sleeping"
    RESOLVED = "resolved"
    REFUTED = "refuted"
    RETOLD = "retold"
    DRILL = "drill"
    CLOSED = "closed"
    MERGED = "merged"

    @property
    def chinese(self) -> str:
        """The status as people read it."""
        return {
            "active": "进行中",
            "sleeping": "已平静",
            "resolved": "已平息或恢复",
            "refuted": "官方已辟谣",
            "retold": "旧闻重提",
            "drill": "演练",
            "closed": "已办结",
            "merged": "已并入其他事件",
        }[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure of an event: what is claimed, what is verified, and the posts behind both.

    `claimed` is the greatest value that a medium or an official source states, or two distinct voices;
    `verified` is the latest official one, or an operator's. `unsupported` is a greater one that a single
    voice claims: shown to the operator as a thing to verify, never rated. `lean` and `verified_lean` tell on which
    side of the claimed and of the verified value the true one lies (`Fact.lean`).
    """

    claimed: float | None = None
    verified: float | None = None
    evidence: tuple[str, ...] = ()
    verified_evidence: tuple[str, ...] = ()
    unsupported: float | None = None
    qualifier: Qualifier = Qualifier.EXACTLY
    verified_at: datetime | None = None
    lean: int = 0
    verified_lean: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One happening, as far as the posts about it tell.

    `voices` is the greatest number of distinct public voices on one collection day: a lower bound, since
    voices of different days cannot be told apart. `topics` are all that have a fair share of the posts, the main one
    first. `known_at` is when the desk learned of it, `answered_at` when a responsible body first spoke in
    public. `settings` are the kinds of place it happened at
    (gazetteer levels such as "school"). `heat` is public posts in the hour before `last_seen_at`;
    `growth` is heat over the topic's baseline for that hour of the week, None while there is no baseline.
    `named` is the compound, firm, road or area that the title is called by, known to a gazetteer or not.
    `backing` names a few posts that it rests on where no figure does: the `first`, the first `official` ones, those of
    the first `voices` of their fullest day, the `latest` of the public, the first of each source (`platforms`), that
    of the `warning`.
    `merged_into` is the event that a person has made this one a part of; `confirmed` when an operator has verified it.
    """

    id: str
    title: str
    topic: str
    status: EventStatus
    first_seen_at: datetime
    last_seen_at: datetime
    topics: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    settings: frozenset[str] = frozenset()
    posts: int = 0
    voices: int = 0
    platforms: int = 0
    by_authority: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[FactKind, Figure] = field(default_factory=dict)
    warning: WarningSignal | None = None
    heat: int = 0
    growth: float | None = None
    negative_share: float = 0.0
    help_sought: int = 0
    answered_at: datetime | None = None
    known_at: datetime | None = None
    version: int = 1
    episode: int = 1
    merged_into: str | None = None
    confirmed: bool = False
    named: str = ""
    backing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def corroborated(self) -> bool:
        """Whether it may be shown or reported upward: three voices, a medium, an official source or an operator."""
        return self.merged_into is None and (
            self.confirmed
            or self.voices >= VOICES_NEEDED
            or self.by_authority.get("media", 0) > 0
            or self.by_authority.get("official", 0) > 0
        )

    @property
    def place_name(self) -> str:
        """The most telling place, or what people call it; empty when nobody says where."""
        return self.places[0].name if self.places else self.named


EVIDENCE = 5
"""Posts named behind a figure, a count, or what merely happens."""
VOICES_NEEDED = 3
"""SCOPE: an event known only from the public is shown or reported from three distinct voices on."""


class Basis(StrEnum):
    """Which of the two figures a criterion was held against."""

    CLAIMED = "claimed"
    VERIFIED = "verified"

    @property
    def chinese(self) -> str:
        """The basis as people read it."""
        return {"claimed": "待核实", "verified": "已核实"}[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One criterion that an event meets: its source in law, figure against threshold, evidence."""

    criterion: str
    tier: Tier
    basis: Basis
    source: str
    confidence: str
    threshold: str
    observed: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NextThreshold:
    """What would raise the rating: the criterion, the tier it would reach, and what is missing in words."""

    criterion: str
    tier: Tier
    threshold: str
    observed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """An event held against one version of the plan.

    `verify` says what the duty operator is asked to verify; empty when nothing. `note` says why there is no tier.
    `due_at` is when the rating must be looked at again though no post arrives (a response clock running out).
    """

    event_id: str
    event_version: int
    plan_version: str
    claimed: Tier | None = None
    verified: Tier | None = None
    reasons: tuple[Reason, ...] = ()
    next_thresholds: tuple[NextThreshold, ...] = ()
    verify: str = ""
    note: str = ""
    due_at: datetime | None = None

    @property
    def tier(self) -> Tier | None:
        """The gravest tier, claimed or verified."""
        return max(filter(None, (self.claimed, self.verified)), default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What an operator has verified of an event: that it happens, and figures; the latest of a kind counts."""

    id: str
    event_id: str
    by: str
    at: datetime
    figures: Mapping[FactKind, float] = field(default_factory=dict)
    note: str = ""
