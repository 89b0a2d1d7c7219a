"""Issued reports in memory; periodical ones, which may tell of thousands of events, are kept packed."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from alerts.model import Report, ReportKind
from services.storage import codec
from services.storage.days import beijing_year
from services.storage.memory.tables import Issued, Tables
from services.storage.reports import series, written

FASTEST = 1
"""zlib's level."""


def _held(report: Report) -> Issued:
    packed = zlib.compress(codec.encode(report).encode(), FASTEST) if report.period else report
    return Issued(series(report), report.period, report.issued_at, packed)


class MemoryReportStore:
    """ReportStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def issue(self, report: Report) -> Report:
        """Number and store; a report that is stored already is returned as it was issued."""
        tables, stored = self._tables, self.get(report.id)
        if stored is not None:
            return stored
        key = (beijing_year(report.issued_at), series(report))
        ordinal = tables.numbers.get(key, 0) + 1
        tables.journal.put(tables.numbers, key, ordinal)
        numbered = replace(report, number=written(report, key[0], ordinal))
        tables.journal.put(tables.reports, report.id, _held(numbered))
        if report.event_id is not None:
            tables.journal.put(tables.reports_of[report.event_id], report.id, None)
        return numbered

    def get(self, report_id: str) -> Report | None:
        """One report."""
        found = self._tables.reports.get(report_id)
        return None if found is None else found.report

    def of_event(self, event_id: str) -> Sequence[Report]:
        """In the order of issue."""
        return [self._tables.reports[key].report for key in self._tables.reports_of.get(event_id, {})]

    def latest(self, kind: ReportKind | None = None, *, limit: int = 50) -> Sequence[Report]:
        """The last issued first."""
        newest = reversed(self._tables.reports.values())
        wanted = (one for one in newest if kind is None or one.kind == kind.value)
        return [one.report for one in islice(wanted, limit)]

    def between(self, since: datetime, until: datetime) -> Sequence[Report]:
        """In the order of issue."""
        return [one.report for one in self._tables.reports.values() if since <= one.issued_at < until]

    def of_period(self, kind: ReportKind, period: str) -> Report | None:
        """The last revision."""
        newest = reversed(self._tables.reports.values())
        return next((one.report for one in newest if one.kind == kind.value and one.period == period), None)

    def periods(self, kind: ReportKind) -> Sequence[str]:
        """Newest first."""
        everything = self._tables.reports.values()
        return sorted({one.period for one in everything if one.kind == kind.value and one.period}, reverse=True)

    def issued(self) -> Iterator[Report]:
        """All of them, in the order of issue."""
        return (one.report for one in self._tables.reports.values())
