"""Whether a word belongs to a figure before or behind it, by what stands between them."""

import re

from analyzer.facts import between, wordless
from analyzer.facts.groups import Group, Pending
from analyzer.facts.lexicon import MEANING, SINGLE, Role
from analyzer.facts.tokens import TOKEN
from analyzer.model import FactKind

_SHUT = {FactKind.TRAPPED, FactKind.MISSING}
_HARM = {FactKind.DEATHS, FactKind.MISSING, FactKind.SERIOUS_INJURED, FactKind.INJURED, FactKind.ILL}
_ALL = re.compile(r"[均都全双人]")
_ONLY = re.compile(r"，(?:但|可|不过)?(?:只有|唯[独有])")
"""What begins to tell of somebody else than those counted before."""
_SHARE = re.compile(r"分之|[一二两三四五六七八九]成|半数|一半|过半|%")
"""Between people and a word for what befell some of them."""
_SHARE_BEHIND = re.compile(r"(?:者|员|人员|的|人数){0,2}约?占(?!用|道|据|线)")
"""Behind such a word: "100名伤者中重伤占一成"."""
_ONE_OF = re.compile(r"(?:之中|当中|中|里)[^，。；]{0,8}最")
"""Behind a figure: what follows is told of one of them, "9人中病情最重的老杨"."""
_ALL_FOUND = re.compile(
    r"(?:遗体|尸体)(?:[都均已也全]|全部|悉数|全数|陆续|先后){1,4}(?:被|经)?[^，。；\d]{0,4}(?:找|寻|捞|搜|挖|清|运|抬|发现|确认|出水|升井|上岸)[^，。；\d一二两三四五六七八九十]{0,4}(?=[，。；！]|$)"
)
"""A clause that tells of the bodies of all who were counted before."""
_IN_VAIN = re.compile(
    r"(?:但|可|然而|不过|虽)?(?:[经被送][^，。；\d]{0,14}?)?(?:抢救|救治|送医)[^，。；\d]{0,4}?(?:均|都|全部|全都|先后|相继|双双|悉数)(?:已|不幸|因[^，。；\d]{1,8}|当[天日晚]){0,3}"
)
"""A clause about all who were got out, up to their death: "把四人救出，但经医院抢救均不幸离世"."""
_LED_OUT = re.compile(r"人?员?(?:已|也|现|经|被|全部|全都|均|都|皆|先后|相继|陆续|成功|安全|平安|顺利|紧急|及时){1,5}+")
"""Between those shut in and that they were led out: "受困的410人已全部安全转移"."""
_FATE = re.compile(r"(?:人员?|已|也|现|经|被|全部|全都|均|都|皆|先后|相继|陆续|确认|证实|不幸|最终|抢救无效){1,6}+")
"""Between those shut in and their death: "被困4人全部遇难"."""


def reaches(plain: str, event: Pending, group: Group) -> bool:
    """Whether only filling words stand between an event and the figure behind it."""
    gap = plain[event.end : group.start]
    if group.start < event.end or len(gap) > between.LONGEST_GAP or plain[event.end - 1] in "在于":
        return False
    ends = between.ENDS.match(plain, group.end)
    if gap.isspace() and not ends:
        return False  # A space between two headlines, not "死亡 3 人".
    if event.meaning in _SHUT and between.IN_PLACE.fullmatch(gap):
        return True
    if event.meaning is FactKind.EVACUATED and (
        between.ON_THE_WAY.match(gap)
        or ("，" in gap and not wordless.lonely(plain, group.end))
        or ("、" in gap and between.AT_WORK.search(gap))
    ):
        return False
    if ends and between.DONE_TO.fullmatch(plain, event.start, event.end) and between.OBJECT.fullmatch(gap):
        # "炸死楼里的50个人", but not "打伤店员的2名男子".
        return ends.start("end") == group.end or not gap.endswith("的")
    return between.filler(event.meaning).fullmatch(gap) is not None


def may_take(plain: str, clause: int, group: Group, event: Pending) -> bool:
    """Whether an event may belong to the figure before it in the same clause."""
    gap = plain[group.end : event.start]
    if event.meaning in group.words:
        return not figure_follows(plain, event)
    if event.meaning is FactKind.EVACUATED:
        gap = between.LED_BY.sub("", between.BEASTS.sub("", gap))
    if event.meaning in _HARM:
        gap = between.WHO_CAME.sub("", gap, count=1)  # Rescuers may come to harm themselves.
    if _stands_off(gap, group, event):
        return False
    shared = _SHARE.search(gap) or _SHARE_BEHIND.match(plain, event.end)
    if group.backward and (group.meanings != [Role.RELIEF] or len(gap) > between.NEAR):
        fate = _FATE if event.meaning is FactKind.DEATHS else _LED_OUT if event.meaning is FactKind.EVACUATED else None
        return fate is not None and _SHUT.issuperset(group.meanings) and fate.fullmatch(gap) is not None
    if event.meaning is Role.HOSPITAL and between.NOT_MOVED.search(gap) and not between.TAKEN.search(gap):
        return False
    if event.meaning is FactKind.EVACUATED and between.NOT_MOVED.search(gap):
        return between.LED.search(plain, max(clause, group.start - 16), group.start) is not None
    return not shared and (bool(group.words) or not figure_follows(plain, event))


def _stands_off(gap: str, group: Group, event: Pending) -> bool:
    """Whether what stands between a figure and a word keeps them apart."""
    carried = event.meaning is FactKind.EVACUATED and FactKind.DEATHS in group.words  # "3名遇难者遗体转移至邻县"
    one = _ONE_OF.match(gap) is not None
    listed = "、" in gap and not between.BECAUSE.match(gap)
    return bool(
        carried or one or listed or len(gap) > between.LONGEST_GAP or " " in gap.strip() or between.ACTING.search(gap)
    )


def figure_follows(plain: str, event: Pending) -> bool:
    """Whether an event has a figure of its own right behind it, and no other event comes after that."""
    end = event.end
    limit = end + between.NEAR * 3
    after = TOKEN.search(plain, end, limit)
    while after is not None and (
        after.lastgroup == "to"
        or _goes_with(after, end)
        or (after.lastgroup == "list" and event.meaning is FactKind.EVACUATED)
    ):
        end = after.end() if after.lastgroup in MEANING else end
        after = TOKEN.search(plain, after.end(), limit)
    if after is None or after.lastgroup != "amount":
        return False
    if not between.filler(event.meaning).fullmatch(plain, end, after.start()):
        return False
    return wordless.lonely(plain, after.end())


def goes_on(plain: str, clause: int, waiting: Pending | None, latest: Group, event: Pending) -> bool:
    """Whether this clause speaks of the people whom the clause before has counted; `waiting` is the word before."""
    in_vain = _in_vain(plain, clause, latest, event)
    busy = waiting is not None and waiting.meaning is not Role.RELIEF and not in_vain
    if event.meaning in latest.words or busy:
        return False
    some = event.meaning is Role.HOSPITAL and between.SOME_DIED.match(plain, event.end)
    if some or clause == 0 or clause <= latest.end:
        return False
    if _ALL_FOUND.match(plain, event.start):
        return Role.RELIEF not in latest.words and clause - latest.end <= between.NEAR * 2
    if clause == event.start and plain[event.start] not in "全都均送人":
        # "我们一共十一个人，困在山上了": a clause that only counts those of whom the next one tells.
        counted = event.meaning is FactKind.TRAPPED and clause - latest.end == 1
        return counted and not between.ACTING.search(plain, max(0, latest.start - between.LONGEST_GAP // 2), latest.end)
    if _others_told(plain, clause, latest, event):
        return False
    again = in_vain or between.ANAPHORA.fullmatch(plain, clause, event.start) is not None
    return again and not figure_follows(plain, event)


def _in_vain(plain: str, clause: int, latest: Group, event: Pending) -> bool:
    """Whether a clause tells that those who were got out died all the same."""
    near = clause - latest.end <= between.NEAR * 2
    if event.meaning is not FactKind.DEATHS or Role.RELIEF not in latest.words or not near:
        return False
    return _IN_VAIN.fullmatch(plain, clause, event.start) is not None


def _others_told(plain: str, clause: int, latest: Group, event: Pending) -> bool:
    """Whether what stands between a figure and a later clause makes that clause speak of something else."""
    gap = plain[latest.end : clause]
    if len(gap) > between.LONGEST_GAP or between.ANOTHER.search(gap) or _ONLY.search(gap):
        return True
    if event.meaning is Role.HOSPITAL and FactKind.TRAPPED in latest.words and plain[event.start - 1] == "经":
        return True  # "6人被困，后经抢救，…": what came of it follows.
    # "三人中毒，母亲肝衰竭，仍在ICU" goes on about the mother.
    other = gap[:-1].rfind("，") + 1
    alone = other and SINGLE.match(gap, other)
    return bool(alone) and not _ALL.search(plain, clause, event.start)


def _goes_with(token: re.Match[str], end: int) -> bool:
    """Whether a token is one more word for the event that ends at `end`."""
    return token.lastgroup in MEANING and token.start() - end <= 1
