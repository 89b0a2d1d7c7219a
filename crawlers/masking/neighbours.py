"""What the characters next to a candidate weigh, of all candidates of a batch at once.

They are the marks `l`, `m`, `n` and `r`, `q`, `u` of `evidence`: one, two or three characters before and behind. As
strings they would be looked up one by one, each in another corner of memory.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from crawlers.masking.look import Batch
from crawlers.text import codes_of

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
        tables = _tables(weights)
        self._before, self._behind = [tables[letter] for letter in "lmn"], [tables[letter] for letter in "rqu"]

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


def _tables(weights: Mapping[str, int]) -> dict[str, tuple[Numbers, Numbers]]:
    """For each sort of marks its keys in ascending order, with one more that is none, and what each weighs."""
    marks, worth = list(weights), np.array([*weights.values()])
    codes, lengths = codes_of(marks).astype(np.int64), np.array([*map(len, marks)])
    starts = np.cumsum(lengths) - lengths
    tables = {}
    for letter in "lmnrqu":
        wide = "lmn".find(letter) + "rqu".find(letter) + 2
        keys, numbers = [np.array([_NOTHING])], [np.array([weights.get(letter + _EDGES.get(letter, " "), 0)])]
        for length in range(1, wide + 1):
            own = np.flatnonzero((codes[starts] == ord(letter)) & (lengths == length + 1))
            columns = [codes[starts[own] + place] for place in range(1, length + 1)]
            missing = [np.full(len(own), _NOTHING)] * (wide - length)
            key = np.zeros(len(own), dtype=np.int64)
            for column in [*missing, *columns] if letter in "lmn" else [*columns, *missing]:
                key = key << _BITS | column
            keys.append(key)
            numbers.append(worth[own])
        together = np.concatenate(keys)
        order = np.argsort(together)
        tables[letter] = np.append(together[order], -1), np.append(np.concatenate(numbers)[order], 0)
    return tables
