"""`minqing crawl`: visits alone, in a process that carries neither analyser nor desk nor console."""

import os
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

import typer

from crawlers.model import Source
from crawlers.voices import destroy_expired
from services.clock import Clock, RunningClock
from services.folder.sources import load_sources
from services.folder.watch import Watch
from services.logs import configure, turn_over
from services.ports import UnitOfWork
from services.settings import Settings, load_settings
from services.sourcing import crawling
from services.storage.database import Database, open_database
from services.supervision import alone
from services.supervision.steps import Steps
from services.ticks import stoppable, ticking, wait


@dataclass(kw_only=True)
class Crawling:
    """One folder's sources and the record that they share with the processes that read."""

    folder: Path
    settings: Settings
    sources: Sequence[Source]
    database: Database
    clock: Clock
    hold: IO[str]
    watch: Watch = field(default_factory=Watch)
    steps: Steps = field(default_factory=Steps)
    stopping: threading.Event = field(default_factory=threading.Event)

    def unit_of_work(self) -> UnitOfWork:
        """A transaction on the record."""
        return self.database.unit_of_work()

    def view(self) -> UnitOfWork:
        """A look at the record."""
        return self.database.view()

    def refresh(self) -> int:
        """Take over sources.yaml where it has been edited."""
        return self.watch.take_over(self.folder, {"sources.yaml": (load_sources, self._use)})

    def wipe(self) -> None:
        """Destroy a voice key whose day is over; begin a new log where the old one is large."""
        data = self.folder / self.settings.data
        destroy_expired(data, self.clock.now())
        turn_over(data / "log.jsonl")

    def _use(self, sources: Sequence[Source]) -> None:
        self.sources = sources

    def close(self) -> None:
        """Let go of the record and of the folder."""
        self.database.dispose()
        self.hold.close()


TICKS = {
    "crawl": (crawling.visit_quick, 5.0),
    "crawl slow sources": (crawling.visit_slow, 5.0),
    "reload": (Crawling.refresh, 2.0),
    "wipe": (Crawling.wipe, 120.0),
}


def open_crawling(folder: Path, clock: Clock) -> Crawling:
    """Open a folder of which only sources.yaml and settings.yaml count. Raises ConfigError."""
    watch = Watch()
    watch.begin([folder / "sources.yaml"])
    settings = load_settings(folder)
    address = settings.shared_database
    sources = load_sources(folder / "sources.yaml")
    data = folder / settings.data
    data.mkdir(parents=True, exist_ok=True)
    configure(data / "log.jsonl", settings.secrets)
    with ExitStack() as opened:
        hold = opened.enter_context(alone.hold(data))
        database = open_database(address, f"{os.getpid()}-{uuid4().hex}")
        opened.pop_all()
    return Crawling(
        folder=folder, settings=settings, sources=sources, database=database, clock=clock, hold=hold, watch=watch
    )


def crawl_until_interrupted(folder: Path, now: datetime | None) -> None:
    """Visit the folder's sources when they are due, until Ctrl-C. Raises ConfigError."""
    with stoppable():
        service = open_crawling(folder, RunningClock(now))
        try:
            with ticking(service, TICKS):
                typer.echo("已开始工作，按 Ctrl-C 停止。")
                wait()
        finally:
            service.close()
