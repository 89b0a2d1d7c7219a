"""The service in parts on one PostgreSQL record: one crawls, two work, one serves; one leads, and is followed."""

import os
import signal
from collections import Counter
from contextlib import ExitStack

import httpx
import pytest

from services.storage.database import open_database
from tests.acceptance.commands import PATIENCE, minqing, running, wait_for
from tests.acceptance.mails import mails
from tests.acceptance.village import a_desk, a_desk_on, go_on, moment

NOW = ("--now", moment(10).isoformat())


def told(sink):
    return Counter(mail["X-Minqing-Key"] for mail in mails(sink))


def leader(record):
    with record.view() as view:
        beats = view.beats.all()
    return beats["lead"].holder if "lead" in beats else None


@pytest.mark.slow
@pytest.mark.postgres
def test_parts_share_the_work_and_what_is_done_at_the_console_reaches_who_leads(village, sink, tmp_path, cluster):
    url = cluster.fresh()
    desks = {name: a_desk_on(url, village, sink, tmp_path / name) for name in ("api", "crawl", "east", "west")}
    with ExitStack() as stack:
        console, api = stack.enter_context(running(desks["api"], *NOW, command="api"))
        _, crawl = stack.enter_context(running(desks["crawl"], *NOW, command="crawl"))
        record = open_database(url)
        stack.callback(record.dispose)
        _, first = stack.enter_context(running(desks["east"], *NOW, command="work"))
        first_leader = wait_for(lambda: leader(record))
        _, second = stack.enter_context(running(desks["west"], *NOW, command="work"))
        wait_for(lambda: len(told(sink)) == 2)
        assert httpx.get(f"{console}healthz", timeout=10).json()["leads"] is False
        (alert,) = httpx.get(f"{console}api/v1/alerts", timeout=10).json()["alerts"]

        def shown():
            return httpx.get(f"{console}api/v1/alerts/{alert['id']}", timeout=10).json()

        judged = {"by": "operator_a", "figures": {"deaths": 12}, "note": "消防核实", "agreed": "II"}
        answer = httpx.post(f"{console}api/v1/events/{alert['event_id']}/verified", json=judged, timeout=30)
        assert answer.status_code == 200, answer.text
        wait_for(lambda: shown()["tier"] == "II")
        # Who is killed between a mail and its record sends it again under the same id: test_kill.py tells of that.
        wait_for(lambda: httpx.get(f"{console}healthz", timeout=10).json()["outbox"] == 0)

        os.killpg(first.pid, signal.SIGKILL)
        assert wait_for(lambda: (now := leader(record)) not in {None, first_leader} and now)
        before = len(shown()["reports"])
        go_on(village)
        wait_for(lambda: len(shown()["reports"]) > before)
        wait_for(lambda: httpx.get(f"{console}healthz", timeout=10).json()["outbox"] == 0)
        for process in (crawl, second, api):
            os.killpg(process.pid, signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
    assert max(told(sink).values()) == 1


@pytest.mark.parametrize("command", ["api", "work", "crawl"])
def test_parts_without_a_shared_record_are_refused_with_the_way_out(village, sink, tmp_path, command):
    done = minqing(command, a_desk(tmp_path / "desk", village.site, sink.port))
    assert done.code == 2
    assert "请在 settings.yaml 的 database 写明地址；单机请用 minqing run" in done.err
