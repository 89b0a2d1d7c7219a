"""Which files of a folder have been edited."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Watch:
    """What the files looked like when they were last read, and what was wrong with them."""

    stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)

    def changed(self, path: Path) -> bool:
        """Whether the file is another than at the last look; a file that is gone is left as it was."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            return False
        stamp = (stat.st_mtime_ns, stat.st_size)
        before = self.stamps.get(path.name)
        self.stamps[path.name] = stamp
        return before is not None and before != stamp
