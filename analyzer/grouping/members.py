"""Members of events, indexed by their words: which of them are nearest to a post."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from analyzer.grouping.item import TELLING, Item

POSTINGS = 16
"""Most recent members kept per word: a common word cannot make a post dear."""
FEW = 3
"""Events that may share a word before it tells less."""
NEAREST = 8
"""Members looked at closely."""
KEPT = 96
"""Words and pairs remembered of a member, the heaviest first."""
PAIRS = 32
"""Pairs among them at the most, and by which members are looked up."""
PAIR = 0.1
"""What a pair in common adds to the likeness by which members are looked up."""

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a post is to an event's nearest member: cosine of the words, rare words and pairs in common.

    `told` are the squares of the post's heaviest words, each by how well it tells events apart by now.
    """

    words: float = 0.0
    rare: float = 0.0
    pairs: float = 0.0
    told: tuple[float, ...] = ()


class _Query:
    """A post's words as rows of the index: all of them, and those by which members are looked up, pairs last."""

    __slots__ = ("item", "keys", "pairs", "rare", "rows", "weights")

    def __init__(self, new: Item, row: Callable[[str], int]) -> None:
        pairs = new.pairs[:PAIRS]
        words = [*new.vector][: KEPT - len(pairs)]
        rows = [row(word) for word in words]
        named = [row(pair) for pair in pairs]
        self.item = new
        self.rows = [*rows, *named]
        self.weights = [*map(new.vector.__getitem__, words), *[0.0] * len(named)]
        self.keys = [*rows[:TELLING], *named]
        self.pairs = len(named)
        self.rare = [at for word, at in zip(words, rows, strict=True) if word in new.rare] if new.rare else []


class Members:
    """Arrays of rows for words and rows for members; a member's owner is the number of its event.

    Row 0 is nobody and no word. What a look-up costs does not depend on how many members there are.
    """

    def __init__(self) -> None:
        self._row: dict[str, int] = {}
        self._lines: Ints = np.zeros((1024, POSTINGS), dtype=np.int32)
        self._line_owners: Ints = np.zeros((1024, POSTINGS), dtype=np.int32)
        self._line_weights: Floats = np.zeros((1024, POSTINGS), dtype=np.float32)
        self._said: Ints = np.zeros(1024, dtype=np.int32)
        self._asked: Floats = np.zeros((1024, 3), dtype=np.float32)
        self._words: Ints = np.zeros((1024, KEPT), dtype=np.int32)
        self._weights: Floats = np.zeros((1024, KEPT), dtype=np.float32)
        self._owner: Ints = np.zeros(1024, dtype=np.int32)
        self._length: Ints = np.zeros(1024, dtype=np.int32)
        self._size = 1
        self._latest: _Query | None = None

    def add(self, new: Item, owner: int) -> None:
        """One more member of an event."""
        ask, member = self._query(new), self._size
        self._owner, self._length = _roomy(self._owner, member), _roomy(self._length, member)
        self._words, self._weights = _roomy(self._words, member), _roomy(self._weights, member)
        self._size += 1
        self._owner[member], self._length[member] = owner, len(ask.rows)
        self._words[member, : len(ask.rows)] = ask.rows
        self._weights[member, : len(ask.rows)] = ask.weights
        keys = np.array(ask.keys, dtype=np.int32)
        places = self._said[keys] % POSTINGS
        self._lines[keys, places] = member
        self._line_owners[keys, places] = owner
        self._line_weights[keys, places] = [*ask.weights[: len(keys) - ask.pairs], *[PAIR] * ask.pairs]
        self._said[keys] += 1

    def nearest(self, new: Item) -> dict[int, Likeness]:
        """Owners of the nearest members, nearest first by what they are looked up by, and how near each is."""
        ask = self._query(new)
        if not ask.keys:
            return {}
        keys = np.array(ask.keys, dtype=np.int32)
        told_apart = [_told_apart(owners) for owners in self._line_owners[keys].tolist()]
        sums: dict[int, float] = {}
        lines = zip(self._lines[keys].tolist(), self._line_weights[keys].tolist(), told_apart, strict=True)
        for number, (members, weights, told) in enumerate(lines):
            mine = (ask.weights[number] if number < len(keys) - ask.pairs else 1.0) * told
            for member, weight in zip(members, weights, strict=True):
                if member in sums:
                    sums[member] += mine * weight
                else:
                    sums[member] = mine * weight
        sums.pop(0, None)
        return self._likeness(ask, told_apart, sorted(sums, key=sums.__getitem__, reverse=True)[:NEAREST])

    def forget(self, owners: Mapping[int, object]) -> None:
        """Leave out the members of events that are gone, and the words that nobody else has said."""
        alive = np.fromiter((number in owners for number in self._owner[: self._size].tolist()), bool, self._size)
        alive[0] = True
        moved = np.where(alive, np.cumsum(alive) - 1, 0).astype(np.int32)
        lines = moved[self._lines]
        kept = np.flatnonzero(lines.any(axis=1))
        renamed = np.zeros(len(self._lines), dtype=np.int32)
        renamed[kept] = np.arange(1, len(kept) + 1, dtype=np.int32)
        self._row = {word: int(renamed[row]) for word, row in self._row.items() if renamed[row]}
        rows = np.concatenate((np.zeros(1, dtype=kept.dtype), kept))
        self._lines, self._line_owners = lines[rows], self._line_owners[rows]
        self._line_weights, self._said = self._line_weights[rows], self._said[rows]
        self._line_owners[self._lines == 0] = 0
        self._line_weights[self._lines == 0] = 0.0
        self._latest = None
        self._asked = np.zeros((len(rows), 3), dtype=np.float32)
        self._words = renamed[self._words[: self._size][alive]]
        self._weights, self._owner = self._weights[: self._size][alive], self._owner[: self._size][alive]
        self._length = self._length[: self._size][alive]
        self._size = len(self._owner)

    def _likeness(self, ask: _Query, told_apart: list[float], members: list[int]) -> dict[int, Likeness]:
        """The heaviest words count by how well they tell events apart here, the others as they are."""
        single = len(ask.keys) - ask.pairs
        asked = self._asked
        asked[ask.rows, 0] = [
            *(weight * told for weight, told in zip(ask.weights[:single], told_apart, strict=False)),
            *ask.weights[single:],
        ]
        if ask.rare:
            told = dict(zip(ask.keys, told_apart, strict=True))
            asked[ask.rare, 1] = [told.get(row, 1.0) for row in ask.rare]
        if ask.pairs:
            asked[ask.keys[single:], 2] = told_apart[single:]
        longest = max(self._length[members].tolist(), default=0)
        seen = asked[self._words[members, :longest]]
        seen[:, :, 0] *= self._weights[members, :longest]
        heaviest = tuple(
            [weight * weight * told for weight, told in zip(ask.weights[:single], told_apart, strict=False)]
        )
        found: dict[int, Likeness] = {}
        for owner, (same, rare, pairs) in zip(self._owner[members].tolist(), seen.sum(axis=1).tolist(), strict=True):
            if owner not in found or same > found[owner].words:
                found[owner] = Likeness(same, rare, pairs, heaviest)
        asked[ask.rows] = 0.0
        return found

    def _query(self, new: Item) -> _Query:
        """A post's rows; it is looked up first and added then."""
        if self._latest is None or self._latest.item is not new:
            self._latest = _Query(new, self._at)
        return self._latest

    def _at(self, term: str) -> int:
        row = self._row.get(term)
        if row is None:
            row = self._row[term] = len(self._row) + 1
            self._lines, self._line_weights = _roomy(self._lines, row), _roomy(self._line_weights, row)
            self._line_owners = _roomy(self._line_owners, row)
            self._said, self._asked = _roomy(self._said, row), _roomy(self._asked, row)
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
