"""How long nobody leads after the leader is killed, stopped, or cut off from the record; JSON.

`python -m tests.soak.failover [--rounds 20] [ways…]`: two processes with the service's own constants on one record. A
round ends when the follower has decided on a post that came in after the blow.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import orjson
from sqlalchemy import make_url

from crawlers.model import Authority, Outcome
from services.clock import RunningClock
from services.storage.database import open_database
from services.storage.errors import Unavailable
from services.supervision.leading import LEAD
from tests.alerts.channels.smtp_server import SmtpServer
from tests.builders import post
from tests.contracts.backends import Cluster, missing
from tests.services.desk import a_folder
from tests.soak.storm import Nursery, telling
from tests.soak.wire import Wire

PATIENCE = 60
BETWEEN_POSTS = 0.05
"""Seconds: the leader is busy when the blow falls, now and then in the middle of a transaction."""


class Pair:
    """Two processes over one record, each over a wire of its own where there is a server."""

    def __init__(self, folder, stack, cluster=None):
        self.url = cluster.fresh() if cluster else f"sqlite:///{folder / 'shared.db'}"
        self.record = open_database(self.url)
        self._store = self.record.crawl_store()
        self._wires = [Wire(cluster.folder / ".s.PGSQL.5432") for _ in range(2)] if cluster else []
        self._server, self._count = SmtpServer(), 0
        urls = [self._over(wire) for wire in self._wires] or [self.url] * 2
        self._desks = [
            a_folder(folder / f"desk{n}", mail=self._server.port, papers="{attach: []}", database=f'"{url}"')
            for n, url in enumerate(urls)
        ]
        self._nursery = Nursery("in earnest")
        self._pids = [self._nursery.born(desk) for desk in self._desks]
        for closing in (self._server.stop, self.record.dispose, self._store.close, self._nursery.close):
            stack.callback(closing)
        stack.callback(self._end)

    def wait(self):
        """Until one leads and both beat."""
        self._until(lambda: set(self._pids) <= self._beating())

    def leader(self):
        """Which of the two leads; None while nobody does."""
        holder = self._beats().get(LEAD)
        return next((n for n, pid in enumerate(self._pids) if holder and holder[0].startswith(f"{pid}-")), None)

    def round(self, way):
        """Strike the leader; seconds until the other leads, and until it has decided on something new."""
        struck = self.leader()
        getattr(self, f"_{way}")(struck)
        began = time.monotonic()
        while (mine := self._tell()) is None:
            time.sleep(0.01)
        followed = self._until(lambda: self.leader() == 1 - struck) - began
        decided = self._until(lambda: self._read(mine)) - began
        self._mend(way, struck)
        return followed, decided

    def keep_busy(self, seconds):
        """Posts come in."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._tell()
            time.sleep(BETWEEN_POSTS)

    def _killed(self, number):
        os.kill(self._pids[number], signal.SIGKILL)

    def _stopped(self, number):
        os.kill(self._pids[number], signal.SIGSTOP)

    def _silent(self, number):
        self._wires[number].falls_silent()

    def _cut_off(self, number):
        self._wires[number].breaks()

    def _mend(self, way, number):
        if way == "killed":
            self._pids[number] = self._nursery.born(self._desks[number])
        elif way == "stopped":
            os.kill(self._pids[number], signal.SIGCONT)
        else:
            self._wires[number].mends()

    def _tell(self):
        self._count += 1
        one = post(telling(self._count), id=f"{self._count:064x}", authority=Authority.MEDIA, told=RunningClock().now())
        with suppress(Unavailable):  # SQLite may be busy
            return one.id if self._store.put(one) is Outcome.NEW else None
        return None

    def _read(self, post_id):
        with self.record.view() as view:
            return bool(view.posts.get([post_id]))

    def _beats(self):
        with self.record.view() as view:
            return view.beats.all()

    def _beating(self):
        """Processes whose count has risen within two seconds."""
        before = self._beats()
        time.sleep(2)
        rising = {name for name, beat in self._beats().items() if before.get(name, beat) != beat}
        return {int(name.split()[1].split("-")[0]) for name in rising if name != LEAD} if LEAD in rising else set()

    def _until(self, true):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if true():
                return time.monotonic()
            time.sleep(0.01)
        return time.monotonic()

    def _over(self, wire):
        return make_url(self.url).set(host="127.0.0.1", port=wire.port, query={}).render_as_string()

    def _end(self):
        for pid in self._pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for wire in self._wires:
            wire.close()


def measure(way, rounds, seed, cluster=None):
    """So many rounds of one way, on one record."""
    chance, results = random.Random(seed), []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        pair = Pair(folder, stack, cluster)
        for _ in range(rounds):
            pair.wait()
            pair.keep_busy(chance.uniform(0, 1.5))
            results.append(pair.round(way))
            sys.stderr.write(f"{way} {results[-1]}\n")
    followed, decided = zip(*results, strict=True)
    return {"rounds": rounds, "the other leads": _spread(followed), "it has decided": _spread(decided)}


def _spread(seconds):
    ordered = sorted(seconds)
    at = {"median": len(ordered) // 2, "p95": min(len(ordered) - 1, int(len(ordered) * 0.95)), "worst": -1}
    return {name: round(ordered[place], 2) for name, place in at.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("ways", nargs="*", default=["killed", "stopped", "silent", "cut_off"])
    options = parser.parse_args()
    figures = {}
    with ExitStack() as stack:
        cluster = None
        if not missing():
            cluster = Cluster()
            stack.callback(cluster.stop)
        for way in options.ways:
            if cluster:
                figures[f"postgres, leader {way}"] = measure(way, options.rounds, options.seed, cluster)
            if way == "killed":
                figures[f"sqlite, leader {way}"] = measure(way, options.rounds, options.seed)
    sys.stdout.write(orjson.dumps(figures, option=orjson.OPT_INDENT_2).decode() + "\n")


if __name__ == "__main__":
    main()
