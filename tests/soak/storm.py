"""A storm of alerts during which the service's processes are killed with -9, at random moments, again and again.

Each victim is the real service over a real record and a real SMTP server on loopback; only the reader is replaced by
one that takes a post at its word, so that a process starts in a fraction of a second.
"""

import os
import random
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from crawlers.model import Authority, Outcome
from services.clock import RunningClock
from services.storage.database import open_database
from tests.alerts.channels.smtp_server import SmtpServer
from tests.builders import post
from tests.services.desk import a_folder

STEP = "{after: 15m, notify: [duty_leader]}"
AFTER = 3.0
"""Seconds after which the second step is due, so that escalations are part of the storm."""

MERCY = 10
"""Kills after which at least one mail has to arrive before the next."""


class Storm:
    """One record, one mail server, the victims, and what was put in."""

    def __init__(self, folder, *, url="", processes=1, seed=1, pause=0.02, longest=1.6):
        self.server = SmtpServer()
        self.put, self.deaths, self.mails_meanwhile, self._pause = [], [], 0, pause
        self._next = 0.0
        self._chance, self._longest = random.Random(seed), longest
        # Papers are another matter: hundreds of different ones would only make the storm slower.
        settings = {"papers": "{attach: []}", **({"database": f'"{url}"'} if url else {})}
        self._desks = [a_folder(folder / f"desk{n}", mail=self.server.port, **settings) for n in range(processes)]
        for desk in self._desks:
            short_steps(desk / "plan.yaml")
        self.url = url or f"sqlite:///{self._desks[0] / 'data' / 'minqing.db'}"
        self._record = open_database(self.url)
        self._store = self._record.crawl_store()
        self._nursery = Nursery()
        self._victims = [self._nursery.born(desk) for desk in self._desks]

    def rage(self, kills):
        """Kill so many, one at a time, while posts go on coming in and mails go on going out."""
        for count in range(kills):
            if count % MERCY == 0:
                self._wait_for_a_mail()
                sys.stderr.write(f"{count} kills, {len(self.server.mails)} mails\n")
            self._blow(self._chance.uniform(0.1, self._longest))
            number = self._chance.randrange(len(self._victims))
            self.deaths.append(self._nursery.dies(self._victims[number]))
            self._victims[number] = self._nursery.born(self._desks[number])
        self.mails_meanwhile = len(self.server.mails)

    def steady(self, seconds):
        """Posts go on coming in, and nobody is killed."""
        self._blow(seconds)

    def calm(self, patience):
        """Let those who are left finish, the second step of the last alert included; whether they did.

        Clocks of alerts go on running out for an hour, and what is mild waits five minutes for more: nobody waits.
        """
        record = open_database(self.url)
        until, quiet = time.monotonic() + patience, 0
        while quiet < (AFTER + 2) / 0.2 and time.monotonic() < until:
            time.sleep(0.2)
            with record.view() as view:
                ahead = RunningClock().now() + timedelta(hours=1)
                busy = view.posts.oldest(ahead) is not None or view.outbox.is_due(RunningClock().now())
            quiet = 0 if busy else quiet + 1
        record.dispose()
        return quiet > 0

    def close(self):
        for victim in self._victims:
            self._nursery.dies(victim)
        self._nursery.close()
        self._store.close()
        self._record.dispose()
        self.server.stop()

    def _wait_for_a_mail(self):
        """A storm in which nothing gets through would prove nothing."""
        before, until = len(self.server.mails), time.monotonic() + 60
        while len(self.server.mails) == before and time.monotonic() < until:
            self._blow(0.1)

    def _blow(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            number = len(self.put)
            one = post(telling(number), id=f"{number:064x}", authority=Authority.MEDIA, told=RunningClock().now())
            if time.monotonic() >= self._next:
                self._next = time.monotonic() + self._pause
                with suppress(Exception):  # the record is busy: the crawler comes again with the same post
                    if self._store.put(one) is Outcome.NEW:
                        self.put.append(one.id)
            time.sleep(max(0.0, min(self._next, end) - time.monotonic()))


class Nursery:
    """The process that forks victims (nursery.py)."""

    def __init__(self, pace="hurried"):
        mine, theirs = os.pipe()
        self._pids = os.fdopen(mine)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.nursery", str(theirs), pace],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            pass_fds=(theirs,),
        )
        os.close(theirs)

    def born(self, folder):
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        return int(self._pids.readline())

    def dies(self, pid):
        """Unix seconds when it was gone: a busy machine lets it send on for a moment after it is told to die."""
        with suppress(ProcessLookupError):
            victim = os.pidfd_open(pid)
            os.kill(pid, signal.SIGKILL)
            select.select([victim], [], [])
            os.close(victim)
        return RunningClock().now().timestamp()

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._pids.close()


def telling(event):
    """What a paper tells of an event, unlike all others."""
    return f"{_name(event)}起火，{_words(event)}"


def _name(event):
    """A name of its own for each event: two characters that no other event's has."""
    return "".join(chr(0x4E00 + part * 97 % 20_000) for part in (event // 90 + 1, event % 90 + 1)) + "仓库"


def _words(event):
    """Words of its own for each event: of each a paper tells once, and an alert with two first messages follows."""
    dice = random.Random(event)
    return "".join(chr(0x4E00 + dice.randrange(20_000)) for _ in range(24))


def short_steps(plan: Path):
    text = plan.read_text(encoding="utf-8")
    assert STEP in text
    plan.write_text(text.replace(STEP, STEP.replace("15m", f"{AFTER / 60}m")), encoding="utf-8")


@contextmanager
def storm(folder, **options):
    made = Storm(folder, **options)
    try:
        yield made
    finally:
        made.close()
