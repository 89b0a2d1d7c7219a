"""Tone heads from Weibo posts and the developers' own corpus; reviews only lend a little weight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analyzer.sentiment import TONES
from analyzer.text import normalise
from analyzer.training.data import corpus, rows
from analyzer.training.matrix import Vector, head, matrix

HEADS = tuple(f"tone.{tone.value}" for tone in TONES)
_LABELS = {"neg": "negative", "neu": "neutral", "pos": "positive"}
_STRENGTH = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Toned:
    """One text with its tone; `test` texts are never trained on."""

    text: str
    tone: str
    source: str
    test: bool
    weight: float = 1.0


def toned(data_dir: Path, corpus_dir: Path) -> list[Toned]:
    """All labelled texts, each once. Surprise is neither of the three tones and is left out."""
    found: dict[str, Toned] = {}
    for example in (*_weibo(data_dir), *_own(corpus_dir)):
        found.setdefault(example.text, example)
    return list(found.values())


def _weibo(data_dir: Path) -> Iterator[Toned]:
    for row in rows(data_dir, "sentiment_weibo_emotion"):
        if row["label"] in _LABELS:
            yield Toned(
                text=normalise(row["text"]),
                tone=_LABELS[row["label"]],
                source=f"weibo_emotion.{row['domain']}",
                test=row["split"] == "eval",
            )
    for number, row in enumerate(rows(data_dir, "sentiment_weibo_covid")):
        if row["label"] in _LABELS:
            yield Toned(
                text=normalise(row["text"]), tone=_LABELS[row["label"]], source="weibo_covid", test=number % 5 == 0
            )


def _own(corpus_dir: Path) -> Iterator[Toned]:
    for example in corpus(corpus_dir):
        if example.tone:
            yield Toned(text=example.text, tone=example.tone, source="corpus", test=example.held_out)


def fit(examples: Sequence[Toned]) -> list[tuple[Vector, float]]:
    """One head a tone, each against the other two."""
    inputs = matrix([example.text for example in examples])
    weights = np.array([example.weight for example in examples])
    tones = np.array([example.tone for example in examples])
    return [head(inputs, tones == tone.value, weights, _STRENGTH) for tone in TONES]


def predict(heads: Sequence[tuple[Vector, float]], texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Log odds of the three tones, one row a text."""
    weights = np.stack([column for column, _ in heads], axis=1)
    return np.asarray(matrix(texts) @ weights + np.array([bias for _, bias in heads]), dtype=np.float32)
