"""One official paper, before it is a file: what stands on it and in which order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.beijing import BEIJING


class Form(StrEnum):
    """Files that a paper can be made into."""

    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """In whose name a paper goes out: `office` heads and signs it, `copies` (抄送) get it too, `printer` issues it."""

    office: str
    copies: tuple[str, ...] = ()
    printer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading of the first rank; the numeral is part of it."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column; `share` of the width, figures to the right."""

    title: str
    share: float = 1.0
    figures: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of cells, as many as there are columns; a cell may have several lines."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A chart as SVG, with its size in millimetres and what it shows in words."""

    svg: str
    width: float
    height: float
    words: str


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A whole paper. `mark` is its very first line: tier, kind, verified or not."""

    letterhead: Letterhead
    mark: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    signed_at: datetime
    note: str = ""

    @property
    def day(self) -> str:
        """The day it was signed, as papers write it: "2026年11月3日"."""
        local = self.signed_at.astimezone(BEIJING)
        return f"{local.year}年{local.month}月{local.day}日"
