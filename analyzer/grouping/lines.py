"""The latest events at each place, by its code or name."""

import math
from collections import OrderedDict
from collections.abc import Callable

from analyzer.ageing import Ageing
from analyzer.grouping.group import Group


class Lines(dict[str, OrderedDict[Group, None]]):
    """A line a place, begun when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._ages = Ageing[str]()

    def __missing__(self, key: str) -> OrderedDict[Group, None]:
        """Begin a line."""
        line = self[key] = OrderedDict()
        self._ages.add(key)
        return line

    def forget(self, before: float, last: Callable[[Group], float | None]) -> None:
        """Leave out the places of which nobody has spoken since then by what `last` says of each event."""

        def last_of_line(key: str) -> float:
            return max((seen for seen in map(last, self[key]) if seen is not None), default=-math.inf)

        for key in self._ages.gone(before, last_of_line):
            del self[key]
