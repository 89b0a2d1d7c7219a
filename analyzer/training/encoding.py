"""The table of what n-grams mean, made by an encoder of sentences: seldom done, minutes long.

`python -m analyzer.training.encoding MODEL.onnx TOKENIZER.json DATA` writes it beside this file (dependency group
`encoding`; which encoder, where it is from and its licence: analyzer/models/MODEL_CARD.md).
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.features import bucket_of
from analyzer.training.data import scope_examples
from analyzer.training.sentiment import lent, toned
from analyzer.training.vectors import FILE, Matrix

_LEAST = {1: 5, 2: 8, 3: 15}
"""Texts that an n-gram of this length must stand in."""
_WIDTH = 64
_COMMON = 0.03
"""An n-gram in this share of the texts counts half as much as a rare one."""
_STRENGTH = 0.5
"""Length of a vector, on average: how much a head may lean on them (cross-validated on the tones that train)."""
_LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_AT_ONCE = 512


def common(texts: Iterable[str]) -> Counter[str]:
    """N-grams of letters that stand in enough texts, and in how many."""
    counts: Counter[str] = Counter()
    for text in texts:
        runs = _LETTERS.findall(text)
        counts.update({run[at : at + n] for run in runs for n in _LEAST for at in range(len(run) - n + 1)})
    return Counter({gram: count for gram, count in counts.items() if count >= _LEAST[len(gram)]})


def reduced(grams: Sequence[str], counts: Sequence[int], texts: int, encoded: Matrix) -> dict[str, npt.NDArray[Any]]:
    """The table's arrays: of n-grams that share a bucket the commonest, its principal components, in 8 bits."""
    order = np.argsort(-np.asarray(counts), kind="stable")
    buckets, first = np.unique([bucket_of(grams[place]) for place in order], return_index=True)
    kept = order[first]
    centred = encoded[kept] - encoded[kept].mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    values = centred @ directions[:, ::-1][:, :_WIDTH]
    values *= (_COMMON / (_COMMON + np.asarray(counts)[kept] / texts))[:, None]
    values *= _STRENGTH / np.linalg.norm(values, axis=1).mean()
    scale = np.abs(values).max() / 127
    return {
        "buckets": buckets.astype(np.int32),
        "values": np.rint(values / scale).astype(np.int8),
        "scale": np.float32(scale),
    }


def _encode(model: Path, tokenizer: Path, texts: Sequence[str]) -> Matrix:
    """What the encoder's first token says of each text."""
    from onnxruntime import InferenceSession  # noqa: PLC0415  # only who makes the table needs them
    from tokenizers import Tokenizer  # noqa: PLC0415

    session, cut = InferenceSession(str(model)), Tokenizer.from_file(str(tokenizer))
    cut.enable_padding()
    found = []
    for first in range(0, len(texts), _AT_ONCE):
        batch = cut.encode_batch(list(texts[first : first + _AT_ONCE]))
        ids = np.array([one.ids for one in batch])
        mask = np.array([one.attention_mask for one in batch])
        told = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})
        found.append(told[0][:, 0])
    return np.concatenate(found).astype(np.float32)


def main(model: Path, tokenizer: Path, data: Path) -> None:
    """Write the table beside this file."""
    corpus = Path("tests/resources/corpus")
    read = {example.text for example in scope_examples(data, corpus) if not example.held_out}
    read |= {example.text for example in (*toned(data, corpus), *lent(data)) if not example.test}
    counts = common(read)
    grams = sorted(counts)
    arrays = reduced(grams, [counts[gram] for gram in grams], len(read), _encode(model, tokenizer, grams))
    np.savez_compressed(
        Path(__file__).parent / FILE, buckets=arrays["buckets"], values=arrays["values"], scale=arrays["scale"]
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
