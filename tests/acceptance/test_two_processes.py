"""Two services on one PostgreSQL record: one leads, both send, and when the leader dies the other takes over."""

import os
import signal
from collections import Counter
from contextlib import ExitStack

import httpx
import pytest

from services.storage.database import open_database
from tests.acceptance.commands import minqing, running, wait_for
from tests.acceptance.mails import mails
from tests.acceptance.village import a_desk_on, go_on, moment

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
NOW = ("--now", moment(10).isoformat())


def health(address):
    return httpx.get(f"{address}healthz", timeout=10).json()


def told(sink):
    return Counter(mail["X-Minqing-Key"] for mail in mails(sink))


def test_one_leads_nothing_is_doubled_and_the_other_takes_over(village, sink, tmp_path, cluster):
    url = cluster.fresh()
    east, west, third = (a_desk_on(url, village, sink, tmp_path / name) for name in ("east", "west", "third"))
    with ExitStack() as stack:
        pair = [stack.enter_context(running(desk, *NOW)) for desk in (east, west)]
        wait_for(lambda: len(told(sink)) == 2)
        assert sorted(health(address)["leads"] for address, _ in pair) == [False, True]
        refused = minqing("once", third, *NOW)
        assert (refused.code, "另一个 minqing 进程" in refused.err) == (2, True)

        (survivor, _), (_, leader) = sorted(pair, key=lambda one: health(one[0])["leads"])
        os.killpg(leader.pid, signal.SIGKILL)
        wait_for(lambda: health(survivor)["leads"])

        go_on(village)
        (alert,) = httpx.get(f"{survivor}api/v1/alerts").json()["alerts"]
        wait_for(lambda: len(httpx.get(f"{survivor}api/v1/alerts/{alert['id']}").json()["reports"]) > 1)
        wait_for(lambda: health(survivor)["outbox"] == 0)

    record = open_database(url)
    with record.view() as view:
        decided = {n.id for n in view.outbox.all(limit=10_000) if n.channel == "email"}  # the canary reaches nobody
        numbers = [r.number for r in view.reports.of_event(alert["event_id"])]
    record.dispose()
    assert set(told(sink)) == decided
    assert max(told(sink).values()) == 1
    assert len(numbers) == len(set(numbers)) >= 2
