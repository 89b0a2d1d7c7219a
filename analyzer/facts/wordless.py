"""What a figure counts whose word stands in another clause or sentence, or nowhere."""

import re

from analyzer import bounds
from analyzer.facts import between
from analyzer.facts.groups import Group, Pending
from analyzer.facts.lexicon import Role
from analyzer.facts.tokens import TOKEN
from analyzer.model import FactKind

TOLD_WITHIN = 80
"""How far before a figure it may be told what happened to these people."""
_NEAR = 20
_MARKS = "，。；：、！？\n"
_COUNTED_APART = {
    FactKind.DEATHS,
    FactKind.MISSING,
    FactKind.SERIOUS_INJURED,
    FactKind.INJURED,
    FactKind.ILL,
    FactKind.EVACUATED,
    Role.HOSPITAL,
}
_PLACE = (
    "(?:村|镇|乡|县|区|市|州|街|街道|社区|小区|路|巷|院|校|学校|[小中大]学|幼儿园|厂|矿|园|苑|庄|屯|组|队|站|点|楼|中心|卫生室|诊所|班|"
    "船|车|栋|幢|层|片|岛|码头|所|处|工区|井)"
)
_PLACE_NAME = re.compile(rf"(?![其共另含合累总全本该我两各均])[\u4e00-\u9fff]{{1,8}}?{_PLACE}[东南西北内里]?")
_SHORT_NAME = re.compile(
    r"(?![其共另含合累总全本该我两各均男女老大小轻重危最平约近达已都又再还])[\u4e00-\u9fff]{2,3}(?<![人名位个有为是达约近共计余的了说报走来去出加增减少多新])"
)
"""A name in front of a figure; a short one where the list began with a place."""
_NO_PLACE = re.compile(r"[减增升降]|疑似|密接|救援|民警|消防|干部|医护|同比|说|撞|砸|拉走|上报|新发|分别|其余|其他|剩")
_WARD = ("医院", "卫生院", "中心")
_HEADS_LIST = re.compile(r"[^，。；：\d]{0,10}：")
_FAMILY = ("一家", "全家", "祖孙", "三代", "老小", "老少", "一门", "一家老小")
_LIFE = ("命", "的生命", "的性命", "生命", "性命")


def answers(plain: str, begins: int, asked: Pending, group: Group, unit: str) -> bool:
    """Whether a figure only counts those of whom the sentence before (which ends at `begins`) has told.

    So it is in "死人了。两个。" and "死了几个？——三个".
    """
    begun = between.ANSWER.fullmatch(plain, begins, group.start)
    near = begins - asked.end <= (TOLD_WITHIN if begun and begun.end() > begins else between.NEAR * 2)
    counts = unit in {"", "个", "人", "名", "位", "例"} and between.PRONOUN.match(plain, group.end)
    return begun is not None and near and bool(counts) and lonely(plain, group.end)


def shut_in(plain: str, clause: int, group: Group) -> bool:
    """Whether a figure counts people inside something that was said to have shut them in."""
    if not between.INSIDE.search(plain, max(clause, group.start - _NEAR), group.start) or not lonely(plain, group.end):
        return False
    return between.SHUT_IN.search(plain, max(0, group.start - TOLD_WITHIN), group.start) is not None


def counts_told(plain: str, clause: int, told: Pending, group: Group, unit: str) -> bool:
    """Whether a figure without a word counts those of whom the clause before has told."""
    if group.start == clause and (unit.startswith("号") or between.LAMENT.match(plain, group.end)):
        return clause - told.end <= between.NEAR and lonely(plain, group.end)
    counting = between.IN_ALL.fullmatch(plain, clause, group.start)
    if counting is None or told.meaning is Role.RELIEF or not lonely(plain, group.end):
        return False
    alone = unit in {"", "个"} or told.meaning is FactKind.ILL
    ended = between.PRONOUN.match(plain, group.end) or between.ENDS.match(plain, group.end)
    return counting["total"] is not None or bool(alone and ended)


def puts_right(to: re.Match[str], group: Group) -> bool:
    """Whether a figure behind "更正为" and the like corrects what was told of before."""
    return between.CORRECTING.match(to.group()) is not None and group.start - to.end() <= between.NEAR


def lives_lost(plain: str, clause: int, group: Group, unit: str, event: Pending | None) -> bool:
    """Whether a figure counts lives, and they are lost: "夺走5人生命", "死了3条人命", "带走一家四口"."""
    before = max(clause, group.start - 20)
    if unit.startswith("口") and plain.endswith(_FAMILY, 0, group.start):
        return between.LOST.search(plain, before, group.start) is not None
    if unit.startswith("具"):
        return between.CARRIED.search(plain, before, group.start) is not None and lonely(plain, group.end)
    if not unit.startswith("条") and not plain.startswith(_LIFE, group.end):
        return False
    if plain.startswith("命", group.end):
        return between.LOST.search(plain, before, group.start) is not None
    dead = event is not None and event.meaning is FactKind.DEATHS
    around = before, group.end + 14
    if plain.startswith("人命", group.end) and not between.SAVED.search(plain, *around):
        return True
    return dead or between.LOST.search(plain, *around) is not None


def one_more(plain: str, latest: Group, group: Group) -> bool:
    """Whether a figure is one more of a list: "疏散病人83名、家属40名"."""
    if not latest.backward or FactKind.EVACUATED not in latest.words:
        return False
    listed = between.ONE_MORE.fullmatch(plain, latest.end, group.start)
    return listed is not None and lonely(plain, group.end)


def first_place(plain: str, event: Pending, clause: int, group: Group) -> bool:
    """Whether a list of places with their figures begins behind a colon: "疏散：河东社区3200人，…"."""
    if not _HEADS_LIST.fullmatch(plain, event.end, clause) or event.meaning not in _COUNTED_APART:
        return False
    return _is_place(plain, clause, group.start) and lonely(plain, group.end)


def _is_place(plain: str, start: int, end: int) -> bool:
    return _PLACE_NAME.fullmatch(plain, start, end) is not None and not _NO_PLACE.search(plain, start, end)


def next_place(plain: str, clause: int, latest: Group, group: Group, event: Pending | None) -> bool:
    """Whether a clause only names the next place of a list and its figure: "东园社区撤离3100人，西园2900人".

    A word of harm in it (`event`) may be in a hospital's name: "烧伤专科医院14人".
    """
    if event is not None and not plain.endswith(_WARD, clause, group.start):
        return False
    if not latest.backward or latest.part_of or clause - latest.end != 1 or not _COUNTED_APART & latest.words.keys():
        return False
    named = _is_place(plain, clause, group.start) or (
        _SHORT_NAME.fullmatch(plain, clause, group.start) is not None
        and not _NO_PLACE.search(plain, clause, group.start)
        and _began_with_place(plain, latest)
    )
    return named and lonely(plain, group.end)


def _began_with_place(plain: str, group: Group) -> bool:
    """Whether the list that a figure belongs to began with a place: "东园社区撤离3100人"."""
    while group.beside is not None:
        group = group.beside
    first = min(start for start, _ in group.words.values())
    begins = bounds.begin(plain, min(first, group.start), _MARKS, _NEAR)
    end = first if first < group.start and begins < first else group.start
    return _PLACE_NAME.search(plain, begins, end) is not None


def lonely(plain: str, end: int) -> bool:
    """Whether no event follows the figure that ends here within its clause."""
    following = TOKEN.search(plain, end, end + 30)
    return following is None or following.lastgroup in {"comma", "colon", "stop", "list", "open", "close"}
