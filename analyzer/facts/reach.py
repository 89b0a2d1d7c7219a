"""Whether a word belongs to a figure before or behind it, by what stands between them."""

import re

from analyzer.facts import between, wordless
from analyzer.facts.groups import Group, Pending
from analyzer.facts.lexicon import MEANING, SINGLE, Role
from analyzer.facts.tokens import TOKEN
from analyzer.model import FactKind

_SHUT = {FactKind.TRAPPED, FactKind.MISSING}
HARM = {FactKind.DEATHS, FactKind.MISSING, FactKind.SERIOUS_INJURED, FactKind.INJURED, FactKind.ILL}
_NOBODY_LEFT = re.compile(r"无一|无人(?:生还|幸)|没有?一个|一个(?:活的?)?[都也]没")
"""How a clause begins that tells of all who were counted before."""
_ALL = re.compile(r"[均都全双人]")
_ONLY = re.compile(r"，(?:但|可|不过)?(?:只有|唯[独有])")
"""What begins to tell of somebody else than those counted before."""
_SHARE = re.compile(r"分之|[一二两三四五六七八九]成|半数|一半|过半|%")
"""Between people and a word for what befell some of them."""
_BURNT = re.compile(r"面积[^，。；\d]{0,4}[\d.]{1,5}%")
"""How much of somebody's skin is burnt: no share of people."""
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


_HURT_SO = re.compile(r"(?:受了?[轻重]?伤|[轻重]伤|骨折|多处骨折|身亡|溺亡|不幸)[^，。；\d]{0,8}(?=[，。；！]|$)")
"""A clause that tells at once what befell the one person of the clause before."""
_OTHER_THAN = re.compile(r"[人名位个](?![^，。；]{0,6}(?:救|拉))|将|把|对")
_PATIENTS = re.compile(r"伤[者员]|病人|患者|重伤的")
"""A word that calls people hurt or ill, and does not tell that they were hurt."""
_DIES = re.compile(
    r"(?:[今昨当次前][天日晚晨早夜](?:凌晨|清晨|上午|下午|傍晚|晚上?)?|凌晨|清晨|上午|中午|下午|傍晚|先后|相继|陆续|分别|因[^，。；\d]{1,14}|经[^，。；\d]{1,10}"
    r"|抢救|医治|救治|无效|送[^，。；\d]{1,8}后|不幸|已|最终|终|于|在[^，。；\d]{1,8}|也|又|均|都|全部|后){0,8}"
)
"""Between such people and their death."""


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
    return between.filler(event.meaning).fullmatch(gap) is not None or between.WHO_ARE.fullmatch(gap) is not None


def may_take(plain: str, clause: int, group: Group, event: Pending) -> bool:
    """Whether an event may belong to the figure before it in the same clause."""
    gap = plain[group.end : event.start]
    if event.meaning in group.words:
        return not figure_follows(plain, event)
    if event.meaning is FactKind.EVACUATED:
        gap = between.LED_BY.sub("", between.BEASTS.sub("", gap))
    if event.meaning in HARM:
        gap = between.WHO_CAME.sub("", gap, count=1)  # Rescuers may come to harm themselves.
    if _stands_off(gap, group, event):
        return False
    shared = _SHARE.search(_BURNT.sub("", gap)) or _SHARE_BEHIND.match(plain, event.end)
    if group.backward and (group.meanings != [Role.RELIEF] or len(gap) > between.NEAR):
        return _of_the_hurt(plain, group, event, gap) or _meets_its_fate(group, event, gap)
    if event.meaning is Role.HOSPITAL and between.NOT_MOVED.search(gap) and not between.TAKEN.search(gap):
        return False
    if event.meaning is FactKind.EVACUATED and between.NOT_MOVED.search(gap):
        return between.LED.search(plain, max(clause, group.start - 16), group.start) is not None
    return not shared and (bool(group.words) or not figure_follows(plain, event))


def _meets_its_fate(group: Group, event: Pending, gap: str) -> bool:
    """Whether those whom the word before the figure calls shut in or missing are told to be dead, or led out."""
    fate = _FATE if event.meaning is FactKind.DEATHS else _LED_OUT if event.meaning is FactKind.EVACUATED else None
    return fate is not None and _SHUT.issuperset(group.meanings) and fate.fullmatch(gap) is not None


def _of_the_hurt(plain: str, group: Group, event: Pending, gap: str) -> bool:
    """Whether those whom the word before the figure calls hurt are told to have died: "伤者2人抢救无效死亡"."""
    if event.meaning is not FactKind.DEATHS or FactKind.DEATHS in group.words or len(group.words) != 1:
        return False
    if figure_follows(plain, event) or plain[event.end : event.end + 1].isdigit():
        return False
    start, end = next(iter(group.words.values()))
    called = end <= group.start and _PATIENTS.search(plain, start, end + 1) is not None
    return called and _DIES.fullmatch(gap) is not None


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
    if clause == event.start and plain[event.start] not in "全都均送人" and not _NOBODY_LEFT.match(plain, clause):
        return _falls_to_one(plain, clause, latest, event) or _only_counts(plain, clause, latest, event)
    if _others_told(plain, clause, latest, event):
        return False
    again = in_vain or between.ANAPHORA.fullmatch(plain, clause, event.start) is not None
    return again and not figure_follows(plain, event)


def _only_counts(plain: str, clause: int, latest: Group, event: Pending) -> bool:
    """Whether the clause before only counts those of whom this one tells: "我们一共十一个人，困在山上了"."""
    if event.meaning is not FactKind.TRAPPED or clause - latest.end != 1 or figure_follows(plain, event):
        return False
    return not between.ACTING.search(plain, max(0, latest.start - between.LONGEST_GAP // 2), latest.end)


def _falls_to_one(plain: str, clause: int, latest: Group, event: Pending) -> bool:
    """Whether a clause tells at once what befell the one person of those before: "另一人悬在半空，后被救下，受轻伤"."""
    alone = latest.value == 1 and {FactKind.TRAPPED, Role.RELIEF}.issuperset(latest.words)
    told = alone and _HURT_SO.match(plain, event.start) is not None
    return told and _OTHER_THAN.search(plain, latest.end, clause) is None


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
