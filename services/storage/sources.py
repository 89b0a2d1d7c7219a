"""How the sources have been doing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, delete, func, select

from crawlers.model import Health, Memo, Visit
from services.ports import Excerpt, SourceState, Tally, Watch
from services.sourcing.rhythm import remembered
from services.storage import codec
from services.storage.statements import upsert
from services.storage.tables import memos, quarantine, sources
from services.storage.tallies import TallyBook
from services.storage.transaction import Transaction

REACHED = frozenset({Health.OK, Health.UNCHANGED, Health.EMPTY})


def after(state: SourceState | None, visit: Visit, told: Iterable[datetime], quarantined: int) -> SourceState:
    """The state once this visit is counted in, with so many items now in quarantine."""
    before = state or SourceState(source_id=visit.source_id, health=visit.health)
    at, reached = visit.finished_at, visit.health in REACHED
    return replace(
        before,
        health=visit.health,
        since=at if reached and before.last_success_at is None else before.since,
        last_visit_at=at,
        last_success_at=at if reached else before.last_success_at,
        last_new_at=at if visit.new else before.last_new_at,
        arrivals=remembered(before.arrivals, told),
        took=visit.finished_at - visit.started_at,
        stale=visit.stale if visit.items else before.stale,
        quarantined=quarantined,
        reread=before.reread and not reached,
        problem="；".join(visit.problems),
    )


def is_list(memo: Memo) -> bool:
    """Whether a memo lets a visit pass over a list or a file; without it, that is read from its beginning."""
    return memo.seen is None or memo.url.startswith("file:")


class SqlSourceStore:
    """SourceStore over `sources` and the tallies."""

    def __init__(self, transaction: Transaction, tallies: TallyBook) -> None:
        self._transaction = transaction
        self._tallies = tallies

    def visited(self, visit: Visit, told: Sequence[datetime] = ()) -> None:
        """Count a visit in."""
        before = self._locked(visit.source_id)
        self._tallies.visit(visit.source_id, visit.finished_at)
        mine = quarantine.c.source_id == visit.source_id
        if before is not None and before.reread and visit.health in REACHED:
            self._transaction.execute(delete(quarantine).where(mine, quarantine.c.at < visit.started_at))
        aside = self._transaction.execute(select(func.count()).select_from(quarantine).where(mine)).scalar()
        self._save(after(before, visit, told, aside or 0))

    def get(self, source_id: str) -> SourceState | None:
        """One source; None before its first visit."""
        document = self._transaction.execute(select(sources.c.document).where(sources.c.id == source_id)).scalar()
        return None if document is None else codec.decode(SourceState, document)

    def states(self) -> Mapping[str, SourceState]:
        """By source id."""
        rows = self._transaction.execute(select(sources).order_by(sources.c.id))
        return {key: codec.decode(SourceState, document) for key, document in rows}

    def watch(self, source_id: str, watch: Watch) -> None:
        """Remember what the operator was told; of a source that was never visited there is nothing to tell."""
        state = self._locked(source_id)
        if state is not None:
            self._save(replace(state, watch=watch))

    def reread(self, source_id: str) -> None:
        """Forget how far its lists and files were read; pages behind lists stay known."""
        state = self._locked(source_id)
        if state is not None:
            self._save(replace(state, reread=True))
        rows = self._transaction.execute(select(memos.c.url, memos.c.document).where(memos.c.source_id == source_id))
        lists = [url for url, document in rows if is_list(codec.decode(Memo, document))]
        if lists:
            self._transaction.execute(delete(memos).where(memos.c.source_id == source_id, memos.c.url.in_(lists)))

    def excerpts(self, source_id: str | None = None) -> Sequence[Excerpt]:
        """What is in quarantine, newest first."""
        statement = select(*(quarantine.c[name] for name in ("source_id", "at", "reason", "excerpt"))).order_by(
            quarantine.c.at.desc(), quarantine.c.seq.desc()
        )
        if source_id is not None:
            statement = statement.where(quarantine.c.source_id == source_id)
        return [Excerpt(**row) for row in self._transaction.execute(statement).mappings()]

    def tallies(self, day: str | None = None) -> Mapping[str, Tally]:
        """By source id, the key "" for all together; a source not looked at on that day is not there."""
        return self._tallies.read(day)

    def _locked(self, source_id: str) -> SourceState | None:
        statement = select(sources.c.document).where(sources.c.id == source_id).with_for_update()
        document = self._transaction.execute(statement).scalar()
        return None if document is None else codec.decode(SourceState, document)

    def _save(self, state: SourceState) -> None:
        row = {"id": state.source_id, "document": codec.encode(state)}
        self._transaction.execute(_save(self._transaction.dialect), row)


@cache
def _save(dialect: str) -> Executable:
    return upsert(dialect, sources)
