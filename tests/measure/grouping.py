"""Pair F1 of event grouping: python -m tests.measure.grouping [DATA], DATA being a folder of labelled sets."""

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from analyzer.grouping.fingerprint import bands
from analyzer.grouping.grouper import Grouper
from analyzer.grouping.item import item
from analyzer.idf import Idf
from analyzer.model import Reading, Scope
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from analyzer.terms import terms
from analyzer.text import normalise
from crawlers.model import Authority, Post
from services.demo.script import resource_path
from services.demo.story import tell

RESOURCES = Path(__file__).parents[1] / "resources"
START = datetime(2026, 11, 1, tzinfo=UTC)
WENCHUAN = "85"
"""The earthquake of 2008: most pairs of the emergency news."""
STABBING = "163"
"""The event of the emergency news that is no hazard: who is stabbed matches no topic, by design."""
OWN = {
    "complaints": "complaints",
    "complaints held out": "complaints_held_out",
    "hotline": "complaints_hotline",
    "one place, two things": "complaints_things",
    "neighbours held out": "complaints_neighbours",
    "two towns": "complaints_two_towns",
    "hazards, microblog": "hazards_microblog",
    "complaints and hazards": "complaints_and_hazards",
    "letters": "complaints_letters",
    "hazards at once": "hazards_ten",
    "next": "complaints_and_hazards_next",
    "one district": "complaints_district",
    "one county": "complaints_county",
    "one suburb": "complaints_suburb",
    "one city": "complaints_city",
    "a mailbox": "complaints_mailbox",
    "hotline and clips": "complaints_clips",
    "long events": "long_events",
    "a mailbox, next": "complaints_mailbox_next",
    "hotline, clips, next": "complaints_clips_next",
    "outages": "complaints_outages",
    "one quarter": "complaints_quarter",
    "one quarter, next": "complaints_quarter_next",
    "work orders": "complaints_orders",
    "a town's talk": "complaints_talk",
    "orders and talk": "complaints_quay",
    "a northern hotline": "complaints_north",
    "a southern mailbox": "complaints_south",
    "snapshots": "complaints_snapshots",
    "chat of a town": "complaints_chat",
    "one borough": "complaints_borough",
    "nationwide complaints": "complaints_nationwide",
    "a city's line": "complaints_city_line",
    "letters of a county": "letters_county",
    "outlets": "news_outlets",
    "a month of news": "news_month",
    "a prefecture's hazards": "hazards_prefecture",
    "hot topics": "hot_topics",
    "a province's posts": "posts_province",
    "a city's line, next": "complaints_city_line_next",
    "a month of news, next": "news_month_next",
    "a province's posts, next": "posts_province_next",
    "lakes": "hazards_lakes",
    "one province": "hazards_province",
    "news wire": "news_wire",
    "letters of a prefecture": "letters_prefecture",
    "calls of a district": "complaints_calls",
    "posts of a small city": "posts_small_city",
    "news that retells": "news_retold",
    "a district, three ways": "complaints_three_ways",
    "an archive of news": "news_archive",
    "a city's message board": "complaints_board",
    "a country's news": "news_country",
    "six weeks of news": "news_six_weeks",
    "a province's letters": "complaints_letters_next",
    "a whole city": "complaints_whole_city",
    "a city by the sea": "complaints_coast",
    "a country's hot topics": "hot_country",
    "hot topics, next": "hot_country_next",
    "hot topics, last": "hot_country_last",
    "a country's emergencies": "news_emergencies",
}
"""The developers' own streams by what they are called here."""
Labelled = list[tuple[Post, str]]


def pair_scores(found: list[str], truth: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of posts in one group."""
    both = _pairs(Counter(zip(found, truth, strict=True)).values())
    ours, theirs = _pairs(Counter(found).values()), _pairs(Counter(truth).values())
    precision, recall = both / ours if ours else 1.0, both / theirs if theirs else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def grouped(posts: Labelled, readings: list[Reading], *, dropping: bool) -> list[str]:
    """Group ids in the order of the posts; `dropping` leaves each post that is out of scope alone."""
    grouper, weight, found = Grouper(), Idf.load().weight, []
    for (post, _), reading in zip(posts, readings, strict=True):
        if reading.scope is Scope.OUT and dropping:
            found.append(post.id)
            continue
        view = item(post, reading, weight)
        match = grouper.find(view)
        key = match.event_id if match else post.id
        grouper.add(view, key)
        found.append(key)
    return found


def read(posts: Labelled, reader: Reader) -> list[Reading]:
    """Readings of all posts; what is out of scope gets what grouping compares as well."""
    readings = reader.read_many([post for post, _ in posts])
    return [
        reading if reading.scope is not Scope.OUT else _compared(post, reading)
        for (post, _), reading in zip(posts, readings, strict=True)
    ]


def _compared(post: Post, reading: Reading) -> Reading:
    text = normalise(post.body)
    return replace(reading, terms=terms(text, titled=bool(post.title)), fingerprint=bands(text.strip("\n")))


def complaints(name: str = "complaints") -> Labelled:
    """An own stream, such as complaints: one service failing in many places, one place with many troubles."""
    rows = []
    lines = (RESOURCES / f"{name}.jsonl").read_bytes().splitlines()
    for number, row in enumerate(map(orjson.loads, lines)):
        told, authority = datetime.fromisoformat(row["published_at"]), Authority(row.get("authority", "public"))
        post = Post(
            id=str(number),
            source_id="letters" if authority is Authority.PUBLIC else "news",
            authority=authority,
            title=row["title"],
            text=row["text"],
            collected_at=told,
            published_at=told,
            voice=row.get("author"),
            region=row.get("region"),
        )
        rows.append((post, row["event"]))
    return rows


def town() -> Labelled:
    """The demo town's in-scope posts by event; small matters are events of their own."""
    rows = []
    for one in tell():
        if not one.in_scope:
            continue
        authority = Authority({"news": "media", "gov": "official", "cap": "official", "board": "public"}[one.source])
        told = one.published_at
        post = Post(
            id=one.id,
            source_id=one.source,
            authority=authority,
            title=one.title,
            text=one.text,
            collected_at=told,
            published_at=told,
            region="990101",
        )
        rows.append((post, one.event or one.id))
    return sorted(rows, key=lambda row: row[0].told_at)


def news(data: Path) -> Labelled:
    """Emergency news by hand-labelled event; wrong report dates are the source's."""
    rows = []
    for row in _rows(data / "emergency_news_facts.csv.gz"):
        told = datetime.fromisoformat(row["report_date"]).replace(tzinfo=UTC) if row["report_date"] else START
        post = Post(
            id=row["id"],
            source_id="news",
            authority=Authority.MEDIA,
            title=row["title"],
            text=row["text"][:20000],
            collected_at=told,
            published_at=told,
        )
        rows.append((post, row["event_cluster"] or row["id"]))
    return sorted(rows, key=lambda row: row[0].told_at)


def headlines(data: Path) -> Labelled:
    """Microblog posts by the headline taken out of them (silver: one event may have several).

    Headlines of a single post are left out: most of them are another wording of one that is told often.
    """
    rows = []
    for number, row in enumerate(_rows(data / "events_weibo_headline_silver.csv.gz")):
        month, day = row["day"].split(".")
        told = datetime(2026, int(month), int(day), 4, tzinfo=UTC) + timedelta(seconds=number)
        post = Post(
            id=str(number),
            source_id="weibo",
            authority=Authority.PUBLIC,
            title="",
            text=row["text"],
            collected_at=told,
            published_at=told,
        )
        rows.append((post, row["headline"]))
    often = Counter(headline for _, headline in rows)
    return sorted((row for row in rows if often[row[1]] > 1), key=lambda row: row[0].told_at)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    csv.field_size_limit(10**7)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def main() -> None:
    own = [orjson.loads(line) for line in resource_path("gazetteer.jsonl").read_bytes().splitlines() if line.strip()]
    reader = Reader(Gazetteer.load(()))
    sets = {"town": (town(), Reader(Gazetteer.load(own)))}
    sets |= {name: (complaints(file), reader) for name, file in OWN.items()}
    if len(sys.argv) > 1:
        data = Path(sys.argv[1])
        sets["emergency news"] = (news(data), reader)
        sets["… not of Wenchuan"] = ([row for row in news(data) if row[1] != WENCHUAN], reader)
        sets["… nor of a stabbing"] = ([row for row in news(data) if row[1] not in {WENCHUAN, STABBING}], reader)
        sets["headlines"] = (headlines(data), reader)
    for name, (posts, reader) in sets.items():
        readings, truth = read(posts, reader), [label for _, label in posts]
        for dropping in (False, True):
            precision, recall, f1 = pair_scores(grouped(posts, readings, dropping=dropping), truth)
            how = "as kept" if dropping else "all    "
            print(f"{name:24} {how} posts {len(posts):5}  pair P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
