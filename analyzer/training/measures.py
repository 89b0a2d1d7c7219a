"""Figures with bootstrap confidence intervals, and the table that shows them."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_RESAMPLES = 500

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One figure: `low` and `high` bound its 95 % interval over `count` texts; `wanted` is the aim, if any."""

    name: str
    value: float
    low: float
    high: float
    count: int
    wanted: float | None = None
    at_most: bool = False


def f1(gold: Labels, found: Labels, label: int = 1) -> float:
    right = int(((gold == label) & (found == label)).sum())
    return 2 * right / max(int((gold == label).sum() + (found == label).sum()), 1)


def macro_f1(gold: Labels, found: Labels) -> float:
    return float(np.mean([f1(gold, found, int(label)) for label in np.unique(gold)]))


def share(gold: Labels, found: Labels) -> float:
    """How many of the texts are found to be what they are."""
    return float((gold == found).mean())


def measured(
    name: str,
    score: Callable[[Labels, Labels], float],
    gold: Sequence[int] | Labels,
    found: Sequence[int] | Labels,
    *,
    wanted: float | None = None,
    at_most: bool = False,
) -> Measure:
    """The score with its interval; the same texts give the same interval."""
    truth, answer = np.asarray(gold, dtype=np.int64), np.asarray(found, dtype=np.int64)
    chance = np.random.default_rng(0)
    picks = (chance.integers(0, len(truth), len(truth)) for _ in range(_RESAMPLES))
    scores = np.array([score(truth[pick], answer[pick]) for pick in picks])
    low, high = np.quantile(scores, [0.025, 0.975])
    return Measure(
        name=name,
        value=score(truth, answer),
        low=float(low),
        high=float(high),
        count=len(truth),
        wanted=wanted,
        at_most=at_most,
    )


def table(measures: Sequence[Measure]) -> str:
    """The figures as people read them, one a line."""
    width = max([_width("指标"), *(_width(measure.name) for measure in measures)])
    lines = [f"{_padded('指标', width)}  数值    95%区间          条数   目标"]
    for measure in measures:
        aim = "" if measure.wanted is None else f"{'≤' if measure.at_most else '≥'}{measure.wanted:.3f}"
        interval = f"{measure.low:.3f}–{measure.high:.3f}"
        lines.append(
            f"{_padded(measure.name, width)}  {measure.value:.3f}   {interval}  {measure.count:>6}   {aim}".rstrip()
        )
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
