"""No search engine: what PostgreSQL has until one is configured."""

from collections.abc import Iterable

from crawlers.model import Post
from services.errors import ServiceError
from services.search.model import SearchPage, SearchQuery


class SearchUnavailable(ServiceError):
    """尚未配置全文检索。"""


class AbsentSearchIndex:
    """Takes everything in and finds nothing."""

    def add(self, posts: Iterable[Post]) -> None:
        """Leave it: the index is built from the record once there is one."""

    def remove(self, post_ids: Iterable[str]) -> None:
        """Leave it."""

    def search(self, query: SearchQuery) -> SearchPage:  # noqa: ARG002  # the port's
        """Say so. Raises SearchUnavailable."""
        raise SearchUnavailable("尚未配置全文检索：使用 PostgreSQL 时须另配检索服务，或改用内嵌的 SQLite。")

    def reindex(self) -> int:
        """Nothing to build."""
        return 0
