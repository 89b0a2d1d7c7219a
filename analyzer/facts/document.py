"""One figure for a whole post."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf

from analyzer.model import Fact, FactKind, Nature, Qualifier

_ROUGHLY = {FactKind.EVACUATED, FactKind.HOUSEHOLDS, FactKind.LOSS_YUAN, FactKind.AREA_HA, FactKind.HOUSES}
_COUNTED_ROUND = {FactKind.EVACUATED, FactKind.HOUSEHOLDS}
_MANY = 1000
"""From here on a title may tell people moved or households in one digit."""
_BOUNDS = {
    (Qualifier.AT_LEAST, 0): (0, 1),
    (Qualifier.ABOUT, 0): (-0.5, 0.5),
    (Qualifier.ABOUT, 1): (0, 1),
    (Qualifier.ABOUT, -1): (-1, 0),
}
"""How far from a title's round figure, in its last unit, the exact one may lie."""
_THINGS = {FactKind.LOSS_YUAN, FactKind.RAINFALL_MM}
_FEWER_LATER = {FactKind.MISSING, FactKind.HOUSEHOLDS}
"""What there may be fewer of than the text tells at first."""
_MORE_DEATHS = 4
"""How many times the title's deaths a later count may be; more are those of another disaster."""
_DAY = 24
_HURT = (FactKind.INJURED, FactKind.SERIOUS_INJURED)


def document_value(facts: Sequence[Fact], kind: FactKind) -> Fact | None:
    """The greatest current figure of a kind that is no part of another; None when there is none.

    Figures that add up count together. A correction stands for everything it corrects, the title's figure
    for the text's. The injured include the seriously injured, so where those alone are counted, they are it;
    but beside the ill they are patients in grave state.
    """
    kinds = _HURT if kind is FactKind.INJURED else (kind,)
    told = [
        replace(f, value=f.value - f.gone)
        for f in facts
        if f.kind in kinds and f.status is Nature.CURRENT and f.part_of not in kinds
    ]
    own = [f for f in told if f.kind is kind]
    if not own and kind is FactKind.INJURED and not any(f.kind is FactKind.ILL and f.value for f in facts):
        own = told
    corrected = [f for f in own if f.correction]
    if corrected:
        return max(corrected, key=lambda f: f.span)
    # Of several figures added up the sum is one more candidate.
    candidates = [*own, *(_sum(run, kind) for run in _runs(told))]
    headline = _greatest(f for f in candidates if f.headline)
    if headline is None:
        return _greatest(candidates)
    again = any(f.kind in kinds and f.value == headline.value and not f.headline for f in facts)
    if again:
        return _closer(headline, candidates) or _with_others(headline, told) or headline
    return _closer(headline, candidates) or _rounded(headline, candidates) or _later(headline, candidates) or headline


def died_since(facts: Sequence[Fact]) -> Fact | None:
    """Those who died since others were counted, where a post counts no other dead; None where it counts them all."""
    dead = (f for f in facts if f.kind is FactKind.DEATHS and f.value and f.part_of is None)
    told = [f for f in dead if f.status is Nature.CURRENT]
    if not told or any(f.since is None for f in told):
        return None
    whole = document_value(told, FactKind.DEATHS)
    first = max(told, key=lambda f: (f.value, -f.span[0]))
    return None if whole is None else replace(whole, since=whole.since or first.since)


def _closer(headline: Fact, candidates: Iterable[Fact]) -> Fact | None:
    """The figure of the text that a title's rounds: 103 of "百余人", 19,400 of "近两万", 117.6万元 of "损失300万"."""
    told = [f for f in candidates if not f.headline]
    if headline.kind in _THINGS and _digits(headline) == 1:
        return _greatest(f for f in told if f.qualifier is Qualifier.EXACTLY and _digits(f) > 1)
    bounds = _BOUNDS.get((headline.qualifier, headline.lean), _BOUNDS.get((headline.qualifier, 0)))
    if bounds is None:
        return None
    unit = 10 ** (len(str(int(headline.value))) - len(str(int(headline.value)).rstrip("0")))
    if headline.kind is FactKind.HOURS:
        unit = 24 * 365  # "停水第三天": at least one day, and the text counts the hours.
    exact = (f for f in candidates if f.qualifier is Qualifier.EXACTLY or _more_exact(f, headline))
    return _greatest(f for f in exact if bounds[0] * unit < f.value - headline.value < bounds[1] * unit)


def _more_exact(fact: Fact, headline: Fact) -> bool:
    """Whether a figure that is only about right still says more than a title's: "约1.3万户" of "万余户"."""
    return fact.qualifier is Qualifier.ABOUT and _digits(fact) > _digits(headline)


def _with_others(headline: Fact, told: Sequence[Fact]) -> Fact | None:
    """All who were moved where a title counts some of them only: "218名乘客", and the crew of 16."""
    if headline.kind is not FactKind.EVACUATED:
        return None
    runs = (run for run in _runs(told) if not run[0].headline)
    return next((_sum(run, headline.kind) for run in runs if headline.value in {f.value for f in run}), None)


def _rounded(headline: Fact, candidates: Iterable[Fact]) -> Fact | None:
    """What the text counts to where the title says it in one digit: 64,000 of "六万户"."""
    exact = headline.qualifier is Qualifier.EXACTLY
    if headline.kind not in _COUNTED_ROUND or not exact or headline.value < _MANY or _digits(headline) > 1:
        return None
    unit = 10 ** (len(str(int(headline.value))) - 1)
    finer = (f for f in candidates if not f.headline and _digits(f) > 1)
    return _greatest(f for f in finer if -unit / 2 <= f.value - headline.value < unit)


def _digits(fact: Fact) -> int:
    return len(f"{fact.value:f}".replace(".", "").strip("0"))


def _later(headline: Fact, candidates: Iterable[Fact]) -> Fact | None:
    """What the text counts to, if but one figure stands there: a title may be older, or round to a day."""
    told = [f for f in candidates if not f.headline]
    if headline.kind is FactKind.HOURS:
        return _greatest(f for f in told if not headline.value % _DAY and abs(f.value - headline.value) < _DAY)
    if headline.qualifier is not Qualifier.EXACTLY or headline.kind in _FEWER_LATER or len({f.value for f in told}) > 1:
        return None
    most = _MORE_DEATHS * headline.value if headline.kind is FactKind.DEATHS else inf
    return _greatest(f for f in told if headline.value < f.value <= most and f.qualifier is Qualifier.EXACTLY)


def _greatest(facts: Iterable[Fact]) -> Fact | None:
    return max(facts, key=lambda f: (f.value, f.qualifier is Qualifier.EXACTLY, -f.span[0]), default=None)


def _runs(facts: Sequence[Fact]) -> Iterable[list[Fact]]:
    """Figures that count together: one, and those right behind it that add to it.

    Nothing is added to what is only about right, but to what each town tells of its own, mostly about.
    """
    run: list[Fact] = []
    for fact in sorted(facts, key=lambda f: f.span[::-1]):
        exact = bool(run) and fact.qualifier is run[-1].qualifier is Qualifier.EXACTLY
        if fact.adds and run and (exact or fact.kind in _ROUGHLY) and fact.headline is run[0].headline:
            run.append(fact)
            continue
        if len(run) > 1:
            yield run
        run = [fact]
    if len(run) > 1:
        yield run


def _sum(run: Sequence[Fact], kind: FactKind) -> Fact:
    return replace(
        run[0],
        kind=kind,
        value=round(sum(f.value for f in run), 6),
        qualifier=next((f.qualifier for f in run if f.qualifier is not Qualifier.EXACTLY), Qualifier.EXACTLY),
        span=(run[0].span[0], run[-1].span[1]),
    )
