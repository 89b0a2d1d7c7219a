"""How long an outage lasted that is told by clock times: "昨晚8点停到今早6点", "10时停运……15时恢复"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.facts.numerals import parse
from analyzer.facts.surroundings import interrupted, out_of_service, over, planned
from analyzer.model import Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

_DAY = (
    r"(?P<named>大?前(?:[天日]|(?=[晚夜]))|昨[天日]?|今[天日]?|当(?:[天日]|(?=晚))|次日|第二天|翌日|头一?天|前一天|第一天)"
    r"|(?:\d{1,2}月)?(?P<date>\d{1,2})[日号]|(?:周|星期|礼拜)(?P<week>[一二三四五六日天])"
)
_PART = (
    r"(?P<part>凌晨|[一大]?清[晨早]|[一大]?早[晨上]?|晨|上午|正?中午|晌午|下午|午后|傍晚|晚[上间]?|半夜|[深]?夜[里间]?)"
)
CLOCK = guarded(
    rf"(?:{_DAY})?{_PART}?(?P<hour>(?<![\d.:：])\d{{1,2}}|(?<![第几一二三四五六七八九十])[一二两三四五六七八九十]{{1,3}}|零)"
    r"(?:[:：](?P<minute>[0-5]\d)(?![:：\d])"
    r"|(?P<unit>[时点])(?!间|[建意要原评注火多滴位])(?:(?P<spoken>[0-5]?\d|[一二三四五]?十[一二三四五六七八九]?)分?|(?P<half>半)|(?P<quarter>[一三])刻)?)"
)
_OFFSETS = {"大": -3, "前": -2, "昨": -1, "今": 0}
_NEXT = ("次", "第二", "翌")
_WEEK = "一二三四五六日天"
_TILL = re.compile(r"[^。！？；\n]{0,20}?(?:到|至|[-—~～])(?:了|，|现在|目前)?")
"""Between a time and the one until which something lasted."""
_UP_TO = re.compile(r"(?:直[到至]|持续[到至]|延续[到至]|[拖熬等]到)了?$")
"""Right before a time: what began lasted until then, whatever was told in between."""
_BY = re.compile(r"(?:截至|截止|到|至)(?:了|目前|现在)?$")
_PARTLY = re.compile(r"恢复(?:了?供[水电气暖热])?(?:约|近|超过?|至)?[\d.]{1,8}[余多万千百]{0,3}(?:户|成|%)")
"""What is over for some only: "20时，恢复供电11万户"."""
_STILL = re.compile(r"仍|还[没未]|尚未|未恢复|没来|没有恢复")
_EXPECTED = re.compile(r"预计|计划|力争|争取|有望|预期|将|拟|左右可|前可|确保|承诺|答应")
_NO_OUTAGE = re.compile(
    r"检修|改造|迁改|切改|升级|维护|计划|每天|每日|营业|上班|办公|工作时间|热线|服务时间|运营时间|日常"
)
_BURIED = re.compile(r"井下|矿|透水|冒顶|塌|埋|洪水|围困|孤岛|山洪|泥石流|滑坡|雪崩|迷路|沉船")
"""Who is shut in by such waits to be rescued: nothing is out of service so long."""
_SENTENCE = "。！？!?\n；"
_CLAUSE = "，。！？!?\n；"
_REACH = 120
_LONGEST = 240
_NOON = 12
_NIGHT_ENDS = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in a text; `told` when it can be no other hour of the day, `day` by the calendar it counts in."""

    start: int
    end: int
    hour: float
    told: bool
    calendar: str = ""
    day: int = 0


def spells(plain: str) -> Iterator[tuple[float, Span]]:
    """Hours from when something is cut off, or somebody shut in, until it is over or still goes on, and where."""
    begun: Moment | None = None
    for match in CLOCK.finditer(plain):
        moment = _moment(match)
        if moment is None:
            continue
        if begun is not None and moment.start - begun.end <= _REACH and _until(plain, begun, moment):
            hours = elapsed(begun, moment)
            if 0 < hours <= _LONGEST:
                yield round(hours, 6), (begun.start, moment.end)
            begun = None
        elif (begun is None or moment.start - begun.end > _REACH) and _begins(plain, moment):
            begun = moment


def _begins(plain: str, moment: Moment) -> bool:
    """Whether something is told as cut off in the sentence of a time, and not as planned, daily or over by then."""
    start = bounds.begin(plain, moment.start, _SENTENCE, _REACH)
    end = bounds.end(plain, moment.end, _SENTENCE, _REACH)
    if planned(plain, start, end) or _NO_OUTAGE.search(plain, start, moment.start):
        return False
    clause = bounds.end(plain, moment.end, _CLAUSE, _REACH)
    later = CLOCK.search(plain, moment.end, clause)
    if over(plain, moment.end, later.start() if later else clause):
        return False
    return interrupted(plain, start, end) and (
        out_of_service(plain, start, end) or not _BURIED.search(plain, start, end)
    )


def _until(plain: str, begun: Moment, moment: Moment) -> bool:
    """Whether a time is that until which what began lasted."""
    clause = bounds.begin(plain, moment.start, _CLAUSE, _REACH)
    end = bounds.end(plain, moment.end, _CLAUSE, _REACH)
    if _EXPECTED.search(plain, max(clause, begun.end), end):
        return False
    if _TILL.fullmatch(plain, begun.end, moment.start) or _UP_TO.search(plain, clause, moment.start):
        return True
    further = bounds.end(plain, end + 1, _CLAUSE, _REACH)
    if _PARTLY.search(plain, moment.end, further):
        return False
    if _BY.search(plain, clause, moment.start) and _STILL.search(plain, moment.end, further):
        return True
    return over(plain, moment.end, end if over(plain, moment.end, end) else further)


def elapsed(begun: Moment, ended: Moment) -> float:
    """Hours between two times, the fewest that they can mean; 0 where the second is not the later one."""
    if begun.calendar and begun.calendar == ended.calendar:
        days = _days(begun, ended)
        return max(0.0, 24 * days + ended.hour - begun.hour) if days >= 0 else 0.0
    if ended.calendar == "next":
        return 24 + ended.hour - begun.hour
    step = 24 if ended.told else _NOON
    hours = (ended.hour - begun.hour) % step
    return hours or float(step)


def _days(begun: Moment, ended: Moment) -> int:
    if begun.calendar == "week":
        return (ended.day - begun.day) % 7
    turned = begun.calendar == "date" and ended.day < begun.day
    return max(1, ended.day + 28 - begun.day) if turned else ended.day - begun.day


def _moment(match: re.Match[str]) -> Moment | None:
    number = parse(match["hour"])
    part, named = match["part"] or "", match["named"] or ""
    if number is None or number.value > 24 or match.group() == "一点":
        return None
    hour = _on_the_clock(number.value, part, named) + _minutes(match) / 60
    told = bool(part) or number.value > _NOON or number.value == 0 or match["unit"] != "点"
    calendar, day = "", 0
    if match["date"]:
        calendar, day = "date", int(match["date"])
    elif match["week"]:
        calendar, day = "week", min(_WEEK.index(match["week"]), 6)
    elif named.startswith(_NEXT):
        calendar = "next"
    elif named and named[0] in _OFFSETS:
        calendar, day = "named", _OFFSETS[named[0]]
    return Moment(match.start(), match.end(), hour, told, calendar, day)


def _on_the_clock(hour: float, part: str, named: str) -> float:
    """An hour as a clock of 24 shows it; those behind midnight still belong to a night that is named: "昨夜2点"."""
    if part in {"下午", "午后", "傍晚"} or (part.endswith(("中午", "晌午")) and hour < _NIGHT_ENDS):
        return hour + _NOON if hour < _NOON else hour
    if "晚" in part or "夜" in part:
        if hour < _NIGHT_ENDS:
            return hour + 24 if named else hour
        return hour + _NOON if hour <= _NOON else hour
    return 0.0 if part == "凌晨" and hour == _NOON else hour


def _minutes(match: re.Match[str]) -> float:
    if match["half"]:
        return 30.0
    if match["quarter"]:
        return 15.0 if match["quarter"] == "一" else 45.0
    told = match["minute"] or match["spoken"]
    number = parse(told.lstrip("0") or "零") if told else None
    return number.value if number else 0.0
