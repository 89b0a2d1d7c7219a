"""The contract of crawlers.ports.CrawlStore, and an in-memory store that keeps it.

A backend's test subclasses CrawlStoreContract and gives a `store` fixture.
"""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.model import Authority, Health, Memo, Outcome, Post, Visit

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class MemoryCrawlStore:
    """Keeps everything in dictionaries; `close` may leave a JSON file behind for another process to read."""

    def __init__(self, dump: Path | None = None, memos: dict | None = None) -> None:
        self.posts: dict[str, Post] = {}
        self.memos: dict[tuple[str, str], Memo] = dict(memos or {})
        self.visits: list[Visit] = []
        self.quarantined: list[tuple[str, str, str, datetime]] = []
        self.closed = False
        self._dump = dump

    def put(self, post: Post) -> Outcome:
        known = self.posts.get(post.id)
        if known is None:
            self.posts[post.id] = post
            return Outcome.NEW
        if (known.title, known.text) == (post.title, post.text):
            return Outcome.DUPLICATE
        self.posts[post.id] = replace(post, revision=known.revision + 1)
        return Outcome.REVISED

    def memo(self, source_id: str, url: str) -> Memo | None:
        return self.memos.get((source_id, url))

    def remember(self, source_id: str, memo: Memo) -> None:
        self.memos[source_id, memo.url] = memo

    def visited(self, visit: Visit) -> None:
        self.visits.append(visit)

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None:
        self.quarantined.append((source_id, reason, excerpt, at))

    def close(self) -> None:
        self.closed = True
        if self._dump:
            self._dump.write_text(json.dumps(self.as_json(), ensure_ascii=False, default=str), encoding="utf-8")

    def as_json(self) -> dict:
        """Everything that is kept, as plain JSON."""
        return {
            "posts": [asdict(post) for post in self.posts.values()],
            "memos": [[source_id, asdict(memo)] for (source_id, _), memo in self.memos.items()],
            "visits": [asdict(visit) for visit in self.visits],
            "quarantined": [list(row) for row in self.quarantined],
        }


def a_post(**changes: object) -> Post:
    """A public post that differs from others only by `changes`."""
    post = Post(
        id="a" * 64,
        source_id="board",
        authority=Authority.PUBLIC,
        title="自来水发黄",
        text="柳荫小区从早上起水就是黄的。",
        collected_at=NOW,
        published_at=NOW - timedelta(hours=1),
        voice="20261120:0123456789abcdef",
    )
    return replace(post, **changes)


class CrawlStoreContract:
    """What every CrawlStore must do."""

    def test_a_post_is_new_once_and_then_a_duplicate(self, store):
        assert store.put(a_post()) is Outcome.NEW
        assert store.put(a_post(collected_at=NOW + timedelta(minutes=10))) is Outcome.DUPLICATE
        assert store.put(a_post(id="b" * 64)) is Outcome.NEW

    def test_an_edited_text_or_title_is_a_revision(self, store):
        store.put(a_post())
        assert store.put(a_post(text="水已经清了。")) is Outcome.REVISED
        assert store.put(a_post(text="水已经清了。")) is Outcome.DUPLICATE
        assert store.put(a_post(title="水清了", text="水已经清了。")) is Outcome.REVISED

    def test_another_voice_or_time_alone_is_no_revision(self, store):
        store.put(a_post())
        next_day = a_post(voice="20261121:fedcba9876543210", collected_at=NOW + timedelta(days=1), published_at=None)
        assert store.put(next_day) is Outcome.DUPLICATE

    def test_an_unknown_memo_is_none(self, store):
        assert store.memo("board", "http://a.example/") is None

    def test_a_memo_comes_back_whole_and_can_be_replaced(self, store):
        first = Memo(url="http://a.example/", etag='"1"', last_modified="Fri, 20 Nov 2026 02:00:00 GMT")
        store.remember("board", first)
        assert store.memo("board", first.url) == first
        second = Memo(url=first.url, done=True, seen="0123456789abcdef")
        store.remember("board", second)
        assert store.memo("board", first.url) == second

    def test_memos_of_two_sources_are_apart(self, store):
        store.remember("board", Memo(url="http://a.example/", etag="x"))
        assert store.memo("news", "http://a.example/") is None

    def test_visits_and_quarantine_are_taken(self, store):
        store.visited(
            Visit(
                source_id="board",
                health=Health.OK,
                started_at=NOW,
                finished_at=NOW + timedelta(seconds=2),
                items=2,
                new=1,
                problems=("来源“留言板”：第 2 条标题和正文都是空的，已隔离。",),
            )
        )
        store.quarantine("board", "标题和正文都是空的", "", NOW)
