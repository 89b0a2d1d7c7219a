"""Clauses that name somebody and no matter are left out of a text in which another clause names a topic.

Whoever is praised or blamed beside a matter stands in such a clause, whatever the words ("停电了，局长出来走两步"). So
the matter is judged by the clauses that carry it, and what is said of anybody can neither add to it nor take away.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer.patterns import bounds
from analyzer.patterns.scan import words_in
from analyzer.scope.remarks import COUNT, LAST_MARKS, ended, named, nothing_left, somebody, without_remarks
from analyzer.scoring.features import HEAD
from analyzer.topics import topic_list
from crawlers.finder import Finder

CLAUSE = re.compile(r"[^，。！？；,!?;\n ~…（）()\[\]【】#]*[，。！？；,!?;\n ~…（）()\[\]【】#]*")
_REPOST = re.compile(r"//[^:：/\s]{0,20}[:：]")
_PASSED_ON = re.compile(r"//(?:@|【用户】)[^:：/\s]{0,20}[:：]")
_CONDUCT = ("作风", "水平", "脾气", "手艺", "嗓门")
"""How people are and speak: it names no matter, though it may support one."""
_ASKS = re.compile(r"求|哪[个位]|谁[家能会有]|有没有|怎么|搭把手|好心|喊")
"""Somebody is asked for help, or calls for it: no remark."""
BODY = re.compile(
    r"(?:公司|集团|[^果布结格]局|热线|医院|学校|物业|队|[^人动][员警]|老师|医生|护士|司机|12345|大夫|校长|院长|派出所|急诊科)$"
)
"""How a topic's word ends that names a body or a calling, and so nothing that happened."""
_CALLING = (
    r"(?:小哥|师傅|包?工头|门卫|大叔|妹[子妹]|[务检运查售调表]员|人员|员工|工人|经理|领导|老[板总]|[大小]?[哥姐妈爷叔]|阿姨|兄弟|弟兄|同志|小伙子?|姑娘|小妹|[男女]的|专家|医生|大夫|护士|主任|[园厂站院校所队局处科班组]长|司机"
    r"|[站乘警服列][务员][员长]?|管家|保安|保洁|客服|官兵|战士|[小大]?兵|书记|[老教]师|班主任|主持人|播音员|接线员|话务员|办事员|收费员|柜员|家伙|务员|[小大]姑娘|[那这]?[帮群些伙]人|[那这]?家人|的人|人们|那谁)"
)
_OF_A_BODY = re.compile(
    r"(?:公司|集团|局|所|厂|站|队|科|室|部门?|中心|处|办|系统|台|院|窗口|大厅|热线|车|校|业)?(?:食堂|窗口|里|上|内|来)?的?(?:[那这](?:些|个|位|帮|群|队|名|几个|两个)?|一线|老|女|男|新来的)?"
    rf"[^，。；！？\s了着过没不停断]{{0,3}}?{_CALLING}们?[^，。；！？；,!?;\s~…）()\[\]【】#不没未无让把被给要收叫拒推拖骂打扎喂摸抢偷逼催罚扣欠停换错撞死伤晕摔掉跑了着过到轧碾砸压困淹烧炸埋咬触坠卷夹绞烫冻病吐毒次\d]{{2,9}}"
    r"[，。！？；,!?;\s~…）()\[\]【】#]*$"
)
"""Behind a topic's word: it says only where somebody works of whom nothing is told that was done or left undone."""
_PLACES = (
    r"(?:公司|集团|局|所|厂|站|(?<!排)队|科|室|中心|台|医院|学校|园|[校公交火]车|窗口|大厅|工人|电力|电网|供电|地铁"
    r"|公交|小区|[小中大]学|食堂|药房|银行|法院|保安|班主任|师傅|老师|政府|[村居]委会?|街道办?|开发商|站点|[^人动]员|调度|门诊|超市|营业厅|卫生院?|轻轨|业委会|包工头|食药监|工地)"
)
_WORKPLACE = re.compile(f"{_PLACES}$")
_OFFICE = re.compile(r"(?:公司|[务理生境保电药督]局|供电所|换热站|[控务]中心|安检员|营业厅|社区卫生|食药监)$")
_ALONE = re.compile(
    rf"(?:这个?|那个?|我们|咱们?)?[^，。！？；\s了停坐去到送进住往离等乘换查找上下在从给让被把没不求问说增加减扩缺换修装开设建吃喝看用要过经打有是]{{0,4}}{_PLACES}(?:里|上)?的?(?:[那这][个位])?[，。！？；,!?;\s~…（）()\[\]【】#]*"
)
"""How the word for a place of work ends: left alone where a remark was cut off behind it it tells of nothing."""
_IS_A = re.compile(
    r"(?:才|真的?|就|都|可|简直|永远|个个|人人|全|也|算|这){0,4}(?:是|像)(?:个|一[个群帮条]|真正?的?|最|我们?|你们?|这|那|些|群|好|世上|条|块|大){0,4}[^，。；！？\s]{0,6}(?:人|英雄|汉子|男人|天使|雷锋|榜样"
    r"|[女男]神|[儿孙]子|皇帝|流氓|无赖|强盗|土匪|混子|混蛋|笑面虎|老狐狸|东西|玩意儿?|货|脊梁|亲人|恩人|偶像|骄傲|饭碗|戏精|[好清贪]官|蛀虫|败类|靠山|守护神|亲妈|亲爹|仁心|人物|善人|福气|良心)[了啊呢吧的呀]{0,3}[，。！？；,!?;\s~…）()\[\]【】#]*$"
)
"""What somebody is said to be, with which a clause ends."""
REMARK_MARKS = "，。！？；：,!?;:\n#（）()【】 "
_REMARK_REACH = 31
_COMPARED = re.compile(
    r"比[^，。！？\d]{1,10}(?:强|好|差|烂|负责|能干|靠谱|有良心)(?:多了|太多了?|不止?一点|[一十百千万]{1,2}倍)?了?$"
)
"""Somebody is set against others, which is a judgement and counts nothing."""
_LONGEST = 30
"""Characters of a clause that may tell of nobody but somebody; a longer one tells more."""
_ENDS = "，。！？；,!?;\n"
_EDGES = LAST_MARKS + "（(【[#？?"
_SOMEBODY, _TOLD, _TOPIC, _SURE, _WORKS = 1, 2, 4, 8, 16
"""What a word says. A topic's strong word makes sure by itself that the text tells of a matter."""
Hit = tuple[int, int, int]
"""One listed word: where it begins and ends, and what it says."""


@cache
def _words() -> tuple[Finder, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Words of somebody, of what is told, and of topics, with flags and lengths; of words that overlap the longest."""
    listed = topic_list()
    rescue = (word for word in listed.trouble["rescue"] if not BODY.search(word))
    flags = dict.fromkeys((*listed.trouble["harm"], *listed.trouble["ask"], *rescue), _TOLD)
    flags |= dict.fromkeys((word for words in listed.elsewhere.values() for word in words), _TOLD)
    flags |= dict.fromkeys((word for topic in listed.topics for word in topic.weak), _TOLD | _TOPIC)
    flags |= dict.fromkeys((word for topic in listed.topics for word in topic.strong), _TOLD | _TOPIC | _SURE)
    flags |= dict.fromkeys(filter(BODY.search, listed.keywords), _SOMEBODY)
    flags |= {word: flag | _WORKS for word, flag in flags.items() if not flag & _SURE and _WORKPLACE.search(word)}
    flags |= {word: flag & ~_SURE | _WORKS for word, flag in flags.items() if _OFFICE.search(word)}
    for word in listed.masks:
        flags.setdefault(word, 0)
    flags |= dict.fromkeys(_CONDUCT, 0)
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
        if not named_in[place] & (_SOMEBODY | _WORKS) and not named(heads[place]):
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
    if COUNT.search(said) or _ASKS.search(said):
        return text
    finder, flags, _ = _words()
    told = [int(flags[word]) for _, _, word in finder.find(said)]
    sure = any(one & _SURE or one & (_TOLD | _TOPIC) == _TOLD for one in told)
    return text if sure or sum(bool(one & _TOPIC) for one in told) > 1 else text[sign.end() :]


def is_aside(clause: str) -> bool:
    """Whether a clause without its marks judges or names somebody and tells of nothing."""
    if len(clause) > _LONGEST or COUNT.search(clause):
        return False
    finder, flags, _ = _words()
    said = 0
    for _, _, word in finder.find(clause):
        said |= int(flags[word])
    if said & _TOLD:
        return False
    return bool(said & _SOMEBODY) or named(clause) or nothing_left(clause, *without_remarks([clause]))


def is_remark(clause: str) -> bool:
    """Whether a clause without its marks judges somebody, and tells of nothing."""
    compared = _COMPARED.search(clause)
    if compared:
        return is_aside(clause[: compared.start()])
    return is_aside(clause) and (without_remarks([clause]) != [clause] or _IS_A.search(clause) is not None)


def in_remark(text: str, start: int, end: int, marks: str = REMARK_MARKS) -> bool:
    """Whether a spot of a normalised text stands in a clause, between two of these marks, that only judges somebody."""
    begin, stop = bounds.begin(text, start, marks, _REMARK_REACH), bounds.end(text, end, marks, _REMARK_REACH)
    return is_remark(text[begin:stop])


def _cut(text: str, hits: Sequence[Hit]) -> str:
    """The clauses that name a matter, or nobody."""
    kept, at = [], 0
    for match in CLAUSE.finditer(_REPOST.sub(lambda sign: "；" * len(sign[0]), text) if "//" in text else text):
        start, end = match.span()
        first, told, said = at, -1, 0
        people: list[int] = []
        while at < len(hits) and hits[at][0] < end:
            spot, until, flags = hits[at]
            at += 1
            if flags & _TOLD:
                told, people, said = until, [], said | flags
            elif flags & _SOMEBODY:
                people.append(spot)
        if said & (_TOPIC | _SURE) == _TOPIC and (people or said & _WORKS) and end - start <= _LONGEST:
            told, people = _says(text, start, end, hits[first:at])
        if end - start > _LONGEST or not (people or told < 0):
            kept.append(text[start:end])
        elif told >= 0:
            kept.append(_told(text, start, end, people, hits))
        elif not (people or named(text[start:end])) or COUNT.search(text, start, end) or _ASKS.search(text, start, end):
            kept.append(text[start:end])
        elif kept:
            kept[-1] = ended(kept[-1], text[start:end])
    told_of = "".join(kept)
    return told_of.strip(_EDGES) if len(told_of) < len(text) else text


def _says(text: str, start: int, end: int, hits: Sequence[Hit]) -> tuple[int, list[int]]:
    """Where the last word told in a clause ends that tells more than where somebody works (-1: none does).

    Beside it where somebody is named behind that.
    """
    told = -1
    people: list[int] = []
    for spot, until, flags in hits:
        if flags & _TOLD and not (flags & _TOPIC and _OF_A_BODY.match(text, until, end)):
            told, people = until, []
        elif flags:
            people.append(spot)
    if told < 0 or (people and _IS_A.search(text, people[0], end)):
        return -1, people
    return (-1, [start]) if _ALONE.fullmatch(text, start, end) else (told, people)


def _told(text: str, start: int, end: int, people: Sequence[int], hits: Sequence[Hit]) -> str:
    """A clause that tells of a matter, without what runs on about somebody; nothing of a mere place of work."""
    if not _is_sure(text, hits) or _ASKS.search(text, start, end):
        return text[start:end]
    before = text[start : people[0]]
    if _ALONE.fullmatch(f"{before}，"):
        return ""
    return before + (text[end - 1] if text[end - 1] in _ENDS else "")


def _is_sure(text: str, hits: Sequence[Hit]) -> bool:
    """Whether a matter is told beyond doubt: by a strong word, two others, or a count beside one."""
    named_twice = sum(bool(flags & _TOPIC) for _, _, flags in hits) > 1
    return named_twice or any(flags & _SURE for _, _, flags in hits) or COUNT.search(text) is not None
