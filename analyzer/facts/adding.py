"""Whether a figure counts other people than the one before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Meaning, Role
from analyzer.facts.parts import apart
from analyzer.model import Fact, FactKind, Span
from analyzer.patterns import bounds

_HURT_WHOLES = {FactKind.INJURED, FactKind.SERIOUS_INJURED, Role.HOSPITAL}
_BY_TURNS = re.compile(r"当场|现场死|另有?|还有|送医|送[往到]|途中|抢救|不治|随后|后又|先后|后死亡")
_NOMINAL = re.compile(r"者|人员|遗体|尸|员")
_LIGHTLY = re.compile(r"轻微?伤")
_HURT_AT_ALL = {"受伤", "伤者", "伤员"}
"""Said of all who were hurt, the lightly hurt among them."""
_ONE_SOMEBODY = re.compile(r"(?:一|1)(?:名|位|个)?(?!人)[^，。；]{2,16}")
_MANNER = re.compile(r"[烧淹砸压撞炸电摔毒熏呛轧闷冻埋]死|溺亡|坠亡|溺水身亡|触电身亡|窒息身?死?亡")
_MORE = re.compile(r"(?:另外?|还|此外)有?(?:造成|导致|致)?$")
_IN_ALL = re.compile(r"(?<!另)(?<!还)(?<!并)(?:造成|导致|致使?)了?(?:至少)?$")
"""Right before a figure of the dead: it counts all that came of it."""
_IN_CARE = re.compile(r"送[^，。；\d]{0,8}医院|送医|医院|抢救|途中|住院|不治")
"""Told of the dead: they did not die where it happened."""
_ON_THE_SPOT = re.compile(r"当场|当天|现场|废墟|搜[出到救]|[挖抬扒找清理]出|打捞|遗体|井下|坑[底内]|残骸|瓦砾|火场")
"""Told of the dead: they died, or were found, where it happened."""
_NOTE = 6
_NEXT_PART = re.compile(
    r"[^（）]{0,4}）[，、；和及](?![^（]{0,20}(?:其中|包括|含|累计|共|合计|至此|截至|[日天时]))[^，。；（）\n]{1,14}[人名例][^，。；（）\n]{0,6}（[^（）]{0,6}"
)
"""Between two shares in brackets: the second is of another part, and no later count of the first."""
_LAST = re.compile(r"最后的?$")
_SAFE = re.compile(r"平安|归来|回来|返[回家]|联系上")
_SOON = 90
_TOTAL = re.compile(r"[。！？!?\n；;]|共|造成|累计|致|达")
_SO_FAR = re.compile(r"至此|总共|一共|共|累计|总数|人数")
"""Between two figures of the dead: the second one counts all."""
_OF_THE_TOTAL = re.compile(r"(?:新增|增加|新确认|新发现|多出)的$")
"""Before a figure: it tells by how much a total has risen, and is counted there."""
_HEADING = re.compile(r"\s{0,3}(?:#[^#\n]{1,40}#\s{0,3}){0,4}【[^】\n]{1,60}】")
"""What a post begins with in such brackets, hashtags before it, is its title: what it counts is told again behind."""
_WAS_HURT = re.compile(r"(?:重|轻|受)?伤(?:人员|者|员|[^，。；\d]{0,4}?[人工])")
"""Behind a figure of the dead: they were hurt first, and did not die on the spot."""
_WOUNDED = re.compile(r"伤(?:者|员)")
_NEXT = re.compile(r"第[二三四五六七八九]起|另一[起辆艘架]")
_ALSO = re.compile(r"(?<=[人者员工生])也(?=因|不幸|在|没|抢救|离|死|身)")
_CLAUSE_MARKS = "，。；：！？\n"
_CLAUSE = 30
_STOPS = "。；！？\n"
_EACH = re.compile(r"分别(?:造成|导致|致使?|有)")
_AND = re.compile(r"[和与及]")
_SENTENCE = re.compile(r"[。！？!?\n；;]")

_ALL_OF_THEM = re.compile(
    r"[^，。；\d一二两三四五六七八九十]{0,4}(?:(?:全部|全都|悉数)(?:不幸|均|都|已){0,2}(?:遇难|死亡|身亡|罹难|丧生|牺牲|溺亡)|无一(?:生还|幸免))"
)
"""Behind a figure: these are all whom it happened to, "最后2名确认遇难，6人全部遇难"."""
_LIES_IN = re.compile(
    r"(?:伤者|伤员|患者|工人|学生|乘客|人)?(?:目前|现|已|均|仍|正)?(?:在|被?送[往到至])(?P<where>[^，。；、\d]{1,10}医院)[^，。；、\d]{0,6}"
)
"""Behind a figure: in which hospital these people lie."""
_REST = re.compile(r"其余|剩余|余下|剩下|另|又|还有")
Said = tuple[Group, Meaning, FactKind]
"""A figure, what is said of these people, and what kind of figure that makes it."""


def adds(plain: str, before: Said, after: Said) -> bool:
    """Whether both figures of a sentence count together, for they are of different people.

    So it is when the dead are told by turns ("1人当场死亡，3人抢救无效死亡"), and with light beside serious injuries.
    """
    (one, said, kind), (other, says, its) = before, after
    if (
        other.updates
        or other.begins
        or (its is not FactKind.DEATHS and other.beside is not one and _well(plain, other))
        or _counted(plain, one, other)
    ):
        return False
    spans = (one.start, one.end), (other.start, other.end)
    if kind is its and not other.part_of and (apart(plain, *spans) or _in_two_hospitals(plain, one, other)):
        return True
    if says is said and (other.beside is one or _late(plain, says, one, other) or _told_apart(plain, says, one, other)):
        return True
    if _SENTENCE.search(plain, one.start, other.start):
        return False
    of_one_whole = not other.part_of or other.part_of == one.part_of == (Role.CASUALTY,)  # "五人中两人重伤，一人轻伤"
    if says is FactKind.INJURED and said in {FactKind.SERIOUS_INJURED, FactKind.INJURED} and of_one_whole:
        more = said is says and _MORE.search(plain, max(one.end, other.start - 6), other.start)
        words = plain[slice(*one.words[said])], plain[slice(*other.words[says])]
        lightly = any(map(_LIGHTLY.search, words)) and _HURT_AT_ALL.isdisjoint(words)
        return more is not None or bool(lightly)
    of_one_part = not other.part_of or other.part_of == one.part_of  # "其中3人当场死亡，1人送医后死亡"
    return said is says is FactKind.DEATHS and of_one_part and _by_turns(plain, one, other)


def _in_two_hospitals(plain: str, one: Group, other: Group) -> bool:
    """Whether two figures are told right behind each other to lie in two hospitals."""
    here, there = (_LIES_IN.match(plain, group.end) for group in (one, other))
    return bool(here and there and other.start - here.end() <= 2 and here["where"] != there["where"])


def _each_its_own(plain: str, one: Group, other: Group) -> bool:
    """Whether two figures are those of two happenings: "两起事故分别造成4人死亡、8人受伤和6人死亡、12人受伤"."""
    if _SENTENCE.search(plain, one.start, other.start) or not _AND.search(plain, one.end, other.start):
        return False
    return _EACH.search(plain, bounds.begin(plain, one.start, _STOPS, _CLAUSE), one.start) is not None


def _well(plain: str, other: Group) -> bool:
    """Whether it is told that those whom a figure counts are safe: "此前失联的2人已平安归来"."""
    end = bounds.end(plain, other.end, _CLAUSE_MARKS, _CLAUSE)
    return Role.RELIEF in other.words or _SAFE.search(plain, other.end, end) is not None


def then_more_died(plain: str, first: Span, later: Span) -> bool:
    """Whether a figure of deaths counts others than the one named person who died on the spot just before."""
    gap = plain[first[1] : later[0]]
    counted = _SO_FAR if _WOUNDED.search(plain, *later) else _TOTAL
    return (
        "当场" in plain[slice(*first)]
        and not counted.search(gap)
        and _BY_TURNS.search(plain, first[1], later[1]) is not None
    )


def _told_apart(plain: str, says: Meaning, one: Group, other: Group) -> bool:
    """Whether two figures of one kind are told apart, in sentences of their own or not.

    So it is with a list of accidents ("第一起…1人死亡；第二起…2人死亡") and with one more death ("又一名伤者死亡").
    """
    if other.part_of:
        return False
    if _each_its_own(plain, one, other):
        return True
    between = plain[one.end : other.start]
    if _NEXT.search(between) and "其中" not in plain[max(0, one.start - 12) : one.start] + between:
        return True
    start, _ = other.words[says]
    also = other.end < start and plain[start - 1] == "也"  # "2人晕倒，1人施救也晕倒"
    return also or (says is FactKind.DEATHS and (_one_more(plain, other) or _last_found(plain, one, other)))


def _one_more(plain: str, other: Group) -> bool:
    """Whether those who died before are not counted with these: "又一名伤者死亡", "该名工人也离世"."""
    _, end = other.words[FactKind.DEATHS]
    return _ALSO.search(plain, max(0, other.start - 6), max(end, other.end)) is not None


def _last_found(plain: str, one: Group, other: Group) -> bool:
    """Whether the last to be found count with those found before: "7日挖出4人，均已遇难；8日，最后3人的遗体找到"."""
    clause = bounds.begin(plain, one.start, _CLAUSE_MARKS, _CLAUSE)
    if not _LAST.search(plain, max(0, other.start - 4), other.start) or _TOTAL.search(plain, clause, one.end):
        return False
    return _ON_THE_SPOT.search(plain, clause, max(one.end, one.words[FactKind.DEATHS][1])) is not None


def _counted(plain: str, one: Group, other: Group) -> bool:
    """Whether one figure counts those of the other: it is a total that has risen by them, or all, or a title's."""
    if are_all(plain, one, other):
        return True
    if _OF_THE_TOTAL.search(plain, max(0, other.start - 6), other.start):
        return True
    heading = _HEADING.match(plain)
    return heading is not None and one.start < heading.end() <= other.start


def are_all(plain: str, one: Group, other: Group) -> bool:
    """Whether the second figure counts all whom it happened to, those of the first among them."""
    if other.value <= one.value or not _ALL_OF_THEM.match(plain, other.end):
        return False
    return _REST.search(plain, one.end, other.start) is None


def _late(plain: str, says: Meaning, one: Group, other: Group) -> bool:
    """In "4人当场死亡，19人受伤，其中2人抢救无效死亡" the two are among the injured, not among the four.

    So are those who are called hurt, in a sentence of its own: "2人当场死亡。随后1名重伤人员不治身亡".
    """
    if says is not FactKind.DEATHS or says in other.part_of:
        return False
    start, end = one.span(FactKind.DEATHS)
    if _HURT_WHOLES.isdisjoint(other.part_of) and (
        other.part_of or not _in_care(plain, other) or _SO_FAR.search(plain, end, other.start)
    ):
        return False
    clause = bounds.begin(plain, start, _CLAUSE_MARKS, _CLAUSE)
    return other.start - end <= _SOON and _ON_THE_SPOT.search(plain, clause, end + 2) is not None


def _in_care(plain: str, other: Group) -> bool:
    """Whether the dead are called hurt, or died on the way to hospital or there."""
    start, end = other.span(FactKind.DEATHS)
    clause = bounds.begin(plain, start, _CLAUSE_MARKS, _CLAUSE)
    return _WAS_HURT.match(plain, other.end) is not None or _IN_CARE.search(plain, clause, end) is not None


def _by_turns(plain: str, one: Group, other: Group) -> bool:
    (one_start, one_end), (start, end) = one.words[FactKind.DEATHS], other.words[FactKind.DEATHS]
    if (
        _SO_FAR.search(plain, one_end, max(start, other.start))
        or _IN_ALL.search(plain, one_end, min(start, other.start))
        or _NOMINAL.match(plain, one_end)
        or _NOMINAL.search(plain, start, end + 2)
    ):
        return False
    how, else_how = _MANNER.match(plain, one_start, one_end), _MANNER.match(plain, start, end)
    if how and else_how and how.group() != else_how.group():
        return True
    somebody = _ONE_SOMEBODY.match(plain, one.start, one_start) and _ONE_SOMEBODY.match(plain, other.start, start)
    both_one = one.value == other.value == 1 and somebody is not None
    return both_one or _BY_TURNS.search(plain, one.start, end) is not None


def put_together(plain: str, facts: Sequence[Fact]) -> list[Fact]:
    """The figures of a text; shares in brackets add up part by part: "县医院9人（重伤6人），中医院7人（重伤5人）"."""
    told, last = list(facts), dict[FactKind, Fact]()
    for number, fact in enumerate(facts):
        if fact.unit != "person":
            continue
        if fact.kind in last and _in_brackets(plain, last[fact.kind], fact):
            told[number] = replace(fact, adds=True)
        last[fact.kind] = fact
    return told


def _in_brackets(plain: str, one: Fact, other: Fact) -> bool:
    between = plain[one.span[1] : other.span[0]]
    return plain.rfind("（", max(0, one.span[0] - _NOTE), one.span[0]) >= 0 and bool(_NEXT_PART.fullmatch(between))
