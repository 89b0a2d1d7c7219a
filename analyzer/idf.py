"""How telling a word is: inverse document frequencies, frozen at training."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

UNHEARD = 10.9
"""The weight from which a word is one that the background has not, or once."""


class Weights(dict[str, float]):
    """The weight of each word; one that is not among them has that of the unknown, and stays out."""

    unknown: float

    def __missing__(self, word: str) -> float:
        return self.unknown


@dataclass(frozen=True, slots=True)
class Idf:
    """Words of rjieba on normalised text; a word never met in training is taken for the most telling."""

    weights: Weights

    @classmethod
    def load(cls) -> "Idf":
        return _bundled()

    @property
    def weight(self) -> Callable[[str], float]:
        """A word's weight, without a call of Python for those that are known: every post asks for dozens."""
        return self.weights.__getitem__


@cache
def _bundled() -> Idf:
    with (
        resources.files("analyzer").joinpath("models", "idf.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        words = bytes(arrays["words"].item()).decode().split("\n")
        weights = Weights(zip(words, arrays["weights"].astype(np.float32).tolist(), strict=True))
        weights.unknown = float(arrays["unknown"])
        return Idf(weights)
