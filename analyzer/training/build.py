"""`minqing train DIR`: every artefact anew, the same bytes from the same data."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from analyzer.scoring.features import PAIRS
from analyzer.scoring.linear import LinearHeads
from analyzer.text import normalise
from analyzer.training import help_sought, idf, nature, scope, sentiment
from analyzer.training.cleaning import cleaned
from analyzer.training.data import Example, rows, scope_examples
from analyzer.training.matrix import Inputs, Vector
from analyzer.training.variants import as_read, variants

_THRESHOLDS = {
    "in_from": 0.55,
    "hazard_from": 0.5,
    "bare_from": 0.62,
    "barred_from": 0.6,
    "doubted_from": 0.4,
    "spared_to": 0.8,
    "unsure_from": 0.08,
    "hazard_unsure_from": 0.042,
    "topic_from": 0.3,
    "help_from": 0.5,
    "other_from": 2.0,
    "neutral_shift": -0.65,
    "tone_from": 0.42,
}
_NO_BACKGROUND = frozenset({"emergency_sentences", "variants", "weibo_covid", "reviews"})


def train(data_dir: Path, corpus_dir: Path, out_dir: Path) -> str:
    """Write ngrams.npz, calibration.json and idf.npz to `out_dir`; returns the version they carry."""
    # The sums of several threads come in no fixed order, and the last digits with them.
    with threadpool_limits(1):
        return _train(data_dir, corpus_dir, out_dir)


def _train(data_dir: Path, corpus_dir: Path, out_dir: Path) -> str:
    out_dir.mkdir(parents=True, exist_ok=True)
    whole = cleaned(scope_examples(data_dir, corpus_dir))
    whole += variants(whole)
    examples = as_read(whole)
    inputs = Inputs.of([example.text for example in examples])
    fitted = scope.fit(examples, inputs)
    scores = scope.apply(fitted.heads, inputs)
    asked, asked_joined = help_sought.fit(examples, inputs.pairs, scores)
    tones = sentiment.fit(
        [example for example in sentiment.toned(data_dir, corpus_dir) if not example.test], sentiment.lent(data_dir)
    )
    natures = nature.fit([*nature.natured(data_dir, corpus_dir)])
    ngrams = out_dir / "ngrams.npz"
    names = [*scope.HEADS, "help", *nature.HEADS, *sentiment.HEADS]
    _save(ngrams, dict(zip(names, [*fitted.heads, asked, *natures, *tones], strict=True)))
    learned = {
        **_THRESHOLDS,
        "scope": asdict(fitted.scope),
        "barred": asdict(fitted.barred),
        "topics": asdict(fitted.topics),
        "help_sought": asdict(asked_joined),
    }
    version = _version(ngrams.read_bytes(), learned)
    text = json.dumps({"version": version, **_rounded(learned)}, ensure_ascii=False, indent=1)
    (out_dir / "calibration.json").write_text(text + "\n", encoding="utf-8")
    idf.save(out_dir / "idf.npz", _background(data_dir, whole))
    return version


def _save(file: Path, heads: Mapping[str, tuple[Vector, float]]) -> None:
    """The heads that read triples last, as `LinearHeads` wants them."""
    order = sorted(heads, key=lambda name: len(heads[name][0]))
    columns = [heads[name][0] for name in order]
    weights = np.stack([column[:PAIRS] for column in columns], axis=1)
    triples = np.stack([column[PAIRS:] for column in columns if len(column) > PAIRS], axis=1)
    LinearHeads.save(file, order, weights, triples, np.array([heads[name][1] for name in order], dtype=np.float32))


def _rounded(value: Any) -> Any:
    """Five decimals are plenty, and keep the file equal across machines."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value


def _version(weights: bytes, learned: object) -> str:
    digest = hashlib.sha256(weights + json.dumps(_rounded(learned), sort_keys=True).encode())
    return f"1.{digest.hexdigest()[:8]}"


def _background(data_dir: Path, examples: list[Example]) -> list[str]:
    """Texts in and out of scope and of everyday life, so that the weights serve any post.

    Without what only teaches: mostly short talk, which would make the plain words of news rare.
    """
    texts = [
        example.text
        for example in examples
        if example.source not in _NO_BACKGROUND and not (example.held_out or example.taught)
    ]
    texts += [normalise(row["text"]) for row in rows(data_dir, "sentiment_weibo_emotion")]
    texts += [normalise(row[side]) for row in rows(data_dir, "pairs_same_topic") for side in ("text1", "text2")]
    return sorted(set(texts))
