"""The measures of GB/T 9704-2012 (党政机关公文格式): an A4 sheet, 22 lines of 28 characters."""

import math
from dataclasses import dataclass

SHEET = (210.0, 297.0)
TOP, BINDING = 37.0, 28.0
TEXT = (156.0, 225.0)
"""Width and height of the text block; all in millimetres (5.2.1)."""
OUTER = SHEET[0] - BINDING - TEXT[0]
BOTTOM = SHEET[1] - TOP - TEXT[1]

LINES, CHARACTERS = 22, 28
POINTS_PER_MM = 72 / 25.4
PITCH = math.floor(TEXT[1] * POINTS_PER_MM / LINES * 20) / 20
"""From line to line, in points; rounded down to what a DOCX can hold, or the last line would not fit."""

BODY, TITLE, SMALL = 16.0, 22.0, 14.0
"""3号, 2号 and 4号, in points."""
TABLE = 12.0
"""小四: tables hold more than the body's size allows (10.4 leaves it open)."""
ADVANCE = TEXT[0] * POINTS_PER_MM / CHARACTERS
"""From character to character, in points: a little less than the 16 of 3号."""
OFFICE = 42.0
"""初号: the office's name at most, smaller where it would not fit."""
OFFICE_FROM_TOP = 35.0
"""Millimetres from the text block's upper edge to the office's name (7.2.4)."""
RULE_BELOW_NUMBER = 4.0
"""Millimetres from the number to the red rule (7.2.7)."""
PAGE_NUMBER_BELOW = 7.0
"""Millimetres from the text block's lower edge to the page number (7.5)."""
THICK, THIN = 0.35, 0.25
"""Rules of the imprint, in millimetres (7.4.1)."""
RED = "C00000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A typeface as the standard names it, and what takes its place where it is not installed."""

    name: str
    instead: tuple[str, ...]


SONG = Face(name="宋体", instead=("SimSun", "Noto Serif CJK SC"))
FANGSONG = Face(name="仿宋_GB2312", instead=("仿宋", "FangSong", "Noto Serif CJK SC"))
HEITI = Face(name="黑体", instead=("SimHei", "Noto Sans CJK SC"))
TITLE_SONG = Face(name="方正小标宋简体", instead=("小标宋", "方正小标宋_GBK", "Noto Serif CJK SC"))
FACES = (SONG, FANGSONG, HEITI, TITLE_SONG)


def office_size(name: str) -> float:
    """Points at which an office's name fills one line at most."""
    return min(OFFICE, TEXT[0] * POINTS_PER_MM / max(len(name), 1))


def width_of(text: str) -> float:
    """Characters of the body's size that a line of text takes; letters and digits are half as wide."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def signature_indents(office: str, day: str) -> tuple[float, float]:
    """Characters to leave free right of the office and of the date (7.3.5.2).

    The date begins two characters after the office does; whichever is the longer ends two before the margin. Below an
    office that takes more than one line the date ends four before it.
    """
    signed, dated = width_of(office), width_of(day)
    if signed + 2 > CHARACTERS:
        return 2.0, 4.0
    if signed - dated >= 2:
        return 2.0, signed - dated
    return 4.0 + dated - signed, 2.0
