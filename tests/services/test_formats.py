import json
import re
from datetime import datetime
from pathlib import Path

import orjson
import pytest

from alerts.model import LogEntry, Notification, Purpose, ReportKind, Task
from alerts.reports import first
from analyzer.model import EventStatus, FactKind, Qualifier, Scope, Sentiment, Tier, Tone, WarningSignal
from analyzer.places.gazetteer import Gazetteer
from crawlers.model import Authority
from crawlers.privacy import VoiceKey
from services import formats
from services.folder.plan import load_plan
from services.reading.intake import parse
from services.replaying.replay import Counts, Replay, RolesThemselves
from tests.alerts.cases import DISTRICT, alerted, fire, rated
from tests.builders import NOON, fact, figure, place, post, reading
from tests.services.desk import FakeReader, a_fire

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
TOKEN = re.compile(r"`([a-z_]+)`")


def section(title):
    """The text under one heading."""
    return next(part for part in DOC.split("\n## ")[1:] if part.startswith(title))


def rows(title):
    """Field name to the rest of its row, of the table under a heading; a row may name several fields."""
    found = {}
    for line in section(title).splitlines():
        cells = line.strip("|").split("|")
        if line.startswith("| `"):
            found |= dict.fromkeys(TOKEN.findall(cells[0]), "|".join(cells[1:]))
    return found


def listed(name):
    """Names outside and inside of parentheses in the list entry of one replay output."""
    entries = section("Replay, out").split("\n- ")[1:]
    entry = next(e for e in entries if e.startswith(f"`{name}`")).partition("\n\n")[0]
    outside, inside, depth = set(), set(), 0
    for piece in re.findall(r"[()]|`[a-z_]+`", entry):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece not in "()":
            (inside if depth else outside).add(piece.strip("`"))
    return outside, inside


FULL = reading(
    post(),
    "hazard.fire",
    fact(value=4, part_of=FactKind.INJURED),
    places=(place("永固仓库", "plant", code="990101001"),),
    sentiment=Sentiment(label=Tone.NEGATIVE, score=-0.62),
)


def full_event():
    return fire(
        4,
        3,
        figures={"injured": figure(9, 2, unsupported=30.0, qualifier=Qualifier.ABOUT)},
        warning=WarningSignal(colour="red", subject="暴雨"),
        settings=frozenset({"plant"}),
        answered_at=NOON,
        growth=2.5,
    )


def line_of(name):
    """One line of a replay output, with everything in it."""
    of = full_event()
    rating, alert = rated(of), alerted(of)
    report = first.build(of, rating, alert, NOON, district=DISTRICT)
    note = Notification(id="k", recipient="a", channel="email", created_at=NOON, reason="达到Ⅲ级", report_id=report.id)
    lines = {
        "events.jsonl": lambda: formats.event_line(of, rating, ["p1"]),
        "ratings.jsonl": lambda: formats.rating_line(rating, NOON),
        "reports.jsonl": lambda: formats.report_line(report),
        "notifications.jsonl": lambda: formats.notification_line(note, report),
        "tasks.jsonl": lambda: formats.task_line(Task(id="t", event_id=of.id, at=NOON, reason="请核实")),
        "counts.json": lambda: Counts().line(),
    }
    return json.loads(formats.dumps(lines[name]()))


OUTPUTS = ["events.jsonl", "ratings.jsonl", "reports.jsonl", "notifications.jsonl", "tasks.jsonl", "counts.json"]


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_field_of_the_page_is_in_the_output_and_the_other_way_round(name):
    outside, _ = listed(name)

    assert set(line_of(name)) == outside


@pytest.mark.parametrize("field", ["figures", "reasons"])
def test_what_lies_within_an_events_fields_is_on_the_page(field):
    value = line_of("events.jsonl")[field]
    parts = list(value.values()) if isinstance(value, dict) else value
    _, inside = listed("events.jsonl")

    assert parts
    assert all(set(part) <= inside | listed("events.jsonl")[0] for part in parts)


def test_every_status_and_kind_of_the_page_is_one_and_none_is_missing():
    assert {status.value for status in EventStatus} <= listed("events.jsonl")[1]
    assert {kind.value for kind in ReportKind} == listed("reports.jsonl")[1]
    assert {purpose.value for purpose in Purpose} == listed("notifications.jsonl")[1]


def test_every_field_of_a_reading_is_on_the_page_and_the_other_way_round():
    line = json.loads(formats.dumps(formats.reading_line(FULL, text="标题\n正文")))

    assert set(line) == set(rows("Reading, out"))


@pytest.mark.parametrize("field", ["topics", "sentiment", "places", "facts"])
def test_what_lies_within_a_readings_fields_is_on_the_page(field):
    value = formats.reading_line(FULL)[field]
    part = value[0] if isinstance(value, list) else value

    assert part
    assert set(part) <= set(TOKEN.findall(rows("Reading, out")[field]))


def test_every_value_of_the_page_is_one_that_a_reading_can_have():
    told = rows("Reading, out")

    assert {scope.value for scope in Scope} == set(TOKEN.findall(told["scope"]))
    assert {tone.value for tone in Tone} <= set(TOKEN.findall(told["sentiment"]))
    assert {qualifier.value for qualifier in Qualifier} <= set(TOKEN.findall(told["facts"]))
    kinds = section("Reading, out").partition("Fact kinds and units: ")[2].partition("Only")[0]
    assert {kind.value for kind in FactKind} == set(re.findall(r"[a-z_]+_?[a-z]+", re.sub(r"\(.*?\)", "", kinds)))


def test_the_text_is_only_there_when_asked_for():
    assert "text" not in formats.reading_line(FULL)


def test_every_field_of_a_post_is_read_and_the_required_ones_are_needed():
    line = {
        "id": "b-1",
        "source": "board",
        "authority": "media",
        "title": "停水",
        "text": "石桥里停水两天了",
        "url": "https://news.example/a",
        "author": "望江楼上",
        "published_at": "2026-11-20T08:00:00+08:00",
        "collected_at": "2026-11-20T08:05:00+08:00",
        "region": "990101",
    }
    told, key = rows("Post, in"), VoiceKey.fleeting()

    assert set(line) == set(told)
    for name, words in told.items():
        rest = {other: value for other, value in line.items() if other != name}
        without = parse(orjson.dumps(rest), "第1行", key)
        assert hasattr(without, "sentence") == ("required" in words), name
        public = {"authority": "public"}
        assert name in public or without != parse(orjson.dumps(line | public), "第1行", key)


@pytest.fixture
def replayed(tmp_path):
    """A small stream, replayed and written."""
    reader, pairs = FakeReader(), a_fire("a", "b", "c")
    reader.readings = {told.id: understood for told, understood in pairs}
    replay = Replay(load_plan(ROOT / "deploy" / "plan.example.yaml"), reader, RolesThemselves())
    replay.feed([told for told, _ in pairs])
    replay.finish()
    replay.write(tmp_path)
    return {name: [json.loads(line) for line in (tmp_path / name).read_text().splitlines()] for name in OUTPUTS}


def test_every_output_is_written_and_holds_the_fields_of_the_page(replayed):
    for name, lines in replayed.items():
        assert name == "tasks.jsonl" or lines, name
        assert all(set(line) == listed(name)[0] for line in lines), name


def test_outputs_refer_to_each_other(replayed):
    (event,) = replayed["events.jsonl"]
    numbers = {line["number"] for line in replayed["reports.jsonl"]}
    posts = set(event["posts"])

    about = [line for name in ("ratings", "reports", "notifications") for line in replayed[f"{name}.jsonl"]]
    assert {line["event_id"] for line in about if line.get("kind") != "daily"} == {event["id"]}
    assert {line["report_number"] for line in replayed["notifications.jsonl"]} <= numbers
    assert set(event["figures"]["deaths"]["evidence"]) <= posts
    assert len({line["idempotency_key"] for line in replayed["notifications.jsonl"]}) == len(
        replayed["notifications.jsonl"]
    )


def test_every_time_has_an_offset(replayed):
    fields = [pair for lines in replayed.values() for line in lines for pair in line.items()]
    times = [value for key, value in fields if key == "at" or key.endswith("_at")]

    assert times
    assert all(datetime.fromisoformat(value).tzinfo is not None for value in times if value is not None)


def test_whole_numbers_have_no_point_and_others_few_digits():
    assert formats.dumps({"a": formats.plain(4.0), "b": formats.plain(2.65), "c": formats.plain(None)}) == (
        b'{"a":4,"b":2.65,"c":null}\n'
    )
    assert formats.plain(1 / 3) == 0.3333


def test_a_tier_is_its_numeral_or_null():
    assert [formats.tier(tier) for tier in (Tier.I, Tier.IV, None)] == ["I", "IV", None]


def test_no_shape_has_a_voice_or_an_author():
    public = post("石桥里停水", voice="a", authority=Authority.PUBLIC)
    alert = alerted(full_event())
    shapes = [
        formats.post_line(public),
        formats.alert_line(
            alert, NOON, [LogEntry(at=NOON, actor="a", action="acknowledge", note="", alert_id=alert.id)]
        ),
        formats.reading_line(FULL, "x"),
        *map(line_of, OUTPUTS),
    ]

    assert public.voice not in str(shapes)
    assert not {"voice", "author"} & {key for shape in shapes for key in shape}


def test_a_gazetteer_line_of_the_page_with_every_level_is_taken():
    shape = section("Gazetteer")
    levels = re.search(r'"level": "([a-z|]+)"', shape)[1].split("|")
    alike = {"parent": None, "aliases": ["又名"]}

    assert Gazetteer.load([{"name": f"示范{n}", "level": level, **alike} for n, level in enumerate(levels)])
    assert {"code", "name", "parent", "aliases"} <= set(re.findall(r'"([a-z]+)"', shape))
