"""What the characters next to a candidate weigh, of all candidates of a batch at once.

They are the marks `l`, `m`, `n` and `r`, `q`, `u` of `evidence`: one, two or three characters before and behind. As
strings they would be looked up one by one, each in another corner of memory.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from crawlers.masking.look import Batch

_BITS = 21
"""Characters have numbers of so many bits."""
_NOTHING = (1 << _BITS) - 1
"""Stands where a text has ended."""
_EDGES = {"l": "^", "r": "$"}
"""How the marks say so."""
Numbers = npt.NDArray[np.int64]


class Neighbours:
    """Weights of the marks, by the characters that they name."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        marks = {letter: self._listed(letter, weights) for letter in "lmnrqu"}
        self._before, self._behind = [marks[letter] for letter in "lmn"], [marks[letter] for letter in "rqu"]

    def sums(self, batch: Batch, owners: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
        """For candidates, of which it is known in which text they are and where there, the sum of those marks."""
        first, last = batch.starts[owners], batch.starts[owners + 1]
        codes = np.where((batch.codes >= ord("0")) & (batch.codes <= ord("9")), ord("0"), batch.codes).astype(np.int64)
        total = np.zeros(len(owners), dtype=np.int64)
        for tables, nearest, step in ((self._before, first + starts - 1, -1), (self._behind, first + ends, 1)):
            key = np.zeros(len(owners), dtype=np.int64)
            for far, (keys, weights) in enumerate(tables):
                places = nearest + far * step
                inside = (places >= first) & (places < last)
                near = np.where(inside, codes[np.where(inside, places, 0)], _NOTHING)
                key = key << _BITS | near if step > 0 else key | near << (far * _BITS)
                found = np.searchsorted(keys[:-1], key)
                total += np.where(keys[found] == key, weights[found], 0)
        return total

    @staticmethod
    def _listed(letter: str, weights: Mapping[str, int]) -> tuple[Numbers, Numbers]:
        """The keys of a sort of marks, in ascending order with one more that is none, and what each weighs."""
        length = "lmn".find(letter) + "rqu".find(letter) + 2
        edge = _EDGES.get(letter, "")
        listed = {}
        for mark, weight in weights.items():
            if mark[0] == letter and len(mark) <= length + 1:
                numbers = [ord(character) for character in mark[1:]]
                missing = [_NOTHING] * (length - len(numbers))
                key = 0
                for number in (*missing, *numbers) if letter in "lmn" else (*numbers, *missing):
                    key = key << _BITS | number
                listed[key] = weight
                if mark[1:] == edge:
                    listed[_NOTHING] = weight
        keys = sorted(listed)
        return np.array([*keys, -1]), np.array([*(listed[key] for key in keys), 0])
