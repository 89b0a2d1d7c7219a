"""Counts per source and Beijing day: all that stays of what was out of scope."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, select

from analyzer.model import Scope
from crawlers.model import Post
from services.ports import Tally
from services.storage.days import beijing_day
from services.storage.statements import increase
from services.storage.tables import tallies
from services.storage.transaction import Transaction

COUNTS = ("read", "kept", "unsure", "out_of_scope", "duplicates")
"""`read` counts every post handed in; what was analysed is `kept`, `unsure` or `out_of_scope`."""
SCOPED = {Scope.IN: "kept", Scope.UNSURE: "unsure", Scope.OUT: "out_of_scope"}


CANARY = "canary"
"""The source of what we say to ourselves (services/supervision/canary.py): it is counted nowhere."""


class TallyBook:
    """Counts a transaction's posts and writes them at its end, a row for each source and day."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._counts: dict[tuple[str, str], dict[str, int]] = {}

    def count(self, post: Post, **numbers: int) -> None:
        """Add to the post's source on the day it was collected."""
        if post.source_id == CANARY:
            return
        row = self._row(post.source_id, post.collected_at)
        for name, number in numbers.items():
            row[name] += number

    def visit(self, source_id: str, at: datetime) -> None:
        """That a source was looked at, though it had nothing: the day has a brief all the same, which says so."""
        self._row(source_id, at)

    def _row(self, source_id: str, at: datetime) -> dict[str, int]:
        if not self._counts:
            self._transaction.defer_to_commit(self.write)
        return self._counts.setdefault((source_id, beijing_day(at)), dict.fromkeys(COUNTS, 0))

    def write(self) -> None:
        """Sorted, so that two workers lock rows in one order."""
        counts, self._counts = self._counts, {}
        rows = [{"source_id": source, "day": day} | row for (source, day), row in sorted(counts.items())]
        if rows:
            self._transaction.run(_increase(self._transaction.dialect), rows)

    def read(self, day: str | None) -> Mapping[str, Tally]:
        """By source id; with the key "" for all sources together."""
        self._transaction.flush()
        self.write()
        statement = select(tallies) if day is None else select(tallies).where(tallies.c.day == day)
        rows = self._transaction.run(statement).mappings()
        return total(Tally(source_id=row["source_id"], **{name: row[name] for name in COUNTS}) for row in rows)


def add(tally: Tally, source_id: str, numbers: Mapping[str, int]) -> Tally:
    """The tally with these counted in."""
    return replace(
        tally, source_id=source_id, **{name: getattr(tally, name) + number for name, number in numbers.items()}
    )


def total(tallies: Iterable[Tally]) -> dict[str, Tally]:
    """By source id; with the key "" for all sources together."""
    found: dict[str, Tally] = defaultdict(Tally)
    for tally in tallies:
        for key in (tally.source_id, ""):
            found[key] = add(found[key], key, {name: getattr(tally, name) for name in COUNTS})
    return dict(found)


@cache
def _increase(dialect: str) -> Executable:
    return increase(dialect, tallies)
