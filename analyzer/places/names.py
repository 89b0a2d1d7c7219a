"""Names of places in a text: found at word boundaries, and no part of a road, a dish, a firm or a person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import rjieba

from analyzer.places import towns
from analyzer.places.branches import is_branch
from analyzer.places.cuts import runs_on
from analyzer.places.gazetteer import Entry, Form, Gazetteer, Readings
from analyzer.places.namesakes import called_after, ware, whose_home

_NAMED = frozenset((Form.FULL, Form.FREE))
_SHORT = 2
MOST = 2_000
"""Names looked at in one text."""

CALLED_AFTER = (
    r"(?:小学|中学|学校|幼儿园|医院|派出所|社区|花园|广场|大厦|市场|商场|酒店|宾馆|站(?![点台前口])"
    r"|桥(?![头面上下墩梁身洞边])|路(?![口面段灯边旁上中牌])|街(?![口头道边上])|村|苑)"
)
"""What follows a name when the whole names another thing: a compound may be called 小区 where its entry is not."""
_ANOTHER = {"road": re.compile(rf"{CALLED_AFTER}|小区"), "compound": re.compile(CALLED_AFTER)}
_TOWNS_THING = re.compile(rf"{CALLED_AFTER}|国际|机场")
_SHOPS = ("店", "馆", "厂", "铺")
"""What stands somewhere, and is sold nowhere."""
_WITHIN = frozenset("面边头")
"""What makes "里" no part of a name."""
_SUFFIX_WORDS = re.compile(
    r"[市区县镇乡州](?:民|长|委|政|府|政府|城|里|上|区|内|中心|情|直|属|级|境|级市|气象|公安|教育|应急|人民)"
    r"|桥下[了车]|同一(?=[家所名位处栋座居住学工商男女酒饭化医幼仓小煤])"
)
"""Words that begin with a division's last character and still speak of it, or do so by chance: 大同一居民楼."""
_WORD_REST = frozenset(
    (
        "区",
        "省",
        "站",
        "县",
        "办",
        "港",
        "市",
        "市区",
        "地区",
        "岛",
        "半岛",
        "群岛",
        "段",
        "警方",
        "西站",
        "南站",
        "北站",
        "东站",
        "油田",
        "工业园区",
        "工业园",
        "开发区",
        "高新区",
        "新区",
        "城区",
        "境内",
        "政府",
        "机场",
        "火车站",
        "办事处",
        "公安局",
        "人民政府",
        "地震",
    )
)
"""Ends of dictionary words that begin with a place and still speak of it."""
_OFFICE = re.compile(r"某|.{1,5}(?:局|厅|法院|检察院|开发区|医院)|特区")
"""The same ends in what is there or governs it: 广州某, 北京旅游局."""
_ROAD = re.compile(r".{2,8}[东西南北中][路街]|.{3,9}[路街]|.{2,8}大[道街]")
"""A city's street that the dictionary knows together with the city: 上海南京东路."""
_BIG = re.compile(r"大(?:地震|[火雨雪雾]|爆炸|停电|面积)")
"""What is big, and no university: 唐山大地震."""
_PLAIN = frozenset(
    "王李刘陈杨赵吴徐孙朱胡郭林郑梁韩冯邓曹彭肖董袁潘蒋蔡杜叶魏吕丁沈姚卢姜崔谭汪范廖贾韦邹孟熊邱尹薛闫雷侯陶黎贺顾郝龚邵钱覃莫孔朴阎傅邬萧"
    ""
)
"""Surnames that are hardly anything else."""
_NOUNS = frozenset("张周马唐宋秦苏陆史钟夏黄石金江龙方白毛武汤程田许罗何高万严")
"""Surnames that end or stand for other things: only where something begins."""
_VERBS = frozenset("于任向安常易余曾付谢戴段")
"""Surnames that are words too: only behind what somebody is."""
_LEADS_TO = frozenset("于向")
"""Of these, what leads to a place: 记者于北京."""
_LONG = frozenset(("欧阳", "司马", "上官", "诸葛", "慕容", "令狐", "皇甫", "公孙", "夏侯", "端木"))
"""Surnames of two characters."""
_SURNAMES = _PLAIN | _NOUNS | _VERBS
_BEGINS = frozenset("的和与跟被找叫让给问")
"""Characters behind which somebody may be named."""
_NAMED_BEFORE = """
    病人 司机 乘客 护士 校长 同学 市民 店主 老板 经理 男子 女子 老人 男孩 女孩 儿子 女儿 丈夫 妻子 邻居
    同事 嫌犯 车主 房东 租客 游客 责人 主任
"""
_ROLES = frozenset(_NAMED_BEFORE.split())
_KINDS = frozenset("者员生师友警工民")
"""What somebody is, told right before the name, and what such words mostly end with: 消防员, 环卫工."""
_AGED = re.compile(r"[,，(（][男女\d]|[,，(（]今年\d")
_DEGREE = re.compile(r".?[很太挺更最够]$|非常|十分|比较|还算|特别|相当|有点")
"""What stands before a quality: 态度还算平和."""
_WATERS = frozenset("湖江河")
_HAMLETS = frozenset("岗坪坡寨崖沟岭")
"""Behind a county's name, alone, it is a hamlet's or a field's: 望城岗."""
_SHORE = re.compile(r"[边畔岸]|水[面位质]|里(?!区)|景区|风景")
"""Behind what is called like a lake it is the lake: 杭州西湖边."""
_IS_CALLED = frozenset(("我叫", "他叫", "她叫", "名叫", "位叫"))
"""Before somebody's name."""
_CHAINED = re.compile(r"(?:地区)?[\s·\-/|]{0,2}")
LEFT_OPEN = frozenset(
    "在于从到往至由是和与及、，。；：:,.!?！？（(【[“\"' \n\t我们你他她它家了的住去来赴经过距离向对给让该本这那某将被把"
)
"""Characters behind which a name may begin: marks, and words that lead to a place."""
_TORN = re.compile(
    r" (?=[\u4e00-\u9fff])(?:(?<=(?<![\u4e00-\u9fff])[\u4e00-\u9fff] )|(?<=[\u4e00-\u9fff] )(?=.(?![\u4e00-\u9fff])))"
)
"""A space beside a character that stands alone: 郑 州."""


@dataclass(slots=True)
class Mention:
    """One name in the text, what it may stand for, and the entry that was settled on.

    `behind` is the name right before it. Around it stand words of two characters or more (`behind_word`,
    `before_word`) or other names (`inner`, what they may stand for, even inside a word). `whole`: the dictionary
    has it as a word, and no surname stands before it. `first`: where the row of names that it ends begins.
    """

    start: int
    end: int
    readings: Readings
    behind: "Mention | None" = None
    behind_word: bool = False
    inner: Readings = ()
    whole: bool = False
    before_word: bool = False
    entry: Entry | None = None
    first: int = 0


def is_short(mention: Mention) -> bool:
    """Whether a place was told by its short name: it alone may be a piece of another thing's."""
    return all(form not in {Form.FULL, Form.OWN} for entry, form in mention.readings if entry is mention.entry)


Hit = tuple[int, int, Readings, int]
"""Start, end, readings, and how far the name stands alone (`gazetteer.alone`)."""


def scan(gazetteer: Gazetteer, plain: str, home: Entry | None) -> list[Hit]:
    """Names anywhere in a normalised text, overlapping ones too, at most `MOST` of each kind.

    What is left of a town's name is one behind a division, in the source's region or where its county is named.
    """
    hits = gazetteer.names(plain)[:MOST]
    left = [*towns.within(plain, home, home=True), *towns.together(plain)] if home is not None else []
    counties = dict[int, Entry]()
    for _, end, readings, free in hits:
        left += towns.behind(plain, end, readings)
        if free > 1:
            counties.update((id(e), e) for e, form in readings if form in _NAMED and e.level == "county")
    for county in counties.values():
        left += towns.within(plain, county, home=False)
    streets = islice(chain(gazetteer.streets(plain), left), MOST)
    return [*hits, *((start, end, readings, 1) for start, end, readings in streets)]


def joined(plain: str) -> tuple[str, Sequence[int]]:
    """A text without the spaces that tear its words, and where each of its characters stood."""
    torn = {match.start() for match in _TORN.finditer(plain)} if " " in plain else set()
    spots = [spot for spot in range(len(plain)) if spot not in torn] if torn else range(len(plain))
    return ("".join(plain[spot] for spot in spots) if torn else plain), spots


def mentions(plain: str, hits: Sequence[Hit]) -> list[Mention]:
    """Names at word boundaries, the longest first, none inside another."""
    by_start: dict[int, dict[int, Readings]] = {}
    for start, end, readings, _ in hits:
        ends = by_start.setdefault(start, {})
        ends[end] = ends[end] + tuple(r for r in readings if r not in ends[end]) if end in ends else readings
    inside = _inside_words(plain)
    found: list[Mention] = []
    taken = 0
    for start in sorted(by_start):
        if start < taken:
            continue
        before = found[-1] if found and _CHAINED.fullmatch(plain, found[-1].end, start) else None
        for end, readings in sorted(by_start[start].items(), key=_longest):
            goes_on = any(
                _ends_a_name(plain, after, inside) and not all(towns.is_left(*one) for one in beside)
                for after, beside in by_start.get(end, {}).items()
            )
            broken = end in inside and not (goes_on or _word_continues(plain, start, end, inside[end], readings))
            if broken and not (before and inside[end][0] > start and _are_parts(readings, before)):
                continue
            if any(after - end > _SHORT for after in by_start.get(end, ())):
                # "台州路" is a road, but "台州" + "路桥区" are two names.
                usable = readings
            else:
                within = by_start.get(end, {}).items()
                usable = tuple(
                    r
                    for r in readings
                    if _stands(plain, start, end, r, inside, chained=bool(before), alone=not within)
                    or (within and start not in inside and _leads(r[0], within))
                )
            if usable:
                behind_word = start - 1 in inside or taken == start > 0
                whole = inside.get(end - 1) == (start, end) and plain[start - 1 : start] not in _PLAIN
                inner = tuple(r for beside in by_start.get(end, {}).values() for r in beside)
                first = before.first if before else start
                found.append(
                    Mention(start, end, usable, before, behind_word, inner, whole, end + 1 in inside, None, first)
                )
                taken = end
                break
        else:
            _drop_origins(plain, start, by_start[start].items(), found, inside)
    return found


def _drop_origins(
    plain: str,
    start: int,
    named: Iterable[tuple[int, Readings]],
    found: list[Mention],
    inside: Mapping[int, tuple[int, int]],
) -> None:
    """Forget short names right before a place that a ware or somebody comes from: 黑龙江五常大米, 福建莆田人."""
    wares: list[Entry] = []
    for end, readings in named:
        over = ware(plain, end, inside, alone=True)
        if (over is not None and plain[over : over + 1] not in _SHOPS) or whose_home(plain, end):
            wares += [entry for entry, _ in readings]
    while wares and found and _CHAINED.fullmatch(plain, found[-1].end, start):
        around = [entry for entry, form in found[-1].readings if form is not Form.FULL]
        if not any(one.lies_in(entry) for one in wares for entry in around):
            return
        start = found.pop().start


def _are_parts(readings: Readings, around: Mention) -> bool:
    """Whether a short name that is no everyday word lies in what stands right before it: 漳州龙海 of 漳州龙|海角."""
    return any(
        form in {Form.FREE, Form.SUPPORTED} and entry.level != "street" and entry is not other and entry.lies_in(other)
        for entry, form in readings
        for other, _ in around.readings
    )


def _ends_a_name(plain: str, end: int, inside: dict[int, tuple[int, int]]) -> bool:
    """Whether a name may end here: behind a word, or within one before what goes with places (成都双流|机场)."""
    return end not in inside or plain[end : inside[end][1]] in _WORD_REST


def _leads(entry: Entry, named: Iterable[tuple[int, Readings]]) -> bool:
    """Whether a district with an everyday word for a name or a town stands right behind what it lies in: 唐山路北."""
    inner = (one for _, readings in named for one in readings)
    return any(e.parent is entry and (form is Form.BEHIND_PARENT or towns.is_left(e, form)) for e, form in inner)


def _longest(hit: tuple[int, object]) -> int:
    return -hit[0]


def _inside_words(plain: str) -> dict[int, tuple[int, int]]:
    """Positions inside a dictionary word -> that word's bounds; new words are not guessed, names are guessed badly."""
    inside: dict[int, tuple[int, int]] = {}
    at = 0
    for word in rjieba.cut(plain, False):  # noqa: FBT003  # the binding takes no keyword
        size = len(word)
        for position in range(at + 1, at + size):
            inside[position] = (at, at + size)
        at += size
    return inside


def _stands(
    plain: str,
    start: int,
    end: int,
    reading: tuple[Entry, Form],
    inside: dict[int, tuple[int, int]],
    *,
    chained: bool,
    alone: bool,
) -> bool:
    """Whether these characters may be this name here, by what stands on both sides.

    `chained`: a name stands right before it; `alone`: none begins right behind it.
    """
    entry, form = reading
    if not chained and start in inside and not _word_is_name(plain, start, inside[start]):
        return False
    if form is Form.OWN:
        return not _is_another(entry.level, plain, end)
    left = towns.is_left(entry, form) and _TOWNS_THING.match(plain, end)
    if left or (form is Form.FULL and end - start == 2 and called_after(plain, end, inside, alone=alone)):
        return False
    if form is Form.FULL:
        return entry.level != "street" or chained or start == 0 or plain[start - 1] in LEFT_OPEN or start not in inside
    person = not chained and end - start == 2 and _is_person(plain, start, entry.level, inside)
    if person or runs_on(plain, start, end, inside) or (plain.startswith("省", end) and entry.level != "province"):
        return False
    natural = (
        _is_climbed(plain, start, end)
        or (entry.level == "county" and plain[end : end + 1] in _HAMLETS and not {end, end + 1} & inside.keys())
        or _is_old(plain, start, inside)
        or (form is Form.BEHIND_PARENT and _is_shore(plain, end))
    )
    quality = start - 1 not in inside and _DEGREE.match(plain[max(0, start - 2) : start])
    called = called_after(plain, end, inside, alone=alone) and not is_branch(plain, start, end)
    return not (natural or quality or called or _is_called(plain, start, end))


def _is_climbed(plain: str, start: int, end: int) -> bool:
    """Whether a mountain is climbed, and no city entered: 爬黄山."""
    return plain[end - 1] == "山" and plain[start - 1 : start] in {"爬", "登"}


def _is_old(plain: str, start: int, inside: Mapping[int, object]) -> bool:
    """Whether a house or a dish boasts of an old place: 老陕西面馆."""
    return plain[start - 1 : start] == "老" and start - 1 not in inside


def _is_shore(plain: str, end: int) -> bool:
    """Whether somebody is at the water, and not in the district that is called like it: 杭州西湖边."""
    return plain[end - 1] in _WATERS and _SHORE.match(plain, end) is not None


def _is_another(level: str, plain: str, end: int) -> bool:
    """Whether an own name is no more than what another thing is called after, or runs on in a word ("里面")."""
    if plain[end - 1] == "里" and plain[end : end + 1] in _WITHIN:
        return True
    called = _ANOTHER.get(level)
    return called is not None and called.match(plain, end) is not None


def _is_person(plain: str, start: int, level: str, inside: Mapping[int, tuple[int, int]]) -> bool:
    """Whether a name of two characters is the given name of somebody: 李永平, 王长春, 死者李吉林."""
    surname, before = plain[start - 1 : start], plain[start - 2 : start - 1]
    if before + surname in _LONG:
        return True
    if surname not in _SURNAMES:
        return False
    role = before in _KINDS or plain[start - 3 : start - 1] in _ROLES
    if (role and surname not in _LEADS_TO) or _AGED.match(plain, start + 2):
        return True
    if surname in _VERBS or start - 1 in inside:
        return False
    begins = before in _BEGINS or not before.isalnum() or (level == "county" and before in LEFT_OPEN)
    return begins or surname in _PLAIN


def _is_called(plain: str, start: int, end: int) -> bool:
    """Whether somebody is said to be called so: 他叫王新乡, 姓长春的."""
    if plain[start - 2 : start] in _IS_CALLED or (plain[start - 1 : start] == "姓" and plain[start - 2] != "百"):
        return True
    return end - start == 2 and plain[start - 1 : start] in _SURNAMES and plain[start - 2 : start - 1] == "叫"


def _word_is_name(plain: str, start: int, word: tuple[int, int]) -> bool:
    """A dictionary word that begins before the name: "来自" + name never merge, so only place words may."""
    return plain[word[0] : start] in {"中国", "我国", "国内"}


def _word_continues(plain: str, start: int, end: int, word: tuple[int, int], readings: Readings) -> bool:
    """A dictionary word that goes on behind the name: "市民" behind a city, "路口", "河水", "街道办", "北京市民"."""
    if word[0] == end - 1 and _SUFFIX_WORDS.match(plain, end - 1):
        return True
    if word[0] == start and end - start > _SHORT and any(form is Form.FULL for _, form in readings):
        return True
    own = any(form is Form.OWN for _, form in readings)
    if own and word[0] == end - 1 and plain[end - 1] not in "区县市镇乡":
        return True
    rest = plain[end : word[1]]
    if rest == "大":
        return _BIG.match(plain, end) is not None
    return rest in _WORD_REST or _ROAD.fullmatch(rest) is not None or _OFFICE.fullmatch(rest) is not None
