"""Things that a text counts one by one: the crops of a harvest, the compounds of an outage."""

import re

from analyzer.model import Span
from analyzer.patterns import bounds

_FIELDS = "农作物|作物|农田|耕地|田地|庄稼|粮食"
_CROPS = (
    "小麦|冬麦|麦[子田]|玉米|苞[谷米]|棒子|水稻|[早中晚]稻|稻[谷子田]|烟[叶苗田]|烤烟|西瓜|甜瓜|瓜果|蔬菜|菜[地田]|大棚|辣椒|番茄|黄瓜|果[树园]|苹果|梨|桃|葡萄|柑橘|脐?橙|柚|枇杷|杨梅"
    "|荔枝|龙眼|香蕉|芒果|猕猴桃|樱桃|草莓|枣|核桃|板栗|茶[园叶树]|棉花|[大黄]豆|花生|油菜|芝麻|甘蔗|甜菜|土豆|马铃薯|洋芋|[红地][薯瓜]|高粱|谷子|青稞|药材|花椒|苗木|花卉"
)
_LANDS = "林地|[竹松]林|草[地场原]|[鱼虾蟹藕][塘池]|养殖[塘池]"
_GROWN = re.compile(rf"(?P<field>{_FIELDS})|(?P<crop>{_CROPS})|(?P<land>{_LANDS})")
_TOTAL = re.compile(r"共|总|累计|合计")
_WORST = re.compile(
    r"(?:亩|公顷)?[，、；]?其?中?[^，。；：！？\n\d]{0,4}(?:成灾|绝收|绝产|重灾|毁种)[^，。；：！？\n\d]{0,6}"
)
"""Between two areas of one crop: the second is the worst of the first."""
_MARKS = "，。；：、！？\n"
_CLAUSE = "，。；：！？\n"
_SENTENCE = "。！？\n"
_REACH = 40
_NAME = r"(?P<name>[\u4e00-\u9fff]{2,8}?|【[^】\n]{1,6}】)[有是约]?"
_FIRST = re.compile(rf"(?:其中|包括|分别[为是]|即)?{_NAME}")
_NEXT = re.compile(rf"(?:居民|用户|住户|人家)?[，、；和及与]{_NAME}")
_AND = re.compile(r"[、和及与]")
_NO_NAME = re.compile(
    r"[全共总计其每各近达到至超过最现仍还尚剩余已又再未没停断恢复影响涉及波累等受昨今前后时日]|目前|新增|转移|疏散"
)

Named = frozenset[tuple[str, str]]


class Crops:
    """The areas of one text, crop by crop, in the order of the text."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._told: set[tuple[str, str]] = set()
        self._latest: Named = frozenset()

    def others(self, old: Span | None, new: Span) -> bool:
        """Whether an area is of other crops than the one before it and than all that were told."""
        before, now = self._latest, _grown(self._plain, old[1] if old else 0, new)
        apart = bool(before and now) and now.isdisjoint(self._told)
        self._told |= now
        self._latest = now
        if old is None or not apart or _TOTAL.search(self._plain, old[1], new[0]):
            return False
        return {rank for rank, _ in before | now} != {"field", "crop"}  # Fields hold the crops.

    def worst(self, old: Span, new: Span) -> bool:
        """Whether an area is the worst part of the one before it: "玉米受灾5000亩、绝收800亩"."""
        return bool(self._latest) and _WORST.fullmatch(self._plain, old[1], new[0]) is not None


def _grown(plain: str, since: int, figure: Span) -> Named:
    """The crops and lands whose area a figure gives: named between `since` and it, or else right behind it."""
    start = max(since, bounds.begin(plain, figure[0], _SENTENCE, _REACH))
    end = bounds.end(plain, figure[1], _MARKS, _REACH)
    named = [*_GROWN.finditer(plain, start, figure[0])] or [*_GROWN.finditer(plain, figure[1], end)]
    return frozenset((one.lastgroup or "", "" if one["field"] else one.group()) for one in named)


def by_name(plain: str, old: Span, new: Span) -> bool:
    """Whether two figures stand behind a name each, "云杉苑1120户，棉纺里680户", or side by side behind "分别"."""
    if _AND.fullmatch(plain, old[1], new[0]):
        return "分别" in plain[bounds.begin(plain, old[0], _CLAUSE, _REACH) : old[0]]
    following = _NEXT.fullmatch(plain, old[1], new[0])
    if following is None:
        return False
    first = _FIRST.fullmatch(plain, bounds.begin(plain, old[0], _MARKS, _REACH), old[0])
    if first is None:
        return False
    one, other = first["name"], following["name"]
    masked = other.startswith("【")
    return (masked or one != other) and not (_NO_NAME.search(one) or _NO_NAME.search(other))
