"""From rows to a page, and from a page's cursor to a row."""

from crawlers.model import Post
from services.search.model import Hit, SearchPage, SearchQuery
from services.search.snippet import snippet


def page(rows: list[tuple[int, Post]], query: SearchQuery) -> SearchPage:
    """The first `limit` posts with their numbers; a row more says that there is another page."""
    hits = tuple(_hit(post, query.text) for _, post in rows[: query.limit])
    more = len(rows) > query.limit > 0
    return SearchPage(hits=hits, after=str(rows[query.limit - 1][0]) if more else None)


def position(after: str) -> int:
    """The number a page ended with; a cursor that somebody made up finds nothing."""
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0


def _hit(post: Post, query: str) -> Hit:
    return Hit(
        post_id=post.id,
        source_id=post.source_id,
        title=post.title,
        snippet=snippet(post.body, query),
        told_at=post.told_at,
    )
