"""The clock was ahead and is set back: what was set meanwhile would come too late by as much."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from alerts import clocks
from alerts.lifecycle import SYSTEM
from alerts.model import LogEntry
from alerts.reports.wording import moment
from services.bootstrap import Service
from services.ports import UnitOfWork
from services.supervision.auditor import messages

log = structlog.get_logger("clock")

LEAST = timedelta(minutes=1)
"""What time servers correct by less than this is no matter."""


def tick(service: Service, uow: UnitOfWork, now: datetime) -> int:
    """Compare with the tick before; how many alerts' moments were moved, and one for telling the operators.

    The first tick has none before it: the clock may have been set back while nobody ran, or the last leader's was
    ahead. It compares with the last line of any alert's history.
    """
    last = uow.alerts.last_line() if service.ticked_at is None else None
    before = service.ticked_at if last is None else last.at
    if before is None or before - now < LEAST:
        return 0
    by = before - now
    moved = [alert for alert in uow.alerts.open() if uow.alerts.history(alert.id)[-1].at > now]
    for alert in moved:
        note = f"系统时钟曾走快，已拨回{_length(by)}；期间设定的时限相应提前"
        uow.alerts.save(replace(clocks.earlier(alert, by, now), version=alert.version + 1))
        uow.alerts.log(LogEntry(at=now, actor=SYSTEM, action="clock", note=note, alert_id=alert.id))
    said = f"系统时钟在{moment(before)}被拨回{_length(by)}，请核对时间同步；{len(moved)}件预警的时限已相应提前。"
    for one in messages(service, said, now):
        uow.outbox.add(one)
    log.error("clock set back", seconds=by.total_seconds(), alerts=len(moved))
    return len(moved) + 1


def _length(by: timedelta) -> str:
    hours, minutes = divmod(round(by / timedelta(minutes=1)), 60)
    return f"{hours}小时{minutes}分" if hours else f"{minutes}分钟"
