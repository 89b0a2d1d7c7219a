"""Posts in memory: those that wait, and those that were kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from analyzer.model import Reading, Scope, TopicScore
from crawlers.model import Authority, Outcome, Post
from services.search.model import SearchPage, SearchQuery
from services.search.scan import scan
from services.storage.days import beijing_day
from services.storage.memory.tables import Arrival, Kept, Known, Tables
from services.storage.tallies import SCOPED

ALWAYS = datetime.min.replace(tzinfo=UTC)


def put(tables: Tables, post: Post) -> Outcome:
    """Insert, revise or recognise; the tally counts it."""
    outcome = _put(tables, post)
    tables.count(post, read=1, duplicates=int(outcome is Outcome.DUPLICATE))
    return outcome


def _put(tables: Tables, post: Post) -> Outcome:
    found = _newest(tables, post.id)
    if found is None:
        admit(tables, post)
        return Outcome.NEW
    if found.digest == hash(post.body) or found.source_id not in {None, post.source_id}:
        return Outcome.DUPLICATE
    admit(tables, replace(post, revision=found.revision + 1))
    return Outcome.REVISED


def admit(tables: Tables, post: Post) -> Arrival:
    """Put a post into the intake."""
    arrival = Arrival(tables.next("seq"), post)
    tables.journal.put(tables.intake, post.id, arrival)
    tables.unread.put(post.id, ALWAYS, post.told_at)
    return arrival


def _newest(tables: Tables, post_id: str) -> Known | None:
    """The newest revision there is of a post."""
    if post_id in tables.intake:
        post = tables.intake[post_id].post
        return Known(post.revision, hash(post.body))
    if post_id in tables.kept:
        kept = tables.kept[post_id]
        return Known(kept.post.revision, kept.digest, kept.post.source_id)
    return tables.known.get(post_id)


@cache
def _about(topic: str | None) -> Reading:
    """In place of a reading that is not kept: its topic."""
    topics = (TopicScore(code=topic, probability=1.0),) if topic else ()
    return Reading(post_id="", scope=Scope.UNSURE, read_at=ALWAYS, model_version="", topics=topics)


def _quoted(post: Post) -> Post:
    """What a report says of a post: who told it when, and the headline of one that is no private person's."""
    title = "" if post.authority is Authority.PUBLIC else post.title
    return replace(post, title=title, text="", voice=None, link=None, region=None, engagement=None)


class MemoryPostQueue:
    """PostQueue in memory; `texts=False` keeps no texts, readings and discarded posts: only what reports quote."""

    def __init__(self, tables: Tables, *, texts: bool = True) -> None:
        self._tables = tables
        self._texts = texts

    def claim(self, *, limit: int, now: datetime, until: datetime) -> Sequence[Post]:
        """Unread posts, oldest told first."""
        ids = self._tables.unread.due(now, limit)
        for post_id in ids:
            self._tables.unread.sleep(post_id, until)
        return [self._tables.intake[post_id].post for post_id in ids]

    def oldest(self, now: datetime) -> datetime | None:
        """When the post was collected that has waited longest and that nobody is reading."""
        free = self._tables.unread.due(now, len(self._tables.intake))
        return min((self._tables.intake[key].post.collected_at for key in free), default=None)

    def keep(self, post: Post, reading: Reading) -> None:
        """Store the reading."""
        arrival = self._settle(post)
        if arrival is None:
            return
        tables = self._tables
        held = (post, reading) if self._texts else (_quoted(post), _about(reading.topic))
        tables.journal.put(tables.kept, post.id, Kept(arrival.seq, *held, hash(post.body)))
        tables.journal.put(tables.told[beijing_day(post.told_at)], post.id, None)
        tables.count(post, **{SCOPED[reading.scope]: 1})

    def discard(self, post: Post) -> None:
        """Forget the text."""
        if self._settle(post) is not None:
            self._tables.journal.drop(self._tables.kept, post.id)
            if self._texts:
                self._tables.journal.put(self._tables.known, post.id, Known(post.revision, hash(post.body)))
            self._tables.count(post, out_of_scope=1)

    def get(self, post_ids: Iterable[str]) -> Sequence[Post]:
        """Posts in the order asked for, unknown ones left out."""
        found = (self._tables.kept.get(key) or self._tables.intake.get(key) for key in post_ids)
        return [held.post for held in found if held is not None]

    def numbered(self, start: str) -> Sequence[Post]:
        """Kept posts whose ids begin with this."""
        return [self._tables.kept[key].post for key in sorted(self._tables.kept) if key.startswith(start)]

    def _settle(self, post: Post) -> Arrival | None:
        """Take a post out of the intake; None when it was edited in the meantime or is settled already."""
        tables = self._tables
        arrival = tables.intake.get(post.id)
        if arrival is None:
            settled = _newest(tables, post.id)
            if settled is not None and settled.revision >= post.revision:
                return None
            tables.count(post, read=1)
            return Arrival(tables.next("seq"), post)
        if arrival.post.revision != post.revision:
            return None
        tables.journal.drop(tables.intake, post.id)
        tables.unread.drop(post.id)
        return arrival


class MemorySearchIndex:
    """SearchIndex that looks at every kept post."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, posts: Iterable[Post]) -> None:
        """Leave it: the record is the index."""

    def remove(self, post_ids: Iterable[str]) -> None:
        """Leave it."""

    def search(self, query: SearchQuery) -> SearchPage:
        """Posts in which all of the query's words occur."""
        kept = self._tables.kept.values()
        return scan(((one.seq, one.post, one.reading.topic) for one in kept), query)

    def reindex(self) -> int:
        """Nothing to build; how many posts there are."""
        return len(self._tables.kept)
