"""Figures that no word of harm stands beside, but talk that tells of it: "捞上来两个，都硬了", "砸着三个老人".

Such speech is read by its build: a verb of force with its result before the figure ("撞飞了三个"), what became of the
people behind it ("四个人出不来"), those of whom something is true counted ("盖白布的有四个"). It means harm only where
danger is spoken of, and only of people.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.facts.amounts import quantity
from analyzer.facts.between import ACTING
from analyzer.facts.groups import Group
from analyzer.facts.lexicon import EVENT, MEANING, PERSON, Meaning, Role
from analyzer.facts.numerals import NUMERAL
from analyzer.facts.talk import (
    ALONE,
    BECAME,
    CREATURE,
    DONE,
    ELSEWHERE,
    FORCE,
    HOW_MANY,
    LEAD,
    NOT_BEHIND,
    OUT,
    PEOPLE,
    POISON,
    SCENE,
    SHUT,
    SUBJECT,
)
from analyzer.model import FactKind
from analyzer.patterns import bounds
from analyzer.patterns.expressions import anywhere, branched, guarded
from analyzer.patterns.scan import Hints, remembered
from analyzer.scope.bystanders import in_remark

_PERSON = re.compile(rf"{PERSON}|人|娃")
_TOLD_WITHIN = 90
_BEFORE, _BEHIND = 24, 18
_ASIDES = 3
_MAY_DIE = {FactKind.MISSING, FactKind.TRAPPED, Role.HOSPITAL}
"""What the clauses behind may end with a death: "让水冲走了，找到的时候人都硬了"."""
_SOUGHT = {FactKind.MISSING, Role.RELIEF}
_CLAUSES = 2
"""Clauses behind that of a figure that may still speak of these people."""
_MARKS = "，。；！？!?\n：、…—~ "
_SENTENCE_MARKS = "。！？\n"
_WHERE = r"[^，。；\d]{1,3}[上下里边旁站]的?"
_BEHIND_IT = tuple((meaning, guarded(words)) for meaning, words in BECAME)
_BEFORE_IT = tuple((meaning, re.compile(rf"(?:{branched(words)})(?:{_WHERE})?{HOW_MANY}$")) for meaning, words in DONE)
_SUCH = tuple((meaning, re.compile(rf"(?:{branched(words)})[了着过]?的{HOW_MANY}$")) for meaning, words in BECAME)
_LIKELY = Hints(
    {f"became {meaning}": words for meaning, words in BECAME} | {f"done {meaning}": words for meaning, words in DONE}
)
_Told = tuple[Meaning, int, int]
"""What is told of people, and where."""
_LEADING = re.compile(LEAD)
_JOINED = re.compile(rf"(?:(?:{PERSON}|老的|小的|大人|娃儿?)[和跟加与、]?|[和跟加与])(?:[他她]们?(?:家)?的)?")
_KIN = re.compile(r"(?:[爷祖婆]孙|[父母][子女]|夫[妻妇]|兄[弟妹]|姐[妹弟]|[娘爷哥姐]|师徒|一家)$")
"""What stands before their number: "卷走了母女俩"."""
_ROLLED = re.compile(r"(?:车|轮|机器?|皮带|滚筒)[^。；]{0,22}[卷吸拖](?:下去|进去)")
"""Who gets under a wheel or into a machine is not lost."""
_FAMILY = ("一家", "全家", "我家", "他家", "她家", "们家", "老少", "老小", "一家子", "老", "小")
_NOT_COUNTED = re.compile(
    r"口(?![子人])|[俩仨](?:小时|月|星期|钟头|天|年|礼拜|包|菜|字|饼|馒)|个(?:个|一个|(?<=[一1]个)[都也](?![是有])|就(?![没走倒]))"
)
_COUNTING = re.compile(
    r"(?:还有(?:另外)?|[^，。；：\d只才报]{0,6}(?<!只)(?:说|讲|称|数)[了着过下来]{0,2}|其实|实际上?|光|单|(?![^，。；\d]{0,4}(?:救援|救护|消防|搜救|医疗|施救|专家))[^，。；\d]{0,6}[村班组楼厂家院室队]|到(?:今天|现在|昨晚|刚才)|[昨前今]天(?:抬|拉|运)?(?:出去|出来|走)?|[大老]的小的|大人小孩|男女老少|连[老大]带小|加上[^，。；\d]{0,4}){0,2}"
    r"(?:至少|少说|已经|得|一共|总共|都|就|是|有|共|加起来|大概|可能){0,4}"
)
_COMMAS = frozenset("， ")
_FEW = 6
"""Figures at most that tell what became of those struck."""
_GOES_ON = frozenset("，：？— ")
"""Marks that a figure may stand behind which only counts those told of before: "几个人中招？ B：全寝室，六个"."""
_LOOK_BACK = 5
_EVENT = guarded(EVENT)
_THEY_ARE = re.compile(r"[^，。；\d门没]{0,4}的(?:都|已经?|就|也|一共|总共|大概|可能|至少){0,3}(?:是|有|得有|共|就|都)")
_UNITLESS = re.compile(
    rf"的(?:人|娃|孩子)?(?:都|已经?|快|得|就|也|少说|至少){{1,2}}有?(?P<count>{NUMERAL})(?P<more>[多余来])?(?=了|[，。！；]|$)"
)
_DANGER, _ELSEWHERE = anywhere(SCENE.pattern), anywhere(ELSEWHERE.pattern)
_COUNT = re.compile(rf"[了着后到]?(?:的{HOW_MANY})?{NUMERAL}")
_LOOSE = re.compile(r"[^，。；\d一两三四五六七八九十俩仨没不未无救送帮赶找像的是为]{0,5}")
_WITH = re.compile(
    r"(?<![剩余丢留])下$|[每哪某]$|岸[上边]的?$|(?:能[坐装载住容][下]?|跟着?|陪着?|随着?|带着?|等着?|像)[^，。；]{0,3}$"
)
_OTHERS = re.compile(rf"\d|[一二两三四五六七八九十俩仨][个名位人]?|{PERSON}")
HINTS: dict[str, str | re.Pattern[str]] = {
    "everyday": "|".join(words.replace("?P<place>", "?:") for _, words in (*BECAME, *DONE)),
    "scene": SCENE,
}
"""Patterns without which a text tells of nobody in this way."""


@remembered
def _behind_it(plain: str) -> Sequence[tuple[Meaning, re.Pattern[str]]]:
    """What may stand behind a figure, of which the text holds a word."""
    seen = _LIKELY(plain)
    return [told for told in _BEHIND_IT if f"became {told[0]}" in seen]


@remembered
def _before_it(plain: str) -> Sequence[tuple[Meaning, re.Pattern[str]]]:
    """The same before it."""
    seen = _LIKELY(plain)
    done = [told for told in _BEFORE_IT if f"done {told[0]}" in seen]
    return [*done, *(told for told in _SUCH if f"became {told[0]}" in seen)]


def read_between(plain: str, groups: list[Group]) -> None:
    """Give figures without a word the meaning that the talk around them has, if any."""
    told: list[tuple[Group, _Told]] = []
    taken = {group.start for group in groups}
    groups += [group for group in _unitless(plain) if group.start not in taken]
    if not groups:
        return
    groups.sort(key=lambda group: group.start)
    limits = [*(group.start for group in groups if not _NOT_COUNTED.match(plain, group.end - 1)), len(plain)]
    for before, group in zip((None, *groups), groups, strict=False):
        if group.words:
            _weigh_again(plain, group)
        elif not group.superseded and group.value and _in_danger(plain, group):
            found = _told(plain, group, limits[bisect_right(limits, group.start)])
            told += [(group, one) for one in found]
            for meaning, start, end in found:
                group.take(_by_force(plain, group, meaning), start, end)
            if not found and before and before.words and _JOINED.fullmatch(plain, before.end, group.start):
                group.take(before.kinds()[0], group.start, group.end)
                group.beside = before
    given = {id(group) for group, _ in told}
    for group, after in pairwise(groups):
        if not group.words and id(after) in given and _JOINED.fullmatch(plain, group.end, after.start):
            group.take(after.meanings[0], group.start, after.end)
    _told_twice(plain, told, groups)


def _weigh_again(plain: str, group: Group) -> None:
    """Take away a meaning that the words around it make another: beasts that died, people who were found dead."""
    if group.meanings == [FactKind.DEATHS] and _died_off(plain, group) and _beasts(plain, group):
        group.words.clear()
    elif group.meanings and _SOUGHT.issuperset(group.meanings) and (dead := _found_dead(plain, group)):
        group.words.clear()
        group.take(*dead)


def _found_dead(plain: str, group: Group) -> _Told | None:
    """What says that those who were found, or brought out, are dead: "让水冲走了，找到的时候人都硬了"."""
    if not _in_danger(plain, group):
        return None
    told = _went_on(plain, bounds.end(plain, group.end, _MARKS, 2 * _BEHIND))
    return told if told and told[0] is FactKind.DEATHS else None


def _told_twice(plain: str, told: Sequence[tuple[Group, _Told]], groups: Sequence[Group]) -> None:
    """Take those for no figure of their own who are counted as dead elsewhere: "屋内4人倒地，…4名死者"."""
    starts = [group.start for group in groups]
    dead = {group.value for group in groups if FactKind.DEATHS in group.words}
    for group, (meaning, _, _) in told:
        if meaning is FactKind.INJURED:
            following = bisect_right(starts, group.start)
            _break_down(plain, group, groups[following : following + _FEW])
        elif meaning is Role.HOSPITAL and group.value in dead and FactKind.DEATHS not in group.words:
            group.words.clear()


def _unitless(plain: str) -> Iterator[Group]:
    """Figures without a measure word that count those of whom something is true: "躺医院的都六十多了"."""
    for found in _UNITLESS.finditer(plain):
        number = quantity(found["count"], None, found["more"], None)
        if number is not None:
            yield Group(found.start("count"), found.end("more") if found["more"] else found.end("count"), *number)


def _by_force(plain: str, group: Group, meaning: Meaning) -> Meaning:
    """What those carried away suffer from: illness, or force; where both are named the whole text has the word."""
    around = max(0, group.start - _TOLD_WITHIN), group.end + _TOLD_WITHIN
    if meaning is not Role.HOSPITAL:
        return meaning
    ill = plain[group.end - 1] == "例" or POISON.search(plain, *around) is not None
    hurt = FORCE.search(plain, *around) is not None
    return meaning if ill is hurt else FactKind.ILL if ill else FactKind.INJURED


def _break_down(plain: str, struck: Group, later: Sequence[Group]) -> None:
    """Take those struck for no figure of their own where the sentence tells what became of each of them."""
    end = bounds.end(plain, struck.end, _SENTENCE_MARKS, _TOLD_WITHIN)
    each = sum(group.value for group in later if group.start < end and group.words)
    if each == struck.value > 1:
        struck.words.clear()


def _in_danger(plain: str, group: Group) -> bool:
    """Whether a figure counts people in danger, and not what belongs to a game, and no mouthfuls."""
    around = max(0, group.start - _TOLD_WITHIN), group.end + _TOLD_WITHIN
    if not _says(_DANGER, plain, *around) or _says(_ELSEWHERE, plain, *around):
        return False
    return not _NOT_COUNTED.match(plain, group.end - 1) or plain.endswith(_FAMILY, 0, group.start)


def _says(words: re.Pattern[str], plain: str, start: int, end: int) -> bool:
    """Whether such words stand there elsewhere than in what is said of anybody ("局长该辞职", "医院领导不行")."""
    for asides, word in enumerate(words.finditer(plain, start, end)):
        if asides > _ASIDES or not in_remark(plain, *word.span(), _MARKS):
            return True
    return False


def _died_off(plain: str, group: Group) -> bool:
    """Whether it is only said that so many are dead, with a word that is said of plants and beasts too."""
    return plain[slice(*group.words[FactKind.DEATHS])] in {"死", "死了", "死掉", "没了", "走了"}


def _beasts(plain: str, group: Group) -> bool:
    """Whether the figure counts beasts, plants or things that the sentence names and no people behind them."""
    sentence = bounds.begin(plain, group.start, _SENTENCE_MARKS, _TOLD_WITHIN)
    named = [found.end() for found in CREATURE.finditer(plain, sentence, group.start)]
    return bool(named) and plain[group.end - 1] in "个俩仨" and not _PERSON.search(plain, named[-1], group.end + 4)


def _told(plain: str, group: Group, limit: int) -> list[_Told]:
    """What is told of a figure by what stands before it, and behind it up to the next figure (`limit`)."""
    done, became = _done(plain, group), _became(plain, group, limit) or _counted_out(plain, group)
    if done is not None and done[0] is not FactKind.INJURED and _beasts(plain, group):
        return []
    if done is not None and done[0] is not Role.HOSPITAL and became is not None and became[0] is FactKind.DEATHS:
        return [done, became]
    if (
        became is not None
        and became[0] is FactKind.MISSING
        and _ROLLED.search(plain[max(0, group.start - _BEFORE) : became[2]])
    ):
        became = None
    # "地上躺着三个流血的": how they lie there says less than what they suffer.
    told = became if done is None or (became is not None and done[0] is Role.HOSPITAL) else done
    return [] if told is None else [told]


def _done(plain: str, group: Group) -> _Told | None:
    """What stands right before a figure and says what was done to these people, or what is true of them."""
    ends = (
        plain[group.end - 1] in "人位子"
        or plain.endswith("重的", 0, group.start)
        or ALONE.match(plain, group.end)
        or PEOPLE.match(plain, group.end)
    )
    if not ends:
        return None
    start = bounds.begin(plain, group.start, _MARKS, _BEFORE)
    before = _KIN.sub("", plain[start : group.start])
    for meaning, words in _before_it(plain):
        found = words.search(before)
        among = found and group.part_of and before.startswith("里", found.start())  # "死了五个，里头有三个孩子"
        if found and (not found.groupdict().get("place") or (not among and _shut(plain, start, group))):
            return meaning, start + found.start(), start + found.end()
    return _so_named(plain, start, group)


def _so_named(plain: str, start: int, group: Group) -> _Told | None:
    """A word of harm that tells who is counted: "确诊水痘的是六个孩子"."""
    for event in _EVENT.finditer(plain, start, group.start):
        meaning = MEANING[event.lastgroup or ""]
        if meaning in FactKind and _THEY_ARE.fullmatch(plain, event.end(), group.start):
            return meaning, *event.span()
    return None


def _became(plain: str, group: Group, limit: int) -> _Told | None:
    """What is said of these people behind their figure, in this clause or one of the next."""
    end = bounds.end(plain, group.end, _MARKS, 2 * _BEHIND)
    if _WITH.search(plain, max(0, group.start - 6), group.start):
        return None
    for meaning, words in _behind_it(plain):
        found = words.search(plain, group.end, min(end, limit, group.end + _BEHIND))
        if found and found.groupdict().get("place") and not _shut(plain, group.start, group):
            found = words.search(plain, found.end(), min(end, limit, group.end + _BEHIND))
        if found and (SUBJECT.fullmatch(plain, group.end, found.start()) or _loosely(plain, group.end, found.start())):
            others = ACTING.search(plain, group.end, found.end()) or _COUNT.match(plain, found.end())
            if others:
                return None
            later = _went_on(plain, end) if meaning in _MAY_DIE else None
            return later if later and later[0] is FactKind.DEATHS else (meaning, *found.span())
    return None if limit < end or NOT_BEHIND.search(plain, group.end, end) else _went_on(plain, end)


def _went_on(plain: str, end: int) -> _Told | None:
    """What the clauses behind the one that ends here go on to say of the same people."""
    for _ in range(_CLAUSES):
        if plain[end : end + 1] not in _COMMAS:
            break
        start = end + 2 if plain.startswith("，，", end) else end + 1
        end = bounds.end(plain, start, _MARKS, 2 * _BEHIND)
        for meaning, words in _behind_it(plain):
            found = words.search(plain, start, end)
            if found and _LEADING.fullmatch(plain, start, found.start()) and not _COUNT.match(plain, found.end()):
                return meaning, *found.span()
        if _OTHERS.search(plain, start, end):
            break
    return None


def _loosely(plain: str, start: int, end: int) -> bool:
    """Whether only a few words stand between people and what became of them, none of other people or a "no"."""
    if _LOOSE.fullmatch(plain, start, end) is None or _PERSON.search(plain, start, end):
        return False
    return plain[start - 1] in "人名位" or end - start <= 2


def _counted_out(plain: str, group: Group) -> _Told | None:
    """What the clauses before say of people whom this one only counts: "倒了一大半，二十三个"."""
    start = bounds.begin(plain, group.start, _MARKS, _BEFORE)
    if not (ALONE.match(plain, group.end) and _COUNTING.fullmatch(plain, start, group.start)):
        return None
    for _ in range(_LOOK_BACK):
        if plain[start - 1 : start] not in _GOES_ON or not start:
            return None
        start, end = bounds.begin(plain, start - 1, _MARKS, _BEFORE), start - 1
        for meaning, words in _behind_it(plain):
            found = words.search(plain, start, end)
            if found and not found.groupdict().get("place"):
                return meaning, *found.span()
        event = _EVENT.search(plain, start, end)
        if event is not None:
            meaning = MEANING[event.lastgroup or ""]
            return None if meaning is Role.RELIEF else (meaning, *event.span())
    return None


def _shut(plain: str, start: int, group: Group) -> bool:
    """Whether those inside a place cannot leave it, or those missing from a count are looked for."""
    if OUT.search(plain, group.end, group.end + _BEHIND):
        return False
    return SHUT.search(plain, max(0, start - _TOLD_WITHIN), group.start) is not None
