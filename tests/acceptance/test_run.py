"""`minqing run` as a child process: it reads, decides, mails and serves until it is asked to stop."""

import os
import signal

import httpx
import pytest

from tests.acceptance.commands import PATIENCE, minqing, running, started, wait_for
from tests.acceptance.mails import addresses, mails
from tests.acceptance.village import a_desk, moment
from tests.crawlers.site import Reply

pytestmark = pytest.mark.slow
NOW = ("--now", moment(10).isoformat())


@pytest.fixture
def desk(village, sink, tmp_path):
    return a_desk(tmp_path / "desk", village.site, sink.port)


def stop(process, how, ask):
    """Ask it to stop; how it ended and all it said. It must not wait for what is still open."""
    ask(process.pid, how)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


@pytest.fixture
def in_front():
    """The child takes Ctrl-C, though whoever runs the tests may be in the background and ignore it."""
    asked = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, asked)


@pytest.mark.usefixtures("in_front")
def test_it_reads_mails_serves_and_stops_when_asked(desk, sink, village):
    with running(desk, *NOW) as (address, process), httpx.Client(base_url=address, timeout=10) as client:
        health = client.get("/healthz").raise_for_status().json()
        assert health["status"] == "ok"
        assert health["now"].startswith("2026-12-05T02:00")

        wait_for(lambda: len(addresses(sink)) == 2)
        (alert,) = client.get("/api/v1/alerts").json()["alerts"]
        assert alert["tier"] == "III"

        answer = client.post(f"/api/v1/alerts/{alert['id']}/acknowledge", json={"by": "operator_a"})
        assert answer.json()["alert"]["state"] == "acknowledged"
        assert "青禾仓库" in client.get("/").text

        # A console that listens for changes does not keep the service alive.
        with client.stream("GET", "/console/changes") as stream:
            next(stream.iter_lines())
            code, out, err = stop(process, signal.SIGINT, os.killpg)

    assert (code, err) == (0, "")
    assert "正在停止" in out

    # The next run finds everything where it was: nobody is urged, nobody is told twice.
    assert minqing("once", desk, "--now", moment(10, 40).isoformat()).code == 0
    assert not [mail for mail in mails(sink) if "催办" in mail["Subject"]]
    assert sum(mail["Subject"].startswith("【Ⅲ级·首报") for mail in mails(sink)) == 2


def test_a_service_manager_stops_it_as_well_though_a_page_keeps_the_reader_waiting(desk, village):
    board = village.site.pages["/board/posts"]
    village.site.pages["/board/posts"] = Reply(board.body, delay=60)
    with running(desk, *NOW) as (_, process):
        wait_for(lambda: village.site.asked("/board/posts"))
        code, _, err = stop(process, signal.SIGTERM, os.kill)

    assert (code, err) == (0, "")


def test_started_in_the_background_of_a_script_it_stops_when_asked(desk):
    """A shell without job control starts what is in the background with SIGINT ignored."""
    asked = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with running(desk, *NOW) as (_, process):
            code, _, err = stop(process, signal.SIGTERM, os.kill)
    finally:
        signal.signal(signal.SIGINT, asked)

    assert (code, err) == (0, "")


def test_a_port_that_is_taken_is_one_sentence(desk, village):
    with running(desk, *NOW) as (address, process):
        port = address.rstrip("/").rpartition(":")[2]
        other = desk.parent / "other"
        a_desk(
            other, type("Nowhere", (), {"url": "http://127.0.0.1:1"}), 1, listen=f"{{host: 127.0.0.1, port: {port}}}"
        )

        done = minqing("run", other, *NOW)
        second = started("run", desk, *NOW)
        _, err = second.communicate(timeout=60)

        assert process.poll() is None
    assert done.code == 2
    (said,) = done.err.splitlines()
    assert said.startswith(f"127.0.0.1:{port} 已被占用或不能监听，请先停止占用它的程序，或换一个端口")
    assert second.returncode == 2
    assert "正由另一个 minqing 进程使用" in err
