"""Figures and places, measured on emergency news and on the developers' labelled sentences.

The rules were tuned on both, so these figures tell that nothing broke; docs/reading.md has what unseen texts gave.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind, Nature
from analyzer.nature import judge
from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer
from analyzer.training.data import lines, rows
from analyzer.training.measures import Measure, f1, measured, share

_TOLD_AT = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
"""When the labelled sentences are taken to be told."""
_DOCUMENTS = (
    ("deaths", FactKind.DEATHS, "死亡", 0.97),
    ("injured", FactKind.INJURED, "受伤", 0.95),
    ("ill", FactKind.ILL, "患病", 0.85),
)
_CASUALTIES = frozenset({FactKind.DEATHS, FactKind.INJURED, FactKind.SERIOUS_INJURED, FactKind.ILL})


def evaluate_facts(data_dir: Path, resources: Path) -> Iterator[Measure]:
    """Measures of figures and places; `resources` holds facts.jsonl, places.jsonl and places_gazetteer.jsonl."""
    news = list(rows(data_dir, "emergency_news_facts"))
    for titled, name in ((True, "带标题"), (False, "不带标题")):
        for column, kind, said, wanted in _DOCUMENTS:
            stated = [row for row in news if row[f"title_{column}"]]
            if stated:
                right = [_value(row, kind, titled=titled) == float(row[f"title_{column}"]) for row in stated]
                yield measured(
                    f"数字：全文{said}数正确（新闻，{name}）",
                    share,
                    [1] * len(right),
                    list(map(int, right)),
                    wanted=wanted,
                )
    spared = [row for row in news if row["title_states_no_casualties"] == "1"]
    if spared:
        fired = [int(_fires(row)) for row in spared]
        yield measured("数字：称无伤亡却读出伤亡", share, [1] * len(fired), fired, wanted=0.0, at_most=True)
    yield from _mentions(list(lines(resources / "facts.jsonl")))
    yield from _places(list(lines(resources / "places.jsonl")), list(lines(resources / "places_gazetteer.jsonl")))


def _value(row: dict[str, str], kind: FactKind, *, titled: bool) -> float | None:
    title = row["title"] if titled else ""
    text = f"{title}\n{row['text']}"
    fact = document_value(find_facts(text, nature=judge(text).nature, title_end=len(title)), kind)
    return fact.value if fact is not None and fact.value else None


def _fires(row: dict[str, str]) -> bool:
    text = f"{row['title']}\n{row['text']}"
    found = find_facts(text, nature=judge(text).nature, title_end=len(row["title"]))
    return any(f.kind in _CASUALTIES and f.value and f.status is Nature.CURRENT for f in found)


def _mentions(lines: Sequence[dict[str, Any]]) -> Iterator[Measure]:
    for kind, said, wanted in (("deaths", "死亡", 0.97), ("injured", "受伤", 0.95), (None, "全部种类", None)):
        pairs = [(_told(line, kind), _read(line["text"], kind)) for line in lines]
        if any(told for told, _ in pairs):
            yield _f1(f"数字：逐处F1（自写例句，{said}）", pairs, wanted)


def _told(line: dict[str, Any], kind: str | None) -> Counter[Any]:
    return Counter(
        (f["kind"], round(f["value"], 3), f.get("status", "current"))
        for f in line["facts"]
        if kind in {None, f["kind"]}
    )


def _read(text: str, kind: str | None) -> Counter[Any]:
    found = find_facts(text, nature=judge(text, _TOLD_AT).nature, told_at=_TOLD_AT)
    return Counter((f.kind.value, round(f.value, 3), f.status.value) for f in found if kind in {None, f.kind.value})


def _places(lines: Sequence[dict[str, Any]], own: Sequence[dict[str, Any]]) -> Iterator[Measure]:
    if not lines:
        return
    finder = PlaceFinder(Gazetteer.load(own))
    pairs = [
        (
            Counter(dict.fromkeys(line["places"], 1)),
            Counter(dict.fromkeys((p.code or p.name for p in finder.find(line["text"], line.get("region"))), 1)),
        )
        for line in lines
    ]
    told, found = _flat(pairs)
    inside = [(t, f) for t, f in zip(told, found, strict=True) if f]
    yield measured("地名：精确率（自写例句）", share, *zip(*inside, strict=True), wanted=0.97)
    named = [(t, f) for t, f in zip(told, found, strict=True) if t]
    yield measured("地名：召回率（自写例句）", share, *zip(*named, strict=True), wanted=0.90)


def _flat(pairs: Sequence[tuple[Counter[Any], Counter[Any]]]) -> tuple[list[int], list[int]]:
    """One entry for each thing told or found: whether it was told, and whether it was found."""
    told, found = [], []
    for gold, got in pairs:
        for key in gold | got:
            for number in range(max(gold[key], got[key])):
                told.append(int(number < gold[key]))
                found.append(int(number < got[key]))
    return told, found


def _f1(name: str, pairs: Sequence[tuple[Counter[Any], Counter[Any]]], wanted: float | None) -> Measure:
    return measured(name, f1, *_flat(pairs), wanted=wanted)
