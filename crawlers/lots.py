"""Posts of all visits on their way into the store, some together: a transaction costs as much as a post."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawlers.model import Memo, Outcome, Post
from crawlers.ports import BatchCrawlStore, CrawlStore

WAIT_SECONDS = 0.02
"""How long a post waits for company."""
FULL = 200

SourceMemo = tuple[str, Memo]
"""A source's id, and what is to be remembered of one of its pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Waiting:
    posts: Sequence[Post]
    memos: Sequence[SourceMemo]
    outcomes: "asyncio.Future[Sequence[Outcome]]"


@dataclass(kw_only=True)
class Lots:
    """Whoever waits for `put` knows that its posts are stored, and with them that their pages were read."""

    store: CrawlStore
    _waiting: list[_Waiting] = field(default_factory=list)

    async def put(self, posts: Sequence[Post], memos: Sequence[SourceMemo] = ()) -> Sequence[Outcome]:
        """Store posts and memos in one transaction, perhaps with those of others; the outcomes are in their order."""
        loop = asyncio.get_running_loop()
        mine = _Waiting(posts=posts, memos=memos, outcomes=loop.create_future())
        self._waiting.append(mine)
        if sum(len(one.posts) for one in self._waiting) >= FULL:
            self._flush()
        elif len(self._waiting) == 1:
            loop.call_later(WAIT_SECONDS, self._flush)
        return await mine.outcomes

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not self._settled(waiting) and len(waiting) > 1:
            # Whose fault it is shows when each goes alone.
            for one in waiting:
                self._settled([one], alone=True)

    def _settled(self, waiting: Sequence[_Waiting], *, alone: bool = False) -> bool:
        try:
            outcomes = iter(self._stored([p for w in waiting for p in w.posts], [m for w in waiting for m in w.memos]))
        except Exception as error:  # noqa: BLE001  # it belongs to the visit that waits, and is said there
            if alone or len(waiting) == 1:
                waiting[0].outcomes.set_exception(error)
            return False
        for one in waiting:
            stored = [next(outcomes) for _ in one.posts]
            if not one.outcomes.done():
                one.outcomes.set_result(stored)
        return True

    def _stored(self, posts: Sequence[Post], memos: Sequence[SourceMemo]) -> Sequence[Outcome]:
        if isinstance(self.store, BatchCrawlStore):
            return self.store.put_all(posts, memos) if posts or memos else ()
        outcomes = [self.store.put(post) for post in posts]
        for source_id, memo in memos:
            self.store.remember(source_id, memo)
        return outcomes
