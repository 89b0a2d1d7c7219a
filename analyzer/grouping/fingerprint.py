"""Near-duplicate hash bands of a text: two texts that share a band are probably copies."""

import re
from collections.abc import Iterable, Sequence

from rensa import RMinHash

BANDS = 16
ROWS = 4
"""16 × 4: a pair with Jaccard 0.7 shares a band with probability 0.99, one with 0.3 with 0.12."""
SHORTEST = 8
"""Shorter texts ("停电了") are alike by chance; they get no bands."""

_FIGURE = re.compile(r"[\d零一二两三四五六七八九十百千万俩仨几]{1,9}[多余来]?")
_SPREADING = re.compile(
    r"@[^\s@:：，。！,.!]{1,16}|#[^#\n]{1,30}#|\[[^\]\n]{1,8}\]|【[^】\n]{1,6}】|https?://[\w./?=&%-]{1,200}"
    r"|(?:求|速|请|帮忙|大家)?(?:转发?|扩散|周知)(?![\u4e00-\u9fff])"
)
"""What is set around a text when it is passed on."""


def shingles(normalised: str) -> list[str]:
    """Overlapping triples of the text's letters and digits."""
    letters = _letters(normalised)
    return [letters[i : i + 3] for i in range(len(letters) - 2)]


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def bands(normalised: str) -> tuple[int, ...]:
    """Band hashes (63 bits each) of a normalised text; empty when it is too short to tell."""
    grams = shingles(normalised)
    if len(grams) < SHORTEST - 2:
        return ()
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=1)
    sketch.update(grams)
    return tuple(_mix(index, row) for index, row in enumerate(_rows(sketch.digest())))


def own_words(normalised: str) -> tuple[int, ...]:
    """Bands of what a normalised text says for itself, without its figures and what is set around it to pass it on.

    One text with other figures or tails is still that text. One that is too short for bands has a single number: it
    is like no other, but the same in the mouths of those of whom a source tells no name.
    """
    said = _FIGURE.sub("0", _SPREADING.sub("", normalised))
    if found := bands(said):
        return found
    letters = _letters(said)
    return (_mix(BANDS, letters.encode()),) if letters else ()


def _rows(digest: Sequence[int]) -> Iterable[Sequence[int]]:
    return (digest[i : i + ROWS] for i in range(0, BANDS * ROWS, ROWS))


def _mix(index: int, row: Sequence[int]) -> int:
    """FNV-1a over the row, the band's index first, cut to what a signed SQL integer holds."""
    value = 0xCBF29CE484222325
    for part in (index, *row):
        value = ((value ^ part) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value >> 1
