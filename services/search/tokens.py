"""How texts and queries are cut for the index."""

import re

from analyzer.text import bigrams, normalise

_GAP = re.compile(r"[\W_]+")
_LAST = re.compile(r"[0-9a-z]+$|.$", re.DOTALL)


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


def match_expression(text: str) -> str | None:
    """The query in FTS5's words: a phrase for each run, all of them; None when there is nothing to look for.

    A run of one character, or of letters and digits only, is looked for as the beginning of a token.
    """
    phrases = []
    for run in runs(text):
        pairs = bigrams(run)
        phrase = '"' + " ".join(pairs) + '"'
        phrases.append(f"{phrase} *" if pairs == [run] and len(_pieces(run)) == 1 else phrase)
    return " AND ".join(phrases) or None


def _pieces(run: str) -> list[str]:
    return re.findall(r"[0-9a-z]+|.", run, re.DOTALL)
