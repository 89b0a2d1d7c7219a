"""Single people named together with a counted group: the driver of "司机和3名乘客受伤" is a fourth."""

import re

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import COUPLES, ONE_PERSON, Meaning
from analyzer.model import Span
from analyzer.patterns import bounds

_AND = re.compile(
    r"(?:以及|连同|[和与及跟、同]|[带领抱扶]着)(?:其他?|[他她我](?:家|们)?的?|另外?|车[上内里]的?|同车的?|同行的?|后排的?|身边的?|一旁的?|路过的?|旁边的?){0,2}$"
)
"""Right before a figure: it goes on with others."""
_ONE = re.compile(
    rf"(?:(?<![\d一二两三四五六七八九十几多][名位个])(?<![\d一二两三四五六七八九十几多每各])(?<![名位个些])(?:(?:{ONE_PERSON})(?:[\u4e00-\u9fff]某某?)?|{'|'.join(COUPLES)})|(?<![跟和与对给让被向把将叫喊求帮])我)"
    r"(?!们)(?=以及|连同|[和与及跟、同]|[带领抱扶]着|$)"
)
_JOINS = re.compile(r"以及|[、和与及跟]|[带领抱]着")
_THEN_ONE = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?:以及|[和与及、])(?:其|另外?|肇事|公交|货车|大巴|客车|轿车|出租车|校车|[大小])?(?P<one>{ONE_PERSON})(?![们等])(?!.{{0,6}}(?:发生|争|冲突|协商))"
)
"""Between a figure and what is said of it: one more, "2名乘客及司机受伤"."""
_HELPERS = re.compile(r"民警|辅警|交警|医生|护士|消防员|保安|目击|其[父母妻夫]?$")
_OTHERS = re.compile(r"[\d一二两三四五六七八九十][名位个]")
_DONE_BY = ("被", "遭", "与", "同", "让", "跟")
_LOOK_BACK = 24
_MARKS = "，。；！？\n：,（("
_MOST = 4


def joined(plain: str, group: Group, meaning: Meaning) -> tuple[int, Span] | None:
    """How many single people share a figure's fate beside those it counts, and where they stand."""
    return _before(plain, group) or _behind(plain, group, meaning)


def _before(plain: str, group: Group) -> tuple[int, Span] | None:
    start = bounds.begin(plain, group.start, _MARKS, _LOOK_BACK)
    window = plain[start : group.start]
    joins = _AND.search(window)
    if joins is None:
        return None
    count, first = 0, joins.start()
    for one in reversed([*_ONE.finditer(window, 0, joins.start())]):
        if one.end() != first and not _JOINS.fullmatch(window, one.end(), first):
            break
        if _HELPERS.search(one.group()) or window.endswith(_DONE_BY, 0, one.start()):
            return None
        count, first = count + (2 if one.group() in COUPLES else 1), one.start()
    return (count, (start + first, group.end)) if 0 < count <= _MOST else None


def _behind(plain: str, group: Group, meaning: Meaning) -> tuple[int, Span] | None:
    said, end = group.words[meaning]
    if not group.end < said <= group.end + _LOOK_BACK:
        return None
    found = _THEN_ONE.search(plain, group.end, said)
    if found is None or _HELPERS.search(found["one"]) or any(mark in plain[group.end : said] for mark in _MARKS):
        return None
    if _OTHERS.search(plain, group.end, found.start()):
        return None  # He stands beside the last of several figures.
    return 1, (found.start("one"), end)
