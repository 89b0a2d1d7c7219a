"""Who can be told, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietHours:
    """When a person is not to be disturbed with mild matters, Beijing time; an end not after the start is next day."""

    start: time
    end: time


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who can be told. `channels` maps a channel's name to the address on it."""

    id: str
    name: str
    channels: Mapping[str, str] = field(default_factory=dict)
    quiet: QuietHours | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Department:
    """A linked department with its liaison persons."""

    id: str
    name: str
    liaisons: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """Who holds a role from `start` until `end` (half open, aware)."""

    role: str
    person: str
    start: datetime
    end: datetime
