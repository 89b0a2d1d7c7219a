"""What was made of each key, so that it is made once, of many keys."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def kept(most: int) -> Callable[[Callable[[K], V]], Callable[[K], V]]:
    """Keep what a function makes of a key; with so many kept, all are forgotten.

    Finding one calls no Python and touches nothing but it. `lru_cache` moves what is found to the end of a list, and so
    its neighbours there, each in another corner of memory: with many keys that takes twice as long.
    """
    return lambda make: _Kept(make, most).__getitem__


class _Kept(dict[K, V]):
    def __init__(self, make: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made
