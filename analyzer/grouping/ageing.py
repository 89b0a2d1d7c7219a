"""What has not been seen for long, found without looking at all that has."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
_DAY = timedelta(days=1).total_seconds()


class Ageing(Generic[K]):
    """Keys by the day on which each was last seen, as far as that was known when it was last looked at.

    Nobody needs to say when one is seen again: when its day has come it is looked at and put off. So each is looked at
    once more than it was put off, however many there are.
    """

    def __init__(self) -> None:
        self._new: dict[K, None] = {}
        self._days: defaultdict[int, dict[K, None]] = defaultdict(dict)

    def add(self, key: K) -> None:
        """Begin to watch it."""
        self._new[key] = None

    def gone(self, before: float, last: Callable[[K], float | None]) -> list[K]:
        """Those last seen before then by what `last` says (seconds since 1970); nobody watches them any more.

        Nor those of which it says None.
        """
        looked_at, self._new = self._new, {}
        for day in [day for day in self._days if day <= before // _DAY]:
            looked_at |= self._days.pop(day)
        found = []
        for key in looked_at:
            seen = last(key)
            if seen is not None and seen < before:
                found.append(key)
            elif seen is not None:
                self._days[math.floor(seen / _DAY)][key] = None
        return found
