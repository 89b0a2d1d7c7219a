"""The only tokeniser: one normal form, words for meaning, bigrams for search."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import rjieba

from analyzer.misspellings import corrected_many
from crawlers.text import Replacer, to_simplified

_RUN = re.compile(r"[0-9a-z]+|[^\W_]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTER = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d]")
_PARTICLES = re.compile(r"[\u3041-\u306d\u306f-\u3096]+")
"""Hiragana but の, which Chinese shops bear in their names too."""
_KANA_FROM = 1 / 15
"""Share of kana among the letters from which a text may be Japanese; less is a word or a name in another text."""


@cache
def _simplified() -> Replacer:
    """Single characters only, so that no position moves: Traditional to Simplified, full width to ASCII."""
    table = to_simplified().copy()
    for code in range(0xFF01, 0xFF5F):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    # Sentence marks keep their full width: rules split sentences at them.
    for mark in "，。！？；：（）":
        table.pop(ord(mark), None)
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return Replacer(table | {0x3000: " ", 0: " ", ord("〇"): "零", ord("谿"): "溪", ord("濬"): "浚"})


def normalise(text: str) -> str:
    """The form that every rule and model reads: Simplified, half-width letters and digits, lower case, typos mended.

    It has exactly as many code points as `text`, so spans count in both alike.
    """
    return normalise_many([text])[0]


def normalise_many(texts: Sequence[str]) -> list[str]:
    """The normal form of each text."""
    return corrected_many(list(map(_lowered, _simplified()(texts))))


def _lowered(plain: str) -> str:
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c if len(c.lower()) != 1 else c.lower() for c in plain)


def words(text: str) -> list[str]:
    """Words of a normalised text, in order, jieba's dictionary."""
    return list(rjieba.cut(text))


def bigrams(text: str) -> list[str]:
    """Search tokens of a text: pairs of neighbouring characters; runs of letters and digits stay whole.

    A single character between other marks is its own token. Index and query are cut alike.
    """
    tokens: list[str] = []
    for run in re.split(r"[\W_]+", normalise(text)):
        pieces = _RUN.findall(run)
        tokens += [a + b for a, b in pairwise(pieces)] if len(pieces) > 1 else pieces
    return tokens


def language(text: str) -> str:
    """Code "zh" where at least a fifth of the letters are Han; "und" without letters; else "other", Japanese too."""
    if _KANA.search(text) and _is_japanese(text):
        return "other"
    han = 0
    for run in _HAN.finditer(text):
        han += run.end() - run.start()
        if 5 * han >= len(text):
            return "zh"  # No need to count the letters: there cannot be more than characters.
    letters = sum(map(len, _LETTER.findall(text)))
    if not letters:
        return "und"
    return "zh" if 5 * han >= letters else "other"


def _is_japanese(text: str) -> bool:
    """Whether kana join what is said, and are not a word of thanks or a brand in a Chinese text."""
    kana, letters = len(_KANA.findall(text)), sum(map(len, _LETTER.findall(text)))
    runs = _PARTICLES.findall(text)
    if kana < _KANA_FROM * letters:
        return False
    if runs:
        return len(runs) > 1 or len(runs[0]) <= 3 or kana > letters / 2
    return "の" in text and kana > letters / 3
