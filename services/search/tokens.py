"""How texts and queries are cut for the index."""

import re
from typing import NamedTuple

from analyzer.text import bigrams, normalise

_GAP = re.compile(r"[\W_]+")
_LAST = re.compile(r"[0-9a-z]+$|.$", re.DOTALL)
_ONE = re.compile(r"[0-9a-z]+|.", re.DOTALL)


class Phrase(NamedTuple):
    """Tokens that must follow each other; the last one may go on where `open_ended`."""

    tokens: tuple[str, ...]
    open_ended: bool


def runs(text: str) -> list[str]:
    """Stretches without blanks and marks, normalised."""
    return [run for run in _GAP.split(normalise(text)) if run]


def document_tokens(text: str) -> list[str]:
    """Bigrams, and each run's last character alone, so that a query of one character finds every place it has."""
    tokens: list[str] = []
    for run in runs(text):
        pairs = bigrams(run)
        tokens += pairs
        last = _LAST.search(run)
        if last is not None and last.group() != pairs[-1]:
            tokens.append(last.group())
    return tokens


def phrases(text: str) -> list[Phrase]:
    """What a query asks for, all of it; one character, or letters and digits alone, as the beginning of a token."""
    return [Phrase(tuple(bigrams(run)), _ONE.fullmatch(run) is not None) for run in runs(text)]
