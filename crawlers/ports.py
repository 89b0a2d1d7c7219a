"""What collection needs from outside."""

from datetime import datetime
from typing import Protocol

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
