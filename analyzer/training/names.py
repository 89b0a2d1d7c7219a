"""The recogniser of names (crawlers.masking.recogniser), fitted on generated texts and on real ones that hold none."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from analyzer.training.data import rows
from analyzer.training.name_texts import Inventor, Taught
from crawlers.masking.candidates import candidates
from crawlers.masking.evidence import inner, joint, outer
from crawlers.masking.look import spots
from crawlers.masking.recogniser import Recogniser
from crawlers.text import fold

FILE = "names.json.gz"
_SEED = 20261128
_UNIT = 32
_RARE = 3
_TINY = 2
# The shares of names given up for speed: before looking around the candidate, and before asking the tagger.
_LOST, _LOST_LATER = 0.006, 0.001
# How much earlier than at even odds a candidate is taken for a name, in units: measured on the planted sets.
_EAGER = 16
# A name missed is worse than a word masked. The beginning of a name is often a name itself: 张俊 of 张俊杰.
_NAME, _OTHER, _PIECE, _BEGINNING = 18.0, -1.0, -0.2, -0.05
_REAL = (
    ("complaints_unlabelled", 1),
    ("topic_complaints_labelled", 1),
    ("news_titles_dev", 1),
    ("news_titles_tnews", 1),
    ("sentiment_weibo_emotion", 1),
    ("sentiment_weibo_covid", 1),
    ("events_weibo_headline_silver", 1),
    ("emergency_news_facts", 1),
    ("sentiment_takeaway_reviews", 4),
    ("sentiment_hotel_reviews", 4),
    ("sentiment_shopping_reviews", 4),
)


def train(data_dir: Path, corpus_dir: Path) -> Recogniser:
    inventor = Inventor(corpus_dir / "names", _SEED)
    real = list(real_texts(data_dir))
    inventor.hear(real)
    taught = chain(
        inventor.by_grammar(350),
        inventor.carried(16),
        inventor.between(75_000),
        inventor.words_between(110_000),
        inventor.contrary(40),
        inventor.put_in(real, 0.4),
        inventor.real(real),
    )
    return fit(taught)


def real_texts(data_dir: Path) -> Iterator[str]:
    for name, every in _REAL:
        for number, row in enumerate(rows(data_dir, name)):
            if number % every == 0:
                yield fold("\n".join(filter(None, (row.get("title") or row.get("headline"), row["text"]))))


def examples(taught: Iterable[Taught]) -> Iterator[tuple[list[list[str]], float]]:
    """The marks of every candidate of which it is known whether it is a name, and what it weighs: below 0 for none.

    The marks come in three lists: of the candidate itself, of what stands around, of the tagger.
    """
    for text in taught:
        for candidate in candidates(text.text, spots(text.text)):
            kind, start, middle, end = candidate
            if (start, end) in text.names:
                weight = _NAME
            elif _overlap((start, end), text.unsure):
                continue
            elif any(start == other and end < stop for other, stop in text.names):
                weight = _BEGINNING
            else:
                weight = _PIECE if _overlap((start, end), text.names) else _OTHER * text.weight
            own = inner(kind, text.text[start:middle], text.text[middle:end])
            yield [own, outer(text.text, candidate), joint(text.text, candidate)], weight


def _overlap(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def fit(taught: Iterable[Taught]) -> Recogniser:
    known = list(examples(taught))
    seen = Counter(mark for marks, _ in known for mark in chain.from_iterable(marks))
    columns = {mark: number for number, mark in enumerate(sorted(m for m, n in seen.items() if n >= _RARE))}
    indices = [[columns[mark] for mark in chain.from_iterable(marks) if mark in columns] for marks, _ in known]
    starts = np.cumsum([0, *map(len, indices)])
    flat = np.fromiter(chain.from_iterable(indices), dtype=np.int32, count=int(starts[-1]))
    matrix = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(indices), len(columns)))
    stakes = np.array([weight for _, weight in known])
    model = LogisticRegression(solver="liblinear", tol=1e-3, random_state=_SEED)
    model.fit(matrix, stakes > 0, sample_weight=np.abs(stakes))
    rounded = np.rint(model.coef_[0] * _UNIT).astype(int)
    weights = {mark: int(rounded[number]) for mark, number in columns.items() if abs(rounded[number]) >= _TINY}
    bias = round(float(model.intercept_[0]) * _UNIT) + _EAGER
    own, around = _partial([marks for marks, weight in known if weight > 0], weights, bias)
    hopeless, dubious = int(np.quantile(own, _LOST)), int(np.quantile(around, _LOST_LATER)) - _UNIT // 2
    return Recogniser(weights=weights, bias=bias, hopeless=hopeless, dubious=dubious, unit=_UNIT)


def _partial(names: list[list[list[str]]], weights: Mapping[str, int], bias: int) -> tuple[list[int], list[int]]:
    """What names are worth by themselves, and before the tagger is asked."""
    sums = [[sum(weights.get(mark, 0) for mark in marks) for marks in each] for each in names]
    return [bias + own for own, _, _ in sums], [bias + own + around for own, around, _ in sums]
