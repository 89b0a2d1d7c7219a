"""Tone heads from Weibo posts and the developers' own corpus; reviews and a word list lend the rarer words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from analyzer.scoring.linear import Scores
from analyzer.text import normalise
from analyzer.training.data import corpus, rows
from analyzer.training.matrix import Vector, matrix, weighed

HEADS = ("tone.positive", "tone.neutral")
_LABELS = {"neg": "negative", "neu": "neutral", "pos": "positive"}
_STRENGTH = 8.0
_REVIEWS = {"sentiment_hotel_reviews": 1, "sentiment_takeaway_reviews": 1, "sentiment_shopping_reviews": 3}
"""Review sets, and of how many texts one is taken."""
_REVIEW_WEIGHT = 0.3
_WORD_WEIGHTS = {"tone.positive": 2.0, "tone.neutral": 0.3}
_OWN_WEIGHT = 0.15
"""The corpus tells of concerns more soberly than Weibo does: it counts less.

0.4 by cross-validation on what trains, when it was a third as large: all of it still counts as much.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Toned:
    """One text with its tone; `test` texts are never trained on.

    `full` tells whether its source knows all three tones: else it teaches only which way a text leans.
    """

    text: str
    tone: str
    source: str
    test: bool = False
    full: bool = True
    weight: float = 1.0


def toned(data_dir: Path, corpus_dir: Path) -> list[Toned]:
    """All labelled texts, each once. Surprise is neither of the three tones and is left out."""
    found: dict[str, Toned] = {}
    for reader in (_weibo(data_dir), _own(corpus_dir)):
        for example in reader:
            found.setdefault(example.text, example)
    return list(found.values())


def _weibo(data_dir: Path) -> Iterator[Toned]:
    """Half of the daily posts (the only set of them) train, half test; the epidemic set has its own split."""
    for number, row in enumerate(rows(data_dir, "sentiment_weibo_emotion")):
        if row["label"] in _LABELS:
            usual = row["domain"] == "usual"
            yield Toned(
                text=normalise(row["text"]),
                tone=_LABELS[row["label"]],
                source=f"weibo_{row['domain']}",
                test=number % 2 == 0 if usual else row["split"] == "eval",
            )
    for number, row in enumerate(rows(data_dir, "sentiment_weibo_covid")):
        if row["label"] in _LABELS:
            yield Toned(
                text=normalise(row["text"]),
                tone=_LABELS[row["label"]],
                source="weibo_covid",
                test=number % 5 == 0,
                full=False,
            )


def _own(corpus_dir: Path) -> Iterator[Toned]:
    for example in corpus(corpus_dir):
        if example.tone:
            yield Toned(
                text=example.text, tone=example.tone, source="corpus", test=example.held_out, weight=_OWN_WEIGHT
            )


@cache
def _words() -> tuple[Toned, ...]:
    """The word list of resources/tones.yaml, each word an example."""
    source = resources.files("analyzer").joinpath("resources", "tones.yaml")
    listed = YAML(typ="safe").load(source.read_text(encoding="utf-8"))
    return tuple(
        Toned(text=word, tone=tone, source="words")
        for tone, words in listed.items()
        for word in dict.fromkeys(words.split())
    )


def lent(data_dir: Path) -> list[Toned]:
    """What only supports the Weibo texts and is never trained on alone."""
    found = list(_words())
    for name, step in _REVIEWS.items():
        for row in rows(data_dir, name, step):
            tone = "positive" if row["label"] == "1" else "negative"
            found.append(Toned(text=normalise(row["text"]), tone=tone, source=name, full=False, weight=_REVIEW_WEIGHT))
    return found


def fit(examples: Sequence[Toned], support: Sequence[Toned]) -> list[tuple[Vector, float]]:
    """Two heads: positive against negative from everything, neutral against both from the sets that know neutral."""
    everything = [*examples, *support]
    polar = [example for example in everything if example.tone != "neutral"]
    full = [example for example in everything if example.full]
    return [_fit(polar, "positive", HEADS[0]), _fit(full, "neutral", HEADS[1])]


def _fit(examples: Sequence[Toned], tone: str, name: str) -> tuple[Vector, float]:
    weights = np.array([_WORD_WEIGHTS[name] if e.source == "words" else e.weight for e in examples])
    labels = np.array([example.tone == tone for example in examples])
    return weighed(matrix([example.text for example in examples], triples=True), labels, weights, _STRENGTH)


def scorer(heads: Sequence[tuple[Vector, float]]) -> Callable[[Sequence[str]], Scores]:
    """Scores of texts by heads that are not bundled."""
    weights = np.stack([column for column, _ in heads], axis=1)
    biases = np.array([bias for _, bias in heads], dtype=np.float32)

    def score(texts: Sequence[str]) -> Scores:
        values = np.asarray(matrix(texts, triples=True) @ weights + biases, dtype=np.float32)
        return Scores(heads={name: column for column, name in enumerate(HEADS)}, values=values)

    return score
