"""The one transaction that the running service works in, in domain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from alerts.ports import AlertStore, FeedbackStore, HandoverStore, Outbox, ReportStore, TaskStore
from analyzer.ports import EventStore, PostQueue
from crawlers.model import Health, Visit
from services.audit import AuditLog


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """What the duty operator was told of an important source.

    `since` is the visit that began the episode under way, None while all is well; `told` whether he was told of it;
    `begun` are the beginnings of the last day's episodes.
    """

    since: datetime | None = None
    told: bool = False
    begun: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """How a source has been doing.

    `since` is when it was first reached, None where that was not noted yet. `arrivals` are minutes since 1970 at which
    something new was told (sourcing/rhythm.py), ascending. `took` is the length of the last visit. `stale` counts what
    the last visit that read anything found too old to be kept; `quarantined` counts what is in quarantine. `reread` is
    set until a visit has read its quarantined pages again.
    """

    source_id: str
    health: Health
    since: datetime | None = None
    last_visit_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    arrivals: tuple[int, ...] = ()
    took: timedelta = timedelta(0)
    stale: int = 0
    quarantined: int = 0
    reread: bool = False
    problem: str = ""
    watch: Watch = Watch()


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """Something unreadable that was put aside; only official pages leave an `excerpt`, masked."""

    source_id: str
    at: datetime
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Counts of posts of one source (or, with source_id "", of all).

    `read` counts every post handed in, `duplicates` those known already; what was analysed is in scope (`kept`),
    `unsure` (kept too) or `out_of_scope` (deleted).
    """

    source_id: str = ""
    read: int = 0
    kept: int = 0
    unsure: int = 0
    out_of_scope: int = 0
    duplicates: int = 0

    def words(self) -> str:
        """The counts as a Chinese sentence."""
        analysed = self.kept + self.unsure + self.out_of_scope
        return (
            f"读取帖文{analysed}条，留存{self.kept + self.unsure}条（其中存疑{self.unsure}条），"
            f"范围外已删除{self.out_of_scope}条"
        )


class SourceStore(Protocol):
    """Source health and counts. `day` is a Beijing calendar day ("2026-11-20"); None means all time.

    `visited` counts a visit in, `told` being when its new posts were told. `watch` overwrites what the operator was
    told. `reread` makes the next visit read lists and files from their beginning; what was in quarantine before that
    visit goes once it has read the source. `excerpts` are newest first.
    """

    def visited(self, visit: Visit, told: Sequence[datetime] = ()) -> None: ...

    def get(self, source_id: str) -> SourceState | None: ...

    def states(self) -> Mapping[str, SourceState]: ...

    def watch(self, source_id: str, watch: Watch) -> None: ...

    def reread(self, source_id: str) -> None: ...

    def excerpts(self, source_id: str | None = None) -> Sequence[Excerpt]: ...

    def tallies(self, day: str | None = None) -> Mapping[str, Tally]: ...


class Beat(NamedTuple):
    """A name's holder, and how often he has said that he lives."""

    holder: str
    beat: int


class BeatStore(Protocol):
    """Who is alive and who leads.

    `holds` keeps it so until the transaction ends; `fence` ends the transactions that a dead holder has begun.
    """

    def all(self) -> Mapping[str, Beat]: ...

    def raise_(self, name: str, holder: str) -> bool: ...

    def take(self, name: str, holder: str, over: Beat | None) -> bool: ...

    def holds(self, name: str, holder: str) -> bool: ...

    def fence(self, holder: str) -> None: ...

    def drop(self, name: str, holder: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction over all of it; leaving it without `commit()` rolls back."""

    @property
    def posts(self) -> PostQueue: ...

    @property
    def events(self) -> EventStore: ...

    @property
    def alerts(self) -> AlertStore: ...

    @property
    def reports(self) -> ReportStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def tasks(self) -> TaskStore: ...

    @property
    def feedback(self) -> FeedbackStore: ...

    @property
    def handovers(self) -> HandoverStore: ...

    @property
    def sources(self) -> SourceStore: ...

    @property
    def beats(self) -> BeatStore: ...

    @property
    def audit(self) -> AuditLog: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None: ...
