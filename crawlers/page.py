"""One fetched page, and how its bytes become text."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:\-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:\-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# GB18030 holds GBK and GB2312; pages that declare the smaller one use the greater one's characters.
_GREATER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030"}
_LOOKED_AT = 4096
# A feed of 10,000 items has about 200,000.
_MAX_PARTS = 500_000
# More replacement characters than one in this many: the page is not in any encoding that we know.
_TOLERATED = 50


class Unreadable(ValueError):
    """What came is not what it should be; the message is a Chinese clause."""


class Failed(Exception):
    """A page that could not be had; `args[0]` is a Chinese clause.

    `gone`: it will not come back. `blocked`: the site's robots.txt says no. `everywhere`: it holds for every
    page of the visit, so one sentence without an address says it.
    """

    def __init__(self, reason: str, *, gone: bool = False, blocked: bool = False, everywhere: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone
        self.blocked = blocked
        self.everywhere = everywhere


class Absent(Failed):
    """A page that the site says is not there, or not for us."""


def is_monstrous(text: str) -> bool:
    """Whether a document has so many parts that parsing it would take too much memory."""
    return sum(map(text.count, "<{[")) > _MAX_PARTS


@dataclass(frozen=True, kw_only=True)
class Page:
    """A successful answer. `url` is where it finally came from."""

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None

    @cached_property
    def decoded(self) -> tuple[str, str | None]:
        """The text, and a Chinese clause where the page declares an encoding that is not its own.

        Raises Unreadable where no encoding fits.
        """
        return decode(self.body, header=self.headers.get("content-type", ""), given=self.encoding)

    @property
    def text(self) -> str:
        """The text alone."""
        return self.decoded[0]


def parse_xml(text: str) -> etree._Element:
    """Parse XML without DTD, entities or network, whatever encoding it declares. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    stripped = text.lstrip()
    plain = stripped.partition("?>")[2] if stripped.startswith("<?xml") else stripped
    try:
        root = etree.fromstring(plain.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise Unreadable(f"不是有效的 XML（第{line}行第{column}列）") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("声明了 DTD（可能是攻击），没有读取")
    return root


def decode(body: bytes, *, header: str = "", given: str | None = None) -> tuple[str, str | None]:
    """Return the text of a page: by `given`, byte order mark, validity as UTF-8, declaration, then GB18030."""
    if given:
        return _tolerant(body, _codec(given) or "utf-8"), None
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace"), None
    declared = _declared(body, header)
    found, text = _detect(body, _codec(declared))
    if declared and _codec(declared) != found:
        return (
            text,
            f"网页声明的编码是 {declared}，实际内容是 {found.upper()}，已按后者读取；请写明 params.encoding",
        )
    return text, None


def _detect(body: bytes, declared: str | None) -> tuple[str, str]:
    """Return the encoding that fits. Text of another encoding is practically never valid UTF-8."""
    if body.isascii():
        return declared or "utf-8", body.decode("ascii")
    for encoding in ("utf-8", declared, "gb18030"):
        if encoding:
            try:
                return encoding, body.decode(encoding)
            except UnicodeDecodeError:
                continue
    # A page that was cut or joined carelessly: the encoding that loses least.
    tries = {
        encoding: body.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030", declared or "utf-8")
    }
    best = min(tries, key=lambda encoding: tries[encoding].count("\ufffd"))
    return best, _tolerant(body, best)


def _tolerant(body: bytes, encoding: str) -> str:
    text = body.decode(encoding, errors="replace")
    if text.count("\ufffd") * _TOLERATED > len(text):
        raise Unreadable("无法辨认文字编码（既不是 UTF-8 也不是 GB18030），请写明 params.encoding")
    return text.replace("\ufffd", "")


def _declared(body: bytes, header: str) -> str | None:
    if match := _HEADER_CHARSET.search(header):
        return match[1].lower()
    head = body[:_LOOKED_AT]
    if found := (_XML_CHARSET.search(head) or _META_CHARSET.search(head)):
        return found[1].decode("ascii", errors="replace").lower()
    return None


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        plain = codecs.lookup(_GREATER.get(name.lower(), name)).name
    except LookupError:
        return None
    return _GREATER.get(plain, plain)
