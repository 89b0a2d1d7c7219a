"""Sources and the audit log in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from alerts.feedback import Feedback
from crawlers.model import Visit
from services.audit import AuditEntry, Broken, Head, first_broken, following
from services.ports import Excerpt, SourceState, Tally, Watch
from services.storage.memory.tables import Tables
from services.storage.sources import REACHED, after, is_list
from services.storage.tallies import total


class MemorySourceStore:
    """SourceStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def visited(self, visit: Visit, told: Sequence[datetime] = ()) -> None:
        """Count a visit in."""
        tables, before = self._tables, self._tables.sources.get(visit.source_id)
        tables.visit(visit.source_id, visit.finished_at)
        mine = {number: held for number, held in tables.quarantine.items() if held.source_id == visit.source_id}
        if before is not None and before.reread and visit.health in REACHED:
            for number in [number for number, held in mine.items() if held.at < visit.started_at]:
                tables.journal.drop(tables.quarantine, number)
                del mine[number]
        tables.journal.put(tables.sources, visit.source_id, after(before, visit, told, len(mine)))

    def get(self, source_id: str) -> SourceState | None:
        """One source; None before its first visit."""
        return self._tables.sources.get(source_id)

    def states(self) -> Mapping[str, SourceState]:
        """By source id."""
        return dict(sorted(self._tables.sources.items()))

    def watch(self, source_id: str, watch: Watch) -> None:
        """Remember what the operator was told."""
        self._change(source_id, watch=watch)

    def reread(self, source_id: str) -> None:
        """Forget how far its lists and files were read."""
        self._change(source_id, reread=True)
        tables = self._tables
        for key in [key for key, memo in tables.memos.items() if key[0] == source_id and is_list(memo)]:
            tables.journal.drop(tables.memos, key)

    def excerpts(self, source_id: str | None = None) -> Sequence[Excerpt]:
        """What is in quarantine, newest first."""
        found = sorted(self._tables.quarantine.items(), key=lambda item: (item[1].at, item[0]), reverse=True)
        return [held for _, held in found if source_id in {None, held.source_id}]

    def tallies(self, day: str | None = None) -> Mapping[str, Tally]:
        """By source id, the key "" for all together."""
        return total(tally for (_, of), tally in self._tables.tallies.items() if day in {None, of})

    def _change(self, source_id: str, **fields: Any) -> None:
        state = self._tables.sources.get(source_id)
        if state is not None:
            self._tables.journal.put(self._tables.sources, source_id, replace(state, **fields))


class MemoryFeedbackStore:
    """FeedbackStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def give(self, given: Feedback) -> None:
        """Insert or overwrite."""
        self._tables.journal.put(self._tables.feedback, given.event_id, given)

    def all(self) -> Sequence[Feedback]:
        """Oldest first."""
        return sorted(self._tables.feedback.values(), key=lambda one: (one.at, one.event_id))


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
