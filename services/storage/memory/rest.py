"""Sources, briefs and the audit log in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crawlers.model import Visit
from services.audit import AuditEntry, Broken, Head, first_broken, following
from services.ports import BriefRecord, SourceState, Tally
from services.storage.errors import StaleVersion
from services.storage.memory.tables import Tables
from services.storage.sources import after
from services.storage.tallies import total


class MemorySourceStore:
    """SourceStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def visited(self, visit: Visit) -> None:
        """Count a visit in."""
        state = after(self._tables.sources.get(visit.source_id), visit)
        self._tables.journal.put(self._tables.sources, visit.source_id, state)

    def states(self) -> Mapping[str, SourceState]:
        """By source id."""
        return dict(sorted(self._tables.sources.items()))

    def tallies(self, day: str | None = None) -> Mapping[str, Tally]:
        """By source id, the key "" for all together."""
        return total(tally for (_, of), tally in self._tables.tallies.items() if day in {None, of})


class MemoryBriefStore:
    """BriefStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, record: BriefRecord) -> None:
        """Store a revision that is not there yet. Raises StaleVersion otherwise."""
        key = (record.date, record.revision)
        if key in self._tables.briefs:
            raise StaleVersion(f"{record.date} 日报第{record.revision}版已经印发，不能改动。")
        self._tables.journal.put(self._tables.briefs, key, record)

    def get(self, date: str) -> BriefRecord | None:
        """The latest revision."""
        revisions = [record for (day, _), record in self._tables.briefs.items() if day == date]
        return max(revisions, key=lambda record: record.revision, default=None)

    def dates(self) -> Sequence[str]:
        """Newest first."""
        return sorted({day for day, _ in self._tables.briefs}, reverse=True)


class MemoryAuditLog:
    """AuditLog in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def append(self, *, at: datetime, actor: str, action: str, target: str, note: str = "") -> AuditEntry:
        """Add a line."""
        entry = following(self._head(), at=at, actor=actor, action=action, target=target, note=note)
        self._tables.journal.put(self._tables.audit, entry.seq, entry)
        return entry

    def entries(self, *, limit: int = 100, before: int | None = None) -> Sequence[AuditEntry]:
        """Newest first; `before` a line's number."""
        lines = reversed(self._tables.audit.values())
        return [line for line in lines if before is None or line.seq < before][:limit]

    def verify(self) -> Broken | None:
        """Every line, from the first."""
        return first_broken(self._tables.audit.values(), self._head())

    def _head(self) -> Head:
        last = self._tables.audit.get(len(self._tables.audit))
        return Head(seq=last.seq, hash=last.hash) if last else Head()
