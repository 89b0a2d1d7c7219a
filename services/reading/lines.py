"""The lines of a file, numbered; light to import."""

from collections.abc import Iterator
from pathlib import Path

from services.errors import ConfigError, plainly


def numbered_lines(path: Path, *, blank: bool = False) -> Iterator[tuple[int, bytes]]:
    """The file's lines with their numbers from 1, blank ones only when asked. Raises ConfigError without a file."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ConfigError([f"不能读取 {path}：{plainly(error)}，请检查路径。"]) from error
    with file as lines:
        yield from ((number, line) for number, line in enumerate(lines, start=1) if blank or line.strip())
