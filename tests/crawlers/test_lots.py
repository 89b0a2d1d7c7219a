"""Posts that share a transaction: each visit gets its own outcomes, and its own faults."""

import asyncio

from crawlers.lots import FULL, Lots
from crawlers.model import Memo, Outcome
from tests.contracts.crawl_store import MemoryCrawlStore, a_post


class BatchStore(MemoryCrawlStore):
    """Counts its transactions, and refuses the posts of one source."""

    transactions = 0

    def put_all(self, posts, memos=()):
        self.transactions += 1
        if any(post.source_id == "refused" for post in posts):
            raise RuntimeError("refused")
        for source_id, memo in memos:
            self.remember(source_id, memo)
        return [self.put(post) for post in posts]

    def memos_of(self, source_id, urls):
        return {url: memo for url in urls if (memo := self.memo(source_id, url))}


def put_together(store, *lots):
    """What becomes of lots that are given side by side."""

    async def give():
        shared = Lots(store=store)
        return await asyncio.gather(*(shared.put(*lot) for lot in lots), return_exceptions=True)

    return asyncio.run(give())


def posts(first, count, **changes):
    return [a_post(id=f"{number:064x}", **changes) for number in range(first, first + count)]


def test_what_is_given_side_by_side_is_one_transaction_and_each_gets_its_own_outcomes():
    store, read = BatchStore(), ("board", Memo(url="http://a.example/1", done=True))
    one, two = posts(0, 2), posts(1, 3)

    assert put_together(store, (one, [read]), (two,)) == [
        [Outcome.NEW, Outcome.NEW],
        [Outcome.DUPLICATE, Outcome.NEW, Outcome.NEW],
    ]
    assert store.transactions == 1
    assert store.memo(*("board", "http://a.example/1")) == read[1]


def test_a_full_lot_goes_at_once():
    store = BatchStore()
    put_together(store, (posts(0, FULL),), (posts(100, FULL),))
    assert store.transactions == 2


def test_a_fault_is_told_to_whom_it_belongs_and_the_others_are_stored():
    store, memo = BatchStore(), Memo(url="u", done=True)

    first, second, third = put_together(
        store, (posts(0, 1),), (posts(1, 1, source_id="refused"), [("refused", memo)]), (posts(2, 1),)
    )

    assert (first, third) == ([Outcome.NEW], [Outcome.NEW])
    assert str(second) == "refused"
    assert len(store.posts) == 2
    assert store.memo("refused", "u") is None


def test_a_store_that_takes_one_at_a_time_does_as_well():
    store = MemoryCrawlStore()
    assert put_together(store, (posts(0, 2), [("board", Memo(url="u"))])) == [[Outcome.NEW] * 2]
    assert store.memo("board", "u")
