"""A search and what it finds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchQuery:
    """What to look for.

    Words between blanks or marks must all occur, each as it is written; an empty text finds everything.
    `since` (included) and `until` (not included) bound when a post was told; `topics` is held against its
    main topic. `after` is the cursor of the page before.
    """

    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    source_ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    limit: int = 20
    after: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One post found. `snippet` is HTML: escaped, but for the `<mark>` around what was looked for."""

    post_id: str
    source_id: str
    title: str
    snippet: str
    told_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchPage:
    """Hits, the last told first. `after` asks for the next page; None when this is the last."""

    hits: tuple[Hit, ...] = ()
    after: str | None = None
