"""Whether a figure counts in the district that a source is of, or in the whole city or province around it."""

import re
from enum import Enum, auto

from analyzer.facts.sorts import LOOK, SENTENCES
from analyzer.model import Fact
from analyzer.patterns import bounds
from analyzer.patterns.scan import plain_of

_DISTRICT = re.compile(r"[我本全](?:区(?![域间])|县(?!级))")
_AROUND = re.compile(r"[全我](?:市(?![场民区])|州|省)")
_COUNTY_CITIES = "80"
"""Last digits of a county's code from here on are those of a city of its own: its 全市 is the county."""


class Extent(Enum):
    """Of what a figure is one."""

    DISTRICT = auto()
    AROUND = auto()
    UNTOLD = auto()


def extent(text: str, fact: Fact, region: str | None) -> Extent:
    """What the sentence of a figure says last before it; nothing where the source is of no district."""
    if region is None or not region.isdigit() or not "00" < region[4:6] < _COUNTY_CITIES:
        return Extent.UNTOLD
    if not _AROUND.search(text) and not _DISTRICT.search(text):
        return Extent.UNTOLD
    plain = plain_of(text)
    start = bounds.begin(plain, fact.span[0], SENTENCES, LOOK)
    here, around = (
        max((found.end() for found in pattern.finditer(plain, start, fact.span[0])), default=-1)
        for pattern in (_DISTRICT, _AROUND)
    )
    if here == around:
        return Extent.UNTOLD
    return Extent.DISTRICT if here > around else Extent.AROUND
