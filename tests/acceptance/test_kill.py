"""A process killed with -9 in the middle of the mails: nothing decided is lost, and at most one mail comes twice."""

import asyncio
import os
import signal
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from services.demo.sink import Faults, MailSink
from services.storage.database import open_database
from tests.acceptance.commands import PATIENCE, minqing, started, wait_for
from tests.acceptance.mails import mails
from tests.acceptance.village import a_desk, moment
from tests.crawlers.site import Reply

pytestmark = pytest.mark.slow

FIRST = "{after: 0m, notify: [duty_operator, duty_leader]}"
EVERYBODY = "{after: 0m, notify: [duty_operator, duty_leader, deputy_head, head, fire, city, housing, market, gas]}"


def desk_of(village, folder, sink):
    desk = a_desk(folder / "desk", village.site, sink.port)
    plan = (desk / "plan.yaml").read_text(encoding="utf-8")
    assert FIRST in plan
    (desk / "plan.yaml").write_text(plan.replace(FIRST, EVERYBODY), encoding="utf-8")
    return desk


@contextmanager
def killed(*command, when):
    """A command that is killed with its whole family at a moment."""
    process = started(*command)
    try:
        wait_for(lambda: when() or process.poll() is not None)
        assert process.poll() is None, process.communicate()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    yield


def decided(desk):
    """Keys of all messages that were decided, and the states they are in."""
    record = open_database(f"sqlite:///{desk / 'data' / 'minqing.db'}")
    with record.view() as view:
        found = {n.id: n.state.value for n in view.outbox.all(limit=10_000)}
    record.dispose()
    return found


def posts(desk):
    """How often each source's posts are counted."""
    record = open_database(f"sqlite:///{desk / 'data' / 'minqing.db'}")
    with record.view() as view:
        tally = view.sources.tallies()[""]
    record.dispose()
    return tally


def now(hour, minute=0):
    return ("--now", moment(hour, minute).isoformat())


def check_all_arrived(desk, sink):
    told = mails(sink)
    times = Counter(mail["X-Minqing-Key"] for mail in told)
    assert set(times) == set(decided(desk))
    assert set(decided(desk).values()) == {"sent"}
    assert sum(times.values()) - len(times) <= 1, times
    ids = {mail["X-Minqing-Key"]: mail["Message-ID"] for mail in told}
    assert all(mail["Message-ID"] == ids[mail["X-Minqing-Key"]] for mail in told)
    assert len(set(ids.values())) == len(ids)


@pytest.mark.parametrize("after", [0, 3])
def test_killed_in_the_middle_of_the_mails(village, tmp_path, after):
    """The server takes its time over each mail, so the kill comes while one is on its way."""
    with MailSink(tmp_path / "mail", faults=Faults(slow=0.7)) as sink:
        desk = desk_of(village, tmp_path, sink)
        begun = []
        real = sink.handle_DATA

        async def noticed(*arguments):
            begun.append(1)
            return await real(*arguments)

        sink.handle_DATA = noticed
        with killed("once", desk, *now(10), when=lambda: len(begun) > after):
            pass
        time.sleep(1)  # what was on its way is filed or not: the server decides
        sink.faults = Faults()
        assert len(mails(sink)) <= after + 1

        assert minqing("once", desk, *now(10)).code == 0

        assert len(decided(desk)) == 9
        check_all_arrived(desk, sink)


def test_killed_between_the_mails_and_the_record_one_comes_twice_under_the_same_id(village, tmp_path):
    """The server has filed the mail and lets the sender wait for the answer: the worst moment there is."""
    with MailSink(tmp_path / "mail") as sink:
        desk = desk_of(village, tmp_path, sink)
        real = sink.handle_DATA

        async def filed_but_silent(*arguments):
            await real(*arguments)
            await asyncio.sleep(PATIENCE)

        sink.handle_DATA = filed_but_silent
        with killed("once", desk, *now(10), when=lambda: len(mails(sink)) == 1):
            pass
        sink.handle_DATA = real

        assert minqing("once", desk, *now(10)).code == 0

        check_all_arrived(desk, sink)
        times = Counter(mail["Message-ID"] for mail in mails(sink))
        assert sorted(times.values())[-2:] == [1, 2]


def test_killed_while_it_collects_no_post_is_lost_and_none_counted_twice(village, tmp_path):
    with MailSink(tmp_path / "mail") as sink:
        desk = desk_of(village, tmp_path, sink)
        board = village.site.pages["/gov/index.html"]
        village.site.pages["/gov/index.html"] = Reply(board.body, headers=board.headers, delay=20)
        with killed("once", desk, *now(10), when=lambda: "/gov/index.html" in village.site.asked()):
            pass
        village.site.pages["/gov/index.html"] = board

        assert minqing("once", desk, *now(10)).code == 0

        tally = posts(desk)
        wanted = len(village.posts) + len(village.news) + len(village.notices)
        assert tally.kept + tally.unsure + tally.out_of_scope == wanted
        assert tally.read - tally.duplicates == wanted
        check_all_arrived(desk, sink)
