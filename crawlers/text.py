"""Clean text out of whatever a source sends."""

import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import orjson
from lxml import etree, html

Codes: TypeAlias = npt.NDArray[np.uint32]
Node: TypeAlias = Any
"""An lxml element."""

MAX_TITLE = 300
MAX_TEXT = 20_000
# More than this is no article; a parser must not be fed without bound.
MAX_MARKUP = 2_000_000

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but not tab, newlines and NEL
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # zero width, bidi
    "\ud800-\udfff\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # tags
    "]+"
)
# Of what is invisible, letters and marks by their class: `str.isprintable` does not know them.
_PRINTABLE_BUT_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_CODES = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_GAP = re.compile(r"\s+")
_NEWLINE = re.compile("[\n\r\x85\u2028\u2029]")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{2000,}>?")
_MAX_ATTRIBUTES = 500
_TAG = re.compile(r"<[a-zA-Z!/?]")
# A tag that can only be markup: with its end, or with an attribute.
_ESCAPED_TAG = re.compile(
    r"</(?:p|div|span|a|font|strong|b|td|li|section)>|<(?:br|img|p|div)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d|#[xX]|[a-zA-Z])")
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "textarea", "select")
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "td", "th", "tr", "ul"),
    )
)


def clean(text: str) -> str:
    """Take out what no reader sees; lines are trimmed, blank ones dropped, runs of spaces made one."""
    if not text or all(map(_is_clean, text.split("\n"))):
        return text
    visible = _INVISIBLE.sub("", text)
    return _GAP.sub(lambda gap: "\n" if _NEWLINE.search(gap[0]) else " ", visible).strip()


def _is_clean(line: str) -> bool:
    """Whether a line is neither blank nor holds anything to take out; told quickly, since nearly all are so."""
    trim = line[:1] not in {"", " "} and line[-1] != " " and "  " not in line
    return trim and line.isprintable() and not _PRINTABLE_BUT_INVISIBLE.search(line)


def clean_title(text: str) -> str:
    """One line without markup, at most twice MAX_TITLE code points."""
    return clean(from_markup(text)).replace("\n", " ")[: 2 * MAX_TITLE]


def clean_text(text: str) -> str:
    """Lines without markup, at most twice MAX_TEXT code points.

    The final cut comes after masking, or half a phone number could stand at the end.
    """
    return clean(from_markup(text))[: 2 * MAX_TEXT]


def bounded(text: str, limit: int) -> str:
    """Cut at `limit` code points, and show that it was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def from_markup(text: str) -> str:
    """Return the readable text of a piece that may be HTML; anything else is only freed of its entities.

    Markup that was escaped or packed once too often is markup too.
    """
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    if "<" in text and _TAG.search(text):
        read = html_to_text(text)
    elif "&" in text and _ENTITY.search(text):
        read = unescape(text)
    else:
        return text
    return html_to_text(read) if "<" in read and _ESCAPED_TAG.search(read) else read


def without_invisible(text: str) -> str:
    """Take out controls, zero-width and bidi marks and lone surrogates; parsers stop short at some of them."""
    return _INVISIBLE.sub("", text)


def html_to_text(markup: str) -> str:
    """Return the text of an HTML piece, a line a block; script, style and their like are left out."""
    root = html_root(markup)
    return element_text(root) if root is not None else ""


def html_root(markup: str) -> html.HtmlElement | None:
    """Parse HTML, of a document or of a piece; None where there is nothing in it."""
    safe = _LONG_TAG.sub(_tame, without_invisible(markup[:MAX_MARKUP]))
    if not safe.strip():
        return None
    try:
        return html.document_fromstring(safe.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError:
        return None


def _tame(tag: re.Match[str]) -> str:
    """Drop a tag with attributes without end: the parser compares each with each. A long image in one is none."""
    return "" if len(tag[0].split(None, _MAX_ATTRIBUTES + 1)) > _MAX_ATTRIBUTES else tag[0]


def element_text(root: html.HtmlElement) -> str:
    """Return the text of an element, a line a block."""
    pieces: list[str] = []
    skipping = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            skipping += tag in _SILENT
            if not skipping:
                pieces += ("\n" if tag in _BLOCKS else "", node.text or "")
            continue
        skipping -= event == "end" and tag in _SILENT
        if not skipping:
            pieces.append("\n" if event == "end" and tag in _BLOCKS else "")
            pieces.append((node.tail or "") if node is not root else "")
    return clean("".join(pieces))


class Replacer:
    """Puts one character for another, in many texts at once."""

    def __init__(self, table: Mapping[int, str]) -> None:
        # How far it is from each character to the other: of a table that is nearly all zeros little takes memory.
        self._steps = np.zeros(sys.maxunicode + 1, dtype=np.uint32)
        self._steps[list(table)] = np.array([ord(new) - old for old, new in table.items()]).astype(np.uint32)

    def __call__(self, texts: Sequence[str]) -> list[str]:
        return self.with_codes(texts)[0]

    def codes(self, texts: Sequence[str]) -> Codes:
        """The numbers of the new characters of all texts one after the other."""
        codes = codes_of(texts)
        return codes + self._steps[codes]

    def with_codes(self, texts: Sequence[str]) -> tuple[list[str], Codes]:
        """The new texts, and the numbers of all their characters."""
        codes = self.codes(texts)
        replaced = codes.tobytes().decode(_CODES, "surrogatepass")
        ends = list(accumulate(map(len, texts)))
        return [replaced[end - len(text) : end] for text, end in zip(texts, ends, strict=True)], codes


def codes_of(texts: Sequence[str]) -> Codes:
    """The numbers of all characters of texts one after the other."""
    return np.frombuffer("".join(texts).encode(_CODES, "surrogatepass"), dtype=np.uint32)


def half_width(text: str) -> str:
    """Same length, with the digits, letters and marks of any width or style as ASCII."""
    return text if text.isascii() else _half_width()([text])[0]


def fold(text: str) -> str:
    """Same length, half width and Simplified: the form that patterns read."""
    return text if text.isascii() else fold_many([text])[0]


def fold_many(texts: Sequence[str]) -> list[str]:
    """Fold each text."""
    return _fold()(texts)


def fold_with_codes(texts: Sequence[str]) -> tuple[list[str], Codes]:
    """Fold each text, and give the numbers of all characters too."""
    return _fold().with_codes(texts)


@cache
def to_simplified() -> dict[int, str]:
    """Traditional characters and what stands for them, one for one."""
    # zhconv's own loading takes four times as long as reading its table.
    package = find_spec("zhconv")
    folder = Path((package.submodule_search_locations or [""])[0]) if package else Path()
    listed = orjson.loads((folder / "zhcdict.json").read_bytes())["zh2Hans"]
    return {ord(old): new for old, new in listed.items() if len(old) == len(new) == 1}


@cache
def _half_width() -> Replacer:
    return Replacer(_half_width_table())


@cache
def _fold() -> Replacer:
    # Between the parts of a name stands no full stop; half a character, as in a file's name, is none.
    table = to_simplified() | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return Replacer(table | _half_width_table() | dict.fromkeys(map(ord, "·‧・∙"), "•"))


def _half_width_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xFE63, 0xFF70), "-")
    table |= {0x3000: " ", ord("·"): "."}
    for code in (*range(0x00B2, 0x2500), *range(0x2776, 0x2794), *range(0x1D7CE, 0x1D800)):
        digit = unicodedata.digit(chr(code), None)
        if digit is not None:
            table[code] = str(digit)
    return table
