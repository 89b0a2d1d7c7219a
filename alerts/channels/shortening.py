"""A message made to fit: what stands first stays first, and what was cut says so."""

import hashlib
from collections.abc import Callable

from alerts.model import Message

CUT = "……（内容已缩短，全文和签收请登录值班台）"


def chat(message: Message, limit: int, size: Callable[[str], int]) -> str:
    """Subject, text and number for a chat, not longer than `limit` as `size` measures it.

    The subject goes first because a phone's notification shows nothing else; the link is never cut.
    """
    way = f"\n{message.pointer}" if message.link else ""
    tail = f"{way}\n（消息编号{number(message.key)}，编号相同为重复发送）"
    return fit(f"{clean(message.subject)}\n{clean(message.text).strip()}", limit, size, tail)


def fit(text: str, limit: int, size: Callable[[str], int], tail: str = "") -> str:
    """As much of `text` as fits together with `tail`, cut at the end of a line where that loses little.

    `size` must not fall when text is added.
    """
    if size(text + tail) <= limit:
        return text + tail
    end = CUT + tail
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle] + end) <= limit else (low, middle - 1)
    whole_lines = text.rfind("\n", 0, low + 1)
    return text[: whole_lines if whole_lines > low * 3 // 4 else low].rstrip() + end


def in_bytes(text: str) -> int:
    """Length in UTF-8."""
    return len(text.encode())


def number(key: str) -> str:
    """A key in short, for people to compare."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8]


def clean(text: str) -> str:
    """Without what cannot be written in UTF-8 and without control characters that break a far side's parser."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(c for c in whole if c in "\n\t" or ord(c) >= 32).replace("\x7f", "")


def one_line(text: str) -> str:
    """Cleaned, on one line."""
    return " ".join(clean(text).split())
