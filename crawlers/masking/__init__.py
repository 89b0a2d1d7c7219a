"""Masking of personal data in text, before anything is written."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from crawlers.lately import Lately, digest
from crawlers.masking import accounts, addresses, names, numbers
from crawlers.masking.look import Batch
from crawlers.masking.span import Span

# What stands beside a masked piece may show itself as a name only then.
_ROUNDS = 4
_harmless: Lately[bool] = Lately(8192)
"""Texts met of late in which there was nothing to mask."""


def mask(text: str) -> str:
    """Put visible tokens such as 【手机号】 in the place of personal data; everything else stays as it is.

    Amounts, casualty figures, dates, streets, compounds and public hotlines are no personal data.
    """
    return mask_many([text])[0]


def mask_many(texts: Sequence[str]) -> list[str]:
    """Mask each text. Copies of what was met lately cost next to nothing; most texts hold nothing to mask."""
    digests = {text: digest(text) for text in texts if text}
    new = [text for text, key in digests.items() if not _harmless.get(key)]
    masked = dict(zip(new, _masked(new), strict=True))
    for text, private in masked.items():
        if private == text:
            _harmless.keep(digests[text], value=True)
    return [masked.get(text, text) for text in texts]


def _masked(texts: Sequence[str]) -> list[str]:
    """Mask texts that are not empty. Kind after kind, not text after text: that stays in the processor's cache."""
    masked = list(texts)
    places = list(range(len(texts)))
    for _ in range(_ROUNDS):
        if not places:
            break
        batch = Batch.fold([masked[place] for place in places])
        may = batch.look
        kinds = [
            _found(numbers.find, batch.shadows, may.numbers),
            _found(accounts.find, batch.shadows, may.accounts),
            _found(addresses.find, batch.shadows, may.addresses),
            names.find(batch),
        ]
        found = [(place, spans) for place, spans in zip(places, zip(*kinds, strict=True), strict=True) if any(spans)]
        for place, spans in found:
            masked[place] = _replace(masked[place], chain.from_iterable(spans))
        places = [place for place, _ in found]
    return masked


def _found(find: Callable[[str], list[Span]], shadows: Sequence[str], may: Sequence[bool]) -> list[list[Span]]:
    return [find(shadow) if worth else [] for shadow, worth in zip(shadows, may, strict=True)]


def _replace(text: str, spans: Iterable[Span]) -> str:
    """Replace the spans, leftmost and then longest first; what overlaps a replaced one is covered with it."""
    pieces: list[str] = []
    end = 0
    for start, stop, token in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            pieces += (text[end:start], token)
        end = max(end, stop)
    return "".join((*pieces, text[end:]))
