"""From a text to its facts: people, things, and what each figure's surroundings make of it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analyzer.facts import everyday, fractions, implied, ordinals, quantities, updates
from analyzer.facts.adding import Said, adds, put_together, then_more_died
from analyzer.facts.amounts import PERSON_AMOUNT, lean
from analyzer.facts.asked import only_asked
from analyzer.facts.between import SHUT_IN
from analyzer.facts.borders import of_these_days, on_this_side
from analyzer.facts.died import lessen
from analyzer.facts.found import saved
from analyzer.facts.fractions import shares
from analyzer.facts.freed import is_out, set_free
from analyzer.facts.groups import Group
from analyzer.facts.hospital import hospital_kind, kind_of, share_of
from analyzer.facts.implied import (
    all_but_some,
    another,
    deaths_by_survivors,
    dies_too,
    found_again,
    grave,
    implied_deaths,
    implied_harm,
    implied_injuries,
    implied_missing,
    implied_trapped,
    in_turn,
    laid_out,
    none_now,
    of_another_sort,
    one_more_died,
    safe_again,
    wounded_died,
)
from analyzer.facts.joined import joined
from analyzer.facts.later import is_some, tell_apart
from analyzer.facts.lexicon import ALONE, AWAY, DEADLY, EVENT_WORDS, STUCK, Meaning, Role
from analyzer.facts.linker import Linker
from analyzer.facts.lone import DIES, lone_deaths
from analyzer.facts.nobody import room_for, to_come
from analyzer.facts.numerals import NUMERAL
from analyzer.facts.ordinals import by_place
from analyzer.facts.parts import Told, share_out
from analyzer.facts.possible import possible
from analyzer.facts.quantities import Quantity
from analyzer.facts.righted import put_right
from analyzer.facts.since import tell_since
from analyzer.facts.sorts import HELPERS
from analyzer.facts.updates import settle
from analyzer.facts.wordless import without_animals
from analyzer.facts.years import of_other_years, of_this_outbreak
from analyzer.model import Fact, FactKind, Nature, Qualifier, Since, Span
from analyzer.nature import rumours
from analyzer.nature.calm import goes_home
from analyzer.nature.clauses import Course, course
from analyzer.patterns.scan import Hints, Opened, Seen, plain_of

READ_TO = 50_000
"""Characters of a text that are read; figures stand before."""

_FIGURE = re.compile(
    r"[\d零一二两三四五六七八九壹贰叁肆伍陆柒捌玖十廿卅卌百千万俩仨无没未双半]|死[了的]个|那[个位]|有个[人老男女小孩工学娃阿大乘司年]"
)
_SPOKEN = str.maketrans("咗冇喺嚟哋嘅佢啲揾", "了没在来们的他些找")
_CANTONESE = "[咗冇喺嚟揾]"
"""Characters that Cantonese has; its grammatical words are read as those of the standard language."""
_COUNTED = Opened(
    rf"{PERSON_AMOUNT}|[:：]{NUMERAL}|{NUMERAL}[名个]?[男女老大死]|双双|[那这]对|有个|该名|那[位个]|的(?:都|已经?|快|得|就)|死[了的]"
)
"""Without any of these no people are counted, whatever is told of them."""
_HINTS = Hints(
    {
        "people": (
            rf"[就只仅]活|活着|活的|[绞轧夹卷锯]断|喘气的|{EVENT_WORDS}|{ALONE}|{SHUT_IN.pattern}|{STUCK}|{AWAY}|[厢舱][里内]|死|亡|伤|生命|性命|人命|条命"
        ),
        "perhaps": r"走了|没了|不[在行]了|[挺撑]住|带走|夺走|夺去|吞噬|\d具|[一二两三四五六七八九十]具|活了",
        "deadly": DEADLY,
        "cantonese": _CANTONESE,
        "lone death": DIES,
        **everyday.HINTS,
        **implied.HINTS,
        **fractions.HINTS,
        **ordinals.HINTS,
        **quantities.HINTS,
        **updates.HINTS,
        **rumours.HINTS,
    }
)
_FELLED = re.compile(r"(?:晕倒|昏倒|晕厥|栽倒|倒下|倒地)$")
_INJURED = {FactKind.INJURED, FactKind.SERIOUS_INJURED}
_OF_ONE = (
    (FactKind.TRAPPED, "one shut in", implied_trapped),
    (FactKind.MISSING, "one missing", implied_missing),
)
_HURT = {FactKind.DEATHS, *_INJURED}
_GRAVE_ILLNESS = ("病危", "病情", "病重")
_UNTIL_FOUND = {FactKind.MISSING, FactKind.TRAPPED}
_BODIES = re.compile(r"[\d一二两三四五六七八九十]{1,3}[名人具][^，。；、 ]{0,6}遗体")
"""In a title: those who were found of late."""
_NEW = re.compile(r"新增[^，。；、\d一二三四五六七八九十]{0,8}\d{1,6}例")
"""In a title: others were counted before."""
_ON_THE_SPOT = re.compile(r"当场[^，。；]{0,2}(?:死|身亡|遇难|丧|毙)")
"""In a title: others may have died later."""
_SOME_MORE = re.compile(r"(?:又|再|最后|新增|增加|另)(?:有|添|现|找到|发现)?的?$")
"""Right before a figure: others were counted already."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """One text while it is read."""

    plain: str
    told: Course
    nature: Nature
    title_end: int
    seen: Seen
    plainly: bool
    invented: Sequence[Span]

    def status(self, position: int) -> Nature:
        """What the words at a spot speak of; where they speak of now, the whole post's nature has the word."""
        if self.told.denied(position) or rumours.holds(self.invented, position):
            return Nature.HYPOTHETICAL
        here = self.told.at(position)
        return self.nature if here is Nature.CURRENT else here


def find_facts(
    text: str, *, nature: Nature = Nature.CURRENT, title_end: int = 0, told_at: datetime | None = None
) -> tuple[Fact, ...]:
    """Every figure in `text` (minimised title + newline + text, not normalised), in the order of the text.

    `nature` is what the whole post tells of (`analyzer.nature.judge`); it holds where the words around a
    figure say nothing. `title_end` is the length of the title. `told_at` dates the post.
    """
    plain = plain_of(text[:READ_TO])
    seen = _HINTS(plain)
    if "cantonese" in seen:
        plain = plain.replace("仲有", "还有").translate(_SPOKEN)
        seen = _HINTS(plain)
    plainly = "people" in seen or ("perhaps" in seen and "deadly" in seen)
    people, things = plainly or may_count(seen), quantities.may_measure(seen)
    if not people and not things:
        return ()
    invented = () if seen.isdisjoint(rumours.HINTS) else rumours.invented(plain)
    reader = _Reader(plain, course(plain, told_at), nature, title_end, seen, plainly, invented)
    facts = [*(_found(reader, _of_people(reader)) if people else ()), *(_of_things(reader) if things else ())]
    facts = put_together(plain, sorted(facts, key=lambda f: (f.span, f.kind)))
    if not facts:
        return ()
    told = on_this_side(plain, _unless_denied(reader, of_other_years(plain, of_these_days(plain, facts), told_at)))
    told = of_this_outbreak(plain, [*told])
    return tuple(tell_since(plain, put_right(plain, only_asked(plain, [*told]))))


def may_count(seen: Seen) -> bool:
    """Whether a text that has no plain word for what befalls people may tell of them all the same."""
    return ("everyday" in seen and "scene" in seen) or not seen.isdisjoint(implied.OF_ONE)


def _unless_denied(reader: _Reader, facts: Sequence[Fact]) -> Sequence[Fact]:
    """A title's figure that the text only tells as a rumour, a fear or another happening's, is one."""
    body = [fact for fact in facts if reader.title_end and fact.span[0] >= reader.title_end]
    told = {(f.kind, f.value): f.status for f in body if f.value and f.status is not Nature.CURRENT}
    for fact in body:
        if fact.status is Nature.CURRENT:
            told.pop((fact.kind, fact.value), None)
    if not told:
        return facts
    return [
        f if f.span[0] >= reader.title_end else replace(f, status=told.get((f.kind, f.value), f.status)) for f in facts
    ]


def _of_people(reader: _Reader) -> Iterable[Fact]:
    counted = list(_counted(reader))
    counted = _without_the_felled(reader.plain, counted)
    told = {fact.kind for fact in counted if fact.status is Nature.CURRENT}
    yield from _by_turns(reader, counted) if FactKind.DEATHS in told else counted
    yield from _implied(reader, told, counted)


def _without_the_felled(plain: str, counted: list[Fact]) -> list[Fact]:
    """The figures without the several who only fainted first, where as many or more are told to be dead."""
    ill = [f for f in counted if f.kind is FactKind.ILL and f.value and f.status is Nature.CURRENT]
    if not ill or any(_FELLED.search(plain, *fact.span) is None for fact in ill):
        return counted
    dead = max((f.value for f in counted if f.kind is FactKind.DEATHS and f.status is Nature.CURRENT), default=0)
    return [f for f in counted if f.kind is not FactKind.ILL or f.value <= 1 or f.value > dead]


def _by_turns(reader: _Reader, counted: Sequence[Fact]) -> Iterable[Fact]:
    """The figures, and before a figure of deaths those who died first: "司机当场死亡，另有2人抢救无效死亡"."""
    dead = [fact for fact in counted if fact.kind is FactKind.DEATHS and not fact.part_of and not fact.headline]
    adding = set()
    for value, span in (
        implied_deaths(reader.plain) if dead and ("当场" in reader.plain or dies_too(reader.plain)) else ()
    ):
        fact = next((fact for fact in dead if span[1] <= fact.span[0]), None)
        if fact is not None and (
            then_more_died(reader.plain, span, fact.span) or one_more_died(reader.plain, span, fact.span)
        ):
            adding.add(fact.span)
            yield _of_few(FactKind.DEATHS, value, Qualifier.EXACTLY, span, reader)
    for fact in counted:
        yield replace(fact, adds=True) if fact.kind is FactKind.DEATHS and fact.span in adding else fact
    hurt = [fact for fact in counted if fact.kind in _INJURED and fact.value and not fact.headline]
    if dead and len(hurt) == 1 and hurt[0].value == 1:
        for span in wounded_died(reader.plain):
            if span[0] > hurt[0].span[1] and not any(f.span[0] > hurt[0].span[1] for f in dead):
                later = _of_few(FactKind.DEATHS, 1.0, Qualifier.EXACTLY, span, reader)
                yield replace(later, adds=True)


def _may_have_figures(reader: _Reader) -> bool:
    """Whether people may be counted at all; where nothing plainly befalls them, only by a few words."""
    plain = reader.plain
    if _FIGURE.search(plain) is None or not possible(plain):
        return False
    return reader.plainly or _COUNTED.search(plain, 0, len(plain)) is not None


def _counted(reader: _Reader) -> Iterable[Fact]:
    groups = Linker(reader.plain).read() if _may_have_figures(reader) else []
    everyday.read_between(reader.plain, groups)
    share_out(reader.plain, groups)
    groups = without_animals(reader.plain, groups)
    if "counted by place" in reader.seen:
        groups += _by_place(reader.plain)
    if groups:
        if not reader.seen.isdisjoint(updates.HINTS) or (reader.title_end and "共" in reader.plain):
            settle(reader.plain, groups, reader.title_end)
        set_free(reader.plain, groups, reader.title_end)
        taken = any(
            Role.HOSPITAL in group.words or Role.HOSPITAL in group.part_of or _gravely_ill(reader.plain, group)
            for group in groups
        )
        yield from _weighed(reader, groups, hospital_kind(reader.plain, groups) if taken else None)


def _weighed(reader: _Reader, groups: Sequence[Group], hospital: FactKind | None) -> Iterable[Fact]:
    """What the figures come to, each by what is told of it and of those before it."""
    alone = tell_apart(reader.plain, groups, reader.title_end)
    lessen(reader.plain, groups, hospital)
    updated = {m for g in groups if g.updates and g.start > reader.title_end for m in g.kinds()}
    if "share of people" in reader.seen:
        yield from _shares(reader, groups, hospital)
    before: Said | None = None
    last: dict[FactKind, Said] = {}
    told_of = defaultdict[tuple[FactKind, float], Told](Told)
    for group in groups:
        for meaning in _said(reader.plain, group, hospital):
            kind = kind_of(meaning, hospital)
            if kind is None or (group.value == 0 and group.qualifier is not Qualifier.NONE):
                continue
            fact = _fact(kind, group, meaning, reader, hospital)
            told = last.get(kind) if group.part_of and kind is FactKind.DEATHS else before
            title = group.start < reader.title_end
            wholes = (w for w in (told, last.get(kind)) if w and (w[0].start < reader.title_end) is title)
            more = any(adds(reader.plain, w, (group, meaning, kind)) for w in wholes)
            place, earlier = (group.start, group.end), told_of[kind, group.value]
            together = group.beside is not None
            if more and fact.status is Nature.CURRENT and (together or not earlier.again(reader.plain, place)):
                fact = replace(fact, adds=True)
            own = fact.part_of in {None, FactKind.TRAPPED}  # Who is hurt among those shut in is no part of the hurt.
            if kind.unit == "person" and fact.status is Nature.CURRENT and group.value:
                if own:
                    before = group, meaning, kind
                if own or kind is FactKind.SERIOUS_INJURED:
                    last[kind] = group, meaning, kind
                    earlier.add(place)
            # "70余人" in the title stays true when the text counts 74.
            outdated = meaning in updated and fact.qualifier not in {Qualifier.AT_LEAST, Qualifier.ABOUT}
            fact = replace(fact, headline=False) if outdated else fact
            beside = joined(reader.plain, group, meaning) if kind.unit == "person" and group.value else None
            yield from (fact,) if beside is None else _with_singles(fact, *beside)
    for span in alone:
        yield replace(_of_few(FactKind.DEATHS, 1.0, Qualifier.EXACTLY, span, reader), adds=True)


def _by_place(plain: str) -> Iterable[Group]:
    """Those whom the place of the last one counts."""
    for meaning, value, qualifier, span in by_place(plain):
        group = Group(*span, value, qualifier)
        group.take(meaning, *span)
        yield group


def _shares(reader: _Reader, groups: Sequence[Group], hospital: FactKind | None) -> Iterable[Fact]:
    """The gravely injured and the dead that are told as a share of those counted before."""
    for kind, value, qualifier, span, whole in shares(reader.plain, groups):
        of = share_of(kind, whole.kinds(), hospital)
        yield replace(_of_few(kind, value, qualifier, span, reader), part_of=of if of is not kind else None)


def _with_singles(fact: Fact, value: int, span: Span) -> Iterable[Fact]:
    """A figure, and the single people named together with those it counts: "司机和3名乘客受伤"."""
    first = span[0] < fact.span[0]
    yield replace(fact, value=float(value), span=span, qualifier=Qualifier.EXACTLY, adds=fact.adds if first else True)
    yield replace(fact, adds=True) if first else fact


def _gravely_ill(plain: str, group: Group) -> bool:
    """Whether a figure counts people in grave state, who may be ill and not hurt: "3人病情危重"."""
    word = group.words.get(FactKind.SERIOUS_INJURED)
    return word is not None and word[0] >= group.end and plain.startswith(_GRAVE_ILLNESS, word[0])


def _said(plain: str, group: Group, hospital: FactKind | None) -> list[Meaning]:
    """What is said of the people of a figure; those got out of poisonous air and taken to hospital are ill."""
    if hospital is FactKind.ILL and not group.part_of and group.value and _gravely_ill(plain, group):
        group.take(FactKind.ILL, *group.words[FactKind.SERIOUS_INJURED])
        return [FactKind.ILL, *group.kinds()]
    if hospital is FactKind.ILL and group.meanings == [Role.RELIEF, Role.HOSPITAL]:
        return [Role.HOSPITAL]
    return group.kinds()


def _implied(reader: _Reader, counted: set[FactKind], facts: Sequence[Fact]) -> Iterable[Fact]:
    """Single people's deaths and injuries, where none are counted or these are others: "2人受伤，另外司机骨折"."""
    if FactKind.DEATHS in counted:
        yield from _one_more_died(reader, facts)
    else:
        left = deaths_by_survivors(reader.plain) if "survivors" in reader.seen else ()
        rest = ((value, span) for died, value, span in _all_but_some(reader) if died and "其余" not in reader.plain)
        for value, span in (*left, *rest):
            yield _of_few(FactKind.DEATHS, value, Qualifier.EXACTLY, span, reader)
        dead = [*implied_deaths(reader.plain)] if "death of one" in reader.seen else []
        if not dead and "lone death" in reader.seen:
            dead = [*lone_deaths(reader.plain)]
        yield from _one_by_one(
            reader, [_of_few(FactKind.DEATHS, value, Qualifier.AT_LEAST, span, reader) for value, span in dead]
        )
    if not reader.seen.isdisjoint(("injury of one", "harm of one", "all but some")):
        yield from _implied_injured(reader, counted, [fact for fact in facts if fact.kind in _INJURED])
    for kind, hint, found in _OF_ONE:
        if hint in reader.seen and kind not in counted:
            for value, span in found(reader.plain):
                if kind is not FactKind.TRAPPED or not is_out(reader.plain, span):
                    yield _of_few(kind, value, Qualifier.AT_LEAST, span, reader)


def _one_more_died(reader: _Reader, facts: Sequence[Fact]) -> Iterable[Fact]:
    """Somebody who dies right behind another who is counted: "一名老人身亡，其孙女也丧生"."""
    if "death of one" not in reader.seen or not dies_too(reader.plain):
        return
    dead = [fact for fact in facts if fact.kind is FactKind.DEATHS and fact.value and not fact.part_of]
    for value, span in implied_deaths(reader.plain):
        if any(_overlap(fact.span, span) for fact in dead):
            continue
        if any(one_more_died(reader.plain, fact.span, span) for fact in dead):
            yield replace(_of_few(FactKind.DEATHS, value, Qualifier.EXACTLY, span, reader), adds=True)


def _all_but_some(reader: _Reader) -> Iterable[tuple[bool, float, Span]]:
    return all_but_some(reader.plain) if "all but some" in reader.seen else ()


def _implied_injured(reader: _Reader, counted: set[FactKind], hurt: Sequence[Fact]) -> Iterable[Fact]:
    rest = [(value, span) for died, value, span in _all_but_some(reader) if not died]
    if rest and counted.isdisjoint(_INJURED):
        yield from (_of_few(FactKind.INJURED, value, Qualifier.EXACTLY, span, reader) for value, span in rest)
        return
    alone = []
    ends = [fact.span[1] for fact in hurt]
    found = [*implied_injuries(reader.plain)] if "injury of one" in reader.seen else []
    if {"harm of one", "disaster"} <= reader.seen:
        found += implied_harm(reader.plain)
    for value, span in found:
        kind = FactKind.SERIOUS_INJURED if grave(reader.plain, span) else FactKind.INJURED
        if counted.isdisjoint(_INJURED):
            alone.append(_of_few(kind, value, Qualifier.AT_LEAST, span, reader))
        elif (
            kind in counted
            and not any(_overlap(fact.span, span) for fact in hurt)
            and (
                another(reader.plain, span)
                or ((at := bisect_right(ends, span[0])) and of_another_sort(reader.plain, hurt[at - 1].span, span))
            )
        ):
            yield replace(_of_few(kind, value, Qualifier.EXACTLY, span, reader), adds=True)
    yield from _one_by_one(reader, alone)


def _one_by_one(reader: _Reader, found: Sequence[Fact]) -> Iterable[Fact]:
    """Single people of whom a sentence tells in turn: "司机压断肋骨，副驾上的妻子擦破额头" are two."""
    facts = sorted(found, key=lambda fact: fact.span)
    for number, fact in enumerate(facts[1:], 1):
        if in_turn(reader.plain, facts[number - 1].span, fact.span):
            facts[number - 1] = replace(facts[number - 1], qualifier=Qualifier.EXACTLY)
            facts[number] = replace(fact, qualifier=Qualifier.EXACTLY, adds=True)
    return facts


def _found(reader: _Reader, facts: Iterable[Fact]) -> Iterable[Fact]:
    """Where it is told that the missing are found, dead or alive, they are missing no more."""
    spans = tuple(found_again(reader.plain)) if "found again" in reader.seen else ()
    some = (*spans, *(safe_again(reader.plain) if "safe again" in reader.seen else ()))
    facts = list(facts)
    for fact in _without_the_dead(reader, facts):
        lost = fact.kind is FactKind.MISSING
        gone = lost and any(_overlap(fact.span, span) for span in some)
        if gone or (fact.kind in _UNTIL_FOUND and fact.value and saved(reader.plain, fact.span)):
            yield replace(fact, status=Nature.PAST, since=Since(were=FactKind.MISSING) if lost else None)
        else:
            yield fact
    last = max((f.span[0] for f in facts if f.kind is FactKind.MISSING and f.value), default=0)
    for span in (one for one in spans if one[0] > last or not none_now(reader.plain, one)):
        kind, status = FactKind.MISSING, reader.status(span[0])
        yield Fact(
            kind=kind, value=0.0, unit=kind.unit, qualifier=Qualifier.NONE, span=span, status=status, correction=True
        )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _without_the_dead(reader: _Reader, facts: Sequence[Fact]) -> Iterable[Fact]:
    """The missing whose bodies, as many, are told of further on are dead and not missing."""
    bodies = {
        (fact.value, fact.span[0])
        for fact in facts
        if fact.kind is FactKind.DEATHS
        and fact.value
        and fact.status is Nature.CURRENT
        and (laid_out(reader.plain, fact.span))
    }
    all_missing = sum(fact.value for fact in facts if fact.kind is FactKind.MISSING and not fact.headline)
    for fact in facts:
        dead = fact.kind is FactKind.MISSING and any(
            value in {fact.value, all_missing} and start > fact.span[0] for value, start in bodies
        )
        yield replace(fact, status=Nature.PAST) if dead else fact


def _of_few(kind: FactKind, value: float, qualifier: Qualifier, span: Span, reader: _Reader) -> Fact:
    return Fact(
        kind=kind,
        value=value,
        unit=kind.unit,
        qualifier=qualifier,
        span=span,
        status=reader.status(span[1] - 1),
    )


def _fact(kind: FactKind, group: Group, meaning: Meaning, reader: _Reader, hospital: FactKind | None) -> Fact:
    part_of = share_of(kind, group.part_of, hospital)
    title = group.start < reader.title_end
    return Fact(
        kind=kind,
        value=group.value,
        unit=kind.unit,
        qualifier=group.qualifier,
        span=group.span(meaning),
        part_of=part_of,
        status=_status(kind, group, meaning, reader),
        correction=group.correction or (title and reader.plain.startswith("更正")),
        headline=title
        and part_of is None
        and not (
            group.left or group.outdated or is_some(group) or _counts_some(reader, group.start, group.span(meaning)[1])
        ),
        gone=_gone(kind, group),
        lean=lean(reader.plain[group.start : group.end]),
    )


def _gone(kind: FactKind, group: Group) -> float:
    if kind is FactKind.TRAPPED:
        return group.value if group.out else 0.0
    return group.gone if kind in {FactKind.INJURED, FactKind.MISSING} else 0.0


def _counts_some(reader: _Reader, start: int, end: int) -> bool:
    """Whether a title's figure is a mere word for many ("百人大转移"), or counts no more than some.

    So it is with "又有两人遇难", "消防员一人牺牲" and "6人当场死亡".
    """
    before = max(0, start - 4)
    if _NEW.search(reader.plain, max(0, start - 10), end) or _ON_THE_SPOT.search(reader.plain, 0, reader.title_end):
        return True
    if reader.plain[start] in "百千万亿" or _BODIES.match(reader.plain, start, reader.title_end):
        return True
    return bool(HELPERS.search(reader.plain, before, start) or _SOME_MORE.search(reader.plain, before, start))


def _status(kind: FactKind, group: Group, meaning: Meaning, reader: _Reader) -> Nature:
    if group.superseded:
        return Nature.PAST
    told = Nature.HYPOTHETICAL if group.rumoured else reader.status(group.start)
    if kind is not FactKind.EVACUATED or told is not Nature.CURRENT:
        return told
    yet = to_come(reader.plain, group.words[meaning][0]) or room_for(reader.plain, group.start)
    return Nature.HYPOTHETICAL if yet or goes_home(reader.plain) else told


def _of_things(reader: _Reader) -> Iterable[Fact]:
    for found in quantities.find(reader.plain, reader.seen):
        yield Fact(
            kind=found.kind,
            value=found.value,
            unit=found.kind.unit,
            qualifier=found.qualifier,
            span=found.span,
            part_of=found.kind if found.part else None,
            status=_thing_status(found, reader),
            correction=found.correction,
            headline=found.span[1] <= reader.title_end and not found.part and not _counts_some(reader, *found.span),
            adds=found.adds,
            lean=lean(reader.plain[slice(*found.span)]),
        )


def _thing_status(found: Quantity, reader: _Reader) -> Nature:
    if found.superseded:
        return Nature.PAST
    return Nature.HYPOTHETICAL if found.forecast else reader.status(found.span[0])
