"""Looks whether due work is done, and says so loudly when it is not: log, duty operator, /healthz, console."""

import hashlib
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from alerts.channels.http import Call, Caller, HttpSettings, secrets_of
from alerts.delivery import LAST_RESORT
from alerts.errors import DeliveryError
from alerts.model import Message, Notification
from alerts.reports.wording import moment
from services.bootstrap import Service
from services.ports import UnitOfWork
from services.sending.notices import notices, operators
from services.supervision import canary

log = structlog.get_logger("auditor")

LATE = timedelta(seconds=60)
LEAST_ROOM = 200_000_000
"""Bytes left on the data folder's disk below which somebody has to make room."""
EVERY = 5.0
"""Seconds between two looks, in a thread of its own: what it watches may hang."""
KEPT_UP = 2
"""Looks in a row that must find something late: after a restart what fell due meanwhile is done within seconds."""


def late(service: Service, uow: UnitOfWork, now: datetime) -> list[str]:
    """What should have been done more than a minute ago, a Chinese sentence each."""
    return list(_late(service, uow, now))


def _late(service: Service, uow: UnitOfWork, now: datetime) -> Iterator[str]:
    waiting = (
        (uow.alerts.next_due(), "预警的时限与催办没有按时执行，研判可能已停止"),
        (uow.outbox.oldest_due(now), "到期的消息没有发出，发送可能已停止"),
        (uow.posts.oldest(now), "已采到的帖文没有研读，研判可能已停止"),
    )
    for since, what in waiting:
        if since is not None and now - since > LATE:
            yield f"{what}（最早的一项应在{moment(since)}完成，已迟{(now - since) // timedelta(seconds=1)}秒）。"
    yield from service.steps.late()
    if service.database.is_replaced():
        yield "数据库文件在运行中被删除或替换，新采到的帖文进不了正在用的库：请立即停止服务，放回数据库文件后再启动。"
    if (room := _room(service.data)) < LEAST_ROOM:
        yield f"数据目录所在的磁盘只剩{room // 10**6}MB，请清理；写满后研判与发送都会停止。"
    if said := canary.problem(service, uow, now):
        yield said


def _room(data: Path) -> int:
    """Bytes left where the data lie; a folder that is gone is told of otherwise."""
    return shutil.disk_usage(data).free if data.exists() else LEAST_ROOM


class Auditor:
    """Looks every few seconds until the service stops; also pings the outside while all is well."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._found = 0
        self._told = False
        self._pinged_at: datetime | None = None
        self._caller = Caller(HttpSettings(timeout=10))
        self._thread = threading.Thread(target=self._run, name="auditor", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def look(self) -> list[str]:
        """One look, and what follows from it."""
        now = self._service.clock.now()
        try:
            with self._service.view() as uow:
                found = late(self._service, uow, now)
        except Exception as error:
            # Whatever it is, nobody can tell whether work is done.
            log.exception("auditor cannot look")
            found = [f"数据库无法读取（{type(error).__name__}），不能确认工作是否正常。"]
        self._found = self._found + 1 if found else 0
        if self._found >= KEPT_UP and not self._told:
            self._told = True
            self._alarm(found, now)
        elif not found and self._told:
            self._told = False
            log.warning("back in time")
        if not found:
            self._ping(now)
        return found

    def _alarm(self, found: list[str], now: datetime) -> None:
        log.error("work is late", problems=found)
        sentence = "".join(found)
        try:
            with self._service.unit_of_work() as uow:
                for note in messages(self._service, sentence, now):
                    uow.outbox.add(note)
                uow.commit()
        except Exception:
            # It is on paper, in the log, on the console and in /healthz all the same.
            log.exception("alarm not stored")
        slip = Message(
            key=_key(sentence, now),
            address="",
            recipient_name="值班员",
            subject=f"【系统】{sentence}",
            text=sentence,
            at=now,
        )
        try:
            self._service.channels[LAST_RESORT].send(slip)
        except DeliveryError:
            log.exception("alarm not printed")

    def _ping(self, now: datetime) -> None:
        """Tell the outside that we live; when we fall silent, it raises the alarm that we cannot raise."""
        settings = self._service.settings
        url = settings.dead_man_url.get_secret_value()
        wait = timedelta(seconds=settings.dead_man_seconds)
        if not url or (self._pinged_at is not None and self._pinged_at <= now < self._pinged_at + wait):
            return
        self._pinged_at = now
        try:
            key = f"ping-{now:%Y%m%dT%H%M%S}"
            self._caller.call(Call(who="外部看门狗", url=url, key=key, method="GET", hidden=secrets_of(url)))
        except DeliveryError as error:
            log.warning("ping failed", problem=str(error))

    def _run(self) -> None:
        while not self._service.stopping.wait(EVERY):
            self.look()
        self._caller.close()


def messages(service: Service, sentence: str, now: datetime) -> Iterator[Notification]:
    """A sentence about the service itself to its operators, over every channel that they have."""
    people = operators(service.plan, service.roster, now)
    return notices(people, _key(sentence, now), sentence, now, first=True)


def _key(sentence: str, now: datetime) -> str:
    return "late-" + hashlib.sha256(f"{now:%Y%m%dT%H%M}|{sentence}".encode()).hexdigest()[:16]
