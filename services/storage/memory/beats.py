"""Beats in memory."""

from collections.abc import Mapping

from services.ports import Beat
from services.storage.memory.tables import Tables


class MemoryBeatStore:
    """Who is alive and who leads."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> Mapping[str, Beat]:
        """Every name with its holder and count."""
        return dict(self._tables.beats)

    def raise_(self, name: str, holder: str) -> bool:
        """Count on; False when somebody else holds the name."""
        if not self.holds(name, holder):
            return False
        seen = self._tables.beats[name]
        self._tables.journal.put(self._tables.beats, name, Beat(holder, seen.beat + 1))
        return True

    def take(self, name: str, holder: str, over: Beat | None) -> bool:
        """Hold a name that was last seen as `over` (None: that nobody held); False when it has changed since."""
        if self._tables.beats.get(name) != over:
            return False
        self._tables.journal.put(self._tables.beats, name, Beat(holder, over.beat + 1 if over else 0))
        return True

    def holds(self, name: str, holder: str) -> bool:
        """Whether this holder has it."""
        found = self._tables.beats.get(name)
        return found is not None and found.holder == holder

    def fence(self, holder: str) -> None:
        """No transaction outlives its process here."""

    def drop(self, name: str, holder: str) -> None:
        """Nobody holds it any more."""
        if self.holds(name, holder):
            self._tables.journal.drop(self._tables.beats, name)
