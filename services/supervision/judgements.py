"""What people have judged; marks of it, so that a process knows what its memory holds."""

from collections.abc import Iterable

from analyzer.model import Finding
from analyzer.regrouping import Regrouping, of_the_whole
from services.ports import UnitOfWork


def verified(uow: UnitOfWork) -> list[Finding]:
    """All that operators have verified, each of the event that it is about by now, the oldest first."""
    return of_the_whole(uow.events.regroupings(), uow.events.findings())


def judged(findings: Iterable[Finding], moves: Iterable[Regrouping]) -> set[str]:
    """Marks of findings, merges and splits."""
    return {finding.id for finding in findings} | {mark(move) for move in moves}


def mark(move: Regrouping) -> str:
    """A merge or split, and once more when it is undone."""
    return f"{move.id} {'stands' if move.stands else 'undone'}"
