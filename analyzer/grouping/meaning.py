"""What a text is about as one direction in space, and which pairs of characters in it no other text has."""

import math
import re
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice, pairwise
from typing import NamedTuple

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
_ROOM = 32
"""Bits for the place of a pair beside the number of its text."""
_GREATEST = 127
"""The greatest part of a direction as it is written."""


class About(NamedTuple):
    """The strange pairs of a text as they come, and where it points as it is written (`direction` reads it)."""

    strange: tuple[str, ...]
    meaning: str


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

    def read_many(self, texts: Sequence[str]) -> list[About]:
        """What each text is about: many at once cost a quarter of what they cost one by one."""
        whole = "".join(texts)
        owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        starts = np.flatnonzero(owner[1:] == owner[:-1])
        distinct, which = np.unique(pairs_of(whole)[starts], return_inverse=True)
        places = self.codes.searchsorted(distinct)
        known = (self.codes.take(places, mode="clip") == distinct)[which]
        strange = starts[~known]
        # Each pair of a text once, text by text.
        held = np.unique(owner[starts[known]] << _ROOM | places[which[known]])
        text, place = held >> _ROOM, held & ((1 << _ROOM) - 1)
        pointing = _sums(self.values[place], text, len(texts))
        split = pairwise(owner[strange].searchsorted(np.arange(len(texts) + 1)).tolist())
        return [
            About(_written(whole, strange[begin:end].tolist()), b64encode(one.tobytes()).decode())
            for (begin, end), one in zip(split, pointing, strict=True)
        ]


def direction(meaning: str) -> Direction:
    """Where a text points: its length is 1,000, or 0 where nothing is known."""
    whole = np.frombuffer(a2b_base64(meaning), dtype=np.int8).astype(np.float64)
    return np.rint(whole * (UNIT / far)) if (far := length(whole)) else whole


def length(direction: Direction) -> float:
    """How long a direction, or a sum of them, is."""
    return math.sqrt(direction.dot(direction))


def pairs_of(text: str) -> npt.NDArray[np.uint32]:
    """The code of each pair of characters that stand side by side, as they come."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    pairs: npt.NDArray[np.uint32] = (codes[:-1] << np.uint32(_SHIFT)) | codes[1:]
    return pairs


def _sums(values: npt.NDArray[np.int8], owner: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int8]:
    """The sum of each owner's values, in ascending order of owners, as bytes of which the greatest is 127."""
    sums = np.zeros((count, values.shape[1]), dtype=np.float32)
    if len(owner):
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        sums[owner[first]] = np.add.reduceat(values.astype(np.float32), first, axis=0)
    greatest = np.abs(sums).max(axis=1, keepdims=True)
    greatest[greatest == 0] = 1.0
    pointing: npt.NDArray[np.int8] = np.rint(sums * (_GREATEST / greatest)).astype(np.int8)
    return pointing


def _written(text: str, starts: Iterable[int]) -> tuple[str, ...]:
    """The pairs of Chinese characters that begin there, each once."""
    pairs = [text[start : start + 2] for start in starts]
    return tuple(islice(dict.fromkeys([pair for pair in pairs if HAN.fullmatch(pair)]), STRANGEST))


@cache
def _bundled() -> Meanings:
    with (
        resources.files("analyzer").joinpath("models", "meanings.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        return Meanings(arrays["codes"], arrays["values"])
