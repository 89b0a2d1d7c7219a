"""The source's own county and city by their short names: 朝阳 is another place in Beijing than in Liaoning."""

import re
from collections.abc import Sequence
from functools import lru_cache

from analyzer.patterns.expressions import guarded
from analyzer.places.divisions import Entry, Form
from analyzer.places.names import LEFT_OPEN, Mention
from analyzer.places.towns import MUNICIPALITIES

_RANKS = {"county": 0, "city": 1}
"""How near what the source lies in is; a county of its city comes next."""
_LIVED_IN = guarded(
    r"[这那](?:[边里块片儿]|一[带片块])|[停断供来][水电气热暖网](?!池|站厅)|居民(?!身份)|街坊|业主"
    r"|的?(?:街坊|邻居|居民|业主|父老|朋友们?|乡亲|老铁)|全[区县旗]"
)
"""What follows a name that those who live there say."""
_TOLD = guarded(
    r"一(?:小区|居民|住宅|学校|工[厂地]|商[场铺]|化工|幼儿园|酒店|饭店|宾馆|网吧|民宿|仓库|胡同|煤矿|出租屋|男子|女子|老人"
    r"|[家所名位处栋幢座](?![一二三四五六七八九十])|[\u4e00-\u9fff]{1,4}[厂店矿楼馆院场库](?![里长]))"
    r"|[下降][了着起]?(?:大|暴|特大|小|中)?[雨雪冰雹]|刮[起了]?[大台妖]风"
)
"""What follows it in a report of what happens there."""
_LATELY = re.compile(r"[今昨前这]几?[天日早晚晨]|凌晨|刚[才刚]|多[地处个]|某")
"""The same, where no wider place has that name."""
_LEAD = re.compile(r"(?:住|[人我们]在|[租搬嫁]在|搬[到来去])$")
_STAYS = re.compile(
    r"(?:[，。！？；、,.!?;\s]|$|的|[这那]|附近|好?[几两三多十\d]+年)(?![\u4e00-\u9fff]?[小家花][区园])"
)
"""Before and behind a place that somebody lives in."""
_AT = frozenset("在到去来")
_BUSY = re.compile(r"(?:上班|租[房住]|打工|工作|做生意|读书|上学|开店|跑车|住)")
"""Before and behind where somebody is day by day."""
_SIGHTS = frozenset("湖河江海山楼塔桥门林")
"""What a name ends with that stands or lies there as well: of that something is told of late."""
_ANYWHERE = """
    公安 比如 通道 港口 平房 大厂 运河 温泉 中方 清水 天桥 商城 灯塔 合作 互助 古城 老城 矿区 郊区 城区 台前 站前
    湖里 江岸 坡头 洞口 天台 新建 延长 前进 友好 南部 前锋 宏伟 富裕 丰满 钟楼 宝塔 盐池
"""
_WORDS = frozenset(_ANYWHERE.split())
"""Names that are words for what is anywhere, and so stand with their kind alone (公安县)."""
_DAYS = frozenset("天晚早晨午夜日刚")
"""What a time ends with, behind which a place is told: 今天朝阳."""
_WIDER = re.compile(r"[全]?市|地铁|机场|[火高动]|[东南西北]站|城区|地区")
"""What follows a city's name where the county of that name is not meant."""


def near(home: Entry | None, readings: Sequence[tuple[Entry, Form]]) -> bool:
    """Whether one of what a name stands for is the source's own county or city, or a county of that city."""
    return home is not None and any(_rank(entry, home) is not None for entry, _ in readings)


@lru_cache(maxsize=16_384)
def _rank(entry: Entry, home: Entry) -> int | None:
    """How near a county or a city is: 0 and 1 where the home is or lies in it, 2 in the same city."""
    if entry.level not in _RANKS:
        return None
    if any(_is_same(entry, e) for e in home.upward()):
        return _RANKS[entry.level]
    mine, theirs = _around(home), _around(entry)
    return 2 if entry.level == "county" and mine and theirs and _is_same(mine, theirs) else None


def _around(entry: Entry) -> Entry | None:
    return next((e for e in entry.upward() if e.level == "city" or e.code in MUNICIPALITIES), None)


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries are one: a district's own list may tell a national place anew."""
    return one is other or (one.code is not None and one.code == other.code)


def own(plain: str, mention: Mention, company: Sequence[Entry], home: Entry | None) -> Entry | None:
    """The source's own place that a short name means, where the words around tell of one and none of another."""
    found = _nearest(mention, home) if home is not None and mention.behind is None else None
    if found is None or plain[mention.start : mention.end] in _WORDS or not _opens(plain, mention.start):
        return None
    rank, entry = found
    others = [e for e, _ in mention.readings if e is not entry]
    if _is_anothers(plain, mention, entry, others, company):
        return None
    wider = [e for e in others if e.level == "province" or entry.lies_in(e)]
    if _LIVED_IN.match(plain, mention.end) or _is_led(plain, mention, alone=not wider):
        return entry
    apart = any(_is_apart(e, entry, others) for e in company) or (rank > 1 and wider)
    return entry if not apart and _is_reported(plain, mention, alone=not wider) else None


def _nearest(mention: Mention, home: Entry) -> tuple[int, Entry] | None:
    """The one nearest place that a short name may stand for, and how near it is."""
    ranks = [(rank, e) for e, form in mention.readings if _is_short(form) and (rank := _rank(e, home)) is not None]
    first = min((rank for rank, _ in ranks), default=None)
    nearest = [one for one in ranks if one[0] == first]
    return nearest[0] if len(nearest) == 1 else None


def _is_anothers(plain: str, mention: Mention, entry: Entry, others: Sequence[Entry], company: Sequence[Entry]) -> bool:
    """Whether what else is told, or the next word, speaks for another place of that name."""
    if any(_speaks_for(one, others, entry) for one in (*company, *(e for e, _ in mention.inner))):
        return True
    return any(entry.lies_in(e) for e in others) and _WIDER.match(plain, mention.end) is not None


def _is_short(form: Form) -> bool:
    return form is not Form.FULL and form is not Form.OWN


def _speaks_for(one: Entry, others: Sequence[Entry], entry: Entry) -> bool:
    """Whether a place that is told leads to another of that name."""
    if one is entry or one.lies_in(entry) or one in others:
        return False
    return any((one.lies_in(e) or e.lies_in(one)) and not entry.lies_in(one) for e in others)


def _is_apart(one: Entry, entry: Entry, others: Sequence[Entry]) -> bool:
    """Whether a place that is told lies in another city than the source's own."""
    return one not in others and not any(one.lies_in(e) for e in entry.upward() if e.level != "province")


def _opens(plain: str, start: int) -> bool:
    before = plain[start - 1 : start]
    return not before.isalnum() or before in LEFT_OPEN or before in _DAYS


def _is_led(plain: str, mention: Mention, *, alone: bool) -> bool:
    """Whether somebody lives or, of a name that no wider place has (`alone`), is or works there."""
    start, end = mention.start, mention.end
    if alone and plain[start - 1 : start] in _AT and _BUSY.match(plain, end):
        return True
    lead = _LEAD.search(plain, max(0, start - 2), start)
    return lead is not None and (alone or lead[0] == "住") and _STAYS.match(plain, end) is not None


def _is_reported(plain: str, mention: Mention, *, alone: bool) -> bool:
    """Whether something is told to happen there, and nothing that goes on at what has the name."""
    lately = alone and plain[mention.end - 1] not in _SIGHTS and _LATELY.match(plain, mention.end)
    return bool(lately) or _TOLD.match(plain, mention.end) is not None
