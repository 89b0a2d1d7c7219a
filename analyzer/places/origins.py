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
    r"(?:(?P<out>[从由])|(?P<man>(?:自己|老[板公婆]|司机|[他她]们?|对方|店主|房东|工头|同[事学]|室友)是)|(?P<born>(?:老家|家乡|户口|娘家)[是在])|嫁[到去往]|(?P<home>老家|来自于?|[是有]一?[个位名])|产[自于]|原产地?[是为]?|购[自于]|(?:总公司|总部|厂家|卖家)[在是]|(?:归?属地|注册地|(?<![a-z])ip地?址?)(?:[是为在]|显示)?|[寄邮退][回到去]了?|(?:祖籍|原籍|籍贯|户籍(?:所在)?地?)[是为在]?[:：]?)$"
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
_TOLD_BEFORE = frozenset("从由家嫁去往是在自于个位名产地为购籍贯户:：示址p回到去了")
"""What those and what stands before begins or ends with."""
_THEIRS = re.compile(rf"的?{FOLK}")
_HIS = re.compile(rf"{_THEIRS.pattern}|的(?=[，。；！,.;!\s]|$)")
"""What stands behind somebody's home, and behind where a third person is from: 司机是安徽阜阳的."""

_BORN = re.compile(rf"{_THEIRS.pattern}|的(?![房老屋宅院楼店厂门地田果山村路水电桥祖坟])(?=[\u4e00-\u9fff])")
"""What stands behind where somebody's home is told to be, and no house of his: 老家在信阳的小吴."""
_KIN = (
    r"(?:[表堂][哥弟姐妹兄]|[姐妹]夫|[大小二三老]?[舅姨姑叔伯婶嫂]{1,2}|外甥女?|侄[子女]|亲[戚家]|老?同学|战友|朋友|闺蜜|[哥弟姐妹]{1,2}"
    r"|岳[父母]|丈[人母]娘?|女婿|儿媳|[爷奶爸妈]{1,2}|父母|外[公婆]|网友|客户)"
)
_CAME = re.compile(rf"的{_KIN}(?:在(?:我|咱|这|本|楼|隔壁)|[给来]|[^，。；！？、,.;!?\s]{{0,3}}[送寄捎带][了来过给])")
"""Behind where somebody is from who is here now, or sends something: 柳州的表妹在我们小区."""
_ONCE = re.compile(
    r"(?:早年|当年|那年|年轻时?|年轻的时候|年轻那会儿?|小时候?|从前|以前|曾经?|上大学时|当兵时|\d{1,2}年前|[几十]年前)[^，。；！？、,.;!?\s]{0,4}[在到去]$"
)
_LIVED = re.compile(
    r"[^，。；！？、,.;!?\s]{0,6}?(?:住|待|呆|念|读|学|当|做|干|开|打|作|活|教|租|卖|游|玩|逛|书|班|工|兵)[过了](?![来去程敏期夜])"
)
"""Before and behind where somebody was long ago: 早年在拉萨住过."""
_LEARNT = re.compile(r"[^，。；！？、,.;!?\s]{0,2}?(?:[读念]过|[教念读]过书|打过工|当过兵|支过教)")
"""Behind where somebody was long ago, whenever that was."""
_WHOSE = "的"
_LED = frozenset("在到去")
_FAR = 16
"""Characters before a name that hold when somebody was there."""
_WAY = 2
_BOUND = frozenset(("开往", "驶往", "飞往", "前往", "发往", "去往"))
_GOING = re.compile(r"的[^，。；！？、,.;!?\s]{0,8}?[车船机班轮列][^，。；！？、,.;!?\s]{0,4}?(?:[在于经到至]|途经)")
"""Before and behind where something goes that another place is told of: 开往成都的列车在达州."""


def whose(plain: str, named: Sequence[Mention]) -> set[int]:
    """Which short names tell whose somebody or something is that the same clause puts elsewhere, by number."""
    found, bound = set[int](), set[int]()
    for number, (one, other) in enumerate(pairwise(named)):
        start = one.first - _WAY
        away = plain[start : one.first] in _BOUND and not (number and named[number - 1].end == start)
        if away and _GOING.fullmatch(plain, one.end, other.first):
            bound.add(number)
        led = plain[one.first - 1 : one.first] in _LEADS
        if (_OF if led else _THERE).fullmatch(plain, one.end, other.first) and _are_apart(one, other):
            found.add(number + led)
    return bound | {number for number in found if is_short(named[number]) and not is_told(plain, named[number])}


def is_origin(plain: str, mention: Mention) -> bool:
    """Whether a ware is sent from or to a place, or somebody comes from or was there: nothing happens there."""
    if plain[mention.end : mention.end + 1] in _TOLD_BEHIND and _IS_FROM.match(plain, mention.end):
        return True
    if _is_kin(plain, mention) or _is_once(plain, mention):
        return True
    if plain[mention.first - 1 : mention.first] not in _TOLD_BEFORE:
        return False
    before = _BEFORE.search(plain, max(0, mention.first - BACK), mention.first)
    if before is None:
        return False
    told = {"out": _SENT, "man": _HIS, "home": _THEIRS, "born": _BORN}
    behind = next((told[kind] for kind in told if before[kind]), None)
    return behind is None or behind.match(plain, mention.end) is not None


def _is_kin(plain: str, mention: Mention) -> bool:
    return plain[mention.end : mention.end + 1] == _WHOSE and _CAME.match(plain, mention.end) is not None


def _is_once(plain: str, mention: Mention) -> bool:
    if plain[mention.first - 1 : mention.first] not in _LED:
        return False
    if _LEARNT.match(plain, mention.end):
        return True
    if _LIVED.match(plain, mention.end) is None:
        return False
    return _ONCE.search(plain, max(0, mention.first - _FAR), mention.first) is not None


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
