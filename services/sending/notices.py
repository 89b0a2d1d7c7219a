"""Messages that no alert's decision makes: about the service itself, a shift, or a periodical report."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from alerts.model import Notification, Purpose
from alerts.people import Person
from alerts.roster import Roster
from analyzer.model import Tier
from services.folder.plan import PlanFile

OPERATOR = "duty_operator"
"""The operator's role in the shipped roster; a roster without it names him by the mildest tier's first step."""


def notices(
    people: Iterable[Person],
    key: str,
    reason: str,
    now: datetime,
    *,
    purpose: Purpose = Purpose.SERVICE,
    report_id: str | None = None,
    first: bool = False,
) -> Iterator[Notification]:
    """One to each person over each of his channels; `key` is what makes the same message the same."""
    for person in {person.id: person for person in people}.values():
        for channel in person.channels:
            yield Notification(
                id=f"{key}-{person.id}-{channel}",
                recipient=person.id,
                channel=channel,
                created_at=now,
                reason=reason,
                purpose=purpose,
                report_id=report_id,
                first=first,
            )


def meant(roster: Roster, targets: Iterable[str], now: datetime) -> list[Person]:
    """Everybody whom these roles, people or departments name now."""
    return [person for target in targets for person in roster.resolve(target, now)]


def operators(plan: PlanFile, roster: Roster, now: datetime) -> Sequence[Person]:
    """Who is told of the service itself."""
    mildest = plan.response.tiers[min(Tier)].steps[0].notify
    return meant(roster, (OPERATOR,) if roster.knows(OPERATOR) else mildest, now)
