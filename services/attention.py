"""An event's curve of attention out of the record and the engine's baselines."""

from typing import TYPE_CHECKING

from analyzer.events.attention import Attention, attention
from analyzer.model import Event
from services.ports import UnitOfWork

if TYPE_CHECKING:
    from services.bootstrap import Service

POSTS = 5_000
"""Posts of an event that are counted, the last ones."""


def attention_of(service: "Service", uow: UnitOfWork, event: Event) -> Attention:
    """Posts an hour against the topic's usual; posts whose texts are purged are counted no more."""
    posts = uow.posts.get(uow.events.member_ids(event.id)[-POSTS:])
    engine = service.processor.engine
    return attention(posts, lambda at: engine.usual(event.topic, at))
