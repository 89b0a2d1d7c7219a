"""Members of events, indexed by their words: which of them are nearest to a post."""

import math
from collections.abc import Container, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from analyzer.grouping.item import Item

POSTINGS = 8
"""Most recent members kept per word: a common word cannot make a post dear."""
FEW = 3
"""Events that may share a word before it tells less."""
COMMON = 0.4
"""Words that tell less lead to no member."""
NEAREST = 4
"""Members looked at closely."""
FAR = 0.25
"""Share of the best member's weight in the words looked up below which another is not looked at closely."""
KEPT = 96
"""Words and pairs remembered of a member, the heaviest first."""
PAIRS = 32
"""Pairs among them at the most."""
ASKED = 16
"""Pairs by which members are looked up."""
PAIR = 0.1
"""What a pair in common adds to the likeness by which members are looked up."""

Said = dict[str, float]
"""What is remembered of a member: its words with their weights, and its pairs, which weigh nothing in its cosine."""


class Likeness(NamedTuple):
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

    What a look-up costs does not depend on how many members there are. Lines are tuples of numbers, latest first:
    the collector passes over them.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lines: dict[str, tuple[int, ...]] = {}
        self._owner: dict[int, int] = {}
        self._said: dict[int, Said] = {}

    def add(self, new: Item, owner: int) -> None:
        """One more member of an event."""
        pairs = new.pairs[:PAIRS]
        self._last = member = self._last + 1
        self._said[member] = dict(islice(new.vector.items(), KEPT - len(pairs))) | dict.fromkeys(pairs, 0.0)
        self._owner[member] = owner
        lines = self._lines
        for word in (*new.telling, *pairs[:ASKED]):
            lines[word] = (member, *lines[word][: POSTINGS - 1]) if word in lines else (member,)

    def nearest(self, new: Item, but: int = 0) -> dict[int, Likeness]:
        """Owners of the nearest members, nearest first by what they are looked up by, and how near each is.

        The event `but` is left out.
        """
        lines, owner, vector = self._lines, self._owner, new.vector
        sums, told = dict[int, float](), dict[str, float]()
        for word in (*new.telling, *new.pairs[:ASKED]):
            if word not in lines:
                continue
            line = lines[word]
            told[word] = apart = _told_apart([owner[member] for member in line]) if len(line) > FEW else 1.0
            if apart < COMMON:
                continue
            weight = apart * (vector[word] ** 2 if word in vector else PAIR)
            for member in line:
                sums[member] = sums.get(member, 0.0) + weight
        if but:
            sums = {member: weight for member, weight in sums.items() if owner[member] != but}
        if not sums:
            return {}
        least = FAR * max(sums.values())
        near = sorted([m for m, weight in sums.items() if weight >= least], key=sums.__getitem__, reverse=True)
        return self._likeness(new, told, near[:NEAREST])

    def forget(self, owners: Container[int]) -> None:
        """Leave out the members of events that are gone, and the words that nobody else has said."""
        self._owner = alive = {member: owner for member, owner in self._owner.items() if owner in owners}
        self._said = {member: self._said[member] for member in alive}
        for word, line in list(self._lines.items()):
            if not alive.keys() >= set(line):
                kept = tuple([member for member in line if member in alive])
                if kept:
                    self._lines[word] = kept
                else:
                    del self._lines[word]

    def _likeness(self, new: Item, told: Mapping[str, float], members: Iterable[int]) -> dict[int, Likeness]:
        """The words and pairs looked up count by how well they tell events apart here, the others as they are.

        Sums are exact, so that the order of a set is nothing to them.
        """
        heaviest = tuple([new.vector[word] ** 2 * told.get(word, 1.0) for word in new.telling])
        words = {word: weight * told.get(word, 1.0) for word, weight in islice(new.vector.items(), KEPT)}
        pairs, rare, proper = frozenset(new.pairs[:PAIRS]), new.rare, new.proper
        found: dict[int, Likeness] = {}
        for member in members:
            said, owner = self._said[member], self._owner[member]
            products = {word: words[word] * said[word] for word in words.keys() & said}
            same = math.fsum(products.values())
            if owner not in found or same > found[owner].words:
                found[owner] = Likeness(
                    same,
                    math.fsum([told.get(word, 1.0) for word in products.keys() & rare]),
                    math.fsum([told.get(pair, 1.0) for pair in pairs & said.keys()]) if pairs else 0.0,
                    math.fsum([products[word] for word in products.keys() - proper]),
                    heaviest,
                )
        return found


def _told_apart(owners: Iterable[int]) -> float:
    """How well a word tells events apart by now: what is said of many at once ("太不像话") is said of none."""
    events = len(set(owners))
    return 1.0 if events <= FEW else FEW / events
