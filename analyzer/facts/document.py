"""One figure for a whole post."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.model import Fact, FactKind, Nature, Qualifier

_HURT = (FactKind.INJURED, FactKind.SERIOUS_INJURED)
_VAGUER = (Qualifier.AT_LEAST, Qualifier.ABOUT)


def document_value(facts: Sequence[Fact], kind: FactKind) -> Fact | None:
    """The greatest current figure of a kind that is no part of another; None when there is none.

    Figures that add up count together. A correction stands for everything it corrects, the title's figure
    for the text's. The injured include the seriously injured, so where those alone are counted, they are it.
    """
    kinds = _HURT if kind is FactKind.INJURED else (kind,)
    told = [f for f in facts if f.kind in kinds and f.status is Nature.CURRENT and f.part_of not in kinds]
    own = [f for f in told if f.kind is kind]
    if not own and kind is FactKind.INJURED:
        own = told
    corrected = [f for f in own if f.correction]
    if corrected:
        return max(corrected, key=lambda f: f.span)
    # Of several figures added up the sum is one more candidate.
    candidates = [*own, *(_sum(run, kind) for run in _runs(told))]
    return _greatest([f for f in candidates if f.headline] or candidates)


def _greatest(facts: Iterable[Fact]) -> Fact | None:
    return max(facts, key=lambda f: (f.value, f.qualifier is Qualifier.EXACTLY, -f.span[0]), default=None)


def _runs(facts: Sequence[Fact]) -> Iterable[list[Fact]]:
    """Figures that count together: one, and those right behind it that add to it."""
    run: list[Fact] = []
    for fact in sorted(facts, key=lambda f: f.span):
        if fact.adds and run:
            run.append(fact)
            continue
        if len(run) > 1:
            yield run
        run = [fact]
    if len(run) > 1:
        yield run


def _sum(run: Sequence[Fact], kind: FactKind) -> Fact:
    qualifiers = [f.qualifier for f in run]
    return replace(
        run[0],
        kind=kind,
        value=sum(f.value for f in run),
        qualifier=next((q for q in _VAGUER if q in qualifiers), Qualifier.EXACTLY),
        span=(run[0].span[0], run[-1].span[1]),
    )
