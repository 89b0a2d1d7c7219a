"""Door-level addresses: the building's door goes, the street and the compound stay."""

import re
from collections.abc import Iterator

from crawlers.masking.span import Span

DOOR = "【门牌号】"

_N = r"(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,5})"
_ROOM_DIGITS = r"(?:\d{3,4}|[一二三四五六七八九零〇幺]{3,4})"
_SEP = r"[ ,，、\-.]?"
# What counts something is no room: 3号楼1203户居民, 5号楼300多人.
_COUNTED = (
    r"(?![\d:%一二三四五六七八九十百千零〇])(?!\.\d)(?! ?(?:多|余|来|个|人|名|位|家|户|米|元|块|万|千|亿|百"
    r"|年|月|日|点|时|分|秒|平|度|层|楼|次|起|辆|台|部|只|条|根|件|吨|公|里|路|线|岁|斤|张|套|栋|幢|座|毫|立方|摄氏"
    r"|升|倍|天|小时|伏|瓦|兆|以上|以下|左右))"
)
_BUILDING = (
    rf"(?:第?{_N}(?:号楼|栋|幢|座|号院|#楼?|号)|[A-Za-z]\d{{0,2}}(?:座|栋|幢|号楼|楼|区)|[东西南北甲乙丙丁]座"
    rf"|\d{{1,3}}楼(?={_SEP}{_N}单元))"
)
_UNIT = rf"(?:{_N}|[A-Za-z甲乙丙丁东西中])单元"
_ENTRANCE = rf"{_N}门"
_FLOOR = rf"{_N}(?:层|楼)"
_SIDE = r"(?:[东西中南北]户|左手|右手|对门)"
_SUFFIX = r"(?:室|房间?|号房?|门)"
_NOT_HOUSEHOLDS = r"户(?![居村业主人家商受停断都全没无已均共燃断,，。；]|群众|用户)"
_ROOM = rf"(?:{_ROOM_DIGITS}(?:{_SUFFIX}|{_NOT_HOUSEHOLDS}|{_COUNTED})|{_N}(?:室|号房|房)|{_SIDE})"

_DOOR = re.compile(
    rf"(?=[\d第A-Za-z一二三四五六七八九十百零〇两甲乙丙丁东西南北中])(?:{_BUILDING}{_SEP}(?:{_UNIT}|\d{{1,2}}(?=-)){_SEP}(?:{_FLOOR}{_SEP})?{_ROOM}"
    rf"|{_BUILDING}{_SEP}{_ENTRANCE}{_SEP}(?:{_FLOOR}{_SEP})?{_ROOM}"
    rf"|{_BUILDING}(?<!号){_SEP}(?:{_FLOOR}{_SEP})?{_ROOM}"
    rf"|{_N}号{_SEP}{_ROOM_DIGITS}(?:室|房(?![屋价产])|号房)"
    rf"|(?<![\d一二三四五六七八九十]){_UNIT}{_SEP}(?:{_FLOOR}{_SEP})?{_ROOM}"
    rf"|(?<![\d\-.]){_FLOOR}{_SEP}{_ROOM_DIGITS}(?:室|房(?![屋价产])|号房))"
)
_ROOM_ALONE = re.compile(
    r"(?<![\d.\-一二三四五六七八九十百])(?:\d{3,4}|[一二三四五六七八九零〇幺]{3,4})(?:室(?![温内外])|号房|房(?!间?价|屋|产|贷|型|源|企|客|价|本))"
)
_TRIPLE = re.compile(
    r"(?<![\d\-./:])[1-9]\d?[\-#][1-9]?\d?-?(?:[1-9]|[1-5]\d)(?:0[1-9]|[12]\d)(?:室|号|房)?(?![年月日:.\-])" + _COUNTED
)
# 5-12-2008 is a day.
_YEARLIKE = re.compile(r"(?:[1-9]|[12]\d|3[01])-(?:[1-9]|1[0-2])-(?:19[4-9]|20[0-4])\d$")
_CUED = re.compile(
    r"(?:门牌号?码?|家住|房间?号|房号|室号|单元号|户号)\s?(?:是|为|[:：])?\s?(?P<door>[A-Za-z]?\d{1,4}(?:[\-#]\d{1,4}){0,3}号?)(?!\d|小区|区|路|街|楼|院|年|月|线)"
)
_VILLAGE = re.compile(
    r"(?=[\d一二三四五六七八九十百门])(?:(?<=村)|(?<=屯)|(?<=庄)|(?<=寨)|(?<=湾)|(?<=[\d一二三四五六七八九十]组)|(?<=[村民居]小组)|(?<=[\d一二三四五六七八九十]队)|(?<=[\d一二三四五六七八九十]社))"
    r"(?:门牌)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})号(?![楼院线井坑机桥厂地路码棚煤矿闸站池大岗卡信文区段平台房球选当早晚上下前]|水闸|公路|变)"
)
# Cheap looks that decide whether the dear ones are needed.
_NUMBERED = "0123456789一二三四五六七八九十零〇甲乙丙丁东西南北ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BEFORE_BUILDING = f"{_NUMBERED}门家房室户"
BUILDING = "号栋幢座单层楼室房#-牌住"
"""A building's or a door's number stands in a pair of these."""
_HAS_BUILDING = re.compile(
    # A class at the head is looked for many times as fast as alternatives.
    rf"[{BEFORE_BUILDING}](?:(?<=[{_NUMBERED}])(?:号|栋|幢|座|单元|层|楼|室|房|#)|(?<=[0-9])[\-#][0-9]"
    r"|(?<=门)牌|(?<=家)住|(?<=[房室户])号)"
)
_HAS_ROOM = re.compile(
    r"[0-9一二三四五六七八九十零〇幺东西中南北左右对](?:[0-9一二三四五六七八九零〇幺]{2}|[室户手门\-])"
)
_HAS_HOUSE = re.compile(r"[0-9一二三四五六七八九十百]号")
_VILLAGES = ("村", "屯", "庄", "寨", "湾", "组", "队", "社")


def find(shadow: str) -> list[Span]:
    """Return the doors in a folded text."""
    if not _HAS_BUILDING.search(shadow):
        return []
    spans = [*_rooms(shadow)] if _HAS_ROOM.search(shadow) else []
    if _HAS_HOUSE.search(shadow) and any(place in shadow for place in _VILLAGES):
        spans += _without_hotlines(shadow, _VILLAGE)
    return spans + [(*match.span("door"), DOOR) for match in _CUED.finditer(shadow)]


def _rooms(shadow: str) -> Iterator[Span]:
    for pattern in (_DOOR, _ROOM_ALONE):
        yield from _without_hotlines(shadow, pattern)
    for match in _TRIPLE.finditer(shadow):
        if not _YEARLIKE.fullmatch(match[0]):
            yield *match.span(), DOOR


def _without_hotlines(shadow: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(shadow):
        if match[0][-3:] not in _HOTLINES:
            yield *match.span(), DOOR


_HOTLINES = frozenset(("110", "119", "120", "122"))
