"""Sending: claim under a lease, re-read the alert, compose, send, record; what fails goes another way."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from alerts.delivery import after_failure, after_success, bundled, compose, fallback, overtaken, stale
from alerts.errors import DeliveryError, Permanent, Transient
from alerts.model import Message, Notification, NotificationState, Purpose
from alerts.people import Person
from alerts.ports import ANY, Channel, Over
from services.bootstrap import Service
from services.ports import UnitOfWork
from services.reporting.papers import with_files
from services.retelling import retold
from services.storage.errors import Unavailable
from services.supervision.nobody import NOBODY

log = structlog.get_logger("delivery")

BATCH = 4
"""Messages claimed at once. Few, so that what is graver and comes later does not wait for a batch."""
STEPS = 10
"""Times that a mail server may let us wait for one mail: connect, greet, encrypt, log in, and each step of the mail."""
MARGIN = timedelta(minutes=2)
HAS_WAITED = timedelta(minutes=1)
WAITS_FOR_RECORD = 1.0
"""Seconds between two tries to write down what became of a mail."""


def deliver(service: Service, limit: int = BATCH, over: Over = ANY) -> int:
    """Send one batch of due messages; how many were tried."""
    with service.unit_of_work() as uow:
        claimed = _claim(service, uow, limit, over)
        uow.commit()
    for key, parts in _mails(claimed).items():
        if service.stopping.is_set():
            break  # the next one to open the record takes over what is left
        outcomes = _attempt(service, key, parts)
        with service.unit_of_work() as uow:
            _record(service, uow, outcomes)
            uow.commit()
    return len(claimed)


def deliver_all(service: Service, over: Over = ANY) -> int:
    """Send until nothing is due, one mail at a time; how many were tried.

    What became of one is stored together with the claim on the next: a transaction for each mail, not two.
    """
    tried, outcomes = 0, list[Notification]()
    while True:
        claimed = _next(service, outcomes, over)
        if not claimed:
            return tried
        ((key, parts),) = _mails(claimed).items()
        outcomes = _attempt(service, key, parts)
        tried += len(claimed)


def _next(service: Service, outcomes: Sequence[Notification], over: Over) -> Sequence[Notification]:
    """Record and claim in one transaction.

    While the record is locked or full, what was sent is remembered and recorded when it is back: not sent again.
    """
    while True:
        try:
            with service.unit_of_work() as uow:
                _record(service, uow, outcomes)
                claimed = [] if service.stopping.is_set() else _claim(service, uow, 1, over)
                uow.commit()
        except Unavailable as error:
            if not outcomes or service.stopping.wait(WAITS_FOR_RECORD):
                raise
            log.warning("outcome waits for the record", id=outcomes[0].id, problem=str(error))
        else:
            return claimed


def _claim(service: Service, uow: UnitOfWork, limit: int, over: Over) -> Sequence[Notification]:
    now = service.clock.now()
    until = now + lease(service, limit)
    return uow.outbox.claim(limit=limit, now=now, until=until, holder=service.holder, over=over)


def _mails(claimed: Iterable[Notification]) -> dict[str, list[Notification]]:
    """Messages by the key of the mail that they go out in."""
    mails: dict[str, list[Notification]] = {}
    for one in claimed:
        mails.setdefault(one.bundle or one.id, []).append(one)
    return mails


def _record(service: Service, uow: UnitOfWork, outcomes: Iterable[Notification]) -> None:
    for outcome in outcomes:
        uow.outbox.record(outcome)
        _otherwise(service, uow, outcome)


def lease(service: Service, limit: int) -> timedelta:
    """Longer than sending so many takes at worst, or a slow batch would be sent twice."""
    return limit * (STEPS * timedelta(seconds=service.settings.mail.timeout) + MARGIN)


def _attempt(service: Service, key: str, parts: Sequence[Notification]) -> list[Notification]:
    """One attempt at one mail, and what became of each of its parts."""
    now = service.clock.now()
    dropped, messages = _composed(service, parts, now)
    if not messages:
        return dropped
    try:
        _hand_over(service, parts[0].channel, bundled(key, [message for _, message in messages]))
    except DeliveryError as error:
        outcomes = [after_failure(one, error, service.clock.now()) for one, _ in messages]
        log.warning("delivery failed", id=key, state=outcomes[0].state.value, problem=str(error))
        return dropped + outcomes
    except Exception as error:
        # One message that hits a fault of ours must not hold up the others.
        log.exception("delivery broke", id=key)
        return dropped + [after_failure(one, _fault(error), now) for one, _ in messages]
    return dropped + [after_success(one, service.clock.now()) for one, _ in messages]


def _hand_over(service: Service, name: str, mail: Message) -> None:
    """Raises Transient or Permanent; without a try where the far side has just shown that it is not there."""
    channel = _channel(service, name)
    service.breaker.check(name)
    try:
        channel.send(mail)
    except DeliveryError as error:
        service.breaker.note(name, error)
        raise
    service.breaker.note(name, None)


def _composed(
    service: Service, parts: Iterable[Notification], now: datetime
) -> tuple[list[Notification], list[tuple[Notification, Message]]]:
    """The parts that are not to be sent, with their outcome; the others with their words."""
    outcomes: list[Notification] = []
    messages: list[tuple[Notification, Message]] = []
    for one in parts:
        try:
            made = _message(service, one, now)
        except DeliveryError as error:
            outcomes.append(after_failure(one, error, now))
            log.warning("message refused", id=one.id, state=outcomes[-1].state.value, problem=str(error))
        except Exception as error:
            # As above: the others of the bundle go out.
            log.exception("message broke", id=one.id)
            outcomes.append(after_failure(one, _fault(error), now))
        else:
            if isinstance(made, str):
                outcomes.append(replace(one, state=NotificationState.CANCELLED, error=made))
            else:
                messages.append((one, made))
    return outcomes, messages


def _fault(error: Exception) -> Transient:
    return Transient(f"发送时程序出错（{type(error).__name__}），详见日志；消息保留，稍后自动重试。")


def _message(service: Service, one: Notification, now: datetime) -> Message | str:
    """What to send as the record stands now, or why it is not worth sending any more."""
    with service.view() as uow:
        alert = uow.alerts.get(one.alert_id) if one.alert_id else None
        event = uow.events.get(one.event_id) if one.event_id else None
        report = uow.reports.get(one.report_id) if one.report_id else None
        why = stale(one, alert, report, event) or _overtaken(uow, one, now)
        if why:
            return why
        rating = None
        if one.purpose is not Purpose.REPORT and event is not None:
            rating = retold(uow.events.rating(event.id), event, service.plan, now, alert)
            report = next(reversed(uow.reports.of_event(event.id)), report)
    worded = None if report is None else service.templates.worded(report)
    person = _person(service, one.recipient)
    console = service.settings.console_url
    page = service.templates.page
    message = compose(one, alert, worded, event, person, now, page=page, console=console, rating=rating)
    return with_files(service, message, one, report)


def _overtaken(uow: UnitOfWork, one: Notification, now: datetime) -> str:
    """As `overtaken`, of a message that has waited: what is sent at once has nothing after it."""
    if one.alert_id is None or now - one.created_at < HAS_WAITED:
        return ""
    return overtaken(one, uow.outbox.all(alert_id=one.alert_id))


def _otherwise(service: Service, uow: UnitOfWork, outcome: Notification) -> None:
    """Where a message cannot reach a person, tell him over his next channel, at last on paper."""
    if outcome.state not in {NotificationState.DEAD, NotificationState.RETRY} or outcome.recipient == NOBODY.id:
        return
    person = _person(service, outcome.recipient)
    instead = fallback(outcome, person, uow.outbox.siblings(outcome), lambda *to: _usable(service, *to))
    if instead is not None and uow.outbox.add(instead):
        log.warning("fallback", id=outcome.id, channel=outcome.channel, instead=instead.id, by=instead.channel)


def _person(service: Service, key: str) -> Person:
    return NOBODY if key == NOBODY.id else service.roster.person(key)


def _usable(service: Service, channel: str, address: str) -> bool:
    return channel in service.channels and not service.channels[channel].address_problem(address)


def _channel(service: Service, name: str) -> Channel:
    """A way to reach people by its name. Raises Permanent where there is none."""
    try:
        return service.channels[name]
    except KeyError:
        known = "、".join(name for name in service.channels if name != NOBODY.id)
        raise Permanent(f"没有“{name}”这个渠道，可用的有 {known}，请改正 roster.yaml 中的 channels。") from None
