"""What is forgotten when its time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from crawlers.model import Post
from services.search.ports import SearchIndex
from services.storage import codec
from services.storage.days import beijing_day
from services.storage.marks import Marks
from services.storage.posts import known_row
from services.storage.statements import upsert
from services.storage.tables import intake, known_posts, posts, quarantine
from services.storage.transaction import Transaction

BATCH = 1000
"""Posts a transaction: other writers get their turn in between."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Purged:
    """The proof of a purge: how many went, and the oldest post's collecting time that is left."""

    posts: int = 0
    quarantined: int = 0
    known: int = 0
    oldest_left: datetime | None = None


def is_stale(post: Post, keep: timedelta | None) -> bool:
    """Whether a post was told longer ago than posts are kept; None keeps everything."""
    return keep is not None and post.collected_at - post.told_at > keep


def purge_posts(transaction: Transaction, marks: Marks, index: SearchIndex, before: datetime) -> int:
    """Delete the oldest batch of texts and readings collected before this moment; their marks stay.

    Figures, ids and reports of events stay too. How many went, 0 when no more are due.
    """
    statement = (
        select(posts.c.seq, posts.c.document)
        .where(posts.c.collected_at < before)
        .order_by(posts.c.collected_at)
        .limit(BATCH)
    )
    rows = [(seq, codec.decode(Post, document)) for seq, document in transaction.execute(statement)]
    if rows:
        transaction.run(upsert(transaction.dialect, known_posts), [known_row(marks, post) for _, post in rows])
        index.remove([post.id for _, post in rows])
        transaction.run(delete(posts).where(posts.c.seq == bindparam("number")), [{"number": n} for n, _ in rows])
    return len(rows)


def purge_unread(transaction: Transaction, before: datetime) -> int:
    """Delete posts that nobody ever read; there should be none."""
    return transaction.execute(delete(intake).where(intake.c.collected_at < before)).rowcount


def purge_rest(transaction: Transaction, now: datetime, posts_older_than: timedelta) -> tuple[int, int]:
    """Delete quarantined excerpts as old as the posts, and marks that no source has shown for twice as long."""
    excerpts = delete(quarantine).where(quarantine.c.at < now - posts_older_than)
    marks = delete(known_posts).where(known_posts.c.day < beijing_day(now - 2 * posts_older_than))
    return transaction.execute(excerpts).rowcount, transaction.execute(marks).rowcount


def oldest_left(transaction: Transaction) -> datetime | None:
    """When the oldest post that is left was collected."""
    moment: datetime | None = transaction.execute(
        select(posts.c.collected_at).order_by(posts.c.collected_at).limit(1)
    ).scalar()
    return moment
