"""What text recognition leaves of a picture: characters that stand apart, sentences broken where a line was full.

It is mended before anything is masked or read, or a number would stand in pieces.
"""

import re

_WIDE = "\u3400-\u9fff，。！？；：、（）“”‘’《》【】—…·"
_APART = re.compile(f"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_SINGLE = re.compile(f"(?<![^ \n{_WIDE}])[^ \n](?: [^ \n])+(?![^ \n{_WIDE}])")
"""Single characters in a row, of figures and letters too."""
_BESIDE = re.compile(f"(?<=[{_WIDE}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[{_WIDE}])")
_NEIGHBOURS = re.compile(f"(?<=[{_WIDE}])[{_WIDE}]")
_MARK = re.compile("[，。！？；：、]")
_ENDS = tuple("。！？；：…”）】!?;:")
_ITEM = re.compile(r"\s{0,8}[\d(（①-⑳•·\-—#【\[|]")
_FEWEST = 3
_SHARE = 4
"""So many times as many characters must stand apart as together; a list of words is none that was read off."""
_NARROW, _BROAD = 16, 120
"""Columns of a line that text recognition may have broken; a wide character takes two."""
_SLACK = 3
"""Columns by which full lines differ: a mark is drawn up to the line before, a figure is not parted."""


def mended(text: str) -> str:
    """The text as it was written; one that no machine has read off a picture stays."""
    if text.count(" ") >= _FEWEST:
        text = _together(text)
    return _unbroken(text) if text.count("\n") >= _FEWEST else text


def _together(text: str) -> str:
    """Without gaps, where nearly all characters stand apart."""
    if len(_APART.findall(text)) <= _SHARE * len(_NEIGHBOURS.findall(text)):
        return text
    return _BESIDE.sub("", _SINGLE.sub(lambda row: row[0].replace(" ", ""), text))


def _unbroken(text: str) -> str:
    """Lines as full as the fullest run on into the next, if prose was broken so: some did, and most are full."""
    lines = text.split("\n")
    widths = [_columns(line) for line in lines]
    full = max(widths[:-1])
    if not _NARROW <= full <= _BROAD or max(widths) > full:
        return text
    runs = [width >= full - _SLACK for width in widths[:-1]]
    open_ended = [run and not line.endswith(_ENDS) for run, line in zip(runs, lines, strict=False)]
    if sum(open_ended) < _FEWEST or 2 * sum(runs) < len(runs) or not _MARK.search(text):
        return text
    if sum(_ITEM.match(line) is not None for line in lines) * 3 > len(lines):
        return text
    return "".join(line if run else f"{line}\n" for line, run in zip(lines, [*runs, True], strict=True))


def _columns(line: str) -> int:
    return len(line) + sum(map("\u2e80".__le__, line))
