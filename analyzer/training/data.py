"""Labelled texts for training: the developers' own corpus and the public research sets, told apart by source."""

import csv
import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from analyzer.text import normalise

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_SHORTEST_SENTENCE = 12
TAUGHT = "taught"

COMPLAINT_CLASSES: Mapping[str, tuple[str, ...]] = {
    "劳动和社会保障": ("service.wages", "service.social_insurance"),
    "城乡建设": ("service.housing", "service.roads", "service.water", "service.gas"),
    "教育文体": ("service.school",),
    "卫生计生": ("service.medical",),
    "交通运输": ("service.transit", "service.roads", "hazard.traffic"),
    "商贸旅游": ("service.consumer",),
    "环境保护": ("hazard.pollution",),
}
EMERGENCY_CLASSES: Mapping[str, str | None] = {
    "交通事故": "hazard.traffic",
    "地震": "hazard.earthquake",
    "火灾": "hazard.fire",
    "食物中毒": "hazard.food_poisoning",
    # Attacks are outside of the list; their texts teach neither topic nor its absence.
    "恐怖袭击": None,
}
_REVIEWS: Mapping[str, int] = {"hotel": 1, "takeaway": 1, "shopping": 4}
"""How many of each set's rows stand for one that is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One text with what is known of it; None where nothing is.

    `topics` are all that it is about, empty when out of scope; `one_of` holds candidates of a coarser label.
    `group` is a finer class of the source (news section, register). `held_out` texts are never trained on.
    `taught` texts only teach. `origin` is the text that a variant was made from.
    """

    text: str
    source: str
    group: str = ""
    in_scope: bool | None = None
    topics: tuple[str, ...] | None = None
    one_of: tuple[str, ...] = ()
    tone: str | None = None
    help_sought: bool | None = None
    nature: str | None = None
    held_out: bool = False
    taught: bool = False
    origin: str = ""

    @property
    def family(self) -> str:
        """The text whose fold this one shares: a variant must not be judged by what has seen its original."""
        return self.origin or self.text


def held_out(text: str) -> bool:
    """Whether a text of the corpus, as written, belongs to the half that is only measured on: a bit of its hash.

    Its normal form would not do: it changes with the code, and texts would change sides.
    """
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled lines of one of the developers' own sets; none where the file is not there."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.strip():
            yield json.loads(line)


def written(row: Mapping[str, str]) -> str:
    """A labelled text as it was written, its title first."""
    return f"{row['title']}\n{row['text']}".strip()


def rows(data_dir: Path, name: str, each: int = 1) -> Iterator[dict[str, str]]:
    """Rows of one research set, the first of every `each`; none when the set is not there."""
    path = data_dir / f"{name}.csv.gz"
    if not path.exists():
        return
    csv.field_size_limit(10_000_000)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from islice(csv.DictReader(file), 0, None, each)


def corpus(corpus_dir: Path) -> Iterator[Example]:
    """The developers' own labelled posts (tests/resources/corpus), and behind them those of its folder `taught`.

    What is there only teaches: the half that is held out stays what it was, so that figures can be compared.
    """
    for path in [*sorted(corpus_dir.glob("*.jsonl")), *sorted((corpus_dir / TAUGHT).glob("*.jsonl"))]:
        taught = path.parent.name == TAUGHT
        for row in lines(path):
            text = written(row)
            inside = row["topic"] != "out"
            yield Example(
                text=normalise(text),
                source="corpus",
                group=row["register"] if inside else path.stem,
                in_scope=inside,
                topics=(row["topic"], *row.get("also", ())) if inside else (),
                tone=row["sentiment"],
                help_sought=row["help"],
                nature=row.get("nature"),
                held_out=not taught and held_out(text),
                taught=taught,
            )


def complaints(data_dir: Path) -> Iterator[Example]:
    for row in rows(data_dir, "topic_complaints_labelled"):
        yield Example(
            text=normalise(f"{row['title']}\n{row['text']}"),
            source="complaints_labelled",
            group=row["label"],
            in_scope=True,
            one_of=COMPLAINT_CLASSES[row["label"]],
        )
    for row in rows(data_dir, "complaints_unlabelled"):
        yield Example(text=normalise(f"{row['title']}\n{row['text']}"), source="complaints", in_scope=True)


def emergencies(data_dir: Path) -> Iterator[Example]:
    """Documents, and each of their sentences on its own."""
    for row in rows(data_dir, "emergency_news_facts"):
        topic = EMERGENCY_CLASSES[row["category"]]
        topics = (topic,) if topic else None
        document = Example(
            text=normalise(f"{row['title']}\n{row['text']}"),
            source="emergencies",
            group=row["category"],
            in_scope=True if topic else None,
            topics=topics,
        )
        yield document
        for sentence in _SENTENCE.findall(row["text"]):
            if len(sentence) >= _SHORTEST_SENTENCE:
                yield replace(document, text=normalise(sentence.strip()), source="emergency_sentences")


def news_titles(data_dir: Path) -> Iterator[Example]:
    """Titles of all sections. They contain real disasters: analyzer.training.cleaning decides what teaches."""
    for name in ("news_titles_dev", "news_titles_tnews"):
        for row in rows(data_dir, name):
            yield Example(
                text=normalise(row["text"]),
                source=name,
                group=row["label"].removeprefix("news_"),
                in_scope=False,
                topics=(),
            )


def weibo(data_dir: Path) -> Iterator[Example]:
    """Posts of daily life (out of scope once cleaned), and posts of an epidemic (scope unknown until cleaned)."""
    for row in rows(data_dir, "sentiment_weibo_emotion"):
        if row["domain"] == "usual":
            yield Example(text=normalise(row["text"]), source="weibo_usual", group="daily", in_scope=False, topics=())
    for row in rows(data_dir, "sentiment_weibo_covid"):
        yield Example(text=normalise(row["text"]), source="weibo_covid", group="daily", in_scope=False, topics=())
    for row in rows(data_dir, "events_weibo_headline_silver"):
        yield Example(text=normalise(f"{row['headline']}\n{row['text']}"), source="weibo_epidemic")


def reviews(data_dir: Path) -> Iterator[Example]:
    """Pleasure and displeasure with goods, meals and hotels: no matter, once cleaned."""
    for name, each in _REVIEWS.items():
        for row in rows(data_dir, f"sentiment_{name}_reviews", each):
            pleased = row["label"] == "1"
            yield Example(
                text=normalise(row["text"]),
                source="reviews",
                group="pleased" if pleased else "displeased",
                in_scope=False,
                topics=(),
            )


def scope_examples(data_dir: Path, corpus_dir: Path) -> list[Example]:
    """Everything that scope and topics learn from, each text once, in a fixed order."""
    found: dict[str, Example] = {}
    for reader in (corpus(corpus_dir), complaints(data_dir), emergencies(data_dir), news_titles(data_dir)):
        for example in reader:
            found.setdefault(example.text, example)
    for reader in (weibo(data_dir), reviews(data_dir)):
        for example in reader:
            found.setdefault(example.text, example)
    return list(found.values())
