"""Linear heads over hashed n-grams: loaded from plain arrays, scored with numpy alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from analyzer.scoring.features import PAIRS, Features, features

_FILE = "ngrams.npz"
_AT_ONCE = 64
"""Texts whose weights are gathered at once: some thousand rows, which stay in the processor's cache."""

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float32] | npt.NDArray[np.int8]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """What every head says of every text: one row a text, one column a head, in log odds."""

    heads: Mapping[str, int]
    values: npt.NDArray[np.float32]

    def of(self, head: str) -> npt.NDArray[np.float32]:
        return self.values[:, self.heads[head]]

    def replace_tones(self, places: Sequence[int], whole: "Scores") -> None:
        """Take the tones of some texts from `whole`, which has read them without leaving anything out."""
        for head, column in self.heads.items():
            if head.startswith("tone."):
                self.values[places, column] = whole.values[:, column]


class LinearHeads:
    """All heads as one matrix, so that a text's n-grams are gathered once for every question asked of it.

    `weights` has a row for every character or pair and a column a head, `triples` a row for every triple and
    columns for the last heads only: those that read triples. On disk and in memory both are 8-bit integers with
    one scale a head: a quarter of the memory to walk through, and sums that are exact in any order. Arrays only,
    nothing is ever unpickled.
    """

    def __init__(
        self, names: Sequence[str], weights: Numbers, triples: Numbers, bias: Numbers, scale: Numbers | None = None
    ) -> None:
        self.heads = {name: column for column, name in enumerate(names)}
        self._weights = np.ascontiguousarray(weights)
        self._triples = np.ascontiguousarray(triples)
        self._bias = bias.astype(np.float32)
        self._scale = np.ones(len(names), dtype=np.float32) if scale is None else scale.astype(np.float32)

    @classmethod
    def load(cls, file: Path | BinaryIO) -> "LinearHeads":
        """Heads from an archive of `names`, `weights`, `triples`, `scale` and `bias`; raises ValueError on a pickle."""
        with np.load(file, allow_pickle=False) as arrays:
            names = [str(name) for name in arrays["names"]]
            return cls(names, arrays["weights"], arrays["triples"], arrays["bias"], arrays["scale"])

    @staticmethod
    def save(file: Path, names: Sequence[str], weights: Matrix, triples: Matrix, bias: Matrix) -> None:
        scale = np.abs(weights).max(axis=0)
        reading = len(scale) - triples.shape[1]
        scale[reading:] = np.maximum(scale[reading:], np.abs(triples).max(axis=0))
        scale = np.maximum(scale / 127, np.finfo(np.float32).tiny)
        np.savez_compressed(
            file,
            names=np.array(names),
            weights=np.rint(weights / scale).astype(np.int8),
            triples=np.rint(triples / scale[reading:]).astype(np.int8),
            scale=scale.astype(np.float32),
            bias=np.asarray(bias, dtype=np.float32),
        )

    def score(self, batch: Features) -> Scores:
        """Sums of the weights of a text's distinct n-grams over the root of their number, plus the bias."""
        reading = len(self.heads) - self._triples.shape[1]
        values = np.empty((len(batch), len(self.heads)), dtype=np.float32)
        for first in range(0, len(batch), _AT_ONCE):
            rows = slice(first, first + _AT_ONCE)
            starts, middles = batch.starts[first : first + _AT_ONCE + 1], batch.middles[rows]
            buckets = batch.buckets[starts[0] : starts[-1]]
            long = buckets >= PAIRS
            values[rows] = _sums(_rows(self._weights, buckets[~long]), middles - starts[:-1])
            values[rows, reading:] += _sums(_rows(self._triples, buckets[long] - PAIRS), starts[1:] - middles)
        values[:, :reading] *= ((batch.middles - batch.starts[:-1]) ** -0.5)[:, None]
        values[:, reading:] *= (np.diff(batch.starts) ** -0.5)[:, None]
        return Scores(heads=self.heads, values=values * self._scale + self._bias)


def _rows(weights: npt.NDArray[Any], buckets: npt.NDArray[np.int32]) -> npt.NDArray[Any]:
    """The same as `weights[buckets]`; told that no bucket is out of bounds, numpy copies rows ten times as fast."""
    return weights.take(buckets, axis=0, mode="clip")


def _sums(weights: npt.NDArray[Any], sizes: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Sums of rows: of the first `sizes[0]` ones, of the next `sizes[1]`, and so on. No text is without an n-gram."""
    whole = np.int32 if np.issubdtype(weights.dtype, np.integer) else np.float32
    return np.asarray(np.add.reduceat(weights, np.cumsum(sizes) - sizes, axis=0, dtype=whole))


@cache
def bundled() -> LinearHeads:
    """The heads that the package ships."""
    with resources.files("analyzer").joinpath("models", _FILE).open("rb") as file:
        return LinearHeads.load(file)  # type: ignore[arg-type]


def score(texts: Sequence[str]) -> Scores:
    """Every bundled head's score of normalised texts."""
    return bundled().score(features(texts))
