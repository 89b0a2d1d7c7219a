"""What n-grams mean, told by a text encoder: a head that has learned "停水" then knows something of "没水" too.

Training reads the table, nothing else does: a head over sums of these vectors is a head over the n-grams themselves,
so reading a post costs what it did. `scripts/build_vectors.py` makes the table.
"""

from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analyzer.scoring.features import PAIRS

FILE = "vectors.npz"

Matrix = npt.NDArray[np.float32]


@cache
def table() -> Matrix:
    """A vector for every bucket, zero where none is known."""
    with (
        resources.files("analyzer.training").joinpath(FILE).open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        vectors = np.zeros((2 * PAIRS, arrays["values"].shape[1]), dtype=np.float32)
        vectors[arrays["buckets"]] = arrays["values"] * arrays["scale"]
    return vectors


def meaning(inputs: csr_matrix) -> Matrix:
    """For each row of an n-gram matrix the sum of the vectors of what it holds."""
    return np.asarray(inputs @ table()[: inputs.shape[1]], dtype=np.float32)
