"""What all models see of a batch of texts: n-gram scores and keyword counts, made once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer import linear
from analyzer.features import features
from analyzer.linear import Scores
from analyzer.topics import Keywords, topic_list


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One row a text. `counts` has the columns of `Keywords.counts`; `lengths` are in code points.

    `variety` is the number of distinct n-grams: next to nothing for a long text that only repeats itself.
    """

    scores: Scores
    counts: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.int64]
    variety: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lengths)


@cache
def keywords() -> Keywords:
    """The automaton over the shipped topic list."""
    return Keywords(topic_list())


def gather(texts: Sequence[str]) -> Evidence:
    """Evidence of normalised texts, in their order."""
    batch = features(texts)
    return Evidence(
        scores=linear.bundled().score(batch),
        counts=keywords().counts(texts),
        lengths=np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)),
        variety=np.diff(batch.starts),
    )
