"""What a name's company says of it: places told in a row, a work's title or another country."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from analyzer.places.abroad import COUNTRIES
from analyzer.places.divisions import Entry
from analyzer.places.names import Mention

_ROW = re.compile(r"、|和|与|及|以及")
"""Between places that are told in a row."""
_PAIR = 2
_BOTH = re.compile(r"[两等][地市县区]|一[线带]|交界|之间")
"""Behind a pair of places."""
_TITLE = re.compile(r"《[^《》\d\n]{1,8}》")
"""A film, a book or a song; a longer one is a headline or a paper that says what it is about."""
_COUNTRY_SIZES = range(2, max(map(len, COUNTRIES)) + 1)


def in_works(plain: str, named: Sequence[Mention]) -> set[int]:
    """Which of the names stand in a film's, a book's or a song's title, by number."""
    if "《" not in plain:
        return set()
    inside = {spot for title in _TITLE.finditer(plain) for spot in range(*title.span())}
    return {number for number, mention in enumerate(named) if mention.start in inside}


def foreign(plain: str, named: Sequence[Mention]) -> set[int]:
    """Which of the names stand right behind another country's, or in a row with one that does, by number.

    A province there is the side of the border that is ours: 缅甸云南边境.
    """
    found = set[int]()
    for number, mention in enumerate(named):
        behind = any(plain[mention.start - size : mention.start] in COUNTRIES for size in _COUNTRY_SIZES)
        in_row = number - 1 in found and _ROW.fullmatch(plain, named[number - 1].end, mention.start)
        if (behind or in_row) and all(entry.level != "province" for entry, _ in mention.readings):
            found.add(number)
    return found


def rows(plain: str, named: Sequence[Mention]) -> Iterable[Sequence[Mention]]:
    """Names told in a row: three or more, or two that are said to be places ("两地") or stand behind a division."""
    row: list[Mention] = []
    for mention in (*named, None):
        if mention is None or (row and not _ROW.fullmatch(plain, row[-1].end, mention.start)):
            if len(row) > _PAIR or (len(row) == _PAIR and (row[0].behind or _BOTH.match(plain, row[-1].end))):
                yield row
            row = []
        if mention is not None:
            row.append(mention)


def around(row: Sequence[Mention], certain: Mapping[int, Sequence[Entry]], told: Collection[Entry]) -> Entry | None:
    """What two or more of a row lie in side by side, one of a pair, or of a row behind that itself.

    `certain` has what needs no help, by mention; `told` what else is told of: where none needs no help, one of these.
    """
    parents = [e.parent for m in row for e in certain.get(id(m), ()) if e.parent is not None]
    beside: Sequence[Entry] = [parent for parent, times in Counter(parents).items() if times > 1 or len(row) == _PAIR]
    if not beside and parents:
        named = [entry for entry, _ in row[0].behind.readings] if row[0].behind else _shared(row)
        beside = [entry for entry in named if entry in parents] or _province(parents)
    elif not beside:
        beside = [entry for entry in _shared(row) if entry in told]
    return beside[0] if len(beside) == 1 else None


def _province(parents: Sequence[Entry]) -> Sequence[Entry]:
    """The province of two or more cities: 中牟、尉氏、扶沟三县."""
    around = {parent.parent for parent in parents if parent.level == "city" and parent.parent is not None}
    return list(around) if len(parents) > 1 and len(around) == 1 else ()


def _shared(row: Sequence[Mention]) -> Sequence[Entry]:
    """Divisions that each of a row may lie in side by side."""
    first, *others = ({e.parent for e, _ in m.readings if e.parent is not None} for m in row)
    return sorted(first.intersection(*others), key=lambda entry: entry.code or "")
