"""Hazards by the days on which they may have begun: many a notice calls them by nothing else ("“6·3”爆炸事故")."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator

from analyzer.grouping.fit import looked_up
from analyzer.grouping.group import Group
from analyzer.grouping.item import Item
from analyzer.grouping.lines import leave_out_gone, to_the_end

OF_A_DAY = 24
"""Hazards remembered for each day."""


class Births:
    """The latest hazards of each day."""

    def __init__(self) -> None:
        self._days: dict[int, OrderedDict[Group, None]] = defaultdict(OrderedDict)

    def add(self, group: Group) -> None:
        """Somebody has told of it for the first time."""
        for day in group.born:
            to_the_end(self._days[day], group, OF_A_DAY)

    def called(self, new: Item) -> Iterator[Group]:
        """Those of the kind that began on a day by which a post calls what happened, the latest first."""
        kinds = looked_up(new.topics[:2])
        for day in sorted(new.dated & self._days.keys()):
            yield from [group for group in reversed(self._days[day]) if group.topic in kinds]

    def forget(self, is_open: Callable[[Group], bool]) -> None:
        """Leave out the days of which every hazard is forgotten."""
        leave_out_gone(self._days, is_open)
