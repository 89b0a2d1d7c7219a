"""What alerting needs from outside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from alerts.feedback import Feedback
from alerts.model import (
    Alert,
    Handover,
    LogEntry,
    Message,
    Notification,
    NotificationState,
    Report,
    ReportKind,
    Task,
)
from alerts.people import Person


class Directory(Protocol):
    """Who is meant by a role, a person's or a department's id at a moment; nobody is an empty list."""

    def resolve(self, target: str, at: datetime) -> Sequence[Person]: ...


class Channel(Protocol):
    """One way to reach a person.

    `send` returns when the far side has taken the message, raises Transient or Permanent otherwise.
    The message's `key` stays the same over every attempt. `address_problem` says in a sentence why nothing can be
    sent to an address, empty when it can. `close` lets go of what is held open.
    """

    name: str

    def send(self, message: Message) -> None: ...

    def address_problem(self, address: str) -> str: ...

    def close(self) -> None: ...


class AlertStore(Protocol):
    """Alerts and their history. `save` refuses a version that is not the stored one + 1 (lost update).

    `episodes` are all alerts of an event, the latest last; `of_event` is that one. `last_line` is the line of any
    history that was written last.
    """

    def save(self, alert: Alert) -> None: ...

    def get(self, alert_id: str) -> Alert | None: ...

    def of_event(self, event_id: str) -> Alert | None: ...

    def of_events(self, event_ids: Collection[str]) -> Mapping[str, Alert]: ...

    def episodes(self, event_id: str) -> Sequence[Alert]: ...

    def open(self) -> Sequence[Alert]: ...

    def due(self, now: datetime, limit: int = 200) -> Sequence[Alert]: ...

    def next_due(self) -> datetime | None: ...

    def all(self, *, limit: int = 500) -> Sequence[Alert]: ...

    def log(self, entry: LogEntry) -> None: ...

    def history(self, alert_id: str) -> Sequence[LogEntry]: ...

    def last_line(self) -> LogEntry | None: ...


class ReportStore(Protocol):
    """Issued reports.

    `issue` gives the next number of the report's year and kind and returns it numbered. `latest` are the last issued
    first, of one kind or of all; `between` are those about events, issued from `since` on and before `until`.
    `of_period` is a periodical report's last revision, `periods` names what is issued, newest first.
    """

    def issue(self, report: Report) -> Report: ...

    def get(self, report_id: str) -> Report | None: ...

    def of_event(self, event_id: str) -> Sequence[Report]: ...

    def latest(self, kind: ReportKind | None = None, *, limit: int = 50) -> Sequence[Report]: ...

    def between(self, since: datetime, until: datetime) -> Sequence[Report]: ...

    def of_period(self, kind: ReportKind, period: str) -> Report | None: ...

    def periods(self, kind: ReportKind) -> Sequence[str]: ...


class Over(NamedTuple):
    """Which channels a sender sends over: these, or (`but`) all but these."""

    channels: tuple[str, ...] = ()
    but: bool = True

    def covers(self, channel: str) -> bool:
        """Whether it is one of them."""
        return (channel in self.channels) is not self.but


ANY = Over()


class Outbox(Protocol):
    """Messages that are due.

    `add` ignores an id it already has and says whether it was new. `claim` takes at most `limit` due messages under a
    lease until `until`: an alert's first ones before all others, and then alerts take turns. With a mild one come all
    mild ones that wait for the same person and channel, as one bundle that stays one. A lease that has run out may be
    claimed again; `release` ends those of a `holder` that is dead. `record` stores the outcome of an attempt.
    `told_at` is when a person was last sent something mild. `siblings` are the same message over other channels.
    `oldest_due` is the due time of what has waited longest and is in nobody's hands.
    """

    def add(self, notification: Notification) -> bool: ...

    def claim(
        self, *, limit: int, now: datetime, until: datetime, holder: str = "", over: Over = ANY
    ) -> Sequence[Notification]: ...

    def release(self, holder: str) -> int: ...

    def record(self, notification: Notification) -> None: ...

    def get(self, notification_id: str) -> Notification | None: ...

    def siblings(self, notification: Notification) -> Sequence[Notification]: ...

    def told_at(self, recipient: str, channel: str) -> datetime | None: ...

    def waiting(self) -> int: ...

    def oldest_due(self, now: datetime) -> datetime | None: ...

    def is_due(self, now: datetime, over: Over = ANY) -> bool: ...

    def all(
        self, *, alert_id: str | None = None, state: NotificationState | None = None, limit: int = 500
    ) -> Sequence[Notification]: ...


class HandoverStore(Protocol):
    """Notes of shifts. `save` inserts or overwrites; `latest` is the one written last for a role."""

    def save(self, handover: Handover) -> None: ...

    def latest(self, role: str) -> Handover | None: ...

    def all(self, *, limit: int = 50) -> Sequence[Handover]: ...


class TaskStore(Protocol):
    """Verify tasks; one open task an event. `get` gives an open one, None for what is finished or unknown.

    What is withdrawn was never answered: the same question may be asked again.
    """

    def add(self, task: Task) -> bool: ...

    def withdraw(self, event_id: str) -> Task | None: ...

    def finish(self, task_id: str, *, by: str, outcome: str, at: datetime) -> None: ...

    def get(self, task_id: str) -> Task | None: ...

    def open(self) -> Sequence[Task]: ...


class FeedbackStore(Protocol):
    """Operators' verdicts, the latest of each event; `all` is the oldest first."""

    def give(self, given: Feedback) -> None: ...

    def all(self) -> Sequence[Feedback]: ...
