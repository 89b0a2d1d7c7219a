"""Clauses that name somebody and no matter are left out of a text in which another clause names a topic.

Whoever is praised or blamed beside a matter stands in such a clause, whatever the words ("停电了，局长出来走两步"). So
the matter is judged by the clauses that carry it, and what is said of anybody can neither add to it nor take away.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer.features import HEAD
from analyzer.remarks import LAST_MARKS, named, nothing_left, somebody, without_remarks
from analyzer.scan import words_in
from analyzer.topics import topic_list
from crawlers.finder import Finder

_CLAUSE = re.compile(r"[^，。！？；,!?;\n ~…（）()\[\]【】#]*[，。！？；,!?;\n ~…（）()\[\]【】#]*")
_REPOST = re.compile(r"//[^:：/\s]{0,20}[:：]")
_PASSED_ON = re.compile(r"//(?:@|【用户】)[^:：/\s]{0,20}[:：]")
_COUNT = re.compile(r"\d|[一二两三四五六七八九十几数半][人户个名天小时家口岁年月次回处起辆栋层车米斤块万千百]")
_ASKS = re.compile(r"求|哪[个位]|谁[家能会有]|有没有|怎么|搭把手|好心|喊")
"""Somebody is asked for help, or calls for it: no remark."""
_BODY = re.compile(
    r"(?:公司|集团|[^果布结格]局|热线|医院|学校|物业|队|[^人动][员警]|老师|医生|护士|司机|12345|大夫|校长|院长)$"
)
"""How a topic's word ends that names a body or a calling, and so nothing that happened."""
_LONGEST = 30
"""Characters of a clause that may tell of nobody but somebody; a longer one tells more."""
_ENDS = "，。！？；,!?;\n"
_EDGES = LAST_MARKS + "（(【[#！!？?"
_SOMEBODY, _TOLD, _TOPIC, _SURE = 1, 2, 4, 8
"""What a word says. A topic's strong word makes sure by itself that the text tells of a matter."""
Hit = tuple[int, int, int]
"""One listed word: where it begins and ends, and what it says."""


@cache
def _words() -> tuple[Finder, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Words of somebody, of what is told, and of topics, with flags and lengths; of words that overlap the longest."""
    listed = topic_list()
    rescue = (word for word in listed.trouble["rescue"] if not _BODY.search(word))
    flags = dict.fromkeys((*listed.trouble["harm"], *listed.trouble["ask"], *rescue), _TOLD)
    flags |= dict.fromkeys((word for words in listed.elsewhere.values() for word in words), _TOLD)
    flags |= dict.fromkeys((word for topic in listed.topics for word in topic.weak), _TOLD | _TOPIC)
    flags |= dict.fromkeys((word for topic in listed.topics for word in topic.strong), _TOLD | _TOPIC | _SURE)
    flags |= dict.fromkeys(filter(_BODY.search, listed.keywords), _SOMEBODY)
    for word in listed.masks:
        flags.setdefault(word, 0)
    flags |= dict.fromkeys(somebody(), _SOMEBODY)
    lengths = np.array([len(word) for word in flags])
    return Finder(flags, longest=True), np.array([*flags.values()]), lengths


def without_bystanders(texts: Sequence[str]) -> list[str]:
    """Normalised texts without such clauses, and without what runs on behind the last word told in a clause."""
    finder, flags, lengths = _words()
    texts = [_original(text) if "//" in text else text for text in texts]
    heads = [text[:HEAD] for text in texts]
    words, places, spots = words_in(finder, heads)
    said = flags[words]
    named_in = np.zeros(len(texts), dtype=np.int64)
    np.bitwise_or.at(named_in, places, said)
    kept = list(texts)
    starts = np.searchsorted(places, np.arange(len(texts) + 1)).tolist()
    hits = list(zip(spots.tolist(), (spots + lengths[words]).tolist(), said.tolist(), strict=True))
    for place in np.flatnonzero(named_in & _TOPIC).tolist():
        if not named_in[place] & _SOMEBODY and not named(heads[place]):
            continue
        own = hits[starts[place] : starts[place + 1]]
        kept[place] = _cut(heads[place], own) + texts[place][HEAD:]
    return kept


def _original(text: str) -> str:
    """What is passed on, without what those who pass it on say that tells of nothing: "赢麻了//@某某：停电了"."""
    head = text[:HEAD]
    signs = [*_PASSED_ON.finditer(head)]
    if not signs or not text[signs[-1].end() :].strip(_EDGES):
        return text
    sign = signs[-1]
    said = head[: sign.start()]
    if _COUNT.search(said) or _ASKS.search(said):
        return text
    finder, flags, _ = _words()
    told = [int(flags[word]) for _, _, word in finder.find(said)]
    sure = any(one & _SURE or one & (_TOLD | _TOPIC) == _TOLD for one in told)
    return text if sure or sum(bool(one & _TOPIC) for one in told) > 1 else text[sign.end() :]


def is_aside(clause: str) -> bool:
    """Whether a clause without its marks judges or names somebody and tells of nothing."""
    if len(clause) > _LONGEST or _COUNT.search(clause):
        return False
    finder, flags, _ = _words()
    said = 0
    for _, _, word in finder.find(clause):
        said |= int(flags[word])
    if said & _TOLD:
        return False
    return bool(said & _SOMEBODY) or named(clause) or nothing_left(clause, *without_remarks([clause]))


def _cut(text: str, hits: Sequence[Hit]) -> str:
    """The clauses that name a matter, or nobody."""
    kept, at = [], 0
    for match in _CLAUSE.finditer(_REPOST.sub(lambda sign: "；" * len(sign[0]), text) if "//" in text else text):
        start, end = match.span()
        told = -1
        people: list[int] = []
        while at < len(hits) and hits[at][0] < end:
            spot, until, flags = hits[at]
            at += 1
            if flags & _TOLD:
                told, people = until, []
            elif flags & _SOMEBODY:
                people.append(spot)
        if end - start > _LONGEST or not (people or told < 0):
            kept.append(text[start:end])
        elif told >= 0:
            behind = people[0] if _is_sure(text, hits) and not _ASKS.search(text, start, end) else end
            kept.append(text[start:behind] + (text[end - 1] if behind < end and text[end - 1] in _ENDS else ""))
        elif (
            not (people or named(text[start:end])) or _COUNT.search(text, start, end) or _ASKS.search(text, start, end)
        ):
            kept.append(text[start:end])
    told_of = "".join(kept)
    return told_of.strip(_EDGES) if len(told_of) < len(text) else text


def _is_sure(text: str, hits: Sequence[Hit]) -> bool:
    """Whether a matter is told beyond doubt: by a strong word, two others, or a count beside one."""
    named_twice = sum(bool(flags & _TOPIC) for _, _, flags in hits) > 1
    return named_twice or any(flags & _SURE for _, _, flags in hits) or _COUNT.search(text) is not None
