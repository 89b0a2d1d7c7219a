"""Criteria and plan as plan.yaml gives them."""

from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from analyzer.model import Tier
from analyzer.plan.measures import COLOURS, MEASURES, Measure, parse


class Strict(BaseModel):
    """Unknown keys are errors; values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Confidence(StrEnum):
    """How sure the threshold's source is: read in the law, in an excerpt, common knowledge, the district's choice."""

    TEXT = "T"
    EXCERPT = "E"
    KNOWLEDGE = "K"
    LOCAL = "local"


class Misplaced(ValueError):
    """Something wrong at a place below the one that is being checked: `at` are the keys that lead there."""

    def __init__(self, said: str, *at: str | int) -> None:
        """Say it, and where it stands."""
        super().__init__(said)
        self.at = at


def _tier(value: Any) -> Any:
    """Tier by its numeral."""
    if isinstance(value, str) and value in Tier.__members__:
        return Tier[value]
    if isinstance(value, Tier):
        return value
    raise ValueError("级别只能写 I、II、III 或 IV")


TierName = Annotated[Tier, BeforeValidator(_tier)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Alternative = dict[str, float]
"""Measure → least value; all of them must be met."""
MOST = {"occurrence": 1, "warning": 4, "power_users_percent": 100, "power_load_percent": 100}
"""The greatest value that a measure has."""
TELLS_NO_HARM = {"occurrence"}
"""Measures beside which attention would still be all that decides."""


class Totals(Strict):
    """The district's own sums."""

    power_users: float = Field(default=0, ge=0, allow_inf_nan=False, description="全区供电用户数（户）")
    population: float = Field(default=0, ge=0, allow_inf_nan=False, description="全区常住人口（人）")


class Criterion(Strict):
    """One row of the plan: for these topics (and settings), what reaches which tier.

    A tier holds alternatives; one is enough. An alternative holds measures; all are needed.
    """

    id: Words = Field(description="判据编号，全文件唯一")
    title: Words = Field(description="中文名称")
    topics: tuple[str, ...] = Field(min_length=1, description="适用的主题代码；hazard.* 表示全部灾害类")
    settings: tuple[str, ...] = Field(default=(), description="仅当发生在这些场所（如 school、site）时适用")
    unless: tuple[str, ...] = Field(default=(), description="发生在这些场所（如 province_wide）时不适用")
    main: bool = Field(default=False, description="true 表示仅当所列主题是事件的首要主题时适用")
    source: Words = Field(min_length=2, description="依据：法规、预案名称与条款，或“本区自定”")
    confidence: Confidence = Field(description="依据的可靠程度：T 原文，E 摘录，K 常识，local 本区自定")
    note: str = ""
    tiers: dict[TierName, tuple[Alternative, ...]] = Field(min_length=1, description="各级门槛")

    @field_validator("tiers", mode="before")
    @classmethod
    def _colours(cls, tiers: Any) -> Any:
        """Warning colours may be written by name."""
        if not isinstance(tiers, dict):
            return tiers
        return {
            tier: [_by_number(row) for row in rows] if isinstance(rows, list) else rows for tier, rows in tiers.items()
        }

    @model_validator(mode="after")
    def _known_and_capped(self) -> Self:
        for tier, alternatives in self.tiers.items():
            if not all(alternatives or [None]):
                raise Misplaced(f"判据 {self.id} 的 {tier.name} 级有一个空的门槛", "tiers", tier.name)
            for index, row in enumerate(alternatives):
                at = ("tiers", tier.name, index)
                for name, least in row.items():
                    self._can_be_met(tier, name, least, at)
                said = [measure for name in row for measure in parse(name)]
                harm = [measure for measure in said if not measure.attention and measure.name not in TELLS_NO_HARM]
                if tier > Tier.III and not harm and any(measure.attention for measure in said):
                    raise Misplaced(f"判据 {self.id}：关注度类指标最高只能定到 III 级", *at)
        return self

    def _can_be_met(self, tier: Tier, name: str, least: float, at: tuple[str | int, ...]) -> None:
        """Raises ValueError for a measure that there is not, and for a value that says nothing or that nothing has."""
        measures, place = self._measures(name, at), f"判据 {self.id} 的 {tier.name} 级：{name}"
        if len({(measure.unit, measure.attention) for measure in measures}) > 1 or len(set(measures)) < len(measures):
            raise Misplaced(f"{place} 不能相加，合计的各项须单位相同、互不重复，且不与关注度类指标混写", *at, name)
        if not 0 < least < inf:
            raise Misplaced(f"{place} 的门槛须大于 0", *at, name)
        most = MOST.get(name)
        if most is not None and least > most:
            raise Misplaced(f"{place} 最大为 {most}，门槛 {least:g} 永远达不到", *at, name)

    def _measures(self, name: str, at: tuple[str | int, ...]) -> tuple[Measure, ...]:
        try:
            return parse(name)
        except KeyError as error:
            near = get_close_matches(error.args[0], MEASURES, n=1, cutoff=0.4)
            hint = f"，是不是想写 {near[0]}" if near else ""
            raise Misplaced(f"判据 {self.id} 用了未知的指标 {error.args[0]}{hint}", *at, name) from error

    def applies_to(self, topics: tuple[str, ...], settings: frozenset[str]) -> bool:
        """Whether an event with these topics at such places is measured by this criterion."""
        here = not self.settings or not settings.isdisjoint(self.settings)
        return bool(self.topic_of(topics[:1] if self.main else topics)) and here and settings.isdisjoint(self.unless)

    def topic_of(self, topics: tuple[str, ...]) -> str:
        """The first of these topics that it is for; empty without one."""
        found = (
            topic
            for topic in topics
            for pattern in self.topics
            if topic == pattern or (pattern.endswith(".*") and topic.startswith(pattern[:-1]))
        )
        return next(found, "")


def _by_number(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    colour = row.get("warning")
    if isinstance(colour, str) and colour not in COLOURS:
        raise ValueError(f"预警信号没有 {colour} 色，只能写 {'、'.join(COLOURS)}")
    return {name: COLOURS.get(value, value) if isinstance(value, str) else value for name, value in row.items()}


class Plan(Strict):
    """The criteria of one version of the district's plan."""

    version: Words = Field(description="预案版本，写入每次定级")
    district: Words = Field(description="本区名称，用于报告标题")
    region: str = Field(
        default="", description="本区行政区划代码；写了它，所述地点全在别处的险情不定级，只请值班员核实"
    )
    totals: Totals = Totals()
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        seen: set[str] = set()
        for index, criterion in enumerate(self.criteria):
            if criterion.id in seen:
                raise Misplaced(f"判据编号重复：{criterion.id}", "criteria", index, "id")
            seen.add(criterion.id)
        return self

    @cached_property
    def sums(self) -> dict[str, float]:
        """`totals` by name."""
        return self.totals.model_dump()
