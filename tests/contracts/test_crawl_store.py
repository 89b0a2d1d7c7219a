"""What every CrawlStore must do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawlers.model import Authority, Health, Outcome, Visit
from services.ports import Tally
from tests.builders import NOON, at, post, reading
from tests.contracts.crawl_store import CrawlStoreContract


@pytest.fixture
def store(record):
    opened = record.crawl_store()
    yield opened
    opened.close()


class TestContract(CrawlStoreContract):
    """What the crawlers ask of any store; below is what the record does besides."""


@pytest.mark.parametrize("change", [{"text": "改了"}, {"title": "改了"}])
def test_other_text_under_the_same_id_is_the_next_revision(store, record, change):
    one = post()
    edited = replace(one, **change)
    assert [store.put(one), store.put(edited), store.put(edited), store.put(one)] == [
        Outcome.NEW,
        Outcome.REVISED,
        Outcome.DUPLICATE,
        Outcome.REVISED,
    ]
    with record.view() as view:
        assert view.posts.get([one.id]) == [replace(one, revision=3)]


def test_a_discarded_post_is_known_again_by_its_text(store, record):
    one = post("闲谈")
    store.put(one)
    with record.unit_of_work() as work:
        work.posts.discard(one)
        work.commit()
    assert store.put(one) is Outcome.DUPLICATE
    assert store.put(replace(one, text="闲谈：小区停水")) is Outcome.REVISED
    with record.unit_of_work() as work:
        assert [p.revision for p in work.posts.claim(limit=9, now=NOON, until=at(1))] == [2]


def test_every_put_is_counted_on_its_beijing_day(store, record):
    late = post(told=at(hours=11.9))
    store.put(late)
    store.put(replace(late, collected_at=at(hours=12.1)))
    with record.view() as view:
        source = late.source_id
        assert view.sources.tallies("2026-11-03") == {
            source: Tally(source_id=source, read=1),
            "": Tally(read=1),
        }
        assert view.sources.tallies("2026-11-04")[source] == Tally(source_id=source, read=1, duplicates=1)
        assert view.sources.tallies()[""] == Tally(read=2, duplicates=1)


def test_a_visit_tells_how_the_source_is(store, record):
    good = Visit(source_id="news", health=Health.OK, started_at=at(), finished_at=at(minutes=1), items=3, new=2)
    bad = Visit(
        source_id="news",
        health=Health.FAILING,
        started_at=at(1),
        finished_at=at(1, 1),
        quarantined=2,
        problems=("来源“新闻”：无法连接。", "请核对网址。"),
    )
    store.visited(good)
    store.visited(bad)
    with record.view() as view:
        (state,) = view.sources.states().values()
    assert (state.source_id, state.health, state.last_visit_at) == ("news", Health.FAILING, at(1, 1))
    assert (state.last_success_at, state.last_new_at) == (at(minutes=1), at(minutes=1))
    assert (state.quarantined, state.problem) == (2, "来源“新闻”：无法连接。；请核对网址。")


def test_an_unread_or_kept_post_is_purged_and_still_known(store, record):
    old, young = post(authority=Authority.MEDIA), post(told=at(hours=24 * 40))
    waiting = post("没有人读过")
    for one in (old, young, waiting):
        store.put(one)
    store.quarantine("news", "不是有效的日期", "摘录", NOON)
    with record.unit_of_work() as work:
        work.posts.keep(old, reading(old))
        work.posts.keep(young, reading(young))
        work.commit()
    purged = record.purge(at(hours=24 * 41), timedelta(days=30))
    assert (purged.posts, purged.quarantined, purged.oldest_left) == (2, 1, young.collected_at)
    assert store.put(old) is Outcome.DUPLICATE
    with record.view() as view:
        assert view.posts.get([old.id, young.id]) == [young]


def test_what_a_source_goes_on_showing_is_not_forgotten(store, record):
    """Otherwise the oldest item of a page that never changes would come back as news."""
    for text in ("一直挂着", "早已撤下"):
        store.put(one := post(text, id=text))
        with record.unit_of_work() as work:
            work.posts.discard(one)
            work.commit()
    for day in range(0, 200, 6):
        assert store.put(post("一直挂着", id="一直挂着", told=at(hours=24 * day))) is Outcome.DUPLICATE
        record.purge(at(hours=24 * day), timedelta(days=30))
    assert store.put(post("一直挂着", id="一直挂着")) is Outcome.DUPLICATE


def test_wiping_and_compacting_lose_nothing(store, record):
    kept, waiting, dropped = post(), post(), post()
    for one in (kept, waiting, dropped):
        store.put(one)
    with record.unit_of_work() as work:
        work.posts.keep(kept, reading(kept))
        work.posts.discard(dropped)
        work.commit()
    assert record.checkpoint()
    assert record.compact()
    with record.view() as view:
        assert view.posts.get([kept.id, waiting.id, dropped.id]) == [kept, waiting]
    assert store.put(dropped) is Outcome.DUPLICATE
