"""A figure of people and all that is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.facts.lexicon import Meaning, Role
from analyzer.model import FactKind, Qualifier, Span

OVER: dict[Meaning, set[Meaning]] = {
    FactKind.DEATHS: {FactKind.INJURED, FactKind.SERIOUS_INJURED, FactKind.ILL, FactKind.MISSING, Role.HOSPITAL},
    FactKind.SERIOUS_INJURED: {FactKind.INJURED, FactKind.ILL, Role.HOSPITAL},
    FactKind.INJURED: {FactKind.ILL, Role.HOSPITAL},
    FactKind.ILL: {Role.HOSPITAL},
    Role.RELIEF: {Role.HOSPITAL},
    Role.LOST: {FactKind.DEATHS, FactKind.MISSING},
}
"""Said of the same people, the graver word alone counts."""
GRAVITY: tuple[Meaning, ...] = (
    FactKind.DEATHS,
    FactKind.MISSING,
    FactKind.SERIOUS_INJURED,
    FactKind.TRAPPED,
    FactKind.EVACUATED,
    FactKind.INJURED,
    FactKind.ILL,
    Role.CASUALTY,
    Role.HOSPITAL,
    Role.RELIEF,
    Role.LOST,
)
"""The gravest first: of two words side by side it is the one that a figure belongs to."""
_TOGETHER = 8
"""Figures of one subject at most."""


@dataclass(slots=True)
class Group:
    """One figure and everything that is said of it.

    `words` maps what is said to where it is said. `part_of` is what the greater figure counts. `superseded`: a later
    figure of the text replaces it; `rumoured`: it is only said, and counted elsewhere; `updates`: it replaces an
    earlier one; `left`: it counts those who are still missing or in hospital; `beside`: the figure before it that
    shares its subject; `backward`: its word stood before it; `outdated`: the title's, and the text counts to more;
    `begins`: what it counts is the first part of the total before it. `gone`: so many of those it counts are so no
    more: the hurt who died since, the missing who were found; `out`: those shut in are out again.
    `helpers`: who is named before it and shares its subject may be there to help, and is not moved to safety.
    """

    start: int
    end: int
    value: float
    qualifier: Qualifier
    words: dict[Meaning, Span] = field(default_factory=dict)
    part_of: Sequence[Meaning] = ()
    correction: bool = False
    superseded: bool = False
    rumoured: bool = False
    updates: bool = False
    left: bool = False
    outdated: bool = False
    begins: bool = False
    gone: float = 0.0
    out: bool = False
    beside: "Group | None" = None
    helpers: bool = False
    backward: bool = False

    @property
    def meanings(self) -> list[Meaning]:
        """What is said of these people, in the order of the text."""
        return list(self.words)

    def span(self, meaning: Meaning) -> Span:
        """From the figure to the word that gives it this meaning, whichever stands first."""
        start, end = self.words[meaning]
        return min(self.start, start), max(self.end, end)

    def take(self, meaning: Meaning, start: int, end: int) -> None:
        """Say one more thing of these people, and of those named together with them."""
        group: Group | None = self
        for _ in range(_TOGETHER):
            if group is None:
                return
            group.words.setdefault(meaning, (start, end))
            group = None if group.helpers and meaning is FactKind.EVACUATED else group.beside

    def kinds(self) -> list[Meaning]:
        """What counts of all that is said."""
        hidden = {other for meaning in self.words for other in OVER.get(meaning, ())}
        if self.meanings[:2] == [Role.RELIEF, FactKind.ILL]:
            hidden.add(FactKind.ILL)

        return [m for m in self.words if m not in hidden]


@dataclass(slots=True)
class Pending:
    """A word whose figure may follow; `also` is what the word before it says of the same people: "转移被困群众"."""

    meaning: Meaning
    start: int
    end: int
    also: Meaning | None = None
