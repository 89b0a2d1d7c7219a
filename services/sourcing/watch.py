"""Telling the duty operator when an important source fails or falls silent, once, and when it is back, once."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from alerts.model import Notification
from alerts.reports.wording import moment
from crawlers.model import Health, Source
from services.bootstrap import Service
from services.ports import SourceState, UnitOfWork, Watch
from services.sending.notices import notices, operators
from services.sourcing.health import Assessment, assess

log = structlog.get_logger("sources")

DAY = timedelta(days=1)
MOST_A_DAY = 3
"""Of a source that comes and goes all day, more episodes than this would only teach people to look away."""
_BAD = {Health.SILENT: "久无更新", Health.FAILING: "采集失败", Health.BLOCKED: "不允许采集"}


def tick(service: Service, uow: UnitOfWork, now: datetime) -> int:
    """Look at every important source and put what the operator must know into the outbox; how many messages."""
    messages = 0
    for source in service.sources:
        state = uow.sources.get(source.id) if source.important else None
        if state is None:
            continue
        watch, sentence = decide(state, source, assess(state, source, now))
        if watch == state.watch:
            continue
        uow.sources.watch(source.id, watch)
        for notification in _messages(service, state, sentence, now) if sentence else ():
            messages += uow.outbox.add(notification)
    return messages


def decide(state: SourceState, source: Source, assessment: Assessment) -> tuple[Watch, str]:
    """What is known to the operator from now on, and the sentence to tell him; often the same as before, and none."""
    watch, seen = state.watch, state.last_visit_at
    bad = _BAD.get(assessment.health) if assessment.health else None
    if seen is None or (bad is None) == (watch.since is None):
        return watch, ""
    name = f"重要来源“{source.name}”"
    if bad is None:
        told = f"{name}已恢复正常（自{moment(watch.since or seen)}起异常）" if watch.told else ""
        return replace(watch, since=None, told=False), told
    begun = (*(at for at in watch.begun if seen - at < DAY), seen)[-MOST_A_DAY - 1 :]
    told_now = len(begun) <= MOST_A_DAY
    more = f"一天之内已是第{MOST_A_DAY}次，再有反复不另行通知。" if len(begun) == MOST_A_DAY else ""
    sentence = f"{name}{bad}：{assessment.sentence}{more}" if told_now else ""
    return Watch(since=seen, told=told_now, begun=begun), sentence


def _messages(service: Service, state: SourceState, sentence: str, now: datetime) -> Iterator[Notification]:
    people = operators(service.plan, service.roster, now)
    if not people:
        log.warning("nobody to tell of a source", source=state.source_id)
    # The visit that showed it and what it showed: the same for whoever looks at the same record.
    key = hashlib.sha256(f"{state.source_id}|{state.last_visit_at}|{sentence}".encode()).hexdigest()[:16]
    return notices(people, f"source-{key}", sentence, now)
