"""How much more than usual people speak of a topic, and honestly nothing while the usual is unknown."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WEEKS = 2
"""Weeks of history before a baseline for an hour of the week is believed."""


@dataclass(slots=True)
class Baseline:
    """Public posts per topic and hour; an hour of the week is compared with the same hour of earlier weeks."""

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    since: datetime | None = None

    def add(self, topic: str, at: datetime) -> None:
        """Count one public post."""
        self.counts[topic, _hour(at)] += 1
        self.since = at if self.since is None else min(at, self.since)

    def usual(self, topic: str, at: datetime) -> float | None:
        """Mean posts in this hour of the week over the weeks seen; None before there are enough."""
        if self.since is None:
            return None
        weeks = int((at - self.since) / timedelta(weeks=1))
        if weeks < WEEKS:
            return None
        hour = _hour(at)
        return sum(self.counts[topic, hour - 168 * week] for week in range(1, weeks + 1)) / weeks

    def growth(self, topic: str, heat: int, at: datetime) -> float | None:
        """Heat over the usual; at least one post an hour counts as usual, so that silence does not explode."""
        usual = self.usual(topic, at)
        return None if usual is None else heat / max(usual, 1.0)


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)
