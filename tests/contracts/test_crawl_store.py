"""What every CrawlStore must do."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.model import Authority, Health, Memo, Outcome, Visit
from services.ports import Tally, Watch
from services.sourcing.rhythm import EPOCH, MINUTE
from tests.builders import NOON, at, post, reading
from tests.contracts.crawl_store import CrawlStoreContract

ROUNDS = count()


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


def test_another_source_s_wording_of_what_was_kept_is_no_edit(store, record):
    one = post("望江路漏水", source_id="paper")
    store.put(one)
    with record.unit_of_work() as work:
        work.posts.keep(one, reading(one))
        work.commit()
    elsewhere = replace(one, source_id="portal", text="望江路漏水，点击看全文")

    assert [store.put(elsewhere), store.put(replace(one, text="望江路漏水已修好"))] == [
        Outcome.DUPLICATE,
        Outcome.REVISED,
    ]


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
    for reason in ("第 1 条", "第 2 条"):
        store.quarantine("news", reason, "", at(1))
    store.visited(good)
    store.visited(bad)
    with record.view() as view:
        (state,) = view.sources.states().values()
    assert (state.source_id, state.health, state.last_visit_at) == ("news", Health.FAILING, at(1, 1))
    assert (state.last_success_at, state.last_new_at) == (at(minutes=1), at(minutes=1))
    assert (state.quarantined, state.problem) == (2, "来源“新闻”：无法连接。；请核对网址。")


def test_many_posts_come_to_what_they_would_have_come_to_one_by_one(store, record):
    kept, dropped, waiting = post("留存"), post("已删"), post("待读")
    assert store.put_all([kept, dropped, waiting]) == [Outcome.NEW] * 3
    with record.unit_of_work() as work:
        work.posts.keep(kept, reading(kept))
        work.posts.discard(dropped)
        work.commit()
    new = post("新帖")
    lot = [new, kept, dropped, waiting, new, replace(kept, text="改过"), replace(waiting, title="改过")]
    again = [replace(new, text="又改"), new]
    assert store.put_all([*lot, *again]) == [
        Outcome.NEW,
        *[Outcome.DUPLICATE] * 4,
        *[Outcome.REVISED] * 4,
    ]
    with record.unit_of_work() as work:
        waits = {p.id: (p.revision, p.body) for p in work.posts.claim(limit=9, now=NOON, until=at(1))}
        assert waits == {
            new.id: (3, new.body),
            kept.id: (2, "\n改过"),
            waiting.id: (2, "改过\n待读"),
        }
        assert work.sources.tallies()[""].read == 12


def test_memos_come_with_posts_and_are_told_many_at_once(store):
    pages = [Memo(url=f"http://a.example/{n}", done=True, seen=f"{n}") for n in range(1200)]
    assert store.put_all([post("页")], [("news", page) for page in (*pages, replace(pages[0], seen="other"))]) == [
        Outcome.NEW
    ]
    found = store.memos_of("news", [page.url for page in (*pages, Memo(url="http://a.example/unknown"))])
    assert len(found) == 1200
    assert found[pages[0].url].seen == "other"
    assert store.memos_of("other", [pages[0].url]) == {}
    assert store.memos_of("news", []) == {}


def test_no_posts_are_no_trouble(store, record):
    assert store.put_all([]) == []
    with record.view() as view:
        assert view.sources.tallies() == {}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["一", "二"])), max_size=12), st.integers(1, 5))
def test_in_whatever_lots_posts_come_their_outcomes_are_the_same(record, told, size):
    prefix = f"{next(ROUNDS)}"
    alone, together = (
        [post(text, id=f"{prefix}{kind}{name}") for name, text in told] for kind in ("alone", "together")
    )
    store = record.crawl_store()
    singly = [store.put(one) for one in alone]
    lots = [store.put_all(together[n : n + size]) for n in range(0, len(together), size)]
    assert [outcome for lot in lots for outcome in lot] == singly
    with record.unit_of_work() as work:
        left = {
            p.id.removeprefix(prefix): (p.revision, p.text) for p in work.posts.claim(limit=99, now=NOON, until=at(1))
        }
        work.commit()
    store.close()
    assert {name.removeprefix("alone"): v for name, v in left.items() if name.startswith("alone")} == {
        name.removeprefix("together"): v for name, v in left.items() if name.startswith("together")
    }


def test_what_was_told_longer_ago_than_posts_are_kept_is_not_stored(record):
    store = record.crawl_store(timedelta(days=30))
    old, edge, undated = (
        post("旧闻", told=at(), collected_at=at(24 * 30, 1)),
        post("还在期限内", told=at(), collected_at=at(24 * 30)),
        post("没有日期", published_at=None),
    )
    assert store.put_all([old, edge, undated]) == [Outcome.STALE, Outcome.NEW, Outcome.NEW]
    assert store.put(old) is Outcome.STALE
    visit = Visit(source_id="public", health=Health.OK, started_at=at(), finished_at=at(), items=3, new=2, stale=1)
    store.visited(visit)
    store.visited(replace(visit, health=Health.UNCHANGED, items=0, new=0, stale=0))
    with record.view() as view:
        assert view.posts.get([old.id, edge.id]) == [edge]
        assert view.sources.states()["public"].stale == 1
        assert view.sources.tallies()[""].read == 2
    store.close()


def test_a_source_remembers_when_it_had_something_new(store, record):
    told = [at(-2), at(-1), at()]
    store.put_all([post(told=moment, source_id="news") for moment in told] + [post(told=at(5), source_id="other")])
    store.visited(Visit(source_id="news", health=Health.OK, started_at=at(), finished_at=at(), items=3, new=3))
    store.put(post(told=at(1), source_id="news"))
    store.visited(Visit(source_id="news", health=Health.OK, started_at=at(1), finished_at=at(1, 2), items=4, new=1))
    with record.view() as view:
        state = view.sources.get("news")
        assert view.sources.get("nobody") is None
    assert [EPOCH + MINUTE * moment for moment in state.arrivals] == [*told, at(1)]
    assert state.took == timedelta(minutes=2)
    assert state.since == at()


def test_an_edit_is_nothing_new(store, record):
    store.visited(Visit(source_id="news", health=Health.OK, started_at=at(), finished_at=at(), items=1, revised=1))
    with record.view() as view:
        assert view.sources.get("news").last_new_at is None


def test_what_was_put_aside_for_one_reason_is_put_aside_once(store, record):
    for hour in range(3):
        store.quarantine("news", "第 1 条标题和正文都是空的", f"摘录{hour}", at(hour))
    store.quarantine("other", "第 1 条标题和正文都是空的", "", at(-1))
    with record.view() as view:
        found = view.sources.excerpts()
        assert [(e.source_id, e.at, e.excerpt) for e in found] == [("news", at(2), "摘录2"), ("other", at(-1), "")]
        assert view.sources.excerpts("other") == found[1:]


def test_a_source_that_is_reread_forgets_its_lists_and_files_but_not_its_pages(store, record):
    first = Memo(url="http://a.example/", etag="1", done=True)
    page, file = (Memo(url=url, done=True, seen="look") for url in ("http://a.example/1", "file:abc"))
    for memo in (first, page, file):
        store.remember("news", memo)
    store.remember("other", first)
    store.visited(Visit(source_id="news", health=Health.OK, started_at=at(), finished_at=at()))
    with record.unit_of_work() as work:
        work.sources.reread("news")
        work.sources.reread("never visited")
        work.commit()
    assert [store.memo("news", memo.url) for memo in (first, page, file)] == [None, page, None]
    assert store.memo("other", first.url) == first


def test_quarantine_is_emptied_by_a_visit_that_reads_again_and_only_by_that(store, record):
    def visit(health, hour):
        store.quarantine("news", "仍读不懂", "", at(hour, 1))
        store.visited(Visit(source_id="news", health=health, started_at=at(hour), finished_at=at(hour, 2), items=1))
        with record.view() as view:
            return {e.reason for e in view.sources.excerpts("news")}, view.sources.get("news")

    store.quarantine("news", "已经改好", "", at(-1))
    store.quarantine("other", "别人的", "", at(-1))
    assert visit(Health.OK, 0)[0] == {"已经改好", "仍读不懂"}
    with record.unit_of_work() as work:
        work.sources.reread("news")
        work.commit()
    kept, state = visit(Health.FAILING, 1)
    assert (kept, state.reread, state.quarantined) == ({"已经改好", "仍读不懂"}, True, 2)
    kept, state = visit(Health.UNCHANGED, 2)
    assert (kept, state.reread, state.quarantined) == ({"仍读不懂"}, False, 1)
    with record.view() as view:
        assert len(view.sources.excerpts("other")) == 1


def test_what_the_operator_was_told_survives_visits(store, record):
    watch = Watch(since=at(), told=True, begun=(at(),))
    visit = Visit(source_id="news", health=Health.FAILING, started_at=at(), finished_at=at())
    store.visited(visit)
    with record.unit_of_work() as work:
        work.sources.watch("news", watch)
        work.sources.watch("never visited", watch)
        work.commit()
    store.visited(replace(visit, health=Health.OK))
    with record.view() as view:
        assert view.sources.get("news").watch == watch
        assert set(view.sources.states()) == {"news"}


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


def test_a_day_on_which_a_source_had_nothing_is_known_by_the_visit(store, record):
    store.visited(Visit(source_id="news", health=Health.UNCHANGED, started_at=at(), finished_at=at(minutes=1)))
    with record.view() as view:
        assert view.sources.tallies("2026-11-03") == {"news": Tally(source_id="news"), "": Tally()}
        assert view.sources.tallies("2026-11-04") == {}
