import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest

from alerts.model import NotificationState
from analyzer.pipeline import Reader
from services import run, worker
from services.folder.gazetteer import load_gazetteer
from services.sending.delivery import deliver_all
from services.storage.errors import Unavailable
from services.storage.tallies import CANARY
from services.supervision import auditor, canary, steps
from services.supervision.auditor import Auditor
from tests.builders import at, fact, post, reading
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def service(tmp_path, sink):
    with opened(a_folder(tmp_path / "desk", mail=sink.port)) as running:
        yield running


def late(service):
    with service.view() as uow:
        return auditor.late(service, uow, service.clock.now())


def test_work_that_is_done_in_time_is_no_matter(service):
    tell(service, *a_fire("a", "b", "c"))
    service.clock.set(at(minutes=1))
    assert late(service) == []
    deliver_all(service)
    service.clock.set(at(minutes=10.9))
    assert late(service) == []


def test_a_message_that_nobody_sends_is_late(service):
    tell(service, *a_fire("a", "b", "c"))
    service.clock.set(at() + timedelta(seconds=75))
    (said,) = late(service)
    assert "到期的消息没有发出" in said
    assert "已迟75秒" in said


def test_a_clock_that_nobody_runs_is_late(service):
    tell(service, *a_fire("a", "b", "c"))
    deliver_all(service)
    service.clock.set(at(hours=2))
    assert any("时限与催办没有按时执行" in said for said in late(service))
    worker.tick(service)
    deliver_all(service)
    assert late(service) == []


def test_a_post_that_nobody_reads_is_late(service):
    store = service.database.crawl_store()
    store.put(post("永固仓库起火"))
    store.close()
    service.clock.set(at(minutes=2))
    assert "已采到的帖文没有研读" in late(service)[0]


def test_it_is_said_in_health_console_log_mail_and_on_paper_once(service, client_of, capsys):
    tell(service, *a_fire("a", "b", "c"))
    service.clock.set(at(minutes=2))
    client, watching = client_of(service), Auditor(service)

    assert watching.look()
    assert not (service.data / "printed").exists()  # once may be a restart that is catching up
    for _ in range(3):
        watching.look()

    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "late")
    assert "到期的消息没有发出" in answer.json()["problems"][0]
    assert "系统告警：到期的消息没有发出" in client.get("/").text
    assert capsys.readouterr().out.count("work is late") == 1
    with service.view() as uow:
        alarms = [n for n in uow.outbox.all() if n.id.startswith("late-")]
    assert [n.recipient for n in alarms] == ["operator_a"]
    (page,) = (service.data / "printed").iterdir()
    assert page.read_text(encoding="utf-8").count("【系统】到期的消息没有发出") == 1

    deliver_all(service)
    assert watching.look() == []
    assert client.get("/healthz").status_code == 200


def test_a_record_that_cannot_be_read_is_a_matter_too(service, monkeypatch):
    def broken():
        raise OSError("gone")

    monkeypatch.setattr(service, "view", broken)
    assert Auditor(service).look() == ["数据库无法读取（OSError），不能确认工作是否正常。"]


class Outside:
    """A dead-man switch on loopback."""

    def __init__(self):
        self.pings = pings = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                pings.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/ping/secret-of-ours"


def test_the_outside_hears_from_us_while_all_is_well_and_nothing_when_it_is_not(tmp_path, sink, capsys):
    outside = Outside()
    folder = a_folder(tmp_path / "watched", mail=sink.port, dead_man_url=f'"{outside.url}"')
    with opened(folder) as service:
        watching = Auditor(service)
        for minute in (0, 0.5, 1, 1.2, 2):
            service.clock.set(at(minutes=minute))
            watching.look()
        assert outside.pings == ["/ping/secret-of-ours"] * 3
        tell(service, *a_fire("a", "b", "c"))
        service.clock.set(at(minutes=9))
        watching.look()
        assert len(outside.pings) == 3
        outside.server.shutdown()
        outside.server.server_close()
        deliver_all(service)
        service.clock.set(at(minutes=10))
        assert watching.look() == []
    said = capsys.readouterr().out
    assert "ping failed" in said
    assert "secret-of-ours" not in said


def send_canary(service):
    assert canary.send_due(service)
    key = service.canary.key
    if not hasattr(service.reader, "readings"):
        return key
    made = canary._post(key, service.clock.now())
    service.reader.readings[key] = reading(made, "hazard.fire", fact(value=3))
    return key


def test_the_canary_goes_all_the_way_and_leaves_no_trace_in_what_people_see(service, sink):
    key = send_canary(service)
    assert worker.read(service) == 1
    deliver_all(service)

    with service.view() as uow:
        arrived = uow.outbox.get(key)
        assert arrived.state is NotificationState.SENT
        assert "达到Ⅲ级" in arrived.reason
        assert uow.events.all() == []
        assert uow.alerts.all() == []
        assert uow.tasks.open() == []
        assert uow.sources.tallies() == {}
        assert uow.posts.get([key]) == []
    assert service.processor.engine.events(at()) == []
    assert sink.mails() == []
    service.clock.set(at(minutes=5))
    assert late(service) == []


def test_the_canary_is_understood_by_the_real_reader(service):
    service.reader = Reader(load_gazetteer(None))
    key = send_canary(service)
    worker.read(service)
    with service.view() as uow:
        assert "达到Ⅲ级（较大）：死亡3人" in uow.outbox.get(key).reason


def test_the_canary_goes_out_every_few_minutes(service):
    send_canary(service)
    assert not canary.send_due(service)
    service.clock.set(at(minutes=9.9))
    assert not canary.send_due(service)
    service.clock.set(at(minutes=10))
    assert canary.send_due(service)


def test_a_canary_that_does_not_arrive_is_a_matter(service):
    send_canary(service)
    service.clock.set(at(minutes=1))
    assert any("试投的帖文超过60秒没有读到" in said for said in late(service))
    worker.read(service)
    service.clock.set(at(minutes=2))
    assert any("试发的消息超过60秒没有发出" in said for said in late(service))
    deliver_all(service)
    assert late(service) == []


def test_a_canary_that_cannot_be_sent_makes_no_slip(service):
    class Broken:
        name = CANARY

        def send(self, message):
            raise RuntimeError

        def close(self):
            pass

    service.channels[CANARY] = Broken()
    key = send_canary(service)
    worker.read(service)
    for minute in range(9):
        service.clock.set(at(minutes=minute))
        deliver_all(service)
    with service.view() as uow:
        assert [n.id for n in uow.outbox.all()] == [key]
    assert any("没有发出" in said for said in late(service))


def test_a_step_that_fails_or_hangs_is_named_with_its_last_error_until_it_is_done(service, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(steps, "monotonic", lambda: now[0])
    service.steps.expect("wipe", 120)
    now[0] += 170
    assert late(service) == []
    service.steps.failed("wipe", Unavailable("数据库暂时不可用（disk full），稍后会自动重试。"))
    now[0] += 20
    assert late(service) == [
        "“清除已删内容的痕迹”已有190秒没有做成，最近一次出错：数据库暂时不可用（disk full），稍后会自动重试。"
    ]
    service.steps.done("wipe")
    assert late(service) == []


def test_every_tick_but_crawls_has_a_name_that_it_is_missed_by():
    assert set(run.TICKS) - set(steps.NAMES) == {"crawl", "crawl slow sources"}


def test_a_disk_that_is_nearly_full_is_said_before_it_is(service, monkeypatch):
    monkeypatch.setattr(auditor.shutil, "disk_usage", lambda _: SimpleNamespace(free=12_345_678))
    assert late(service) == ["数据目录所在的磁盘只剩12MB，请清理；写满后研判与发送都会停止。"]


def test_a_record_that_is_replaced_under_a_running_service_is_said(service, tmp_path):
    """A backup unpacked over it: what holds it open goes on with the old file, crawls write to the new one."""
    file, kept = service.data / "minqing.db", tmp_path / "kept.db"
    service.database.copy_to(kept)
    assert late(service) == []

    file.rename(tmp_path / "old.db")
    assert "数据库文件在运行中被删除或替换" in late(service)[0]
    kept.rename(file)
    assert "数据库文件在运行中被删除或替换" in late(service)[0]
    (tmp_path / "old.db").rename(file)
    assert late(service) == []
