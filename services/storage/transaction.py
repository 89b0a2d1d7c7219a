"""One transaction on one connection: what the stores of a unit of work share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self, TypeAlias

from sqlalchemy import Connection, CursorResult, Engine, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from services.storage.engine import MODE, Mode
from services.storage.errors import Unavailable

Row: TypeAlias = Mapping[str, Any]
Result: TypeAlias = CursorResult[*tuple[Any, ...]]


class Transaction:
    """Statements with rollback unless committed.

    Writes whose outcome nobody asks for may be queued: they go out together, before the next statement or at
    the commit, a batch for each kind of statement. Counters wait for the commit, so that rows which every worker
    writes are locked last and in one order.
    """

    def __init__(self, engine: Engine, mode: Mode = Mode.WORK) -> None:
        self.dialect = engine.dialect.name
        self._engine = engine
        self._mode = mode
        self._connection: Connection | None = None
        self._deferred: list[Callable[[], None]] = []
        self._queued: dict[Executable, list[Row]] = {}
        self._last: list[Callable[[], None]] = []

    def execute(self, statement: Executable, rows: Row | Sequence[Row] | None = None) -> Result:
        """Run a statement after all that was queued before it."""
        self.flush()
        return self.run(statement, rows)

    def run(self, statement: Executable, rows: Row | Sequence[Row] | None = None) -> Result:
        """Run a statement now. Raises Unavailable when the database is locked, full or gone."""
        with _translated():
            return self._open().execute(statement, rows)

    def queue(self, statement: Executable, row: Row) -> None:
        """Run this some time before the next `execute`; the order among different statements is that of their first."""
        self._queued.setdefault(statement, []).append(row)

    def defer(self, write: Callable[[], None]) -> None:
        """Call this before anything queued goes out."""
        self._deferred.append(write)

    def defer_to_commit(self, write: Callable[[], None]) -> None:
        """Call this last of all."""
        self._last.append(write)

    def flush(self) -> None:
        """Send what is queued."""
        while self._deferred or self._queued:
            deferred, self._deferred = self._deferred, []
            for write in deferred:
                write()
            queued, self._queued = self._queued, {}
            for statement, rows in queued.items():
                self.run(statement, rows)

    def commit(self) -> None:
        """Make everything durable; what follows is a new transaction."""
        self.flush()
        last, self._last = self._last, []
        for write in last:
            write()
        if self._connection is not None:
            with _translated():
                self._connection.commit()

    def rollback(self) -> None:
        """Undo what was not committed and give the connection back."""
        self._deferred, self._queued, self._last = [], {}, []
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with _translated():
                connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.rollback()

    def _open(self) -> Connection:
        if self._connection is None:
            options: dict[str, Any] = {MODE: self._mode}
            if self._mode is Mode.VIEW and self.dialect == "postgresql":
                options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            self._connection = self._engine.connect().execution_options(**options)
        return self._connection


class _translated:  # noqa: N801  # reads as a word: `with _translated():`
    """The driver's complaints as the record's own; much cheaper than a generator in the hot path."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError) and _passing(error):
            raise Unavailable.because(error.orig) from error
        if isinstance(error, NoConnection):
            raise Unavailable.because("所有连接都在等待") from error


def _passing(error: DBAPIError) -> bool:
    """Whether it may work later: locked, busy, full, deadlock, connection lost; not a broken statement or row."""
    return type(error).__name__ in {"OperationalError", "InterfaceError", "InternalError"}
