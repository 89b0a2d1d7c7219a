"""Timing a command as a whole process: wall and CPU seconds, peak memory of it and all its children."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float
    cpu: float
    peak_mb: float
    exit_code: int


def minqing(*arguments: str | Path, watched: bool = True) -> Cost:
    """Run `minqing …` to its end."""
    return python("-m", "services.cli", *arguments, watched=watched)


def python(*arguments: str | Path, watched: bool = True) -> Cost:
    """Run the interpreter to its end. To be `watched` for its memory costs it time: where that counts, it is not."""
    command = [sys.executable, *map(str, arguments)]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = _Peak(process.pid) if watched else None
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak.stop() if peak else 0.0, os.waitstatus_to_exitcode(status))


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its descendants; a page that several share is counted once in all (PSS)."""
    return sum(_pss(one) for one in _family(pid))


class _Peak:
    """Looks at a process tree ten times a second."""

    def __init__(self, pid: int) -> None:
        self._pid, self._highest, self._end = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._end.set()
        self._thread.join()
        return self._highest

    def _look(self) -> None:
        while not self._end.wait(0.1):
            self._highest = max(self._highest, resident_mb(self._pid))


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += children.get(one, [])
    return found


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
