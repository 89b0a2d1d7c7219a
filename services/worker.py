"""The loops' bodies: crawl, read and decide, run clocks, deliver. Each is one call, so that tests can step them."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import structlog

from alerts.beijing import day_of, moment_of
from analyzer.model import Reading
from crawlers.model import Post
from crawlers.voices import destroy_expired
from services import one_by_one
from services.acts import shifts
from services.bootstrap import Service
from services.logs import turn_over
from services.reporting import periodicals
from services.sending.delivery import deliver_all
from services.sourcing import crawling, watch
from services.storage.retention import Purged
from services.supervision import canary, others, set_back

log = structlog.get_logger("worker")

BATCH = 500
"""Posts claimed and read at once."""
DECIDED = 100
"""Of these, decided in one transaction: escalations wait for its end, and each may open an alert."""
BREATH = 0.002
"""Seconds between two of them, in which a clock that waits gets its turn."""
READ_LEASE = timedelta(minutes=5)


def crawl(service: Service, *, everything: bool = False) -> bool:
    """Visit the sources that are due and quick (or all) and wait for the end; whether the run ended well."""
    if not service.leads():
        return True
    return crawling.visit(service, service.sources) if everything else crawling.visit_quick(service)


def crawl_slow(service: Service) -> bool:
    """Visit the sources that are due and slow; no source is both, so that two runs may go on side by side."""
    return not service.leads() or crawling.visit_slow(service)


def read(service: Service, batch: int = BATCH) -> int:
    """Read one batch of waiting posts and decide what follows; how many were read."""
    if not service.leads():
        return 0
    now = service.clock.now()
    with service.unit_of_work() as uow:
        posts = uow.posts.claim(limit=batch, now=now, until=now + READ_LEASE)
        uow.commit()
    if not posts:
        return 0
    pairs = _understood(service, posts)
    for start in range(0, len(pairs), DECIDED):
        chunk = pairs[start : start + DECIDED]
        try:
            _decide(service, chunk)
        except one_by_one.PASSING:
            raise
        except Exception:
            log.exception("batch broke", posts=len(chunk))
            one_by_one.decided(service, chunk, partial(_decide, service))
        service.stopping.wait(BREATH)
    return len(posts)


def _understood(service: Service, posts: Sequence[Post]) -> Sequence[tuple[Post, Reading]]:
    try:
        return list(zip(posts, service.reader.read_many(posts), strict=True))
    except Exception:
        log.exception("reading broke", posts=len(posts))
        return one_by_one.understood(service, posts)


def _decide(service: Service, pairs: Sequence[tuple[Post, Reading]]) -> None:
    real, ours = canary.split(pairs)
    now = service.clock.now()
    with service.deciding() as uow:
        service.processor.take(uow, real, now)
        canary.decide(service, uow, ours, now)


def tick(service: Service) -> int:
    """Run every clock that is due, look at the important sources and at changes of shift.

    Returns how many things were done.
    """
    if not service.leads():
        return 0
    now = service.clock.now()
    try:
        with service.deciding() as uow:
            done = set_back.tick(service, uow, now) + others.follow(service, uow, now)
            done += service.processor.due(uow, now) + service.processor.settle(uow, now)
            done += watch.tick(service, uow, now) + shifts.tick(service, uow, now)
    except one_by_one.PASSING:
        raise
    except Exception:
        log.exception("clocks broke")
        done = one_by_one.clocks(service, now)
    service.ticked_at = now
    return done


def issue(service: Service) -> int:
    """Make and issue the periodical reports that are due; how many there were. No clock waits for them."""
    return periodicals.issue_due(service, service.clock.now()) if service.leads() else 0


def drain(service: Service) -> None:
    """Read everything that waits, run the clocks, issue what is due, and send all of it."""
    while read(service, batch=4 * BATCH):
        pass
    tick(service)
    issue(service)
    deliver_all(service)


def wipe(service: Service) -> bool:
    """Leave no trace of deleted text in any file, and destroy a voice key whose day is over."""
    destroy_expired(service.data, service.clock.now())
    return service.leads() and service.database.checkpoint()


def purge(service: Service) -> Purged:
    """Delete posts older than the retention time and a voice key whose day is over; the log says what is left.

    Days are counted whole, so that of many calls on one day only the first has anything to do.
    """
    destroy_expired(service.data, service.clock.now())
    turn_over(service.data / "log.jsonl")
    if not service.leads():
        return Purged()
    today = moment_of(day_of(service.clock.now()))
    done = service.database.purge(today, timedelta(days=service.settings.retention_days))
    if done.posts or done.quarantined:
        service.database.compact()
    log.info("purged", posts=done.posts, excerpts=done.quarantined, oldest_left=str(done.oldest_left))
    return done
