"""Crawl runs: each in a child process, because a reactor cannot be started twice and memory goes with the process."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.model import Source
from services.ports import SourceState

LONGEST = timedelta(minutes=10)
"""A run that takes longer is killed; what it has stored stays."""


def due(sources: Sequence[Source], states: dict[str, SourceState], now: datetime) -> list[Source]:
    """Sources whose interval has passed since their last visit."""
    found = []
    for source in sources:
        state = states.get(source.id)
        if state is None or state.last_visit_at is None or state.last_visit_at + source.interval <= now:
            found.append(source)
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """One child process at work."""

    process: subprocess.Popen[bytes]

    def wait(self) -> bool:
        """Whether it ended well; what it printed has gone to the log."""
        try:
            return self.process.wait(timeout=LONGEST.total_seconds()) == 0
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return False

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.process.poll() is None


def start(folder: Path, sources: Sequence[Source], now: datetime) -> Run:
    """Begin a crawl of these sources in a process of its own."""
    command = [sys.executable, "-m", "services.crawl", str(folder), "--now", now.isoformat()]
    return Run(subprocess.Popen([*command, *(source.id for source in sources)]))  # noqa: S603  # our own module
