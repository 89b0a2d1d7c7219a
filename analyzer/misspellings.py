"""Words that are typed wrong, put right without moving a position: 死忘, 暴炸, 停典.

Three sorts: those often seen (`_WRONG`), units behind a figure (`_UNITS`), and whatever sounds or looks like a word of
harm or service (resources/misspellings.txt, made by scripts/build_misspellings.py). The latter two are put right only
where no word reaches across their edges: "地诊" stays in "当地诊所".
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import accumulate

import rjieba

from crawlers.finder import Finder

_WRONG: dict[str, str] = {
    "烧伤": "绕伤 浇伤",
    "失踪": "失棕 矢踪",
    "失联": "矢联",
    "被困": "被因",
    "拉肚子": "啦肚子",
    "发烧": "发绕 发浇",
    "感染": "感柒 感冉",
    "抢救": "抢教",
    "疏散": "梳散 疏撒 蔬散",
    "撤离": "撒离 澈离",
    "转移": "转栘",
    "爆炸": "暴炸 曝炸 爆诈 爆榨 瀑炸",
    "火灾": "火栽 火哉",
    "坍塌": "坍榻",
    "倒塌": "倒踏 倒榻 捣塌",
    "塌方": "榻方",
    "泄漏": "泻漏 泄陋",
    "泄露": "泻露",
    "洪水": "洪氺",
    "滑坡": "滑波",
    "泥石流": "泥时流",
    "内涝": "内捞",
    "暴雨": "曝雨",
    "追尾": "锥尾",
    "停电": "停垫 停淀",
    "停水": "停氺",
    "断电": "断淀",
    "天然气": "天燃气",
    "暖气": "暧气",
    "供暖": "供暧",
    "供热": "供惹",
    "自来水": "自来氺",
    "电梯": "垫梯",
    "农民工": "农名工",
    "垃圾": "拉圾 拉极",
    "污染": "污柒",
    "食物": "食务",
    "救命": "救名",
    "已经": "巳经 已径",
    "现在": "现再",
    "小时了": "小是了 小市了 小石了",
    "户居民": "尸居民",
    "户用户": "尸用户",
    "造成": "造诚 照成",
}
_RIGHT = {wrong: right for right, written in _WRONG.items() for wrong in written.split()}
_HOURS = "小是 小十 小石 小市 小师 小试 小实 小使 晓时 少时 笑时 效时 校时"
_UNITS: dict[str, str] = {
    "户": "尸护沪",
    "级": "极圾",
    "人": "仁入",
    "名": "明铭鸣",
    "天": "夭添",
    "亩": "母牧",
    "小时": _HOURS,
    "个小时": " ".join(f"个{typed}" for typed in _HOURS.split()),
    "分钟": "分种 分终 份钟 芬钟",
    "公顷": "公倾 公请 公轻 公清 公项 工顷",
    "毫米": "豪米 毫迷",
    "万元": "万员 万圆 万园 万原",
}
"""Units, and what is typed for them behind a figure."""
_COUNTING = "0123456789十百千万余多半"
_QUAKE = "地震"
"""Behind 级 it takes the one that it makes a word with (极地)."""
_REACH = 5
"""Characters on either side that a word across an edge may have."""
_ROUNDS = 4
_OFTEN = -1
"""Marks a misspelling that is put right whatever stands beside it."""


def corrected_many(texts: Sequence[str]) -> list[str]:
    """Texts with these words put right; every one has as many characters as it should have."""
    finder, _ = _finder()
    mended = list(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    hits = finder.find("\n".join(texts))
    for place in {bisect_right(ends, start) for start, _, _ in hits}:
        mended[place] = corrected(mended[place])
    return mended


def corrected(plain: str) -> str:
    """One text."""
    for _ in range(_ROUNDS):
        mended = _once(plain)
        if mended == plain:
            break
        plain = mended
    return plain


def _once(plain: str) -> str:
    finder, meant = _finder()
    hits = finder.find_all(plain)
    if not hits:
        return plain
    done = 0
    pieces = []
    for start, end, word in hits:
        right, led = meant[word]
        if start >= done and (led == _OFTEN or stands_alone(plain, start + led, end)):
            pieces += [plain[done:start], right]
            done = end
    return "".join([*pieces, plain[done:]])


def stands_alone(plain: str, start: int, end: int) -> bool:
    """Whether no word of the dictionary lies across an edge of this spot."""
    at = max(0, start - _REACH)
    for word in rjieba.cut(plain[at : end + _REACH], False):  # noqa: FBT003  # takes no keyword; without guessed words
        if at < start < at + len(word) or at < end < at + len(word):
            return False
        at += len(word)
    return True


@cache
def _finder() -> tuple[Finder, tuple[tuple[str, int], ...]]:
    """Finds all misspellings; the word that each means, and how many of its characters lead to it (or `_OFTEN`)."""
    listed = resources.files("analyzer").joinpath("resources", "misspellings.txt").read_text(encoding="utf-8")
    meant = {
        right[:at] + char + right[at + 1 :]: (right, 0)
        for right, *typed in map(str.split, listed.splitlines())
        for at, chars in enumerate(typed)
        for char in chars
        if char != "-"
    }
    for right, written in _UNITS.items():
        for wrong in written.split() if len(right) > 1 else written:
            meant |= {figure + wrong: (figure + right, 1 + right.startswith("个")) for figure in _COUNTING}
    meant |= {
        f"{figure}{wrong}{_QUAKE}": (f"{figure}级{_QUAKE}", _OFTEN) for figure in _COUNTING for wrong in _UNITS["级"]
    }
    meant |= {wrong: (right, _OFTEN) for wrong, right in _RIGHT.items()}
    return Finder(meant), tuple(meant.values())
