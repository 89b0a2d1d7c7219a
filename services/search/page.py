"""From rows to a page, and from a page's cursor to a row."""

import re
from datetime import UTC, datetime, timedelta

from crawlers.model import Post
from services.search.model import Hit, SearchPage, SearchQuery
from services.search.snippet import snippet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_CURSOR = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")


def page(rows: list[tuple[int, Post]], query: SearchQuery) -> SearchPage:
    """The first `limit` posts with their numbers; a row more says that there is another page."""
    hits = tuple(_hit(post, query.text) for _, post in rows[: query.limit])
    if not len(rows) > query.limit > 0:
        return SearchPage(hits=hits)
    seq, post = rows[query.limit - 1]
    return SearchPage(hits=hits, after=f"{(post.told_at - EPOCH) // MICROSECOND}-{seq}")


def position(after: str) -> tuple[datetime, int]:
    """When the last post of a page was told, and its number; a cursor that somebody made up finds nothing."""
    found = _CURSOR.fullmatch(after)
    return (EPOCH + int(found[1]) * MICROSECOND, int(found[2])) if found else (EPOCH, 0)


def _hit(post: Post, query: str) -> Hit:
    return Hit(
        post_id=post.id,
        source_id=post.source_id,
        title=post.title,
        snippet=snippet(post.body, query),
        told_at=post.told_at,
    )
