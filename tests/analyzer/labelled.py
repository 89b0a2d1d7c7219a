"""The project's labelled sentences, for tests that hold the readers to what MODEL_CARD and docs promise."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

RESOURCES = Path(__file__).parent.parent / "resources"
TOLD_AT = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
"""When the labelled sentences are taken to be told."""


def lines(name):
    """A labelled set."""
    with (RESOURCES / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def f1(pairs):
    """F1 over (wanted, got) pairs of multisets."""
    hit = missed = extra = 0
    for wanted, got in pairs:
        told, read = Counter(wanted), Counter(got)
        hit += (told & read).total()
        missed += (told - read).total()
        extra += (read - told).total()
    return 2 * hit / (2 * hit + missed + extra)
