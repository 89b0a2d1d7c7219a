"""Alerts, verify tasks and hand-overs in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from alerts.model import Alert, Handover, LogEntry, Task
from services.storage.days import beijing_day
from services.storage.errors import StaleVersion, StorageError
from services.storage.memory.tables import Tables


class MemoryAlertStore:
    """AlertStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def save(self, alert: Alert) -> None:
        """Store the version after the stored one. Raises StaleVersion otherwise."""
        tables, stored = self._tables, self._tables.alerts.get(alert.id)
        if alert.version != (stored.version if stored else 0) + 1:
            raise StaleVersion(f"预警 {alert.id} 已被他人更新，请刷新后重试。")
        tables.journal.put(tables.alerts, alert.id, alert)
        if stored is None:
            self._open(alert)
        if alert.state.final:
            tables.journal.drop(tables.open_alerts, alert.id)
        elif stored is None or stored.state.final:
            tables.journal.put(tables.open_alerts, alert.id, None)
        due_at = alert.due_at
        if due_at is None:
            tables.due.drop(alert.id)
        else:
            tables.due.put(alert.id, due_at, due_at)

    def _open(self, alert: Alert) -> None:
        """Find it from now on by its day and, where it is of the latest episode, by its event."""
        tables, latest = self._tables, self.of_event(alert.event_id)
        tables.journal.put(tables.opened_on[beijing_day(alert.opened_at)], alert.id, None)
        if latest is None or (alert.episode, alert.opened_at) >= (latest.episode, latest.opened_at):
            tables.journal.put(tables.alert_of, alert.event_id, alert.id)

    def get(self, alert_id: str) -> Alert | None:
        """One alert."""
        return self._tables.alerts.get(alert_id)

    def of_event(self, event_id: str) -> Alert | None:
        """The alert of the event's latest episode."""
        key = self._tables.alert_of.get(event_id)
        return None if key is None else self._tables.alerts[key]

    def episodes(self, event_id: str) -> Sequence[Alert]:
        """All alerts of the event, the latest last."""
        found = (alert for alert in self._tables.alerts.values() if alert.event_id == event_id)
        return sorted(found, key=lambda alert: (alert.episode, alert.opened_at, alert.id))

    def of_events(self, event_ids: Collection[str]) -> Mapping[str, Alert]:
        """Of each event that has any, the alert of its latest episode."""
        return {key: alert for key in event_ids if (alert := self.of_event(key)) is not None}

    def open(self) -> Sequence[Alert]:
        """All that are not final, oldest first."""
        return sorted((self._tables.alerts[key] for key in self._tables.open_alerts), key=_opened)

    def due(self, now: datetime, limit: int = 200) -> Sequence[Alert]:
        """Those with something due at `now`, longest due first."""
        return [self._tables.alerts[key] for key in self._tables.due.due(now, limit)]

    def next_due(self) -> datetime | None:
        """The earliest moment at which anything is due."""
        return self._tables.due.next_wake()

    def all(self, *, limit: int = 500) -> Sequence[Alert]:
        """Newest first."""
        tables, found = self._tables, list[Alert]()
        for day in sorted(tables.opened_on, reverse=True):
            if len(found) < limit:
                found += sorted((tables.alerts[key] for key in tables.opened_on[day]), key=_opened, reverse=True)
        return found[:limit]

    def log(self, entry: LogEntry) -> None:
        """Add a line."""
        self._tables.journal.put(self._tables.history[entry.alert_id], self._tables.next("history"), entry)

    def history(self, alert_id: str) -> Sequence[LogEntry]:
        """Lines in the order in which they were written."""
        return list(self._tables.history.get(alert_id, {}).values())

    def last_line(self) -> LogEntry | None:
        """The line of any history that was written last."""
        written = (line for lines in self._tables.history.values() for line in lines.items())
        last = max(written, default=None, key=itemgetter(0))
        return None if last is None else last[1]


def _opened(alert: Alert) -> tuple[datetime, str]:
    return alert.opened_at, alert.id


class MemoryTaskStore:
    """TaskStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, task: Task) -> bool:
        """Store it unless it was asked before. An open one of its event asks this from now on, and keeps its time."""
        tables, known = self._tables, self._tables.tasks.get(task.id)
        if known is not None and (known.done_at is not None or self._is_open(known)):
            return False
        tables.journal.put(tables.asked, (task.id, task.at), task)
        if task.done_at is None and (before := tables.open_tasks.get(task.event_id)) is not None:
            task = replace(tables.tasks[before], id=task.id, reason=task.reason)
            tables.journal.drop(tables.tasks, before)
        tables.journal.put(tables.tasks, task.id, task)
        if task.done_at is None:
            tables.journal.put(tables.open_tasks, task.event_id, task.id)
        return True

    def withdraw(self, event_id: str) -> Task | None:
        """The open one of an event is asked no more; None without one. That it was asked is remembered."""
        tables = self._tables
        if (task_id := tables.open_tasks.get(event_id)) is None:
            return None
        tables.journal.drop(tables.open_tasks, event_id)
        return tables.tasks[task_id]

    def finish(self, task_id: str, *, by: str, outcome: str, at: datetime) -> None:
        """Write down what came of it. Raises StorageError for an unknown id."""
        tables, task = self._tables, self._tables.tasks.get(task_id)
        if task is None or (task.done_at is None and not self._is_open(task)):
            raise StorageError(f"没有核实任务 {task_id}。")
        if task.done_at is None:
            tables.journal.put(tables.tasks, task_id, replace(task, done_at=at, done_by=by, outcome=outcome))
            tables.journal.drop(tables.open_tasks, task.event_id)

    def get(self, task_id: str) -> Task | None:
        """An open task; None for what is finished or unknown."""
        task = self._tables.tasks.get(task_id)
        return task if task is not None and self._is_open(task) else None

    def _is_open(self, task: Task) -> bool:
        return self._tables.open_tasks.get(task.event_id) == task.id

    def open(self) -> Sequence[Task]:
        """Oldest first."""
        tasks = (self._tables.tasks[key] for key in self._tables.open_tasks.values())
        return sorted(tasks, key=lambda task: (task.at, task.id))

    def asked(self) -> Sequence[Task]:
        """Each as it was asked, in that order."""
        return list(self._tables.asked.values())


class MemoryHandoverStore:
    """HandoverStore in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def save(self, handover: Handover) -> None:
        """Insert or overwrite."""
        self._tables.journal.put(self._tables.handovers, handover.id, handover)

    def latest(self, role: str) -> Handover | None:
        """The last one written for a role."""
        return next((one for one in self.all(limit=len(self._tables.handovers)) if one.role == role), None)

    def all(self, *, limit: int = 50) -> Sequence[Handover]:
        """Newest first."""
        written = sorted(self._tables.handovers.values(), key=lambda one: (one.written_at, one.id), reverse=True)
        return written[:limit]
