"""Files edited while the service runs: taken over when valid, refused with sentences when not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from services.errors import ConfigError

log = structlog.get_logger("reload")

Stamp = tuple[int, int, int, int] | None
Taking = tuple[Callable[[Path], Any], Callable[[Any], object]]
"""How a file is read, and what is done with what it says."""


@dataclass(slots=True)
class Watch:
    """What the files looked like when they were last read, and what was wrong with them."""

    stamps: dict[str, Stamp] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    """Files that have been edited and are read at the next start only."""
    doubts: list[str] = field(default_factory=list)
    """What is doubtful in plan and roster as they were taken over."""

    def begin(self, paths: Iterable[Path]) -> None:
        """Look at the files before they are read for the first time, so that nobody edits one unseen."""
        self.stamps |= {path.name: stamp(path) for path in paths}

    def take_over(self, folder: Path, takings: Mapping[str, Taking]) -> int:
        """Read what has been edited, and use it; how many files were. One with faults changes only the sentences.

        Where using one fails it is tried again at the next look.
        """
        done = 0
        for name, (load, use) in takings.items():
            seen = stamp(folder / name)
            if seen == self.stamps.get(name):
                continue
            try:
                loaded = load(folder / name)
            except ConfigError as error:
                gone = [f"{folder / name} 不见了（被删除或改名），请放回原文件。"]
                self.problems[name] = error.problems if seen is not None else gone
                log.warning("edited file refused", file=name, problems=self.problems[name])
            else:
                use(loaded)
                self.problems.pop(name, None)
                log.info("edited file taken over", file=name)
                done += 1
            self.stamps[name] = seen
        return done


def stamp(path: Path) -> Stamp:
    """What differs when a file has been edited, replaced, or made readable; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_size
