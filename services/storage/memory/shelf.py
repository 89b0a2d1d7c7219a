"""What a record in memory is seldom asked for again, packed in a file without a name."""

import os
import tempfile
import weakref
import zlib
from typing import NamedTuple

FASTEST = 1
"""zlib's level."""


class Place(NamedTuple):
    """Where something lies, and how long it is."""

    begin: int
    length: int


class Shelf:
    """Things are put behind each other and stay; the file goes with the process."""

    def __init__(self) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as this
        self._number, self._end = file.fileno(), 0
        weakref.finalize(self, file.close)

    def put(self, said: bytes) -> Place:
        """Pack it."""
        packed = zlib.compress(said, FASTEST)
        place = Place(self._end, len(packed))
        os.pwrite(self._number, packed, place.begin)
        self._end += place.length
        return place

    def get(self, place: Place) -> bytes:
        """As it was put there; nobody else's reading is disturbed."""
        return zlib.decompress(os.pread(self._number, place.length, place.begin))
