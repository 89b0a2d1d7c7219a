"""How telling a word is: inverse document frequencies, frozen at training."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np


@dataclass(frozen=True, slots=True)
class Idf:
    """Words of rjieba on normalised text; a word never met in training is taken for the most telling."""

    weights: dict[str, float]
    unknown: float

    @classmethod
    def load(cls) -> "Idf":
        return _bundled()

    def weight(self, word: str) -> float:
        return self.weights.get(word, self.unknown)


@cache
def _bundled() -> Idf:
    with (
        resources.files("analyzer").joinpath("models", "idf.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        words = bytes(arrays["words"].item()).decode().split("\n")
        weights = arrays["weights"].astype(np.float32).tolist()
        return Idf(dict(zip(words, weights, strict=True)), float(arrays["unknown"]))
