"""What a text is by its whole make, where no word gives it away: a learned second opinion on its nature.

Words tell most drills, stories, statistics and old happenings (`judging`). What is left over is known by how it is
written: a novel's blurb, an advertisement that begins with a fire, a quarter's figures without the word for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from analyzer.model import Nature
from analyzer.nature.judging import Judgement
from analyzer.scope.gate import ScopeJudgement
from analyzer.scoring.linear import Scores
from analyzer.topics import SERVICE

OTHER = "nature.other"
"""The head that says whether a text is of another nature than current."""
KINDS = {f"nature.{kind.value}": kind for kind in Nature if kind is not Nature.CURRENT}
"""The heads that say of which, where it is."""
APART = 2.0
"""How much surer the head must be of a text whose words tell now and then apart."""


def complains(scopes: Iterable[ScopeJudgement], asked: Iterable[bool]) -> list[bool]:
    """Whether each text asks for help or is about a public service.

    Real letters of citizens suppose, remember and count so much that one in twenty-five would be none of now.
    """
    return [
        help_sought or bool(scope.topics and scope.topics[0].code.startswith(SERVICE))
        for scope, help_sought in zip(scopes, asked, strict=True)
    ]


def by_make(
    judgements: Sequence[Judgement], complaints: Sequence[bool], scores: Scores, least: float
) -> list[Judgement]:
    """Judgements of texts, one row of `scores` each: what words take for current is none from odds of `least` on.

    Who complains speaks of now, however long the letter, and so does a denial; words that tell now and then apart
    are believed unless the make speaks loud, and what is of these days is no statistic unless it does.
    """
    odds = scores.of(OTHER)
    kinds = list(KINDS.values())
    likeliest = np.stack([scores.of(head) for head in KINDS], axis=1).argmax(axis=1)
    return [
        replace(judgement, nature=kinds[kind])
        if judgement.nature is Nature.CURRENT
        and not (complaint or judgement.refutes)
        and other
        >= least + (APART if judgement.apart or (judgement.dated and kinds[kind] is Nature.STATISTIC) else 0.0)
        else judgement
        for judgement, complaint, other, kind in zip(
            judgements, complaints, odds.tolist(), likeliest.tolist(), strict=True
        )
    ]
