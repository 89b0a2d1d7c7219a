"""What all models see of a batch of texts: n-gram scores and keyword counts, made once.

What a platform sets around a text is read by nothing. Only the tone is read from all the rest; what else is judged sees
neither emoticons nor remarks on persons and powers nor the town that stands before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer.scope.bystanders import without_bystanders
from analyzer.scope.openings import without_towns
from analyzer.scope.remarks import LAST_MARKS, names_power, nothing_left, without_remarks
from analyzer.scope.slogans import is_thanks, without_slogans
from analyzer.scope.trimmings import without_feelings, without_trimmings
from analyzer.scoring import linear
from analyzer.scoring.features import features
from analyzer.scoring.linear import Scores
from analyzer.topics import Keywords, topic_list


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One row a text. `counts` has the columns of `Keywords.counts`; `lengths` are in code points.

    `logs` are the counts as logarithms of 1 + n.
    `plain` are the texts without what a platform sets around them, `kept` these without emoticons and remarks.
    `variety` is the number of distinct n-grams: next to nothing for a long text that only repeats itself.
    `remarks_only` marks a text that judges somebody and tells of nothing, `powers` one that names an office or power.
    `public` says what of public life it names beside: flags of analyzer.scope.slogans.
    """

    plain: Sequence[str]
    kept: Sequence[str]
    scores: Scores
    counts: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.int64]
    variety: npt.NDArray[np.int64]
    remarks_only: npt.NDArray[np.bool_]
    powers: npt.NDArray[np.bool_]
    public: npt.NDArray[np.int64]
    logs: npt.NDArray[np.float32] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "logs", np.log1p(self.counts))

    def __len__(self) -> int:
        return len(self.lengths)


@cache
def keywords() -> Keywords:
    """The automaton over the shipped topic list."""
    return Keywords(topic_list())


def as_judged(texts: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Normalised texts without trimmings, these without feelings and remarks, and these without bystanders and towns.

    The last are what all but the tone is read from, here and in training.
    """
    return _as_judged(texts)[:3]


def _as_judged(texts: Sequence[str]) -> tuple[list[str], list[str], list[str], npt.NDArray[np.int64]]:
    """The same, and what of public life each text names (analyzer.scope.slogans)."""
    plain = without_trimmings(texts)
    felt = without_feelings(plain)
    kept, named = without_slogans(felt)
    kept = without_remarks(kept)
    # What goes on about somebody whom a slogan names is a remark only behind it: "这届班子就会念稿，群众的事一件不办".
    slogans = np.flatnonzero(named).tolist()
    for row, left in zip(slogans, without_remarks([felt[row] for row in slogans]), strict=True):
        kept[row] = left if nothing_left(plain[row], left) else kept[row]
    return plain, kept, without_towns(without_bystanders(kept)), named


def gather(texts: Sequence[str]) -> Evidence:
    """Evidence of normalised texts, in their order."""
    plain, kept, read, public = _as_judged(texts)
    batch = features(read)
    scores = linear.bundled().score(batch)
    shortened = [place for place, text in enumerate(plain) if len(read[place]) < len(text.rstrip(LAST_MARKS))]
    if shortened:
        scores.replace_tones(shortened, linear.score([plain[place] for place in shortened]))
    return Evidence(
        plain=plain,
        kept=kept,
        scores=scores,
        counts=keywords().counts(read),
        lengths=np.fromiter(map(len, read), dtype=np.int64, count=len(texts)),
        variety=np.diff(batch.starts),
        remarks_only=np.fromiter(
            (nothing_left(text, left) or is_thanks(text) for text, left in zip(plain, read, strict=True)),
            dtype=bool,
            count=len(texts),
        ),
        powers=np.fromiter(map(names_power, read), dtype=bool, count=len(texts)),
        public=public,
    )
