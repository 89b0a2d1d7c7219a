"""What all models see of a batch of texts: n-gram scores and keyword counts, made once.

Only the tone is read from whole texts; the rest sees neither remarks on persons and powers nor the town that stands
before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer import linear
from analyzer.bystanders import without_bystanders
from analyzer.features import features
from analyzer.linear import Scores
from analyzer.openings import without_towns
from analyzer.remarks import LAST_MARKS, names_power, nothing_left, without_remarks
from analyzer.topics import Keywords, topic_list


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One row a text. `counts` has the columns of `Keywords.counts`; `lengths` are in code points.

    `logs` are the counts as logarithms of 1 + n.
    `kept` are the texts without remarks: what all but the tone is read from.
    `variety` is the number of distinct n-grams: next to nothing for a long text that only repeats itself.
    `remarks_only` marks a text that judges somebody and tells of nothing, `powers` one that names an office or power.
    """

    kept: Sequence[str]
    scores: Scores
    counts: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.int64]
    variety: npt.NDArray[np.int64]
    remarks_only: npt.NDArray[np.bool_]
    powers: npt.NDArray[np.bool_]
    logs: npt.NDArray[np.float32] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "logs", np.log1p(self.counts))

    def __len__(self) -> int:
        return len(self.lengths)


@cache
def keywords() -> Keywords:
    """The automaton over the shipped topic list."""
    return Keywords(topic_list())


def gather(texts: Sequence[str]) -> Evidence:
    """Evidence of normalised texts, in their order."""
    kept = without_remarks(texts)
    read = without_towns(without_bystanders(kept))
    batch = features(read)
    scores = linear.bundled().score(batch)
    shortened = [place for place, text in enumerate(texts) if len(read[place]) < len(text.rstrip(LAST_MARKS))]
    if shortened:
        scores.replace_tones(shortened, linear.score([texts[place] for place in shortened]))
    return Evidence(
        kept=kept,
        scores=scores,
        counts=keywords().counts(read),
        lengths=np.fromiter(map(len, read), dtype=np.int64, count=len(texts)),
        variety=np.diff(batch.starts),
        remarks_only=np.fromiter(map(nothing_left, texts, kept), dtype=bool, count=len(texts)),
        powers=np.fromiter(map(names_power, read), dtype=bool, count=len(texts)),
    )
