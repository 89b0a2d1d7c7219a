"""A worker that is stopped, not dead (SIGSTOP, a hanging disk, a suspended machine), is missed loudly by the others."""

import os
import signal
from datetime import timedelta

import httpx
import pytest

from crawlers.model import Authority
from services.bootstrap import open_service
from services.clock import RunningClock
from services.run import web
from services.supervision import auditor
from services.supervision.auditor import Auditor
from tests.acceptance.commands import wait_for
from tests.alerts.channels.smtp_server import SmtpServer
from tests.builders import post
from tests.services.desk import a_folder
from tests.soak.storm import Nursery, telling

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def mailbox():
    running = SmtpServer()
    yield running
    running.stop()


@pytest.fixture
def frozen(tmp_path, cluster, mailbox):
    """A worker that leads, and another process's service over the same record that is never let to lead."""
    url = cluster.fresh()
    desks = [
        a_folder(tmp_path / name, mail=mailbox.port, papers="{attach: []}", database=f'"{url}"')
        for name in ("worker", "other")
    ]
    nursery = Nursery()
    worker = nursery.born(desks[0])
    service = open_service(desks[1], RunningClock())
    yield worker, service
    os.kill(worker, signal.SIGKILL)
    nursery.close()
    service.close()


def tell(service, number):
    store = service.database.crawl_store()
    now = RunningClock().now()
    store.put(post(telling(number), id=f"{number:064x}", authority=Authority.MEDIA, told=now, collected_at=now))
    store.close()


def alerts(service):
    with service.view() as uow:
        return len(uow.alerts.all())


def test_a_worker_that_is_stopped_is_missed_in_health_on_paper_and_by_mail_and_goes_on_when_it_may(
    frozen, mailbox, monkeypatch
):
    monkeypatch.setattr(auditor, "LATE", timedelta(seconds=3))  # the sixty would only make the test longer
    worker, service = frozen
    tell(service, 0)
    wait_for(lambda: alerts(service) == 1 and len(mailbox.mails) >= 2)
    watching = Auditor(service)
    assert watching.look() == []

    os.kill(worker, signal.SIGSTOP)
    tell(service, 1)
    wait_for(lambda: "已采到的帖文没有研读" in "".join(watching.look()))
    watching.look()
    with web(service) as address:
        answer = httpx.get(f"{address}healthz", timeout=10)
    assert (answer.status_code, answer.json()["status"]) == (503, "late")
    (page,) = (service.data / "printed").iterdir()
    assert "【系统】" in page.read_text(encoding="utf-8")

    os.kill(worker, signal.SIGCONT)
    wait_for(lambda: alerts(service) == 2 and watching.look() == [])
    wait_for(lambda: any("系统告警" in mail["Subject"] or "【系统】" in mail["Subject"] for mail in mailbox.mails))
