"""What people judge at the console of another process: the leader's memory follows the record."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analyzer.model import Finding, Regrouping
from services.ports import UnitOfWork

if TYPE_CHECKING:
    from datetime import datetime

    from services.bootstrap import Service


def judged(findings: Iterable[Finding], moves: Iterable[Regrouping]) -> set[str]:
    """Marks of findings, merges and splits."""
    return {finding.id for finding in findings} | {mark(move) for move in moves}


def mark(move: Regrouping) -> str:
    """A merge or split, and once more when it is undone."""
    return f"{move.id} {'stands' if move.stands else 'undone'}"


def follow(service: "Service", uow: UnitOfWork, now: "datetime") -> int:
    """Take over what is new, and rate the events that it touches; how much that was."""
    if service.alone:
        return 0
    engine = service.processor.engine
    findings = [finding for finding in uow.events.findings() if finding.id not in service.judged]
    moves = [move for move in uow.events.regroupings() if mark(move) not in service.judged]
    for move in moves:
        keys = (move.source, move.target)
        engine.regroup(keys, uow.events.members_of(keys))
    for finding in findings:
        engine.confirm(finding)
    for key in {finding.event_id for finding in findings} | {key for m in moves for key in (m.source, m.target)}:
        service.processor.reassess(uow, key, now)
    service.judged |= judged(findings, moves)
    return len(findings) + len(moves)
