"""The missing who are found, dead or alive, are missing no more; bodies that are found are of the dead."""

import re
from collections.abc import Sequence

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Role
from analyzer.facts.sorts import LOOK, TIME
from analyzer.facts.wordless import lonely
from analyzer.model import FactKind

_BODIES = re.compile(r"(?:者|人员|人口|人|群众|村民|工人|游客|船员)?的?(?:遗体|尸体)")
"""Behind a word for the missing: they are dead."""
_THEIR_BODIES = re.compile(r"(?:找到|发现|打捞|搜[寻救]到|捞[起出上])[^，。；]{0,6}[他她]们?的(?:遗体|尸体)")
"""Told of the missing in the next clauses."""
_STOP = re.compile(r"[。！？；\n]")


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
        elif wholes and _STOP.search(plain, wholes[0].end, group.start):
            of_them = FactKind.MISSING in {*group.words, *group.part_of} or (some and some.value == group.value)
            if FactKind.DEATHS in group.words and of_them:
                dead += group.value
            elif Role.RELIEF in group.words:
                saved += group.value
            gone = dead + saved if dead + saved == wholes[0].value else dead
            for whole in wholes:
                whole.gone = gone if gone <= whole.value else 0.0
            if gone == wholes[0].value:
                wholes, dead, saved = [], 0.0, 0.0
