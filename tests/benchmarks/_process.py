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
    summed_mb: float
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
    shared, summed = peak.stop() if peak else (0.0, 0.0)
    return Cost(wall, usage.ru_utime + usage.ru_stime, shared, summed, os.waitstatus_to_exitcode(status))


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its descendants; a page that several share is counted once in all (PSS)."""
    return _sizes(pid)[0]


def _sizes(pid: int) -> tuple[float, float]:
    """MB of a process and its descendants, what several share counted once in all (PSS), and for each of them (RSS)."""
    sizes = [_resident(one) for one in _family(pid)]
    return sum(pss for pss, _ in sizes), sum(rss for _, rss in sizes)


class _Peak:
    """Looks at a process tree ten times a second."""

    def __init__(self, pid: int) -> None:
        self._pid, self._highest, self._end = pid, (0.0, 0.0), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> tuple[float, float]:
        self._end.set()
        self._thread.join()
        return self._highest

    def _look(self) -> None:
        while not self._end.wait(0.1):
            (shared, summed), now = self._highest, _sizes(self._pid)
            self._highest = max(shared, now[0]), max(summed, now[1])


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


def _resident(pid: int) -> tuple[float, float]:
    """PSS and RSS in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith("kB")}
    return sizes["Pss"], sizes["Rss"]
