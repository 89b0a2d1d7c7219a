"""What the service needs of a search engine, in its own words."""

from collections.abc import Iterable
from typing import Protocol

from crawlers.model import Post
from services.search.model import SearchPage, SearchQuery


class SearchIndex(Protocol):
    """Kept posts by their text. It can be dropped and rebuilt from the record at any time.

    `add` and `remove` ignore what is there, or gone, already.
    """

    def add(self, posts: Iterable[Post]) -> None: ...

    def remove(self, post_ids: Iterable[str]) -> None: ...

    def search(self, query: SearchQuery) -> SearchPage: ...

    def reindex(self) -> int: ...
