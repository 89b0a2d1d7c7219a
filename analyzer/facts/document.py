"""One figure for a whole post."""

from collections.abc import Sequence

from analyzer.model import Fact, FactKind, Nature, Qualifier


def document_value(facts: Sequence[Fact], kind: FactKind) -> Fact | None:
    """The greatest current figure of a kind that is no part of another of the same kind; None when there is none.

    A correction stands for everything it corrects. Injured falls back on the seriously injured alone.
    """
    own = [f for f in facts if f.kind is kind and f.status is Nature.CURRENT and f.part_of is not kind]
    if not own and kind is FactKind.INJURED:
        return document_value(facts, FactKind.SERIOUS_INJURED)
    corrected = [f for f in own if f.correction]
    if corrected:
        return max(corrected, key=lambda f: f.span)
    return max(own, key=lambda f: (f.value, f.qualifier is Qualifier.EXACTLY, -f.span[0]), default=None)
