"""One figure for a whole post."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.model import Fact, FactKind, Nature, Qualifier

_ROUGHLY = {FactKind.EVACUATED, FactKind.HOUSEHOLDS, FactKind.LOSS_YUAN}
_BOUNDS = {
    (Qualifier.AT_LEAST, 0): (0, 1),
    (Qualifier.ABOUT, 0): (-0.5, 0.5),
    (Qualifier.ABOUT, 1): (0, 1),
    (Qualifier.ABOUT, -1): (-1, 0),
}
"""How far from a title's round figure, in its last unit, the exact one may lie."""
_HURT = (FactKind.INJURED, FactKind.SERIOUS_INJURED)


def document_value(facts: Sequence[Fact], kind: FactKind) -> Fact | None:
    """The greatest current figure of a kind that is no part of another; None when there is none.

    Figures that add up count together. A correction stands for everything it corrects, the title's figure
    for the text's. The injured include the seriously injured, so where those alone are counted, they are it;
    but beside the ill they are patients in grave state.
    """
    kinds = _HURT if kind is FactKind.INJURED else (kind,)
    told = [f for f in facts if f.kind in kinds and f.status is Nature.CURRENT and f.part_of not in kinds]
    own = [f for f in told if f.kind is kind]
    if not own and kind is FactKind.INJURED and not any(f.kind is FactKind.ILL and f.value for f in facts):
        own = told
    corrected = [f for f in own if f.correction]
    if corrected:
        return max(corrected, key=lambda f: f.span)
    # Of several figures added up the sum is one more candidate.
    candidates = [*own, *(_sum(run, kind) for run in _runs(told))]
    headline = _greatest(f for f in candidates if f.headline)
    return _greatest(candidates) if headline is None else _counted(headline, candidates)


def _counted(headline: Fact, candidates: Iterable[Fact]) -> Fact:
    """The title's figure, or where that is "百余人" or "近两万" the one the text counts to: 103, 19,400."""
    bounds = _BOUNDS.get((headline.qualifier, headline.lean), _BOUNDS.get((headline.qualifier, 0)))
    if bounds is None:
        return headline
    unit = 10 ** (len(str(int(headline.value))) - len(str(int(headline.value)).rstrip("0")))
    if headline.kind is FactKind.HOURS:
        unit = 24 * 365  # "停水第三天": at least one day, and the text counts the hours.
    exact = (
        f
        for f in candidates
        if f.qualifier is Qualifier.EXACTLY and bounds[0] * unit < f.value - headline.value < bounds[1] * unit
    )
    return _greatest(exact) or headline


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
        value=sum(f.value for f in run),
        qualifier=next((f.qualifier for f in run if f.qualifier is not Qualifier.EXACTLY), Qualifier.EXACTLY),
        span=(run[0].span[0], run[-1].span[1]),
    )
