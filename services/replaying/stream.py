"""A recorded stream: its lines in the order in which the desk would have collected them, and what they say."""

from array import array
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analyzer.model import Reading
from analyzer.pipeline import Reader
from crawlers.model import Post
from crawlers.privacy import VoiceKey
from services.batches import batches
from services.reading import parallel
from services.reading.intake import EPOCH, Broken, parse_many, told_at
from services.reading.lines import numbered_lines

CHUNK = 512


class Piece(NamedTuple):
    """Some lines of a stream: what was read of them, and what was broken as sentences."""

    read: list[tuple[Post, Reading]]
    broken: list[str]

    def __len__(self) -> int:
        """So many lines."""
        return len(self.read) + len(self.broken)


class Stream:
    """A file's lines in order of collection, as bytes of a number each; one without a usable time follows the last."""

    def __init__(self, posts: Path) -> None:
        self._posts = posts
        times, self._offsets, self._numbers = array("q"), array("q"), array("q")
        offset, now = 0, EPOCH
        for number, line in numbered_lines(posts, blank=True):
            if line.strip():
                now = told_at(line) or now
                times.append((now - EPOCH) // timedelta(microseconds=1))
                self._offsets.append(offset)
                self._numbers.append(number)
            offset += len(line)
        self._order = np.argsort(np.array(times, dtype=np.int64), kind="stable")

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number."""
        with self._posts.open("rb") as file:
            for place in self._order:
                if file.tell() != self._offsets[place]:
                    file.seek(self._offsets[place])
                yield self._numbers[place], file.readline()

    def read(self, reader: Reader) -> Iterator[Piece]:
        """All of it, in order. Every core but the one that takes the pieces reads ahead."""
        key = VoiceKey.fleeting()

        def piece(lines: list[tuple[int, bytes]]) -> Piece:
            parsed = parse_many([(f"{self._posts} 第{number}行", line) for number, line in lines], key)
            posts = [one for one in parsed if not isinstance(one, Broken)]
            return Piece(
                read=list(zip(posts, reader.read_many(posts), strict=True)),
                broken=[one.sentence for one in parsed if isinstance(one, Broken)],
            )

        pieces, beside = batches(iter(self), CHUNK), parallel.cores() - 1
        return parallel.forked(piece, pieces, beside) if beside else map(piece, pieces)
