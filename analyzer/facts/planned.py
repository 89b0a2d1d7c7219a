"""When a service is to be cut off, as a notice announces it: "11月6日22时至次日4时，因泵房改造停水"."""

import re
from datetime import datetime, timedelta

from analyzer.facts.numerals import parse
from analyzer.facts.surroundings import interrupted
from analyzer.patterns import bounds
from analyzer.patterns.expressions import anywhere, guarded

READ_TO = 1_000
"""Characters of a text that are read; a notice says early when it is to be."""
FARTHEST = timedelta(days=30)
_NUMBER = r"\d{1,2}|[零一二两三四五六七八九十]{1,3}"
_START = guarded(
    rf"(?:(?:(?P<month>\d{{1,2}})月|(?P<after>下个?月))?(?P<date>\d{{1,2}})[日号]|(?P<named>今|明|大?后)[天日晚早晨]|(?P<days>{_NUMBER})[天日]之?后|(?P<next>下)?[本这]?(?:个?周|星期|礼拜)(?P<week>[一二三四五六日天]))"
    r"(?:（[^）\n]{1,4}）)?(?:(?P<late>下午|傍晚|晚上?|夜[里间]?)|凌晨|清?早[上晨]?|上午|中午)?"
    rf"(?P<hour>{_NUMBER})(?:[时点]|[:：][0-5]\d)"
)
_NOTICE = anywhere(r"通知|公告|通告|预告|提[示醒]|计划|检修|改造|施工|迁改|更换|并网|切改|清洗|维护|升级")
_BROKEN = anywhere(
    r"已(?:经)?[停断中]|目前|截至|爆[管裂]|破裂|断裂|漏水|故障|抢修|突[发然]|[挖撞顶钻砸]破|挖断|受损|停了|仍|尚未|抢险|台风|洪水|地震"
)
_OVER = re.compile(r"恢复|修复|[来通复送供][水电气暖](?!公司|局|所|中心|单位)|完成|结束|预计|力争")
_SENTENCE = "。！？\n"
_CLAUSE = "，。；！？\n"
_REACH = 100
_DAYS = {"今": 0, "明": 1, "后": 2, "大后": 3}
_WEEK = "一二三四五六日天"


def starts_at(plain: str, told_at: datetime) -> datetime | None:
    """When a notice, told at `told_at` by the local clock, says that a service will be cut off; None if it is none."""
    head = plain[:READ_TO]
    if not _NOTICE.search(head) or _BROKEN.search(head):
        return None
    for match in _START.finditer(head):
        start = _moment(match, told_at)
        if start is None or not told_at < start <= told_at + FARTHEST:
            continue
        clause = bounds.end(head, match.end(), _CLAUSE, _REACH)
        off = interrupted(head, match.end(), bounds.end(head, match.end(), _SENTENCE, _REACH))
        if off and not _OVER.search(head, match.end(), clause):
            return start
    return None


def _moment(match: re.Match[str], told_at: datetime) -> datetime | None:
    day, hour = _day(match, told_at), _number(match["hour"])
    if day is None or hour is None or hour > 24:
        return None
    return day + timedelta(hours=hour + (12 if match["late"] and hour < 12 else 0))


def _day(match: re.Match[str], told_at: datetime) -> datetime | None:
    """The day that a time names, from its midnight on."""
    today = told_at.replace(hour=0, minute=0, second=0, microsecond=0)
    if match["named"]:
        return today + timedelta(days=_DAYS[match["named"]])
    if match["days"]:
        days = _number(match["days"])
        return None if days is None else today + timedelta(days=days)
    if match["week"]:
        ahead = min(_WEEK.index(match["week"]), 6) - today.weekday() + (7 if match["next"] else 0)
        return today + timedelta(days=ahead)
    month = int(match["month"]) if match["month"] else today.month + bool(match["after"])
    try:
        day = today.replace(year=today.year + month // 13, month=month % 13 + month // 13, day=int(match["date"]))
    except ValueError:
        return None
    return day if day >= today - FARTHEST else day.replace(year=day.year + 1)


def _number(told: str) -> int | None:
    number = parse(told.lstrip("0") or "零")
    return None if number is None else int(number.value)
