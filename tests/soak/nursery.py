"""A process with everything imported that forks victims: each the service's loops over one folder, until killed.

It reads a folder a line and answers with the pid, on the pipe that it is given. It has no thread and no connection of
its own, so that a fork is safe.
"""

import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import structlog

from analyzer.idf import Idf
from analyzer.topics import topic_list
from services import bootstrap, worker
from services.clock import RunningClock
from services.errors import ConfigError
from services.sending.senders import Senders
from services.supervision import leading
from tests.builders import fact, place, reading

EVERY, STALE = 0.2, 2.5
"""Beats on a record that is shared when "hurried": shorter than in earnest, or a thousand deaths would take a day."""


class TellingReader:
    """Reads "7号仓库起火…" as a fire there that killed three, and understands nothing else."""

    def read_many(self, posts):
        return [self._read(one) for one in posts]

    def settings(self, post, reading):
        return frozenset()

    def _read(self, one):
        name = one.text.partition("起火")[0]
        where = place(name, "plant", ("示范市", "示范区", f"{name}街道", name))
        return reading(one, "hazard.fire", fact(value=3), places=(where,))


def prepare():
    """What is the same for all victims is read once, before the first is born: they are killed within a second."""
    bootstrap.build_reader = lambda gazetteer, settings: TellingReader()
    # A traceback for people costs seconds, and nobody reads it.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for name in ("load_settings", "load_plan", "load_roster", "load_sources", "load_calendar"):
        setattr(bootstrap, name, cache(getattr(bootstrap, name)))
    topic_list()
    Idf.load()


def learn(folder):
    """A desk's files, as `open_service` reads them."""
    bootstrap.load_settings(folder)
    bootstrap.load_plan(folder / "plan.yaml")
    bootstrap.load_roster(folder / "roster.yaml")
    bootstrap.load_sources(folder / "sources.yaml")
    bootstrap.load_calendar(folder)


def serve(folder):
    """Everything that `minqing run` does but crawling and the web."""
    service = _opened(folder)
    if not service.alone:
        leading.Beating(service.presence, service.stopping).start()
    Senders(service).start()
    threading.Thread(target=_forever, args=(worker.tick, service), daemon=True).start()
    _forever(worker.read, service)


def _opened(folder):
    """The one that was killed may take a moment to let go of the folder."""
    for _ in range(200):
        try:
            return bootstrap.open_service(folder, RunningClock())
        except ConfigError:
            time.sleep(0.02)
    raise ConfigError(["the folder is not free"])


def _forever(job, service):
    while True:
        with suppress(Exception):  # as in services/run.py: the next tick tries again
            job(service)
        time.sleep(0.03)


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to be waited for
    os.dup2(2, 1)  # what victims say goes where errors go
    if sys.argv[2] == "hurried":
        leading.EVERY, leading.STALE = EVERY, STALE
    prepare()
    for line in sys.stdin:
        learn(Path(line.strip()))
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                serve(Path(line.strip()))
            os._exit(1)
        os.write(int(sys.argv[1]), f"{child}\n".encode())


if __name__ == "__main__":
    main()
