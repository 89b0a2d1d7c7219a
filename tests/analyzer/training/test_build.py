"""Training: deterministic, from a folder of data, and never on the held-out half."""

import gzip
import json

import pytest

pytest.importorskip("sklearn")

from analyzer.scope.gate import ScopeReader
from analyzer.scoring.linear import LinearHeads
from analyzer.topics import topic_list
from analyzer.training import nature, train
from analyzer.training.data import corpus, held_out, scope_examples

OUTSIDE = ["今天的猫很乖", "主队赢了三个球", "红烧肉要小火慢炖", "新剧今晚开播", "这首歌真好听", "周末去爬山看日出"]

MEETINGS = ["两国外长今日举行会谈", "某旅组织实弹射击考核", "老作家病逝，享年九十"]


def line(text, topic, tone="negative"):
    row = {"title": "", "text": text, "topic": topic, "also": [], "register": "complaint", "help": topic != "out"}
    nature = "current" if topic != "out" else "past"
    return json.dumps({**row, "sentiment": tone, "nature": nature}, ensure_ascii=False)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A corpus made of the list's own examples, and a folder with one tiny research set."""
    base = tmp_path_factory.mktemp("training")
    posts, data = base / "corpus", base / "data"
    posts.mkdir()
    data.mkdir()
    lines = [line(text, topic.code) for topic in topic_list().topics for text in topic.examples]
    (posts / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (posts / "out.chat.jsonl").write_text(
        "\n".join(line(f"{text}{mark}", "out", "positive") for text in OUTSIDE for mark in "。！～"), encoding="utf-8"
    )
    (posts / "out.politics.jsonl").write_text(
        "\n".join(line(f"{text}{mark}", "out") for text in MEETINGS for mark in "。！～"), encoding="utf-8"
    )
    with gzip.open(data / "sentiment_weibo_covid.csv.gz", "wt", encoding="utf-8") as file:
        file.write(
            "text,emotion,label\n好开心,optimism,pos\n好难过,sadness,neg\n太棒了,optimism,pos\n气死了,anger,neg\n"
        )
    return data, posts


@pytest.fixture(scope="module")
def trained(folders, tmp_path_factory):
    out = tmp_path_factory.mktemp("models")
    return train(*folders, out), out


@pytest.mark.slow
def test_the_same_data_gives_the_same_bytes(folders, trained, tmp_path):
    version, out = trained
    assert train(*folders, tmp_path) == version
    names = sorted(path.name for path in out.iterdir())
    assert names == ["calibration.json", "idf.npz", "ngrams.npz"]
    for name in names:
        assert (out / name).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.slow
def test_the_artefacts_load_and_carry_their_version(trained):
    version, out = trained
    heads = LinearHeads.load(out / "ngrams.npz").heads
    others = {"scope", "scope.triples", "barred", "help", "tone.positive", "tone.neutral", *nature.HEADS}
    assert {*others, *topic_list().codes} == set(heads)
    assert json.loads((out / "calibration.json").read_text(encoding="utf-8"))["version"] == version


def test_held_out_texts_are_marked_by_their_hash_alone(folders):
    _, posts = folders
    written = [
        json.loads(line)["text"] for path in sorted(posts.iterdir()) for line in path.read_text("utf-8").split("\n")
    ]
    halves = [example.held_out for example in corpus(posts)]
    assert set(halves) == {True, False}
    assert halves == [held_out(text) for text in written]


def test_posts_that_only_teach_are_never_held_out(tmp_path):
    row = {"title": "", "topic": "out", "also": [], "register": "chat", "help": False, "sentiment": "neutral"}
    lines = [json.dumps({**row, "text": f"今天第{number}次浇花"}, ensure_ascii=False) for number in range(9)]
    (tmp_path / "taught").mkdir()
    (tmp_path / "taught" / "out.chat.jsonl").write_text("\n".join(lines), "utf-8")
    assert [(one.held_out, one.group) for one in corpus(tmp_path)] == [(False, "out.chat")] * 9
    (tmp_path / "out.chat.jsonl").write_text("\n".join(lines), "utf-8")
    assert {one.held_out for one in corpus(tmp_path)} == {True, False}


def test_a_missing_research_set_is_no_error(folders):
    data, posts = folders
    assert {example.source for example in scope_examples(data, posts)} == {"corpus", "weibo_covid"}


def test_the_bundled_reader_needs_no_training_package():
    assert ScopeReader.load().read_many(["小区停水两天了"])
