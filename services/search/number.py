"""A post by its number, as reports and messages quote it: #3f0c9a1e."""

import re
from collections.abc import Iterable
from html import escape

from crawlers.model import Post
from services.search.model import Hit, SearchPage

_NUMBER = re.compile(r"[#＃]?([0-9a-fA-F]{8,64})")
SHOWN = 5000
"""Characters of a post that are shown: whoever looks for one by its number wants to read it."""


def number(query: str) -> str:
    """The hexadecimal digits that a query consists of; empty when it is no number."""
    found = _NUMBER.fullmatch(query.strip())
    return found[1].lower() if found else ""


def whole(posts: Iterable[Post]) -> SearchPage:
    """The posts, each with its text."""
    return SearchPage(hits=tuple(_hit(post) for post in posts))


def _hit(post: Post) -> Hit:
    text = post.body if len(post.body) <= SHOWN else f"{post.body[:SHOWN]}……"
    return Hit(post_id=post.id, source_id=post.source_id, title="", snippet=escape(text), told_at=post.told_at)
