"""What decisions look at: an event with all that has been done about it, and what a person does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.lifecycle import Action
from alerts.model import Alert, Report, Task
from alerts.reports.dossier import Extras, reportable
from alerts.reports.wording import moment, reasons
from alerts.telling import key
from analyzer.model import Basis, Event, Rating, Tier


def _as_made(rating: Rating) -> Rating:
    return rating


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """All that a decision looks at: the event, its rating as it was made, its alert and the reports issued so far.

    Two things are asked for only when a report is written, since most clocks write none: `extras` fetches what else it
    tells (posts behind it, history, names), `retell` tells the rating as things stand now.
    """

    event: Event
    rating: Rating
    alert: Alert | None
    reports: Sequence[Report] = ()
    extras: Callable[[], Extras] = Extras
    retell: Callable[[Rating], Rating] = _as_made
    again: str = ""
    """What is asked where people tell anew of what a person has ended."""

    @property
    def told(self) -> Rating:
        """The rating as a report tells it."""
        return self.retell(self.rating)

    @property
    def last(self) -> Report | None:
        """The report that people have in hand."""
        return self.reports[-1] if self.reports else None

    @property
    def silent(self) -> bool:
        """Whether too few people tell of what the alert is about since its posts were parted: nothing goes upward."""
        return self.alert is not None and not reportable(self.event, self.rating, self.alert)

    def tasks(self, now: datetime) -> tuple[Task, ...]:
        """What the operator is asked to verify."""
        why = self.rating.verify or self.again
        return (Task(id=key(self.event.id, why)[:20], event_id=self.event.id, at=now, reason=why),) if why else ()

    def because(self, tier: Tier) -> str:
        """What reaches the tier, in words; what is verified needs not be said once more as a claim."""
        found = [r for r in self.rating.reasons if r.tier is tier]
        sure = {r.criterion for r in found if r.basis is Basis.VERIFIED}
        reached = [r for r in found if r.basis is Basis.VERIFIED or r.criterion not in sure]
        return reasons(reached)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What a person does.

    `to` is a person, a department or whom he phoned; `at` is when he phoned; `until` ends a snooze; `into` is the alert
    that this one is merged into. With `instead` the departments that had it before have it no longer.
    """

    action: Action
    by: str
    note: str = ""
    to: str = ""
    tier: Tier | None = None
    until: datetime | None = None
    at: datetime | None = None
    into: Alert | None = None
    instead: bool = False

    def said(self, names: Mapping[str, str]) -> str:
        """What the history says of it; `names` is what people and departments are called."""
        to, note = names.get(self.to, self.to), self.note or "—"
        said = self.note or to
        match self.action:
            case Action.ASSIGN:
                said = f"{'改派' if self.instead else ''}{to or '—'}：{note}"
            case Action.PHONE:
                said = f"{moment(self.at)}致电{to}：{note}" if self.at else f"致电{to}：{note}"
            case Action.SNOOZE if self.until is not None:
                said = f"至{moment(self.until)}：{note}"
            case Action.HAND_OVER:
                said = f"给{to}：{note}"
            case Action.MERGE if self.into is not None:
                said = f"并入{self.into.id}：{note}"
        return f"{self.action.chinese}：{said}" if said else self.action.chinese
