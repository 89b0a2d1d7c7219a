"""Names that tell where somebody or something is from, and not where something happens."""

import re
from collections.abc import Sequence
from itertools import pairwise

from analyzer.places.divisions import Form
from analyzer.places.names import Mention, is_short
from analyzer.places.scenes import is_led_to, is_told
from analyzer.places.wares import AHEAD, BACK, FOLK, is_thing

_THERE = re.compile(r"[^\W\d从到至往回去来]{1,12}(?:的|在[^，。；：！？、,.;:!?\s]{0,8})")
"""Between whose and where: 浙江商人在贵阳, 河南货车在高速湖北咸宁段, 上海建工承建的合肥某工地."""
_OF = re.compile(r"[\u4e00-\u9fff]{0,6}的")
"""Between where and whose, behind what leads to a place: 在东莞打工的贵州老乡."""
_LEADS = frozenset("在到去回往从来至自由与赴进离向于")
_CITIES = frozenset(("110000", "120000", "310000", "500000", "710000", "810000", "820000"))
"""Provinces that are no wider than a city."""
_DIVIDED = re.compile(r"[\u4e00-\u9fff]{2,3}[县市区旗镇乡]")
"""A county or a town that no list knows lies there all the same."""
_BEFORE = re.compile(
    r"(?:(?P<out>[从由])|(?P<man>(?:自己|老[板公婆]|司机|[他她]们?|对方|店主|房东|工头|同[事学]|室友)是)|(?P<home>老家[是在]?|来自于?|[是有]一?[个位名])|产[自于]|原产地?[是为]?|购[自于]|(?:总公司|总部|厂家|卖家)[在是]|(?:归?属地|注册地|(?<![a-z])ip地?址?)(?:[是为在]|显示)?|[寄邮退][回到去]了?|(?:祖籍|原籍|籍贯|户籍(?:所在)?地?)[是为在]?[:：]?)$"
)
"""What stands before where a ware or somebody comes from or goes: 从寿光拉来, 祖籍河南周口, 厂家在佛山, 寄回珠海."""
_SENT = re.compile(
    r"[^，。；：！？、,.;:!?\s]{0,4}?(?:空运|海运|快递|批发|采购|[订网]购|邮寄|[运拉进买寄调捎带邮购贩订批])(?:[回过]?来|货|的(?![路站]))"
)
"""What stands behind it where "从" stands before."""
_IS_FROM = re.compile(
    r"(?:工厂|仓库?)?直?发(?:货(?![车站员场])|(?:[过出]?来)?的[货快件包])|[过赶]?来(?:打工|务工)?的(?![高动列班客火货大]?[车铁巴]|航班|飞机|船|消息|电话|通知|公?函|报道|专家|医[生疗护]|救援|记者|队伍)"
    r"|[人籍](?=[，。；！？、）,.;!?)\s]|$)"
    r"|(?:\d{1,2}月)?\d{1,2}日(?:专?电(?![力网梯话动视信缆器气])|讯)|[电讯](?=[\s(（:：\d]|$)"
)
"""What stands behind it with or without that: 义乌发货, 河南来的小伙, 男，河南省周口市人, 新华社济南3月5日电."""
_TOLD_BEHIND = frozenset("工仓直发过赶来人籍电讯0123456789")
_TOLD_BEFORE = frozenset("从由家是在自于个位名产地为购籍贯户:：示址p回到去了")
"""What those and what stands before begins or ends with."""
_THEIRS = re.compile(rf"的?{FOLK}")
_HIS = re.compile(rf"{_THEIRS.pattern}|的(?=[，。；！,.;!\s]|$)")
"""What stands behind somebody's home, and behind where a third person is from: 司机是安徽阜阳的."""


def whose(plain: str, named: Sequence[Mention]) -> set[int]:
    """Which short names tell whose somebody or something is that the same clause puts elsewhere, by number."""
    found = set[int]()
    for number, (one, other) in enumerate(pairwise(named)):
        led = plain[one.first - 1 : one.first] in _LEADS
        if (_OF if led else _THERE).fullmatch(plain, one.end, other.first) and _are_apart(one, other):
            found.add(number + led)
    return {number for number in found if is_short(named[number]) and not is_told(plain, named[number])}


def is_origin(plain: str, mention: Mention) -> bool:
    """Whether a ware is sent from or to a place, or somebody has come from there: nothing happens there."""
    if plain[mention.end : mention.end + 1] in _TOLD_BEHIND and _IS_FROM.match(plain, mention.end):
        return True
    if plain[mention.first - 1 : mention.first] not in _TOLD_BEFORE:
        return False
    before = _BEFORE.search(plain, max(0, mention.first - BACK), mention.first)
    if before is None:
        return False
    behind = _SENT if before["out"] else _HIS if before["man"] else _THEIRS if before["home"] else None
    return behind is None or behind.match(plain, mention.end) is not None


def comes_from(plain: str, province: Mention) -> bool:
    """Whether a province's short name tells where a thing or somebody comes from: 云南松毛虫.

    What stands there, and what the topics are about, does not come from there but is there: 湖北医保.
    """
    entries = [entry for entry, form in province.readings if form is Form.FREE and entry.code not in _CITIES]
    inside = any(inner.lies_in(entry) for inner, _ in province.inner for entry in entries)
    behind = province.behind is not None or is_led_to(plain, province)
    if not entries or inside or behind or is_told(plain, province) or _DIVIDED.match(plain, province.end):
        return False
    return is_thing(plain[province.end : province.end + AHEAD])


def _are_apart(one: Mention, other: Mention) -> bool:
    """Whether two names stand for places of which neither lies in the other."""
    first, second = one.entry, other.entry
    return first is not None and second is not None and not first.lies_in(second) and not second.lies_in(first)
