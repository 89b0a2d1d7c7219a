"""Clocks that ran out, as briefs tell them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from alerts.model import Alert, Deadline
from alerts.reports import wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """One clock that ran out; `met_at` when it was met late."""

    alert_id: str
    event_id: str
    title: str
    clock: str
    clock_name: str
    due_at: datetime
    met_at: datetime | None = None

    @classmethod
    def of(cls, alert: Alert, clock: Deadline, title: str) -> Self:
        """What an alert missed; `title` is its event's."""
        return cls(
            alert_id=alert.id,
            event_id=alert.event_id,
            title=title,
            clock=clock.kind.value,
            clock_name=clock.kind.chinese,
            due_at=clock.due_at,
            met_at=clock.met_at,
        )

    @property
    def sentence(self) -> str:
        """In words, without the full stop."""
        done = f"，{wording.moment(self.met_at)}补办" if self.met_at else "，至今未办"
        return f"{self.title}：{self.clock_name}应于{wording.moment(self.due_at)}前完成{done}"
