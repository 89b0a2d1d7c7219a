"""A report as it is kept in memory: a periodical one, which may tell of thousands of events, lies on the shelf."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import orjson

from alerts.model import Report
from alerts.reports.sections import Sections
from services.storage import codec
from services.storage.memory.shelf import Place, Shelf


class Body(Mapping[str, object]):
    """A periodical report's structure, each section by itself: the next brief asks for one of a dozen."""

    def __init__(self, body: Mapping[str, object], shelf: Shelf) -> None:
        written = body.written if isinstance(body, Sections) else {k: orjson.dumps(said) for k, said in body.items()}
        self._shelf = shelf
        self._places = {name: shelf.put(said) for name, said in written.items()}

    def __getitem__(self, name: str) -> object:
        return orjson.loads(self._shelf.get(self._places[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Shelved(NamedTuple):
    """All of a periodical report but its body, as a document, and its body."""

    document: Place
    body: Body
    shelf: Shelf

    @property
    def report(self) -> Report:
        """As it was issued."""
        return replace(codec.decode(Report, self.shelf.get(self.document)), body=self.body)


class Issued(NamedTuple):
    """A report, or where it lies; `seq` counts in the order of issue."""

    seq: int
    held: Report | Shelved

    @classmethod
    def of(cls, seq: int, report: Report, shelf: Shelf) -> "Issued":
        """Put it on the shelf where it may be long."""
        if not report.period:
            return cls(seq, report)
        document = shelf.put(codec.encode(replace(report, body={})).encode())
        return cls(seq, Shelved(document, Body(report.body, shelf), shelf))

    @property
    def report(self) -> Report:
        """As it was issued."""
        return self.held if isinstance(self.held, Report) else self.held.report
