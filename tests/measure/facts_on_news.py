"""Print how well figures are read on the emergency news set: mentions and document values, with and without the title.

.venv/bin/python -m tests.measure.facts_on_news ../shared/data/emergency_news_facts.csv.gz [--errors]
"""

import csv
import gzip
import sys
from collections import Counter
from pathlib import Path

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind, Nature
from analyzer.nature import judge

KINDS = {"deaths": FactKind.DEATHS, "injured": FactKind.INJURED, "ill": FactKind.ILL}


def rows(path):
    """The set's rows."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read(row, *, with_title):
    """Facts of one row."""
    title = row["title"] if with_title else ""
    text = f"{title}\n{row['text']}"
    return text, find_facts(text, nature=judge(text).nature, title_end=len(title))


def value(facts, kind, title_end):
    """Document value, None where there is none or it is zero."""
    fact = document_value(facts, kind)
    return fact.value if fact is not None and fact.value else None


def documents(data, *, with_title, errors):
    """Share of documents whose title states a figure and whose value is read right."""
    for name, kind in KINDS.items():
        right, total = 0, 0
        for row in data:
            wanted = row[f"title_{name}"]
            if not wanted:
                continue
            total += 1
            _, facts = read(row, with_title=with_title)
            got = value(facts, kind, len(row["title"]))
            right += got == float(wanted)
            if errors and got != float(wanted):
                print("   ", row["id"], row["title"], "wanted", wanted, "got", got)
        print(f"documents {name:8} {'with' if with_title else 'without'} title: {right}/{total} = {right / total:.3f}")


def mentions(data, *, errors):
    """F1 of the set of values a body states, against the annotation, which is incomplete."""
    for name, kinds in {
        "death": {FactKind.DEATHS},
        "injured": {FactKind.INJURED, FactKind.SERIOUS_INJURED},
    }.items():
        hit = missed = extra = 0
        for row in data:
            wanted = Counter(float(v) for v in row[f"ann_{name}_mentions"].split("|") if v)
            wanted = Counter(dict.fromkeys(wanted, 1))
            _, facts = read(row, with_title=False)
            got = Counter({f.value: 1 for f in facts if f.kind in kinds and f.value})
            hit += sum((wanted & got).values())
            missed += sum((wanted - got).values())
            extra += sum((got - wanted).values())
            if errors and wanted != got:
                print("   ", row["id"], row["title"], "missed", dict(wanted - got), "extra", dict(got - wanted))
        print(f"mentions {name:8} precision {hit / (hit + extra):.3f} recall {hit / (hit + missed):.3f}")


def none_stated(data):
    """Documents that say nobody was hurt and where something fired all the same."""
    fired = 0
    stated = [r for r in data if r["title_states_no_casualties"] == "1"]
    for row in stated:
        _, facts = read(row, with_title=True)
        wrong = [f for f in facts if f.kind in set(KINDS.values()) and f.value and f.status is Nature.CURRENT]
        fired += bool(wrong)
    print(f"no casualties stated: fired on {fired}/{len(stated)}")


def main():
    """Print all."""
    errors = "--errors" in sys.argv
    data = rows(Path(sys.argv[1]))
    for with_title in (True, False):
        documents(data, with_title=with_title, errors=errors)
    mentions(data, errors=errors)
    none_stated(data)


if __name__ == "__main__":
    main()
