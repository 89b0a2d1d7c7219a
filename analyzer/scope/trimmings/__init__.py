"""What a platform sets around a text says nothing of it: it is left out before anything is judged.

Links, mentions, masks of personal data, "展开全文", "转发微博//@…:", credits in brackets, when a forum's post was
written, how often it was read. Emoticons and emoji are feelings: they are left out of all but the tone. Hashtags stay,
since they are words.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib import resources

import numpy as np
import numpy.typing as npt

from analyzer.patterns.scan import words_in
from analyzer.patterns.words import necessary
from analyzer.scope.trimmings.forms import CLERICAL, filled
from analyzer.scope.trimmings.formulas import FORMULAS
from analyzer.scope.trimmings.lines import joined
from analyzer.scope.trimmings.scraps import CHAT, DAY, SCRAPS, without_senders
from crawlers.finder import Finder
from crawlers.kept import kept

_SOMEBODY = r"(?:@[^\s@:：，。！？,.!#()（）/\[【]{1,30}|【用户】)"
_PASSING = "转发微博|转发|转|repost|扩散|蹲|码|mark|关注|围观|顶|插眼"
"""All that is said by many who pass a text on; who says more is the matter of analyzer.scope.bystanders."""
_GAP = r"[\s,，。.!！]"
_MASKS = "链接|手机号|电话|门牌号|银行卡号|邮箱|车牌号|账号|证件号"
"""What stands instead of personal data (crawlers.masking); names stay, for a remark is about somebody."""
_ADDRESS = "[a-z0-9_./?=&%#~:+,;@!$*'-]{1,300}"
_CREDIT = "(?:图文|素材)?来源|来自|图源|分享自|转自|摘自|(?:责任)?编辑|责编|记者|通讯员|作者|图|文|图文"
_HOUR = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)"
_COUNTED = "点?赞|评论|转发|阅读|收藏|分享|浏览|回复|播放"
_TRIMMINGS = tuple(
    map(
        re.compile,
        (
            rf"//{_SOMEBODY} ?[:：](?:{_PASSING}|{_GAP})*(?=//|$)|^(?:{_PASSING}|{_GAP})*//{_SOMEBODY} ?[:：]",
            rf"回复 ?{_SOMEBODY} ?[:：]",
            f"(?<!//){_SOMEBODY}",
            f"【(?:{_MASKS})】",
            f"https?://{_ADDRESS}",
            "o?网页链接",
            r"(?<![a-z])l[^\s，。！？]{1,30}的[^\s，。！？]{0,6}视频|分享视频$",
            r"(?:\.{2,6}|…{1,3}) ?(?:展开)?全文c?|(?:展开c|收起d)(?![a-z])",
            rf"[（(] ?(?:{_CREDIT})[:：/@丨| ][^（）()]{{1,30}}[）)]",
            rf"^(?:楼主|沙发|板凳|\d{{1,5}}楼)? ?(?:发表|发布|回复|最后编辑)于 ?{DAY}(?: ?{_HOUR})?",
            rf"^(?:{DAY}|[昨今前]天)? ?{_HOUR}(?= )",
            r"^(?:刚刚|\d{1,2} ?(?:秒|分钟|小时|天)前)(?= )",
            r"[\[【（(](?:[组多动]?图|图片|视频|音频)[】）)\]]",
            rf"(?:(?<!\S)(?:{_COUNTED})[:： ]?\d[\d.]{{0,8}}万?\+?\s*){{1,6}}$",
            r"(?:点击|戳)?(?:查看|阅读)(?:原文|全文|详情|更多)$",
            r"(?<!\S)(?:复制)?打开 ?(?:[\u4e00-\u9fff]{0,4}app|抖音|快手|微博)[^\s。！？]{0,6}$",
            r"(?<!\S)已编辑$",
            r"(?<!\S)[^\s，。！？#]{1,14}超话(?!\w)",
            r"(?<!\S)(?:转发微博|快转微博|分享图片|发布了头条文章[:：])",
        ),
    )
)
_EMPTY = re.compile(r"[（(【\[][\s，。；、]*[）)】\]]|^(?:官方)?(?:回复|答复?|备注|附言)[：:]\s*$", re.MULTILINE)
"""What is left of brackets and labels of which all was trimmed."""
_LETTER = re.compile(r"[^\W\d_]")
_SQUARE = re.compile(r"\[([\u4e00-\u9fffa-z0-9]{1,8})\]")
_EMOJI = re.compile("[\u200d\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_MARKS = "!！?？~～.。…"
_STEPS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (CHAT, without_senders),
    *((pattern, partial(pattern.sub, " ")) for pattern in _TRIMMINGS),
    *((pattern, partial(pattern.sub, "")) for pattern in SCRAPS),
    (CLERICAL, filled),
    *((pattern, partial(pattern.sub, "")) for pattern in FORMULAS),
)
"""What is looked for, and what is made of a text that has a word of it."""
_SIGN = 3
"""Characters of a word that are looked for: a fifth of the words stay, and so few are found in half the time."""


@cache
def _signs() -> tuple[Finder, npt.NDArray[np.int64]]:
    """Words of which one stands in each of them, and the bits of those that it is a sign of."""
    bits: dict[str, int] = {}
    for place, (pattern, _) in enumerate(_STEPS):
        for word in {word[:_SIGN] for word in necessary(pattern.pattern) or ()}:
            bits[word] = bits.get(word, 0) | 1 << place
    return Finder(bits), np.array([*bits.values()])


def without_trimmings(texts: Sequence[str]) -> list[str]:
    """Normalised texts without what is set around them; a text that is nothing else stays."""
    finder, bits = _signs()
    signs, places, _ = words_in(finder, texts, overlapping=True)
    seen = np.zeros(len(texts), dtype=np.int64)
    np.bitwise_or.at(seen, places, bits[signs])
    trimmed = list(texts)
    for place in np.flatnonzero(seen).tolist():
        trimmed[place] = _trimmed(texts[place], int(seen[place]))
    return [joined(text) if "\n" in text else text for text in trimmed]


def _trimmed(text: str, seen: int) -> str:
    trimmed = text
    for without in _steps(seen):
        trimmed = without(trimmed).strip()
    if trimmed != text:
        trimmed = _EMPTY.sub("", trimmed).strip()
    return trimmed if _LETTER.search(trimmed) else text


@kept(1 << 12)
def _steps(seen: int) -> list[Callable[[str], str]]:
    """What is to be made of a text in which the signs of so many steps were seen."""
    return [without for place, (_, without) in enumerate(_STEPS) if seen >> place & 1]


def without_feelings(texts: Sequence[str]) -> list[str]:
    """Normalised texts without emoticons, emoji and marks repeated at the end; a text that is nothing else stays."""
    return list(map(_sober, texts))


def _sober(text: str) -> str:
    sober = _SQUARE.sub(_unless_felt, text) if "[" in text else text
    sober = _EMOJI.sub("", sober)
    sober = sober[: len(sober.rstrip(_MARKS)) + 1]
    return sober if sober.strip() else text


def _unless_felt(found: re.Match[str]) -> str:
    return "" if found[1] in _emoticons() else found[0]


@cache
def _emoticons() -> frozenset[str]:
    """The names of emoticons, as platforms write them in square brackets."""
    return frozenset(resources.files("analyzer").joinpath("resources", "emoticons.txt").read_text("utf-8").split())
