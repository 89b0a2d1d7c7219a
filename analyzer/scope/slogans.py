"""Creeds, slogans, appeals to offices and threats of protest: clauses that tell of no matter are left out of a text.

They stand beside a matter and are none, whoever is praised or blamed by them; so the matter is judged without them,
and a text of nothing else is out. What is on protest, on rulers or on war as a whole is known by words of those.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer.patterns import lists
from analyzer.patterns.scan import words_in
from analyzer.scope.bystanders import BODY, CLAUSE, is_remark
from analyzer.scope.remarks import conduct, powers
from analyzer.scoring.features import HEAD
from analyzer.topics import topic_list
from crawlers.finder import Finder

SLOGAN, UNREST, RULERS, WAR = 1, 2, 4, 8
"""What a text names."""
_ASIDE = SLOGAN | UNREST
_KINDS = (("slogans", SLOGAN), ("unrest", UNREST), ("rulers", RULERS), ("war", WAR))
_SENTENCE = re.compile(r"[^。！？!?；;\n…]+[。！？!?；;\n…]*")
_LETTER = re.compile(r"[^\W\d_]")
_LIKE = re.compile(r"[像跟如似同比以](?:[为是被在个了]|[一遭]){0,3}$")
"""Before a word of war: it only looks like war ("像被轰炸过")."""
_ACTS = re.compile(
    r"强调|指出|表示|提出|承诺|宣布|主持|召开|召集|调研|视察|会见|会晤|部署|发表|考察|走访|慰问|出席|质询|致辞|就职|履新|当选|讲话"
)
"""What rulers are told to do where a text is on them; else they are only named in it."""
_GOES_ON = re.compile(
    r"(?:会议|大家|与会|双方|代表们?|[他她])[^，。！？]{0,6}(?:强调|指出|要求|表示|认为|听取|提出|审议|传达)"
)
"""How a report of a meeting or a visit goes on."""
_THANKS = re.compile(
    r"(?:再次|真心|衷心|由衷|非常|十分|太)?(?:谢谢|感谢|多谢|感激|感恩)[^。！？；\n火洪险困救塌炸撞淹烧落溺]{2,50}?(?:找[到回]|捡[到了]|归还|送还|送回|还给|让座|指路|带路|搀扶|扶[起着我]|帮忙|帮助|帮[我了他她])"
    r"[^。！？；，,\n]{0,12}的?[^。！？；，,\n]{0,6}"
    r"(?:人|们|者|警|员|师傅|[大小]?[哥姐叔爷妈]|阿姨|邻居|朋友|同学|老师|医生|护士|司机)[。！!～~ ]*"
)
_CRY = re.compile(r"[救帮修送]|快来")
"""Who pleads so wants no inquiry but help."""
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十几数半百千万余多][人户名口栋层米斤块万元吨]")
"""Of slogans "一次", "一家", "四个" are said too."""
_LONGEST = 40
"""Characters of a clause or sentence that may be nothing but a slogan; a longer one tells more."""
_NEAR = 5
"""Characters before a word of war in which it is said to be only likened."""
Hit = tuple[int, int, int]
"""One listed word: where it begins and ends, and what it names."""


@cache
def _words() -> tuple[Finder, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """All words, with what each names and its length; of words that overlap the longest."""
    raw: dict[str, str] = lists.read("remarks.yaml")
    flags: dict[str, int] = {}
    for name, flag in _KINDS:
        for word in raw[name].split():
            flags[word] = flags.get(word, 0) | flag
    flags |= dict.fromkeys(raw["public_masked"].split(), 0)
    return Finder(flags, longest=True), np.array([*flags.values()]), np.array([len(word) for word in flags])


@cache
def _told() -> tuple[Finder, tuple[bool, ...]]:
    """Words of topics, harm, rescue and cries for help, with which a clause is no mere slogan; masks tell nothing."""
    listed = topic_list()
    cries = filter(_CRY.search, listed.trouble["ask"])
    told = [*listed.keywords, *listed.trouble["harm"], *listed.trouble["rescue"], *cries]
    words = dict.fromkeys(listed.masks, False) | dict.fromkeys(told, True)
    words |= dict.fromkeys(filter(BODY.search, told), False) | dict.fromkeys(conduct(), False)
    return Finder(words, longest=True), tuple(words.values())


def is_thanks(text: str) -> bool:
    """Whether a text thanks somebody for what was done and is over, and says no more."""
    return _THANKS.fullmatch(text) is not None


def without_slogans(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Normalised texts without such clauses, and what the sentences name that are not left out as a whole."""
    finder, flags, lengths = _words()
    heads = [text[:HEAD] for text in texts]
    words, places, spots = words_in(finder, heads)
    said = flags[words]
    named = np.zeros(len(texts), dtype=np.int64)
    np.bitwise_or.at(named, places, said)
    kept = list(texts)
    starts = np.searchsorted(places, np.arange(len(texts) + 1)).tolist()
    hits: list[Hit] = list(zip(spots.tolist(), (spots + lengths[words]).tolist(), said.tolist(), strict=True))
    for place in np.flatnonzero(named).tolist():
        left, named[place] = _read(heads[place], hits[starts[place] : starts[place + 1]])
        kept[place] = left + texts[place][HEAD:]
    return kept, named


def _read(text: str, hits: Sequence[Hit]) -> tuple[str, int]:
    """What of a text is no slogan: without sentences that are nothing else, where others stay, and without clauses."""
    bare, kept, named = text, "", 0
    for start, end, flag in hits:
        if flag & _ASIDE:
            bare = f"{bare[:start]}{' ' * (end - start)}{bare[end:]}"
    said = [(match.span(), _said(text, match.span(), hits)) for match in _SENTENCE.finditer(text)]
    beside = any(not flags & _ASIDE and _LETTER.search(text, *span) for span, flags in said)
    for (start, end), flags in said:
        if not flags & _ASIDE or flags & WAR:
            kept += text[start:end]
        elif beside and _is_aside(bare[start:end]) and not _FIGURE.search(bare, start, end):
            continue
        else:
            kept += "".join(_clauses(text, bare, hits, start, end))
        named |= flags
    return kept, named if not named & RULERS or _ACTS.search(text) else named & ~RULERS


def _said(text: str, span: tuple[int, int], hits: Sequence[Hit]) -> int:
    """What a sentence names."""
    said = 0
    for start, _, flag in hits:
        likened = flag & WAR and _LIKE.search(text, max(0, start - _NEAR), start)
        said |= flag if span[0] <= start < span[1] and not likened else 0
    return said


def _clauses(text: str, bare: str, hits: Sequence[Hit], start: int, end: int) -> Iterator[str]:
    """What of a sentence is no slogan; what a protest opens is all told of it."""
    told = False
    for match in CLAUSE.finditer(text, start, end):
        span = match.span()
        said = _said(text, span, hits)
        if not said & _ASIDE or not _is_aside(bare[slice(*span)]) or (said & UNREST and not told):
            told = True
            yield match[0]


def _is_aside(bare: str) -> bool:
    """Whether nothing is told but the slogans that are blanked out."""
    finder, told = _told()
    return len(bare) <= _LONGEST and not any(told[word] for _, _, word in finder.find(bare))


def beside(texts: Sequence[str], named: npt.NDArray[np.int64], rows: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """Row, what stands beside what is public in it, and whether that are whole sentences; nothing beside a war."""
    for row in rows:
        left, whole = ("", True) if named[row] & WAR else without_public(texts[row], judged=not named[row])
        if left and (whole or not named[row] & ~SLOGAN):
            yield row, left, whole


def without_public(text: str, *, judged: bool = False) -> tuple[str, bool]:
    """The sentences of a text that name neither an office, a power, a protest nor a slogan, or if all do, such clauses.

    Beside it whether they are whole sentences, or with `judged` whether what is left out only judges somebody. "" where
    nothing is named or nothing stays.
    """
    finder, flags, _ = _words()
    head = text[:HEAD]
    spots = [spot for spot, _, word in finder.find(head) if flags[word]]
    spots += [match.start() for match in powers().finditer(head)]
    for unit in (_SENTENCE, CLAUSE) if spots else ():
        public = {match.start() for match in unit.finditer(head) if _is_public(match, spots)}
        left = "".join(match[0] for match in unit.finditer(head) if match.start() not in public)
        if _LETTER.search(left):
            remarks = judged and all(
                is_remark(match[0].rstrip("，, 。！？!?")) for match in unit.finditer(head) if match.start() in public
            )
            return left, unit is _SENTENCE or remarks
    return "", True


def _is_public(part: re.Match[str], spots: Sequence[int]) -> bool:
    """Whether a part of a text names something public, or goes on about what was said there."""
    return any(part.start() <= spot < part.end() for spot in spots) or _GOES_ON.match(part[0]) is not None
