"""All that a report is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from alerts.errors import NotAllowed
from alerts.model import Alert, LogEntry, Report, ReportKind
from alerts.reports import wording
from alerts.reports.wording import Standing
from analyzer.model import Event, EventStatus, Rating
from analyzer.topics import topic_list
from crawlers.model import Authority


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One post of the event, as a report may speak of it.

    `headline` is what an official source or a medium says; a private person is counted, never quoted.
    """

    post_id: str
    authority: Authority
    told_at: datetime
    headline: str = ""

    def __post_init__(self) -> None:
        """Refuse a quoted private person."""
        if self.headline and self.authority is Authority.PUBLIC:
            raise ValueError("a public post is never quoted in a report")


class Extras(TypedDict, total=False):
    """What a report may be given beyond the event itself: see Dossier."""

    statements: Sequence[Statement]
    history: Sequence[LogEntry]
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """One event at one moment, with what has been reported and done.

    `earlier` are the event's reports in the order of issue; `statements` its posts in the order told;
    `names` maps ids of people and departments to what they are called.
    """

    event: Event
    rating: Rating
    alert: Alert
    now: datetime
    district: str
    earlier: Sequence[Report] = ()
    statements: Sequence[Statement] = ()
    history: Sequence[LogEntry] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse to report upward what too few people have said and nobody has verified (SCOPE)."""
        if not reportable(self.event, self.rating, self.alert):
            raise NotAllowed(f"事件 {self.event.id} 反映人数不足三人且未经核实，不得上报，请先完成核实任务。")

    @property
    def drill(self) -> bool:
        """Whether everything is to be marked as a drill."""
        return self.alert.drill or self.event.status is EventStatus.DRILL

    @property
    def standing(self) -> Standing:
        """How far the whole has been verified."""
        return wording.standing(self.event.figures, self.rating, self.alert.tier, self.event.status)

    @property
    def last(self) -> Report | None:
        """The report that people have in hand."""
        return self.earlier[-1] if self.earlier else None

    @property
    def risen(self) -> bool:
        """Whether the alert is graver than the report in hand says."""
        return self.last is not None and self.last.tier is not None and self.alert.tier > self.last.tier

    @property
    def topic(self) -> str:
        """The main topic's name."""
        return topic_name(self.event.topic)

    def sequence(self, kind: ReportKind) -> int:
        """Number of the next report of this kind; each episode has one first report."""
        if kind is ReportKind.FIRST:
            return self.alert.episode
        return 1 + sum(report.kind is kind for report in self.earlier)

    def name(self, key: str | None) -> str:
        """What a person or department is called."""
        return self.names.get(key, key) if key else ""

    @property
    def responsible(self) -> str:
        """The departments that have it; empty where none has."""
        return wording.in_charge(self.alert, self.names)

    def ids(self, *authorities: Authority) -> tuple[str, ...]:
        """Posts of the event, earliest told first, of these authorities or of all."""
        return tuple(s.post_id for s in self.statements if not authorities or s.authority in authorities)


def reportable(event: Event, rating: Rating, alert: Alert) -> bool:
    """Whether it may be reported upward: enough people tell of it, or somebody has verified it (SCOPE)."""
    return event.corroborated or rating.verified is not None or alert.verified


def topic_name(code: str) -> str:
    """A topic as people read it; an unknown one by its code."""
    return topic_list().names.get(code, code)
