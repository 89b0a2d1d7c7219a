import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reading import analyze
from services.settings import ReadingSettings
from tests.analyzer.labelled import RESOURCES, lines

GAZETTEER = RESOURCES / "places_gazetteer.jsonl"
NUMBERS = random.Random(7)
UNREADABLE = {
    "nothing": "",
    "blanks": " \n\t",
    "null bytes": "\x00" * 50,
    "a lone surrogate": "\ud83d",
    "marks that nobody sees": "\u202e\u200f\u200b\ufeff",
    "only emoji": "😂🔥💧" * 30,
    "only marks": "？！……" * 20,
    "ten thousand numbers": " ".join(str(NUMBERS.randrange(10**6)) for _ in range(10_000)),
    "one character a million times": "水" * 1_000_000,
    "one sentence a hundred thousand times": "今天停水了，" * 100_000,
    "figures without end": "3人3死3伤" * 20_000,
}


def analysed(tmp_path, texts):
    """Readings with their text of posts that say this, in order; a text, or title and text."""
    posts = tmp_path / "posts.jsonl"
    pairs = [text if isinstance(text, tuple) else ("", text) for text in texts]
    rows = [
        {"id": str(n), "source": "s", "authority": "public", "title": title, "text": text, "region": "990201"}
        for n, (title, text) in enumerate(pairs)
    ]
    posts.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert (
        analyze.analyze_file(posts, out, gazetteer=GAZETTEER, with_text=True, processes=1, reading=ReadingSettings())
        == 0
    )
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_what_cannot_be_read_gives_a_reading_that_says_unsure(tmp_path):
    readings = analysed(tmp_path, UNREADABLE.values())

    assert [r["id"] for r in readings] == [str(n) for n in range(len(UNREADABLE))]
    assert {name: r["scope"] for name, r in zip(UNREADABLE, readings, strict=True)} == dict.fromkeys(
        UNREADABLE, "unsure"
    )
    assert not [r for r in readings if r["topics"] or r["places"] or r["help_sought"]]


@pytest.mark.parametrize(
    "text", ["停\x00水了三天", "停\ud800水了三天", "\u202e停水\u202c了\u200b三天", "停水了三天\udfff", "停水了三天😭😭"]
)
def test_what_nobody_sees_changes_no_reading(tmp_path, text):
    plain, odd = analysed(tmp_path, ["停水了三天", text])

    assert odd["scope"] == plain["scope"] == "in"
    assert [t["code"] for t in odd["topics"]] == [t["code"] for t in plain["topics"]]
    assert odd["facts"] == plain["facts"]


def test_every_span_cuts_figure_and_place_out_of_the_text_beside_it(tmp_path):
    samples = [
        (
            "枕溪公寓停水３天",
            "青岚区　太平镇５０００户　停水三天\n联系电话13812345678，张某某家住3号楼2单元501室，死亡2人",
        ),
        ("<b>青岚区</b>暴雨", "<p>太平镇降雨１２０毫米</p><p>转移群众3,600人</p>"),
        ("", "\u200b浙江省温岭市\u202e发生爆炸，造成\x00 19人遇难 ，172人入院😭"),
    ]
    samples += [("", line["text"]) for line in lines("facts.jsonl")[::9]]
    samples += [(line["text"], "") for line in lines("places.jsonl")[::9]]
    for reading in analysed(tmp_path, samples):
        for found in (*reading["facts"], *reading["places"]):
            start, end = found["span"]
            piece = reading["text"][start:end]
            assert 0 <= start < end <= len(reading["text"])
            assert piece == piece.strip()
            assert "\n" not in piece


@given(st.lists(st.text(max_size=80), min_size=1, max_size=20))
@settings(max_examples=15)
def test_any_text_gives_one_reading_in_its_place(tmp_path_factory, texts):
    readings = analysed(tmp_path_factory.mktemp("any"), texts)

    assert [r["id"] for r in readings] == [str(n) for n in range(len(texts))]
