"""All that is stored in memory."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from alerts.feedback import Feedback
from alerts.model import Alert, Handover, LogEntry, Notification, Task
from analyzer.model import Event, Finding, Rating, Reading
from analyzer.regrouping import Regrouping
from crawlers.model import Memo, Post
from services.audit import AuditEntry
from services.ports import Beat, Excerpt, SourceState, Tally
from services.storage.days import beijing_day
from services.storage.memory.issued import Issued
from services.storage.memory.line import Journal, Line
from services.storage.memory.queue import Queue
from services.storage.memory.shelf import Shelf
from services.storage.tallies import CANARY, add


class Arrival(NamedTuple):
    """An unread post and its number."""

    seq: int
    post: Post


class Kept(NamedTuple):
    """A post that was read; its number is that of its arrival, its digest that of its text."""

    seq: int
    post: Post
    reading: Reading
    digest: int


class Known(NamedTuple):
    """The newest revision there is of a post; `source_id` where it was kept."""

    revision: int
    digest: int
    source_id: str | None = None


@dataclass(slots=True)
class Tables:
    """Tables as dictionaries, changed by the journal only; what they hold is never changed in place.

    Inner dictionaries are ordered sets; their values are numbers of arrival.
    """

    journal: Journal = field(default_factory=Journal)
    intake: dict[str, Arrival] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    told: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    known: dict[str, Known] = field(default_factory=dict)
    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    sources: dict[str, SourceState] = field(default_factory=dict)
    memos: dict[tuple[str, str], Memo] = field(default_factory=dict)
    quarantine: dict[int, Excerpt] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    seen_on: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    event_of: dict[str, str] = field(default_factory=dict)
    members: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    ratings: dict[int, tuple[datetime, Rating]] = field(default_factory=dict)
    rating_of: dict[str, Rating] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    regroupings: dict[str, Regrouping] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    opened_on: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    open_alerts: dict[str, None] = field(default_factory=dict)
    alert_of: dict[str, str] = field(default_factory=dict)
    history: defaultdict[str | None, dict[int, LogEntry]] = field(default_factory=lambda: defaultdict(dict))
    shelf: Shelf = field(default_factory=Shelf)
    reports: dict[str, Issued] = field(default_factory=dict)
    issued_on: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    issued_as: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    periods: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    reports_of: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    notifications: dict[str, Notification] = field(default_factory=dict)
    notifications_of: defaultdict[str | None, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    told_at: dict[str, datetime] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    asked: dict[tuple[str, datetime], Task] = field(default_factory=dict)
    """Each as it was asked, by its id and that moment: an open one that asks for something else keeps its time."""
    feedback: dict[str, Feedback] = field(default_factory=dict)
    open_tasks: dict[str, str] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    audit: dict[int, AuditEntry] = field(default_factory=dict)
    beats: dict[str, Beat] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    unread: Line = field(init=False)
    outbox: Queue = field(init=False)
    due: Line = field(init=False)

    def __post_init__(self) -> None:
        """The lines share the journal."""
        self.unread, self.due, self.outbox = Line(self.journal), Line(self.journal), Queue(self.journal)

    def next(self, name: str) -> int:
        """Count from 1."""
        number = self.counters.get(name, 0) + 1
        self.journal.put(self.counters, name, number)
        return number

    def count(self, post: Post, **numbers: int) -> None:
        """Add to the tally of the post's source and day."""
        if post.source_id == CANARY:
            return
        self._count(post.source_id, post.collected_at, numbers)

    def visit(self, source_id: str, at: datetime) -> None:
        """That a source was looked at, though it had nothing."""
        self._count(source_id, at, {})

    def _count(self, source_id: str, at: datetime, numbers: Mapping[str, int]) -> None:
        key = (source_id, beijing_day(at))
        self.journal.put(self.tallies, key, add(self.tallies.get(key, Tally()), source_id, numbers))
