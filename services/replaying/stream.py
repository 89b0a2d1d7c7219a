"""A recorded stream: its lines in the order in which the desk would have collected them, and what they say."""

from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analyzer.model import Reading
from analyzer.pipeline import Reader
from crawlers.model import FIRST_POSTS, Post
from crawlers.privacy import VoiceKey
from services.batches import batches
from services.reading import parallel
from services.reading.intake import EPOCH, Broken, parse_many, told_at
from services.reading.lines import numbered_lines

CHUNK = 512
AFTER_ALL = timedelta(days=180)
"""So long behind all other lines a few have a date that nobody believes: next year's, by a slip."""
FEW, IN = 1, 20
"""As few as one line, or one in twenty."""
_STEP = timedelta(microseconds=1)
_NEVER = -1
"""No time."""


class Piece(NamedTuple):
    """Some lines of a stream: what was read of them, and what was broken as sentences."""

    read: list[tuple[Post, Reading]]
    broken: list[str]

    def __len__(self) -> int:
        """So many lines."""
        return len(self.read) + len(self.broken)


class Stream:
    """A file's lines in order of collection, as bytes of a number each.

    One without a believable time follows the line before it, those that begin the file the first that has one.
    """

    def __init__(self, posts: Path) -> None:
        self._posts = posts
        told, self._offsets, self._numbers = array("q"), array("q"), array("q")
        offset = 0
        for number, line in numbered_lines(posts, blank=True):
            if line.strip():
                at = told_at(line)
                told.append(_NEVER if at is None or at < FIRST_POSTS else (at - EPOCH) // _STEP)
                self._offsets.append(offset)
                self._numbers.append(number)
            offset += len(line)
        times = np.array(told, dtype=np.int64)
        times[times > _last(times)] = _NEVER
        self._guessed = times == _NEVER
        self._times = _filled(times, ~self._guessed)
        self._order = np.argsort(self._times, kind="stable")

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number."""
        return ((number, line) for number, line, _ in self._placed())

    def _placed(self) -> Iterator[tuple[int, bytes, datetime | None]]:
        """Each line with its number, and when it was collected where it does not say so believably."""
        with self._posts.open("rb") as file:
            for place in self._order:
                if file.tell() != self._offsets[place]:
                    file.seek(self._offsets[place])
                at = EPOCH + int(self._times[place]) * _STEP if self._guessed[place] else None
                yield self._numbers[place], file.readline(), at

    def read(self, reader: Reader) -> Iterator[Piece]:
        """All of it, in order. Every core but the one that takes the pieces reads ahead."""
        key = VoiceKey.fleeting()

        def piece(lines: list[tuple[int, bytes, datetime | None]]) -> Piece:
            placed = [(f"{self._posts} 第{number}行", line) for number, line, _ in lines]
            parsed = parse_many(placed, key, times=[at for _, _, at in lines])
            posts = [one for one in parsed if not isinstance(one, Broken)]
            return Piece(
                read=list(zip(posts, reader.read_many(posts), strict=True)),
                broken=[one.sentence for one in parsed if isinstance(one, Broken)],
            )

        pieces, beside = batches(self._placed(), CHUNK), parallel.cores() - 1
        return parallel.forked(piece, pieces, beside) if beside else map(piece, pieces)


def _last(times: npt.NDArray[np.int64]) -> int:
    """The latest time that is believed: none that a few lines have, half a year behind all others.

    Of fewer than `IN` lines such a time must lie farther behind than the others lie apart.
    """
    known = np.sort(times[times != _NEVER])
    few = max(FEW, len(known) // IN)
    if len(known) <= few + FEW:
        return int(known[-1]) if len(known) else _NEVER
    gaps = np.diff(known)
    apart = np.maximum(AFTER_ALL // _STEP, 0 if len(known) >= IN else known[:-1] - known[0])
    lost = np.flatnonzero((gaps > apart)[-few:])
    return int(known[len(known) - 1 - few + lost[0]] if len(lost) else known[-1])


def _filled(times: npt.NDArray[np.int64], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Times, each that is not known taken from the last line before it that has one, or from the first of all."""
    if not known.any():
        return np.zeros_like(times)
    before = np.maximum.accumulate(np.where(known, np.arange(len(times)), -1))
    filled: npt.NDArray[np.int64] = times[np.where(before < 0, np.argmax(known), before)]
    return filled
