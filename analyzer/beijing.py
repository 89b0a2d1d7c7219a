"""Beijing time: the only time people read."""

from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""China has kept no summer time since 1991, so a fixed offset is exact for every date the desk meets."""


def moment(at: datetime) -> str:
    """A moment in Beijing time, e.g. "11月3日12时05分"."""
    local = at.astimezone(BEIJING)
    return f"{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"
