"""Names of private persons: recognised by how they look and where they stand, or said to be names by a form."""

from collections.abc import Iterator, Sequence

import rjieba

from crawlers.masking import fields
from crawlers.masking.cities import is_city
from crawlers.masking.counties import is_county, is_town
from crawlers.masking.evidence import cued
from crawlers.masking.lexicon import BODIES, OFFICES, SLIPPERY_SURNAMES
from crawlers.masking.look import Batch
from crawlers.masking.recogniser import Found, bundled
from crawlers.masking.renowned import PERSONS
from crawlers.masking.span import Span

NAME = "【姓名】"

# A text with more names than this is a list of them, each found in its own place.
_MAX_NAMES = 200


def find(batch: Batch) -> list[list[Span]]:
    """Return the names in each text of a batch ."""
    recognised = bundled().find(batch)
    return list(map(_of_text, batch.shadows, recognised, batch.look.fields))


def _of_text(shadow: str, names: Sequence[Found], in_form: bool) -> list[Span]:  # noqa: FBT001  # one of three columns
    found = {name.start: name.end for name in names if not _of_nobody(shadow, name.start, name.end)}
    if in_form:
        for start, end in fields.find(shadow):
            found[start] = max(end, found.get(start, 0))
    if found:
        found = {start: end for start, end in found.items() if not _in_office(shadow, start, end)}
    if "某" in shadow:
        somebody = (match.span() for match in fields.SOMEBODY.finditer(shadow))
        found |= {at: end for at, end in somebody if fields.surname(shadow, at) and shadow[at] not in SLIPPERY_SURNAMES}
    if not found:
        return []
    return [(start, end, NAME) for start, end in {*found.items(), *_again(shadow, found)}]


def is_person(name: str) -> bool:
    """Whether a whole string reads as a person's name: 李明 does, 应急管理局 does not."""
    (names,) = bundled().find(Batch.fold([name]))
    return any(found.start == 0 and found.end == len(name) for found in names)


def is_handle(name: str) -> bool:
    """Whether a speaker's name tells who it is; a common word (市民), an office, a place or a short number does not."""
    if name.isdigit():
        return len(name) >= 5
    if name.endswith(BODIES):
        return False
    return len(name) > 1 and (is_person(name) or not rjieba.has_word(name))


_GRANDPARENTS = {"爷", "祖", "婆"}
"""Before "孙" it is a grandchild, and nobody's name: "爷孙三人"."""
_SHARE = ("占比", "占总", "占全")
"""Behind "用户" it looks like a name: "停电用户占比升至54%"."""


def _of_nobody(shadow: str, start: int, end: int) -> bool:
    """Whether somebody of history or legend, or a place is spoken of: 诗人李白, and not 患者李白."""
    name = shadow[start:end]
    if name.startswith("祖孙") or (name[0] == "孙" and shadow[max(0, start - 1) : start] in _GRANDPARENTS):
        return True
    place = is_city(name) or is_county(shadow, start, end) or is_town(shadow, start, end)
    return name.startswith(_SHARE) or ((place or name in PERSONS) and not cued(shadow, start))


def _in_office(shadow: str, start: int, end: int) -> bool:
    """Whether somebody is named in an office: 区长王建设, 王建设区长."""
    before = shadow[max(0, start - 4) : start]
    return (before.endswith(OFFICES) and not before.endswith("班主任")) or shadow.startswith(OFFICES, end)


def _again(shadow: str, found: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield every other place where a full name that was found stands."""
    for name in sorted({shadow[start:end] for start, end in found.items()})[:_MAX_NAMES]:
        if len(name) < 2:
            continue
        at = shadow.find(name)
        while at >= 0:
            if at not in found and (len(name) > 2 or not (_inside_word(shadow, at) or _inside_word(shadow, at + 2))):
                yield at, at + len(name)
            at = shadow.find(name, at + len(name))


def _inside_word(shadow: str, at: int) -> bool:
    """Whether a word runs over this place."""
    position = max(0, at - 4)
    for word in rjieba.cut(shadow[position : at + 3]):
        if position < at < position + len(word):
            return bool(rjieba.has_word(word))
        position += len(word)
    return False
