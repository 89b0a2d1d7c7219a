"""Who was hurt and has died is hurt no more: "4人受伤。29日，1人抢救无效去世，其余3人平稳" leaves three."""

import re
from collections.abc import Sequence

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Meaning, Role
from analyzer.facts.parts import apart
from analyzer.model import FactKind
from analyzer.patterns import bounds

_REST = re.compile(r"(?:其余|剩余|剩下|余下|其他|另外)的?$")
"""Right before a figure: these are what is left of a greater one."""
_WELL = re.compile(r"(?:生命体征|病情|伤情|情况|生命迹象|均|都){0,2}(?:平稳|稳定|脱离)")
"""Behind a figure: these did not die."""
_SICK = re.compile(r"患者|病例|病人|感染|确诊")
_SENTENCE_MARKS = "。！？\n"
_LOOK, _NEAR = 80, 4
_FEW = 10
"""Figures before and behind one that may be of the same people."""
_HURT: set[Meaning] = {FactKind.INJURED, FactKind.SERIOUS_INJURED}


def lessen(plain: str, groups: Sequence[Group], hospital: FactKind | None) -> None:
    """Take the dead from the hurt: where a rest is told, and where more dead and as many fewer hurt are told later."""
    if not any(FactKind.DEATHS in group.words and group.value for group in groups):
        return
    hurt: set[Meaning] = {FactKind.INJURED} | ({Role.HOSPITAL} if hospital is FactKind.INJURED else set())
    sick = not any((FactKind.ILL in group.words or hurt & group.words.keys()) for group in groups)
    for at, group in enumerate(groups):
        before = groups[max(0, at - _FEW) : at]
        last = before[-1] if before else group
        others = FactKind.DEATHS in last.words and bool(last.part_of) and _WELL.match(plain, group.end) is not None
        if others or _REST.search(plain, max(0, group.start - _NEAR), group.start):
            _leave(before, group, hurt)
            if sick and not group.words:
                _count_the_ill(plain, before, group)
        if _holds(group, {FactKind.DEATHS}):
            _one_of_them(plain, group, before, groups[at + 1 : at + _FEW], hurt)
            _told_anew(plain, group, before, groups[at + 1 : at + _FEW], hurt)


def _holds(group: Group, kinds: set[Meaning]) -> bool:
    """Whether a figure counts all of a kind."""
    return group.value > 0 and not (group.part_of or group.superseded) and not kinds.isdisjoint(group.kinds())


def _dead(groups: Sequence[Group]) -> list[Group]:
    return [group for group in groups if FactKind.DEATHS in group.words and group.value and not group.superseded]


def _leave(before: Sequence[Group], rest: Group, hurt: set[Meaning]) -> None:
    """Take the dead from those of whom a rest is told."""
    for whole in before:
        died = whole.value - rest.value
        if _holds(whole, hurt) and any(group.start > whole.start and group.value == died for group in _dead(before)):
            whole.gone = died


def _count_the_ill(plain: str, before: Sequence[Group], rest: Group) -> None:
    """Count the rest of patients of whom one died as ill: "1名患者死亡，其余36人已出院"."""
    begin = bounds.begin(plain, rest.start, _SENTENCE_MARKS, _LOOK)
    if any(begin <= group.start for group in _dead(before)) and _SICK.search(plain, begin, rest.start):
        rest.take(FactKind.ILL, rest.start, rest.end)


def _one_of_them(plain: str, died: Group, before: Sequence[Group], behind: Sequence[Group], hurt: set[Meaning]) -> None:
    """Take who is told in a later sentence to die of his wounds from the hurt: "18人受伤。今晨，一名重伤乘客去世"."""
    begin = bounds.begin(plain, died.start, _SENTENCE_MARKS, _LOOK)
    whole = before[-1] if before else died
    wounded = not _HURT.isdisjoint(died.words)
    told_before = whole.end <= begin and _holds(whole, hurt) and whole.value > died.value and not whole.gone
    if wounded and told_before and not any(_holds(group, _HURT) for group in behind):
        whole.gone = died.value


def _told_anew(plain: str, later: Group, before: Sequence[Group], behind: Sequence[Group], hurt: set[Meaning]) -> None:
    """Take back the hurt of before, where somebody died since and the sum of dead and hurt is the same."""
    begin = bounds.begin(plain, later.start, _SENTENCE_MARKS, _LOOK)
    end = bounds.end(plain, later.end, _SENTENCE_MARKS, _LOOK)
    now = sum(group.value for group in behind if group.start < end and _holds(group, _HURT))
    dead = _dead(before)
    for old in dead if now else ():
        more = later.value - old.value
        since = old.end <= begin and any(old.end <= group.start and group.value == more for group in dead)
        if since and not apart(plain, (old.start, old.end), (later.start, later.end)):
            for whole in before:
                if whole.end <= begin and _holds(whole, hurt) and whole.value - now == more:
                    whole.superseded = True
