"""The passages of a long text: its lines, and what of a long line a reader takes in at once."""

import re

LONG = 120
"""Characters of a text in which a matter may drown; most posts that tell of one have fewer."""
_LEAST = 12
"""Characters of a sentence that stands for itself; a shorter one goes with the one before it."""
_MOST = 60
"""Sentences that are looked at."""
_SENTENCE = re.compile(r"[^。！？!?；;…\n]+[。！？!?；;…\n]*")


def passages(text: str) -> list[str]:
    """The sentences in their order; of an endless text only the first."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(text)[:_MOST]:
        if found and len(sentence) < _LEAST:
            found[-1] += sentence
        else:
            found.append(sentence)
    return found
