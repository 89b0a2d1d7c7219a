"""Posts on their way into the intake, many in one transaction: looked up together and written together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Executable, bindparam, delete, literal, null, select, union_all, update

from crawlers.model import Outcome, Post
from services.storage.days import beijing_day
from services.storage.marks import Marks
from services.storage.posts import intake_row
from services.storage.statements import insert_new
from services.storage.tables import intake, known_posts, posts
from services.storage.transaction import Transaction

STILL_LISTED = timedelta(days=7)
"""How often it is written down that a source still shows a post whose text is gone."""


class Known(NamedTuple):
    """The newest revision there is of a post; `day` where its text is gone, `source_id` where it was kept."""

    revision: int
    digest: int
    day: str = ""
    source_id: str | None = None

    def says(self, post: Post, digest: int) -> bool:
        """Whether a post is no edit: the same text, or another source's wording of what was read from the first."""
        return self.digest == digest or self.source_id not in {None, post.source_id}


def arrive(transaction: Transaction, marks: Marks, lot: Sequence[Post]) -> list[Outcome]:
    """Insert, revise or recognise each post; the outcomes are in the order of the lot."""
    known = _known(transaction, marks, {post.id for post in lot})
    waiting: dict[str, Post] = {}
    outcomes = []
    for post in lot:
        found, digest = known.get(post.id), marks.of_text(post)
        if found is not None and found.says(post, digest):
            _still_listed(transaction, marks, post, found)
            outcomes.append(Outcome.DUPLICATE)
            continue
        arrived = replace(post, revision=found.revision + 1) if found else post
        known[post.id], waiting[post.id] = Known(arrived.revision, digest), arrived
        outcomes.append(Outcome.REVISED if found else Outcome.NEW)
    late = _too_late(transaction, marks, waiting.values())
    return [Outcome.DUPLICATE if post.id in late else outcome for post, outcome in zip(lot, outcomes, strict=True)]


def _known(transaction: Transaction, marks: Marks, ids: Iterable[str]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for key, _, revision, digest, source_id in transaction.execute(_find(), {"ids": list(ids)}):
        # What is unread is newer than what was kept.
        found.setdefault(key, Known(revision, digest, source_id=source_id))
    gone = {marks.of_id(key): key for key in ids if key not in found}
    if gone:
        rows = transaction.execute(_find_gone(), {"keys": list(gone)})
        found |= {gone[bytes(mark)]: Known(revision, digest, day) for mark, revision, digest, day in rows}
    return found


def _too_late(transaction: Transaction, marks: Marks, waiting: Iterable[Post]) -> set[str]:
    """Write the posts; the ids of those that another process wrote in the meantime.

    A revision takes the place of what nobody has read yet; a kept text stays until the new one has been read. In the
    order of their ids, so that two processes never wait for each other.
    """
    rows = [intake_row(marks, post) for post in sorted(waiting, key=lambda post: post.id)]
    if not rows:
        return set()
    revised = [row["id"] for row in rows if row["revision"] > 1]
    if revised:
        transaction.run(delete(intake).where(intake.c.id.in_(revised)))
    written = transaction.run(_write(transaction.dialect), rows).scalars()
    return {row["id"] for row in rows} - set(written)


def _still_listed(transaction: Transaction, marks: Marks, post: Post, found: Known) -> None:
    """A post whose marks would be forgotten, but which the source goes on showing, is remembered on."""
    if found.day and found.day < beijing_day(post.collected_at - STILL_LISTED):
        mine = known_posts.c.key == marks.of_id(post.id)
        transaction.run(update(known_posts).where(mine).values(day=beijing_day(post.collected_at)))


@cache
def _find() -> Executable:
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    tables = [
        select(
            table.c.id, literal(place).label("place"), table.c.revision, table.c.digest, source_id.label("source_id")
        ).where(table.c.id.in_(ids))
        for place, (table, source_id) in enumerate(((intake, null()), (posts, posts.c.source_id)))
    ]
    found = union_all(*tables).subquery()
    return select(found).order_by(found.c.place)


@cache
def _find_gone() -> Executable:
    columns = (known_posts.c.key, known_posts.c.revision, known_posts.c.digest, known_posts.c.day)
    return select(*columns).where(known_posts.c.key.in_(bindparam("keys", expanding=True)))


@cache
def _write(dialect: str) -> Executable:
    return insert_new(dialect, intake).returning(intake.c.id)
