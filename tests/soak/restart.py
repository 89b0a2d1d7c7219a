"""How late an alert is urged on that fell due while `minqing run` was down, from the start of the command; JSON.

`python -m tests.soak.restart [rounds]`: the real command with the real reader, killed with -9 and started again.
"""

import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import orjson

from alerts.model import Purpose
from crawlers.model import Authority
from services.clock import RunningClock
from services.storage.database import open_database
from tests.acceptance.commands import started, wait_for
from tests.alerts.channels.smtp_server import SmtpServer
from tests.builders import post
from tests.services.desk import a_folder
from tests.soak.storm import AFTER, short_steps

TEXT = "示范区纸箱厂今天发生火灾，造成3人死亡，5人受伤，消防人员正在现场处置。"


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    server = SmtpServer()
    late = sorted(_round(server.port) for _ in range(rounds))
    server.stop()
    figures = {"restarts": rounds, "urged after the start, median s": late[rounds // 2], "worst s": late[-1]}
    sys.stdout.write(orjson.dumps(figures, option=orjson.OPT_INDENT_2).decode() + "\n")


def _round(port):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        desk = a_folder(Path(name) / "desk", mail=port, papers="{attach: []}")
        short_steps(desk / "plan.yaml")
        stack.callback(_kill, first := started("run", desk))
        wait_for((desk / "data" / "log.jsonl").exists)
        record = open_database(f"sqlite:///{desk / 'data' / 'minqing.db'}")
        stack.callback(record.dispose)
        store, now = record.crawl_store(), RunningClock().now()
        store.put(post(TEXT, authority=Authority.OFFICIAL, told=now))
        store.close()
        wait_for(lambda: _alerts(record))
        _kill(first)
        time.sleep(AFTER + 1)
        began = RunningClock().now()
        stack.callback(_kill, started("run", desk))
        urged = wait_for(lambda: _urged(record))
        return round((urged[0].created_at - began).total_seconds(), 2)


def _kill(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _alerts(record):
    with record.view() as view:
        return len(view.alerts.all())


def _urged(record):
    with record.view() as view:
        return [n for n in view.outbox.all(limit=1000) if n.purpose is Purpose.ESCALATION and n.step == 1]


if __name__ == "__main__":
    main()
