"""Figures of things: households, hours, yuan, magnitude, millimetres, hectares."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from analyzer.facts.amounts import AFTER, BEFORE, TAIL, quantity
from analyzer.facts.numerals import NUMERAL
from analyzer.model import FactKind, Qualifier, Span
from analyzer.scan import guarded

_NUMBER = (
    rf"(?:(?P<before>{BEFORE})\s?)?(?:(?P<low>{NUMERAL})[至到~～—-]{{1,2}})?(?P<numeral>{NUMERAL}|半(?=个?多?(?:小时|钟头)))(?P<after>{AFTER})?\s?(?:个)?"
    r"(?P<half>半)?(?P<more>多)?"
)
_UNITS = {
    "户": (FactKind.HOUSEHOLDS, 1.0),
    "小时": (FactKind.HOURS, 1.0),
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
    r"(?P<unit>用?户(?!口|型|外|籍)|小时|钟头|天(?!然|津|河|气|台|下|水)|昼夜|星期|周(?!年|边|围|末|期|一|二|三|四|五|六|日)|礼拜|分钟|元(?!宝|旦|月)|块钱|块"
    r"|级(?!别|以下)|毫米|mm|亩|公顷|平方公里|平方千米|平方米|平米|㎡|km2|日(?!前|报|游|常|元|圆))"
    rf"(?P<rest>零?(?P<minutes>{NUMERAL})分钟?|半)?(?P<tail>{TAIL})?(?P<night>[一两二三四五]夜)?"
)
_QUAKE_SCALE = guarded(
    r"(?:(?:里氏|面波)(?:震级)?|震级(?:为|是|达|:|：)?|m[sl]?)\s?(?:约|达)?(?P<magnitude>\d{1,2}(?:\.\d)?)(?!\d|\.\d|\s?[点时月日号公米km级])"
)

_SERVICE = re.compile(r"[水电气暖热网]|燃气|瓦斯|管[线線]|通信|通讯|宽带|信号|供应")
_CUTS = (
    r"停[水电气暖热网供运]|停的[水电气暖]|停(?:了|过|咗)[^，。]{0,8}[水电气暖]|[水电气暖网](?:也|都|又|已经?|全|就)?停|断[水电气网供暖]|没有?(?:自来|热|生活用)?[水电气暖网]|没暖气|[没无]信号|没天然气|没燃气"
    r"|[供用通水电气暖网信力][^，。；]{0,6}中断|中断[^，。；]{0,4}供|瘫痪|用[水电气]受限|限[水电气]|用不上[水电气]|供[水电气暖热应](?:不上|不足)|无[水电气暖]|不来[水电气]|不供[水电气暖热]|没来[水电气]|上不了网|断了?(?:水|电|气|网|供)"
    r"|(?:用[水电气]|供暖|供热|取暖)(?:困难|受影响)|受影响(?:用户|户数)|停电|停暖|未(?:恢复|通)[供通来]?[水电气暖热]"
)
_CUT_OFF = re.compile(_CUTS)
_INTERRUPTED = re.compile(
    _CUTS
    + r"|中断|停[驶航摆]|封闭|封路|关闭|断行|断交|禁行|锁在|锁了|堵|被困|困在|关在|卡在|困了|关了|困|停电梯|滞留|停在|悬在|吊在"
)
_TOUCHED = re.compile(r"影响|涉及|波及")
_RESTORED = re.compile(r"(?<![未没待])恢复|点火|复[电水气]|(?<![没不未])来[电水]|通水|通电|送电|抢通|修复|解决")
_HOURS_BEFORE = re.compile(
    r"提前|每天|每日|每晚|日均|将于|之内|值守|轮流|上班|加班|工作|营业|限时|小时工|热线|全天候|执勤|坚守|奋战|救援|抢修"
)
_HOURS_NOT = re.compile(r"(?:以?内|之?后|以?前|值班|值守|热线|在线|服务|营业|小店|便利|待命|作业|轮班|不打烊|/天|工)")
_NOT_HOUSEHOLD = re.compile(
    r"[水电气]费|收费|白名单|停[水电气]前|房屋|民房|倒塌|低保|贫困|脱贫|搬迁|拆迁|走访|签约|宣传|排查|发放|安装|改造|复[水电气]|(?<![未没待])恢复|已通"
)
_UNTIL_BACK = re.compile(
    r"(?:之?后|才|过后|左右后?)[^，。]{0,6}(?:恢复|来[电水]|抢通|修复|复[电水]|通[电水车]|供[电水]|救出|获救|脱困|打开)"
)
_SO_LONG = re.compile(
    r"(?:到现在|到今天|到此刻|至今|现在|目前|截至目前|算下来|前后|已经?|都|就|这|一|停了?|断了?|熬了?|等了?|整整|足足|快|将近|超过|持续了?|历时|长达|总共|共|有|又|没|一共|过去|过了|了|达|近|约|也|还)*"
)
"""What stands before a duration that belongs to the clause before it."""
_LASTING = re.compile(r"(?:停|断|没|持续|连续|长达|已经?)[水电气暖网]?[了咗]?(?:成|近|约|达|整整|足足)?$")
_LOSS = re.compile(r"损失")
_LOSS_NOT = re.compile(r"赔偿|补偿|拨付|捐|罚|投资|奖励|救助|理赔|挽回|避免|减少")
_QUAKE = re.compile(r"地震|余震|强震|震级|里氏|震中|有感|[微小大]震")
_NOT_QUAKE = re.compile(
    r"大风|阵风|风力|风|台风|响应|预警|烈度|抗震|设防|设计|资质|火险|[一二三四五六七八九]级医|伤残|职称|评[为级]|应急|甲|学|预案|机构|以下"
)
_RAIN = re.compile(r"雨|降水|积水|下了")
_FORECAST = re.compile(r"预计|预报|预测|未来|可达|将达|将有|将出现|可能达|预警")
_NOT_RAIN = re.compile(r"直径|管径|厚|口径|钢板|螺|裂缝|雪深|冰雹|沉降|位移|缝宽|宽约?$")
_AREA = re.compile(
    r"过火|受灾|成灾|绝收|受淹|被淹|淹没|燃烧|烧毁|火场|着火|起火|污染|受损|林地|山火|损毁|倒伏|受旱|烧了?|山林|庄稼|淹了"
)
_REPLACED = re.compile(r"(?:上升|增加|下降|减少|更正|修正|更新|调整|变更|扩大|升|增|降|减)(?:到|至|为)")
"""Between two figures: the first holds no longer."""
_CORRECTED = re.compile(r"更正|修正|订正|核减|下调|下降|减少|降[到至为]|减[到至为]")
_STOPS = re.compile(r"[。！？\n；]|另|此外")
_LOOK = 30
_CLOSE = 14
_STILL = re.compile(r"了|没来|没人|都没")


HINTS = {
    "unit": "|".join(_UNITS),
    "surroundings": "|".join(p.pattern for p in (_INTERRUPTED, _TOUCHED, _LOSS, _QUAKE, _RAIN, _AREA)),
    "scale": _QUAKE_SCALE,
}
"""Patterns without which a text gives no such figure: both a unit and what it measures, or a magnitude's scale."""


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


def find(plain: str) -> list[Quantity]:
    """All figures of things in a normalised text whose surroundings say what they measure."""
    found: list[Quantity] = []
    latest: dict[FactKind, int] = {}
    for match in _AMOUNT.finditer(plain):
        kind, factor = _UNITS[match["unit"].removeprefix("用").removesuffix("钱")]
        if not _FITS[kind](plain, match, _clause(plain, match.start(), match.end())):
            continue
        told = _value(match, factor)
        if told is None:
            continue
        new = Quantity(kind, *told, match.span(), forecast=_is_forecast(kind, plain, match))
        if kind in latest:
            old = found[latest[kind]]
            between = plain[old.span[1] : match.start()][-_LOOK * 2 :]
            if _REPLACED.fullmatch(between):
                found[latest[kind]] = replace(old, superseded=True)
            new = replace(
                new,
                part="其中" in between and not _STOPS.search(between),
                correction=bool(_CORRECTED.search(between)) and not _STOPS.search(between),
            )
        new = replace(
            new, correction=new.correction or bool(_CORRECTED.search(plain[match.start() - 4 : match.start()]))
        )
        latest[kind] = len(found)
        found.append(new)
    return [*found, *_scaled_magnitudes(plain)]


def _is_forecast(kind: FactKind, plain: str, match: re.Match[str]) -> bool:
    return kind is FactKind.RAINFALL_MM and bool(_FORECAST.search(plain, *_sentence(plain, *match.span())))


def _scaled_magnitudes(plain: str) -> Iterator[Quantity]:
    """ "里氏6.1", "M5.3": the scale instead of "级"."""
    for match in _QUAKE_SCALE.finditer(plain):
        value = float(match["magnitude"])
        if 0 < value < 10 and _QUAKE.search(plain, max(0, match.start() - _LOOK), match.end() + _LOOK):
            yield Quantity(FactKind.MAGNITUDE, value, Qualifier.EXACTLY, match.span())


def _value(match: re.Match[str], factor: float) -> tuple[float, Qualifier] | None:
    half = match["numeral"] == "半"
    found = quantity(
        "一" if half else match["numeral"], match["before"], match["after"] or match["more"], match["tail"]
    )
    if found is None:
        return None
    value, qualifier = found
    if match["low"]:
        low = quantity(match["low"], None, None, None)
        value, qualifier = (low[0] if low else value), Qualifier.ABOUT
    value = (0.5 if half else value + (0.5 if match["half"] else 0.0)) * factor
    if match["minutes"] and factor == 1.0:
        minutes = quantity(match["minutes"], None, None, None)
        value += minutes[0] / 60 if minutes else 0.0
    elif match["rest"] == "半":
        value += factor / 2
    return round(value, 6), qualifier


def _clause(plain: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the clause around a figure, at most `_LOOK` characters to each side."""
    left = max(plain.rfind(mark, max(0, start - _LOOK), start) for mark in "，。；！？\n：、 ")
    right = min(
        (at for mark in "，。；！？\n、 " if (at := plain.find(mark, end, end + _LOOK)) >= 0), default=end + _LOOK
    )
    return (left + 1 if left >= 0 else max(0, start - _LOOK)), min(right, len(plain))


def _sentence(plain: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence around a figure, at most 60 characters to each side."""
    left = max(plain.rfind(mark, max(0, start - 60), start) for mark in "。！？\n；")
    right = min((at for mark in "。！？\n；" if (at := plain.find(mark, end, end + 60)) >= 0), default=end + 60)
    return (left + 1 if left >= 0 else max(0, start - 60)), min(right, len(plain))


_Fits = Callable[[str, re.Match[str], tuple[int, int]], bool]


def _households(plain: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    """Households without a service, not those that have it back or that something else is told of."""
    start, end = clause
    if _RESTORED.search(plain, start, end) or _NOT_HOUSEHOLD.search(plain, start, end):
        return False
    if match["numeral"] in {"一", "1"}:
        return False
    left, right = _sentence(plain, match.start(), match.end())
    if _CUT_OFF.search(plain, max(left, match.start() - _LOOK), min(right, match.end() + _LOOK)):
        return True
    return bool(_TOUCHED.search(plain, start, end) and _SERVICE.search(plain, left, right))


def _hours(plain: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    """How long something is cut off or somebody shut in, in one clause or told right before."""
    start, end = clause
    until = _UNTIL_BACK.match(plain, match.end())
    if _HOURS_NOT.match(plain, match.end()) and not until:
        return False
    if _HOURS_BEFORE.search(plain, max(start, match.start() - 6), match.start()):
        return False
    if match["unit"] == "日" and not _LASTING.search(plain, start, match.start()):
        return False
    if _RESTORED.search(plain, start, match.start()) or (_RESTORED.search(plain, match.end(), end) and not until):
        return False
    if _INTERRUPTED.search(plain, max(start, match.start() - _CLOSE), min(end, match.end() + _CLOSE)):
        return True
    left, _ = _sentence(plain, match.start(), match.end())
    before = plain[start : match.start()]
    lasting = _SO_LONG.fullmatch(before) and (before.strip() or _STILL.match(plain, match.end()))
    return bool(lasting) and _INTERRUPTED.search(plain, left, start) is not None


def _loss(plain: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    start, end = clause
    near = max(start, match.start() - 20)
    found = _LOSS.search(plain, near, match.start()) or re.compile(r"的?(?:直接|经济|财产)*损失").match(
        plain, match.end()
    )
    return bool(found) and not _LOSS_NOT.search(plain, start, end)


def _magnitude(plain: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    start, end = clause
    value = match["numeral"]
    behind = _QUAKE.search(plain, match.end(), min(end, match.end() + 8))
    before = _QUAKE.search(plain, max(start, match.start() - 12), match.start())
    left, right = _sentence(plain, match.start(), match.end())
    if not (before or behind) and not _NOT_QUAKE.search(plain, left, right):
        before = _QUAKE.search(plain, left, right)
    if not (behind or before) or _NOT_QUAKE.search(plain, match.end(), match.end() + 4):
        return False
    return (
        not _NOT_QUAKE.search(plain, max(start, match.start() - 6), match.start())
        and len(value) <= 4
        and not _NOT_QUAKE.match(plain, match.end())
    )


def _rain(plain: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    start, end = clause
    left, right = _sentence(plain, match.start(), match.end())
    return bool(_RAIN.search(plain, left, right)) and not _NOT_RAIN.search(plain, start, match.end() + 4)


def _area(plain: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    left, right = _sentence(plain, match.start(), match.end())
    near = _AREA.search(plain, max(left, match.start() - 16), min(right, match.end() + 10))
    return bool(near)


_FITS: dict[FactKind, _Fits] = {
    FactKind.HOUSEHOLDS: _households,
    FactKind.HOURS: _hours,
    FactKind.LOSS_YUAN: _loss,
    FactKind.MAGNITUDE: _magnitude,
    FactKind.RAINFALL_MM: _rain,
    FactKind.AREA_HA: _area,
}
