"""What a text is by its whole make, where no word gives it away: a learned second opinion on its nature.

Words tell most drills, stories, statistics and old happenings (`judging`). What is left over is known by how it is
written: a novel's blurb, an advertisement that begins with a fire, a quarter's figures without the word for them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analyzer.model import Nature
from analyzer.nature.judging import Judgement
from analyzer.scoring.linear import Scores

OTHER = "nature.other"
"""The head that says whether a text is of another nature than current."""
KINDS = {f"nature.{kind.value}": kind for kind in Nature if kind is not Nature.CURRENT}
"""The heads that say of which, where it is."""


def second_opinion(
    judgements: Sequence[Judgement], asked: Sequence[bool], scores: Scores, least: float
) -> list[Judgement]:
    """Judgements of texts, one row of `scores` each: what words take for current is none from odds of `least` on.

    Who has `asked` for help speaks of now, and so does a denial; words that tell now and then apart are believed.
    """
    sure = scores.of(OTHER) >= least
    kinds = list(KINDS.values())
    likeliest = np.stack([scores.of(head) for head in KINDS], axis=1).argmax(axis=1)
    return [
        replace(judgement, nature=kinds[kind])
        if other and judgement.nature is Nature.CURRENT and not (help_sought or judgement.refutes or judgement.apart)
        else judgement
        for judgement, help_sought, other, kind in zip(
            judgements, asked, sure.tolist(), likeliest.tolist(), strict=True
        )
    ]
