"""Whether the words around a bare name tell that the place is meant: what is short may be a piece of anything."""

import re

from analyzer.patterns.expressions import guarded
from analyzer.places import branches, towns
from analyzer.places.divisions import Entry, Form
from analyzer.places.names import LEFT_OPEN, Mention
from analyzer.places.scenes import is_acted, is_led_to, is_proper, is_told
from analyzer.places.wares import is_matter, is_plain_matter

_LOCATIVE = guarded(
    r"火车站|高铁站|机场|警方|消防|交警|公安|市民|境内|全市|发生|市区|城区|市场监管|气象|应急|海关|地铁|公交|高速|港|医院|海事|卫健|教育局"
    r"|住建|多地|暴[雨雪]|地震|[均都也]?有?(?:明显|强烈)?震感|突发|高?新区|经开区|高新|开发区|管委会|[今这][天早晚晨几]|昨[天晚夜日]|凌晨|刚刚|这边|[停断供][水电气热暖]|暖气|下[雨雪]"
    r"|大[雨雪雾]|台风|洪水|内涝|火灾|车祸|疫情|某|网友|居民|一(?:小区|居民|学校|工[厂地]|商[场铺]|化工|医院|幼儿园|酒店|饭店|男子|女子|楼)"
    r"|的(?:朋友|亲|家人|网友|兄弟|姐妹|小伙伴|同学|老铁|老乡)"
)
"""What follows a city's name that is an everyday word as well, where the city is meant."""
_WORKS = re.compile(r"[\u4e00-\u9fff]{1,3}[厂船店矿]")
"""What stands in a town: a works, a shop."""
_ON_THE_WAY = re.compile(r"[回来飞]|出发|赶")
_NAMED_AFTER = re.compile(r"[一二三四五六七八九十]?[小中]|学校|幼儿园|医院|[大路街桥广]")
"""What follows an everyday word in another thing's name: 大同小学."""
_OFFICES = re.compile("[委里长城]")
"""Behind 和县: and the county's."""
_BEARINGS = frozenset(("山西", "山东", "河南", "河北", "海南", "江西", "湖南", "湖北", "广东", "广西"))
"""Provinces whose bare name may be a side of something: the west gate of a hill."""
_SIDE = re.compile(r"[侧坡麓]|岸(?!线)|面(?=[有是的下还也在出就却没全都，。、])")
"""Behind those where they are: 山东面有雨."""
_SETTLED = re.compile(r"街头|县城|城区|境内|的?[一某]个[镇乡](?!长)|下面的?[一某]个?[镇乡村](?!长)")
"""What follows the name of a county alone, whatever else the word may be: 仁怀街头."""
_HOME = re.compile(r"(?:家住|住在)$")
_AT_HOME = re.compile(r"[，。！？,.!?\s]|$|的(?!大?房|小区|家)")
"""Before and behind where somebody lives."""
_AND = "和"
"""What joins two words, and begins a county's name: 市里和县里."""
_STANDING = frozenset("湖山东西南北")
"""What a name ends with that many a compound has for its own, or a side of a river or a town."""
_HAN = re.compile(r"[\u4e00-\u9fff]")


def is_spoken_of(plain: str, mention: Mention) -> bool:
    """Whether the words around an everyday word tell that the city of that name is meant: "在长春的", "大同市民"."""
    if branches.belongs(plain, mention.start):
        return False
    if _LOCATIVE.match(plain, mention.end) or branches.is_branch(plain, mention.start, mention.end):
        return True
    if _begins(plain, mention) and mention.whole and is_plain_matter(plain, mention.end):
        return True
    told = is_told(plain, mention) or _ON_THE_WAY.match(plain, mention.end)
    led = bool(told) and mention.whole and is_led_to(plain, mention)
    return led and not _NAMED_AFTER.match(plain, mention.end)


def is_settled(plain: str, mention: Mention) -> bool:
    """Whether what is told of a word that one county is called by is told of counties alone."""
    if _SETTLED.match(plain, mention.end):
        return True
    lives = _HOME.search(plain, max(0, mention.start - 2), mention.start) and _AT_HOME.match(plain, mention.end)
    return bool(lives) and plain[mention.end - 1] not in _STANDING


def is_clear(plain: str, mention: Mention, entry: Entry, *, helped: bool) -> bool:
    """Whether the words on both sides leave a bare name be: what is short may be a piece of anything."""
    form = next(f for e, f in mention.readings if e is entry)
    name = plain[mention.start : mention.end]
    opens = _opens(plain, mention)
    before = mention.behind_word or opens
    if towns.is_left(entry, form):
        known = opens and mention.whole and mention.before_word and len(name) > 2
        return known or (before and is_told(plain, mention))
    if form is Form.SUPPORTED and mention.behind is None and entry.level == "county":
        return opens or bool(mention.inner) or is_told(plain, mention) or is_proper(name)
    if form not in {Form.FREE, Form.FULL} or len(name) > 2 or mention.behind is not None:
        return form is not Form.FULL or len(name) > 2 or _is_beside(entry, mention.behind)
    if form is Form.FULL:
        return opens and not _OFFICES.match(plain, mention.end) if name[0] == _AND else before
    return _is_free(plain, mention, entry, before=before, helped=helped)


def _is_free(plain: str, mention: Mention, entry: Entry, *, before: bool, helped: bool) -> bool:
    """Whether a bare name of two characters that stands anywhere is meant."""
    after = bool(mention.inner) or is_told(plain, mention)
    if entry.level == "province":
        barred = plain[mention.start : mention.end] in _BEARINGS
        return not barred or ((before or after) and not _SIDE.match(plain, mention.end))
    if helped or entry.level == "city":
        return before or after or mention.whole
    return before and (after or _is_told_of_county(plain, mention))


def _is_beside(entry: Entry, before: Mention | None) -> bool:
    """Whether a county lies in what stands before its name or beside that: 南阳 and no 陵县 in 河南阳陵县."""
    around = before.entry if before is not None else None
    return around is None or any(other is entry.parent for other in around.upward())


def _is_told_of_county(plain: str, mention: Mention) -> bool:
    """Whether a county's bare name of which nothing else speaks is told more of than that it stands there."""
    if is_led_to(plain, mention) and _ON_THE_WAY.match(plain, mention.end):
        return True
    if _opens(plain, mention) and (is_matter(plain, mention.end) or (mention.whole and mention.before_word)):
        return True
    return _begins(plain, mention) and mention.whole and not mention.before_word and is_acted(plain, mention)


def _opens(plain: str, mention: Mention) -> bool:
    return _begins(plain, mention) or plain[mention.start - 1] in LEFT_OPEN


def _begins(plain: str, mention: Mention) -> bool:
    return mention.start == 0 or not _HAN.match(plain, mention.start - 1)


def is_town(plain: str, mention: Mention, entry: Entry) -> bool:
    """Whether a place behind its parent is more than a sight that a street or a town is called after."""
    if not any(towns.is_left(e, form) for e, form in mention.readings if e is entry):
        return True
    told = is_told(plain, mention) or _WORKS.match(plain, mention.end) is not None
    return not towns.is_sight(entry) and (told or is_led_to(plain, mention))
