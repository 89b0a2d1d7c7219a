"""The lines of a file, numbered; light to import."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from services.errors import ConfigError, plainly

_PIECE = 1 << 20


def numbered_lines(path: Path, *, blank: bool = False) -> Iterator[tuple[int, bytes]]:
    """The file's lines with their numbers from 1, blank ones only when asked. Raises ConfigError without a file."""
    with _opened(path) as lines:
        yield from numbered(lines, blank=blank)


def numbered(lines: Iterable[bytes], first: int = 1, *, blank: bool = False) -> Iterator[tuple[int, bytes]]:
    """The same of lines, of which the first has that number."""
    return ((number, line) for number, line in enumerate(lines, start=first) if blank or line.strip())


def blocks(path: Path, size: int) -> Iterator[tuple[int, bytes]]:
    """So many lines of a file together, each time with the number of the first. Raises ConfigError without a file."""
    number = 1
    with _opened(path) as file:
        while lines := list(islice(file, size)):
            yield number, b"".join(lines)
            number += len(lines)


def lines_of(path: Path) -> int | None:
    """How many lines a file has, with what stands behind its last break; None of a pipe, which can be read but once.

    Raises ConfigError without a file.
    """
    if path.exists() and not path.is_file():
        return None
    with _opened(path) as file:
        return sum(piece.count(b"\n") for piece in iter(partial(file.read, _PIECE), b"")) + 1


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ConfigError([f"不能读取 {path}：{plainly(error)}，请检查路径。"]) from error
