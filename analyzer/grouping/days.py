"""The days that a text names: of two accidents of one week it says which is meant."""

import re
from datetime import datetime, timedelta

from crawlers.beijing import BEIJING

_DAY = re.compile(
    r"(?:(?<!\d)(\d{1,2})\s?月\s?)?(?<![\d.])(\d{1,2})(?:日|号(?![楼线院厅门]))|[“‘](\d{1,2})[·・.](\d{1,2})[”’]"
)
"""With or without a month, or as accidents are called ("“6·3”")."""
_WIDTH = 32


def days(text: str, told: datetime) -> frozenset[int]:
    """Days as month * 32 + day; without a month the latest such day that was not after it was told."""
    found, today = set(), told.astimezone(BEIJING)
    for written, day, month, of_it in (
        _DAY.findall(text) if "日" in text or "号" in text or "·" in text or "・" in text else ()
    ):
        number, named = int(day or of_it), int(written or month or 0)
        if not 1 <= number <= 31 or named > 12:
            continue
        if not named:
            named = today.month if number <= today.day else (today.month - 2) % 12 + 1
        found.add(named * _WIDTH + number)
    return frozenset(found)


def earlier(found: frozenset[int], told: datetime) -> frozenset[int]:
    """Of these days those before the day on which somebody told of them and the one before that.

    A report says of what day it is, whatever it is about.
    """
    today = told.astimezone(BEIJING)
    return found - {one.month * _WIDTH + one.day for one in (today, today - timedelta(days=1))}
