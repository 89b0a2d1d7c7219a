"""Names of houses, roads, schools and works as people say them: in full, in short, or by their own part alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.facts.numerals import parse
from analyzer.grouping.compounds import compounds, houses
from analyzer.grouping.glue import GLUE, bare
from analyzer.grouping.objects import is_told
from analyzer.grouping.sounds import sound
from analyzer.idf import UNHEARD, Idf
from analyzer.patterns.expressions import anywhere
from analyzer.places.divisions import national
from analyzer.terms import JOINT, SORTS, is_place, keywords

_ENDS = sorted(((end, sort) for sort, ends in SORTS.items() for end in ends.split()), key=lambda pair: -len(pair[0]))
_HOMES = {"home", "school", "town"}
"""Sorts of which two that share their own part are two ("锦绣华庭", "锦绣名邸"; "光明小学", "光明二小")."""
_SAID_SHORT = ("小区", "社区", "宿舍", "公寓", "花园", "家园", "新村", "国际", "广场", "大道")
"""Kinds that people leave out: the name before them is enough."""
_ANY_HOME = ("小区", "社区", "宿舍", "公寓", "广场")
"""Of them, those that are said of any compound, or of a part of it."""
_NUMBERED = re.compile(r"第?([一二三四五六七八九十]{1,2})([小中])学?")
_SHORT = re.compile(
    r"([\u4e00-\u9fff]{2})?第?([一二三四五六七八九十]{1,2})"
    r"([小中])(?:(?<!(?<!第)一[小中])学|(?=学生)|(?!学|食[店品量]|[时区伙孩型组姐心吃块部事碗盒包袋步口件半段桶条圈杯瓶份午间旬标毒队风奖枪国医央大层药暑]))"
)
"""A school by its number, with what may be its name before it."""
_TRIAL = re.compile(r"第?([一二三四五六七八九十])实(?:验)?([小中])|实验第?([一二三四五六七八九十])([小中])")
"""A trial school by its number ("第二实验小学", "二实小"), which is another than the school of that number."""
_HOSPITAL = re.compile(
    r"(?:第|(?<![一二三四五六七八九十]))([一二三四五六七八九十])(?:人民)?医院|(?<=[省市县区在去到])([一二三四五六七八九十])院"
)
"""A hospital by its number ("市第三人民医院", "三医院", "在三院")."""
_DIRECTED = re.compile("[东西南北中](?:路|街|大)")
"""Without it no text names a road by a direction."""
_KIND_OF_HOSPITAL = re.compile("(?:人民|中心|儿童|(?<![其集之空从年])中)医院")
"""A hospital by its kind: a town has one of each."""
_MOTHERS = "妇幼"
"""What the hospital for mothers and children is called: a town has one."""
_COUNTED = re.compile("[一二三四五六七八九十](?:[小中实院]|人民|医院)")
"""Without it no text names a school or a hospital by its number."""
_RURAL = anywhere("[镇乡村]|街道")
"""Without it no text names a town or a village."""
_BRANCH = f"{JOINT}店"
"""Of them, one of several that a firm has."""
_BRANCHES = {"店", "站"}
"""Works called by where they are."""
_DIVISION = re.compile(r"[^\W\d]{1,3}[省市县州]$")
"""A word that is a division by its form: what stands behind it may be no more than a kind ("栗阳市养老院")."""
_TAIL = 2
"""Characters of a long name's own part that tell it when what stands before them is a district ("禾川乐购超市")."""
_OWN = 8.0
"""Inverse document frequency from which a name may be called by its own part alone."""
_TOWN = re.compile(
    r"(?:^|(?<=[省市县区州镇乡\W]))(?!举报|反映|投诉|建议|咨询|请求|请问|希望|关于|求助)"
    r"((?:(?![我你他咱们本全各该这那整农户名位])[\u4e00-\u9fff]){2,3}?"
    r"(?:[镇乡]|街道|村(?=[的那有没停被支干书主会]|[\u4e00-\u9fff]?[发村组民委口境附旁内\W])))"
    r"|(?:^|(?<=[县镇乡\n]))(?!举报|反映|投诉|建议|咨询|请求|请问|希望|关于|求助)"
    r"((?:(?![我你他咱们本全各该这那整农户名位])[\u4e00-\u9fff]){2}村)(?![里庄镇])"
)
_LINES = re.compile(r"(\d(?<![\d.].)\d{0,2})(?:路(?!口)|(?=公交))")
_METRO = re.compile(r"(?<![\d.第])(\d{1,2}|[一二三四五六七八九十]{1,2})号线(?![^，。；\n]{0,8}(?:施工|工地|建设|规划))")
"""A line of a metro; what is built for one is told of by where that is."""
_ROAD = re.compile(r"(?:^|(?<=[\W区市县镇]))([\u4e00-\u9fff]{2,3}(?:路(?=路[灯面口段边况])|桥(?=[封断塌垮裂修限说])))")
"""A road before its lamps or its surface, a bridge before what befalls it: words cut otherwise ("海山|路路|面")."""
_BOUND = re.compile(
    rf"(?:^|(?<=[\W{GLUE}区县镇乡口]))((?:(?![{GLUE}的是这那和与及跟至由沿走住区镇乡口路街])[\u4e00-\u9fff]){{2,3}}"
    r"[东西南北中](?:路|街|大街|大道))(?![口人路])"
)
"""A road called by a direction, which words cut otherwise ("环|湖北|路")."""
_WATER = re.compile(
    rf"(?:^|(?<=[\W\d{GLUE}]))((?:(?![{GLUE}的是这那有条小大内外边旁])[\u4e00-\u9fff]){{1,3}}?[河湖渠])"
    r"(?=[河湖渠]?水|[里边两岸的面涨畔又变发黑臭]|\W|$)"
)
"""A river by what stands around it, which words cut otherwise ("清溪|河水")."""
_STATION = re.compile(r"(?<![一二三四五六七八九十几每各])([东西南北]站)(?![台点牌])")
"""A station of a town that has several."""
_OVER = re.compile(r"(?<=[\W在从到往过])((?![这那一座石天便立架])[\u4e00-\u9fff]{2}桥)(?=[往到至]|方向)")
"""A bridge that somebody comes from or goes to."""
_OWN_OF_A_FIRM = re.compile(rf"(?:(?![{GLUE}的了是找打问和与给让由])[\u4e00-\u9fff]){{2}}")
_FIRM = re.compile(
    r"(保安|热力|燃气|公交|家政|食品|餐饮|客运|运输|物流|文化|传媒|科技|农业|物业|劳务|装修|建筑|建设|建工|置业|地产)"
    r"(?:服务|管理|工程|发展|集团)?(?:有限|责任)*公司"
)
"""A firm by what it does."""
_PLANT = re.compile(
    r"(?:化工|化学|石化|煤业|矿业|特钢|钢铁|铝业|铜业|重工|机械|花炮|烟花|纸业|木业|药业|制药|鞋业|仓储|家具|印务|纺织|服饰|电子|能源"
    r"|新材料?|冶炼|铸造|建材|水泥|酒业|粮油|食品|冷链|液化气)(?!厂|工厂|品|行业|产业)"
)
"""What a works makes, behind a name that nobody else goes by ("鼎沃化工一车间")."""
_OWN_OF_A_PLANT = re.compile(
    rf"[\W\d{GLUE}区县镇乡村园的]((?:(?![{GLUE}的了是找打问与给让由家座处起个名某各多大小新老一二两三四五])[\u4e00-\u9fff]){{2}})"
)
_BRIDGE = re.compile(r"[一二三四五六七八九十]桥$")
_PHASE = re.compile(r"([一二三四五六七八九十1-9])期(?![间限望待刊末中货权])")


_BUILDERS = ("置业", "地产", "建筑", "劳务", "装饰", "物业", "装修", "建设", "建工")
"""What firms do that work at many a place."""
LINE = "line"
"""The sort of what goes by a number."""
_PARTS = {"phase", "branch"}
"""Parts of a place or of a firm."""
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """A name without what stands before it. `own` is what it is without its kind, `keys` what it may be called."""

    full: str
    own: str
    sort: str
    keys: tuple[str, ...]
    proper: bool = True


@lru_cache(maxsize=1 << 15)
def name(term: str) -> Name:
    """The name that a term of `terms.is_place` is."""
    if JOINT in term and _DIVISION.match(term.partition(JOINT)[0]):
        return Name(term.replace(JOINT, ""), "", "", (), proper=False)
    full = bare(term.replace(JOINT, "").replace("小学校", "小学"))
    if numbered := _NUMBERED.fullmatch(full):
        return school("".join(numbered.groups()))
    for end, sort in _ENDS:
        if full.endswith(end) and len(full) > len(end):
            own = bare(term.partition(JOINT)[0]) if JOINT in term else full[: -len(end)]
            proper = own.isdecimal() or Idf.load().weight(full if JOINT not in term else own) >= _OWN
            if sort == "works" and (end in _BRANCHES or (JOINT not in term and Idf.load().weight(own) < UNHEARD)):
                own = ""  # What is made or sold there, or where a branch of it is.
                proper = proper and (JOINT in term or end in _BRANCHES)
            own = own if len(own) > 1 and Idf.load().weight(own) >= _OWN else ""
            keys = list(_way(full).keys) if sort == "road" else [full]
            if own and (end in _SAID_SHORT or sort == "works"):
                keys.append(own)
            if len(own) >= 2 * _TAIL and not own.isascii():
                keys.append(own[-_TAIL:] + full[len(own) :])
            if JOINT in term and is_place(one := bare(term.partition(JOINT)[0])):
                keys.append(one)  # What lies on a road or in a village.
            return Name(full, own, _sort(term, full, sort), tuple(keys), proper)
    if JOINT in term:  # A firm by what it does.
        return _firm(full, bare(term.partition(JOINT)[0]))
    return Name(full, "", "", (full,), proper=False)


def _sort(term: str, full: str, sort: str) -> str:
    """The sort of a name, where it is one of several that a firm has, or a line by its number."""
    if sort == "road" and full[0].isdecimal():
        return LINE
    return "branch" if term.endswith(_BRANCH) else sort


def _firm(full: str, own: str) -> Name:
    """A firm, or one that works at many a place."""
    return Name(full, own, "builder" if full.endswith(_BUILDERS) else "works", (full, own))


def school(number: str, before: str = "") -> Name:
    """A school by its number."""
    own = before if before and before[-1] not in "省市县区镇乡第" and Idf.load().weight(before) >= _OWN else ""
    return Name(number, own, "school", (number,))


def said(text: str) -> list[Name]:
    """Names in a text that words do not tell: schools by their numbers ("三小", "第三小学"), towns and villages."""
    counted = _COUNTED.search(text) is not None
    found = _SHORT.findall(text) if counted else []
    trials = ["实验" + "".join(one) for one in _TRIAL.findall(text)] if counted and "实" in text else []
    hospitals = ["".join(one) + "院" for one in _HOSPITAL.findall(text)] if counted and "院" in text else []
    hospitals += [_MOTHERS] if _MOTHERS in text else []
    hospitals += _KIND_OF_HOSPITAL.findall(text) if "医院" in text else []
    towns = [_rural(one or other) for one, other in _TOWN.findall(text)] if _RURAL.search(text) else []
    phases = [Name(_digits(one), "", "phase", (), proper=False) for one in _PHASE.findall(text)] if "期" in text else []
    waters = (
        [Name(one, "", "water", (one,)) for one in _WATER.findall(text) if Idf.load().weight(one) >= UNHEARD]
        if "河" in text or "湖" in text or "渠" in text
        else []
    )
    stations = [Name(one, "", "station", (one,)) for one in _STATION.findall(text)] if "站" in text else []
    numbers = [Name(_digits(one), "", "house", (), proper=False) for one in houses(text)]
    homes = [Name(one, "", "home", (one,)) for one in compounds(text)]
    return [
        *map(_way, _ways(text)),
        *(map(_line, _METRO.findall(text)) if "号线" in text else ()),
        *waters,
        *_firms(text),
        *stations,
        *homes,
        *numbers,
        *[school(number + sort, before) for before, number, sort in found if before != "实验"],
        *[Name(one, "", "school", (one,)) for one in trials],
        *[Name(one, "", "works", (one,)) for one in hospitals],
        *towns,
        *phases,
    ]


def _ways(text: str) -> Iterable[str]:
    """Lines, roads and bridges by what stands around them."""
    road, over = "路" in text, "桥" in text
    found = _LINES.findall(text) if road or "公交" in text else []
    ways = [f"{line}路" for line in found]
    if road or over:
        ways += _ROAD.findall(text)
    if over:
        ways += _OVER.findall(text)
    return dict.fromkeys([*ways, *_BOUND.findall(text)]) if _DIRECTED.search(text) else ways


def _firms(text: str) -> Iterator[Name]:
    """Firms by what they do, where nobody else goes by what stands before that ("恒暖热力公司")."""
    unheard = Idf.load().weight
    for found in _FIRM.finditer(text) if "公司" in text else ():
        own = text[max(0, found.start() - _TAIL) : found.start()]
        if _OWN_OF_A_FIRM.fullmatch(own) and unheard(own) >= UNHEARD:
            yield _firm(own + found[1], own)
    for found in _PLANT.finditer(text):
        before = _OWN_OF_A_PLANT.fullmatch(f"\n{text[: found.start()]}"[-_TAIL - 1 :])
        if before and unheard(own := before[1]) >= UNHEARD and own not in national().names:
            yield _firm(own + found[0], own)


def _way(term: str) -> Name:
    """A road or a bridge; of several bridges of a town people say the number alone ("二桥" of "青河二桥")."""
    full = bare(term)
    counted = _BRIDGE.search(full)
    sort = _sort(term, full, "road")
    return Name(full, "", sort, (full, counted.group()) if counted and counted.group() != full else (full,))


def _line(number: str) -> Name:
    """A line of a metro, in figures or in characters."""
    full = f"{_digits(number)}号线"
    return Name(full, "", LINE, (full,))


def _rural(name: str) -> Name:
    """A town, or a village, which is as narrow as a compound."""
    return Name(name, "", "home" if name.endswith("村") else "town", (name,))


def _digits(numeral: str) -> str:
    """A house's number as people write it: in figures, in characters, or a letter."""
    number = parse(numeral)
    return numeral if number is None else f"{number.value:g}"


@dataclass(frozen=True, slots=True)
class Called:
    """The names that a post, or most of an event's posts, use: how they may be called, their own parts, their sorts.

    `halves` are own parts of names whose kind tells two apart ("锦绣家园", "锦绣新村"; but "锦绣小区" may be either).
    `phases` and `houses` are the numbers of parts of them.
    """

    keys: frozenset[str] = frozenset()
    sought: tuple[str, ...] = ()
    homes: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    sorts: frozenset[str] = frozenset()
    builders: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Sequence[Name]) -> "Called":
        """What these names are called."""
        if not names:
            return NOTHING
        typed = [sound(one.full) for one in names if one.keys and one.proper and one.sort == "home"]
        return cls(
            _set([*[key for one in names for key in one.keys], *filter(None, typed)]),
            tuple(dict.fromkeys([key for one in names for key in (*one.keys, one.own) if key and _is_sought(key)])),
            _set([one.own for one in names if one.own and one.sort in _HOMES]),
            _set([one.own for one in names if one.own and one.sort == "home" and not one.full.endswith(_ANY_HOME)]),
            _set([one.sort for one in names if one.proper]),
            _set([key for one in names if one.sort == "builder" for key in one.keys]),
            _set([one.full for one in names if one.sort in _PARTS]),
            _set([one.full for one in names if one.sort == "house"]),
        )


NOTHING = Called()


def _is_sought(key: str) -> bool:
    """Whether others who say a name mean this one: "煤矿" or "送餐" is what many tell of."""
    return not is_told(key) and key not in keywords()


def _set(names: Sequence[str]) -> frozenset[str]:
    """An empty one is one and the same: there are many."""
    return frozenset(names) if names else NONE
