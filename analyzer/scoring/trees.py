"""Boosted trees, all asked at once with numpy: they see what several signs say only together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

QUESTIONS = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Trees:
    """Complete trees, three questions deep, one entry a tree.

    `columns` and `limits` are a tree's questions level by level from the root: is the input in that column greater
    than the limit? `leaves` are the log odds it then adds, from "no, no, no" to "yes, yes, yes".
    """

    columns: tuple[tuple[int, ...], ...]
    limits: tuple[tuple[float, ...], ...]
    leaves: tuple[tuple[float, ...], ...]
    bias: float

    def odds(self, inputs: Matrix) -> Matrix:
        """The sum over all trees, one number a row of `inputs`."""
        columns, limits = np.array(self.columns), np.array(self.limits, dtype=np.float32)
        answers = inputs[:, columns] > limits
        first = answers[:, :, 0]
        second = np.where(first, answers[:, :, 2], answers[:, :, 1])
        path = 2 * first.astype(np.int8) + second
        third = np.take_along_axis(answers[:, :, 3:], path[:, :, None], axis=2)[:, :, 0]
        leaves = np.array(self.leaves, dtype=np.float32)
        added = leaves[np.arange(len(leaves)), 2 * path + third]
        return np.asarray(added.sum(axis=1) + np.float32(self.bias), dtype=np.float32)
