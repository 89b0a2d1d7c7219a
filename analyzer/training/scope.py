"""Scope and topics: n-gram heads first, then the few weights that join them with the keyword evidence."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from analyzer.scope.evidence import Evidence, keywords
from analyzer.scope.gate import scope_inputs, topic_inputs
from analyzer.scoring.calibration import Blend, Logistic
from analyzer.scoring.features import PAIRS, features
from analyzer.scoring.linear import Scores
from analyzer.topics import topic_list
from analyzer.training.data import Example
from analyzer.training.matrix import Inputs, Vector, blended, head, matrix
from analyzer.training.trees import grow

LONG = "scope.triples"
HEADS = ("scope", "barred", *topic_list().codes, LONG)
"""The last reads triples too: alone it loses by them, beside the first it knows phrases that pairs do not."""
_STRENGTH = 16.0
_WORD_WEIGHT = 0.3
_WEIGHTS = {
    "corpus": 1.0,
    "variants": 0.5,
    "emergencies": 0.3,
    "emergency_sentences": 0.2,
    "weibo_usual": 0.25,
    "weibo_covid": 0.25,
    "reviews": 0.1,
}
_FOREIGN_WEIGHT = 0.05
"""The public sets are large, of one kind each, and coarsely labelled: each text of theirs counts little."""
_DROPPED = "out.politics"
_DROPPED_SECTIONS = frozenset({"politics", "military", "world"})
_DROPPED_WEIGHT = 3.0
_SHARES = {"corpus": 6, "weibo_usual": 3}
"""How often a source counts in the joining weights: our own, and the posts nearest to what will be read."""
_STRANGE_WEIGHT = 0.2
"""What an example read without its own source counts, against 1 for one read without its own texts only."""

_DOMAINS = {
    "complaints": 0,
    "complaints_labelled": 0,
    "news_titles_tnews": 0,
    "emergencies": 1,
    "emergency_sentences": 1,
    "weibo_epidemic": 1,
    "news_titles_dev": 1,
    "weibo_usual": 3,
    "weibo_covid": 3,
    "reviews": 0,
}
_OWN = frozenset({"corpus", "variants"})
_SPOKEN = frozenset({"complaint", "help", "praise"})

Columns = list[tuple[Vector, float]]


@dataclass(frozen=True, kw_only=True)
class Training:
    """Everything fitted for scope and topics."""

    heads: Columns
    scope: Blend
    barred: Blend
    topics: Logistic


def fit(examples: Sequence[Example], inputs: Inputs) -> Training:
    """Fit on the examples that are not held out.

    The joining weights are learned from scores of heads that have not seen the text, once by leaving out a
    quarter of all texts and once by leaving out whole sources: else the heads' memory of their own texts would
    outweigh the keywords, and a new source would be read badly.
    """
    rows = np.array([i for i, example in enumerate(examples) if not example.held_out])
    quarters = np.array([text_hash(example.family) % 4 for example in examples])
    domains = np.array([_domain(example) for example in examples])
    own = unseen_scores(examples, inputs, rows, quarters)
    strange = unseen_scores(examples, inputs, rows, domains)
    return join(examples, rows, [(own, 1.0), (strange, _STRANGE_WEIGHT)], fit_heads(examples, inputs, rows))


def fit_heads(examples: Sequence[Example], inputs: Inputs, rows: npt.NDArray[np.int64]) -> Columns:
    """Two heads for the scope, and one for each topic against the other topics, from the labels that are known.

    The keywords are examples too: so a head knows the words of its topic that no text has shown it yet.
    """
    words = _words()
    scoped = np.array([i for i in rows if examples[i].in_scope is not None])
    labels = np.array([*(bool(examples[i].in_scope) for i in scoped), *words.inside])
    told = _weights(examples, scoped)
    weights = np.concatenate([told, np.full(len(words.inside), _WORD_WEIGHT, dtype=np.float32)])
    pairs = inputs.pairs
    barred = np.array([_is_barred(examples[i]) for i in scoped])
    known = np.array([i for i in rows if examples[i].topics])
    taught = vstack([pairs[known], words.inputs[words.listed]]).tocsr()
    care = np.concatenate([_weights(examples, known), words.weights])
    named = (
        np.array([*(code in (examples[i].topics or ()) for i in known), *(code in t for t in words.topics)])
        for code in topic_list().codes
    )
    fits = [
        delayed(blended)(inputs.triples[scoped], labels[: len(scoped)], told, _STRENGTH),
        delayed(blended)(vstack([pairs[scoped], words.inputs[words.telling]]).tocsr(), labels, weights, _STRENGTH),
        delayed(blended)(pairs[scoped], barred, told, _STRENGTH),
        *(delayed(head)(taught, one, care, _STRENGTH) for one in named),
    ]
    triples, *columns = Parallel(n_jobs=-1)(fits)  # The longest first.
    return [*columns, triples]


def _weights(examples: Sequence[Example], rows: npt.NDArray[np.int64]) -> Vector:
    return np.array(
        [_WEIGHTS.get(examples[i].source, _FOREIGN_WEIGHT) * _care(examples[i]) for i in rows], dtype=np.float32
    )


def _is_barred(example: Example) -> bool:
    """Politics, marches, military, obituaries: what must not be taken in, even where it borrows a hazard's words."""
    section = example.source.startswith("news_titles") and example.group in _DROPPED_SECTIONS
    return example.in_scope is False and (example.group == _DROPPED or section)


def _care(example: Example) -> float:
    """Texts that must be dropped by design count more than others that are merely no matter of concern."""
    return _DROPPED_WEIGHT if example.group == _DROPPED else 1.0


@dataclass(frozen=True, kw_only=True)
class _Words:
    """The topic list's words as examples: rows `telling` speak of the scope, rows `listed` of topics."""

    inputs: csr_matrix
    telling: npt.NDArray[np.int64]
    inside: list[bool]
    listed: npt.NDArray[np.int64]
    topics: list[set[str]]
    weights: Vector


@cache
def _words() -> _Words:
    listed = topic_list()
    strong: dict[str, set[str]] = {}
    weak: dict[str, set[str]] = {}
    for topic in listed.topics:
        for word in topic.strong:
            strong.setdefault(word, set()).add(topic.code)
        for word in topic.weak:
            weak.setdefault(word, set()).add(topic.code)
    outside = [*listed.masks, *(word for words in listed.elsewhere.values() for word in words)]
    texts = [*strong, *weak, *outside]
    inside = [True] * len(strong) + [False] * len(outside)
    return _Words(
        inputs=matrix(texts),
        telling=np.array([*range(len(strong)), *range(len(strong) + len(weak), len(texts))]),
        inside=inside,
        listed=np.arange(len(strong) + len(weak)),
        topics=[*strong.values(), *weak.values()],
        weights=np.array([1.0] * len(strong) + [_WORD_WEIGHT] * len(weak), dtype=np.float32),
    )


def unseen_scores(
    examples: Sequence[Example], inputs: Inputs, rows: npt.NDArray[np.int64], folds: npt.NDArray[np.int64]
) -> Vector:
    """Head scores of every row by heads fitted without its fold."""
    scores = np.zeros((len(examples), len(HEADS)), dtype=np.float32)
    for fold in np.unique(folds[rows]):
        inside = rows[folds[rows] == fold]
        scores[inside] = apply(fit_heads(examples, inputs, rows[folds[rows] != fold]), inputs[inside])
    return scores


def apply(columns: Columns, inputs: Inputs) -> Vector:
    """Scores of all heads, whichever n-grams each reads."""
    scores = [(inputs.pairs if len(column) == PAIRS else inputs.triples) @ column + bias for column, bias in columns]
    return np.stack(scores, axis=1).astype(np.float32)


def evidence(examples: Sequence[Example], scores: Vector) -> Evidence:
    """The evidence of examples whose heads' scores are given."""
    texts = [example.text for example in examples]
    return Evidence(
        plain=texts,
        kept=texts,
        scores=Scores(heads={name: column for column, name in enumerate(HEADS)}, values=scores),
        counts=keywords().counts(texts),
        lengths=np.array([len(text) for text in texts], dtype=np.int64),
        variety=np.diff(features(texts).starts),
        remarks_only=np.zeros(len(texts), dtype=bool),
        powers=np.zeros(len(texts), dtype=bool),
        public=np.zeros(len(texts), dtype=np.int64),
    )


def join(
    examples: Sequence[Example],
    rows: npt.NDArray[np.int64],
    views: Sequence[tuple[Vector, float]],
    heads: Columns,
) -> Training:
    """The heads with their joining weights, which are fitted over several views of the same examples."""
    chosen = [examples[i] for i in rows]
    scoped = np.array([example.in_scope is not None for example in chosen])
    labels = np.array([bool(example.in_scope) for example in chosen])[scoped]
    barred = np.array([_is_barred(example) for example in chosen])[scoped]
    weights = _balanced(chosen)[scoped]
    # Topics that keywords gave (complaints) would only teach to trust keywords.
    taught = np.array([bool(e.topics) and not e.source.startswith("complaints") for e in chosen])
    named = np.array([[code in (e.topics or ()) for code in topic_list().codes] for e in chosen])[taught].ravel()
    scope_rows, topic_rows, scope_weights, topic_weights = [], [], [], []
    for scores, share in views:
        seen = evidence(chosen, scores[rows])
        scope_rows.append(scope_inputs(seen)[scoped])
        topic_rows.append(topic_inputs(seen)[taught].reshape(len(named), -1))
        scope_weights.append(weights * share)
        topic_weights.append(np.full(len(named), share))
    inputs, weights = np.concatenate(scope_rows), np.concatenate(scope_weights)
    return Training(
        heads=heads,
        scope=blend(inputs, np.tile(labels, len(views)), weights),
        barred=blend(inputs, np.tile(barred, len(views)), weights),
        topics=logistic(np.concatenate(topic_rows), np.tile(named, len(views)), np.concatenate(topic_weights)),
    )


def _balanced(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Weights under which a source counts by the root of its size, the developers' own corpus several times."""
    sources = np.array([f"{example.source}{example.in_scope}" for example in examples])
    names, sizes = np.unique(sources, return_counts=True)
    share = dict(zip(names.tolist(), (sizes**-0.5).tolist(), strict=True))
    weights = np.array(
        [
            share[source] * _SHARES.get(example.source, 1) * _care(example)
            for source, example in zip(sources, examples, strict=True)
        ]
    )
    return np.asarray(weights / weights.mean())


def blend(inputs: Vector, labels: npt.NDArray[np.bool_], weights: npt.NDArray[Any]) -> Blend:
    return Blend(logistic=logistic(inputs, labels, weights), trees=grow(inputs, labels, weights))


def logistic(inputs: Vector, labels: npt.NDArray[np.bool_], weights: npt.NDArray[Any]) -> Logistic:
    model = LogisticRegression(C=1.0, max_iter=3000).fit(inputs, labels, sample_weight=weights)
    return Logistic(weights=tuple(float(w) for w in model.coef_[0]), bias=float(model.intercept_[0]))


def text_hash(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[5]


def _domain(example: Example) -> int:
    """Four domains that differ in source and register, each with texts in and out of scope."""
    if example.source not in _OWN:
        return _DOMAINS[example.source]
    if example.in_scope:
        return 2 if example.group in _SPOKEN else 3
    return 2 + text_hash(example.group or example.text) % 2
