"""What a text is about as one direction in space, and which pairs of characters in it no other text has."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice

import numpy as np
import numpy.typing as npt

Direction = npt.NDArray[np.float64]
"""Whole numbers: their sums and products are the same in any order, on any machine."""
UNIT = 1000
"""The length of a text's direction."""
STRANGEST = 24
"""Strange pairs kept of a text."""
HAN = re.compile("[\u4e00-\u9fff]{2}")
_SHIFT = 16


@dataclass(frozen=True, slots=True)
class Meanings:
    """Of each pair of characters that people use where it points, the pairs by their codes in ascending order.

    The sum over a text comes near to what an encoder of sentences says of it. A pair that is not among them is strange:
    part of a name, mostly.
    """

    codes: npt.NDArray[np.uint32]
    values: npt.NDArray[np.int8]

    @classmethod
    def load(cls) -> "Meanings":
        return _bundled()

    def read(self, text: str) -> tuple[tuple[str, ...], Direction]:
        """The strange pairs of a text as they come, and where it points: length 1,000, or 0 where nothing is known."""
        codes = pairs_of(text)
        places = self.codes.searchsorted(codes)
        known = self.codes.take(places, mode="clip") == codes
        strange = _written(text, np.flatnonzero(~known).tolist())
        whole = self.values[np.unique(places[known])].sum(axis=0, dtype=np.float64)
        return strange, np.rint(whole * (UNIT / far)) if (far := length(whole)) else whole


def pairs_of(text: str) -> npt.NDArray[np.uint32]:
    """The code of each pair of characters that stand side by side, as they come."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    pairs: npt.NDArray[np.uint32] = (codes[:-1] << np.uint32(_SHIFT)) | codes[1:]
    return pairs


def _written(text: str, starts: Iterable[int]) -> tuple[str, ...]:
    """The pairs of Chinese characters that begin there, each once."""
    pairs = [text[start : start + 2] for start in starts]
    return tuple(islice(dict.fromkeys([pair for pair in pairs if HAN.fullmatch(pair)]), STRANGEST))


def length(direction: Direction) -> float:
    """How long a direction, or a sum of them, is."""
    return math.sqrt(direction @ direction)


@cache
def _bundled() -> Meanings:
    with (
        resources.files("analyzer").joinpath("models", "meanings.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        return Meanings(arrays["codes"], arrays["values"])
