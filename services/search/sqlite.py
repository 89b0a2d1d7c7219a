"""SearchIndex in SQLite FTS5, written in the transaction that keeps the post.

The table `search` has no content of its own: its rowid is the post's `seq`. Its tokens are separated by
blanks, and to the tokeniser `ascii` every other character belongs to a token.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from heapq import nlargest
from typing import Any

from sqlalchemy import TextClause, bindparam, select, text

from crawlers.model import Post
from services.search.model import SearchPage, SearchQuery
from services.search.page import page, position
from services.search.tokens import document_tokens, phrases
from services.storage import codec
from services.storage.tables import posts
from services.storage.transaction import Transaction

MOMENT = posts.c.told_at.type
_ADD = text("INSERT OR REPLACE INTO search (rowid, tokens) SELECT seq, :tokens FROM posts WHERE id = :id")
_REMOVE = text("DELETE FROM search WHERE rowid IN (SELECT seq FROM posts WHERE id IN :ids)").bindparams(
    bindparam("ids", expanding=True)
)
_FIRST = text("SELECT min(+seq) FROM posts WHERE collected_at >= :at").bindparams(bindparam("at", type_=MOMENT))
"""The sign keeps SQLite from walking all numbers from the least one on: 60 ms in place of 0.1 of 150,000 posts."""
BATCH = 2000
AHEAD = 200
"""So many more of the last arrivals are looked at than a page has: some of them were told long before."""


class SqliteSearchIndex:
    """Hangs on the unit of work's transaction, so that index and post become visible together."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, posts: Iterable[Post]) -> None:
        """Index posts that are in the record."""
        rows = [{"id": post.id, "tokens": " ".join(document_tokens(post.body))} for post in posts]
        if rows:
            self._transaction.run(_ADD, rows)

    def remove(self, post_ids: Iterable[str]) -> None:
        """Take posts out, while they are still in the record."""
        self._transaction.run(_REMOVE, {"ids": list(post_ids)})

    def search(self, query: SearchQuery) -> SearchPage:
        """Posts in which all of the query's words occur."""
        match = _match(query.text)
        if match is None and query.text.strip():
            return SearchPage()
        rows = self._transaction.execute(*self._newest(query, match))
        return page([(seq, codec.decode(Post, document)) for seq, document in rows], query)

    def reindex(self) -> int:
        """Build the index anew from the kept posts; how many there are."""
        self._transaction.execute(text("INSERT INTO search(search) VALUES ('delete-all')"))
        count, last = 0, 0
        while rows := self._after(last):
            self.add(post for _, post in rows)
            count, last = count + len(rows), rows[-1][0]
        return count

    def _after(self, seq: int) -> list[tuple[int, Post]]:
        statement = select(posts.c.seq, posts.c.document).where(posts.c.seq > seq).order_by(posts.c.seq).limit(BATCH)
        return [(number, codec.decode(Post, document)) for number, document in self._transaction.run(statement)]

    def _newest(self, query: SearchQuery, match: str | None) -> tuple[TextClause, dict[str, Any]]:
        """The posts told last, and one more than asked for.

        To sort all that a common word finds takes long. Of those that arrived last enough were told at some moment
        or later, so all that belong on the page were, and none of them arrived before that moment.
        """
        number, source, values = self._source(query, match)
        glance = f"SELECT posts.told_at {source} ORDER BY {number} DESC LIMIT :glance"
        most = query.limit + 1
        latest = _bound(glance, values).columns(told_at=MOMENT)
        told = nlargest(most, self._transaction.execute(latest, values | {"glance": AHEAD + most}).scalars())
        if len(told) == most:
            since = told[-1] if query.since is None else max(told[-1], query.since)
            number, source, values = self._source(replace(query, since=since), match)
        # Constants alone are put together here.
        statement = f"SELECT posts.seq, posts.document {source} ORDER BY posts.told_at DESC, {number} DESC LIMIT :most"
        return _bound(statement, values), values | {"most": most}

    def _source(self, query: SearchQuery, match: str | None) -> tuple[str, str, dict[str, Any]]:
        """Number, FROM and WHERE, from the match to the posts, bounded below by number.

        CROSS JOIN keeps SQLite from starting at the posts: 0.2 ms in place of 100 ms to 3 s.
        """
        rowid = "posts.seq" if match is None else "search.rowid"
        origin = "posts" if match is None else "search CROSS JOIN posts ON posts.seq = search.rowid"
        values: dict[str, Any] = {"low": self._low(query)}
        conditions = [f"{rowid} >= :low"]
        if match is not None:
            conditions.append("search MATCH :match")
            values["match"] = match
        if query.after is not None:
            conditions.append(f"(posts.told_at, {rowid}) < (:until_told, :after)")
            values["until_told"], values["after"] = position(query.after)
        for column, wanted in (("source_id", query.source_ids), ("topic", query.topics)):
            if wanted:
                conditions.append(f"posts.{column} IN :{column}")
                values[column] = list(wanted)
        for name, sign, moment in (("since", ">=", query.since), ("until", "<", query.until)):
            if moment is not None:
                conditions.append(f"posts.told_at {sign} :{name}")
                values[name] = moment
        return rowid, f"FROM {origin} WHERE {' AND '.join(conditions)}", values

    def _low(self, query: SearchQuery) -> int:
        """The least number that a post told at or after `since` can have: it was collected later than told."""
        if query.since is None:
            return 0
        first = self._transaction.execute(_FIRST, {"at": query.since}).scalar()
        return 2**62 if first is None else int(first)


def _bound(statement: str, values: Mapping[str, Any]) -> TextClause:
    """The statement with the kinds of its values."""
    lists: list[Any] = [bindparam(name, expanding=True) for name in ("source_id", "topic") if name in values]
    moments = [bindparam(name, type_=MOMENT) for name in ("since", "until", "until_told") if name in values]
    return text(statement).bindparams(*lists, *moments)


def _match(query: str) -> str | None:
    """The query in FTS5's words, None when there is nothing to look for; tokens hold letters and digits only."""
    parts = [f'"{" ".join(tokens)}"{" *" if open_ended else ""}' for tokens, open_ended in phrases(query)]
    return " AND ".join(parts) or None
