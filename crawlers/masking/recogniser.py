"""A small log-linear model that tells names from other stretches of a text."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import orjson

from crawlers.masking.candidates import Form, Kind, candidates, forms_of
from crawlers.masking.evidence import inner, joint, outer

_FILE = "names.json.gz"
_REMEMBERED = 1 << 16


class Found(NamedTuple):
    """A name, half open, and how sure the model is of it in log odds."""

    start: int
    end: int
    score: float


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
    _own: Callable[[str, str, str], int] = field(init=False, repr=False, compare=False)
    _hopeful: Callable[[str], tuple[Form, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_own", lru_cache(maxsize=_REMEMBERED)(self.own))
        object.__setattr__(self, "_hopeful", lru_cache(maxsize=_REMEMBERED)(self._worth_a_look))

    @classmethod
    def load(cls, packed: bytes) -> "Recogniser":
        return cls(**orjson.loads(gzip.decompress(packed)))

    def save(self, path: Path) -> None:
        numbers = {"bias": self.bias, "hopeless": self.hopeless, "dubious": self.dubious, "unit": self.unit}
        written = {**numbers, "weights": dict(self.weights)}
        path.write_bytes(gzip.compress(orjson.dumps(written, option=orjson.OPT_SORT_KEYS), mtime=0))

    def own(self, kind: str, first: str, rest: str) -> int:
        """What the candidate itself is worth."""
        return self.bias + self._sum(inner(kind, first, rest))

    def find(self, shadow: str) -> list[Found]:
        """Return the names in a folded text; of those that overlap, the likeliest."""
        best = sorted(self._likely(shadow), key=lambda found: (-found.score, found.start))
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

    def _likely(self, shadow: str) -> Iterator[Found]:
        own = self._own
        for candidate in candidates(shadow, self._hopeful):
            kind, start, middle, end = candidate
            score = own(kind, shadow[start:middle], shadow[middle:end])
            if score <= self.hopeless:
                continue
            score += self._sum(outer(shadow, candidate))
            if score > self.dubious:
                score += self._sum(joint(shadow, candidate))
                if score > 0:
                    yield Found(start, end, score / self.unit)

    def _sum(self, marks: list[str]) -> int:
        weigh = self.weights.get
        return sum([weigh(mark, 0) for mark in marks])


@cache
def bundled() -> Recogniser:
    """The one that the package ships."""
    return Recogniser.load(resources.files("crawlers").joinpath("models", _FILE).read_bytes())
