"""The parts that a figure is told by, a clause each: hospital by hospital, village by village, shift by shift."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from analyzer.facts.groups import GRAVITY, Group
from analyzer.facts.lexicon import EVENT, HOUSE, MEANING, PERSON, Meaning, Role
from analyzer.facts.wordless import lonely
from analyzer.model import Span
from analyzer.patterns import bounds
from analyzer.patterns.expressions import guarded

_MARKS = "，。；：、！？\n"
_CLAUSE_MARKS = "，。；：！？\n"
_PAUSES = frozenset("，、；")
_HEADS = frozenset("，：")
_SENTENCE = re.compile(r"[。！？\n]")
_SENTENCE_MARKS = "。！？；\n"
_FOUND_ON = re.compile(
    r"(?P<day>\d{1,2}日|[次当昨今前][日天晨晚]|翌日|同日)(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上?|夜间|[\d时分许]{1,6}){0,2}，?"
    r"(?:[^，。；共累已]{0,12}(?:找到|发现|[打捞挖搜寻抬扒清][捞起出上到获理]{1,2}))(?![^。；]*(?:共|累计|达到))"
)
"""A clause that tells of a day and of who, or what, was found on it."""
_REACH = 40
_LEAD = re.compile(
    r"(?:(?:(?:台风|洪[水涝]|冰雹|暴[雨雪]|雪灾|地震|灾害|火灾|大风)(?:已|共)?(?:造成|导致|致)|据悉|其中|同时|此外|另外?|还有|以及|先是?|先有|随后|接着|后来|目前|现在|上午|下午|中午|夜里|夜间|凌晨|清早|清晨|傍晚|到?天亮"
    r"|[前后]半夜|[今昨前明当次][天日晚早晨夜](?:上午|下午|晚上|早上|夜里)?|再?加上|全[省市县区镇乡村](?=农业|林业|渔业|养殖|工[业矿]|商业|水利|交通|电力|基础|公益|市政|家庭|房屋)|[住留转送收]?[在到往进]|[有连光从](?![镇乡村县])))*+"
)
"""What stands before the part that a clause is about."""
_OTHER = re.compile(r"此外|另|还有")
_OUTSIDE = re.compile(r"外|路过|过路")
"""In the name of people who belong to no part named before."""
_NO_PART = re.compile(
    r"全|本|该|我|某|他们|各|这|那|当|整|受灾|灾区|[其共总]|一(?=[中小]学|学校|幼儿园|医院|村|小区|工厂)|[一二两三四五六七八九十几数多\d]+(?:名|位|人|余|多|[个家所座条辆艘栋幢层])"
)
"""What a clause begins with that is about the whole, or about so many parts and none of them."""
_NAME = r"(?P<name>(?:(?![到往至由把被])[\u4e00-\u9fffa-z·]|\d(?!\d{0,6}[万余多]?[名人个户例位]))"
_CARE = re.compile(
    _NAME + rf"{{1,12}}?)(?P<care>{HOUSE}|妇幼|诊所|卫生[室所站]|(?:急救|医疗|烧伤|创伤|救治)中心|医务室)"
)
_RANKS = (
    ("province", "省"),
    ("city", r"[市州](?![民场政区])"),
    ("county", r"[县旗](?!城)|区(?![域间])"),
    ("town", "镇|乡(?!亲)|街道|(?:经开|开发|高新|园|新)区"),
    ("village", r"村(?![民干委支医])|社区|小区|屯|寨|庄|苑|花园|家园|[一二三四五六七八九十]组"),
    ("school", r"小学|中学|[一二三四五六七八九十]中(?=[^\u4e00-\u9fff]|[有的])|学校|校区|学院|幼儿园|年级"),
    ("shift", r"工段|车间|班组|班(?![主干长])|小?组|工区|科室|宿舍|工棚|棚|处|队(?![员长])"),
    ("building", r"栋|幢|楼|单元|层|库房?|仓|厂房"),
    ("vehicle", r"[车船艇](?![辆祸间站主长队速流厢牌])|大巴"),
    ("side", r"片区?|侧|岸|一带|那边|这边|线"),
    ("works", r"[矿厂井](?![上下里])|供电所|码头|站"),
)
_ENDS = "|".join(f"(?P<{rank}>{ends})" for rank, ends in _RANKS)
_GOODS = (
    "农业|林业|渔业|养殖业?|工业|商业|工矿企业|水利(?:设施)?|交通(?:设施)?|电力(?:设施)?|基础设施|公益设施|市政设施|家庭财产|房屋|住房"
    "|厂房|设备|机器|货物|存货|库存|原料|产品|成品|商品|车辆|农作物|大棚|公路|道路"
)
_UNIT = re.compile(
    _NAME + rf"{{1,10}}?)(?:{_ENDS})|大巴|(?P<goods>{_GOODS})(?=(?:直接|经济|财产)*损失)"
    r"|[^，。；：、\d]{0,6}?(?P<who>乘客|旅客|游客|船员|学生|老师|教师|教职工|村民|工人|矿工|民工|员工|行人|住户|顾客|店员|乘务员|亲戚)(?=[有是共死伤受遇失被住\d一二两三四五六七八九十])"
)
_WITHIN = re.compile(rf"[\u4e00-\u9fff]{{0,2}}?(?:{_ENDS})")
"""What a part's name goes on with: "南岸社区", "青石镇中心小学"."""
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,3}(?<![人名位个有为是达约近共计余的了说报走来去出加增减少多新])")
"""A name without the word for what it is, in a list that has one: "东园社区撤离3100人，西园2900人"."""
_NOT_SHORT = re.compile(
    r"包括|包含|其中|当中|^[男女老大小轻重危最平约近达已都又再还]|[减增升降]|疑似|密接|救援|民警|消防|干部|医护|同比|[说撞砸]|拉走|上报|新发|分别|其余|其他|剩"
)
_BARE = re.compile(
    r"(?:[上下里内中](?:的|面)?|那边|这边|那里|一带|方面|的)?(?:[东南西北内里])?"
    rf"(?:又|也|还|则|另|再|已经?|同样|先后|陆续|共|一共|刚|都|现){{0,3}}(?:{PERSON})?"
    r"(?:有|是|为|达|收了?|收治了?|接诊了?|接了|来了|送来了?|送了|送去了?|拉来了?|[抬捞挖搜][出上起走来]{1,2}了?|救治了?|住着?了?|住进了?|躺着?了?|登记了?|报告了?|确诊了?|接走了?|搬走了?){0,2}"
)
"""Between a part and its figure, where it is left out what befell those counted."""
_TAIL = re.compile(
    rf"的?(?:{PERSON})?(?:(?:投[奔靠宿亲]|被?接走|被?送[来到医]|住[进到在]|搬[进到]|[躺在][^，。；\d]{{0,6}}(?:治疗|吸氧|输液))[^，。；\d]{{0,6}})?"
)
"""What may stand behind such a figure; whatever else does tells something else of these people."""
_AND = re.compile(rf"(?:{PERSON})?[、和及与]")
_CUE = re.compile(
    r"又(?:[^，。；\d说称传报通升增]|报损){0,6}$|(?:^|[，。；：！？])(?![^，。；]{0,6}[其当者员人][中里])[^，。；：\d]{0,8}也有$"
)
"""Before a figure of others than those told of: "后半夜又抬出六名", "也有五名"."""
_TOTAL = re.compile(r"共|累计|总计|合计")
_MOVED_ON = re.compile(r"转(?:院|诊|入|来|至|到|往|送)|移送|通报|公布|披露|[说称](?!收|接|送|住|来|有)")
"""Between two parts: the second tells of the same people, or somebody only says so."""
_SEVERAL = re.compile(r"(?:[两二三四五六七八九十]|(?<!\d)[2-9]|\d{2})起(?!来|火(?!灾))")
"""Before figures of a sentence: each is of an accident of its own."""
_HAPPENING = re.compile(r"车祸|翻车|追尾|火灾|起火|失火|爆炸|爆燃|矿难|沉船|食物中毒|踩踏|命案")
_LEAST, _SAME, _NAMED = 2, 2, 7
_SPEAKER = re.compile(r"^其中|^[^，]*[说讲]")
_CAUSED = re.compile(r"(?:造成|导致|致|引发|共|已)*+")
"""What alone two clauses that tell of the same may both say."""
_NO_NAME = re.compile(
    r"转移|安置|疏散|撤离|避险|[昨今]|[前明当][天日晚早晨夜年月次时]|[全共总计累其]|[时点日月年]|上午|下午|[早晚夜]|[报估评核审预]|初步|直接|间接|实际|网[上传友]|流传|最终|某|^一，(?![二三四])|[最目]前|截至|现在|[先后]|\d|[一二两三四五六七八九十几]次|[一另][个名位起]|[男女轻重]"
)
"""No name of one of two things: when it was told, by whom, of how many in all."""
_NOT_SHARED = {Role.RELIEF, Role.CASUALTY}
_EVENT = guarded(EVENT)
_DENIED = re.compile(r"没|无|未|不")
_HELPERS = re.compile(r"民警|[辅交]警|消防|医生|护士|保安")


@dataclass(frozen=True, slots=True)
class Part:
    """What the clause of a figure is about; `end` is where its name ends, `other` that it is said to be another."""

    rank: str
    name: str
    end: int
    other: bool

    def beside(self, other: "Part") -> bool:
        """Whether these are two parts of one whole."""
        alike = self.name.endswith(other.name) or other.name.endswith(self.name)
        return (self.rank == other.rank or other.other) and not alike


def part(plain: str, position: int) -> Part | None:
    """The part that the clause of a figure begins with."""
    start = bounds.begin(plain, position, _MARKS, _REACH)
    whole = bounds.begin(plain, position, _CLAUSE_MARKS, _REACH)
    return _part(plain, start, position) or (_part(plain, whole, position) if whole != start else None)


def _part(plain: str, start: int, end: int) -> Part | None:
    if start and plain[start - 1] not in _MARKS:
        return None
    lead = _LEAD.match(plain, start, end)
    begins = lead.end() if lead else start
    if _NO_PART.match(plain, begins, end):
        return None
    found = _CARE.match(plain, begins, end) or _UNIT.match(plain, begins, end)
    if found is None:
        return None
    within: re.Match[str] | None = found
    while within is not None:
        found, within = within, _WITHIN.match(plain, within.end(), end)
    other = _OTHER.search(plain, start, begins) or _CUE.search(plain, begins, end)
    rank, name = found.lastgroup or "vehicle", plain[begins : found.end()]
    return Part(rank, name, found.end(), other is not None or (rank == "who" and bool(_OUTSIDE.search(name))))


def apart(plain: str, one: Span, other: Span) -> bool:
    """Whether two figures of one kind count together: each is of a part of its own, or the second is told as more."""
    if _CUE.search(plain, max(0, bounds.begin(plain, other[0], _CLAUSE_MARKS, _REACH) - 1), other[0]):
        return True
    if _MOVED_ON.search(plain, one[1], other[0]) or of_two_happenings(plain, one, other):
        return False
    return _alike(plain, one, other) or _of_parts(plain, one, other) or _day_by_day(plain, one, other)


def of_two_happenings(plain: str, one: Span, other: Span) -> bool:
    """Whether two figures are told of a happening each: "东河镇车祸死亡3人，西河镇火灾死亡2人"."""
    if _SEVERAL.search(plain, bounds.begin(plain, one[0], _SENTENCE_MARKS, 2 * _REACH), one[0]):
        return True
    begins = bounds.begin(plain, one[0], _MARKS, _REACH)
    happened = [_HAPPENING.findall(plain, *around) for around in ((begins, one[1]), (one[1], other[1]))]
    return all(happened) and set(happened[0]).isdisjoint(happened[1])


class Told:
    """The parts of which one figure, of one kind, was told so far. They are named only when somebody asks."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._names: set[str] = set()

    def add(self, figure: Span) -> None:
        self._spans.append(figure)

    def again(self, plain: str, figure: Span) -> bool:
        """Whether the figure was told of the same part before."""
        self._names.update(_name(plain, span) for span in self._spans)
        self._spans.clear()
        name = _name(plain, figure)
        return bool(name) and name in self._names


def _name(plain: str, one: Span) -> str:
    unit = part(plain, one[0])
    return unit.name if unit else plain[bounds.begin(plain, one[0], _MARKS, _REACH) : one[0]]


def _day_by_day(plain: str, one: Span, other: Span) -> bool:
    """Whether both figures count who was found on a day of its own: "3日捞起2人遗体；4日捞起1人遗体"."""
    found = [
        _FOUND_ON.match(plain, bounds.begin(plain, start, _SENTENCE_MARKS, 2 * _REACH), start)
        for start, _ in (one, other)
    ]
    first, second = found
    return first is not None and second is not None and first["day"] != second["day"]


def _of_parts(plain: str, one: Span, other: Span) -> bool:
    """Whether the clauses of two figures begin with two parts of one whole."""
    first, second = part(plain, one[0]), part(plain, other[0])
    if first is None or second is None or not first.beside(second):
        return False
    totals = [_TOTAL.search(plain, unit.end, start) is None for unit, start in ((first, one[0]), (second, other[0]))]
    return totals[0] is totals[1]


def _alike(plain: str, one: Span, other: Span) -> bool:
    """Whether two clauses of a sentence say the same of two things: "左洞困住六人，右洞困住五人"."""
    if _SENTENCE.search(plain, one[1], other[0]):
        return False
    first, second = (plain[bounds.begin(plain, start, _MARKS, _REACH) : start] for start, _ in (one, other))
    behind, then = (plain[end : bounds.end(plain, end, _MARKS, _REACH)] for _, end in (one, other))
    pairs = zip(reversed(first), reversed(second), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    told = second[len(second) - same :]
    alike = len(told) + (len(then) if behind == then else 0) + (plain[other[0] - len(second) - 1] == "、")
    first, second = _SPEAKER.sub("", first[: len(first) - same]), second[: len(second) - same]
    if not told or alike < _SAME or _CAUSED.fullmatch(told):
        return False
    if not (first and second) or first.endswith(second) or second.endswith(first):
        return False
    return len(first) <= _NAMED >= len(second) and not _NO_NAME.search(f"{first}，{second}")


def share_out(plain: str, groups: Sequence[Group]) -> None:
    """Give all figures of a list of parts the meaning that one of them has, or what stands before the list."""
    if len(groups) < _LEAST or all(group.words for group in groups):
        return
    for one, other in pairwise(groups):
        if one.words and not other.words and _each_its_own(plain, one, other):
            other.part_of, other.beside = one.part_of, one
            for meaning in one.kinds():
                other.take(meaning, other.start, other.end)
    for head, listed in _lists(plain, groups):
        known = next((group for group in listed if group.words), head)
        said = known.kinds() if known else _told_before(plain, listed[0])
        if not said or not _NOT_SHARED.isdisjoint(said):
            continue
        before: Group | None = None
        for group in listed:
            if not group.words and _is_bare(plain, group) and (known is None or _reaches(plain, known, group)):
                for meaning in said:
                    group.take(meaning, group.start, group.end)
                group.part_of = () if known is None else said if known is head else known.part_of
                group.beside = before
            before = group


def _each_its_own(plain: str, one: Group, other: Group) -> bool:
    """Whether two figures are listed behind "分别": "两村分别转移326人和154人"."""
    if not _AND.fullmatch(plain, one.end, other.start):
        return False
    if not lonely(plain, other.end) and not _AND.match(plain, other.end):
        return False
    return "分别" in plain[bounds.begin(plain, one.start, _CLAUSE_MARKS, _REACH) : one.start]


def _lists(plain: str, groups: Sequence[Group]) -> Iterator[tuple[Group | None, list[Group]]]:
    """Figures in clauses that follow each other, each of a part of its own, and the figure right before them."""
    head: Group | None = None
    listed: list[Group] = []
    last: Part | None = None
    for group in groups:
        follows = bool(listed) and _follows(plain, listed[-1], group)
        unit = part(plain, group.start)
        if unit is None and last is not None and follows:
            unit = _short(plain, group, last)
        if last is not None and unit is not None and follows and last.beside(unit):
            listed.append(group)
        else:
            if len(listed) > 1:
                yield head, listed
            head, listed = (listed[-1] if follows and last is None else None), [group]
        last = unit
    if len(listed) > 1:
        yield head, listed


def _begin(plain: str, group: Group) -> int:
    return bounds.begin(plain, group.start, _MARKS, _REACH)


def _follows(plain: str, before: Group, group: Group) -> bool:
    """Whether a figure stands in the clause right behind that of the figure before it."""
    between = plain[before.end : _begin(plain, group)]
    return between[-1:] in _PAUSES and not any(mark in _MARKS for mark in between[:-1])


def _short(plain: str, group: Group, last: Part) -> Part | None:
    found = _SHORT.fullmatch(plain, _begin(plain, group), group.start)
    if found is None or _NOT_SHORT.search(found.group()) or _NO_PART.match(found.group()):
        return None
    return Part(last.rank, found.group(), group.start, other=False)


def _is_bare(plain: str, group: Group) -> bool:
    """Whether nothing but a part's name stands around a figure, and so it shares what is told of another."""
    unit = part(plain, group.start)
    named = unit.end if unit else group.start
    if group.superseded or group.updates or not _BARE.fullmatch(plain, named, group.start):
        return False
    end = bounds.end(plain, group.end, _MARKS, _REACH)
    if _HELPERS.search(plain, named, end) or not _TAIL.fullmatch(plain, group.end, end):
        return False
    return lonely(plain, group.end)


def _reaches(plain: str, known: Group, group: Group) -> bool:
    """Whether the word of one figure is told of another: of those behind it, or from a clause behind of all."""
    if known.start < group.start:
        return True
    return min(start for start, _ in known.words.values()) > bounds.end(plain, known.end, _MARKS, _REACH)


def _told_before(plain: str, first: Group) -> list[Meaning]:
    """What the clause before a list tells that counts nobody itself: "两校有学生发病，一中26名，…"."""
    end = _begin(plain, first) - 1
    start = bounds.begin(plain, end, _MARKS, _REACH)
    if plain[end : end + 1] not in _HEADS or _DENIED.search(plain, start, end):
        return []
    told = [MEANING[event.lastgroup or ""] for event in _EVENT.finditer(plain, start, end)]
    return sorted(told, key=GRAVITY.index)[:1]
