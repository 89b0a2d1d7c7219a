"""What collection emits: sources, and posts without their authors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any


class Authority(StrEnum):
    """Who stands behind what a source says; it decides what may verify a figure."""

    OFFICIAL = "official"
    MEDIA = "media"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One place the desk reads.

    `region` is a GB/T 2260 code or a name of the district's gazetteer; it settles ambiguous place names.
    `reach` is the rough number of readers, 0 when unknown. `params` belongs to the spider kind.
    """

    id: str
    kind: str
    name: str
    url: str
    authority: Authority
    region: str | None = None
    interval: timedelta = timedelta(minutes=10)
    reach: int = 0
    important: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)


FIRST_POSTS = datetime(1995, 1, 1, tzinfo=UTC)
"""An earlier date is what a program writes that knows none, such as 1 January 1970."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One item as it is stored: masked text, no author.

    `id` is the SHA-256 (hex) of the canonical URL, or of source id + the source's own id.
    `voice` stands for the speaker within one collection day: "YYYYMMDD:" + 16 hex digits of
    HMAC(key of that day, source id + author). It cannot be linked to another day.
    `link` is kept for official and media sources only. Times are aware UTC.
    `revision` counts from 1; an edited item keeps its id and gets the next revision.
    """

    id: str
    source_id: str
    authority: Authority
    title: str
    text: str
    collected_at: datetime
    published_at: datetime | None = None
    region: str | None = None
    voice: str | None = None
    link: str | None = None
    engagement: int | None = None
    revision: int = 1

    def __post_init__(self) -> None:
        """Refuse what must not exist: a naive time, or a link to a private person's post."""
        for moment in (self.collected_at, self.published_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a post's times must be aware")
        if self.link is not None and self.authority is Authority.PUBLIC:
            raise ValueError("a public post carries no link")

    @property
    def body(self) -> str:
        """The text every span counts in: title, newline, text."""
        return f"{self.title}\n{self.text}"

    @property
    def told_at(self) -> datetime:
        """When it was said: the publishing time where it is believable, else the collecting time.

        A post cannot have been published after it was collected, nor before there were any.
        """
        if self.published_at is None or not FIRST_POSTS <= self.published_at <= self.collected_at:
            return self.collected_at
        return self.published_at


class Outcome(StrEnum):
    """What became of one post handed to the store; exactly one each.

    STALE: told longer ago than posts are kept, and therefore not stored.
    """

    NEW = "new"
    REVISED = "revised"
    DUPLICATE = "duplicate"
    STALE = "stale"


class Health(StrEnum):
    """What one visit says of a source."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    FAILING = "failing"
    BLOCKED = "blocked"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """The outcome of visiting one source once.

    `problems` are Chinese sentences that name the place and the way out.
    """

    source_id: str
    health: Health
    started_at: datetime
    finished_at: datetime
    items: int = 0
    new: int = 0
    revised: int = 0
    duplicate: int = 0
    stale: int = 0
    quarantined: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Memo:
    """What a spider remembers of one URL between runs.

    `done`: a list was read to its end, or a detail page was read; `etag` and `last_modified` are for conditional GET.
    `url` is a digest of the address where the source is public: no link to a private person's post is kept.
    `seen` is a digest of what the list showed of a page that is done; another one means: read it again.
    `first_at` and `read_at` are when a page was read for the first and for the last time, in aware UTC; of a list
    `look_at` is when one of its pages is to be looked at again. `gone`: between these two it was asked for and not
    there. `read_by` is a digest of the source's settings: under others, conditions would keep back what was never read.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    done: bool = False
    seen: str | None = None
    first_at: datetime | None = None
    read_at: datetime | None = None
    look_at: datetime | None = None
    gone: bool = False
    read_by: str | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask only for a change."""
        return conditions(self.etag, self.last_modified)

    @property
    def due(self) -> datetime | None:
        """When a page is to be looked at again: at once, and from then on at distances that double."""
        return self.read_at + (self.read_at - self.first_at) if self.read_at and self.first_at else None


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask only for a change."""
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value}
