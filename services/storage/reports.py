"""Issued reports and their numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, insert, select

from alerts.model import Report, ReportKind
from services.storage import codec
from services.storage.days import beijing_year
from services.storage.statements import insert as portable_insert
from services.storage.tables import report_numbers, reports
from services.storage.transaction import Transaction

_ISSUE = insert(reports)


def series(report: Report) -> str:
    """What a report is numbered among: drills have numbers of their own, so that the real ones have no gaps."""
    return f"drill_{report.kind.value}" if report.drill else report.kind.value


def written(report: Report, year: int, ordinal: int) -> str:
    """A report's number as people write it, e.g. "首报〔2026〕3号"."""
    return f"{'演练' if report.drill else ''}{report.kind.chinese}〔{year}〕{ordinal}号"


class SqlReportStore:
    """ReportStore over `reports` and `report_numbers`.

    The counter's row is locked until the transaction ends, and a rolled back one gives its number back: no gaps.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def issue(self, report: Report) -> Report:
        """Number and store; a report that is stored already is returned as it was issued."""
        stored = self.get(report.id)
        if stored is not None:
            return stored
        year = beijing_year(report.issued_at)
        counter = _count(self._transaction.dialect)
        ordinal = self._transaction.execute(counter, {"year": year, "kind": series(report), "last": 1}).scalar_one()
        numbered = replace(report, number=written(report, year, ordinal))
        row = {
            "id": numbered.id,
            "kind": series(numbered),
            "year": year,
            "ordinal": ordinal,
            "event_id": numbered.event_id,
            "period": numbered.period or None,
            "issued_at": numbered.issued_at,
            "document": codec.encode(numbered),
        }
        self._transaction.execute(_ISSUE, row)
        return numbered

    def get(self, report_id: str) -> Report | None:
        """One report."""
        row = self._transaction.execute(select(reports.c.document).where(reports.c.id == report_id)).scalar()
        return None if row is None else codec.decode(Report, row)

    def of_event(self, event_id: str) -> Sequence[Report]:
        """In the order of issue."""
        rows = self._transaction.execute(_of_event(), {"event": event_id}).scalars()
        return [codec.decode(Report, row) for row in rows]

    def latest(self, kind: ReportKind | None = None, *, limit: int = 50) -> Sequence[Report]:
        """The last issued first."""
        statement = select(reports.c.document).order_by(reports.c.seq.desc()).limit(limit)
        return self._many(statement if kind is None else statement.where(reports.c.kind == kind.value))

    def between(self, since: datetime, until: datetime) -> Sequence[Report]:
        """About events, in the order of issue."""
        when = (reports.c.issued_at >= since) & (reports.c.issued_at < until) & reports.c.event_id.is_not(None)
        return self._many(select(reports.c.document).where(when).order_by(reports.c.seq))

    def of_period(self, kind: ReportKind, period: str) -> Report | None:
        """The last revision."""
        mine = (reports.c.kind == kind.value) & (reports.c.period == period)
        return next(
            iter(self._many(select(reports.c.document).where(mine).order_by(reports.c.seq.desc()).limit(1))), None
        )

    def periods(self, kind: ReportKind) -> Sequence[str]:
        """Newest first."""
        mine = (reports.c.kind == kind.value) & reports.c.period.is_not(None)
        named = select(reports.c.period).where(mine).distinct().order_by(reports.c.period.desc())
        return list(self._transaction.execute(named).scalars())

    def _many(self, statement: Select[Any]) -> list[Report]:
        return [codec.decode(Report, row) for row in self._transaction.execute(statement).scalars()]


@cache
def _of_event() -> Executable:
    return select(reports.c.document).where(reports.c.event_id == bindparam("event")).order_by(reports.c.seq)


@cache
def _count(dialect: str) -> Executable:
    statement = portable_insert(dialect, report_numbers)
    return statement.on_conflict_do_update(
        index_elements=["year", "kind"], set_={"last": report_numbers.c.last + 1}
    ).returning(report_numbers.c.last)
