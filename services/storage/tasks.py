"""What the duty operator is asked to verify."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update

from alerts.model import Task
from services.storage import codec
from services.storage.errors import StorageError
from services.storage.statements import insert_new
from services.storage.tables import tasks
from services.storage.transaction import Transaction


class SqlTaskStore:
    """TaskStore over `tasks`; a partial unique index allows one open task an event."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, task: Task) -> bool:
        """Store it unless it was asked before. An open one of its event asks this from now on, and keeps its time."""
        row = {
            "id": task.id,
            "event_id": task.event_id,
            "at": task.at,
            "done_at": task.done_at,
            "document": codec.encode(task),
        }
        added = self._transaction.execute(insert_new(self._transaction.dialect, tasks), row).rowcount == 1
        return added or self._asked_anew(task)

    def _asked_anew(self, task: Task) -> bool:
        """People tell something else by now: whoever verifies must not answer what nobody asks any more."""
        mine = (tasks.c.event_id == task.event_id) & tasks.c.done_at.is_(None)
        stored = self._transaction.execute(select(tasks.c.document).where(mine).with_for_update()).scalar()
        known = self._transaction.execute(select(tasks.c.id).where(tasks.c.id == task.id)).scalar()
        if stored is None or known is not None:
            return False
        open_ = replace(codec.decode(Task, stored), id=task.id, reason=task.reason)
        self._transaction.run(update(tasks).where(mine).values(id=open_.id, document=codec.encode(open_)))
        return True

    def withdraw(self, event_id: str) -> Task | None:
        """The open one of an event is asked no more; None without one."""
        mine = (tasks.c.event_id == event_id) & tasks.c.done_at.is_(None)
        stored = self._transaction.execute(select(tasks.c.document).where(mine).with_for_update()).scalar()
        if stored is None:
            return None
        self._transaction.run(delete(tasks).where(mine))
        return codec.decode(Task, stored)

    def finish(self, task_id: str, *, by: str, outcome: str, at: datetime) -> None:
        """Write down what came of it; one that is finished stays as it is. Raises StorageError for an unknown id."""
        mine = tasks.c.id == task_id
        stored = self._transaction.execute(select(tasks.c.document).where(mine).with_for_update()).scalar()
        if stored is None:
            raise StorageError(f"没有核实任务 {task_id}。")
        task = codec.decode(Task, stored)
        if task.done_at is None:
            done = replace(task, done_at=at, done_by=by, outcome=outcome)
            self._transaction.run(update(tasks).where(mine).values(done_at=at, document=codec.encode(done)))

    def get(self, task_id: str) -> Task | None:
        """An open task; None for what is finished or unknown."""
        statement = select(tasks.c.document).where(tasks.c.id == task_id, tasks.c.done_at.is_(None))
        stored = self._transaction.execute(statement).scalar()
        return None if stored is None else codec.decode(Task, stored)

    def open(self) -> Sequence[Task]:
        """Oldest first."""
        statement = select(tasks.c.document).where(tasks.c.done_at.is_(None)).order_by(tasks.c.at, tasks.c.id)
        return [codec.decode(Task, row) for row in self._transaction.execute(statement).scalars()]
