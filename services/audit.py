"""Who looked at what, and did what: an append-only log whose lines are chained by their hashes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import orjson


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where the log ends; it is kept apart from the log, so that lines cut off its end are missed."""

    seq: int = 0
    hash: str = "0" * 64


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    """One line. `hash` covers everything else in it, and by `previous` every line before it."""

    seq: int
    at: datetime
    actor: str
    action: str
    target: str
    note: str
    previous: str
    hash: str = ""

    @property
    def true_hash(self) -> str:
        """What `hash` must be."""
        # A list with quoted parts: no content can move from one field into the next unseen.
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        parts = [self.seq, moment, self.actor, self.action, self.target, self.note, self.previous]
        return hashlib.sha256(orjson.dumps(parts)).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """The first line that is not as it was written, and why (one Chinese sentence)."""

    seq: int
    reason: str


class AuditLog(Protocol):
    """Where the lines are kept. `entries` are the newest first; `verify` is None when nothing was touched."""

    def append(self, *, at: datetime, actor: str, action: str, target: str, note: str = "") -> AuditEntry: ...

    def entries(self, *, limit: int = 100, before: int | None = None) -> Sequence[AuditEntry]: ...

    def verify(self) -> Broken | None: ...


def following(head: Head, *, at: datetime, actor: str, action: str, target: str, note: str) -> AuditEntry:
    """The line after the last one."""
    entry = AuditEntry(
        seq=head.seq + 1, at=at, actor=actor, action=action, target=target, note=note, previous=head.hash
    )
    return replace(entry, hash=entry.true_hash)


def first_broken(entries: Iterable[AuditEntry], head: Head) -> Broken | None:
    """Walk the chain from its beginning to its head."""
    last = Head()
    for entry in entries:
        if entry.seq != last.seq + 1:
            return Broken(seq=last.seq + 1, reason=f"审计记录第{last.seq + 1}条缺失。")
        if entry.previous != last.hash:
            return Broken(seq=entry.seq, reason=f"审计记录第{entry.seq}条与上一条不衔接。")
        if entry.hash != entry.true_hash:
            return Broken(seq=entry.seq, reason=f"审计记录第{entry.seq}条的内容被改动。")
        last = Head(seq=entry.seq, hash=entry.hash)
    if last != head:
        seq = min(last.seq, head.seq) + 1
        return Broken(seq=seq, reason=f"审计记录自第{seq}条起与登记的不符（现有{last.seq}条，登记{head.seq}条）。")
    return None
