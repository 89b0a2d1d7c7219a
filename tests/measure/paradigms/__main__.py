"""Print how well the reader reads the grammar's documents, by class.

.venv/bin/python -m tests.measure.paradigms [--count N] [--errors CLASS] [--unseen] [--by TAG] [--seed N]
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from analyzer.facts import document_value
from analyzer.model import FactKind
from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services.folder.gazetteer import load_gazetteer
from services.reading.intake import parse
from tests.measure.paradigms.documents import one
from tests.measure.paradigms.telling import Telling

KINDS = ("deaths", "missing", "serious_injured", "injured", "ill", "trapped", "evacuated")
AT = "2026-11-03T18:00:00+08:00"


def read(told: list[Telling], reader: Reader) -> Iterator[tuple[Telling, dict[str, tuple[float, float]]]]:
    """Each document with (wanted, read) of every kind that is read wrongly."""
    key = VoiceKey.fleeting()
    lines = [
        {"source": "s", "authority": "media", "title": one.title, "text": one.text, "published_at": AT} for one in told
    ]
    posts = [parse(json.dumps(line, ensure_ascii=False).encode(), "", key) for line in lines]
    for document, reading in zip(told, reader.read_many(posts), strict=True):
        got = {kind: fact.value if (fact := document_value(reading.facts, FactKind(kind))) else 0 for kind in KINDS}
        yield document, wrong(document, got)


def wrong(told: Telling, got: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Kinds that are settled and read otherwise; what may be of either of two kinds is right as either."""
    wanted, loose = Counter(), set(told.open)
    for kinds, count in told.truth.items():
        first, _, second = kinds.partition("|")
        kind = second if second and got[first] != told.truth[first] + count else first
        wanted[kind] += count
    return {k: (wanted[k], got[k]) for k in KINDS if k not in loose and wanted[k] != got[k]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--unseen", action="store_true", help="with the third of the words that is held out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--order")
    parser.add_argument("--by", default="order,subject,quantity,frame")
    parser.add_argument("--least", type=int, default=5)
    parser.add_argument("--errors", type=int, default=0, help="so many of each order")
    parser.add_argument("--print", type=int, default=0, help="only print so many documents")
    asked = parser.parse_args()
    told = [one(i, unseen=asked.unseen, seed=asked.seed, order=asked.order) for i in range(asked.print or asked.count)]
    if asked.print:
        for document in told:
            print(
                f"{document.title} | {document.text}   {dict(document.truth)} {sorted(document.open)}".replace(
                    "\n", "⏎"
                )
            )
        return
    report(told, asked)


def report(told: list[Telling], asked: argparse.Namespace) -> None:
    count, bad, shown, kinds = Counter(), Counter(), Counter(), defaultdict(Counter)
    for document, faults in read(told, Reader(load_gazetteer(None))):
        tags = set(document.tags)
        count.update(tags)
        count[("", "all")] += 1
        for kind in KINDS:
            kinds[kind]["told"] += any(kind in k.split("|") for k in document.truth)
            kinds[kind]["wrong"] += kind in faults
        if not faults:
            continue
        bad.update(tags)
        bad[("", "all")] += 1
        order = dict(document.tags)["order"]
        shown[order] += 1
        if shown[order] <= asked.errors:
            print(f"[{order}] {document.title} | {document.text}   {faults}".replace("\n", "⏎"))
    print(f"right {count['', 'all'] - bad['', 'all']}/{count['', 'all']}")
    print("wrong, of so many that tell it:", {kind: f"{n['wrong']}/{n['told']}" for kind, n in kinds.items()})
    for tag in asked.by.split(","):
        print(f"-- {tag}")
        rows = sorted((name for name in count if name[0] == tag), key=lambda name: (-bad[name], name))
        for name in rows:
            if bad[name] >= (asked.least if tag in {"form", "predicate"} else 0):
                print(f"{bad[name]:5}/{count[name]:<5} {1 - bad[name] / count[name]:.3f} {name[1]}")


if __name__ == "__main__":
    main()
