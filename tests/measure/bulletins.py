"""Print how well each kind of figure of a whole document is read on the bulletins, with their title and without.

    .venv/bin/python -m tests.measure.bulletins [--errors] [--round N]

A kind that a document leaves `open` is right either way.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analyzer.facts import document_value
from analyzer.model import FactKind
from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services.folder.gazetteer import load_gazetteer
from services.reading.intake import parse

BULLETINS = Path("tests/resources/bulletins.jsonl")
AT = "2026-11-03T12:00:00+08:00"


def told(written: int | None = None) -> list[dict]:
    """All bulletins, or those of one round."""
    found = [json.loads(line) for line in BULLETINS.read_text(encoding="utf-8").splitlines()]
    return [one for one in found if written in (None, one["round"])]


def read(
    bulletins: list[dict], reader: Reader, *, with_title: bool
) -> Iterator[tuple[dict, dict[str, tuple[float, float]]]]:
    """Each bulletin with (wanted, read) of every kind that it settles and that either side has."""
    key = VoiceKey.fleeting()
    for one in bulletins:
        title = one["title"] if with_title else ""
        line = {"source": "s", "authority": "official", "title": title, "text": one["text"], "published_at": AT}
        (reading,) = reader.read_many([parse(json.dumps(line, ensure_ascii=False).encode(), "", key)])
        both = {}
        for kind in FactKind:
            fact = document_value(reading.facts, kind)
            wanted, got = one["figures"].get(kind.value, 0), fact.value if fact else 0
            if (wanted or got) and kind.value not in one.get("open", ()):
                both[kind.value] = (wanted, got)
        yield one, both


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--round", type=int)
    asked, reader = parser.parse_args(), Reader(load_gazetteer(None))
    for with_title in (True, False):
        right, count, whole = Counter(), Counter(), 0
        bulletins = told(asked.round)
        for one, both in read(bulletins, reader, with_title=with_title):
            wrong = {kind: pair for kind, pair in both.items() if pair[0] != pair[1]}
            count.update(both.keys())
            right.update(both.keys() - wrong.keys())
            whole += not wrong
            if wrong and asked.errors:
                print(f"{one['title'] if with_title else ''} | {one['text']}\n    {wrong}")
        kinds = ", ".join(f"{kind} {right[kind]}/{n}" for kind, n in count.most_common())
        print(f"{'with' if with_title else 'without'} title: {whole}/{len(bulletins)} documents; {kinds}")


if __name__ == "__main__":
    main()
