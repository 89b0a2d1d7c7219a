"""Rows out of dropped files: JSON Lines, CSV and XLSX."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import orjson
from lxml import etree

from crawlers.beijing import BEIJING
from crawlers.page import Unreadable, decode
from crawlers.text import half_width

MAX_FILE_BYTES = 64_000_000
# What a sheet may unfold to: a bomb is refused, an export of a year is not.
_MAX_UNZIPPED = 512_000_000
_SHEET = re.compile(r"xl/worksheets/sheet\d*\.xml")
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_MARKS = re.compile(r"[(\[][^()\[\]]{0,20}[)\]]|[\s*:#]")
_TOP_ROWS = 12
_MAX_NAME = 40
_EPOCH = datetime(1899, 12, 30, tzinfo=BEIJING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of a file, counted from 1; `broken` is a Chinese clause where it could not be read."""

    number: int
    fields: Mapping[str, Any]
    broken: str = ""


def rows(path: Path, names: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows of a file, one by one. Raises Unreadable where the file as a whole cannot be read.

    Of a table the first row that has two of these `names` is its heading, else the first one: above it may stand a
    title, who made it and when.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise Unreadable(f"文件超过 {MAX_FILE_BYTES // 1_000_000} MB，请分成几个")
    wanted = frozenset(map(plain_name, names))
    return _READERS[path.suffix.lower()](path, wanted)


def plain_name(name: str) -> str:
    """Return a column's name without spaces, line breaks, marks and what stands in brackets."""
    return _MARKS.sub("", half_width(name))


def excel_date(value: str) -> str:
    """Return a day number of a sheet as a date; anything else as it is."""
    try:
        days = float(value)
    except ValueError:
        return value
    if not 20_000 < days < 80_000:
        return value
    # A fraction of a day is never quite a whole second.
    return (_EPOCH + timedelta(seconds=round(days * 86_400))).isoformat()


def _json_lines(path: Path, _: Collection[str]) -> Iterator[Row]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield Row(number=number, fields={}, broken=f"不是有效的 JSON（第{error.colno}个字符处）")
                continue
            if isinstance(found, dict):
                yield Row(number=number, fields={plain_name(name): value for name, value in found.items()})
            else:
                yield Row(number=number, fields={}, broken="不是 JSON 对象")


def _csv(path: Path, names: Collection[str]) -> Iterator[Row]:
    text, _ = decode(path.read_bytes())
    text = text.removeprefix("\ufeff")
    return _under_heading(_csv_lines(text, _separator(text, names)), names)


def _separator(text: str, names: Collection[str]) -> str:
    """Return the mark between cells: the one that makes a heading of a line, else the commonest in the first one."""
    first = list(islice(filter(str.strip, io.StringIO(text)), _TOP_ROWS))

    def known(mark: str) -> int:
        return max((_known(line.split(mark), names) for line in first), default=0)

    return max(",\t;", key=lambda mark: (known(mark), first[0].count(mark) if first else 0))


def _csv_lines(text: str, mark: str) -> Iterator[tuple[int, dict[int, str] | None]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    while True:
        number = lines.line_num + 1
        try:
            yield number, dict(enumerate(next(lines)))
        except StopIteration:
            return
        except csv.Error:
            yield number, None


def _under_heading(lines: Iterable[tuple[int, dict[int, str] | None]], names: Collection[str]) -> Iterator[Row]:
    """Yield the rows below the heading; one that could not be read is None."""
    waiting = iter(lines)
    top = list(islice(waiting, _TOP_ROWS))
    filled = [place for place, (_, cells) in enumerate(top) if cells and any(cells.values())]
    at = next((place for place in filled if _known((top[place][1] or {}).values(), names) > 1), min(filled, default=0))
    heading = {column: plain_name(name) for column, name in (top[at][1] or {}).items()} if top else {}
    for number, cells in chain(top[at + 1 :], waiting):
        if cells is None:
            yield Row(number=number, fields={}, broken="不是有效的 CSV 行")
        elif any(cells.values()):
            yield Row(number=number, fields={heading[one]: value for one, value in cells.items() if heading.get(one)})


def _known(cells: Iterable[str], names: Collection[str]) -> int:
    return sum(plain_name(cell.strip().strip('"')) in names for cell in cells if len(cell) < _MAX_NAME)


def _xlsx(path: Path, names: Collection[str]) -> Iterator[Row]:
    """Yield the rows of the first sheet."""
    try:
        with zipfile.ZipFile(path) as book:
            if sum(part.file_size for part in book.infolist()) > _MAX_UNZIPPED:
                raise Unreadable("解压后过大，没有读取")
            sheet = min((name for name in book.namelist() if _SHEET.fullmatch(name)), key=_sheet_number, default=None)
            if sheet is None:
                raise Unreadable("里面没有工作表")
            shared = _shared(book)
            with book.open(sheet) as file:
                yield from _under_heading(_cells(file, shared), names)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, NotImplementedError) as error:
        raise Unreadable("不是有效的 XLSX 文件") from error


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    with book.open("xl/sharedStrings.xml") as file:
        return [_plain(item) for item in _elements(file, "si")]


def _plain(item: etree._Element) -> str:
    """Return a cell's text; phonetic readings (rPh) stand beside it and are no part of it."""
    return "".join(piece.text or "" for piece in item.iter("{*}t") if "rPh" not in str(piece.getparent().tag))


def _cells(file: IO[bytes], shared: list[str]) -> Iterator[tuple[int, dict[int, str]]]:
    for number, row in enumerate(_elements(file, "row"), 1):
        cells: dict[int, str] = {}
        for place, cell in enumerate(row.iterchildren("{*}c")):
            match = _CELL.fullmatch(cell.get("r", ""))
            cells[_column(match[1]) if match else place] = _value(cell, shared)
        yield int(row.get("r") or number), cells


def _value(cell: etree._Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _plain(cell)
    written = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return shared[int(written)] if written.isdigit() and int(written) < len(shared) else ""
    return str(written)


def _elements(file: IO[bytes], name: str) -> Iterator[etree._Element]:
    """Yield elements as they are read, and let go of them at once."""
    for _, element in etree.iterparse(
        file, tag=f"{{*}}{name}", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _sheet_number(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


_READERS: Mapping[str, Callable[[Path, Collection[str]], Iterator[Row]]] = {
    ".jsonl": _json_lines,
    ".csv": _csv,
    ".xlsx": _xlsx,
}
SUFFIXES = frozenset(_READERS)
