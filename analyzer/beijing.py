"""Moments as people read them."""

from datetime import datetime

from crawlers.beijing import BEIJING


def moment(at: datetime) -> str:
    """A moment in Beijing time, e.g. "11月3日12时05分"."""
    local = at.astimezone(BEIJING)
    return f"{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"
