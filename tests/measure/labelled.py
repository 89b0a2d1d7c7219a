"""Print how well figures, places and natures are read on the project's own labelled sentences.

    .venv/bin/python -m tests.measure.labelled [--errors]

Lines marked `held_out` were written after the rules. What they gave at first sight stands in docs/reading.md; the
rules have been mended since, so that today's figures on them are no measure of unseen texts.
"""

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind
from analyzer.nature import judge
from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

RESOURCES = Path(__file__).parent.parent / "resources"
TOLD_AT = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


def lines(name):
    """A labelled set."""
    with (RESOURCES / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def held_out(line):
    """Whether a line belongs to the part that was written after the rules."""
    return line.get("held_out", False)


class Score:
    """Hits, misses and inventions."""

    def __init__(self):
        self.hit = self.missed = self.extra = 0

    def add(self, wanted, got):
        """Count one text's labels against what was read."""
        self.hit += sum((wanted & got).values())
        self.missed += sum((wanted - got).values())
        self.extra += sum((got - wanted).values())

    def __str__(self):
        precision = self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0
        recall = self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({self.hit + self.missed} wanted)"


def labels(line):
    """(kind, value, qualifier, status, part_of) of each labelled figure."""
    return Counter(
        (
            f["kind"],
            round(f["value"], 3),
            f.get("qualifier", "exactly"),
            f.get("status", "current"),
            f.get("part_of"),
        )
        for f in line["facts"]
    )


def figures(text):
    """The same of what is read."""
    nature = judge(text, TOLD_AT).nature
    return Counter(
        (f.kind.value, round(f.value, 3), f.qualifier.value, f.status.value, f.part_of and f.part_of.value)
        for f in find_facts(text, nature=nature, told_at=TOLD_AT)
    )


def short(counter, kind=None):
    """(kind, value, status) alone."""
    return Counter((k, v, s) for (k, v, _, s, _), n in counter.items() for _ in range(n) if kind in (None, k))


def facts(*, errors):
    """Figures: all, then by kind."""
    data = lines("facts.jsonl")
    for half in (False, True):
        score, full, by_kind = Score(), Score(), {k.value: Score() for k in FactKind}
        for line in data:
            if held_out(line) is not half:
                continue
            wanted, got = labels(line), figures(line["text"])
            score.add(short(wanted), short(got))
            full.add(wanted, got)
            for kind, part in by_kind.items():
                part.add(short(wanted, kind), short(got, kind))
            if errors and wanted != got:
                print("   ", line["text"], "\n        missed", *(wanted - got), "\n        extra", *(got - wanted))
        print(f"facts {'held out' if half else 'seen'}: {score}; every field: {full}")
        for kind, part in by_kind.items():
            print(f"    {kind:16} {part}")


def documents(*, errors):
    """One figure for a whole document, with its title and without."""
    for name, with_title in product(("documents", "documents_in_order"), (True, False)):
        right, told = Counter(), Counter()
        for line in lines(f"{name}.jsonl"):
            title = line["title"] if with_title else ""
            whole = f"{title}\n{line['text']}"
            nature = judge(whole, TOLD_AT).nature
            found = find_facts(whole, nature=nature, title_end=len(title), told_at=TOLD_AT)
            for kind in ("deaths", "injured", "ill"):
                fact = document_value(found, FactKind(kind))
                wanted, got = line.get(kind, 0), fact.value if fact else 0
                told[kind] += bool(wanted or got)
                right[kind] += bool(wanted or got) and wanted == got
                if errors and wanted != got:
                    print("   ", line["title"], kind, "wanted", wanted, "got", got)
        shares = ", ".join(f"{kind} {right[kind]}/{n}" for kind, n in told.items())
        print(f"{name.replace('_', ' ')} {'with' if with_title else 'without'} title: {shares}")


def places(*, errors):
    """Places: name and span-free, as a multiset of names with their parents."""
    finder = PlaceFinder(Gazetteer.load(lines("places_gazetteer.jsonl")))
    data = lines("places.jsonl")
    for half in (False, True):
        score = Score()
        for line in data:
            if held_out(line) is not half:
                continue
            wanted = Counter(dict.fromkeys(line["places"], 1))
            got = Counter({p.code or p.name: 1 for p in finder.find(line["text"], line.get("region"))})
            score.add(wanted, got)
            if errors and wanted != got:
                print("   ", line["text"], line.get("region"), "missed", *(wanted - got), "extra", *(got - wanted))
        print(f"places {'held out' if half else 'seen'}: {score}")


def natures(*, errors):
    """Nature by accuracy; denials, endings and answers by F1."""
    data = lines("nature.jsonl")
    for half in (False, True):
        right = total = 0
        scores = {flag: Score() for flag in ("refutes", "resolves", "answers")}
        for line in data:
            if held_out(line) is not half:
                continue
            judged = judge(line["text"], TOLD_AT)
            total += 1
            right += judged.nature.value == line["nature"]
            wrong = [] if judged.nature.value == line["nature"] else [judged.nature.value]
            for flag, score in scores.items():
                wanted, got = Counter([1] * line.get(flag, False)), Counter([1] * getattr(judged, flag))
                score.add(wanted, got)
                wrong += [flag] if wanted != got else []
            if errors and wrong:
                print("   ", line["text"], line, "got", *wrong)
        print(f"nature {'held out' if half else 'seen'}: {right}/{total} = {right / total:.3f}")
        for flag, score in scores.items():
            print(f"    {flag:10} {score}")


def main():
    """Print all sets, or those named."""
    errors = "--errors" in sys.argv
    wanted = [a for a in sys.argv[1:] if not a.startswith("--")] or ["facts", "documents", "places", "natures"]
    for name in wanted:
        {"facts": facts, "documents": documents, "places": places, "natures": natures}[name](errors=errors)


if __name__ == "__main__":
    main()
