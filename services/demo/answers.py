"""What should come of the town's story, and who is planted in it: written by hand, from the law and the story."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import Field, model_validator
from ruamel.yaml import YAML

from analyzer.model import FactKind, Tier
from analyzer.plan.criteria import TierName
from services.demo.script import Moment, Strict, resource, script


class Bounds(Strict):
    """A number that may lie within bounds; one number alone is both."""

    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        return {"at_least": value, "at_most": value} if isinstance(value, int | float) else value

    def admits(self, value: float | None) -> bool:
        """Whether `value` lies within; no value never does."""
        return (
            value is not None
            and (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
        )


class TierBounds(Strict):
    """A tier that may lie between none and `at_most`."""

    at_most: TierName


class FigureCheck(Strict):
    """A figure on both sides. A side that is not set is not checked; one that is None must be unknown."""

    claimed: Bounds | None = None
    verified: Bounds | None = None


class Check(Strict):
    """An event at a moment."""

    at: Moment
    claimed: TierName | TierBounds | None
    verified: TierName | TierBounds | None
    status: str = ""
    figures: Mapping[FactKind, FigureCheck] = Field(default_factory=dict)

    def faults(
        self,
        claimed: Tier | None,
        verified: Tier | None,
        figures: Mapping[FactKind, tuple[float | None, float | None]],
        status: str,
    ) -> list[str]:
        """What differs from what should be, in words; `figures` are (claimed, verified) pairs."""
        found = [
            f"{self.at:%d日%H:%M} {side}级别应为{_tier_words(wanted)}，实为{_tier_words(tier)}"
            for side, wanted, tier in (("待核实", self.claimed, claimed), ("已核实", self.verified, verified))
            if not _tier_fits(wanted, tier)
        ]
        if self.status and status != self.status:
            found.append(f"{self.at:%d日%H:%M} 状态应为{self.status}，实为{status}")
        for kind, wanted in self.figures.items():
            sides = zip(("claimed", "verified"), figures.get(kind, (None, None)), strict=True)
            found += [
                f"{self.at:%d日%H:%M} {kind.value}.{side}应为{getattr(wanted, side)}，实为{value}"
                for side, value in sides
                if side in wanted.model_fields_set and not _fits(getattr(wanted, side), value)
            ]
        return found


class ReportDue(Strict):
    """A kind of report that must be out by then."""

    kind: str
    by: Moment


class Expected(Strict):
    """One event of the story: how to find it, and what should come of it."""

    title: str
    law: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    since: Moment
    until: Moment
    checks: tuple[Check, ...]
    alert: bool
    reports: tuple[ReportDue, ...] = ()
    verify_by: Moment | None = None

    def matches(self, topic: str, places: tuple[str, ...], first_seen_at: datetime) -> bool:
        """Whether an event of the program can be this one."""
        return topic in self.topics and not set(places).isdisjoint(self.places) and self.covers(first_seen_at)

    def covers(self, moment: datetime) -> bool:
        """Whether a moment lies within the event's time."""
        return self.since <= moment <= self.until


class Answers(Strict):
    """All of it. `planted` holds identities by kind, as the posts spell them."""

    posts: Bounds
    out_of_scope_share: Bounds
    other_alerts: int
    events: Mapping[str, Expected]
    planted: Mapping[str, tuple[str, ...]]

    @property
    def identities(self) -> tuple[str, ...]:
        """Every planted identity, of whatever kind."""
        return tuple(value for values in self.planted.values() for value in values)


@cache
def answers() -> Answers:
    """The answers, read once; handles and bylines are added from their own files."""
    tree: dict[str, Any] = YAML(typ="safe").load(resource("answers.yaml"))
    tree["planted"] |= {
        "handles": script().handles,
        "bylines": tuple(line.partition(" ")[2] for line in script().bylines),
    }
    return Answers.model_validate(tree)


def _fits(wanted: Bounds | None, value: float | None) -> bool:
    return value is None if wanted is None else wanted.admits(value)


def _tier_fits(wanted: Tier | TierBounds | None, tier: Tier | None) -> bool:
    if isinstance(wanted, TierBounds):
        return tier is None or tier <= wanted.at_most
    return tier == wanted


def _tier_words(tier: Tier | TierBounds | None) -> str:
    if isinstance(tier, TierBounds):
        return f"至多{tier.at_most.name}"
    return tier.name if tier is not None else "无"
