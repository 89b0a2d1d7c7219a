"""Hashed character n-grams of a batch of texts: the one feature matrix that every model shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from crawlers.text import Replacer

BITS = 18
PAIRS = 1 << BITS
"""Buckets of characters and pairs lie below, those of triples from here to twice as far. The trained weights
belong to this number and to the hash below. Only the tone reads triples: scope and help lose by them."""
HEAD = 1200
TAIL = 400
"""Of a longer text its beginning and its end are read: what happened stands first, what is asked for last."""

_EDGE = "\x02\x02"
_EDGE_WIDTH = 2
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


_CLASSES = Replacer(
    dict.fromkeys(range(ord("0"), ord("9") + 1), "0")
    | {ord(full): half for full, half in zip("，。！？；：（）、~～\n\t\r", ",.!?;:(),~~   ", strict=True)}
)
"""The symbols that characters count as: all digits alike, sentence marks alike in both widths."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    """Buckets of all texts one after the other; text i owns `buckets[starts[i]:starts[i + 1]]`.

    Its triples begin at `middles[i]`.
    """

    buckets: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    middles: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def clip(text: str) -> str:
    """The part of a text that is read: bounded, whatever comes in."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


def _symbols(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Symbols of all texts with edges between them, and where each text begins.

    Of a symbol repeated without end two are kept, of a run of digits one.
    """
    clipped = [_EDGE + clip(text) for text in texts]
    symbols = _CLASSES.codes([*clipped, _EDGE]).astype(np.uint64)
    lengths = np.fromiter(map(len, clipped), dtype=np.int64, count=len(clipped))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    keep = np.ones(len(symbols), dtype=bool)
    same = symbols[1:] == symbols[:-1]
    keep[1:] &= ~(same & (symbols[1:] == ord("0")))
    keep[2:] &= ~(same[1:] & same[:-1]) | (symbols[2:] == ord(_EDGE[0]))
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(keep)])
    return symbols[keep], before[starts]


def features(texts: Sequence[str]) -> Features:
    """Buckets of the 1-, 2- and 3-grams of normalised texts, each once a text, in ascending order.

    One pass over the whole batch, no loop over n-grams.
    """
    symbols, starts = _symbols(texts)
    size = len(symbols) - _EDGE_WIDTH
    first = symbols[:size] * _MULTIPLIERS[0]
    second = first ^ (symbols[1 : size + 1] * _MULTIPLIERS[1])
    third = second ^ (symbols[2 : size + 2] * _MULTIPLIERS[2])
    # Owner and bucket in one number, the three of one place side by side: so a text's n-grams are together, and sorted
    # text by text in half the time that all at once would take. Small numbers are sorted twice as fast, and a batch is
    # rarely too large for them.
    number = np.int32 if len(texts) <= 1 << (30 - BITS) else np.int64
    owners = np.repeat((np.arange(len(texts)) << (BITS + 1)).astype(number), np.diff(starts))
    hashes = (_bucket(first, 0), _bucket(second, 1), _bucket(third, 2) | PAIRS)
    keys = np.stack([owners | hashed.astype(number) for hashed in hashes], axis=1).ravel()
    for begin, end in pairwise((3 * starts).tolist()):
        keys[begin:end].sort()
    distinct = keys[np.concatenate([np.ones(1, dtype=bool), keys[1:] != keys[:-1]])]
    # Half a text each: its characters and pairs, then its triples.
    ends = np.cumsum(np.bincount(distinct >> BITS, minlength=2 * len(texts)))
    return Features(
        buckets=(distinct & (2 * PAIRS - 1)).astype(np.int32),
        starts=np.concatenate([np.zeros(1, dtype=np.int64), ends[1::2]]),
        middles=ends[::2],
    )


def _bucket(hashed: npt.NDArray[np.uint64], length: int) -> npt.NDArray[np.int64]:
    """The xor alone leaves regular low bits; multiplying once more spreads them to the top."""
    spread = (hashed ^ (hashed >> np.uint64(29))) * _MULTIPLIERS[0] + np.uint64(length)
    return (spread >> np.uint64(64 - BITS)).astype(np.int64)


def bucket_of(gram: str) -> int:
    """The bucket of one n-gram of one to three characters."""
    symbols = _CLASSES.codes([gram]).astype(np.uint64)
    hashed = np.bitwise_xor.reduce(symbols * np.array(_MULTIPLIERS[: len(gram)]), keepdims=True)
    return int(_bucket(hashed, len(gram) - 1)[0]) | (PAIRS if len(gram) == len(_MULTIPLIERS) else 0)
