"""What operators thought of a rating, and how often each criterion of the plan was right."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.model import Alert, AlertState
from analyzer.model import Rating, Tier

MISSED = ""
"""Criterion of what should have been rated and was not."""


class Verdict(StrEnum):
    """An operator's word on an event's tier."""

    RIGHT = "right"
    FALSE_ALARM = "false_alarm"
    TOO_HIGH = "too_high"
    TOO_LOW = "too_low"

    @property
    def chinese(self) -> str:
        """The verdict as people read it."""
        return {"right": "恰当", "false_alarm": "误报", "too_high": "偏高", "too_low": "偏低"}[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """The latest verdict on one event. `criteria` are those that gave it its tier; none where it had none."""

    event_id: str
    verdict: Verdict
    by: str
    at: datetime
    tier: Tier | None = None
    criteria: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Precision:
    """One criterion: how many alerts it raised, and what became of those that were judged."""

    criterion: str
    raised: int = 0
    right: int = 0
    false_alarm: int = 0
    too_high: int = 0
    too_low: int = 0

    @property
    def judged(self) -> int:
        """Verdicts given."""
        return self.right + self.false_alarm + self.too_high + self.too_low

    @property
    def precision(self) -> float | None:
        """Share of the judged that was worth its tier or a graver one; None while nobody has judged any."""
        return None if not self.judged else (self.right + self.too_low) / self.judged


def grounds(history: Iterable[tuple[datetime, Rating]]) -> tuple[Tier | None, tuple[str, ...]]:
    """The gravest tier an event ever had and the criteria that gave it."""
    ratings = [rating for _, rating in history]
    tier = max((rating.tier for rating in ratings if rating.tier is not None), default=None)
    named = (reason.criterion for rating in ratings for reason in rating.reasons if reason.tier is tier)
    return tier, tuple(dict.fromkeys(named)) if tier is not None else ()


def implied(alert: Alert, given: Mapping[str, Feedback], criteria: tuple[str, ...]) -> Feedback | None:
    """An alert that was ended as a false alarm is one, though nobody has said so once more."""
    if alert.state is not AlertState.FALSE_ALARM or alert.event_id in given or alert.closed_at is None:
        return None
    return Feedback(
        event_id=alert.event_id,
        verdict=Verdict.FALSE_ALARM,
        by=alert.owner or "",
        at=alert.closed_at,
        tier=alert.tier,
        criteria=criteria,
        note=alert.closed_reason,
    )


def precision(raised: Iterable[tuple[str, ...]], given: Iterable[Feedback]) -> list[Precision]:
    """Per criterion, the most judged first; `raised` holds the criteria of every alert."""
    fired = Counter(criterion for criteria in raised for criterion in criteria)
    judged = Counter((name, one.verdict) for one in given for name in (one.criteria or (MISSED,)))
    names = fired.keys() | {name for name, _ in judged}
    found = [
        Precision(
            criterion=name,
            raised=fired[name],
            right=judged[name, Verdict.RIGHT],
            false_alarm=judged[name, Verdict.FALSE_ALARM],
            too_high=judged[name, Verdict.TOO_HIGH],
            too_low=judged[name, Verdict.TOO_LOW],
        )
        for name in names
    ]
    return sorted(found, key=lambda one: (-one.judged, -one.raised, one.criterion))


def table(rows: Sequence[Precision], titles: Mapping[str, str]) -> str:
    """The report as a Chinese table in Markdown; `titles` are of the criteria that the plan has now."""
    if not rows:
        return "还没有任何判据触发过预警，也没有评价。"
    lines = ["| 判据 | 触发预警 | 已评价 | 恰当 | 误报 | 偏高 | 偏低 | 准确率 |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        share = (
            "尚无评价" if row.precision is None else f"{row.precision:.0%}（{row.right + row.too_low}/{row.judged}）"
        )
        name = titles.get(row.criterion, f"{row.criterion}（预案已无此判据）") if row.criterion else "未触发任何判据"
        counts = (row.raised, row.judged, row.right, row.false_alarm, row.too_high, row.too_low)
        lines.append(f"| {name} | {' | '.join(map(str, counts))} | {share} |")
    return "\n".join(lines)
