"""What alerting emits: alerts, decisions, reports and notifications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from analyzer.model import EventStatus, FactKind, Figure, Tier


class AlertState(StrEnum):
    """Where an alert stands; docs/alerts.md draws the arrows."""

    TRIGGERED = "triggered"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    VERIFYING = "verifying"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"
    FALSE_ALARM = "false_alarm"
    MERGED = "merged"

    @property
    def chinese(self) -> str:
        """The state as people read it."""
        return _STATES[self.value]

    @property
    def final(self) -> bool:
        """Whether nothing more is due."""
        return self in _FINAL

    @property
    def settled(self) -> bool:
        """Whether a person has ended the event itself; one that goes on in another alert is not over."""
        return self in {AlertState.CLOSED, AlertState.FALSE_ALARM}

    @property
    def unattended(self) -> bool:
        """Whether nobody has acknowledged, so that escalation runs."""
        return self in {AlertState.TRIGGERED, AlertState.ESCALATED}


_FINAL = frozenset({AlertState.CLOSED, AlertState.FALSE_ALARM, AlertState.MERGED})
_STATES = {
    "triggered": "待签收",
    "escalated": "已升级催办",
    "acknowledged": "已签收",
    "verifying": "核实中",
    "assigned": "已转办",
    "answered": "已回应",
    "closed": "已办结",
    "false_alarm": "误报",
    "merged": "已合并",
}


class DeadlineKind(StrEnum):
    """The clocks an alert keeps."""

    ACKNOWLEDGE = "acknowledge"
    PHONE_REPORT = "phone_report"
    FIRST_REPORT = "first_report"
    FOLLOW_UP = "follow_up"
    PUBLIC_STATEMENT = "public_statement"
    PRESS = "press"
    ANSWER = "answer"
    FINAL_REPORT = "final_report"

    @property
    def chinese(self) -> str:
        """The clock as people read it."""
        return _CLOCKS[self.value]


_CLOCKS = {
    "acknowledge": "签收",
    "phone_report": "电话报告",
    "first_report": "首报",
    "follow_up": "续报",
    "public_statement": "权威发布",
    "press": "新闻发布会",
    "answer": "回应公众",
    "final_report": "终报",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """One clock: running while both `met_at` and `missed_at` are None. A late answer sets both.

    A cadence has `every`: from `due_at` on it runs out again and again, and nobody need look at it.
    """

    kind: DeadlineKind
    due_at: datetime
    met_at: datetime | None = None
    missed_at: datetime | None = None
    every: timedelta | None = None

    @property
    def running(self) -> bool:
        """Whether a miss can still happen."""
        return self.met_at is None and self.missed_at is None

    def next_at(self, now: datetime) -> datetime:
        """When it runs out; of a cadence the next time after `now`."""
        if self.every is None or now < self.due_at:
            return self.due_at
        return self.due_at + ((now - self.due_at) // self.every + 1) * self.every


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One phone report: `caller` (a person's id) told `called` (an id, or a name) at `at`; `note` is what was said."""

    at: datetime
    caller: str
    called: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overruled:
    """What a person has judged to be less grave: the tier of the rating, and the greatest value of each figure."""

    tier: Tier
    figures: Mapping[FactKind, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """The desk's file on one episode of an event.

    `tiered_at` is when the present tier was reached by opening or raising: its clocks and steps count from there.
    `step` is the last escalation step taken (0 = the first report); `escalate_at` the next one's time,
    None when somebody acts. `answered_at` is when a person first recorded an answer to the public.
    `acknowledgement_ends_at` is when an acknowledgement or an assignment with nothing after it runs out; while
    `snoozed_until` is set neither runs. `department` is in charge, those `assisting` help it. `request` holds a first
    person's wish while a second is needed. After a lowering only what goes beyond `overruled` raises again. An ended
    alert may be opened again until `reopen_until`.
    """

    id: str
    event_id: str
    episode: int
    tier: Tier
    state: AlertState
    opened_at: datetime
    tiered_at: datetime | None = None
    step: int = 0
    escalate_at: datetime | None = None
    owner: str | None = None
    department: str | None = None
    assisting: tuple[str, ...] = ()
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None
    acknowledgement_ends_at: datetime | None = None
    snoozed_until: datetime | None = None
    deadlines: tuple[Deadline, ...] = ()
    calls: tuple[Call, ...] = ()
    reports: int = 0
    reported_version: int = 0
    verified: bool = False
    request: "Request | None" = None
    overruled: Overruled | None = None
    drill: bool = False
    closed_at: datetime | None = None
    closed_reason: str = ""
    merged_into: str | None = None
    reopen_until: datetime | None = None
    version: int = 1

    @property
    def departments(self) -> tuple[str, ...]:
        """All that it has been assigned to: the one in charge first."""
        return (self.department, *self.assisting) if self.department else ()

    @property
    def due_at(self) -> datetime | None:
        """The next moment at which this alert must be looked at though nobody acts."""
        if self.state.final:
            return None
        running = [d.due_at for d in self.deadlines if d.every is None and d.met_at is None and d.missed_at is None]
        moments = (*running, self.escalate_at, self.acknowledgement_ends_at, self.snoozed_until)
        return min(filter(None, moments), default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A lowering or ending of a grave alert that waits for a second person; `into` is the alert to merge into."""

    action: str
    actor: str
    reason: str
    at: datetime
    tier: Tier | None = None
    into: str | None = None


class ReportKind(StrEnum):
    """Kinds of report, numbered apart."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    FINAL = "final"
    CORRECTION = "correction"
    DAILY = "daily"
    WEEKLY = "weekly"
    ASSESSMENT = "assessment"

    @property
    def chinese(self) -> str:
        """The kind as people read it."""
        return {
            "first": "首报",
            "follow_up": "续报",
            "final": "终报",
            "correction": "更正",
            "daily": "日报",
            "weekly": "周报",
            "assessment": "考核",
        }[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One issued report; never changed after it is issued.

    `number` is unique within year and kind, without gaps ("首报〔2026〕3号"); empty until it is stored.
    `fields` maps the field's Chinese name to its text, in reading order.
    `sequence` counts an event's reports of this kind from 1, or the revisions of a periodical one; 0 is a draft.
    `figures` and `status` are the event's at the time of issue, so that the next report can tell what changed.
    A periodical report has no event: `period` names what it is about (a day, a week's Monday: "2026-11-02"; a month:
    "2026-11"), `body` is its structure, from which page and papers are made (docs/reports.md says every key).
    """

    id: str
    kind: ReportKind
    title: str
    text: str
    issued_at: datetime
    template_version: str
    number: str = ""
    event_id: str | None = None
    alert_id: str | None = None
    sequence: int = 1
    tier: Tier | None = None
    verified: bool = False
    drill: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[FactKind, Figure] = field(default_factory=dict)
    status: EventStatus = EventStatus.ACTIVE
    period: str = ""
    body: Mapping[str, object] = field(default_factory=dict)


class NotificationState(StrEnum):
    """The life of one message to one person over one channel."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    DEAD = "dead"
    CANCELLED = "cancelled"

    @property
    def chinese(self) -> str:
        """The state as people read it."""
        return {
            "pending": "待发送",
            "sending": "发送中",
            "sent": "已送达",
            "retry": "待重试",
            "dead": "发送失败",
            "cancelled": "已取消",
        }[self.value]


class Purpose(StrEnum):
    """Why a message goes out; it decides what its first line says."""

    REPORT = "report"
    ESCALATION = "escalation"
    MISS = "miss"
    EXPIRED = "expired"
    RESUMED = "resumed"
    REMINDER = "reminder"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    REQUEST = "request"
    SERVICE = "service"

    @property
    def chinese(self) -> str:
        """The purpose as people read it."""
        return {
            "report": "报送",
            "escalation": "催办",
            "miss": "超时",
            "expired": "签收失效",
            "resumed": "暂缓到期",
            "reminder": "催办办理",
            "assigned": "转办",
            "handed_over": "移交",
            "request": "待确认",
            "service": "系统",
        }[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification:
    """One message due to one person over one channel.

    `id` is the stable idempotency key: equal inputs give the equal key, so a repeat can be dropped.
    `reason` is a Chinese sentence saying why this person is told now. `first` ones, an alert's opening or raise, jump
    the queue; `mild` ones may go out together with others, under the key `bundle`. `instead_of` is the message that
    could not reach him on another channel.
    """

    id: str
    recipient: str
    channel: str
    created_at: datetime
    reason: str
    purpose: Purpose = Purpose.REPORT
    alert_id: str | None = None
    event_id: str | None = None
    report_id: str | None = None
    step: int = 0
    first: bool = False
    mild: bool = False
    bundle: str = ""
    instead_of: str = ""
    attempts: int = 0
    state: NotificationState = NotificationState.PENDING
    next_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something the duty operator is asked to verify; it goes no further until somebody has."""

    id: str
    event_id: str
    at: datetime
    reason: str
    done_at: datetime | None = None
    done_by: str | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """The note with which a shift is handed over; nobody has taken it over while `incoming` is None.

    `alerts` are those that `outgoing` had in hand when he wrote it.
    """

    id: str
    role: str
    outgoing: str
    note: str
    written_at: datetime
    alerts: tuple[str, ...] = ()
    incoming: str | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One line of an alert's history; `actor` is a person's id or "system"."""

    at: datetime
    actor: str
    action: str
    note: str
    alert_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a pure decision wants done, and why (one Chinese sentence)."""

    alert: Alert | None
    reason: str
    reports: tuple[Report, ...] = ()
    notifications: tuple[Notification, ...] = ()
    tasks: tuple[Task, ...] = ()
    log: tuple[LogEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What a channel is given to send, complete.

    `at` is when it is handed over (a mail's Date); messages with the same `thread` belong together.
    A channel that cannot carry `attachments` leaves them out: the text stands alone. `link` is the console's page
    about it, where the desk has said where its console is found.
    """

    key: str
    address: str
    recipient_name: str
    subject: str
    text: str
    at: datetime
    html: str = ""
    thread: str = ""
    link: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    @property
    def pointer(self) -> str:
        """The line that leads to the link; empty without one."""
        return f"在值班台打开：{self.link}" if self.link else ""
