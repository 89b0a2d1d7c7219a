"""What each process of `minqing analyze` does with its chunks; imports all that reading needs."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services.formats import dumps, reading_line
from services.reading.intake import Broken, parse_many
from services.reading.lines import numbered
from services.reading.reader import build_reader

if TYPE_CHECKING:  # see services/reading/reader.py
    from services.settings import ReadingSettings

Work = tuple[str, int, bytes, bool]
"""A file's name, the number of a line, that line and more behind it, and whether texts are wanted."""
Result = tuple[bytes, list[str], int]
"""Output lines, sentences about broken lines, bytes read."""

_WORDLESS = '{"source": "-", "authority": "public", "text": "。"}'.encode()
"""A post that tells nothing, of which nobody else is asked."""
_state: dict[str, object] = {}
"""One process's reader and key, made once by `prepare`."""


def prepare(gazetteer: Path | None, reading: "ReadingSettings | None") -> None:
    """Load everything once, what is loaded for the first post too."""
    _state["reader"] = build_reader(gazetteer, reading, grouping=False)
    _state["key"] = VoiceKey.fleeting()
    read(("", 1, _WORDLESS, False))


def read(work: Work) -> Result:
    """One chunk."""
    name, first, block, with_text = work
    reader, key = _state["reader"], _state["key"]
    assert isinstance(reader, Reader)  # noqa: S101  # for the type checker
    assert isinstance(key, VoiceKey)  # noqa: S101
    parsed = parse_many(
        [(f"{name} 第{number}行", line) for number, line in numbered(BytesIO(block), first)], key, blank=True
    )
    posts = [post for post in parsed if not isinstance(post, Broken)]
    readings = reader.read_many(posts)
    lines = (
        dumps(reading_line(reading, post.body if with_text else None))
        for post, reading in zip(posts, readings, strict=True)
    )
    sentences = [entry.sentence for entry in parsed if isinstance(entry, Broken)]
    return b"".join(lines), sentences, len(block)
