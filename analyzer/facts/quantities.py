"""Figures of things: households, hours, yuan, magnitude, millimetres, hectares, houses."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from analyzer.facts import houses
from analyzer.facts.amounts import AFTER, BEFORE, TAIL, quantity
from analyzer.facts.between import qualified
from analyzer.facts.clocks import CLOCK, spells
from analyzer.facts.listed import Crops, by_name
from analyzer.facts.numerals import NUMERAL, parse
from analyzer.facts.parts import Told, apart
from analyzer.facts.surroundings import WORDS, Spot, about_quake, goes_on, is_forecast, measures, planned
from analyzer.model import FactKind, Qualifier, Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import Seen, guarded

_NUMBER = (
    rf"(?:(?P<before>{BEFORE})\s?)?(?:(?P<low>{NUMERAL})[至到~～—-]{{1,2}})?(?P<numeral>{NUMERAL}|半(?=个?多?(?:小时|钟头)))(?P<after>{AFTER})?\s?[个整]?"
    r"(?P<half>半)?(?P<more>多)?"
)
_UNITS = {
    "户": (FactKind.HOUSEHOLDS, 1.0),
    "小时": (FactKind.HOURS, 1.0),
    "小": (FactKind.HOURS, 1.0),
    "钟头": (FactKind.HOURS, 1.0),
    "天": (FactKind.HOURS, 24.0),
    "日": (FactKind.HOURS, 24.0),
    "昼夜": (FactKind.HOURS, 24.0),
    "星期": (FactKind.HOURS, 168.0),
    "周": (FactKind.HOURS, 168.0),
    "礼拜": (FactKind.HOURS, 168.0),
    "分钟": (FactKind.HOURS, 1 / 60),
    "元": (FactKind.LOSS_YUAN, 1.0),
    "块": (FactKind.LOSS_YUAN, 1.0),
    "级": (FactKind.MAGNITUDE, 1.0),
    "毫米": (FactKind.RAINFALL_MM, 1.0),
    "mm": (FactKind.RAINFALL_MM, 1.0),
    "亩": (FactKind.AREA_HA, 1 / 15),
    "公顷": (FactKind.AREA_HA, 1.0),
    "平方公里": (FactKind.AREA_HA, 100.0),
    "平方千米": (FactKind.AREA_HA, 100.0),
    "km2": (FactKind.AREA_HA, 100.0),
    "平方米": (FactKind.AREA_HA, 0.0001),
    "平米": (FactKind.AREA_HA, 0.0001),
    "㎡": (FactKind.AREA_HA, 0.0001),
}
_AMOUNT = guarded(
    rf"{_NUMBER}"
    r"(?P<unit>用?户(?!口|型|外|籍)|小时|小(?=[，。；！]|了|$)|钟头|天(?!然|津|河|气|台|下)|昼夜|星期|周(?!年|边|围|末|期|一|二|三|四|五|六|日)|礼拜|分钟|元(?!宝|旦|月)|块钱|块"
    r"|级(?!别|以下)|毫米|mm|亩|公顷|平方公里|平方千米|平方米|平米|㎡|km2|日(?!前|报|游|常|元|圆))"
    rf"(?P<rest>零?(?P<minutes>{NUMERAL})分钟?|半)?(?P<tail>{TAIL})?(?P<night>[一两二三四五]夜)?"
)
_QUAKE_SCALE = guarded(
    r"(?:(?:里氏|面波)(?:震级)?|(?:震级|地震规模)(?:为|是|达|:|：)?|(?P<letter>m[sl]?))\s?(?:约|达)?(?P<magnitude>\d{1,2}(?:\.\d)?)(?!\d|\.\d|\s?[点时月日号公米km])(?(letter)|(?!\s?级))"
)
_LOSS_BARE = guarded(
    rf"(?:损失|估损|亏[了掉损])(?:已|初步|估计|估算|初估|评估|统计|预计|达到?|高达|超过?|约|近|在|为|是|有|至少|一共|总共|合计|共|得有|少说|[：:]){{0,4}}(?P<loss>{NUMERAL})(?=[多余]?(?:[，。；！？”’）)@#\s\"]|$|左右|以上|出头|上下|开外))"
)
_NTH_DAY = guarded(
    r"(?:[停断没无][水电气暖网供热]|停供|中断供[水电气暖热])了?(?:的|都|已经?|今天是?|到今天|进入|是|，){0,3}第(?P<day>\d{1,2}|[二三四五六七八九十]{1,3})天"
    r"|第(?P<since>\d{1,2}|[二三四五六七八九十]{1,3})天(?:还|仍|又)?[停断没无][水电气暖网热]"
)
"""On the third day of an outage one whole day has passed for certain."""
FIRST_AND_LAST = 2
"""Days of which only a part may have passed."""
_SHARE = (
    r"(?:(?P<{0}>\d{{1,3}}(?:\.\d{{1,2}})?)%|百分之(?P<{0}_hundredths>[\d一二三四五六七八九十]{{1,4}}(?:\.\d)?)"
    r"|(?P<{0}_tenths>[一二两三四五六七八九])成(?:(?P<{0}_half>半)|(?P<{0}_more>[一二三四五六七八九]))?|(?P<{0}_all>半数|一半))"
)
_UP_TO_SHARE = r"[^，。；！？\n\d一二两三四五六七八九半]"
_POWER_SHARE = guarded(
    rf"[停失断]电(?:(?:用户|户数|居民)数?量?{_UP_TO_SHARE}{{0,4}}占(?:比|总|全[市区县州网]|到)?|(?:用户|户数)?的?比[例重])(?:一度|{_UP_TO_SHARE}){{0,8}}"
    + _SHARE.format("of")
    + r"|(?:全[市区县州网]|[市区县]里)(?:共|已|约|近|超过?|至少|仍|还|有|目前|一度|最高|将近){0,4}"
    + _SHARE.format("with")
    + r"(?:以上|左右|多|余)?的?(?:供?电力?)?(?:用户|居民|住户|客户)"
    r"(?:仍|已|一度|都|全|受影响|先后|陆续)?(?:[停失断没无]电|供电中断)"
    r"|[停失断]电(?:波及|影响|涉及)了?(?:全[市区县州网]|[市区县]里)(?:约|近|超过?){0,2}"
    + _SHARE.format("hit")
    + r"(?:以上|左右|多)?的?(?:用户|居民|住户)|(?<=[，、和时有达])(?:约|近|超过?){0,2}"
    + _SHARE.format("then")
    + r"(?:以上|左右|多)?的?(?:供?电力?)?(?:用户|客户)(?:(?:先后|陆续|一度|受影响|都)?停电|[没断失]了?电)"
    r"|[停失断]电(?:影响|波及|涉及|的)?(?:用户|户数|居民)?数?(?:已|达|约|近|为|有|共|超过?|至少){0,3}"
    r"[\d.一二两三四五六七八九十百千万余多]{1,10}户(?:用户|居民)?[，、（]?约?占(?:比|总|全[市区县州网])"
    r"(?:供?用?电|用户|客户|户数|总数|总量|的|约|近|达|超过?){0,8}" + _SHARE.format("too")
)
_SHED = r"(?:损失|甩[掉下去]?|[丢切]掉?|切除|减供|失去)了?"
_WHOLE_NET = r"(?:全[市区县州网]|[市区县]里)"
_LOAD_SHARE = guarded(
    rf"(?:减供|损失|切除|甩)(?:的?[供用]?电力?)?负荷{_UP_TO_SHARE}{{0,6}}(?:[\d.]{{1,7}}(?:万千瓦|兆瓦|mw){_UP_TO_SHARE}{{0,2}}[，（]?)?占?{_UP_TO_SHARE}{{0,12}}"
    + _SHARE.format("of")
    + rf"|{_SHED}(?:{_WHOLE_NET})?(?:约|近|超过?){{0,2}}"
    + _SHARE.format("with")
    + rf"(?:以上|左右|多)?的?(?:供?电力?)?负荷|{_SHED}{_WHOLE_NET}(?:总|供电|用电)?负荷(?:的|约|近|达|超过?){{0,3}}"
    + _SHARE.format("hit")
    + r"|(?:电网|全[市网])[^，。；！？\n\d]{0,6}负荷[^。；！？\n]{0,20}?"
    r"(?:减供|少了|损失|甩[掉去]?|掉了|下降|下跌)了?(?:约|近|超过?)?" + _SHARE.format("then")
)
_OR_MORE = re.compile(r"以上|超|多的?(?:用户|居民)")
_LOCAL = re.compile(r"小区|村|镇|乡|街道|社区|台区|片区|园区|线路(?=停电|用户)|馈线")
"""A share of a compound's users is none of the district's."""
_OVERALL = re.compile(r"全[市区县州网]")
_LEAST_LOSS = 10_000
"""A bare figure behind 损失 is of money from here on: "损失初估6500万"."""
_REPLACED = re.compile(r"(?:上升|增加|下降|减少|修订|订正|核定|更正|修正|更新|调整|变更|扩大|升|增|降|减)(?:到|至|为)")
"""Between two figures: the first holds no longer."""
_PUT_RIGHT = re.compile(
    r"[”\"」』]?[^。；！？\n\d]{0,20}?(?:应为|应是|实为|实际为|实际是|其实是|更正为|订正为|修正为|改正为|系)[“\"「『]?(?:损失|震级)?(?:约|近)?"
)
"""Between a figure and the one that puts it right: "“损失3000万元”多写一个零，应为300万元"."""
_CORRECTED = re.compile(r"更正|修正|订正|应为|应是|实为|正式测定|核减|核定|下调|下降|减少|降[到至为]|减[到至为]")
_IN_TRUTH = re.compile(r"实际(?!上)[^，。；、\d]{0,6}$|(?:最终|重新)(?:核定|测定|认定|确定)[^，。；、\d]{0,10}$")
"""Before a figure: it puts right whatever else was said, however far from it."""
_MEASURED = re.compile(r"正式测定(?!的?结果)[^自]{0,60}$")
"""Before a magnitude, in its sentence: no other one holds, none measured automatically."""
_BY_PARTS = {FactKind.HOUSEHOLDS, FactKind.LOSS_YUAN}
"""What a text may tell by parts that count together."""
_STOPS = re.compile(r"[。！？\n；]|另|此外")
_LOOK = 60
_QUAKES = re.compile(r"(?P<row>(?<![\d.])\d\.\d(?:[、，,和及]\d\.\d){0,6})[、，,和及]\d\.\d级")
_DECIMAL = re.compile(r"\d\.\d")
_MOST_QUAKE = 10
_BEFORE_UNIT = "0123456789零一二两三四五六七八九十百千万亿廿卅卌俩仨半余多来几个整壹贰叁肆伍陆柒捌玖拾佰仟" + "".join(
    filter(str.isspace, map(chr, range(0x3001)))
)
"""What stands right before a unit: the end of a numeral, what makes it vague, or a space."""
HINTS: dict[str, str | re.Pattern[str] | frozenset[str]] = {
    "amount": frozenset(before + unit for before in _BEFORE_UNIT for unit in (*_UNITS, "用户")),
    "unit": "|".join(unit if unit != "小" else "个小" for unit in _UNITS),
    "surroundings": WORDS,
    "scale": _QUAKE_SCALE,
    "quakes": _QUAKES,
    "loss": _LOSS_BARE,
    "nth day": _NTH_DAY,
    "power share": _POWER_SHARE,
    "load share": _LOAD_SHARE,
    "clock": CLOCK,
    "houses": frozenset(before + houses.ROOM for before in _BEFORE_UNIT),
}
ALONE = frozenset({"scale", "quakes", "loss", "nth day", "power share", "load share", "houses"})
"""Without an amount of a unit and what it measures, or one of these, a text gives no such figure."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a thing."""

    kind: FactKind
    value: float
    qualifier: Qualifier
    span: Span
    forecast: bool = False
    part: bool = False
    correction: bool = False
    superseded: bool = False
    adds: bool = False


def may_measure(seen: Seen) -> bool:
    """Whether a text may give a figure of a thing; `seen` of `HINTS`."""
    return measured(seen) or ("clock" in seen and "surroundings" in seen) or not seen.isdisjoint(ALONE)


def measured(seen: Seen) -> bool:
    """Whether a text may hold an amount of a unit, and what says that it measures something."""
    return "unit" in seen and "amount" in seen and "surroundings" in seen


def find(plain: str, seen: Seen) -> list[Quantity]:
    """All figures of things in a normalised text whose surroundings say what they measure; `seen` of `HINTS`."""
    found = _amounts(plain) if measured(seen) else []
    for hint, more in _MORE:
        if hint in seen:
            known = {(one.kind, one.value) for one in found}
            found += [new for new in more(plain) if (new.kind, new.value) not in known]
    return found


def _amounts(plain: str) -> list[Quantity]:
    """Amounts of a unit."""
    found: list[Quantity] = []
    latest: dict[FactKind, int] = {}
    told_of = defaultdict[tuple[FactKind, float], Told](Told)
    crops, worst = Crops(plain), list[int]()
    for match in _AMOUNT.finditer(plain):
        kind, factor = _UNITS[match["unit"].removeprefix("用").removesuffix("钱")]
        spot = Spot(plain, match)
        old = found[latest[kind]] if kind in latest else None
        put_right = old is not None and _PUT_RIGHT.fullmatch(plain, old.span[1], match.start()) is not None
        another = old is not None and _another(plain, old, spot)
        meant = put_right or measures(kind, spot) or (another and old is not None and goes_on(kind, spot, old.span))
        told = _value(match, factor) if meant else None
        if told is None:
            continue
        new = Quantity(kind, *told, match.span(), forecast=is_forecast(kind, spot))
        if kind is FactKind.AREA_HA:
            if old is not None and crops.worst(old.span, new.span):
                worst.append(len(found))
                found.append(_related(plain, old, new)[1])
                continue
            another = crops.others(old.span if old is not None else None, new.span)
            for number in worst if another else ():
                found[number] = replace(found[number], part=True)
            worst.clear()
        if old is not None:
            found[latest[kind]], new = _related(plain, old, new)
            new = _added(plain, told_of[kind, new.value], old, new) if another else new
        if _puts_right(kind, spot):
            new = replace(new, correction=True)
        latest[kind] = len(found)
        told_of[kind, new.value].add(new.span)
        found.append(new)
    return found


def _puts_right(kind: FactKind, spot: Spot) -> bool:
    """Whether the words before a figure say that it is the true one."""
    plain, start = spot.plain, spot.start
    if _CORRECTED.search(plain, max(0, start - 4), start) or _IN_TRUTH.search(plain, max(0, start - 14), start):
        return True
    return kind is FactKind.MAGNITUDE and _MEASURED.search(plain, spot.sentence[0], start) is not None


def _another(plain: str, old: Quantity, spot: Spot) -> bool:
    """Whether a figure is of another part than the one of its kind before it."""
    if old.kind not in _BY_PARTS or planned(plain, *spot.clause):
        return False
    named = old.kind is FactKind.HOUSEHOLDS and by_name(plain, old.span, spot.match.span())
    return named or apart(plain, old.span, spot.match.span())


def _added(plain: str, told: Told, old: Quantity, new: Quantity) -> Quantity:
    """One more part: of a whole, as the one before it is, or one that adds to that."""
    if old.part:
        return replace(new, part=True)
    return replace(new, adds=not (new.part or new.correction or told.again(plain, new.span)))


def _related(plain: str, old: Quantity, new: Quantity) -> tuple[Quantity, Quantity]:
    """Two figures of one kind that follow each other: the second may replace the first or be a part of it."""
    between = plain[old.span[1] : new.span[0]][-_LOOK:]
    if _REPLACED.fullmatch(between) or _PUT_RIGHT.fullmatch(between):
        old = replace(old, superseded=True)
    if _STOPS.search(between):
        return old, new
    return old, replace(new, part="其中" in between, correction=_CORRECTED.search(between) is not None)


def _scaled_magnitudes(plain: str) -> Iterator[Quantity]:
    """Magnitudes with their scale instead of "级": "里氏6.1", "M5.3"."""
    for match in _QUAKE_SCALE.finditer(plain):
        value = float(match["magnitude"])
        if 0 < value < _MOST_QUAKE and about_quake(plain, *match.span()):
            yield Quantity(FactKind.MAGNITUDE, value, Qualifier.EXACTLY, match.span())


def _listed_magnitudes(plain: str) -> Iterator[Quantity]:
    """All but the last of several quakes: "连发4.7、5.1、4.3级地震"."""
    for match in _QUAKES.finditer(plain):
        for one in _DECIMAL.finditer(plain, *match.span("row")):
            if 0 < float(one[0]) < _MOST_QUAKE and about_quake(plain, *one.span()):
                yield Quantity(FactKind.MAGNITUDE, float(one[0]), Qualifier.EXACTLY, one.span())


def _bare_losses(plain: str) -> Iterator[Quantity]:
    """Losses in ten thousands or more without "元"."""
    for match in _LOSS_BARE.finditer(plain):
        told = quantity(match["loss"], None, None, None)
        if told is not None and told[0] >= _LEAST_LOSS:
            yield Quantity(FactKind.LOSS_YUAN, *told, match.span())


def _days_before(plain: str) -> Iterator[Quantity]:
    """How long an outage has lasted at least that is in its third day."""
    for match in _NTH_DAY.finditer(plain):
        told = parse(match["day"] or match["since"])
        if told is not None and told.value > FIRST_AND_LAST:
            yield Quantity(FactKind.HOURS, 24 * (told.value - FIRST_AND_LAST), Qualifier.AT_LEAST, match.span())


def _shares(plain: str, pattern: re.Pattern[str], kind: FactKind) -> Iterator[Quantity]:
    """Users without power, or load not supplied, in per cent, as the power company gives them."""
    for match in pattern.finditer(plain):
        start = bounds.begin(plain, match.start(), "。！？；\n", _LOOK)
        told = next(
            filter(
                None,
                (_share(match, name) for name in ("of", "with", "hit", "then", "too") if name in pattern.groupindex),
            ),
            0.0,
        )
        if 0 < told <= 100 and (_OVERALL.search(match.group()) or not _LOCAL.search(plain, start, match.end())):
            least = Qualifier.AT_LEAST if _OR_MORE.search(match.group()) else Qualifier.EXACTLY
            yield Quantity(kind, told, qualified(match.group(), least), match.span())


def _share(match: re.Match[str], name: str) -> float:
    """A share in per cent: "31.5%", "两成半", "半数"."""
    if match[name]:
        return float(match[name])
    hundredths = parse(match[f"{name}_hundredths"]) if match[f"{name}_hundredths"] else None
    if hundredths is not None:
        return hundredths.value
    tenths = parse(match[f"{name}_tenths"]) if match[f"{name}_tenths"] else None
    if tenths is not None:
        more = parse(match[f"{name}_more"]) if match[f"{name}_more"] else None
        return 10 * tenths.value + (5 if match[f"{name}_half"] else more.value if more else 0)
    return 50.0 if match[f"{name}_all"] else 0.0


def _value(match: re.Match[str], factor: float) -> tuple[float, Qualifier] | None:
    """Value in the base unit; "两天半", "1小时20分" and "3到5天" (its lower end) too."""
    half = match["numeral"] == "半"
    numeral = "一" if half else match["numeral"]
    found = quantity(numeral, match["before"], match["after"] or match["more"], match["tail"])
    if found is None:
        return None
    value, qualifier = found
    if match["low"]:
        low = quantity(match["low"], None, None, None)
        value, qualifier = (low[0] if low else value), Qualifier.ABOUT
    value = 0.5 if half else value + (0.5 if match["half"] or match["rest"] == "半" else 0.0)
    minutes = quantity(match["minutes"], None, None, None) if match["minutes"] and factor == 1.0 else None
    return round(value * factor + (minutes[0] / 60 if minutes else 0.0), 6), qualifier


def _spells(plain: str) -> Iterator[Quantity]:
    """How long an outage lasted that is told by clock times."""
    for hours, span in spells(plain):
        yield Quantity(FactKind.HOURS, hours, Qualifier.EXACTLY, span)


def _houses(plain: str) -> Iterator[Quantity]:
    for found in houses.counted(plain):
        yield Quantity(FactKind.HOUSES, found.value, found.qualifier, found.span, part=found.part, adds=found.adds)


_MORE: tuple[tuple[str, Callable[[str], Iterator[Quantity]]], ...] = (
    ("scale", _scaled_magnitudes),
    ("quakes", _listed_magnitudes),
    ("loss", _bare_losses),
    ("nth day", _days_before),
    ("clock", _spells),
    ("houses", _houses),
    ("power share", partial(_shares, pattern=_POWER_SHARE, kind=FactKind.POWER_USERS_PERCENT)),
    ("load share", partial(_shares, pattern=_LOAD_SHARE, kind=FactKind.POWER_LOAD_PERCENT)),
)
"""What gives figures without an amount of a unit, and the hint of each."""
