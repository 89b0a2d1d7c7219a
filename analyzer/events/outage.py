"""Since when a service is cut off, who says so, and for how long."""

from dataclasses import dataclass, replace
from datetime import datetime

from analyzer.events.backing import Mark, ids, mark
from analyzer.facts.planned import starts_at
from analyzer.facts.surroundings import announces, mended
from analyzer.model import Fact, Figure, Qualifier, Reading
from analyzer.patterns.scan import plain_of
from analyzer.topics import SERVICE
from crawlers.beijing import BEIJING
from crawlers.model import Post


@dataclass(slots=True)
class Outage:
    """When a service was first told as cut off, and when it was to be, as announced, first."""

    begun: Mark | None = None
    planned: tuple[datetime, datetime, str] | None = None
    """When a cut was announced first, when it was to begin, and by which post."""

    def note(self, post: Post, reading: Reading) -> None:
        """Take in what one post tells or announces."""
        if not any(topic.code.startswith(SERVICE) for topic in reading.topics):
            return
        at, plain = post.told_at, plain_of(post.body)
        start = starts_at(plain, at.astimezone(BEIJING))
        if start is not None:
            self.planned = min(filter(None, (self.planned, (at, start, post.id))))
        elif not announces(plain):
            self.begun = min(filter(None, (self.begun, mark(post))))

    def lasting(self, stated: Figure, until: Mark, sure: Mark | None) -> Figure:
        """How long it is at least, by what people tell until then and what is sure; or as it is stated, if longer."""
        since = self._since
        if since is None:
            return stated
        begun_at, begun_by = since
        hours, proven = _hours(begun_at, until), _hours(begun_at, sure) if sure is not None else 0
        if hours <= 0:
            return stated
        return Figure(
            claimed=max(stated.claimed or 0, hours),
            verified=max(stated.verified or 0, proven) or None,
            evidence=_joined(begun_by, until) if hours > (stated.claimed or 0) else stated.evidence,
            verified_evidence=_joined(begun_by, sure) if proven > (stated.verified or 0) else stated.verified_evidence,
            unsupported=stated.unsupported if (stated.unsupported or 0) > hours else None,
            qualifier=Qualifier.AT_LEAST,
            verified_at=stated.verified_at,
        )

    @property
    def _since(self) -> tuple[datetime, tuple[str, ...]] | None:
        """Since when a service has been cut off, and who says so.

        Since nobody has told so before the hour announced, from then on.
        """
        if self.begun is None:
            return None
        if self.planned is None or self.planned[0] > self.begun[0]:
            return self.begun[0], ids([self.begun])
        return max(self.begun[0], self.planned[1]), (self.planned[2], self.begun[1])


def lasted(post: Post, fact: Fact) -> Fact | None:
    """How long an outage was, as a post tells it: one to come is none yet, one that was mended so long was longer."""
    plain = plain_of(post.body)
    if starts_at(plain, post.told_at.astimezone(BEIJING)) is not None:
        return None
    return replace(fact, qualifier=Qualifier.AT_LEAST) if mended(plain, fact.span) else fact


def _hours(begun_at: datetime, until: Mark) -> float:
    return round((until[0] - begun_at).total_seconds() / 3600, 1)


def _joined(begun_by: tuple[str, ...], until: Mark | None) -> tuple[str, ...]:
    """Who said that it began, and who that it goes on or is over."""
    return tuple(dict.fromkeys((*begun_by, *ids([until]))))
