"""Compounds of a text: by the number of a house or the word 小区 behind their names, and by how their names end."""

import re
from collections.abc import Iterator
from functools import lru_cache

from analyzer.grouping.glue import GLUE, bare
from analyzer.idf import Idf
from analyzer.places.divisions import national
from analyzer.terms import is_trade, keywords
from analyzer.text import words
from crawlers.finder import Finder

_NO_HOME = GLUE + "住的是个这那没不未对给还该此而但号映报诉询"
"""Characters that no compound is called by."""
HOUSES = ("号楼", "栋", "幢")
"""What counts houses."""
_NUMERAL = r"(\d{1,3}|[A-Z]|[一二三四五六七八九十]{1,2})"
"""By what they are counted."""
_HOUSE = rf"{_NUMERAL}(?:{'|'.join(HOUSES)})"
_NUMBER = re.compile(
    rf"(?<![\d共有余约近])(?<![前后这那]面){_HOUSE}(?!到|至|以|楼(?![下上道梯里顶栋单内外前后口])|居民楼|住宅|建筑|危?房)"
)
"""The number of a house, and no count of houses ("共26栋", "12栋楼")."""
_BEGINS = rf"(?:^|(?<=[\W\da-zA-Z{_NO_HOME}家])|(?<=[^小社园校景片]区))"
_CHARACTER = rf"(?:(?![{_NO_HOME}])[\u4e00-\u9fff])"
_HOME = re.compile(rf"{_BEGINS}({_CHARACTER}{{2,6}}?)(?=[全老]?小区|社区|(?:{_NUMERAL}[至到、和~-])*{_HOUSE})")
"""What stands before "小区" or the number of a house is the name of a compound, whatever its form."""
_OWNED = re.compile(rf"{_BEGINS}({_CHARACTER}{{3,6}}?)(?=[一二三四五六七八九1-9]期(?![间限望待刊末中])|业主|物业)")
"""So is what stands before a phase of it, its owners or its keepers, where all of it is rare."""
LEAST = 3
"""Characters of a name that is told by what follows alone."""
_RARE = 6.9
"""Inverse document frequency of each word of such a name."""
_END = re.compile("[苑墅轩邸郡湾阁府]")
_ENDING = re.compile(rf"{_BEGINS}({_CHARACTER}{{2,3}}?(?:[苑墅轩邸郡湾阁]|(?<![政学官])府))")
"""What begins a clause and ends as a compound does, where words are cut otherwise ("碧|湖苑|停车费")."""
_HOME_ENDS = """
    名都 名城 名居 名园 名府 华都 华城 华苑 豪园 豪苑 嘉苑 佳园 家苑 锦苑 锦园 御府 御苑
    御园 府邸 龙城 龙庭 星城 花城 新都 丽都 帝景 水岸 水郡 绿苑 雅苑 雅园 学苑 翠苑 翠园 馨苑 怡园 怡苑
    香榭 香郡 国际城 之城 公园里 书院里 尚品 郡府 云府 官邸 人家 世纪城 港湾 上城 壹号 一号 名门
"""
"""Ends of names of compounds that words do not tell ("丽景名|都")."""
_ENDED = Finder(_HOME_ENDS.split(), longest=True)
_BEFORE_END = re.compile(rf"({_CHARACTER}{{1,4}})$")
_KNOWN = 6.4
"""Inverse document frequency from which a word of the dictionary may be one ("铁路小区", but "居民小区")."""
_SOME = re.compile(
    r"(?:安置|老旧|周边|附近|周围|整个|对面|隔壁|街道|严重|影响|保障房|拆迁|棚户|新建|高档|住宅|很多|全体|本|[一某几两多该])$|^(?:小区|物业|业主|居民|多次|每次)"
)
"""What stands there and names none."""
_WAYS = ("路", "街", "巷", "弄", "大道")
"""Ends of roads: the house has a number there, and no compound."""
_COUNTS = re.compile("第|.{3}[楼线门口桥机院路店窗台井厅馆栋]")
"""Where "一号" is the number of something."""
_TAIL = 2
"""Characters before such an end that tell it, where what stands before them may be anything."""


def compounds(text: str) -> Iterator[str]:
    """The names of compounds in a text."""
    if "小区" in text or "社区" in text or any(map(text.__contains__, HOUSES)):
        yield from filter(_is_home, map(bare, [found[1] for found in _HOME.finditer(text)]))
    owned = _OWNED.finditer(text) if "期" in text or "业主" in text or "物业" in text else ()
    ending = _ENDING.finditer(text) if _END.search(text) else ()
    yield from filter(_is_rare, [bare(found[1]) for found in (*owned, *ending)])
    for start, end, _ in _ENDED.find(text):
        if text[end - 1] == "号" and _COUNTS.match(text, start - 1):
            continue
        if before := _BEFORE_END.search(text, max(0, start - 2 * _TAIL), start):
            own = before[1]
            yield bare((own if len(own) < 2 * _TAIL else own[-_TAIL:]) + text[start:end])


def houses(text: str) -> list[str]:
    """The numbers of the houses that a text speaks of, as they are written."""
    return _NUMBER.findall(text) if any(map(text.__contains__, HOUSES)) else []


@lru_cache(maxsize=1 << 14)
def _is_home(name: str) -> bool:
    if len(name) < 2 or name in national().names or name.endswith(_WAYS):
        return False
    return Idf.load().weight(name) >= _KNOWN and not _SOME.search(name)


@lru_cache(maxsize=1 << 14)
def _is_rare(name: str) -> bool:
    """Whether each word of it is rare, and none is what people complain of."""
    weight, complained = Idf.load().weight, keywords()
    if len(name) < LEAST or _SOME.search(name):
        return False
    return all(weight(word) >= _RARE and word not in complained and not is_trade(word) for word in words(name))
