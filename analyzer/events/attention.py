"""How much more than usual people speak of a topic, and honestly nothing while the usual is unknown."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawlers.model import Authority, Post

WEEKS = 2
"""Weeks of history before a baseline for an hour of the week is believed."""
MOST_WEEKS = 26
"""Weeks that are looked back at."""
LEAST = 5
"""Posts an hour below which nothing is a burst."""
SHOWN = 72
"""Hours of a curve, the last ones."""


@dataclass(slots=True)
class Baseline:
    """Public posts per topic and hour; an hour of the week is compared with the same hour of earlier weeks.

    What was told before anybody listened is not all that was said then: only weeks count in which posts were collected.
    """

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    days: set[int] = field(default_factory=set)
    _weeks_before: dict[int, int] = field(default_factory=dict)

    def add(self, topic: str, at: datetime, collected_at: datetime) -> None:
        """Count one public post."""
        self.counts[topic, _hour(at)] += 1
        day = _day(collected_at)
        if day not in self.days:
            self.days.add(day)
            self._weeks_before.clear()

    def forget(self, before: datetime) -> None:
        """Drop what no moment from then on is compared with."""
        limit = _hour(before) - 168 * (MOST_WEEKS + 1)
        for key in [key for key in self.counts if key[1] < limit]:
            del self.counts[key]
        self.days = {day for day in self.days if 24 * day >= limit}
        self._weeks_before.clear()

    def usual(self, topic: str, at: datetime) -> float | None:
        """Mean posts in this hour of the week over the weeks seen; None before there are enough."""
        today = _day(at)
        weeks = self._weeks_before.get(today)
        if weeks is None:
            weeks = self._weeks_before[today] = self._weeks(today)
        if weeks < WEEKS:
            return None
        hour = _hour(at)
        return sum(self.counts[topic, hour - 168 * week] for week in range(1, weeks + 1)) / weeks

    def _weeks(self, today: int) -> int:
        """Whole weeks before today in which posts were collected without a week's break."""
        first = today
        for _ in range(MOST_WEEKS):
            earlier = next((day for day in range(first - 7, first) if day in self.days), None)
            if earlier is None:
                break
            first = earlier
        return (today - first) // 7

    def growth(self, topic: str, heat: int, at: datetime) -> float | None:
        """Heat over the usual; at least one post an hour counts as usual, so that silence does not explode."""
        usual = self.usual(topic, at)
        return None if usual is None else heat / max(usual, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hour:
    """Public posts on one event in the hour from `at`; `usual` is what its topic has at that hour of the week."""

    at: datetime
    posts: int
    usual: float | None

    @property
    def burst(self) -> bool:
        """Far more than chance makes of the usual; never while that is unknown."""
        return self.usual is not None and self.posts >= max(LEAST, self.usual + 3 * math.sqrt(self.usual))


@dataclass(frozen=True, kw_only=True, slots=True)
class Attention:
    """How an event has been talked about, hour by hour, and when media took it up."""

    hours: tuple[Hour, ...]
    media_at: datetime | None
    platforms: int

    @property
    def known(self) -> bool:
        """Whether there is anything to compare with."""
        return any(hour.usual is not None for hour in self.hours)

    def words(self) -> str:
        """What the curve says, honestly nothing where the usual is unknown."""
        peak = max(self.hours, key=lambda hour: hour.posts, default=None)
        if peak is None or not peak.posts:
            return "没有公众帖文"
        most = f"最高每小时{peak.posts}条"
        if not self.known:
            return f"{most}；尚无基线（同主题同时段不足{WEEKS}周），不判断是否骤增"
        if not any(hour.burst for hour in self.hours):
            return f"{most}，未超出同时段常态"
        usual = max(peak.usual or 0.0, 1.0)
        return f"{most}，为同时段常态的{peak.posts / usual:.1f}倍"


def attention(posts: Iterable[Post], usual: Callable[[datetime], float | None]) -> Attention:
    """The curve of an event's posts over its last hours; `usual` gives its topic's baseline for an hour."""
    told = list(posts)
    counts = Counter(_hour(post.told_at) for post in told if post.authority is Authority.PUBLIC)
    last = max(counts, default=0)
    first = max(min(counts, default=0), last - SHOWN + 1)
    starts = {hour: datetime.fromtimestamp(hour * 3600, UTC) for hour in range(first, last + 1)} if counts else {}
    media = (post.told_at for post in told if post.authority is Authority.MEDIA)
    return Attention(
        hours=tuple(Hour(at=at, posts=counts[hour], usual=usual(at)) for hour, at in starts.items()),
        media_at=min(media, default=None),
        platforms=len({post.source_id for post in told}),
    )


def _day(at: datetime) -> int:
    return _hour(at) // 24


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)
