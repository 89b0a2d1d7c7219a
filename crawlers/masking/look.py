"""One look at all characters of a batch: what a text may hold at all, and where in it names may begin.

Nearly every text is without a phone, an account or a door. To try a pattern on each of them costs more than to look at
the neighbours of every character of all texts at once. A look may see too much, never too little.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from crawlers.masking import accounts, addresses, fields, numbers
from crawlers.masking.candidates import BEGINS_NAME, Spots
from crawlers.masking.lexicon import GIVEN, HARDLY_SURNAMES, SOUNDS
from crawlers.text import codes_of, fold_with_codes

_Codes = npt.NDArray[np.uint32]
_HAN = tuple(map(chr, range(0x4E00, 0xA000)))
_DIGITS = "0123456789"
_ANY = ""
"""Whatever stands behind."""
_PAIRS = {
    "name": (BEGINS_NAME, _HAN),
    "hardly": (HARDLY_SURNAMES, GIVEN),
    "given": (GIVEN, GIVEN),
    "sound": (SOUNDS, SOUNDS),
    "digits": (_DIGITS, _DIGITS),
    "id": (accounts.IN_ID, accounts.IN_ID),
    "numeral": (numbers.NUMERALS + _DIGITS, _ANY),
    "papers": ("号编证", _ANY),
    "plate": (numbers.PROVINCES, accounts.IN_ID),
    "plate's word": ("牌", _ANY),
    "app": (accounts.BEGINS_APP + accounts.ADDS, _ANY),
    "at": ("@", _ANY),
    "at's word": ("aA", "tT"),
    "named": ("".join(word[-2] for word in accounts.NAMED), "".join(word[-1] for word in accounts.NAMED)),
    "building": (addresses.BEFORE_BUILDING, addresses.BUILDING),
    "said": (fields.SAID, _ANY),
    "told": ("系件货", "人"),
}
"""Characters of which one stands before one of the others."""
_BIT = {name: 1 << place for place, name in enumerate(_PAIRS)}
_ALONE = sum(_BIT[name] for name, (_, second) in _PAIRS.items() if second == _ANY)
_WINDOW, _NUMERALS = 19, 7
"""A phone has so many numerals among so many characters, as few as there are in any number that is masked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """For each text whether it may hold numbers, accounts, doors, names in forms; and where other names may begin."""

    numbers: list[bool]
    accounts: list[bool]
    addresses: list[bool]
    fields: list[bool]
    spots: list[Spots]


@dataclass(frozen=True)
class Batch:
    """Folded texts, and the characters of all of them as numbers; text i begins at `starts[i]`. None is empty."""

    shadows: Sequence[str]
    codes: _Codes
    starts: npt.NDArray[np.int64]

    @classmethod
    def fold(cls, texts: Sequence[str]) -> "Batch":
        return cls._of(*fold_with_codes(texts))

    @classmethod
    def folded(cls, shadows: Sequence[str]) -> "Batch":
        """Of texts that are folded already."""
        return cls._of(shadows, codes_of(shadows))

    @classmethod
    def _of(cls, shadows: Sequence[str], codes: _Codes) -> "Batch":
        return cls(shadows, codes, np.array([0, *accumulate(map(len, shadows))]))

    @cached_property
    def look(self) -> Look:
        signs = self._signs()
        here = np.bitwise_or.reduceat(signs, self.starts[:-1])
        runs = np.bitwise_or.reduceat(self._runs(signs), self.starts[:-1])
        long, sounds = _has(runs, "numeral"), _has(runs, "sound").tolist()
        papers, chats = _has(here, "papers") & _has(runs, "digits"), _has(here, "app") & _has(runs, "id")
        hardly = _has(signs[:-1], "hardly") & _has(signs[1:], "given")
        names = zip(self._places(_has(signs, "name")), self._places(hardly), sounds, strict=True)
        return Look(
            numbers=(long | papers | _has(here, "plate", "plate's word")).tolist(),
            accounts=(chats | _has(here, "at", "at's word", "named")).tolist(),
            addresses=_has(here, "building").tolist(),
            fields=_has(here, "said", "told").tolist(),
            spots=[Spots(*each) for each in names],
        )

    def _signs(self) -> _Codes:
        """The bits of the pairs that begin at each character."""
        first, second = _tables()
        behind = second[self.codes[1:]]
        behind[self.starts[1:-1] - 1] = 0
        return first[self.codes] & (np.append(behind, np.uint32(0)) | np.uint32(_ALONE))

    @staticmethod
    def _runs(signs: _Codes) -> _Codes:
        """The bits of what stands in a row there: three sounds, four digits or characters of an account, a phone."""
        padded = np.append(signs, np.zeros(_WINDOW, dtype=np.uint32))
        next_one, next_but_one = padded[1 : len(signs) + 1], padded[2 : len(signs) + 2]
        in_row = signs & (
            (next_one & np.uint32(_BIT["sound"])) | (next_but_one & np.uint32(_BIT["digits"] | _BIT["id"]))
        )
        before = np.cumsum(np.append(np.uint8(0), _has(padded, "numeral")), dtype=np.int32)
        long = before[_WINDOW : _WINDOW + len(signs)] - before[: len(signs)] >= _NUMERALS
        return in_row | (np.where(long, signs, np.uint32(0)) & np.uint32(_BIT["numeral"]))

    def _places(self, marked: npt.NDArray[np.bool_]) -> list[list[int]]:
        """The marked places of each text."""
        found = np.flatnonzero(marked)
        bounds = np.searchsorted(found, self.starts)
        places = (found - np.repeat(self.starts[:-1], np.diff(bounds))).tolist()
        return [places[begin:end] for begin, end in pairwise(bounds.tolist())]


def _has(signs: _Codes, *names: str) -> npt.NDArray[np.bool_]:
    return np.asarray(signs & np.uint32(sum(map(_BIT.__getitem__, names))), dtype=bool)


@cache
def _tables() -> tuple[_Codes, _Codes]:
    """For each character the bits of the pairs that it is the first of, and of those that it is the second of."""
    first, second = (np.zeros(sys.maxunicode + 1, dtype=np.uint32) for _ in range(2))
    for name, sides in _PAIRS.items():
        for table, characters in zip((first, second), sides, strict=True):
            table[list(map(ord, characters))] |= np.uint32(_BIT[name])
    return first, second


def spots(shadow: str) -> Spots:
    """Where in one folded text names may begin."""
    return Batch.folded([shadow]).look.spots[0]
