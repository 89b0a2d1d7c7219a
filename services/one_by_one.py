"""What is done one by one where doing it together broke: a fault of ours in one post or alert holds up no other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog

from alerts.beijing import BEIJING
from analyzer.model import Reading, Scope
from crawlers.model import Post
from services.acts import shifts
from services.bootstrap import Service
from services.errors import NotLeading
from services.ports import UnitOfWork
from services.processor import Processor
from services.sending.notices import notices, operators
from services.sourcing import watch
from services.storage.errors import Unavailable
from services.storage.tallies import CANARY
from services.supervision import others, set_back

log = structlog.get_logger("one by one")
T = TypeVar("T")
Pair = tuple[Post, Reading]

PASSING = (Unavailable, NotLeading)
"""Failures of the record or the lead: nothing in the round is at fault, and all of it is tried again."""
HOPELESS = 3
"""Posts that may break before one goes well; then it is not the posts that are at fault."""
UNREAD = "unread"
"""The model version of a post that nobody could read."""


def understood(service: Service, posts: Iterable[Post]) -> list[Pair]:
    """Readings of the posts that can be read. Raises what a post broke on, where none can."""
    found: list[Pair] = []

    def read(post: Post) -> None:
        found.extend(zip([post], service.reader.read_many([post]), strict=True))

    _posts(service, posts, read, lambda post: post)
    return found


def decided(service: Service, pairs: Sequence[Pair], decide: Callable[[Sequence[Pair]], None]) -> None:
    """Decide each pair by itself. Raises what a post broke on, where none can be decided."""
    _posts(service, pairs, lambda pair: decide([pair]), lambda pair: pair[0])


def _posts(service: Service, things: Iterable[T], work: Callable[[T], None], post_of: Callable[[T], Post]) -> None:
    failed: list[tuple[T, Exception]] = []
    well = 0
    for thing in things:
        try:
            work(thing)
        except PASSING:
            raise
        except Exception as error:
            failed.append((thing, error))
            if not well and len(failed) >= HOPELESS:
                raise
        else:
            well += 1
    if failed and not well:
        raise failed[0][1]
    for thing, why in failed:
        _set_aside(service, post_of(thing), why)


def _set_aside(service: Service, post: Post, error: Exception) -> None:
    """Kept as unsure, in no event, and the operators are told to read it themselves: once an hour, however many."""
    now = service.clock.now()
    log.error("post set aside", post=post.id, source=post.source_id, exc_info=error)
    with service.deciding() as uow:
        if post.source_id == CANARY:
            uow.posts.discard(post)
            return
        uow.posts.keep(post, Reading(post_id=post.id, scope=Scope.UNSURE, read_at=now, model_version=UNREAD))
        name = next((source.name for source in service.sources if source.id == post.source_id), post.source_id)
        said = (
            f"来源“{name}”的帖文 #{post.id[:8]} 研判时程序出错（{type(error).__name__}），已留存，但没有计入任何事件。"
            f"请在控制台搜索“#{post.id[:8]}”阅读原文，自行判断；此后一小时内再有同样情况不另行通知，详见日志。"
        )
        hour = now.astimezone(BEIJING)
        for note in notices(operators(service.plan, service.roster, now), f"unread-{hour:%Y%m%d%H}", said, now):
            uow.outbox.add(note)


def clocks(service: Service, now: datetime) -> int:
    """Each clock of a round by itself; how many things were done. Raises the first failure when all have had a turn."""
    done, failed = 0, list[Exception]()
    for what, work in _turns(service, now):
        try:
            with service.deciding() as uow:
                done += work(uow)
        except PASSING:
            raise
        except Exception as error:
            log.exception("clock broke", what=what)
            failed.append(error)
    if failed:
        raise failed[0]
    return done


def _turns(service: Service, now: datetime) -> Iterator[tuple[str, Callable[[UnitOfWork], int]]]:
    """Alerts first: somebody waits for them. The processor is asked anew each time: a failure makes its engine anew."""
    processor = service.processor
    yield "set back", lambda uow: set_back.tick(service, uow, now)
    with service.view() as uow:
        alerts = uow.alerts.due(now)
    for alert in alerts:
        yield alert.id, partial(processor.run_clocks, alert=alert, now=now)
    for key in processor.engine.due(now):
        yield key, partial(_rated, processor, key, now)
    yield "others", lambda uow: others.follow(service, uow, now)
    yield "settle", lambda uow: processor.settle(uow, now)
    yield "sources", lambda uow: watch.tick(service, uow, now)
    yield "shifts", lambda uow: shifts.tick(service, uow, now)


def _rated(processor: Processor, key: str, now: datetime, uow: UnitOfWork) -> int:
    processor.reassess(uow, key, now)
    return 1
