"""A small log-linear model that tells names from other stretches of a text."""

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson

from crawlers.kept import kept
from crawlers.masking.candidates import Candidate, Form, Kind, Spots, candidates, forms_of
from crawlers.masking.evidence import Most, begun, called, inner, is_word, joint, outer, weighed, whole
from crawlers.masking.look import Batch
from crawlers.masking.neighbours import Neighbours

_FILE = "names.json.gz"
_REMEMBERED = 1 << 16


class Found(NamedTuple):
    """A name, half open, and how sure the model is of it in log odds."""

    start: int
    end: int
    score: float


_Hopeful = tuple[int, int, int, Candidate, int, bool]
"""A candidate: number of its text, start, end, itself, what it is worth, whether it looks usual and is no word."""


@dataclass(frozen=True)
class Recogniser:
    """Weights of marks, in units of 1 / `unit` log odds.

    What stands around cannot make up for a candidate that is worth no more than `hopeless` itself, nor the tagger
    for one of `dubious`.
    """

    weights: Mapping[str, int]
    bias: int
    hopeless: int
    dubious: int
    unit: int
    _own: Callable[[tuple[str, str, str]], tuple[int, bool]] = field(init=False, repr=False, compare=False)
    _begun: Callable[[tuple[str, str, int]], int] = field(init=False, repr=False, compare=False)
    _called: Callable[[str], int] = field(init=False, repr=False, compare=False)
    _hopeful: Callable[[str], tuple[Form, ...]] = field(init=False, repr=False, compare=False)
    _neighbours: Neighbours = field(init=False, repr=False, compare=False)
    _most: Most = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_own", kept(_REMEMBERED)(self._seen))
        object.__setattr__(self, "_begun", kept(_REMEMBERED)(lambda piece: self._sum(begun(*piece))))
        object.__setattr__(self, "_called", kept(_REMEMBERED)(lambda given: self._sum(called(given))))
        object.__setattr__(self, "_hopeful", kept(_REMEMBERED)(self._worth_a_look))
        object.__setattr__(self, "_neighbours", Neighbours(self.weights))
        object.__setattr__(self, "_most", Most.of(self.weights))

    @classmethod
    def load(cls, packed: bytes) -> "Recogniser":
        return cls(**orjson.loads(gzip.decompress(packed)))

    def save(self, path: Path) -> None:
        numbers = {"bias": self.bias, "hopeless": self.hopeless, "dubious": self.dubious, "unit": self.unit}
        written = {**numbers, "weights": dict(self.weights)}
        path.write_bytes(gzip.compress(orjson.dumps(written, option=orjson.OPT_SORT_KEYS), mtime=0))

    def own(self, kind: str, first: str, rest: str) -> int:
        """What the candidate itself is worth: pieces of names recur oftener than whole ones, so their sums are kept."""
        if kind != Kind.FULL:
            return self.bias + self._sum(inner(kind, first, rest))
        worth = self.bias + self._begun((first, rest[0], len(rest)))
        return worth if len(rest) == 1 else worth + self._called(rest) + self._sum(whole(first, rest))

    def _seen(self, parts: tuple[str, str, str]) -> tuple[int, bool]:
        """What a candidate of a kind is worth by its two parts, and whether it is of the usual form and no word."""
        kind, first, rest = parts
        return self.own(kind, first, rest), kind == Kind.FULL and not is_word(first + rest)

    def find(self, batch: Batch) -> list[list[Found]]:
        """Return the names in each text of a batch; of those that overlap, the likeliest."""
        found: list[list[Found]] = [[] for _ in batch.shadows]
        for owner, name in self._likely(batch):
            found[owner].append(name)
        return [self._apart(names) if len(names) > 1 else names for names in found]

    @staticmethod
    def _apart(names: list[Found]) -> list[Found]:
        best = sorted(names, key=lambda found: (-found.score, found.start))
        taken: list[Found] = []
        covered: set[int] = set()
        for found in best:
            span = range(found.start, found.end)
            if covered.isdisjoint(span):
                covered.update(span)
                taken.append(found)
        return taken

    def _worth_a_look(self, window: str) -> tuple[Form, ...]:
        """Forms of a name at the beginning of a window that are not hopeless by themselves."""
        return tuple(
            (kind, middle, end)
            for kind, middle, end in forms_of(window)
            if kind == Kind.WHOLE or self.own(kind, window[:middle], window[middle:end]) > self.hopeless
        )

    def _likely(self, batch: Batch) -> Iterator[tuple[int, Found]]:
        """What is a name, with the number of its text."""
        hopeful = list(self._worth_it(batch.shadows, batch.look.spots))
        owners, starts, ends = (np.array([one[at] for one in hopeful], dtype=np.int64) for at in range(3))
        near = self._neighbours.sums(batch, owners, starts, ends).tolist()
        weigh, dubious, most = self.weights.get, self.dubious, self._most
        for (owner, start, end, candidate, score, usual), beside in zip(hopeful, near, strict=True):
            shadow = batch.shadows[owner]
            total = score + (
                weighed(weigh, shadow, start, end, beside, dubious - score, most)
                if usual
                else self._sum(outer(shadow, candidate))
            )
            if total > dubious:
                total += self._sum(joint(shadow, candidate))
                if total > 0:
                    yield owner, Found(start, end, total / self.unit)

    def _worth_it(self, shadows: Sequence[str], spots: Sequence[Spots]) -> Iterator[_Hopeful]:
        """Candidates that are not hopeless by themselves."""
        own, hopeless = self._own, self.hopeless
        for owner, (shadow, spot) in enumerate(zip(shadows, spots, strict=True)):
            for candidate in candidates(shadow, spot, self._hopeful):
                kind, start, middle, end = candidate
                score, usual = own((kind, shadow[start:middle], shadow[middle:end]))
                if score > hopeless:
                    yield owner, start, end, candidate, score, usual

    def _sum(self, marks: list[str]) -> int:
        weigh = self.weights.get
        return sum([weigh(mark, 0) for mark in marks])


@cache
def bundled() -> Recogniser:
    """The one that the package ships."""
    return Recogniser.load(resources.files("crawlers").joinpath("models", _FILE).read_bytes())
