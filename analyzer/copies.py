"""Posts that say word for word what another one has said: they are given its reading instead of being read again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from analyzer.model import Reading
from crawlers.lately import Lately, digest
from crawlers.model import Post

_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Known:
    """A reading; where what it says depends on when its post was told, with that time."""

    reading: Reading
    told_at: datetime | None


class Copies:
    """Reads what is new, by `read`, and remembers the last readings; of no post the text."""

    def __init__(self, read: Callable[[Sequence[Post]], list[Known]]) -> None:
        self._read = read
        self._known: Lately[Known] = Lately(_REMEMBERED)

    def read_many(self, posts: Sequence[Post]) -> list[Reading]:
        """A reading for each post, in order."""
        keys = [digest(f"{post.body}\0{len(post.title)}\0{post.region or ''}") for post in posts]
        found = list(map(self._copy, keys, posts))
        # One of each text; behind them those of the same text that another time makes another reading of.
        new: Collection[int] = {key: place for place, key in enumerate(keys) if found[place] is None}.values()
        while new:
            for place, known in zip(new, self._read([posts[place] for place in new]), strict=True):
                found[place] = known.reading
                self._known.keep(keys[place], known)
            left = [place for place, reading in enumerate(found) if reading is None]
            for place in left:
                found[place] = self._copy(keys[place], posts[place])
            new = [place for place in left if found[place] is None]
        return cast("list[Reading]", found)

    def _copy(self, key: bytes, post: Post) -> Reading | None:
        known = self._known.get(key)
        if known is None or known.told_at not in {None, post.told_at}:
            return None
        return replace(known.reading, post_id=post.id, read_at=post.collected_at)
