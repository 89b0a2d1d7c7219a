"""Keyed hashes by which a post is known again when its text is gone.

Both are useless without the database's own key. The text's is 32 bits short on purpose: so many texts share one
that it proves nothing about what was said, while an edit goes unnoticed once in four thousand million.
"""

import hashlib
from dataclasses import dataclass, field

from crawlers.model import Post


@dataclass(frozen=True, slots=True)
class Marks:
    """The two hashes, under one database's key."""

    key: bytes = field(repr=False)

    def of_id(self, post_id: str) -> bytes:
        """16 bytes."""
        return hashlib.blake2b(post_id.encode(), digest_size=16, key=self.key).digest()

    def of_text(self, post: Post) -> int:
        """0 .. 2³² − 1; equal for equal title and text."""
        return int.from_bytes(hashlib.blake2b(post.body.encode(), digest_size=4, key=self.key).digest())
