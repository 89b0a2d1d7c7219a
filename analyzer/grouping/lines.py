"""Lines of the latest events: at each place by its code or name, and of whatever else."""

import math
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from typing import TypeVar

from analyzer.grouping.ageing import Ageing
from analyzer.grouping.group import Group

Key = TypeVar("Key")
Line = OrderedDict[Group, None]


def to_the_end(line: Line, group: Group, most: int) -> None:
    """Make an event the latest of a line that keeps so many."""
    line[group] = None
    line.move_to_end(group)
    if len(line) > most:
        line.popitem(last=False)


def leave_out_gone(lines: MutableMapping[Key, Line], is_open: Callable[[Group], bool]) -> None:
    """Leave out the lines of which every event is forgotten."""
    for key in [key for key, line in lines.items() if not any(map(is_open, line))]:
        del lines[key]


class Lines(dict[str, Line]):
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
