"""Help sought: one n-gram head and its joining weights, from the developers' own corpus and clear negatives."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analyzer.help_sought import help_inputs
from analyzer.scope.evidence import Evidence
from analyzer.scoring.calibration import Blend
from analyzer.scoring.linear import Scores
from analyzer.training import scope
from analyzer.training.data import Example
from analyzer.training.matrix import Vector, blended
from analyzer.training.scope import blend, text_hash

_STRENGTH = 64.0
_WEIGHTS = {"corpus": 1.0, "variants": 0.5}
_FOREIGN_WEIGHT = 0.05
"""Public texts out of scope seek no help, but there are many of them and they are easy."""


def fit(examples: Sequence[Example], inputs: csr_matrix, scope_scores: Vector) -> tuple[tuple[Vector, float], Blend]:
    """The head and the joining weights; `scope_scores` are the scope heads' scores of all examples."""
    labels = np.array([_label(example) for example in examples])
    rows = np.array([i for i, example in enumerate(examples) if labels[i] >= 0 and not example.held_out])
    weights = np.array([_WEIGHTS.get(examples[i].source, _FOREIGN_WEIGHT) for i in rows], dtype=np.float32)
    quarters = np.array([text_hash(examples[i].family) % 4 for i in rows])
    unseen = np.zeros(len(rows), dtype=np.float32)
    for fold in range(4):
        inside = quarters == fold
        column, bias = _head(inputs, labels, rows[~inside], weights[~inside])
        unseen[inside] = inputs[rows[inside]] @ column + bias
    seen = evidence([examples[i] for i in rows], scope_scores[rows], unseen)
    return _head(inputs, labels, rows, weights), blend(help_inputs(seen), labels[rows] == 1, weights)


def _label(example: Example) -> int:
    if example.help_sought is not None:
        return int(example.help_sought)
    return 0 if example.in_scope is False or example.source.startswith("emergenc") else -1


def _head(
    inputs: csr_matrix, labels: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], weights: Vector
) -> tuple[Vector, float]:
    return blended(inputs[rows], labels[rows] == 1, weights, _STRENGTH)


def evidence(examples: Sequence[Example], scope_scores: Vector, help_scores: Vector) -> Evidence:
    """The scope's evidence with the head of help sought beside it."""
    plain = scope.evidence(examples, scope_scores)
    heads = {**plain.scores.heads, "help": scope_scores.shape[1]}
    values = np.concatenate([scope_scores, help_scores[:, None]], axis=1)
    return replace(plain, scores=Scores(heads=heads, values=values))
