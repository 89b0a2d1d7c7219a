"""What has failed of late, by the thing: a follow-up that names no place may speak of the one event about it."""

import math
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from analyzer.grouping.group import Group
from analyzer.grouping.item import Item
from analyzer.grouping.lines import to_the_end
from analyzer.grouping.names import NONE
from analyzer.grouping.talk import FADES

KEPT = 8
"""Events remembered for each thing."""
AT_ONCE = timedelta(hours=6).total_seconds()
"""How long an outage goes from place to place."""
SOON = timedelta(minutes=30).total_seconds()
"""Its decay."""
NAMED = 3
"""Of them, the latest that are looked at."""


class Troubled:
    """The latest events that are about each thing, in order."""

    def __init__(self) -> None:
        self._events: dict[int | str, OrderedDict[Group, None]] = defaultdict(OrderedDict)

    def add(self, new: Item, group: Group) -> None:
        """A post of an event speaks of things."""
        for thing in new.things | new.out:
            to_the_end(self._events[thing], group, KEPT)

    def drop(self, group: Group) -> None:
        """Forget one event."""
        for line in self._events.values():
            line.pop(group, None)

    def events(self, new: Item) -> Iterator[Group]:
        """What has failed of the things that a post speaks of: these hours, or at a place in these days."""
        out = NONE if new.local else new.out
        if not (out or (new.bare and new.things)):
            return
        for thing in sorted((new.things | out if new.bare else out) & self._events.keys(), key=str):
            for group in islice(reversed(self._events[thing]), NAMED):
                gap = group.gap(new)
                if (gap < AT_ONCE and group.outage) or (gap < FADES and new.bare and new.things and _placed(group)):
                    yield group

    def at_once(self, new: Item, group: Group) -> float:
        """How much it says that what has failed fails elsewhere at the same time, 0..1.

        Less the longer ago, and the more other events of these hours are about the same thing.
        """
        out = new.out
        if group.gap(new) > AT_ONCE or (out.isdisjoint(group.things) and group.topic not in out):
            return 0.0
        others = {other for thing in out & self._events.keys() for other in self._events[thing] if other is not group}
        return _soon(new, group) / (1.0 + math.fsum([_soon(new, other) for other in others]))

    def tie(self, new: Item, group: Group) -> float:
        """How much it says that a post without a place speaks of the thing that an event is about, 0..1.

        Less the longer ago, the more other events of these days are about it, and the more rare words the post has:
        one of them may say where it is.
        """
        if not new.bare or new.things.isdisjoint(group.things) or not _placed(group):
            return 0.0
        others = {
            other
            for thing in new.things & group.things & self._events.keys()
            for other in self._events[thing]
            if other is not group and abs(other.last - new.told) < FADES and _placed(other)
        }
        return math.exp(-group.gap(new) / FADES) / (1 + len(others)) / (1 + len(new.rare))


def _soon(new: Item, group: Group) -> float:
    return math.exp(-group.gap(new) / SOON)


def _placed(group: Group) -> bool:
    return bool(group.called.keys or group.known)
