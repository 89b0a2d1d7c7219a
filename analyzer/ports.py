"""What analysis needs from outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analyzer.model import Event, Finding, Rating, Reading, Sentiment
from analyzer.regrouping import Regrouping
from analyzer.scoring.linear import Scores
from crawlers.model import Post


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One post of one event, as it is remembered for grouping and fusion."""

    event_id: str
    post: Post
    reading: Reading


class ToneReader(Protocol):
    """Says the tone of normalised texts; `scores` are those of the bundled heads, for who can use them."""

    def read_many(self, texts: Sequence[str], scores: Scores | None = None) -> list[Sentiment]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A post's minimised text, and the topic codes that may be answered; `unsure` asks for the scope as well."""

    text: str
    codes: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """`inside` is None where it would not say; `codes` are in its order of likelihood."""

    inside: bool | None = None
    codes: tuple[str, ...] = ()


class Adviser(Protocol):
    """A stronger reader that is asked where the models are not sure; None when it has no answer in time."""

    def advise(self, question: Question) -> Advice | None: ...


class PostQueue(Protocol):
    """Posts that wait to be read.

    `claim` takes at most `limit` unread posts, oldest told first, under a lease that ends at `until`;
    a lease that has run out may be claimed again. `discard` deletes the text of an out-of-scope post in
    the same transaction and counts it for its source; `keep` stores the reading and makes it searchable. `oldest` is
    when the post was collected that has waited longest and that nobody is reading. `numbered` are kept posts whose ids
    begin with these hexadecimal digits.
    """

    def claim(self, *, limit: int, now: datetime, until: datetime) -> Sequence[Post]: ...

    def oldest(self, now: datetime) -> datetime | None: ...

    def keep(self, post: Post, reading: Reading) -> None: ...

    def discard(self, post: Post) -> None: ...

    def get(self, post_ids: Iterable[str]) -> Sequence[Post]: ...

    def numbered(self, start: str) -> Sequence[Post]: ...


class EventStore(Protocol):
    """Events, their members and their ratings, and what people have said of their bounds.

    `members_of` gives the members of these events whose texts are still kept, in the order in which they were told;
    `newest` the last so many of them to join one event, the last one first.
    `of_post` names the event of a post. `regroup` inserts or overwrites; `regroupings` are in the order in which they
    were made, with `since` those made or undone from then on. `latest` has the last rating of each event that is rated,
    `history` every rating of one, the oldest first; so has `findings` what operators have verified. `topics` counts the
    members told from `since` until before `until` by the topic that they were read as. `all` are those last seen from
    `since` on, by first sight; `corroborated` those of them that may be shown.
    """

    def save(self, event: Event) -> None: ...

    def get(self, event_id: str) -> Event | None: ...

    def join(self, event_id: str, post_id: str) -> None: ...

    def rate(self, rating: Rating, at: datetime) -> None: ...

    def rating(self, event_id: str) -> Rating | None: ...

    def latest(self, event_ids: Collection[str]) -> Mapping[str, Rating]: ...

    def members(self, *, since: datetime) -> Iterable[Member]: ...

    def members_of(self, event_ids: Iterable[str]) -> Iterable[Member]: ...

    def newest(self, event_id: str, count: int) -> Sequence[Member]: ...

    def member_ids(self, event_id: str) -> Sequence[str]: ...

    def of_post(self, post_id: str) -> str | None: ...

    def topics(self, since: datetime, until: datetime) -> Mapping[str, int]: ...

    def history(self, event_id: str) -> Sequence[tuple[datetime, Rating]]: ...

    def find(self, finding: Finding) -> None: ...

    def findings(self, *, since: datetime | None = None) -> Sequence[Finding]: ...

    def regroup(self, regrouping: Regrouping) -> None: ...

    def regroupings(self, *, since: datetime | None = None) -> Sequence[Regrouping]: ...

    def all(self, *, since: datetime | None = None) -> Sequence[Event]: ...

    def corroborated(self, *, since: datetime | None = None) -> Sequence[Event]: ...
