"""Boosted trees fitted by scikit-learn, written out as `analyzer.scoring.trees` reads them."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from analyzer.scoring.trees import QUESTIONS, Trees

_COUNT = 40
_DEPTH = 3
_STEP = 0.2
_LEAST = 40
"""Texts that a leaf must hold."""
_NEVER = 1e9
"""No input is greater: a question that is always answered with no."""


def grow(inputs: npt.NDArray[np.float32], labels: npt.NDArray[np.bool_], weights: npt.NDArray[Any]) -> Trees:
    """Trees that together give the log odds of the label."""
    model = HistGradientBoostingClassifier(
        max_depth=_DEPTH,
        max_iter=_COUNT,
        learning_rate=_STEP,
        min_samples_leaf=_LEAST,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    model.fit(inputs, labels, sample_weight=weights)
    # The library shows the trees of this booster nowhere else.
    grown = [_complete(predictor.nodes) for (predictor,) in model._predictors]  # noqa: SLF001
    return Trees(
        columns=tuple(columns for columns, _, _ in grown),
        limits=tuple(limits for _, limits, _ in grown),
        leaves=tuple(leaves for _, _, leaves in grown),
        bias=float(model._baseline_prediction[0, 0]),  # noqa: SLF001
    )


def _complete(nodes: Any) -> tuple[tuple[int, ...], tuple[float, ...], tuple[float, ...]]:
    """One tree level by level; below a leaf that came early both branches end in its value."""
    columns, limits = [0] * QUESTIONS, [_NEVER] * QUESTIONS
    level = [0]
    for first in (0, 1, 3):
        below = []
        for place, node in enumerate(level, start=first):
            if nodes[node]["is_leaf"]:
                below += [node, node]
            else:
                columns[place] = int(nodes[node]["feature_idx"])
                limits[place] = float(nodes[node]["num_threshold"])
                below += [int(nodes[node]["left"]), int(nodes[node]["right"])]
        level = below
    return tuple(columns), tuple(limits), tuple(float(nodes[node]["value"]) for node in level)
