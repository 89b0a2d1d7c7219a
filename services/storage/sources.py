"""How the sources have been doing."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Executable, select

from crawlers.model import Health, Visit
from services.ports import SourceState, Tally
from services.storage import codec
from services.storage.statements import upsert
from services.storage.tables import sources
from services.storage.tallies import TallyBook
from services.storage.transaction import Transaction

REACHED = frozenset({Health.OK, Health.UNCHANGED})


def after(state: SourceState | None, visit: Visit) -> SourceState:
    """The state once this visit is counted in."""
    before = state or SourceState(source_id=visit.source_id, health=visit.health)
    at = visit.finished_at
    return SourceState(
        source_id=visit.source_id,
        health=visit.health,
        last_visit_at=at,
        last_success_at=at if visit.health in REACHED else before.last_success_at,
        last_new_at=at if visit.new or visit.revised else before.last_new_at,
        quarantined=before.quarantined + visit.quarantined,
        problem="；".join(visit.problems),
    )


class SqlSourceStore:
    """SourceStore over `sources` and the tallies."""

    def __init__(self, transaction: Transaction, tallies: TallyBook) -> None:
        self._transaction = transaction
        self._tallies = tallies

    def visited(self, visit: Visit) -> None:
        """Count a visit in."""
        statement = select(sources.c.document).where(sources.c.id == visit.source_id).with_for_update()
        stored = self._transaction.execute(statement).scalar()
        state = after(None if stored is None else codec.decode(SourceState, stored), visit)
        row = {"id": state.source_id, "document": codec.encode(state)}
        self._transaction.execute(_save(self._transaction.dialect), row)

    def states(self) -> Mapping[str, SourceState]:
        """By source id."""
        rows = self._transaction.execute(select(sources).order_by(sources.c.id))
        return {key: codec.decode(SourceState, document) for key, document in rows}

    def tallies(self, day: str | None = None) -> Mapping[str, Tally]:
        """By source id, the key "" for all together; a source without posts on that day is not there."""
        return self._tallies.read(day)


@cache
def _save(dialect: str) -> Executable:
    return upsert(dialect, sources)
