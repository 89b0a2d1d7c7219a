"""Background word frequencies for grouping: in how many of all texts a word occurs."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from analyzer.text import words

_FEWEST = 3
"""A word of fewer texts is as telling as an unknown one, and is left out."""


def save(file: Path, texts: Iterable[str]) -> None:
    """Count normalised texts and write words with their weights, ln(N / n) + 1."""
    found: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        found.update(set(words(text)))
    listed = sorted(word for word, count in found.items() if count >= _FEWEST and not word.isspace())
    weights = np.array([np.log(total / found[word]) + 1 for word in listed], dtype=np.float16)
    unknown = np.float32(np.log(total / (_FEWEST - 1)) + 1)
    np.savez_compressed(file, words=np.array("\n".join(listed).encode()), weights=weights, unknown=unknown)
