"""What was made of the words met of late, found by their digest: copies cost next to nothing, and no text is kept."""

from hashlib import blake2b
from typing import Generic, TypeVar

V = TypeVar("V")
_DIGEST = 16


def digest(text: str) -> bytes:
    """What two texts share only if they are the same."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


class Lately(Generic[V]):
    """The last things kept, at least `many` and at most twice as many; what is asked for stays."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._new: dict[bytes, V] = {}
        self._old: dict[bytes, V] = {}

    def get(self, key: bytes) -> V | None:
        found = self._new.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: bytes, value: V) -> None:
        if len(self._new) >= self._many:
            self._old, self._new = self._new, {}
        self._new[key] = value
