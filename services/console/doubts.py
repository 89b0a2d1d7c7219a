"""What waits to be verified, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.model import Task
from analyzer.model import Event, FactKind, Reading
from analyzer.rating import LIFE
from crawlers.model import Post
from services.bootstrap import Service
from services.console.file import EXCERPTS, Excerpt, excerpts
from services.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A verify task with what it is about."""

    task: Task
    event: Event | None
    telling: Sequence[Excerpt]
    """Posts that say what is to be verified; the others of its event are `excerpts`."""
    excerpts: Sequence[Excerpt]


def doubt(service: Service, uow: UnitOfWork, task_id: str) -> Doubt | None:
    """One open task with all that is known of it; None when there is none."""
    task = uow.tasks.get(task_id)
    if task is None:
        return None
    event = uow.events.get(task.event_id)
    telling: list[Post] = []
    others: list[Post] = []
    claimed = _claimed(event) if event else set()
    for member in uow.events.members_of([task.event_id]):
        (telling if event and _tells(member.reading, claimed) else others).append(member.post)
    return Doubt(
        task=task,
        event=event,
        telling=excerpts(service, telling[-EXCERPTS:]),
        excerpts=excerpts(service, others[-EXCERPTS:]),
    )


def doubted(event: Event | None) -> list[tuple[FactKind, float]]:
    """What single voices claim beyond the others of an event that people may see: a task about it wants the figure."""
    if event is None or not event.corroborated:
        return []
    figures = ((kind, event.figures[kind].unsupported) for kind in LIFE if kind in event.figures)
    return [(kind, value) for kind, value in figures if value]


def _claimed(event: Event) -> set[tuple[FactKind, float]]:
    """The figures that are to be verified: of single voices, else all that nobody has verified."""
    figures = {kind: event.figures[kind] for kind in LIFE if kind in event.figures}
    doubted = {(kind, figure.unsupported) for kind, figure in figures.items() if figure.unsupported}
    return doubted or {
        (kind, figure.claimed) for kind, figure in figures.items() if figure.claimed and figure.verified is None
    }


def _tells(reading: Reading, claimed: set[tuple[FactKind, float]]) -> bool:
    """Whether a post says what is to be verified: one of the figures, or that help is needed where there are none."""
    return bool(claimed & {(fact.kind, fact.value) for fact in reading.facts}) or (not claimed and reading.help_sought)
