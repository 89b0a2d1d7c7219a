"""A PostgreSQL record that is full, locked or gone for a while: as tests/services/test_reliability.py for SQLite."""

import pytest

from alerts.model import NotificationState
from services import ticks, worker
from services.sending import delivery
from services.sending.delivery import deliver_all
from services.storage.database import open_database
from services.storage.errors import Unavailable
from services.supervision import steps
from services.supervision.auditor import Auditor, late
from tests.contracts.backends import Cluster, missing
from tests.contracts.small_disk import NoSmallDisk
from tests.services.desk import a_fire, a_folder, incompressible, opened, tell

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def cluster():
    """A server on a disk that can be filled."""
    if missing():
        pytest.skip(missing())
    try:
        running = Cluster(room="250m")
    except NoSmallDisk as error:
        pytest.skip(str(error))
    yield running
    running.stop()


@pytest.fixture
def service(tmp_path, sink, cluster):
    address = f'"{cluster.fresh()}&options=-c%20lock_timeout%3D200ms"'
    with opened(a_folder(tmp_path / "desk", mail=sink.port, papers="{attach: []}", database=address)) as running:
        running.presence.beat()
        yield running


def states(service):
    with service.view() as uow:
        return {n.state for n in uow.outbox.all()}


def test_a_full_disk_stops_the_work_is_told_and_loses_nothing(service, sink, cluster, monkeypatch):
    texts = {voice: "永固仓库起火" + incompressible(20_000, seed=voice) for voice in "abc"}
    pairs = [pair for voice, text in texts.items() for pair in a_fire(voice, text=text)]
    store = service.database.crawl_store()
    for told, understood in pairs:
        service.reader.readings[told.id] = understood
        store.put(told)
    store.close()
    service.steps.expect("read", 0.5)
    cluster.disk.fill()
    ticks.guarded("read", worker.read, service)
    monkeypatch.setattr(steps, "monotonic", lambda now=steps.monotonic: now() + 70)
    (said,) = service.steps.late()
    assert said.startswith("“研判”已有")
    assert said.endswith("No space left on device），稍后会自动重试。")
    cluster.disk.make_room()
    if not cluster.runs():  # where there was no room for its log, the server itself gave up
        cluster.start()

    assert worker.read(service) == 3
    service.steps.done("read")
    assert deliver_all(service) == 2
    assert len(sink.mails()) == 2
    with service.view() as uow:
        assert len(uow.alerts.all()) == 1
        assert uow.sources.tallies()[""].kept == 3
        assert late(service, uow, service.clock.now()) == []


@pytest.fixture
def struck(service, monkeypatch):
    """Called with what strikes the record once the first mail is out and what heals it; how often was waited."""
    monkeypatch.setattr(delivery, "WAITS_FOR_RECORD", 0.05)
    real, waited = service.channels["email"].send, []

    def run(strike, heal):
        def send(message):
            real(message)
            if not waited:
                strike()

        def wait(seconds):
            waited.append(seconds)
            if len(waited) == 2:
                heal()
            return False

        service.channels["email"].send = send
        monkeypatch.setattr(service.stopping, "wait", wait)
        assert deliver_all(service) == 2
        return len(waited)

    return run


def test_what_was_sent_while_the_record_was_locked_is_not_sent_again(service, sink, struck):
    tell(service, *a_fire("a", "b", "c"))
    other = open_database(service.settings.database)
    locking = other.unit_of_work()

    def lock():
        for note in locking.outbox.all():
            locking.outbox.record(note)

    assert struck(lock, locking.transaction.rollback) == 2
    other.dispose()
    assert len(sink.mails()) == 2
    assert states(service) == {NotificationState.SENT}


def test_what_was_sent_while_the_server_was_gone_is_not_sent_again(service, sink, cluster, struck):
    tell(service, *a_fire("a", "b", "c"))
    assert struck(cluster.halt, cluster.start) == 2
    assert len(sink.mails()) == 2
    assert states(service) == {NotificationState.SENT}


def test_a_server_that_is_gone_is_told_at_once(service, client_of, cluster):
    client = client_of(service)
    cluster.halt()
    try:
        answer = client.get("/healthz")
        assert (answer.status_code, "数据库暂时不可用" in answer.text) == (503, True)
        assert "数据库无法读取" in "".join(Auditor(service).look())
    finally:
        cluster.start()
    assert client.get("/healthz").status_code == 200


def test_the_lead_is_kept_over_a_server_that_was_gone(service, cluster):
    cluster.halt()
    with pytest.raises(Unavailable):
        service.presence.beat()
    cluster.start()
    service.presence.beat()
    assert service.leads()
