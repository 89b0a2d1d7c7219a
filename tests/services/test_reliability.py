"""A record that is full or locked for a while: nothing is lost, nothing is doubled, all goes on when it is back."""

import pytest
from sqlalchemy import event

from alerts.model import NotificationState
from services import worker
from services.sending import delivery
from services.sending.delivery import deliver_all
from services.storage import engine
from services.storage.errors import Unavailable
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def service(tmp_path, sink):
    with opened(a_folder(tmp_path / "desk", mail=sink.port, papers="{attach: []}")) as running:
        yield running


class Disk:
    """Lets the database have no more pages than it has, as a full disk does (SQLITE_FULL)."""

    def __init__(self, database):
        self.full = False
        event.listen(database, "checkout", self._limit)

    def _limit(self, connection, *_):
        connection.execute(f"PRAGMA max_page_count = {1 if self.full else 2**30}")


def test_a_full_disk_stops_the_work_and_loses_nothing(service, sink):
    disk = Disk(service.database._engine)
    pairs = a_fire("a", "b", "c", text="永固仓库起火" + "，浓烟滚滚" * 2000)
    for told, understood in pairs:
        service.reader.readings[told.id] = understood
    store = service.database.crawl_store()
    for told, _ in pairs:
        store.put(told)
    store.close()
    disk.full = True
    with pytest.raises(Unavailable, match="full"):
        worker.read(service)

    disk.full = False
    assert worker.read(service) == 3
    assert deliver_all(service) == 2
    assert len(sink.mails()) == 2
    with service.view() as uow:
        assert len(uow.alerts.all()) == 1
        assert uow.sources.tallies()[""].kept == 3


def test_what_was_sent_while_the_record_was_locked_is_not_sent_again(service, sink, monkeypatch):
    monkeypatch.setattr(delivery, "WAITS_FOR_RECORD", 0.05)
    tell(service, *a_fire("a", "b", "c"))
    other = engine.driver().connect(service.data / "minqing.db", isolation_level=None)
    real = service.channels["email"].send
    refused = []

    def send(message):
        real(message)
        if not refused:
            other.execute("BEGIN IMMEDIATE")

    def waited(seconds):
        refused.append(seconds)
        if len(refused) == 3:
            other.execute("ROLLBACK")
        return False

    service.channels["email"].send = send
    monkeypatch.setattr(service.stopping, "wait", waited)
    event.listen(service.database._engine, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout = 100"))

    assert deliver_all(service) == 2

    other.close()
    assert len(refused) == 3
    assert len(sink.mails()) == 2
    with service.view() as uow:
        assert {n.state for n in uow.outbox.all()} == {NotificationState.SENT}
