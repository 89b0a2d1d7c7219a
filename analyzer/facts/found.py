"""The missing who are found, dead or alive, are missing no more; bodies that are found are of the dead."""

import re
from collections.abc import Sequence

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Role
from analyzer.facts.sorts import LOOK, TIME
from analyzer.facts.wordless import lonely
from analyzer.model import FactKind, Span
from analyzer.patterns import bounds

_BODIES = re.compile(r"(?:者|人员|人口|人|群众|村民|工人|游客|船员)?的?(?:遗体|尸体)")
"""Behind a word for the missing: they are dead."""
_THEIR_BODIES = re.compile(r"(?:找到|发现|打捞|搜[寻救]到|捞[起出上])[^，。；]{0,6}[他她]们?的(?:遗体|尸体)")
"""Told of the missing in the next clauses."""
_SAVED = re.compile(
    r"[^，。；！？\n]{0,60}?(?:被[困埋关]|失联|失踪|失去联[系络])(?:的(?:\d{1,4}|[一二两三四五六七八九十]{1,3})[名个位])?(?:[^，。；！？\n\d尚仍正待将未没]|\d{1,3}(?=个?(?:小时|分钟|天|时|点|分|日|米)|余)){0,24}?"
    r"(?:获救|[被获得]救出?|救出|升井|脱[险困]|下山|上岸|寻获|归队|返[回家]|回到?家|平安归来)(?![前时]|工作|行动|方案|过程|难度)"
)
"""From a figure of those shut in or missing on: they are so no more, in the same clause."""
_NOT_SAVED = re.compile(r"[将把]|希望|盼|愿|祈|等待|营救|争取|力争|预计|未能|设法|如何|为了?救")
"""In that clause: they are got out, which says no more than that they were shut in, or will only be."""
RIDE = re.compile(r"索道|缆车|吊[厢篮]|轿厢|电梯|半空|空中|高空|过山车|摩天轮|跳楼机|大摆锤|飞椅")
"""There the law counts whoever was shut in, and for how long, though they are out again."""
_STOP = re.compile(r"[。！？；\n]")
_AMONG = re.compile(r"[^，。；！？\n\d]{0,8}中(?![午心])")
"""Behind those missing: what became of each is told in the same sentence ("失联4人中1人遇难，3人获救")."""
_CLAUSE = "，。；！？\n"


def name_the_dead(plain: str, told: Sequence[Group]) -> None:
    """Let bodies count as dead: "1名失踪者遗体", "找到3名遇难者；8日，找到1名", "2具遗体，次日3具"."""
    last: Group | None = None
    bodies = 0
    for group in told:
        lost = group.words.get(FactKind.MISSING)
        if lost and FactKind.DEATHS not in group.words:
            theirs = _THEIR_BODIES.search(plain, group.end, group.end + LOOK)
            if theirs or are_bodies(plain, group):
                group.take(FactKind.DEATHS, *(theirs.span() if theirs else lost))
                group.correction = False
        if FactKind.DEATHS in group.words:
            bodies = group.end if plain[group.end - 1] == "具" else 0
            last = group if Role.RELIEF in group.words else None
        elif last is not None and group.meanings == [Role.RELIEF] and lonely(plain, group.end):
            group.take(FactKind.DEATHS, *group.words[Role.RELIEF])
        elif bodies and not group.words and plain[group.end - 1] == "具" and TIME.search(plain, bodies, group.start):
            group.take(FactKind.DEATHS, group.start, group.end)


def saved(plain: str, span: Span) -> bool:
    """Whether those shut in or missing are told to be so no more: "15名被困矿工已安全升井", "失联的2人平安下山"."""
    start = bounds.begin(plain, span[0], _CLAUSE, LOOK)
    told = _SAVED.match(plain, span[0], bounds.end(plain, span[1], _CLAUSE, LOOK))
    sentence = bounds.begin(plain, span[0], "。！？\n", 2 * LOOK)
    if told is None or RIDE.search(plain, sentence, told.end()):
        return False
    return not _NOT_SAVED.search(plain, start, told.end())


def are_bodies(plain: str, group: Group) -> bool:
    """Whether those whom a figure counts as missing are found dead: "2名失踪者的遗体"."""
    lost = group.words.get(FactKind.MISSING)
    return lost is not None and _BODIES.match(plain, lost[1]) is not None


def take_away(plain: str, told: Sequence[Group]) -> None:
    """Take those who are found in later sentences from the missing who were counted before.

    The saved count only where they and the dead come to all who were missing.
    """
    wholes: list[Group] = []
    some: Group | None = None
    dead = saved = 0.0
    for group in told:
        lost = group.meanings == [FactKind.MISSING] and FactKind.MISSING not in group.part_of
        if lost and wholes and group.value < wholes[0].value:
            some = group
        elif lost:
            if wholes and group.value > wholes[0].value:
                wholes, dead, saved = [], 0.0, 0.0
            wholes.append(group)
        elif wholes and (
            (parted := _STOP.search(plain, wholes[0].end, group.start)) or _AMONG.match(plain, wholes[-1].end)
        ):
            told_of = {*group.words, *group.part_of}
            of_them = not parted or FactKind.MISSING in told_of or (some and some.value == group.value)
            if FactKind.DEATHS in group.words and of_them:
                dead += group.value
            elif Role.RELIEF in group.words:
                saved += group.value
            gone = dead + saved if dead + saved == wholes[0].value else dead
            for whole in wholes:
                whole.gone = gone if gone <= whole.value else 0.0
            if gone == wholes[0].value:
                wholes, dead, saved = [], 0.0, 0.0
