"""The few weights that turn evidence into probabilities, and the thresholds between yes, unsure and no."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Logistic:
    """A logistic regression over a handful of inputs: the last axis of what it is given."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, inputs: Matrix) -> Matrix:
        odds = inputs @ np.array(self.weights, dtype=np.float32) + np.float32(self.bias)
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """Everything learned besides the n-gram weights; kept as JSON that a person can read.

    A probability from `in_from` on is in scope, from `unsure_from` on unsure. `version` names the whole
    set of artefacts. `tone` scales the three sentiment scores and shifts them, `tone_from` is the least
    probability of a label that is not abstained from.
    """

    version: str
    scope: Logistic
    topics: Logistic
    help_sought: Logistic
    in_from: float
    unsure_from: float
    topic_from: float
    help_from: float
    tone_scale: float
    tone_shift: tuple[float, float, float]
    tone_from: float


def _logistic(raw: Mapping[str, Any]) -> Logistic:
    return Logistic(weights=tuple(raw["weights"]), bias=raw["bias"])


def parse(text: str) -> Calibration:
    raw = json.loads(text)
    shift: Sequence[float] = raw.pop("tone_shift")
    learned = {name: _logistic(raw.pop(name)) for name in ("scope", "topics", "help_sought")}
    return Calibration(**raw, **learned, tone_shift=(shift[0], shift[1], shift[2]))


@cache
def bundled() -> Calibration:
    """The calibration that the package ships."""
    return parse(resources.files("analyzer").joinpath("models", "calibration.json").read_text(encoding="utf-8"))
