"""Who is told what of a decision: one message per person and channel, each with its stable key."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.delivery import LAST_RESORT
from alerts.lifecycle import line
from alerts.model import Alert, LogEntry, Notification, Purpose, Report
from alerts.people import Person
from alerts.ports import Directory
from alerts.quiet import hold
from alerts.response import Response


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What is said: why, carrying which report. A `loud` one does not wait for the end of quiet hours."""

    at: datetime
    purpose: Purpose
    reason: str
    report: Report | None = None
    mark: str = ""
    loud: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """The plan's steps, who is on duty, and what people are called, by id."""

    response: Response
    directory: Directory
    names: Mapping[str, str] = field(default_factory=dict)

    def steps(self, alert: Alert, numbers: Iterable[int], word: Word) -> tuple[Notification, ...]:
        """Everybody whom these steps of the alert's tier name."""
        return distinct(
            note
            for target, channels in self._meant(alert, numbers)
            for note in self.target(alert, target, word, channels)
        )

    def unreached(self, alert: Alert, numbers: Iterable[int], now: datetime) -> tuple[LogEntry, ...]:
        """A line for the history that names whom these steps mean and no channel leads to."""
        missing = dict.fromkeys(
            self.names.get(target, target)
            for target, _ in self._meant(alert, numbers)
            if not any(person.channels for person in self.directory.resolve(target, now))
        )
        if not missing:
            return ()
        said = f"此刻联系不到{'、'.join(missing)}（无人在岗或没有联系渠道），请另行通知并立即补班"
        return (line(alert, "nobody", said, now),)

    def _meant(self, alert: Alert, numbers: Iterable[int]) -> Iterator[tuple[str, Sequence[str]]]:
        """Whom these steps of the alert's tier name, with the step's channels."""
        steps = (self.response.tiers[alert.tier].step(number) for number in numbers)
        return ((target, step.channels) for step in steps if step is not None for target in step.notify)

    def so_far(self, alert: Alert, word: Word) -> tuple[Notification, ...]:
        """Everybody who has been told of this alert, and the departments that have it."""
        liaisons = self.targets(alert, alert.departments, word)
        return distinct((*self.steps(alert, range(alert.step + 1), word), *liaisons))

    def targets(self, alert: Alert, targets: Iterable[str], word: Word) -> tuple[Notification, ...]:
        """These roles, people or departments."""
        return distinct(note for target in targets for note in self.target(alert, target, word))

    def target(self, alert: Alert, target: str, word: Word, channels: Sequence[str] = ()) -> tuple[Notification, ...]:
        """One role, person or department; mild words to a person in quiet hours wait until these end."""
        report = word.report.id if word.report is not None else None
        return tuple(
            Notification(
                id=key(alert.id, report or "", word.purpose.value, str(alert.version), word.mark, person.id, channel),
                recipient=person.id,
                channel=channel,
                created_at=word.at,
                reason=word.reason,
                purpose=word.purpose,
                alert_id=alert.id,
                event_id=alert.event_id,
                report_id=report,
                step=alert.step,
                next_attempt_at=None if word.loud else hold(person, alert.tier, word.at),
            )
            for person in self.directory.resolve(target, word.at)
            for channel in _ways(person, channels)
        )


def leads_to(person: Person, channel: str) -> bool:
    """Whether a channel leads to somebody: he has it, or it is the paper that the desk hands on."""
    return channel in person.channels or channel == LAST_RESORT


def _ways(person: Person, channels: Sequence[str]) -> Sequence[str]:
    """Those of these channels that the person has, else all of his own, else paper: the desk phones him."""
    wanted = [channel for channel in channels if leads_to(person, channel)]
    return wanted or list(person.channels) or [LAST_RESORT]


def key(*parts: str) -> str:
    """The same for the same parts: a decision taken twice gives its messages once."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def distinct(notes: Iterable[Notification]) -> tuple[Notification, ...]:
    """Each once, in order."""
    return tuple({note.id: note for note in notes}.values())
