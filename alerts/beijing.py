"""Days of Beijing time."""

from datetime import UTC, date, datetime, time
from functools import lru_cache

from crawlers.beijing import BEIJING

__all__ = ["BEIJING", "day_of", "moment_of"]


def day_of(at: datetime) -> date:
    """The Beijing calendar day of an aware moment."""
    return at.astimezone(BEIJING).date()


@lru_cache(maxsize=64)
def moment_of(day: date, at: time = time.min) -> datetime:
    """The aware UTC moment of a Beijing day and wall-clock time."""
    return datetime.combine(day, at, tzinfo=BEIJING).astimezone(UTC)
