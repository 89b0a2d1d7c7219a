"""Public concerns that nobody responsible has answered yet, as briefs tell them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from alerts.model import Alert, DeadlineKind
from alerts.reports import wording
from alerts.reports.dossier import topic_name
from analyzer.model import Event

ANSWER_WITHIN = timedelta(hours=48)
"""Public concerns are answered within 48 h: 国办发〔2016〕61号."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concern:
    """A failing public service that waits for an answer; `hours` since the desk knew."""

    event_id: str
    title: str
    topic: str
    topic_name: str
    voices: int
    known_at: datetime
    due_at: datetime
    hours: int
    overdue: bool

    @classmethod
    def of(cls, event: Event, limits: Mapping[str, datetime], now: datetime) -> Self:
        """How an event waits at `now`; without an alert's limit it may wait `ANSWER_WITHIN`."""
        known = event.known_at or event.first_seen_at
        due = limits.get(event.id, known + ANSWER_WITHIN)
        return cls(
            event_id=event.id,
            title=event.title,
            topic=event.topic,
            topic_name=topic_name(event.topic),
            voices=event.voices,
            known_at=known,
            due_at=due,
            hours=int((now - known) / timedelta(hours=1)),
            overdue=now > due,
        )

    @property
    def waited(self) -> str:
        """How long in words."""
        return wording.waited(self.hours)

    @property
    def sentence(self) -> str:
        """In words, without the full stop."""
        state = "已逾期" if self.overdue else f"时限{wording.moment(self.due_at)}"
        return f"{self.title}（{self.topic_name}，{wording.heard(self.voices)}）：已{self.waited}未获回应，{state}"


def limits(alerts: Iterable[Alert]) -> dict[str, datetime]:
    """Until when each event's alert wants the public answered."""
    return {a.event_id: d.due_at for a in alerts for d in a.deadlines if d.kind is DeadlineKind.ANSWER}
