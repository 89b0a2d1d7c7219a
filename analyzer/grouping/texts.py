"""The texts that have been told, by their hash bands: what is a copy of one needs no other evidence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from analyzer.grouping.group import LONGEST, Group
from analyzer.grouping.item import Item

COPY = 0.6
"""Share of common words from which a text with a common hash band is a copy."""
SLACK = 1.25
"""Hash bands are looked through for those of forgotten texts when there are so many times as many as after the last."""


class Text(NamedTuple):
    """A text of an event as it was last told (seconds since 1970); its words are shared among texts."""

    group: Group
    told: float
    words: tuple[str, ...]


class Texts:
    """Texts by number, from 1."""

    def __init__(self) -> None:
        self._last = self._living = 0
        self._texts: dict[int, Text] = {}
        self._of: dict[int, list[int]] = defaultdict(list)
        self._bands: dict[int, int] = {}

    def copied(self, new: Item, is_open: Callable[[Group], bool]) -> int:
        """The number of the text of an open event that this is a copy of; 0 when it is none."""
        seen = set[int]()
        for number in filter(None, map(self._bands.get, new.bands)):
            text = self._texts.get(number) if number not in seen else None
            seen.add(number)
            if text is None or not is_open(text.group) or abs(new.told - text.told) > LONGEST:
                continue
            if _overlap(new.vector, text.words) >= COPY:
                return number
        return 0

    def event(self, number: int) -> Group:
        """Whose text it is."""
        return self._texts[number].group

    def add(self, new: Item, group: Group, number: int) -> None:
        """Remember a text of an event: as another telling of that number, or anew where it is 0."""
        if not number:
            self._last += 1
            number = self._last
            self._of[group.number].append(number)
        self._texts[number] = Text(group, new.told, tuple(new.vector))
        self._bands |= dict.fromkeys(new.bands, number)

    def forget(self, events: Iterable[int]) -> None:
        """Leave out the texts of events by their numbers."""
        for event in events:
            for number in self._of.pop(event, ()):
                del self._texts[number]
        if len(self._bands) > SLACK * self._living:
            self._bands = {band: number for band, number in self._bands.items() if number in self._texts}
            self._living = len(self._bands)


def _overlap(one: Mapping[str, float], other: tuple[str, ...]) -> float:
    """Jaccard of the words."""
    both = sum([word in one for word in other])
    return both / (len(one) + len(other) - both) if both else 0.0
