"""Make analyzer/models/meanings.npz: where each pair of characters points, so that their sum says what a text is about.

    pip install onnxruntime==1.32.0 tokenizers==0.23.3
    .venv/bin/python scripts/build_meanings.py MODEL.onnx TOKENIZER.json DATA [ENCODED.npz]

An encoder of sentences is asked of 100,000 texts (half an hour on two cores; ENCODED keeps what it said), and a ridge
regression finds what each pair adds to that. Which encoder, where it is from and its licence:
analyzer/models/MODEL_CARD.md.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from build_vectors import encode
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge

from analyzer.grouping import meaning
from analyzer.text import normalise
from analyzer.training.data import rows, scope_examples

TARGET = Path("analyzer/models/meanings.npz")
CORPUS = Path("tests/resources/corpus")
MOST = 9000
"""Texts of each source but the corpus."""
LENGTH = 160
"""Characters of a text: a title and what grouping compares of what follows."""
LEAST = 3
"""Texts that a pair must stand in."""
WIDTH = 80
EVENED = -0.25
"""The power of its variance by which a direction is stretched: the strongest tell styles apart, and not matters."""
STRENGTH = 0.5
ROUNDS = 25
AT_ONCE = 64

Matrix = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]


def read(data: Path) -> list[str]:
    """The texts asked about: those that train, and others of the sets, by source as their hashes come."""
    found = defaultdict(set)
    for example in scope_examples(data, CORPUS):
        if not example.held_out:
            found[example.source].add(example.text)
    for name in ("complaints_unlabelled", "sentiment_weibo_emotion"):
        found[name] = {normalise(row["text"]) for row in rows(data, name)}
    found["pairs"] = {normalise(row[side]) for row in rows(data, "pairs_same_topic") for side in ("text1", "text2")}
    kept = set[str]()
    for source, texts in found.items():
        order = sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())
        kept |= {text.strip()[:LENGTH] for text in (order if source == "corpus" else order[:MOST])}
    return sorted(kept, key=lambda text: (len(text), text))


def told(model: Path, tokenizer: Path, texts: Sequence[str], kept: Path | None) -> Matrix:
    """What the encoder says of each text, length 1."""
    known = dict[str, npt.NDArray[np.float16]]()
    if kept is not None and kept.exists():
        with np.load(kept, allow_pickle=False) as arrays:
            known = dict(zip(str(arrays["texts"]).split("\0"), arrays["told"], strict=True))
    new = [text for text in texts if text not in known]
    for first in range(0, len(new), AT_ONCE):
        some = new[first : first + AT_ONCE]
        known |= dict(zip(some, encode(model, tokenizer, some).astype(np.float16), strict=True))
    found = np.stack([known[text] for text in texts])
    if kept is not None:
        np.savez(kept, texts=np.array("\0".join(texts)), told=found)
    whole = found.astype(np.float32)
    return whole / np.linalg.norm(whole, axis=1, keepdims=True)


def table(texts: Sequence[str], encoded: Matrix) -> tuple[Codes, npt.NDArray[np.int8]]:
    """Codes of pairs of characters and what each adds, in 8 bits."""
    parts = [np.unique(meaning.pairs_of(text)) for text in texts]
    found, counts = np.unique(np.concatenate(parts), return_counts=True)
    pairs = found[(counts >= LEAST) & _chinese(found)]
    spread, directions = np.linalg.eigh(np.cov(encoded.T))
    wanted = (encoded - encoded.mean(axis=0)) @ directions[:, ::-1][:, :WIDTH]
    heads = Ridge(alpha=STRENGTH, fit_intercept=False, solver="sparse_cg", max_iter=ROUNDS).fit(
        _matrix(parts, pairs), wanted
    )
    values = heads.coef_.T * spread[::-1][:WIDTH] ** EVENED
    scale = np.quantile(np.abs(values), 0.9999) / 127
    return pairs, np.clip(np.rint(values / scale), -127, 127).astype(np.int8)


def _chinese(pairs: Codes) -> npt.NDArray[np.bool_]:
    return np.array(
        [meaning.HAN.fullmatch(chr(pair >> 16) + chr(pair & 0xFFFF)) is not None for pair in pairs.tolist()]
    )


def _matrix(parts: Iterable[Codes], pairs: Codes) -> csr_matrix:
    """One row a text: its pairs, over the root of their number."""
    held = [np.searchsorted(pairs, part[np.isin(part, pairs, assume_unique=True)]) for part in parts]
    sizes = np.array([len(one) for one in held])
    data = np.repeat(1.0 / np.sqrt(np.maximum(sizes, 1)), sizes)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((data, np.concatenate(held), ends), shape=(len(held), len(pairs)))


def main(model: Path, tokenizer: Path, data: Path, kept: Path | None = None) -> None:
    texts = read(data)
    pairs, values = table(texts, told(model, tokenizer, texts, kept))
    np.savez_compressed(TARGET, codes=pairs, values=values)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
