"""Silver labels: which unlabelled or noisily labelled texts may teach, by their keywords alone."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analyzer.scope.evidence import keywords
from analyzer.topics import topic_list
from analyzer.training.data import Example

# In these sections a hazard's word beside a word of the section is a manner of speaking.
_FIGURATIVE = frozenset({"entertainment", "sports", "game", "stocks", "finance", "stock"})
_NEAR = dict.fromkeys(
    (
        *("society", "agriculture", "house", "edu", "education", "realty", "car", "travel", "world", "politics"),
        *("daily", "pleased"),
    ),
    2,
) | {"displeased": 1}
"""How many lesser words make a text doubtful, where schools, housing, mishaps and wrongs are told of."""
_EVERYDAY = ("news_titles", "weibo_usual", "weibo_covid", "reviews")

_TORN = "torn"
"""Sentences torn from reports: that they tell of an emergency is sure, of which they only say beside the others."""


def cleaned(examples: Sequence[Example]) -> list[Example]:
    """The examples with labels that can be trusted; what cannot is left unlabelled."""
    counts = keywords().counts([example.text for example in examples])
    return [_clean(example, row) for example, row in zip(examples, counts, strict=True)]


def _clean(example: Example, counts: np.ndarray) -> Example:
    listed = topic_list()
    topics = len(listed.topics)
    strong, weak = counts[:topics], counts[topics : 2 * topics]
    elsewhere = counts[2 * topics : 2 * topics + len(listed.elsewhere)]
    if example.source.startswith(_EVERYDAY):
        figurative = example.group in _FIGURATIVE and elsewhere.any()
        trouble = counts[-len(listed.trouble) :]
        near = example.group in _NEAR and weak.sum() + trouble.sum() >= _NEAR[example.group]
        doubtful = (strong.any() and not figurative) or near
        return replace(example, in_scope=None, topics=None) if doubtful else example
    if example.source == "emergency_sentences" and not (strong.any() or weak.any()):
        return replace(example, in_scope=None, topics=None)
    if example.group == _TORN:
        return replace(example, topics=None)
    if example.source == "weibo_epidemic":
        epidemic = listed.codes.index("hazard.epidemic")
        return replace(example, in_scope=True, topics=("hazard.epidemic",)) if strong[epidemic] >= 2 else example
    if example.source.startswith("complaints"):
        return _complaint(example, strong, weak)
    return example


def _complaint(example: Example, strong: np.ndarray, weak: np.ndarray) -> Example:
    """A topic where the keywords speak clearly for one; of a coarse class, the best candidate."""
    codes = topic_list().codes
    support = 3 * np.minimum(strong, 2) + np.minimum(weak, 3)
    if example.one_of:
        best = max(example.one_of, key=lambda code: support[codes.index(code)])
        return replace(example, topics=(best,)) if support[codes.index(best)] else example
    first, second = np.argsort(-support, kind="stable")[:2]
    clear = support[first] >= 4 and support[first] >= 2 * support[second]
    return replace(example, topics=(codes[first],)) if clear else example
