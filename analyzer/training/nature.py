"""Nature: heads that know drills, stories, statistics and old happenings by their whole make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analyzer.model import Nature
from analyzer.nature.make import KINDS, OTHER
from analyzer.scope.evidence import as_judged
from analyzer.text import normalise
from analyzer.training.data import Example, corpus, emergencies, held_out, lines, written
from analyzer.training.matrix import Inputs, Vector, head

HEADS = (OTHER, *KINDS)
_TOLD_DIR = "told"
_REPORTED = {"bulletins": ("figures",), "documents": ("deaths", "injured"), "tiers": ("tier",)}
"""Sets beside the corpus that are measured by their figures, and what only a report of something fresh has there."""
_STRENGTH = 16.0
_CURRENT = Nature.CURRENT.value
_OWN, _OUTSIDE, _TOLD = 1.0, 0.1, 2.0
"""What a text of the corpus counts, one that is out of scope, and one written to teach this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Natured:
    """A normalised text with its nature, and how much it counts."""

    text: str
    nature: str
    weight: float = _OWN


def natured(data_dir: Path, corpus_dir: Path) -> Iterator[Natured]:
    """All that may be trained on: the corpus, texts written to teach natures, and reports, all of them current.

    Reports are the public emergency news, and of those written to measure figures the half that is not held out.
    """
    for example in corpus(corpus_dir):
        if example.nature is not None and not example.held_out:
            yield Natured(text=example.text, nature=example.nature, weight=_weight(example))
    for path in sorted((corpus_dir / _TOLD_DIR).glob("*.jsonl")):
        for row in lines(path):
            yield Natured(text=normalise(written(row)), nature=row["nature"], weight=_TOLD)
    for name, signs in _REPORTED.items():
        for row in lines(corpus_dir.parent / f"{name}.jsonl"):
            if any(map(row.get, signs)) and not held_out(written(row)):
                yield Natured(text=normalise(written(row)), nature=_CURRENT, weight=_TOLD)
    for example in emergencies(data_dir):
        if example.source == "emergencies":
            yield Natured(text=example.text, nature=_CURRENT)


def _weight(example: Example) -> float:
    return _OWN if example.in_scope else _OUTSIDE


def fit(examples: Sequence[Natured]) -> list[tuple[Vector, float]]:
    """The heads in the order of HEADS: other than current or not, from all; which, from those that are other."""
    inputs = Inputs.of(as_judged([example.text for example in examples])[2])
    natures = np.array([example.nature for example in examples])
    weights = np.array([example.weight for example in examples], dtype=np.float32)
    other = natures != _CURRENT
    told, shares = inputs.pairs[other], weights[other]
    kinds = [head(told, natures[other] == kind.value, shares, _STRENGTH) for kind in KINDS.values()]
    return [head(inputs.triples, other, weights, _STRENGTH), *kinds]
