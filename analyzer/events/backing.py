"""The posts that counts and mere occurrence rest on: a few, the same in whatever order posts come."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from analyzer.model import EVIDENCE
from crawlers.model import Authority, Post

Mark = tuple[datetime, str]
"""When a post was told, and its id."""


def mark(post: Post) -> Mark:
    """The post's."""
    return post.told_at, post.id


def keep_first(found: list[Mark], new: Mark) -> None:
    """Take a post in where it is among the earliest."""
    if len(found) < EVIDENCE or new < found[-1]:
        insort(found, new)
        del found[EVIDENCE:]


def keep_latest(found: list[Mark], new: Mark) -> None:
    """Take a post in where it is among the latest."""
    if len(found) < EVIDENCE or new > found[0]:
        insort(found, new)
        del found[:-EVIDENCE]


def ids(marks: Iterable[Mark | None]) -> tuple[str, ...]:
    """The posts of these marks, in their order."""
    return tuple(dict.fromkeys(one[1] for one in marks if one is not None))


@dataclass(slots=True)
class Backing:
    """Posts of one event, by what they stand behind."""

    first: list[Mark] = field(default_factory=list)
    official: list[Mark] = field(default_factory=list)
    latest: list[Mark] = field(default_factory=list)
    """Of the public."""
    sources: dict[str, Mark] = field(default_factory=dict)

    def add(self, post: Post) -> None:
        """Take one post in."""
        new = mark(post)
        keep_first(self.first, new)
        if post.authority is Authority.OFFICIAL:
            keep_first(self.official, new)
        elif post.authority is Authority.PUBLIC:
            keep_latest(self.latest, new)
        self.sources[post.source_id] = min(new, self.sources.get(post.source_id, new))

    def posts(self) -> dict[str, tuple[str, ...]]:
        """As `Event.backing` has them."""
        return {
            "first": ids(self.first),
            "official": ids(self.official),
            "latest": ids(self.latest),
            "platforms": ids(sorted(self.sources.values())[:EVIDENCE]),
        }
