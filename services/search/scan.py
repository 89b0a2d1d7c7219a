"""A search without an index: the in-memory record's, and the measure for the others."""

from collections.abc import Iterable
from heapq import nlargest

from crawlers.model import Post
from services.search.model import SearchPage, SearchQuery
from services.search.page import page, position
from services.search.tokens import document_tokens, phrases


def scan(posts: Iterable[tuple[int, Post, str | None]], query: SearchQuery) -> SearchPage:
    """Look at every post; they come with their number and main topic."""
    wanted = phrases(query.text)
    if not wanted and query.text.strip():
        return SearchPage()
    needles = [" " + " ".join(phrase.tokens) + ("" if phrase.open_ended else " ") for phrase in wanted]
    after = None if query.after is None else position(query.after)
    found = (
        (seq, post)
        for seq, post, topic in posts
        if (after is None or (post.told_at, seq) < after) and _fits(query, post, topic) and _holds(post, needles)
    )
    newest = nlargest(query.limit + 1, found, key=lambda row: (row[1].told_at, row[0]))
    return page(newest, query)


def _fits(query: SearchQuery, post: Post, topic: str | None) -> bool:
    return (
        (query.since is None or post.told_at >= query.since)
        and (query.until is None or post.told_at < query.until)
        and (not query.source_ids or post.source_id in query.source_ids)
        and (not query.topics or topic in query.topics)
    )


def _holds(post: Post, needles: list[str]) -> bool:
    if not needles:
        return True
    tokens = " " + " ".join(document_tokens(post.body)) + " "
    return all(needle in tokens for needle in needles)
