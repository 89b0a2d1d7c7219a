"""Issued reports in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from alerts.model import Report, ReportKind
from services.storage.days import beijing_day, beijing_year
from services.storage.memory.issued import Issued
from services.storage.memory.tables import Tables
from services.storage.reports import series, written


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
        tables.journal.put(tables.reports, report.id, Issued.of(tables.next("reports"), numbered, tables.shelf))
        tables.journal.put(tables.issued_as[key[1]], report.id, None)
        if report.period:
            tables.journal.put(tables.periods[key[1]], report.period, report.id)
        if report.event_id is not None:
            tables.journal.put(tables.issued_on[beijing_day(report.issued_at)], report.id, None)
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
        everything = self._tables.reports
        keys = everything if kind is None else self._tables.issued_as.get(kind.value, {})
        return [everything[key].report for key in islice(reversed(keys), limit)]

    def between(self, since: datetime, until: datetime) -> Sequence[Report]:
        """About events, in the order of issue."""
        tables = self._tables
        days = [day for day in tables.issued_on if beijing_day(since) <= day <= beijing_day(until)]
        found = sorted((tables.reports[key] for day in days for key in tables.issued_on[day]), key=lambda one: one.seq)
        return [report for report in (one.report for one in found) if since <= report.issued_at < until]

    def of_period(self, kind: ReportKind, period: str) -> Report | None:
        """The last revision."""
        key = self._tables.periods.get(kind.value, {}).get(period)
        return None if key is None else self._tables.reports[key].report

    def periods(self, kind: ReportKind) -> Sequence[str]:
        """Newest first."""
        return sorted(self._tables.periods.get(kind.value, ()), reverse=True)

    def issued(self) -> Iterator[Report]:
        """All of them, in the order of issue."""
        return (one.report for one in self._tables.reports.values())
