"""The index over every backend that has one, held against plain substring search."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from analyzer.text import normalise
from services.search import sqlite
from services.search.absent import AbsentSearchIndex, SearchUnavailable
from services.search.model import SearchQuery
from services.storage.database import open_database
from services.storage.memory import MemoryRecord
from tests.builders import NOON, at, post, reading


@pytest.fixture(params=["memory", "sqlite"])
def record(request, tmp_path):
    opened = MemoryRecord() if request.param == "memory" else open_database(f"sqlite:///{tmp_path / 'minqing.db'}")
    yield opened
    opened.dispose()


def keep(record, *posts, topic="service.water"):
    store = record.crawl_store()
    for one in posts:
        store.put(one)
    store.close()
    with record.unit_of_work() as work:
        for one in work.posts.claim(limit=10**6, now=NOON, until=at(1)):
            work.posts.keep(one, reading(one, topic))
        work.commit()


def found(record, text="", **more):
    return [hit.post_id for hit in record.search(SearchQuery(text=text, **more)).hits]


def test_a_post_is_found_by_any_piece_of_its_title_or_text(record):
    one = post("幸福小区三号楼停水两天", title="居民反映")
    keep(record, one, post("道路施工"))
    for piece in ("停水", "水", "区三号楼停", "居民", "居民 停水", "停水，两天", "反映"):
        assert found(record, piece) == [one.id], piece
    for piece in ("停电", "水停", "居民停水", "居民 停电", "映幸"):
        assert found(record, piece) == [], piece


def test_a_hit_tells_what_a_list_shows(record):
    one = post("<b>停水</b>两天", title="标题<i>", source_id="board")
    keep(record, one)
    (hit,) = record.search(SearchQuery(text="停水")).hits
    assert (hit.title, hit.source_id, hit.told_at) == ("标题<i>", "board", one.told_at)
    assert hit.snippet == "标题&lt;i&gt; &lt;b&gt;<mark>停水</mark>&lt;/b&gt;两天"


@pytest.mark.parametrize("text", ["停水", ""])
def test_the_last_told_come_first_page_by_page_however_late_they_were_found(record, monkeypatch, text):
    """Every third one is found only days after it was told, and every fifth is told in the same minute as others."""
    monkeypatch.setattr(sqlite, "AHEAD", 3)
    told = [at(minutes=m - m % 5) for m in range(25)]
    found_at = [at(99, minutes=m) if m % 3 else when for m, when in enumerate(told)]
    posts = [post("停水", told=late, published_at=when) for when, late in zip(told, found_at, strict=True)]
    keep(record, *posts[1::2], *posts[::2])
    seen, after = [], None
    while True:
        page = record.search(SearchQuery(text=text, limit=10, after=after))
        seen.append(page.hits)
        after = page.after
        if after is None:
            break
    assert [len(part) for part in seen] == [10, 10, 5]
    assert [hit.told_at for part in seen for hit in part] == sorted(told, reverse=True)
    assert {hit.post_id for part in seen for hit in part} == {one.id for one in posts}


def test_an_empty_query_lists_everything_and_one_of_marks_nothing(record):
    keep(record, post("停水"), post("停电"))
    assert len(found(record)) == len(found(record, "  ")) == 2
    assert found(record, "，？") == []


def test_a_search_can_be_bounded(record):
    posts = [post("停水", told=at(h), source_id=f"s{h % 2}") for h in range(6)]
    keep(record, *posts[:3], topic="service.water")
    keep(record, *posts[3:], topic="hazard.flood")
    assert found(record, "停水", since=at(2), until=at(4)) == [posts[3].id, posts[2].id]
    assert found(record, "停水", source_ids=("s1",)) == [posts[n].id for n in (5, 3, 1)]
    assert found(record, topics=("service.water", "service.gas")) == [posts[n].id for n in (2, 1, 0)]
    assert found(record, since=at(99)) == []


def test_a_late_told_post_is_found_by_when_it_was_told(record):
    one = post("停水", told=at(0))
    keep(record, post("停水", told=at(5)))
    keep(record, late := post("停水", told=at(9), published_at=at(1)))
    keep(record, one)
    assert found(record, "停水", since=at(0.5), until=at(2)) == [late.id]


def test_an_edited_post_is_found_by_its_new_text_only(record):
    keep(record, one := post("停水"))
    keep(record, post("恢复供应", id=one.id))
    assert found(record, "停水") == []
    assert found(record, "恢复") == [one.id]


def test_what_is_out_of_scope_or_purged_is_not_found(record):
    keep(record, old := post("停水"), young := post("停水", told=at(1000)))
    with record.unit_of_work() as work:
        work.posts.discard(post("停水"))
        work.commit()
    assert found(record, "停水") == [young.id, old.id]
    record.purge(at(1001), timedelta(days=30))
    assert found(record, "停水") == [young.id]


@pytest.mark.parametrize(
    "text", ['停水"', "停*", "NEAR(停水)", "停水 OR 停电", "tokens: 停", "'; DROP TABLE posts; --", "-停", "^停"]
)
def test_nothing_in_a_query_is_a_command(record, text):
    keep(record, post("停水"), post(text))
    assert len(found(record, text)) >= 1
    assert len(found(record)) == 2


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "1-", "１-１", "0-1"])
def test_a_cursor_somebody_made_up_finds_nothing(record, after):
    keep(record, post("停水"))
    assert found(record, "停水", after=after) == []


def test_every_piece_of_two_or_more_han_characters_is_found_everywhere_it_stands(record):
    chance = random.Random(5)
    posts = [post("".join(chance.choices("停水电气暖路灯坏，。1a ", k=30)), told=at(minutes=m)) for m in range(150)]
    keep(record, *posts)
    plain = {one.id: normalise(one.body) for one in posts}
    for _ in range(80):
        piece = "".join(chance.choices("停水电气暖路灯坏", k=chance.randint(1, 4)))
        wanted = {key for key, body in plain.items() if piece in body}
        assert set(found(record, piece, limit=999)) == wanted, piece


def test_the_index_can_be_built_anew(tmp_path):
    record = open_database(f"sqlite:///{tmp_path / 'minqing.db'}")
    posts = [post(f"停水{n}", told=at(minutes=n)) for n in range(2100)]
    keep(record, *posts)
    with record.unit_of_work() as work:
        work.transaction.execute(sql("INSERT INTO search(search) VALUES ('delete-all')"))
        work.commit()
    assert found(record, "停水") == []
    assert record.reindex() == 2100
    assert found(record, "停水", limit=1) == [posts[-1].id]
    assert len(found(record, "停水", limit=9999)) == 2100
    record.dispose()


def test_without_an_engine_a_search_says_so():
    index = AbsentSearchIndex()
    index.add([post()])
    index.remove(["x"])
    assert index.reindex() == 0
    with pytest.raises(SearchUnavailable, match="检索"):
        index.search(SearchQuery(text="停水"))
