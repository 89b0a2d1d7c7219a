"""Members of events, indexed by their words: which of them are nearest to a post."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from analyzer.grouping.item import Item

POSTINGS = 16
"""Most recent members kept per word: a common word cannot make a post dear."""
FEW = 3
"""Events that may share a word before it tells less."""
COMMON = 0.25
"""Words that tell less lead to no member."""
NEAREST = 8
"""Members looked at closely."""
KEPT = 96
"""Words and pairs remembered of a member, the heaviest first."""
PAIRS = 32
"""Pairs among them at the most."""
ASKED = 16
"""Pairs by which members are looked up."""
PAIR = 0.1
"""What a pair in common adds to the likeness by which members are looked up."""

T = TypeVar("T", bound=np.generic)
Said = dict[str, float]
"""What is remembered of a member: its words with their weights, and its pairs, which weigh nothing in its cosine."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a post is to an event's nearest member: cosine of the words, rare words and pairs in common.

    `matter` is the cosine's part in words that name nothing.
    `told` are the squares of the post's heaviest words, each by how well it tells events apart by now.
    """

    words: float = 0.0
    rare: float = 0.0
    pairs: float = 0.0
    matter: float = 0.0
    told: tuple[float, ...] = ()


class Members:
    """What members have said, and for each word who has said it of late; a member's owner is the number of its event.

    What a look-up costs does not depend on how many members there are. Row 0 of the lines and member 0 are nobody.
    """

    def __init__(self) -> None:
        self._row: dict[str, int] = {}
        self._lines: npt.NDArray[np.int32] = np.zeros((1024, POSTINGS), dtype=np.int32)
        self._weights: npt.NDArray[np.float32] = np.zeros((1024, POSTINGS), dtype=np.float32)
        self._owner: npt.NDArray[np.int32] = np.zeros(1024, dtype=np.int32)
        self._said: list[Said] = [{}]

    def add(self, new: Item, owner: int) -> None:
        """One more member of an event."""
        pairs = new.pairs[:PAIRS]
        member = len(self._said)
        self._said.append(dict(islice(new.vector.items(), KEPT - len(pairs))) | dict.fromkeys(pairs, 0.0))
        self._owner = _roomy(self._owner, member)
        self._owner[member] = owner
        rows = [self._at(word) for word in (*new.telling, *pairs[:ASKED])]
        self._lines[rows, 1:] = self._lines[rows, :-1]
        self._weights[rows, 1:] = self._weights[rows, :-1]
        self._lines[rows, 0] = member
        self._weights[rows, 0] = [*map(new.vector.__getitem__, new.telling), *[PAIR] * len(pairs[:ASKED])]

    def nearest(self, new: Item, but: int = 0) -> dict[int, Likeness]:
        """Owners of the nearest members, nearest first by what they are looked up by, and how near each is.

        The event `but` is left out.
        """
        known = [word for word in (*new.telling, *new.pairs[:ASKED]) if word in self._row]
        if not known:
            return {}
        rows = [self._row[word] for word in known]
        lines = self._lines[rows]
        sums, told = dict[int, float](), dict[str, float]()
        seen = zip(known, self._owner[lines].tolist(), lines.tolist(), self._weights[rows].tolist(), strict=True)
        for word, events, members, weights in seen:
            told[word] = apart = _told_apart(events)
            if apart < COMMON:
                continue
            mine = new.vector.get(word, 1.0) * apart
            for member, weight in zip(members, weights, strict=True):
                if not member:
                    break
                sums[member] = sums.get(member, 0.0) + mine * weight
        for member in [member for member in sums if self._owner[member] == but] if but else ():
            del sums[member]
        return self._likeness(new, told, sorted(sums, key=sums.__getitem__, reverse=True)[:NEAREST])

    def forget(self, owners: Mapping[int, object]) -> None:
        """Leave out the members of events that are gone, and the words that nobody else has said."""
        alive = [member for member, owner in enumerate(self._owner[: len(self._said)].tolist()) if owner in owners]
        moved = np.zeros(len(self._said), dtype=np.int32)
        moved[alive] = np.arange(1, len(alive) + 1, dtype=np.int32)
        self._said = [{}, *[self._said[member] for member in alive]]
        self._owner = self._owner[[0, *alive, 0]]
        lines = moved[self._lines]
        order = np.argsort(lines == 0, axis=1, kind="stable")
        lines, weights = np.take_along_axis(lines, order, axis=1), np.take_along_axis(self._weights, order, axis=1)
        weights[lines == 0] = 0.0
        kept = [(word, row) for word, row in self._row.items() if lines[row, 0]]
        rows = [0, *[row for _, row in kept], 0]
        self._lines, self._weights = lines[rows], weights[rows]
        self._row = {word: row for row, (word, _) in enumerate(kept, start=1)}

    def _likeness(self, new: Item, told: Mapping[str, float], members: Iterable[int]) -> dict[int, Likeness]:
        """The words and pairs looked up count by how well they tell events apart here, the others as they are."""
        heaviest = tuple([new.vector[word] ** 2 * told.get(word, 1.0) for word in new.telling])
        words = dict(islice(new.vector.items(), KEPT))
        pairs, rare, proper = new.pairs[:PAIRS], new.rare, new.proper
        found: dict[int, Likeness] = {}
        for member in members:
            said, same, named, matter = self._said[member], 0.0, 0.0, 0.0
            for word in [word for word in words if word in said]:
                apart = told.get(word, 1.0)
                same += (both := words[word] * apart * said[word])
                if word not in proper:
                    matter += both
                elif word in rare:
                    named += apart
            if (owner := int(self._owner[member])) not in found or same > found[owner].words:
                shared = sum([told.get(pair, 1.0) for pair in pairs if pair in said])
                found[owner] = Likeness(same, named, shared, matter, heaviest)
        return found

    def _at(self, term: str) -> int:
        row = self._row.get(term)
        if row is None:
            row = self._row[term] = len(self._row) + 1
            self._lines, self._weights = _roomy(self._lines, row), _roomy(self._weights, row)
        return row


def _told_apart(owners: list[int]) -> float:
    """How well a word tells events apart by now: what is said of many at once ("太不像话") is said of none."""
    events = len(set(owners)) - (0 in owners)
    return 1.0 if events <= FEW else FEW / events


def _roomy(array: npt.NDArray[T], size: int) -> npt.NDArray[T]:
    """The array, twice as long where it is too short for one more row."""
    if size < len(array):
        return array
    return np.concatenate((array, np.zeros_like(array)))
