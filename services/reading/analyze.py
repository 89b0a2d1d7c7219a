"""`minqing analyze`: JSON Lines in, readings out, in several processes, order kept."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from services.errors import ConfigError, plainly
from services.garbage import give_back
from services.reading import parallel, patterns
from services.reading.lines import blocks, lines_of

if TYPE_CHECKING:  # see _prepare
    from services.reading.analyze_work import Result, Work
    from services.settings import ReadingSettings

_MOST, _LEAST = 2048, 128
"""Lines read together. A chunk costs as much by itself as thirty posts, so that there must not be too many."""
_GARBAGE_AFTER = 50_000


def analyze_file(
    posts: Path,
    out: Path | None,
    *,
    gazetteer: Path | None,
    with_text: bool,
    processes: int,
    reading: "ReadingSettings | None" = None,
) -> int:
    """Write one reading per valid line; how many lines were broken. Without `reading` only what is bundled reads."""
    if gazetteer is not None or reading is not None:
        _check(gazetteer, reading)
    broken = 0
    count = processes or parallel.cores()
    work = ((str(posts), *block, with_text) for block in blocks(posts, _chunk(posts, count)))
    with (
        _output(out) as stream,
        typer.progressbar(length=max(posts.stat().st_size, 1), label="研读", file=sys.stderr) as bar,
    ):
        for lines, sentences, size in parallel.ordered(
            _read,
            work,
            processes=count,
            prepare=_prepare,
            arguments=(gazetteer, reading),
        ):
            stream.write(lines)
            for sentence in sentences:
                typer.echo(sentence, err=True)
            broken += len(sentences)
            bar.update(size)
    return broken


def _chunk(posts: Path, processes: int) -> int:
    """How many lines are read together, so that all processes are done at the same time; of a pipe nobody knows."""
    count = lines_of(posts)
    return _MOST if count is None else parallel.evenly(count, most=_MOST, least=_LEAST, processes=processes)


def _check(gazetteer: Path | None, reading: "ReadingSettings | None") -> None:
    """Say what is broken or missing once, before any process starts."""
    from services.reading.reader import check_reader  # noqa: PLC0415

    check_reader(gazetteer, reading)


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
        raise ConfigError([f"不能写入 {out}：{plainly(error)}，请换一个位置。"]) from error


def _prepare(gazetteer: Path | None, reading: "ReadingSettings | None") -> None:
    """Imports here, not above: what else is wrong is told before anything is loaded."""
    # Models and lists stay to the end: looking through them for garbage again and again is a tenth of the work.
    gc.set_threshold(_GARBAGE_AFTER)
    # The processes take all cores; threads that numpy would start beside them only wait, and take time to do so.
    os.putenv("OPENBLAS_NUM_THREADS", "1")
    with patterns.kept():
        from services.reading.analyze_work import prepare  # noqa: PLC0415

        prepare(gazetteer, reading)
    gc.collect()
    give_back()
    gc.freeze()


def _read(work: "Work") -> "Result":
    from services.reading.analyze_work import read  # noqa: PLC0415

    return read(work)
