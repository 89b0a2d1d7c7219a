"""The n-gram matrix and linear heads as scikit-learn wants them; scores agree with analyzer.linear."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from analyzer.features import BITS, features

Vector = npt.NDArray[np.float32]


def matrix(texts: Sequence[str]) -> csr_matrix:
    """One for every n-gram present, over the root of their number, exactly as `LinearHeads.score` weighs them."""
    batch = features(texts)
    ones = np.ones(len(batch.buckets), dtype=np.float32)
    present = csr_matrix((ones, batch.buckets, batch.starts), shape=(len(texts), 1 << BITS))
    return (diags(np.diff(batch.starts) ** -0.5) @ present).tocsr().astype(np.float32)


def head(inputs: csr_matrix, labels: npt.NDArray[np.bool_], weights: Vector | None, strength: float) -> tuple[Vector, float]:
    """Weights and bias of one head: a logistic regression, its two classes weighing alike."""
    if labels.all() or not labels.any():
        return np.zeros(inputs.shape[1], dtype=np.float32), -3.0
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, class_weight="balanced", random_state=0, max_iter=200)
    model.fit(inputs, labels, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])
