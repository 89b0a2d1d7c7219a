"""Whether a figure counts other people than the one before it."""

import re

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Meaning, Role
from analyzer.model import FactKind

_HURT_WHOLES = {FactKind.INJURED, FactKind.SERIOUS_INJURED, Role.HOSPITAL}
_BY_TURNS = re.compile(r"当场|现场死|另有?|还有|送医|送[往到]|途中|抢救|不治|随后|后又|先后|后死亡")
_NOMINAL = re.compile(r"者|人员|遗体|尸|员")
_LIGHTLY = re.compile(r"轻微?伤")
_ONE_SOMEBODY = re.compile(r"(?:一|1)(?:名|位|个)?(?!人)[^，。；]{2,16}")
_SENTENCE = re.compile(r"[。！？!?\n；;]")

Said = tuple[Group, Meaning]
"""A figure and what is said of these people."""


def adds(plain: str, before: Said, after: Said) -> bool:
    """Whether both figures of a sentence count together, for they are of different people.

    So it is when the dead are told by turns ("1人当场死亡，3人抢救无效死亡"), and with light beside serious injuries.
    """
    (one, said), (other, says) = before, after
    if other.beside is one and said is says:
        return True
    if other.updates or _SENTENCE.search(plain, one.start, other.start):
        return False
    if says is FactKind.INJURED and said in {FactKind.SERIOUS_INJURED, FactKind.INJURED} and not other.part_of:
        return bool(_LIGHTLY.search(plain, *other.words[says]))
    if said is not FactKind.DEATHS or says is not FactKind.DEATHS:
        return False
    return _late(plain, one, other) if other.part_of else _by_turns(plain, one, other)


def _late(plain: str, one: Group, other: Group) -> bool:
    """In "4人当场死亡，19人受伤，其中2人抢救无效死亡" the two are among the injured, not among the four."""
    hurt = not _HURT_WHOLES.isdisjoint(other.part_of) and FactKind.DEATHS not in other.part_of
    return hurt and "当场" in plain[one.start : one.words[FactKind.DEATHS][1]]


def _by_turns(plain: str, one: Group, other: Group) -> bool:
    (one_start, one_end), (start, end) = one.words[FactKind.DEATHS], other.words[FactKind.DEATHS]
    if _NOMINAL.match(plain, one_end) or _NOMINAL.search(plain, start, end + 2):
        return False
    somebody = _ONE_SOMEBODY.match(plain, one.start, one_start) and _ONE_SOMEBODY.match(plain, other.start, start)
    both_one = one.value == other.value == 1 and somebody is not None
    return both_one or _BY_TURNS.search(plain, one.start, end) is not None
