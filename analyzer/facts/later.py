"""Those who die after a first count: one of the wounded, the missing who are found, another day's bodies."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzer.facts import found
from analyzer.facts.adding import are_all
from analyzer.facts.groups import Group
from analyzer.facts.lexicon import SINGLE, Meaning, Role
from analyzer.facts.parts import of_two_happenings
from analyzer.facts.sorts import CLAUSES, LOOK, SENTENCES, TIME, TOTAL, are_helpers, in_parallel, set_beside
from analyzer.model import FactKind, Span
from analyzer.patterns import bounds

_HURT: set[Meaning] = {FactKind.INJURED, FactKind.SERIOUS_INJURED, FactKind.ILL, Role.HOSPITAL}
_SOURCES: set[Meaning] = {FactKind.MISSING, *_HURT}
"""What is told of people who are counted among the dead later."""
_SOME: set[Meaning] = {FactKind.MISSING, FactKind.INJURED, FactKind.SERIOUS_INJURED}
_WHOLE: set[Meaning] = {Role.CASUALTY}
_WOUNDED = re.compile(r"(?!其中)[^，。；：、\d]{0,14}?(?:伤者|伤员|重伤(?:人员|者)|患者|病人)")
"""Behind a figure of the dead: they were alive and counted as hurt before."""
_OF_THE_WOUNDED = re.compile(r"伤[者员](?:中|里|之一|当中)")
_OF_THE_SHUT_IN = re.compile(
    r"被[困埋压][^，。；\n]{0,12}中(?:已|又|再|先后|陆续){0,2}(?:经)?(?:找到|发现|搜[救寻](?:出|到)|挖出|救出|确认|有)?了?$"
)
"""Before a figure: they were shut in."""
_CARE = re.compile(r"抢救|不治|救治|医院|送医|医治|恶化|icu|重症")
_MORE = re.compile(r"(?:又|再|还|另外?|新增|增加)(?:有|添|现|找到|发现|搜[寻救]到|打捞[出起上])?了?的?$")
"""Right before a figure: others were counted already."""
_FOUND = re.compile(r"找到|发现|打捞|捞[起出上]|搜[寻救]到|[挖抬扒清救]理?出|确认(?:[^，。；]{1,6})?遇难")
_ANEW = re.compile(
    r"至此|累计|[总一]共|共计|合计|官方说|官方称|实际|其实|真实|相比|更正|更新[为至后]|数字|减少|较[前昨上第]|比[前昨上]"
)
"""In the sentence of a figure: it counts all anew, or by how much they are more."""
_IN_ALL = re.compile(r"至此|累计|共|总")
_BY_THEN = re.compile(r"截[至止]")
_INCLUDED = re.compile(
    r"(?<![未没])(?<!没有)(?<!没有被)(?:计入|[包含]括?在|算在|之[中列])|上述|(?<!没有被统计)(?<!未统计)在内"
)
"""Behind a figure: the first one counts these."""
_BESIDE = re.compile(
    r"不在[^，。；]{0,10}(?:之中|之列|之内|[人名]内)|没有?被?(?:统计|计入)|未(?:被)?(?:统计|计入)|不含"
)
"""Behind a figure: the first one does not count these."""
_BUT = re.compile(r"除(?:了|去)?[^，。；\d]{0,6}$")
"""Before a figure that is taken off: "原31名伤员中，除死亡1人外"."""
_KNOWN = re.compile(r"(?:死者|遇难者|死难者|逝者|遗体)?(?:的)?(?:系|为|是|身份|家属|均|名单|姓名)")
"""Behind a figure: who they are whom the text has counted."""
_BEFORE = re.compile(r"此前|之前|前期|早前|先前|当[天日晚]|事发时")
_TOGETHER = re.compile(r"连同|加上|共|累计")
_DIED = re.compile(
    r"去世|离世|辞世|离开了?人世|撒手人寰|死亡|身亡|病亡|病逝|不治|停止了?呼吸|走了(?![\u4e00-\u9fff])"
    r"|没(?:能|有)?(?:抢救|救|挺|撑|熬|扛)(?:过来|回来|住)|未能挽回[其他她]?的?生命|遗体|已遇难"
)
_NOUN = re.compile(r"伤[者员]|人?送医|人?被?送[往到]医院")
"""Behind a figure: all who were hurt, those who died of it among them."""
_LOST = re.compile(r"失踪|失联")
_ONE = re.compile(
    rf"(?:失踪|失联)的(?![\d一二两三四五六七八九十])|{SINGLE.pattern}|【姓名】|[\u4e00-\u9fff]某某?|(?:重)?伤者(?!们|中|家属)|一[位名个][^，。；]{{0,12}}(?:伤员|伤者|患者|邻居)"
    r"|(?:失踪|失联)者的|最后一[位名个]|[的老小][\u4e00-\u9fff]{1,2}(?:师傅)?(?=因|经|在|昨|今|已|于|也)"
)
"""One person, whatever he is called."""
_GIVEN_OUT = re.compile(r"公布|通报|报告|发布|此前|之前|先前|原|由|从|昨")
_WAS_HURT = re.compile(r"(?:[受重烧烫炸]伤|送医|住院|抢救中)的[^，。；\d]{0,10}(?=[^，。；]{0,20}[也又])")
"""Before a death: whoever he is, he was hurt before and is counted nowhere else."""
_NEAR, _MOST, _FEW = 8, 8, 4


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two figures of the dead that follow each other, and where the second one's sentence and clause begin."""

    plain: str
    one: Group
    other: Group

    @property
    def begin(self) -> int:
        return max(bounds.begin(self.plain, self.other.start, SENTENCES, LOOK), self.one.end)

    @property
    def clause(self) -> int:
        return max(bounds.begin(self.plain, self.other.start, CLAUSES, LOOK), self.one.end)

    @property
    def end(self) -> int:
        return self.other.span(FactKind.DEATHS)[1]

    @property
    def stop(self) -> int:
        return bounds.end(self.plain, self.end, SENTENCES, LOOK)

    @property
    def told_beside(self) -> bool:
        return _BESIDE.search(self.plain, self.end, self.stop) is not None

    @property
    def in_a_sentence(self) -> bool:
        return self.begin == self.one.end

    @property
    def more(self) -> bool:
        return _MORE.search(self.plain, max(0, self.other.start - _NEAR), self.other.start) is not None

    @property
    def of_the_wounded(self) -> bool:
        return _WOUNDED.match(self.plain, self.other.end) is not None

    @property
    def goes_back(self) -> bool:
        """Whether the second one died before the first one's people, who were missing or hurt."""
        wounded = _WOUNDED.match(self.plain, self.one.end) is not None
        if not wounded and _SOURCES.isdisjoint({*self.one.part_of, *self.one.words}):
            return False
        before = _BEFORE.search(self.plain, self.begin, self.other.start)
        return before is not None and not _TOGETHER.search(self.plain, self.begin, self.other.start)


def tell_apart(plain: str, groups: Sequence[Group], title_end: int) -> list[Span]:
    """Let those who die, or are counted, later stand beside those told of before, and be hurt or missing no more.

    Gives where single people die besides.
    """
    told = [g for g in groups if g.start >= title_end and g.value and not g.rumoured]
    standing = [group for group in told if not group.superseded]
    found.name_the_dead(plain, standing)
    set_beside(plain, standing)
    found.take_away(plain, standing)
    _count_the_dead(plain, told)
    alone = list(_died_alone(plain, told))
    starts = [group.start for group in told]
    for span in alone:
        at = bisect_right(starts, span[0])
        lost = _LOST.search(plain, bounds.begin(plain, span[0], SENTENCES, LOOK), span[0])
        _are_so_no_more(told[max(0, at - _MOST) : at], FactKind.MISSING if lost else FactKind.INJURED, 1.0)
    return alone


def is_some(group: Group) -> bool:
    """Whether a title's figure of the dead counts no more than some who were missing or hurt: "两名伤者先后去世"."""
    return FactKind.DEATHS in group.words and not _SOME.isdisjoint({*group.part_of, *group.words})


def _count_the_dead(plain: str, told: Sequence[Group]) -> None:
    """Let figures of the dead that are of other people stand beside those in front of them."""
    places = [at for at, group in enumerate(told) if FactKind.DEATHS in group.words]
    dead = [told[at] for at in places]
    _begin_parts(plain, dead)
    _explain_totals(plain, told, dead)
    hurt = False
    for number in range(1, len(dead)):
        pair = _Pair(plain, *dead[number - 1 : number + 1])
        one, other = pair.one, pair.other
        before = told[max(0, places[number] - _MOST) : places[number]]
        if (other.superseded and not pair.goes_back) or _counted_already(pair):
            continue
        surely = _came_after(pair, before) or (pair.more and _WHOLE.issuperset(other.part_of))
        if surely or (_stands_apart(pair) and not (one.superseded or _is_part(dead, number))):
            one.superseded = other.superseded = False
            other.beside = other.beside or one
            if pair.goes_back and not _HURT.isdisjoint(_kinds_of(plain, one)):
                told_with = [g for g in told[places[number] + 1 : places[number] + _FEW] if g.start < pair.stop]
                _are_so_no_more(told_with, FactKind.INJURED, one.value)
            wounded = pair.of_the_wounded or not _HURT.isdisjoint({*other.part_of, *other.words})
            hurt = wounded or (hurt and pair.more) or (not pair.in_a_sentence and _died_in_care(pair))
            if hurt:
                _are_so_no_more(before, FactKind.INJURED, other.value)


def _counted_already(pair: _Pair) -> bool:
    """Whether a figure of the dead is a new total, or is said to be counted already."""
    plain, other, end = pair.plain, pair.other, pair.end
    if pair.goes_back or pair.told_beside:
        return False  # "3人遗体找到。此前已造成2人遇难"
    if _BUT.search(plain, pair.clause, other.start) and plain.startswith(
        "外", bounds.end(plain, end, CLAUSES, _NEAR) - 1
    ):
        return True
    if are_all(plain, pair.one, other) or _INCLUDED.search(plain, end, pair.stop) or _KNOWN.match(plain, other.end):
        return True
    if _ANEW.search(plain, pair.begin, end) or TOTAL.search(
        plain, min(pair.clause, other.span(FactKind.DEATHS)[0]), end
    ):
        return True
    return not pair.of_the_wounded and _BY_THEN.search(plain, pair.begin, end) is not None


def _came_after(pair: _Pair, before: Sequence[Group]) -> bool:
    """Whether those whom a figure counts were missing, hurt or in hospital when the dead before them were counted.

    Or the other way round: "3人遗体找到。此前已造成2人遇难". `before` are the figures in front of it.
    """
    if pair.told_beside:
        return True
    of = {*pair.other.part_of, *pair.other.words}
    if _were_shut_in(pair, before):
        return True
    if not _SOURCES.isdisjoint(of) and _were_alive(pair, of, before):
        return True
    if not _HURT.isdisjoint(of) or not _WHOLE.issuperset(pair.other.part_of):
        return False
    return _found_since(pair) or (not pair.in_a_sentence and (pair.goes_back or _died_in_care(pair)))


def _were_shut_in(pair: _Pair, before: Sequence[Group]) -> bool:
    """Whether bodies of those shut in beside the dead are found: "2人死亡，3人被困。…被困3人中已发现2人遗体"."""
    if pair.in_a_sentence or not _OF_THE_SHUT_IN.search(pair.plain, pair.clause, pair.other.start):
        return False
    shut_in = (g for g in before if FactKind.TRAPPED in g.words and pair.one.end <= g.start < pair.begin)
    return any(group.value >= pair.other.value for group in shut_in)


def _were_alive(pair: _Pair, of: set[Meaning], before: Sequence[Group]) -> bool:
    """Whether those whom the second figure counts, `of` the missing or the hurt, were so when the first was told."""
    if pair.in_a_sentence:
        return False
    count = pair.other.value
    if FactKind.MISSING in of:
        if FactKind.MISSING in pair.other.words and not _tells_all(pair.plain, pair.one):
            return True
        if any(g.value >= count and FactKind.MISSING in g.words for g in before if g.start > pair.one.start):
            return True
    hurt = [g for g in before if g.start < pair.begin and not _HURT.isdisjoint(g.words)]
    return not _HURT.isdisjoint(of) and any(group.value >= count for group in hurt)


def _found_since(pair: _Pair) -> bool:
    """Whether both figures count bodies that were found, the second ones at another time."""
    plain, begin, end = pair.plain, pair.begin, pair.end
    first = bounds.begin(plain, pair.one.start, SENTENCES, LOOK)
    if not (_FOUND.search(plain, begin, end + 2) or plain[pair.other.end - 1] == "具"):
        return False
    found_before = _FOUND.search(plain, first, pair.one.span(FactKind.DEATHS)[1] + 2)
    return TIME.search(plain, begin, end) is not None and found_before is not None


def _died_in_care(pair: _Pair) -> bool:
    """Whether only the second figure counts people who died under care, at a time of their own."""
    plain, other, end = pair.plain, pair.other, pair.end
    care = _CARE.search(plain, other.end, end) or _OF_THE_WOUNDED.search(plain, pair.begin, other.start)
    if not (pair.of_the_wounded or care) or not TIME.search(plain, pair.begin, end):
        return False
    return _CARE.search(plain, pair.one.end - _NEAR, pair.one.span(FactKind.DEATHS)[1]) is None


def _stands_apart(pair: _Pair) -> bool:
    """Whether a figure is told of another place or sort of people than the one before it, or in another sentence."""
    one, other = pair.one, pair.other
    if not _WHOLE.issuperset(other.part_of) or one.updates:
        return False
    if _tells_all(pair.plain, one) or of_two_happenings(
        pair.plain, one.span(FactKind.DEATHS), other.span(FactKind.DEATHS)
    ):
        return False
    if in_parallel(pair.plain, one, other, FactKind.DEATHS):
        return True
    return not pair.in_a_sentence and are_helpers(pair.plain, one, other, FactKind.DEATHS)


def _tells_all(plain: str, group: Group) -> bool:
    """Whether a figure is said to count all."""
    return _IN_ALL.search(plain, bounds.begin(plain, group.start, CLAUSES, LOOK), group.end) is not None


def _kinds_of(plain: str, group: Group) -> set[Meaning]:
    """What is told of those whom a figure counts, and what they are called."""
    wounded: set[Meaning] = {FactKind.INJURED} if _WOUNDED.match(plain, group.end) else set()
    return wounded | {*group.part_of, *group.words}


def _begin_parts(plain: str, dead: Sequence[Group]) -> None:
    """Let the first part of a total be no more of it: "造成8人死亡：现场死亡5人，送医后死亡3人"."""
    for number, whole in enumerate(dead[:-1]):
        clause = bounds.begin(plain, whole.start, CLAUSES, LOOK)
        if not TOTAL.search(plain, clause, whole.end) or "当场" in plain[clause : whole.end]:
            continue
        if _parts(dead, number) > 1:
            dead[number + 1].begins = True


def _explain_totals(plain: str, told: Sequence[Group], dead: Sequence[Group]) -> None:
    """Let what a total has risen by be no more of it: "31人遇难。…23日公布的25人…，此后又发现6名遇难者"."""
    starts = [group.start for group in told]
    for number, more in enumerate(dead):
        at = bisect_right(starts, more.start) - 1
        before = told[max(0, at - _MOST) : at]
        earlier = [g for g in before if more.start - g.end <= LOOK and _held_once(plain, g)]
        totals = {total.value for total in dead[max(0, number - _MOST) : number] if not total.superseded}
        if any(g.value != more.value and g.value + more.value in totals for g in earlier):
            more.begins = True


def _held_once(plain: str, group: Group) -> bool:
    """Whether a figure is the dead of an earlier count: "23日公布的25人"."""
    clause = bounds.begin(plain, group.start, CLAUSES, LOOK)
    told = _GIVEN_OUT.search(plain, clause, group.start) is not None
    return not group.words or (told and {FactKind.DEATHS}.issuperset(group.words))


def _is_part(dead: Sequence[Group], number: int) -> bool:
    """Whether a figure and those beside it come to one before them: they tell it part by part."""
    return any(first + _parts(dead, first) >= number for first in range(max(0, number - _MOST), number))


def _parts(dead: Sequence[Group], whole: int) -> int:
    """How many of the figures right behind one come to it together; none where they do not."""
    together = accumulate(part.value for part in dead[whole + 1 : whole + 1 + _MOST])
    return next((count for count, value in enumerate(together, 1) if value == dead[whole].value), 0)


def _died_alone(plain: str, told: Sequence[Group]) -> Iterator[Span]:
    """Where single people die of whom the text has told as hurt, or missing, before: "伤者鲍某经抢救无效死亡"."""
    dead = [group for group in told if FactKind.DEATHS in group.words]
    hurt = next((g for g in told if FactKind.DEATHS not in g.words and not _SOURCES.isdisjoint(g.words)), None)
    if not dead or hurt is None or _is_of(dead[0], hurt):
        return
    if any(g.value == dead[0].value + hurt.value and _NOUN.match(plain, g.end) for g in told):
        return  # "2人死亡，1人重伤。…三名伤者送医…": it is told from the beginning once more.
    counted = [group.start for group in dead]
    since = max(dead[0].end, hurt.end)
    first = dead[0].end
    said = -_NEAR
    for match in _DIED.finditer(plain, first):
        begin = bounds.begin(plain, match.start(), SENTENCES, LOOK)
        end = bounds.end(plain, match.end(), SENTENCES, LOOK)
        early = match.start() < since
        begin = max(begin, first if early else since)
        if early and not _WAS_HURT.search(plain, begin, match.start()):
            continue
        at = bisect_right(counted, begin)
        known = (at < len(counted) and counted[at] < end) or _INCLUDED.search(plain, begin, end)
        last = dead[bisect_right(counted, match.start()) - 1]
        if known or match.start() < last.words[FactKind.DEATHS][1] or _ANEW.search(plain, begin, end):
            continue
        once_more = match.start() - said < _FEW  # "不治身亡"
        said = match.end()
        if not once_more and TIME.search(plain, begin, end) and _ONE.search(plain, begin, match.start()):
            yield match.span()


def _is_of(dead: Group, hurt: Group) -> bool:
    """Whether the first dead are told as a share of the hurt: whoever is told of further on is an example."""
    return dead.start > hurt.start and not _HURT.isdisjoint(dead.part_of)


def _are_so_no_more(before: Sequence[Group], kind: FactKind, died: float) -> None:
    """Take those who died from the hurt, or the missing, who were counted before."""
    for group in before:
        whole = not group.superseded and _WHOLE.issuperset(group.part_of)
        if whole and kind in group.words and group.value - group.gone >= died:
            group.gone += died
