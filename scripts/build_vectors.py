"""Make analyzer/training/vectors.npz: what n-grams mean, told by an encoder of sentences.

    pip install onnxruntime==1.32.0 tokenizers==0.23.3
    .venv/bin/python scripts/build_vectors.py MODEL.onnx TOKENIZER.json DATA

N-grams are those of the texts in DATA and in the developers' corpus that are trained on. Which encoder, where it is
from and its licence: analyzer/models/MODEL_CARD.md.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from analyzer.scoring.features import bucket_of
from analyzer.training import vectors
from analyzer.training.data import scope_examples
from analyzer.training.sentiment import lent, toned

TARGET = Path(vectors.__file__).parent / vectors.FILE
LEAST = {1: 5, 2: 8, 3: 15}
"""Texts that an n-gram of this length must stand in."""
WIDTH = 64
COMMON = 0.03
"""An n-gram in this share of the texts counts half as much as a rare one."""
STRENGTH = 0.5
"""Length of a vector, on average: how much a head may lean on them (cross-validated on the tones that train)."""
LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
AT_ONCE = 512


def common(texts: Iterable[str]) -> Counter[str]:
    """N-grams of letters that stand in enough texts, and in how many."""
    counts: Counter[str] = Counter()
    for text in texts:
        runs = LETTERS.findall(text)
        counts.update({run[at : at + n] for run in runs for n in LEAST for at in range(len(run) - n + 1)})
    return Counter({gram: count for gram, count in counts.items() if count >= LEAST[len(gram)]})


def reduced(
    grams: Sequence[str], counts: Sequence[int], texts: int, encoded: vectors.Matrix
) -> dict[str, npt.NDArray[Any]]:
    """The table's arrays: of n-grams that share a bucket the commonest, its principal components, in 8 bits."""
    order = np.argsort(-np.asarray(counts), kind="stable")
    buckets, first = np.unique([bucket_of(grams[place]) for place in order], return_index=True)
    kept = order[first]
    centred = encoded[kept] - encoded[kept].mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    values = centred @ directions[:, ::-1][:, :WIDTH]
    values *= (COMMON / (COMMON + np.asarray(counts)[kept] / texts))[:, None]
    values *= STRENGTH / np.linalg.norm(values, axis=1).mean()
    scale = np.abs(values).max() / 127
    return {
        "buckets": buckets.astype(np.int32),
        "values": np.rint(values / scale).astype(np.int8),
        "scale": np.float32(scale),
    }


def encode(model: Path, tokenizer: Path, texts: Sequence[str]) -> vectors.Matrix:
    """What the encoder's first token says of each text."""
    session, cut = InferenceSession(str(model)), Tokenizer.from_file(str(tokenizer))
    cut.enable_padding()
    found = []
    for first in range(0, len(texts), AT_ONCE):
        batch = cut.encode_batch(list(texts[first : first + AT_ONCE]))
        ids = np.array([one.ids for one in batch])
        mask = np.array([one.attention_mask for one in batch])
        told = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})
        found.append(told[0][:, 0])
    return np.concatenate(found).astype(np.float32)


def main(model: Path, tokenizer: Path, data: Path) -> None:
    corpus = Path("tests/resources/corpus")
    read = {example.text for example in scope_examples(data, corpus) if not example.held_out}
    read |= {example.text for example in (*toned(data, corpus), *lent(data)) if not example.test}
    counts = common(read)
    grams = sorted(counts)
    encoded = encode(model, tokenizer, grams)
    np.savez_compressed(TARGET, **reduced(grams, [counts[gram] for gram in grams], len(read), encoded))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
