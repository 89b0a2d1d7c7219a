"""Print what nature, facts and places cost a post together, on the written corpus: out of scope and in scope.

.venv/bin/python -m tests.measure.speed
"""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from analyzer.facts import find_facts
from analyzer.nature import judge
from analyzer.patterns.scan import forget
from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer
from analyzer.text import normalise

RESOURCES = Path(__file__).parent.parent / "resources"
ROUNDS = 9
TOLD_AT = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


def posts(pattern):
    """Title + newline + text of every corpus line."""
    for file in sorted((RESOURCES / "corpus").glob(pattern)):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"{row['title']}\n{row['text']}"


def least(texts, read):
    """Mean of the shortest of several readings of each text, in microseconds: other work on the machine drops out."""
    total = 0.0
    for text in texts:
        best = float("inf")
        for _ in range(ROUNDS):
            started = time.perf_counter()
            read(text)
            best = min(best, time.perf_counter() - started)
        total += best
    return total / len(texts) * 1e6


def main():
    """Print microseconds a post, and those of `normalise` alone as a yardstick of the machine."""
    own = [json.loads(line) for line in (RESOURCES / "places_gazetteer.jsonl").read_text("utf-8").splitlines()]
    started = time.process_time()
    finder = PlaceFinder(Gazetteer.load(own))
    print(f"gazetteer loaded in {time.process_time() - started:.2f} s")

    def read(text):
        forget()
        told = judge(text, TOLD_AT)
        find_facts(text, nature=told.nature, told_at=TOLD_AT)
        finder.find(text, "990200")

    for name, pattern in (("out of scope", "out.*.jsonl"), ("in scope", "[hs]*.jsonl")):
        texts = list(posts(pattern))[::5]
        size = sum(map(len, texts)) / len(texts)
        all_three, yardstick = least(texts, read), least(texts, normalise)
        print(f"{name}: {len(texts)} posts of {size:.0f} characters, {all_three:.0f} µs (normalise {yardstick:.1f} µs)")


if __name__ == "__main__":
    main()
