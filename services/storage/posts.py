"""Posts that wait to be read, and those that were kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, func, or_, select, update

from analyzer.model import Reading
from crawlers.model import Post
from services.search.ports import SearchIndex
from services.storage import codec
from services.storage.days import beijing_day
from services.storage.marks import Marks
from services.storage.statements import insert_new, upsert
from services.storage.tables import intake, known_posts, posts
from services.storage.tallies import SCOPED, TallyBook
from services.storage.transaction import Transaction

Settled = tuple[Post, Reading | None]
"""A post with its reading; None for one that is out of scope."""


class SqlPostQueue:
    """PostQueue over `intake` and `posts`.

    A post that was edited while somebody read it stays unread: what was made of its old text is dropped. To settle
    a post twice, as a worker does whose lease ran out, changes nothing.
    """

    def __init__(self, transaction: Transaction, marks: Marks, index: SearchIndex, tallies: TallyBook) -> None:
        self._transaction = transaction
        self._marks = marks
        self._index = index
        self._tallies = tallies
        self._settled: dict[str, Settled] = {}

    def claim(self, *, limit: int, now: datetime, until: datetime) -> Sequence[Post]:
        """Unread posts, oldest told first."""
        rows = self._transaction.execute(_claim(), {"most": limit, "now": now, "until": until})
        claimed = [codec.decode(Post, document) for (document,) in rows]
        return sorted(claimed, key=lambda post: (post.told_at, post.id))

    def oldest(self, now: datetime) -> datetime | None:
        """When the post was collected that has waited longest and that nobody is reading."""
        free = or_(intake.c.lease_until.is_(None), intake.c.lease_until <= now)
        statement = select(func.min(intake.c.collected_at)).where(free)
        moment: datetime | None = self._transaction.execute(statement).scalar()
        return moment

    def keep(self, post: Post, reading: Reading) -> None:
        """Store and index; it goes out with others."""
        self._settle(post, reading)

    def discard(self, post: Post) -> None:
        """Delete the text, keep the marks."""
        self._settle(post, None)

    def get(self, post_ids: Iterable[str]) -> Sequence[Post]:
        """Posts in the order asked for, unknown ones left out; of an edited one the text that was read."""
        wanted = list(post_ids)
        found: dict[str, str] = {}
        for table in (posts, intake):
            missing = [key for key in wanted if key not in found]
            if missing:
                statement = select(table.c.id, table.c.document).where(table.c.id.in_(missing))
                found.update((key, document) for key, document in self._transaction.execute(statement))
        return [codec.decode(Post, found[key]) for key in wanted if key in found]

    def numbered(self, start: str) -> Sequence[Post]:
        """Kept posts whose ids begin with these hexadecimal digits: a range of the key in whatever collation."""
        within = (posts.c.id >= start, posts.c.id < start + "g")
        rows = self._transaction.execute(select(posts.c.document).where(*within).order_by(posts.c.id))
        return [codec.decode(Post, document) for (document,) in rows]

    def _settle(self, post: Post, reading: Reading | None) -> None:
        if post.id in self._settled:
            self._transaction.flush()
        if not self._settled:
            self._transaction.defer(self._write)
        self._settled[post.id] = (post, reading)

    def _write(self) -> None:
        """Move the settled posts out of the intake, all in a few statements."""
        settled, self._settled = self._settled, {}
        waiting = self._waiting(settled)
        self._admit([post for key, (post, _) in settled.items() if key not in waiting], waiting)
        mine = [pair for key, pair in settled.items() if waiting.get(key, (0, 0))[1] == pair[0].revision]
        if not mine:
            return
        numbers = {post.id: waiting[post.id][0] for post, _ in mine}
        self._transaction.run(delete(intake).where(intake.c.seq.in_(list(numbers.values()))))
        self._forget(list(numbers))
        # In the order of their numbers: the search index would have to flush for each that goes back.
        self._keep([(numbers[p.id], p, r) for p, r in sorted(mine, key=lambda pair: numbers[pair[0].id]) if r])
        self._mark([post for post, reading in mine if reading is None])

    def _waiting(self, settled: Mapping[str, Settled]) -> dict[str, tuple[int, int]]:
        """Number and revision of those that are in the intake, by id."""
        statement = select(intake.c.id, intake.c.seq, intake.c.revision).where(intake.c.id.in_(list(settled)))
        return {key: (seq, revision) for key, seq, revision in self._transaction.run(statement)}

    def _admit(self, strangers: Sequence[Post], waiting: dict[str, tuple[int, int]]) -> None:
        """Number posts that come with their reading and were never put; drop those settled before."""
        for post in strangers:
            if _revision(self._transaction, self._marks, post.id) >= post.revision:
                continue
            seq = admit(self._transaction, self._marks, post)
            if seq is not None:
                waiting[post.id] = (seq, post.revision)
                self._tallies.count(post, read=1)

    def _forget(self, post_ids: Sequence[str]) -> None:
        """Remove an earlier revision's text and index entries."""
        old = list(self._transaction.run(select(posts.c.id).where(posts.c.id.in_(post_ids))).scalars())
        if old:
            self._index.remove(old)
            self._transaction.run(delete(posts).where(posts.c.id.in_(old)))

    def _keep(self, kept: Sequence[tuple[int, Post, Reading]]) -> None:
        if not kept:
            return
        self._transaction.run(_insert(self._transaction.dialect), [self._row(*one) for one in kept])
        self._index.add([post for _, post, _ in kept])
        for _, post, reading in kept:
            self._tallies.count(post, **{SCOPED[reading.scope]: 1})

    def _row(self, seq: int, post: Post, reading: Reading) -> dict[str, Any]:
        return {
            "seq": seq,
            "id": post.id,
            "source_id": post.source_id,
            "topic": reading.topic,
            "told_at": post.told_at,
            "collected_at": post.collected_at,
            "revision": post.revision,
            "digest": self._marks.of_text(post),
            "document": codec.encode(post),
            "reading": codec.encode(reading),
        }

    def _mark(self, dropped: Sequence[Post]) -> None:
        if not dropped:
            return
        rows = [known_row(self._marks, post) for post in dropped]
        self._transaction.run(_remember(self._transaction.dialect), rows)
        for post in dropped:
            self._tallies.count(post, out_of_scope=1)


def known_row(marks: Marks, post: Post) -> dict[str, Any]:
    """What stays of a post whose text goes."""
    return {
        "key": marks.of_id(post.id),
        "digest": marks.of_text(post),
        "revision": post.revision,
        "day": beijing_day(post.collected_at),
    }


def admit(transaction: Transaction, marks: Marks, post: Post) -> int | None:
    """Put a post into the intake; its number, None when another process was faster."""
    number: int | None = transaction.run(_admit(transaction.dialect), intake_row(marks, post)).scalar()
    return number


def intake_row(marks: Marks, post: Post) -> dict[str, Any]:
    """A post that nobody has read yet."""
    return {
        "id": post.id,
        "told_at": post.told_at,
        "collected_at": post.collected_at,
        "revision": post.revision,
        "digest": marks.of_text(post),
        "document": codec.encode(post),
    }


def _revision(transaction: Transaction, marks: Marks, post_id: str) -> int:
    """The revision that was settled already, 0 for none."""
    kept = transaction.run(select(posts.c.revision).where(posts.c.id == post_id)).scalar()
    known = select(known_posts.c.revision).where(known_posts.c.key == marks.of_id(post_id))
    return max(kept or 0, transaction.run(known).scalar() or 0)


@cache
def _claim() -> Executable:
    free = or_(intake.c.lease_until.is_(None), intake.c.lease_until <= bindparam("now"))
    picked = (
        select(intake.c.seq)
        .where(free)
        .order_by(intake.c.told_at, intake.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return (
        update(intake)
        .where(intake.c.seq.in_(select(picked.c.seq)))
        .values(lease_until=bindparam("until"))
        .returning(intake.c.document)
    )


@cache
def _admit(dialect: str) -> Executable:
    return insert_new(dialect, intake).returning(intake.c.seq)


@cache
def _insert(dialect: str) -> Executable:
    return insert_new(dialect, posts)


@cache
def _remember(dialect: str) -> Executable:
    return upsert(dialect, known_posts)
