"""The days that a text names: of two accidents of one week it says which is meant.

Patterns begin with a look at one character, which spares most places the rest.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from analyzer.facts.numerals import parse
from analyzer.patterns.expressions import anywhere
from crawlers.beijing import BEIJING

_DAY = re.compile(
    r"(?=[\d“‘])(?:(?:(?<!\d)(\d{1,2})\s?月\s?)?(?<![\d.])(\d{1,2})(?:日|号(?![楼线院厅门]))|[“‘](\d{1,2})[·・.](\d{1,2})[”’])"
)
"""With or without a month, or as accidents are called ("“6·3”")."""
_MATTER = (
    "事故|爆炸|爆燃|燃爆|火灾|大火|起火|地震|洪[水涝灾]|山洪|暴雨|台风|坍塌|倒塌|垮塌|滑坡|泥石流|泄漏|相撞|碰撞|沉船|沉没"
    "|翻[车沉船]|侧翻|坠|中毒|矿难|透水|突水|瓦斯|冒顶"
)
_CALLED = re.compile(
    rf"(?=\d)(?:(?<!\d)(\d{{1,2}})[·・](\d{{1,2}})[”’]?(?=[^，。；！？\n]{{0,10}}(?:{_MATTER}))"
    rf"|(?:(?<!\d)(\d{{1,2}})\s?月\s?)?(?<![\d.])(\d{{1,2}})[日号](?:那[天次场晚夜]|的?(?=[^，。；！？\n\d]{{0,10}}(?:{_MATTER}))))"
)
"""Right before what happened: "“6·3”爆炸事故", "6月3日的地震", "3日那次翻车"."""
_WIDTH = 32
_DAYS_ON = re.compile(
    r"(?=[第一二两三四五六七八九十\d])(?:第([一二三四五六七八九十]{1,3}|\d{1,2})天|([一二两三四五六七八九十]{1,3}|\d{1,2})多?天(?:了|没|不|还))"
)
_STILL = anywhere(
    r"(?:还|仍|依然|依旧|一直)(?:在|没有?|未|不)[^，。；！？\n]{0,4}(?:来|恢复|修|通|停|断|热|供|解决|好)|(?:到|至)(?:现在|今)"
)
"""What has not ended is what was told days before."""
_AGAIN = anywhere(
    r"(?:天天|每天|每晚|每到|每次|每周|经常|时常|常常|频繁|频频|三天两头|隔三[差岔]五|动不动|老是|总是|反复|一到)"
    r"[^，。；！？\n,]{0,6}(?:[停断没跳掉缺黑]|不热)"
    r"|[停断跳掉][水电气网闸线]?了?(?:[三四五六七八九十]|\d{1,2}|好几|几|多|无数)[次回]|第[三四五六七八九十]次"
    r"|始终|常年|年年|每年|长期|几年来|入冬以来|整个冬天|半个?多?月|[一两二三几]个多?月"
)
"""What fails again and again, or has for weeks, is no outage of these days."""
SOME_DAYS, MOST_DAYS = 4.0, 15.0
"""Days that a trouble goes on of which it is only said that it does, and at the most."""
DAY = 86_400.0


def days(text: str, told: datetime) -> frozenset[int]:
    """Days as month * 32 + day; without a month the latest such day that was not after it was told."""
    found = _DAY.findall(text) if "日" in text or "号" in text or "·" in text or "・" in text else ()
    return _numbered([(written or month, day or of_it) for written, day, month, of_it in found], told)


def called(text: str, told: datetime) -> frozenset[int]:
    """The days, of these, that a text calls what happened by: a report's own day and the one before only in "“6·3”"."""
    if "日" not in text and "号" not in text and "·" not in text and "・" not in text:
        return frozenset()
    found = _CALLED.findall(text)
    dotted = _numbered([(month, day) for month, day, _, _ in found if day], told)
    return dotted | earlier(_numbered([(month, day) for _, _, month, day in found if day], told), told)


def born(told: float) -> frozenset[int]:
    """The days on which what was first told then (seconds since 1970) may have happened: that one, the one before."""
    first = datetime.fromtimestamp(told, BEIJING)
    return frozenset([one.month * _WIDTH + one.day for one in (first, first - timedelta(days=1))])


def _numbered(found: Sequence[tuple[str, str]], told: datetime) -> frozenset[int]:
    """Months, which may be missing, and days as they are written."""
    if not found:
        return frozenset()
    today, days = told.astimezone(BEIJING), set[int]()
    for month, day in found:
        number, named = int(day), int(month or 0)
        if not 1 <= number <= 31 or named > 12:
            continue
        if not named:
            named = today.month if number <= today.day else (today.month - 2) % 12 + 1
        days.add(named * _WIDTH + number)
    return frozenset(days)


def earlier(found: frozenset[int], told: datetime) -> frozenset[int]:
    """Of these days those before the day on which somebody told of them and the one before that.

    A report says of what day it is, whatever it is about.
    """
    today = told.astimezone(BEIJING)
    return found - {one.month * _WIDTH + one.day for one in (today, today - timedelta(days=1))}


def again(text: str) -> bool:
    """Whether a text says that something fails again and again, or has for weeks."""
    return _AGAIN.search(text) is not None


def going_on(text: str) -> float:
    """Seconds for which something has gone on by what a text says: "第四天了"; "到现在还没来" says some days."""
    stated = [parse(nth or whole) for nth, whole in _DAYS_ON.findall(text)] if "天" in text else []
    days = max((number.value for number in stated if number is not None), default=0.0)
    if not days and _STILL.search(text):
        days = SOME_DAYS
    return min(days, MOST_DAYS) * DAY
