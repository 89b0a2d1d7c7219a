"""`minqing analyze`: JSON Lines in, readings out, in several processes, order kept."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services import parallel
from services.errors import ConfigError
from services.formats import dumps, reading_line
from services.intake import Broken, numbered_lines, parse
from services.reading import build_reader, check_reader
from services.settings import ReadingSettings

CHUNK = 512
_GARBAGE_AFTER = 50_000
_state: dict[str, object] = {}
"""One process's reader and key, made once by `_prepare`."""


def analyze_file(
    posts: Path,
    out: Path | None,
    *,
    gazetteer: Path | None,
    with_text: bool,
    processes: int,
    reading: ReadingSettings,
) -> int:
    """Write one reading per valid line; how many lines were broken."""
    check_reader(gazetteer, reading)  # what is broken or missing is said once, before any process starts
    broken = 0
    pieces = parallel.chunks(numbered_lines(posts), CHUNK)
    work = ((str(posts), piece, with_text) for piece in pieces)
    with (
        _output(out) as stream,
        typer.progressbar(length=max(posts.stat().st_size, 1), label="研读", file=sys.stderr) as bar,
    ):
        for lines, sentences, size in parallel.ordered(
            _read, work, processes=processes, prepare=_prepare, arguments=(gazetteer, reading)
        ):
            stream.write(lines)
            for sentence in sentences:
                typer.echo(sentence, err=True)
            broken += len(sentences)
            bar.update(size)
    return broken


@contextmanager
def _output(out: Path | None) -> Iterator[BinaryIO]:
    """The output file, or standard output."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("wb") as stream:
            yield stream
    except OSError as error:
        raise ConfigError([f"不能写入 {out}：{error.strerror}，请换一个位置。"]) from error


def _prepare(gazetteer: Path | None, reading: ReadingSettings) -> None:
    _state["reader"] = build_reader(gazetteer, reading, grouping=False)
    _state["key"] = VoiceKey.fleeting()
    # Models and lists stay to the end: looking through them for garbage again and again is a tenth of the work.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER)


def _read(work: tuple[str, list[tuple[int, bytes]], bool]) -> tuple[bytes, list[str], int]:
    """One chunk: output lines, sentences about broken lines, bytes read."""
    name, numbered, with_text = work
    reader, key = _state["reader"], _state["key"]
    assert isinstance(reader, Reader)  # noqa: S101  # for the type checker
    assert isinstance(key, VoiceKey)  # noqa: S101
    parsed = [parse(line, f"{name} 第{number}行", key, blank=True) for number, line in numbered]
    posts = [post for post in parsed if not isinstance(post, Broken)]
    readings = reader.read_many(posts)
    lines = (
        dumps(reading_line(reading, post.body if with_text else None))
        for post, reading in zip(posts, readings, strict=True)
    )
    sentences = [entry.sentence for entry in parsed if isinstance(entry, Broken)]
    return b"".join(lines), sentences, sum(len(line) for _, line in numbered)
