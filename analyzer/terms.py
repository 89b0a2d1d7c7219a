"""What grouping compares of a text: the words of its title and lead, and pairs of them that look like names."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from analyzer.idf import UNHEARD, Idf
from analyzer.text import words
from analyzer.topics import topic_list

LEAD = 150
"""Characters after the title that are read: what happened, and where, is said first; what follows is colour."""
_LETTERED = re.compile(r"(?<![a-z0-9])[a-z]\d{0,2}[省市县区](?=[\u4e00-\u9fff])")
"""A division whose name has been taken out ("a市", "b3区"): no word of a dictionary begins with its end."""
JOINT = "·"
"""Between the words of a pair; in no word of its own."""
_FEW = 5.0
"""Inverse document frequency from which a word may be part of a name."""
_NAMING = 12.0
"""Sum of both from which a word and a kind of place are a name ("平安巷", but not "人民医院")."""
_EVERYDAY = "人民 幸福 健康 文化 劳动 平安 和谐 科技 工业 体育 教育 生态 民主 青年 公园 车站 商业 发展 新建 时代"
_CALLED = frozenset(_EVERYDAY.split())
"""Everyday words that roads are called by."""
_ROADS = frozenset("路街巷弄桥村镇苑")
_PROPER = 8.0
"""Inverse document frequency from which a word with such an end is a name, and no kind of road."""
_HOUSES = frozenset("城府厂湾郡邸庄园轩墅阁")
_OWN_NAME = 9.6
"""Inverse document frequency from which a word with an end of these is a house's name ("阳光城")."""
_NO_HOUSES = re.compile(r"(?:政府|学府|厂|[大县新古名商长品材贸机游车配]城|[学公业技游念范乐校家菜果]园|[海大港]湾)$")
"""Ends of words for a house of some sort, and of no name."""
_RARE = 9.0
"""Inverse document frequency of a name that stands before a kind of house, or before a word that ends so."""
_NO_NAME = re.compile(
    r"^[那这几整各多一两每某本该有半全却没都还又面]|[去往到在被与跟会该是等对为给向了着过的栋家座排全]$|^[二三四五六七八九十]号$|^[一二三四五六七八九十百两几\d]+$"
    r"|^[一二三四五六七八九十百两几]+楼$"
    r"|^(?:公|民|私)[办立营]|^(?:普惠|配套|附近|周边|对面|旁边|隔壁|楼下|楼上|门口|后面|前面)"
    r"|^(?:首末|公交|地铁|高铁|定点|职业|技术|早餐|夜宵|美食|商业|住宅|安置|老旧|居民|业主|送餐|供餐)"
)
"""What stands before a kind of house and is not its name: a verb, a count, "that"."""
_NO_ROADS = re.compile(
    r"(?:(?:[道公铁土]|之|水泥|泥巴|快速|断头|柏油|石子)路|天桥|立交桥|高架桥|便桥|炸街|城中村|自然村)$"
)
"""Ends of words for a road or a village of some sort, and of no name."""
_WORKS = frozenset("厂馆房店站院校场吧")
_WITHIN = "里"
"""A kind of quarter, but behind most words no more than "in"."""
_INSIDE = re.compile(r"[子儿头串]$")
"""What has an inside and no name ("月子里", "羊肉串里")."""
_LINE = "路"
"""What follows the number of a bus line."""
SORTS = {
    "school": "小学 中学 学校 学院 大学 幼儿园 校",
    "works": "产业园 工业园 科技园 物流园 创业园 煤矿 码头 渡口 景区 水厂 电厂 "
    "医院 卫生院 市场 商场 超市 酒店 饭店 工地 工厂 公司 厂 矿 院 馆 店 站 坊 吧 房 场 库",
    "road": "东路 西路 南路 北路 中路 东街 西街 南街 北街 大街 大道 大桥 隧道 路 街 巷 弄 桥",
    "water": "水库 河 湖 江 渠 港 坝",
    "town": "街道 镇 乡",
    "home": (
        "小区 家园 花园 新村 公寓 山庄 公馆 广场 大厦 宿舍 新城 国际 雅居 花苑 佳苑 嘉园 名苑 豪庭 华庭 华府 景苑 社区 "
        "名邸 一村 二村 三村 四村 五村 一区 二区 三区 四区 五区 六区 "
        "东区 西区 南区 北区 中区 苑 园 府 居 里 阁 庭 楼 郡 邸 庄 湾 轩 墅 城 村"
    ),
}
"""What a name's end says that it is."""
_WAYS = frozenset(SORTS["road"].split())
_NO_PAIR = {"街道", "吧", "场", "房"}
"""Of these what is no name behind another word."""
_SMALL = "小"
"""What many a kindergarten's name begins with ("小太阳幼儿园")."""
_SCHOOLS = frozenset(SORTS["school"].split())
_OF_NO_SORT = {"公园", "塔", "寺"}
"""What is one, and says no more."""
_TRADE = (
    "健身 教育 培训 驾校 美容 美发 理发 瑜伽 舞蹈 游泳 口腔 整形 药房 药店 影城 影院",
    "置业 地产 建筑 劳务 装饰 家装 制衣 物流 早教 托育",
)
_VERBS = frozenset("要加学会想教去练办做")
"""Before what a firm does they say that somebody does it ("要加游泳")."""
_TRADES = frozenset(trade for line in _TRADE for trade in line.split())
"""What a firm does: behind a name that nobody else has it is the firm ("力能健身")."""
_KINDS = frozenset(end for ends in SORTS.values() for end in ends.split()) - _NO_PAIR | _OF_NO_SORT
"""What the second word of a named place or house says that it is."""
PLACE_ENDS = (
    frozenset(kind[-1] for kind in _KINDS) | _ROADS | _HOUSES | _WORKS | {_LINE} | {trade[-1] for trade in _TRADES}
)
"""Last characters of all that may be a place: nothing else is looked at closely."""


def terms(text: str, *, titled: bool = False) -> tuple[str, ...]:
    """Content words of a normalised text, those of its first line twice where that is a title, then its pairs."""
    title_end = max(text.find("\n"), 0) if titled else 0
    title, text = text[:title_end], text[: title_end + LEAD]
    if _LETTERED.search(text):
        title, text = _LETTERED.sub(r"\g<0> ", title), _LETTERED.sub(r"\g<0> ", text)
    cut = words(text)
    return (*filter(_telling, words(title)), *filter(_telling, cut), *_pairs(cut))


def is_pair(term: str) -> bool:
    """Whether a term is two words that stand side by side, as in a name that no dictionary has."""
    return JOINT in term


@lru_cache(maxsize=1 << 16)
def is_place(term: str) -> bool:
    """Whether the second word of a pair is a kind of place or house, or a word names a road or a village."""
    if JOINT in term:
        one, _, kind = term.partition(JOINT)
        trade = kind in _TRADES and one[0] not in _VERBS
        return kind in _KINDS or _works(kind) or (trade and Idf.load().weight(one) >= _RARE)
    if len(term) < 3 or term[-1] not in _ROADS | _HOUSES or _NO_NAME.search(term) or _NO_ROADS.search(term):
        return False
    weight = Idf.load().weight(term)
    if term[-1] in _ROADS:
        return weight >= _PROPER
    return weight >= UNHEARD or (weight >= _OWN_NAME and not _NO_HOUSES.search(term))


def _pairs(cut: Sequence[str]) -> Iterable[str]:
    weight = Idf.load().weight
    for before, one, other in zip(("", *cut), cut, cut[1:], strict=False):
        if not _han(other):
            continue
        if not _han(one):
            if one.isdecimal() and other == _LINE:
                yield f"{one}{JOINT}{other}"
        elif other in _KINDS or _works(other):
            letters = len(one) == 1 and len(before) == 1 and _han(before) and not _NO_NAME.search(one)
            if letters or (before == _SMALL and other in _SCHOOLS):
                yield f"{before}{one}{JOINT}{other}"
            elif _names(one, other):
                yield f"{one}{JOINT}{other}"
        elif min(weight(one), weight(other)) >= _FEW:
            yield f"{one}{JOINT}{other}"


def _names(one: str, kind: str) -> bool:
    """Whether a word before a kind of house is its name."""
    weight = Idf.load().weight
    if one in keywords() or _NO_NAME.search(one):
        return False
    if kind == _WITHIN and _INSIDE.search(one):
        return False
    if kind == _WITHIN or kind not in _KINDS:
        return weight(one) >= _RARE
    return (one in _CALLED and kind in _WAYS) or (len(one) + len(kind) > 2 and weight(one) + weight(kind) >= _NAMING)


def is_trade(word: str) -> bool:
    """Whether a word says what a firm does."""
    return word in _TRADES


@cache
def keywords() -> frozenset[str]:
    """Words of a topic: before "公司" they say what it does ("供电公司")."""
    return frozenset(topic_list().keywords)


def _works(word: str) -> bool:
    """Whether a word says what is done in a house ("塑料厂"), so that what stands before it may be its name."""
    return len(word) > 2 and word[-1] in _WORKS and word not in _KINDS


def _telling(word: str) -> bool:
    """Whether a word may tell two happenings apart: at least two characters, and no number."""
    return len(word) > 1 and not word.isnumeric()


def _han(word: str) -> bool:
    return "\u4e00" <= word[0] <= "\u9fff"
