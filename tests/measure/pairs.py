"""Print how often a typo, or another way to tell the same, changes topic, figures or tier of posts written in pairs.

.venv/bin/python -m tests.measure.pairs [--errors] [--round N] [--tiers]
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analyzer.pipeline import Reader
from analyzer.plan import Plan
from crawlers.privacy import VoiceKey
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from tests.measure.invariance import Pair, Told, facts, lines, post, tier, topic


def compared(reader: Reader, plan: Plan | None, written: str | None = None) -> Iterator[Pair]:
    """The pairs of all rounds, or of one; their tiers where there is a plan."""
    key = VoiceKey.fleeting()
    for line in lines("pairs.txt"):
        told_in, kind, plain, varied = line.split("|")
        if written not in {None, told_in}:
            continue
        one, other = post(Told(plain), key), post(Told(varied), key)
        before, after = reader.read_many([one, other])
        both = (tier(one, reader, plan), tier(other, reader, plan)) if plan else None
        yield Pair(kind, plain, Told(varied), (topic(before), topic(after)), (facts(before), facts(after)), both)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--tiers", action="store_true")
    parser.add_argument("--round")
    asked = parser.parse_args()
    plan = load_plan(Path("deploy/plan.example.yaml")) if asked.tiers else None
    told: dict[str, Counter[str]] = {}
    for pair in compared(Reader(load_gazetteer(None)), plan, asked.round):
        told.setdefault(pair.kind, Counter()).update({"pairs", *pair.changed} | ({"any"} if pair.changed else set()))
        if asked.errors and pair.changed:
            lost, new = pair.facts[0] - pair.facts[1], pair.facts[1] - pair.facts[0]
            print(f"{pair.plain}\n    {pair.varied.text}\n    {pair.topic} {lost} {new} {pair.tier}")
    for kind, count in told.items():
        print(kind, dict(count))


if __name__ == "__main__":
    main()
