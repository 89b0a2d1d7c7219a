"""The few weights that turn evidence into probabilities, and the thresholds between yes, unsure and no."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.scoring.trees import Trees

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Logistic:
    """A logistic regression over a handful of inputs: the last axis of what it is given."""

    weights: tuple[float, ...]
    bias: float

    def odds(self, inputs: Matrix) -> Matrix:
        return np.asarray(inputs @ np.array(self.weights, dtype=np.float32) + np.float32(self.bias), dtype=np.float32)

    def probability(self, inputs: Matrix) -> Matrix:
        return _share(self.odds(inputs))


@dataclass(frozen=True, kw_only=True, slots=True)
class Blend:
    """The mean of a logistic regression's and of boosted trees' log odds.

    The regression is even where there is little to go by, the trees know which signs count only together.
    """

    logistic: Logistic
    trees: Trees

    def probability(self, inputs: Matrix) -> Matrix:
        return _share(np.asarray((self.logistic.odds(inputs) + self.trees.odds(inputs)) / 2, dtype=np.float32))


def _share(odds: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """Everything learned besides the n-gram weights; kept as JSON that a person can read.

    A probability from `in_from` on is in scope (from `hazard_from` where the matter is a hazard, from `bare_from` where
    no keyword names one). Below it is unsure from `unsure_from` on, or where the hazards' part of it, and no keyword,
    comes to `hazard_unsure_from`. What is politics or the like with a probability of `barred_from` or more is dropped;
    what is unsure besides, or of which no topic has a share of `topic_from`, from `doubted_from` on, or where it is
    likelier one of these; what strong keywords name, or a hazard's beside a word of harm, only from `spared_to` on.
    `version` names the whole set of artefacts.
    What odds of `other_from` or more say is of another nature than current, is.
    `neutral_shift` moves the log odds of a neutral tone, `tone_from` is the least share of a tone that is not abstained
    from.
    """

    version: str
    scope: Blend
    barred: Blend
    topics: Logistic
    help_sought: Blend
    in_from: float
    hazard_from: float
    bare_from: float
    barred_from: float
    doubted_from: float
    spared_to: float
    unsure_from: float
    hazard_unsure_from: float
    topic_from: float
    help_from: float
    other_from: float
    neutral_shift: float
    tone_from: float


def _logistic(raw: Mapping[str, Any]) -> Logistic:
    return Logistic(weights=tuple(raw["weights"]), bias=raw["bias"])


def _blend(raw: Mapping[str, Any]) -> Blend:
    tables = {name: tuple(map(tuple, raw["trees"][name])) for name in ("columns", "limits", "leaves")}
    return Blend(logistic=_logistic(raw["logistic"]), trees=Trees(**tables, bias=raw["trees"]["bias"]))


def parse(text: str) -> Calibration:
    raw = json.loads(text)
    raw["topics"] = _logistic(raw["topics"])
    for name in ("scope", "barred", "help_sought"):
        raw[name] = _blend(raw[name])
    return Calibration(**raw)


@cache
def bundled() -> Calibration:
    """The calibration that the package ships."""
    return parse(resources.files("analyzer").joinpath("models", "calibration.json").read_text(encoding="utf-8"))
