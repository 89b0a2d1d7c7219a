"""What collection needs from outside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from crawlers.model import Memo, Outcome, Post, Visit


class CrawlStore(Protocol):
    """Where a crawl keeps its posts and what it must remember; one transaction a call.

    `put` inserts a post whose id is new, keeps an edited one as the next revision, and says which.
    """

    def put(self, post: Post) -> Outcome: ...

    def memo(self, source_id: str, url: str) -> Memo | None: ...

    def remember(self, source_id: str, memo: Memo) -> None: ...

    def visited(self, visit: Visit) -> None: ...

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None: ...

    def close(self) -> None: ...


@runtime_checkable
class BatchCrawlStore(CrawlStore, Protocol):
    """A store that can also take and tell much at once.

    `put_all` stores posts, and memos with their sources' ids, in one transaction; the outcomes are in the posts' order.
    """

    def put_all(self, posts: Sequence[Post], memos: Sequence[tuple[str, Memo]] = ()) -> Sequence[Outcome]: ...

    def memos_of(self, source_id: str, urls: Collection[str]) -> Mapping[str, Memo]: ...
