"""Members of events, indexed by their words: which of them are nearest to a post."""

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from analyzer.grouping.item import Item
from analyzer.terms import JOINT

POSTINGS = 8
"""Most recent members kept per word: a common word cannot make a post dear."""
FEW = 3
"""Events that may share a word before it tells less."""
COMMON = 0.4
"""Words that tell less lead to no member."""
NEAREST = 4
"""Members looked at closely."""
FAR = 0.3
"""Share of the best member's weight in the words looked up below which another is not looked at closely."""
KEPT = 96
"""Words and pairs remembered of a member, the heaviest first."""
PAIRS = 32
"""Pairs among them at the most."""
ASKED = 16
"""Pairs by which members are looked up."""
PAIR = 0.1
"""What a pair in common adds to the likeness by which members are looked up."""
STRANGER = 0.03
"""The same of a strange pair of characters: a long text has many."""
ONCE = 0.5
"""What a word that an event has said once counts as its own."""
OWNER = (1 << 32) - 1
"""The bits of a member's number that are its event's."""


class Said(NamedTuple):
    """What is remembered of a member: its words, the weight of each, and its pairs. Words are shared among members.

    `strange` are its pairs of characters that nobody else writes, `more` words by which it is looked up that are not
    among them, `before` is its event's member before it (0: none).
    """

    words: tuple[str, ...]
    weights: "array[float]"
    pairs: tuple[str, ...]
    strange: tuple[str, ...]
    more: tuple[str, ...]
    before: int


@dataclass(slots=True)
class Likeness:
    """How like a post is to an event's nearest member: cosine of the words, rare words and pairs in common.

    `matter` is the cosine's part in words that name nothing, `strange` how many strange pairs of characters they share.
    `told` are the squares of the post's heaviest words, each by how well it tells events apart by now.
    """

    words: float = 0.0
    rare: float = 0.0
    pairs: float = 0.0
    matter: float = 0.0
    strange: float = 0.0
    told: tuple[float, ...] = ()


class Members:
    """What members have said, and for each word who has said it of late; a member's owner is the number of its event.

    What a look-up costs does not depend on how many members there are. Lines are tuples of numbers, latest first:
    the collector passes over them. A member's number ends in its owner's.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lines: dict[str, tuple[int, ...]] = {}
        self._said: dict[int, Said] = {}
        self._latest: dict[int, int] = {}

    def add(self, new: Item, owner: int) -> None:
        """One more member of an event."""
        pairs = new.pairs[:PAIRS]
        words = tuple(islice(new.vector, KEPT - len(pairs)))
        self._last += OWNER + 1
        before, member = self._latest.get(owner, 0), self._last | owner
        self._latest[owner] = member
        more = tuple([word for word in new.telling if word not in words]) if len(words) == KEPT - len(pairs) else ()
        weights = array("d", islice(new.vector.values(), len(words)))
        self._said[member] = Said(words, weights, pairs, new.strange, more, before)
        lines = self._lines
        for word in (*new.telling, *pairs[:ASKED], *new.strange):
            lines[word] = (member, *lines[word][: POSTINGS - 1]) if word in lines else (member,)

    def nearest(
        self, new: Item, asked: Iterable[int] = (), but: int = 0, *, coined: bool = True
    ) -> dict[int, Likeness]:
        """Owners of the nearest members, nearest first by what they are looked up by, and how near each is.

        So are the latest members of the owners `asked` for. The event `but` is left out.
        """
        lines, vector = self._lines, new.vector
        sums, told = dict[int, float](), dict[str, float]()
        before = sums.get
        for word in (*new.telling, *new.pairs[:ASKED], *new.strange):
            line = lines.get(word, ())
            apart = 1.0
            if len(line) > FEW and (events := len({member & OWNER for member in line})) > FEW:
                told[word] = apart = FEW / events
                if apart < COMMON:
                    continue
            weight = apart * (vector[word] ** 2 if word in vector else PAIR if JOINT in word else STRANGER)
            for member in line:
                sums[member] = before(member, 0.0) + weight
        if but:
            for member in [member for member in sums if member & OWNER == but]:
                del sums[member]
        least = FAR * max(sums.values(), default=0.0)
        near = sorted([m for m, weight in sums.items() if weight >= least], key=sums.__getitem__, reverse=True)
        near = near[:NEAREST]
        owners = {member & OWNER for member in near}
        latest = self._latest
        near += [latest[owner] for owner in asked if owner in latest and owner not in owners]
        if coined:
            near += self._of_one(new, near)
        return self._likeness(new, told, near)

    def _of_one(self, new: Item, near: Sequence[int]) -> list[int]:
        """The latest members that use a coined word of a post ("盛焰"), where they are of one event."""
        lines = self._lines
        found = {lines[word] for word in new.rare.intersection(new.strange) if word in lines}
        return sorted({line[0] for line in found if len({member & OWNER for member in line}) == 1}.difference(near))

    def known_by(self, new: Item, owner: int) -> tuple[float, float]:
        """How often members of one event use the strange pairs of a post that nobody else uses, and the rare words."""
        coined = self._own(new.strange, owner)
        return coined, self._own(new.rare.difference(new.strange), owner)

    def _own(self, words: Iterable[str], owner: int) -> float:
        said, lines = 0.0, self._lines
        for word in words:
            line = lines.get(word)
            if line and line[0] & OWNER == owner and {member & OWNER for member in line} == {owner}:
                said += len(line) if len(line) > 1 else ONCE
        return said

    def forget(self, owners: Iterable[int]) -> None:
        """Leave out the members of these events, and the words that nobody else has said."""
        lines = self._lines
        words = {
            word
            for owner in owners
            for said in self._taken_out(owner)
            for word in (*said.words, *said.more, *said.pairs[:ASKED], *said.strange)
        }
        for word in words & lines.keys():
            kept = tuple([member for member in lines[word] if member in self._said])
            if kept:
                lines[word] = kept
            else:
                del lines[word]

    def _taken_out(self, owner: int) -> Iterator[Said]:
        member = self._latest.pop(owner, 0)
        while member:
            said = self._said.pop(member)
            yield said
            member = said.before

    def _likeness(self, new: Item, told: Mapping[str, float], members: Iterable[int]) -> dict[int, Likeness]:
        """`told` says how well a word or pair tells events apart here; what it has not counts as it is.

        Sums are exact, so that the order of a set is nothing to them.
        """
        vector = new.vector
        heaviest = tuple([vector[word] ** 2 * told.get(word, 1.0) for word in new.telling])
        words = vector if len(vector) <= KEPT else dict(islice(vector.items(), KEPT))
        if told:
            words = words | {word: vector[word] * apart for word, apart in told.items() if word in words}
        pairs, rare, proper = frozenset(new.pairs[:PAIRS]), new.rare, new.proper
        strange = frozenset(new.strange)
        found: dict[int, Likeness] = {}
        for member in members:
            said, owner = self._said[member], member & OWNER
            products = {
                word: words[word] * weight
                for word, weight in zip(said.words, said.weights, strict=True)
                if word in words
            }
            same = math.fsum(products.values())
            if owner not in found or same > found[owner].words:
                found[owner] = Likeness(
                    same,
                    math.fsum([told.get(word, 1.0) for word in products.keys() & rare]) if rare else 0.0,
                    math.fsum([told.get(pair, 1.0) for pair in pairs.intersection(said.pairs)]) if pairs else 0.0,
                    math.fsum([product for word, product in products.items() if word not in proper]),
                    math.fsum([told.get(two, 1.0) for two in strange.intersection(said.strange)]) if strange else 0.0,
                    heaviest,
                )
        return found
