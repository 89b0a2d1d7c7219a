"""What people have said about the bounds of events: who is part of whom, and who is apart."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from analyzer.model import Event, Finding


class Move(StrEnum):
    """What a person does to the bounds of events."""

    MERGE = "merge"
    SPLIT = "split"

    @property
    def chinese(self) -> str:
        """The move as people read it."""
        return {"merge": "合并", "split": "拆分"}[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Regrouping:
    """A person's word on which posts are one happening.

    The posts went from the event `source` to the event `target`. A split that stands keeps the two apart: they are
    not joined again, by nobody, until it is undone.
    """

    id: str
    move: Move
    source: str
    target: str
    post_ids: tuple[str, ...]
    by: str
    at: datetime
    note: str = ""
    beside: int | None = None
    """Posts that the event had which a merge led into: what joined after them nobody has placed."""
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def stands(self) -> bool:
        """Whether nobody has undone it."""
        return self.undone_at is None

    @property
    def changed_at(self) -> datetime:
        """When it was made or, later, undone."""
        return self.undone_at or self.at


def regrouping_id(move: Move, source: str, post_ids: Iterable[str], at: datetime) -> str:
    """Id of a move, the same for the same move at the same moment."""
    text = "|".join((move.value, source, at.isoformat(), *sorted(post_ids)))
    return f"G{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def split_id(event: Event, regrouping: str) -> str:
    """Id of the event that a split makes: the day of the one it came from, and the split's own digest."""
    return f"{event.id.partition('-')[0]}-{regrouping.removeprefix('G')[:10]}"


def standing(history: Iterable[Regrouping]) -> list[Regrouping]:
    """Moves that nobody has undone."""
    return [move for move in history if move.stands]


def parted(history: Iterable[Regrouping], one: str, other: str) -> Regrouping | None:
    """The split that keeps two events apart, also when they have taken in others since."""
    moves = list(history)
    pair = {whole(moves, one), whole(moves, other)}
    splits = (move for move in standing(moves) if move.move is Move.SPLIT)
    return next((s for s in splits if {whole(moves, s.source), whole(moves, s.target)} == pair), None)


def later(history: Sequence[Regrouping], regrouping: Regrouping) -> Regrouping | None:
    """A standing move of the same events that came after this one, and has to be undone first."""
    after = history[[move.id for move in history].index(regrouping.id) + 1 :]
    mine = {regrouping.source, regrouping.target}
    return next((move for move in after if move.stands and mine & {move.source, move.target}), None)


def whole(history: Sequence[Regrouping], event_id: str) -> str:
    """What an event is a part of by now: one that it was merged into, or was split off from before that was undone."""
    within = {m.source: m.target for m in history if m.move is Move.MERGE and m.stands}
    within |= {m.target: m.source for m in history if m.move is Move.SPLIT and not m.stands}
    seen: set[str] = set()
    while event_id not in seen:
        seen.add(event_id)
        event_id = within.get(event_id, event_id)
    return event_id


def of_the_whole(history: Sequence[Regrouping], findings: Iterable[Finding]) -> list[Finding]:
    """What operators have verified, each of the event that it is about by now."""
    return [replace(finding, event_id=whole(history, finding.event_id)) for finding in findings]
