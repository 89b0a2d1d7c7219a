"""Masking of personal data in text, before anything is written."""

from crawlers.masking import accounts, addresses, names, numbers
from crawlers.masking.span import Span
from crawlers.text import fold

# What stands beside a masked name may show itself as one only then.
_ROUNDS = 4


def mask(text: str) -> str:
    """Put visible tokens such as 【手机号】 in the place of personal data; everything else stays as it is.

    Amounts, casualty figures, dates, streets, compounds and public hotlines are no personal data.
    """
    for _ in range(_ROUNDS):
        shadow = fold(text)
        spans = [*numbers.find(shadow), *accounts.find(shadow), *addresses.find(shadow)]
        named = names.find(shadow)
        if not (spans or named):
            break
        text = _replace(text, [*spans, *named])
        if not named:
            break
    return text


def _replace(text: str, spans: list[Span]) -> str:
    """Replace the spans, leftmost and then longest first; what overlaps a replaced one is covered with it."""
    pieces: list[str] = []
    end = 0
    for start, stop, token in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            pieces += (text[end:start], token)
        end = max(end, stop)
    return "".join((*pieces, text[end:]))
