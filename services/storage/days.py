"""The calendar people live by: Beijing days and years."""

from datetime import datetime

from crawlers.beijing import BEIJING


def beijing_day(moment: datetime) -> str:
    """Calendar day, e.g. "2026-11-20"."""
    return moment.astimezone(BEIJING).date().isoformat()


def beijing_year(moment: datetime) -> int:
    """Calendar year, by which reports are numbered."""
    return moment.astimezone(BEIJING).year
