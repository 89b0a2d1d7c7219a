"""A report as it is kept in memory: a periodical one, which may tell of thousands of events, is packed."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import orjson

from alerts.model import Report
from alerts.reports.sections import Sections
from services.storage import codec

FASTEST = 1
"""zlib's level."""


class Body(Mapping[str, object]):
    """A periodical report's structure, each section packed by itself: the next brief asks for one of a dozen."""

    def __init__(self, body: Mapping[str, object]) -> None:
        written = body.written if isinstance(body, Sections) else {k: orjson.dumps(said) for k, said in body.items()}
        self._packed = {name: zlib.compress(said, FASTEST) for name, said in written.items()}

    def __getitem__(self, name: str) -> object:
        return orjson.loads(zlib.decompress(self._packed[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class Packed(NamedTuple):
    """All of a periodical report but its body, as a document, and its body."""

    document: bytes
    body: Body


class Issued(NamedTuple):
    """A report, or what it is packed to; `seq` counts in the order of issue."""

    seq: int
    held: Report | Packed

    @classmethod
    def of(cls, seq: int, report: Report) -> "Issued":
        """Pack it where it may be long."""
        if not report.period:
            return cls(seq, report)
        document = codec.encode(replace(report, body={})).encode()
        return cls(seq, Packed(zlib.compress(document, FASTEST), Body(report.body)))

    @property
    def report(self) -> Report:
        """As it was issued."""
        if isinstance(self.held, Report):
            return self.held
        return replace(codec.decode(Report, zlib.decompress(self.held.document)), body=self.held.body)
