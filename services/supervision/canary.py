"""A made-up post sent down the whole path now and then: intake, reading, rating, decision, outbox, sending.

It stands in no statistic, event, report or alert: read, it is discarded as out of scope would be, and what is decided
about it becomes one message to nobody. When that message has not been handed over in time, something on the way stands
still, whatever else looks well.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from alerts.matter import Matter
from alerts.model import Notification, NotificationState, Purpose
from analyzer.model import Reading
from crawlers.model import Authority, Post
from services.bootstrap import Service, build_engine
from services.ports import UnitOfWork
from services.storage.tallies import CANARY

log = structlog.get_logger("canary")

IN_TIME = timedelta(seconds=60)
"""From the post's arrival to its message's; a busy desk takes a few seconds."""
TEXT = "自检镇自检仓库今天发生火灾，造成3人死亡，5人受伤，消防人员正在现场处置。（线路自检）"


def send_due(service: Service) -> bool:
    """Send one when it is time and this process leads."""
    every = timedelta(minutes=service.settings.canary_minutes)
    now, last = service.clock.now(), service.canary.sent_at
    if not every or not service.leads() or (last is not None and last <= now < last + every):
        return False
    key = f"canary-{now:%Y%m%dT%H%M%S}"
    store = service.database.crawl_store()
    try:
        store.put(_post(key, now))
    finally:
        store.close()
    service.canary.key, service.canary.sent_at = key, now
    return True


def problem(service: Service, uow: UnitOfWork, now: datetime) -> str:
    """Why the last one should have arrived and has not; empty when it has or may still."""
    key, sent_at = service.canary.key, service.canary.sent_at
    if sent_at is None or now - sent_at < IN_TIME:
        return ""
    arrived = uow.outbox.get(key)
    if arrived is None:
        return "线路自检未通过：试投的帖文超过60秒没有读到或没有研判。"
    return "" if arrived.state is NotificationState.SENT else "线路自检未通过：试发的消息超过60秒没有发出。"


def split(pairs: Iterable[tuple[Post, Reading]]) -> tuple[list[tuple[Post, Reading]], list[tuple[Post, Reading]]]:
    """What people said, and what we said to ourselves."""
    real: list[tuple[Post, Reading]] = []
    ours: list[tuple[Post, Reading]] = []
    for pair in pairs:
        (ours if pair[0].source_id == CANARY else real).append(pair)
    return real, ours


def decide(service: Service, uow: UnitOfWork, ours: Iterable[tuple[Post, Reading]], now: datetime) -> None:
    """Rate and decide as for any post, in an engine that nobody else remembers; one message to nobody comes of it."""
    for post, reading in ours:
        uow.posts.discard(post)
        engine = build_engine(service.plan, service.reader)
        key = engine.absorb(post, reading, now)
        found = engine.assess(key, now) if key is not None else None
        if found is None:
            log.error("canary not understood", key=post.id, scope=reading.scope.value, topic=reading.topic)
            continue
        decision = service.processor.desk.on_assessment(Matter(event=found.event, rating=found.rating, alert=None), now)
        uow.outbox.add(
            Notification(
                id=post.id,
                recipient=CANARY,
                channel=CANARY,
                created_at=now,
                reason=f"线路自检：{decision.reason}",
                purpose=Purpose.SERVICE,
            )
        )


def _post(key: str, now: datetime) -> Post:
    return replace(
        Post(id=key, source_id=CANARY, authority=Authority.OFFICIAL, title="", text=TEXT, collected_at=now),
        published_at=now,
    )
