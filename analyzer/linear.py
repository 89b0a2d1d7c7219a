"""Linear heads over hashed n-grams: loaded from plain arrays, scored with numpy alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from analyzer.features import Features, features

_FILE = "ngrams.npz"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """What every head says of every text: one row a text, one column a head, in log odds."""

    heads: Mapping[str, int]
    values: npt.NDArray[np.float32]

    def of(self, head: str) -> npt.NDArray[np.float32]:
        return self.values[:, self.heads[head]]


class LinearHeads:
    """All heads as one matrix, so that a text's n-grams are gathered once for every question asked of it.

    On disk the weights are 8-bit integers with one scale a head; arrays only, nothing is ever unpickled.
    """

    def __init__(self, names: Sequence[str], weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> None:
        self.heads = {name: column for column, name in enumerate(names)}
        self._weights = np.ascontiguousarray(weights, dtype=np.float32)
        self._bias = bias.astype(np.float32)

    @classmethod
    def load(cls, file: Path | BinaryIO) -> "LinearHeads":
        """Heads from an archive of the arrays `names`, `weights`, `scale` and `bias`; raises ValueError on a pickle."""
        with np.load(file, allow_pickle=False) as arrays:
            weights = arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32)
            return cls([str(name) for name in arrays["names"]], weights, arrays["bias"])

    @staticmethod
    def save(file: Path, names: Sequence[str], weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> None:
        scale = np.maximum(np.abs(weights).max(axis=0) / 127, np.finfo(np.float32).tiny)
        small = np.rint(weights / scale).astype(np.int8)
        np.savez_compressed(
            file,
            names=np.array(names),
            weights=small,
            scale=scale.astype(np.float32),
            bias=np.asarray(bias, dtype=np.float32),
        )

    def score(self, batch: Features) -> Scores:
        """A text's score is the sum of its distinct n-grams' weights over the root of their number, plus the bias."""
        values = np.empty((len(batch), len(self.heads)), dtype=np.float32)
        starts = batch.starts.tolist()
        for row, (begin, end) in enumerate(pairwise(starts)):
            ones = np.full(end - begin, (end - begin) ** -0.5, dtype=np.float32)
            values[row] = ones @ self._weights[batch.buckets[begin:end]]
        return Scores(heads=self.heads, values=values + self._bias)


@cache
def bundled() -> LinearHeads:
    """The heads that the package ships."""
    with resources.files("analyzer").joinpath("models", _FILE).open("rb") as file:
        return LinearHeads.load(file)  # type: ignore[arg-type]


def score(texts: Sequence[str]) -> Scores:
    """Every bundled head's score of normalised texts."""
    return bundled().score(features(texts))
