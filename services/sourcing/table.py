"""`minqing source list`: how each source is, as a table for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from unicodedata import east_asian_width

from alerts.beijing import BEIJING
from services.folder.sources import load_sources
from services.ports import Tally
from services.sourcing.health import assess, coverage
from services.upkeep import record

_HEADING = ("状态", "来源", "类型", "最近采集", "最近新增", "留存", "隔离", "说明")


def table(folder: Path, now: datetime) -> Iterator[str]:
    """The sum, then a line for each source. Raises ConfigError."""
    sources = load_sources(folder / "sources.yaml")
    with record(folder) as database, database.view() as uow:
        states, tallies = uow.sources.states(), uow.sources.tallies()
    seen = [assess(states.get(source.id), source, now) for source in sources]
    rows = [_HEADING]
    for source, one in zip(sources, seen, strict=True):
        state, tally = states.get(source.id), tallies.get(source.id, Tally())
        rows.append(
            (
                one.word,
                source.name + ("（重要）" if source.important else ""),
                source.kind,
                _clock(state.last_visit_at if state else None),
                _clock(state.last_new_at if state else None),
                str(tally.kept + tally.unsure),
                str(state.quarantined if state else 0),
                one.sentence,
            )
        )
    yield coverage(seen)
    yield from aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines whose columns stand below each other; a Chinese character is two cells wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%m-%d %H:%M}" if at else "—"
