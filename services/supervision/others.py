"""What people judge at the console of another process: the leader's memory follows the record."""

from datetime import datetime, timedelta

from services.bootstrap import Service
from services.ports import UnitOfWork
from services.supervision.judgements import judged, mark, verified

LOOK_BACK = timedelta(days=1)
"""More than the clocks of two hosts differ; what is older was in the record when this process came to lead."""


def follow(service: Service, uow: UnitOfWork, now: datetime) -> int:
    """Take over what is new, and rate the events that it touches; how much that was."""
    if service.alone:
        return 0
    engine = service.processor.engine
    since = min(now, service.ticked_at or now) - LOOK_BACK
    fresh = {one.id for one in uow.events.findings(since=since)} - service.judged
    moves = [move for move in uow.events.regroupings(since=since) if mark(move) not in service.judged]
    if not fresh and not moves:
        return 0
    known = verified(uow)
    touched = {key for move in moves for key in (move.source, move.target)}
    for move in moves:
        keys = (move.source, move.target)
        engine.regroup(keys, uow.events.members_of(keys), known)
    findings = [one for one in known if one.id in fresh]
    for finding in findings:
        if finding.event_id not in touched:  # what was made anew has it already
            engine.confirm(finding)
    for key in touched | {finding.event_id for finding in findings}:
        service.processor.reassess(uow, key, now)
    service.judged |= judged(findings, moves)
    return len(findings) + len(moves)
