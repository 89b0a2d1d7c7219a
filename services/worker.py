"""The loops' bodies: crawl, read and decide, run clocks, deliver. Each is one call, so that tests can step them."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from alerts.beijing import day_of, moment_of
from alerts.delivery import after_failure, after_success, compose, stale
from alerts.errors import DeliveryError, Permanent, Transient
from alerts.model import Notification, NotificationState
from alerts.ports import Channel
from crawlers.model import Source
from crawlers.privacy import destroy_expired
from services import crawling, periodicals
from services.bootstrap import Service
from services.sourcing import watch
from services.storage.retention import Purged

log = structlog.get_logger("worker")

BATCH = 500
"""Posts read in one transaction."""
READ_LEASE = timedelta(minutes=5)
SEND_BATCH = 10
SEND_LEASE = timedelta(minutes=5)
"""Longer than a batch times the mail server's longest wait, or a slow batch would be sent twice."""


def crawl(service: Service, *, everything: bool = False) -> bool:
    """Visit the sources that are due and quick (or all) and wait for the end; whether the run ended well."""
    return crawling.visit(service, service.sources if everything else _due(service, slow=False))


def crawl_slow(service: Service) -> bool:
    """Visit the sources that are due and slow; no source is both, so that two runs may go on side by side."""
    return crawling.visit(service, _due(service, slow=True))


def _due(service: Service, *, slow: bool) -> list[Source]:
    with service.view() as uow:
        states = uow.sources.states()
    due = crawling.due(service.sources, states, service.clock.now())
    return [source for source in due if crawling.is_slow(states.get(source.id)) is slow]


def read(service: Service, batch: int = BATCH) -> int:
    """Read one batch of waiting posts and decide what follows; how many were read."""
    now = service.clock.now()
    with service.unit_of_work() as uow:
        posts = uow.posts.claim(limit=batch, now=now, until=now + READ_LEASE)
        uow.commit()
    if not posts:
        return 0
    pairs = list(zip(posts, service.reader.read_many(posts), strict=True))
    with service.lock:
        try:
            with service.unit_of_work() as uow:
                service.processor.take(uow, pairs, now)
                uow.commit()
        except Exception:
            # The engine's memory may hold what the record does not: start again from the record.
            service.rebuild()
            raise
    return len(posts)


def tick(service: Service) -> int:
    """Run every clock that is due, look at the important sources, issue the periodical reports that are due.

    Returns how many things were done.
    """
    now = service.clock.now()
    with service.lock:
        try:
            with service.unit_of_work() as uow:
                done = service.processor.due(uow, now) + periodicals.issue_due(service, uow, now)
                done += watch.tick(service, uow, now)
                uow.commit()
        except Exception:
            service.rebuild()
            raise
    return done


def deliver(service: Service) -> int:
    """Send one batch of due messages; how many were tried."""
    now = service.clock.now()
    with service.unit_of_work() as uow:
        claimed = uow.outbox.claim(limit=SEND_BATCH, now=now, until=now + SEND_LEASE)
        uow.commit()
    for notification in claimed:
        if service.stopping.is_set():
            break  # the next one to open the folder takes over what is left
        outcome = _send(service, notification, now)
        with service.unit_of_work() as uow:
            uow.outbox.record(outcome)
            uow.commit()
    return len(claimed)


def _send(service: Service, notification: Notification, now: datetime) -> Notification:
    """One attempt: re-read the alert, compose, send, and say what became of it."""
    with service.view() as uow:
        alert = uow.alerts.get(notification.alert_id) if notification.alert_id else None
        event = uow.events.get(notification.event_id) if notification.event_id else None
        report = uow.reports.get(notification.report_id) if notification.report_id else None
    why = stale(notification, alert, report)
    if why:
        return replace(notification, state=NotificationState.CANCELLED, error=why)
    try:
        person = service.roster.person(notification.recipient)
        message = compose(notification, alert, report, event, person, now)
        _channel(service, notification.channel).send(message)
    except DeliveryError as error:
        outcome = after_failure(notification, error, now)
        log.warning("delivery failed", id=notification.id, state=outcome.state.value, problem=str(error))
        return outcome
    except Exception as error:
        # One message that hits a fault of ours must not hold up the others.
        log.exception("delivery broke", id=notification.id)
        fault = Transient(f"发送时程序出错（{type(error).__name__}），详见日志；消息保留，稍后自动重试。")
        return after_failure(notification, fault, now)
    return after_success(notification, now)


def _channel(service: Service, name: str) -> Channel:
    """A way to reach people by its name. Raises Permanent where there is none."""
    try:
        return service.channels[name]
    except KeyError:
        known = "、".join(service.channels)
        raise Permanent(f"没有“{name}”这个渠道，可用的有 {known}，请改正 roster.yaml 中的 channels。") from None


def drain(service: Service) -> None:
    """Read everything that waits, run the clocks, and send all that is due."""
    while read(service, batch=4 * BATCH):
        pass
    tick(service)
    while deliver(service):
        pass


def wipe(service: Service) -> bool:
    """Leave no trace of deleted text in any file, and destroy a voice key whose day is over."""
    destroy_expired(service.data, service.clock.now())
    return service.database.checkpoint()


def purge(service: Service) -> Purged:
    """Delete posts older than the retention time and a voice key whose day is over; the log says what is left.

    Days are counted whole, so that of many calls on one day only the first has anything to do.
    """
    destroy_expired(service.data, service.clock.now())
    today = moment_of(day_of(service.clock.now()))
    done = service.database.purge(today, timedelta(days=service.settings.retention_days))
    if done.posts or done.quarantined:
        service.database.compact()
    log.info("purged", posts=done.posts, excerpts=done.quarantined, oldest_left=str(done.oldest_left))
    return done
