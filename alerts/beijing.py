"""Beijing time: the only time people read."""

from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""China has kept no summer time since 1991, so a fixed offset is exact for every date the desk meets."""


def day_of(at: datetime) -> date:
    """The Beijing calendar day of an aware moment."""
    return at.astimezone(BEIJING).date()


def moment_of(day: date, at: time = time.min) -> datetime:
    """The aware UTC moment of a Beijing day and wall-clock time."""
    return datetime.combine(day, at, tzinfo=BEIJING).astimezone(UTC)
