"""A store that is on disk after every call, for crawls that are killed."""

import pickle
from pathlib import Path

from tests.contracts.crawl_store import MemoryCrawlStore


class JournalCrawlStore(MemoryCrawlStore):
    """Writes each change to a file and begins with what stands there."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.outcomes: list[str] = []
        self._path = path
        self._replaying = True
        for name, arguments in self._entries():
            getattr(self, name)(*arguments)
        self._replaying = False

    def put(self, post):
        outcome = super().put(post)
        self.outcomes.append(outcome)
        self._note("put", post)
        return outcome

    def remember(self, source_id, memo):
        super().remember(source_id, memo)
        self._note("remember", source_id, memo)

    def _note(self, name, *arguments):
        if not self._replaying:
            with self._path.open("ab") as file:
                pickle.dump((name, arguments), file)

    def _entries(self):
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            while file.peek(1):
                try:
                    yield pickle.load(file)
                except (EOFError, pickle.UnpicklingError):
                    return
