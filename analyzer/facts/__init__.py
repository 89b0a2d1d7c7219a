"""Figures told in a text, each with its kind, qualifier and status."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from analyzer.clauses import Course, course
from analyzer.facts.document import document_value
from analyzer.facts.lexicon import Meaning, Role
from analyzer.facts.people import Group, Linker, implied_deaths
from analyzer.facts.quantities import Quantity, quantities
from analyzer.model import Fact, FactKind, Nature, Qualifier
from analyzer.text import normalise

READ_TO = 50_000
"""Characters of a text that are read; figures stand before."""
_WORTH_READING = re.compile(r"[\d零一二两三四五六七八九十百千万俩仨无没未双]|[死亡难生]")
_SUBJECT = re.compile(r"[死亡伤难失困埋病毒吐泻疏转撤避停断供户损震级雨毫亩顷积生罹殒遗抢救医院染诊不感热烧体命]")
_ILL_TEXT = re.compile(r"中毒|呕吐|腹泻|拉肚子|恶心|发热|发烧|感染|食物|食堂|疫|诺如|病例|流感|聚餐|不适|肚子|患病|发病|症状|细菌|隔夜|变质")
_HURT_TEXT = re.compile(r"受伤|伤者|伤员|车祸|事故|爆炸|起火|火灾|坍塌|坠|撞|砸|摔|地震|倒塌|踩踏|骨折|重伤|轻伤|烧伤|砍|刺|滑坡|翻车|追尾|相撞|漏电|触电")

__all__ = ["document_value", "find_facts"]


def find_facts(
    text: str, *, nature: Nature = Nature.CURRENT, title_end: int = 0, told_at: datetime | None = None
) -> tuple[Fact, ...]:
    """Every figure in `text` (minimised title + newline + text, not normalised), in the order of the text.

    `nature` is what the whole post tells of (`analyzer.nature.judge`); it holds where the words around a
    figure say nothing. `title_end` is the length of the title. `told_at` dates the post.
    """
    plain = normalise(text[:READ_TO])
    if not _WORTH_READING.search(plain) or not _SUBJECT.search(plain):
        return ()
    told = course(plain, told_at)
    facts = [*_of_people(plain, told, nature), *_of_things(plain, told, nature)]
    facts.sort(key=lambda f: (f.span, f.kind))
    return tuple(facts)


def _of_people(plain: str, told: Course, nature: Nature) -> Iterable[Fact]:
    groups = Linker(plain).read()
    hospital = _hospital_kind(plain)
    counted = False
    for group in groups:
        for meaning in group.kinds():
            kind = _kind(meaning, hospital)
            if kind is None or (group.value == 0 and group.qualifier is not Qualifier.NONE):
                continue
            counted = counted or (kind is FactKind.DEATHS and not group.superseded)
            yield _fact(kind, group, meaning, told, nature, hospital)
    for value, span in () if counted else implied_deaths(plain):
        yield Fact(
            kind=FactKind.DEATHS,
            value=value,
            unit=FactKind.DEATHS.unit,
            qualifier=Qualifier.AT_LEAST,
            span=span,
            status=_status(told, span[1] - 1, nature),
        )


def _fact(
    kind: FactKind, group: Group, meaning: Meaning, told: Course, nature: Nature, hospital: FactKind | None
) -> Fact:
    span = group.span(meaning)
    return Fact(
        kind=kind,
        value=group.value,
        unit=kind.unit,
        qualifier=group.qualifier,
        span=span,
        part_of=_part_of(kind, group.part_of, hospital),
        status=Nature.PAST if group.superseded else _status(told, group.start, nature),
        correction=group.correction,
    )


def _of_things(plain: str, told: Course, nature: Nature) -> Iterable[Fact]:
    for found in quantities(plain):
        yield _thing(found, _status(told, found.span[0], nature))


def _thing(found: Quantity, status: Nature) -> Fact:
    return Fact(
        kind=found.kind,
        value=found.value,
        unit=found.kind.unit,
        qualifier=found.qualifier,
        span=found.span,
        status=status,
        correction=found.correction,
    )


def _status(told: Course, position: int, nature: Nature) -> Nature:
    """What the words at a spot speak of; where they speak of now, the whole post's nature has the word."""
    here = told.at(position)
    return nature if here is Nature.CURRENT else here


def _kind(meaning: Meaning, hospital: FactKind | None) -> FactKind | None:
    if meaning is Role.HOSPITAL:
        return hospital
    return meaning if isinstance(meaning, FactKind) else None


def _hospital_kind(plain: str) -> FactKind | None:
    """Whether the people taken to hospital in this text are ill or injured."""
    ill, hurt = len(_ILL_TEXT.findall(plain)), len(_HURT_TEXT.findall(plain))
    if not ill and not hurt:
        return None
    return FactKind.ILL if ill >= hurt else FactKind.INJURED


def _part_of(kind: FactKind, wholes: Sequence[Meaning], hospital: FactKind | None) -> FactKind | None:
    """The kind of the greater count that this figure is a share of.

    The dead among the injured are no longer injured: they are no share of that figure but one of their own.
    """
    kinds = [_kind(whole, hospital) for whole in wholes]
    if kind in kinds:
        return kind
    if kind in {FactKind.DEATHS, FactKind.MISSING}:
        return None
    return next((k for k in kinds if k is not None), None)
