"""EventStore in memory."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from operator import attrgetter

from analyzer.model import Event, Finding, Rating
from analyzer.ports import Member
from analyzer.regrouping import Regrouping
from services.storage.days import beijing_day
from services.storage.memory.tables import Tables


class MemoryEventStore:
    """Events, their members and their ratings."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def save(self, event: Event) -> None:
        """Insert or overwrite."""
        tables, before = self._tables, self._tables.events.get(event.id)
        tables.journal.put(tables.events, event.id, event)
        if before is None or before.last_seen_at != event.last_seen_at:
            if before is not None:
                tables.journal.drop(tables.seen_on[beijing_day(before.last_seen_at)], event.id)
            tables.journal.put(tables.seen_on[beijing_day(event.last_seen_at)], event.id, None)

    def get(self, event_id: str) -> Event | None:
        """One event."""
        return self._tables.events.get(event_id)

    def join(self, event_id: str, post_id: str) -> None:
        """Make the post a member of this event, and of no other."""
        tables = self._tables
        before = tables.event_of.get(post_id)
        if before == event_id:
            return
        if before is None:
            number = tables.next("members")
        else:
            number = tables.members[before][post_id]
            tables.journal.drop(tables.members[before], post_id)
        tables.journal.put(tables.event_of, post_id, event_id)
        tables.journal.put(tables.members[event_id], post_id, number)

    def rate(self, rating: Rating, at: datetime) -> None:
        """Add to the event's ratings."""
        tables = self._tables
        tables.journal.put(tables.ratings, tables.next("ratings"), (at, rating))
        tables.journal.put(tables.rating_of, rating.event_id, rating)

    def rating(self, event_id: str) -> Rating | None:
        """The latest one."""
        return self._tables.rating_of.get(event_id)

    def latest(self, event_ids: Collection[str]) -> Mapping[str, Rating]:
        """The latest one of each event that is rated."""
        return {key: self._tables.rating_of[key] for key in event_ids if key in self._tables.rating_of}

    def ratings(self) -> Iterator[tuple[datetime, Rating]]:
        """Every rating of every event, in the order in which they were made."""
        yield from self._tables.ratings.values()

    def history(self, event_id: str) -> Sequence[tuple[datetime, Rating]]:
        """Every rating of one event, the oldest first."""
        return [(at, rating) for at, rating in self._tables.ratings.values() if rating.event_id == event_id]

    def find(self, finding: Finding) -> None:
        """Insert or overwrite."""
        self._tables.journal.put(self._tables.findings, finding.id, finding)

    def findings(self, *, since: datetime | None = None) -> Sequence[Finding]:
        """Those made at or after `since`, oldest first."""
        made = (one for one in self._tables.findings.values() if since is None or one.at >= since)
        return sorted(made, key=lambda one: (one.at, one.id))

    def regroup(self, regrouping: Regrouping) -> None:
        """Insert or overwrite."""
        self._tables.journal.put(self._tables.regroupings, regrouping.id, regrouping)

    def regroupings(self, *, since: datetime | None = None) -> Sequence[Regrouping]:
        """Those made or undone at or after `since`, in the order in which they were made."""
        made = (one for one in self._tables.regroupings.values() if since is None or one.changed_at >= since)
        return sorted(made, key=lambda one: (one.at, one.id))

    def members(self, *, since: datetime) -> Iterable[Member]:
        """Members told at or after `since`, in the order in which they were told."""
        tables = self._tables
        told = [kept for key, kept in tables.kept.items() if key in tables.event_of and kept.post.told_at >= since]
        for kept in sorted(told, key=lambda one: (one.post.told_at, one.post.id)):
            yield Member(event_id=tables.event_of[kept.post.id], post=kept.post, reading=kept.reading)

    def topics(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Members told in this time, by topic."""
        tables = self._tables
        days = [day for day in tables.told if beijing_day(since) <= day <= beijing_day(until)]
        keys = {key for day in days for key in tables.told[day] if key in tables.event_of}
        kept = (tables.kept[key] for key in keys if key in tables.kept)
        topics = (one.reading.topic for one in kept if since <= one.post.told_at < until)
        return dict(sorted(Counter(filter(None, topics)).items()))

    def members_of(self, event_ids: Iterable[str]) -> Iterable[Member]:
        """Members of these events, in the order in which they were told."""
        tables, wanted = self._tables, set(event_ids)
        told = [tables.kept[p] for key in wanted for p in tables.members.get(key, {}) if p in tables.kept]
        for kept in sorted(told, key=lambda one: (one.post.told_at, one.post.id)):
            yield Member(event_id=tables.event_of[kept.post.id], post=kept.post, reading=kept.reading)

    def newest(self, event_id: str, count: int) -> Sequence[Member]:
        """The last members whose texts are still kept, the last to join first."""
        found = (self._tables.kept.get(key) for key in reversed(self.member_ids(event_id)))
        members = (Member(event_id=event_id, post=one.post, reading=one.reading) for one in found if one)
        return list(islice(members, count))

    def member_ids(self, event_id: str) -> Sequence[str]:
        """Ids in the order in which they joined."""
        numbers = self._tables.members.get(event_id, {})
        return sorted(numbers, key=numbers.__getitem__)

    def of_post(self, post_id: str) -> str | None:
        """Id of the event that the post is a member of."""
        return self._tables.event_of.get(post_id)

    def all(self, *, since: datetime | None = None) -> Sequence[Event]:
        """Events last seen at or after `since`, by first sight."""
        tables = self._tables
        days = [keys for day, keys in tables.seen_on.items() if since is None or day >= beijing_day(since)]
        found = (tables.events[key] for keys in days for key in keys)
        seen = (event for event in found if since is None or event.last_seen_at >= since)
        return sorted(seen, key=attrgetter("first_seen_at", "id"))

    def corroborated(self, *, since: datetime | None = None) -> Sequence[Event]:
        """Of them those that may be shown."""
        return [event for event in self.all(since=since) if event.corroborated]
