"""The part of a text that shows why it was found, as HTML."""

from html import escape

from analyzer.text import normalise
from services.search.tokens import runs

BEFORE = 30
LENGTH = 120


def snippet(body: str, query: str) -> str:
    """About 120 code points around the first hit, escaped, every hit in `<mark>`.

    The normal form has as many code points as the text, so positions are the same in both.
    """
    spans = _spans(normalise(body), runs(query))
    start = max(spans[0][0] - BEFORE, 0) if spans else 0
    end = min(max(start + LENGTH, spans[0][1] if spans else 0), len(body))
    pieces = ["…"] if start else []
    at = start
    for left, right in spans:
        if left >= end:
            break
        pieces += [_safe(body[at:left]), "<mark>", _safe(body[left : min(right, end)]), "</mark>"]
        at = min(right, end)
    pieces.append(_safe(body[at:end]))
    if end < len(body):
        pieces.append("…")
    return "".join(pieces)


def _safe(text: str) -> str:
    return escape(text.replace("\n", " "))


def _spans(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Where anything wanted stands, overlaps joined."""
    found: list[tuple[int, int]] = []
    for run in wanted:
        at = text.find(run)
        while at >= 0:
            found.append((at, at + len(run)))
            at = text.find(run, at + len(run))
    joined: list[tuple[int, int]] = []
    for left, right in sorted(found):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
