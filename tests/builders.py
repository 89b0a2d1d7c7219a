"""Small honest objects for tests; every field that matters is given by the test itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from analyzer.model import (
    Event,
    EventStatus,
    Fact,
    FactKind,
    Figure,
    Place,
    Qualifier,
    Reading,
    Scope,
    TopicScore,
)
from crawlers.model import Authority, Post

NOON = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
"""Noon in Beijing."""
_numbers = count(1)


def at(hours: float = 0, minutes: float = 0) -> datetime:
    """A moment counted from noon."""
    return NOON + timedelta(hours=hours, minutes=minutes)


def post(text="仓库起火了", *, voice=None, authority=Authority.PUBLIC, told=NOON, **more):
    """A post; a voice is made of any word."""
    number = next(_numbers)
    base = Post(
        id=f"{number:064x}",
        source_id=more.pop("source_id", authority.value),
        authority=authority,
        title="",
        text=text,
        collected_at=told,
        published_at=told,
        voice=f"20261103:{voice}" if voice else None,
    )
    return replace(base, **more)


def fact(kind=FactKind.DEATHS, value=3, **more):
    """One current, exact figure."""
    kind = FactKind(kind)
    return Fact(kind=kind, value=value, unit=kind.unit, qualifier=Qualifier.EXACTLY, span=(0, 1), **more)


def place(name, level="street", path=None, code=None):
    """A named place."""
    return Place(code=code, name=name, level=level, span=(0, len(name)), path=path or (name,))


def reading(of, topic="hazard.fire", *facts, **more):
    """What the analyzer might have read in `of`."""
    return Reading(
        post_id=of.id,
        scope=more.pop("scope", Scope.IN),
        read_at=of.collected_at,
        model_version="test",
        topics=(TopicScore(code=topic, probability=0.9),),
        facts=facts,
        **more,
    )


def event(topic="hazard.fire", **more):
    """An event that three voices tell of."""
    figures = {FactKind(kind): value for kind, value in more.pop("figures", {}).items()}
    base = Event(
        id="E20261103-0123456789",
        title="示范区火灾",
        topic=topic,
        topics=(topic,),
        status=EventStatus.ACTIVE,
        first_seen_at=NOON,
        last_seen_at=NOON,
        known_at=NOON,
        posts=3,
        voices=3,
        by_authority={"public": 3},
    )
    return replace(base, figures=figures, **more)


def figure(claimed=None, verified=None, **more):
    """A figure with one post as evidence for each side that is given."""
    return Figure(
        claimed=claimed,
        verified=verified,
        evidence=("c",) if claimed is not None else (),
        verified_evidence=("v",) if verified is not None else (),
        **more,
    )
