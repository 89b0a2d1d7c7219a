"""Where the clause or sentence around a spot begins and ends."""

import re
from functools import cache


def begin(text: str, position: int, marks: str, reach: int) -> int:
    """Behind the last of these marks before `position`, at most `reach` characters away."""
    low = max(0, position - reach)
    found = _last(marks).match(text, low, position)
    return found.end() if found else low


def end(text: str, position: int, marks: str, reach: int) -> int:
    """At the first of these marks from `position` on, at most `reach` characters away."""
    high = min(len(text), position + reach)
    found = _first(marks).search(text, position, high)
    return found.start() if found else high


@cache
def _last(marks: str) -> re.Pattern[str]:
    return re.compile(f"(?s:.*)[{re.escape(marks)}]")


@cache
def _first(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks)}]")
