"""Many posts' figures made one: claimed beside verified, each with its evidence."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from analyzer.events.tally import Report, Standing
from analyzer.model import EVIDENCE, Fact, FactKind, Figure, Finding, Qualifier
from crawlers.model import Authority, Post

SUPPORT = 2
"""Distinct voices that a public figure needs before it counts as claimed: one voice moves nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One post's figure of one kind."""

    post_id: str
    value: float
    qualifier: Qualifier
    told_at: datetime
    lean: int = 0
    behind: tuple[str, ...] = ()
    """Posts whose figures it adds to."""


def with_finding(
    figures: Mapping[FactKind, Figure], finding: Finding, told_since: Callable[[FactKind], Figure] | None = None
) -> dict[FactKind, Figure]:
    """Figures with what an operator has verified, where no official word is later.

    What was told before and is more he has put right; `told_since` says what has been told after it.
    """
    found = dict(figures)
    for kind, value in finding.figures.items():
        before = found.get(kind, Figure())
        known = _put_right(before, value, told_since(kind) if told_since is not None else Figure())
        if before.verified_at is None or before.verified_at <= finding.at:
            known = replace(known, verified=value, verified_at=finding.at, verified_evidence=(), verified_lean=0)
        found[kind] = known
    return found


def _put_right(before: Figure, value: float, later: Figure) -> Figure:
    """A figure whose claims of more than `value` stand only where they were made later."""
    doubt = later.unsupported if (later.unsupported or 0) > value else None
    if (before.claimed or 0) <= value:
        return replace(before, unsupported=doubt)
    sides = later if (later.claimed or 0) > value else Figure(claimed=value)
    return replace(
        before,
        claimed=sides.claimed,
        evidence=sides.evidence,
        qualifier=sides.qualifier,
        lean=sides.lean,
        unsupported=doubt,
    )


@dataclass(slots=True)
class Ledger:
    """All claims of one kind within one event, kept so that each new one costs the same."""

    official: Claim | None = None
    together: Claim | None = None
    """What offices and media come to, of whom some only tell who died since (`tally.py`)."""
    stated: float = 0
    """The greatest that an office has ever told; not of the dead, who come to be fewer by a correction alone."""
    media: dict[str, Claim] = field(default_factory=dict)
    public: dict[str, Claim] = field(default_factory=dict)
    counts: Counter[float] = field(default_factory=Counter)
    evidence: dict[float, list[Claim]] = field(default_factory=dict)
    denied: dict[float, datetime] = field(default_factory=dict)
    """Figures that an office has called wrong, and when it last did."""

    def deny(self, value: float, at: datetime) -> None:
        """An office calls a figure wrong: who told it before claims it no more, who tells it anew does."""
        self.denied[value] = max(self.denied.get(value, at), at)

    def add(self, post: Post | Report, fact: Fact, speaker: str) -> None:
        """Take in one post's figure; the latest of a speaker replaces his earlier one.

        `speaker` is the post's voice, or what stands for one where the source names nobody.
        """
        new = Claim(post.id, fact.value, fact.qualifier, post.told_at, fact.lean)
        backing = self.evidence.setdefault(new.value, [])
        if len(backing) < EVIDENCE:
            backing.append(new)
        if post.authority is Authority.OFFICIAL:
            if fact.kind is not FactKind.DEATHS:
                self.stated = max(self.stated, new.value)
            if self.official is None or _follows(new, self.official):
                self.official = new
            return
        book = self.media if post.authority is Authority.MEDIA else self.public
        old = book.get(speaker)
        if old is not None and old.told_at > new.told_at:
            return
        book[speaker] = new
        if book is self.public:
            self.counts[new.value] += 1
            if old is not None:
                self.counts[old.value] -= 1

    def settle(self, standing: Standing, *, official: bool) -> None:
        """Let what offices, or they and media, come to one after another stand for what each of them tells."""
        if standing.dead is None or standing.told_at is None:
            return
        *behind, last = standing.behind
        few = (*behind[:1], *behind[1:][-(EVIDENCE - 2) :])
        claim = Claim(last, standing.dead, Qualifier.EXACTLY, standing.told_at, behind=few)
        if official:
            self.official = claim
        else:
            self.together = claim

    def figure(self, since: datetime | None = None) -> Figure:
        """Claimed, verified and unsupported values with the posts behind them; claims of what was told `since` only."""
        supported, greatest = self._public(since)
        stated = [c.value for c in self.media.values() if not self._outdated(c, since)]
        stated += [self.official.value] if self.official and _is_since(self.official, since) else []
        stated += [self.together.value] if self.together and not self._outdated(self.together, since) else []
        stated += [supported] if supported is not None else []
        claimed = max(stated, default=None)
        return Figure(
            claimed=claimed,
            verified=self.official.value if self.official else None,
            evidence=self._evidence(claimed, since),
            verified_evidence=(*self.official.behind, self.official.post_id) if self.official else (),
            unsupported=greatest if greatest is not None and greatest > (claimed or 0) else None,
            qualifier=self._qualifier(claimed),
            verified_at=self.official.told_at if self.official else None,
            lean=self._lean(claimed),
            verified_lean=self.official.lean if self.official else 0,
        )

    def _public(self, since: datetime | None) -> tuple[float | None, float | None]:
        """The greatest value that enough voices reach, and the greatest that anybody claims."""
        counts = self.counts
        if since is not None or self.denied or (self.official is not None and self.stated > self.official.value):
            counts = Counter(claim.value for claim in self.public.values() if not self._outdated(claim, since))
        told = sorted((value for value, count in counts.items() if count > 0), reverse=True)
        voices = 0
        for value in told:
            voices += counts[value]
            if voices >= SUPPORT:
                return value, told[0]
        return None, told[0] if told else None

    def _outdated(self, claim: Claim, since: datetime | None) -> bool:
        """Whether an office has called it wrong since, or said as much and then less: the missing have been found."""
        if not _is_since(claim, since):
            return True
        denied = self.denied.get(claim.value)
        if denied is not None and claim.told_at < denied:
            return True
        return (
            self.official is not None
            and self.official.value < claim.value <= self.stated
            and claim.told_at < self.official.told_at
        )

    def _evidence(self, claimed: float | None, since: datetime | None) -> tuple[str, ...]:
        """The earliest posts that give the value, or a greater one that supports it."""
        if claimed is None:
            return ()
        matching = [
            c for value, claims in self.evidence.items() if value >= claimed for c in claims if _is_since(c, since)
        ]
        sums = [c for c in (self.together, self.official) if c is not None and c.behind and c.value >= claimed]
        matching = sorted([*matching, *sums], key=lambda c: (c.told_at, c.post_id))
        return tuple(dict.fromkeys(post for c in matching for post in (*c.behind, c.post_id)))[:EVIDENCE]

    def _qualifier(self, claimed: float | None) -> Qualifier:
        """How the claimed value is meant; exact when anybody gives it exactly."""
        told = {c.qualifier for c in self.evidence.get(claimed, ())} if claimed is not None else set()
        return next((q for q in Qualifier if q in told), Qualifier.EXACTLY)

    def _lean(self, claimed: float | None) -> int:
        """On which side of the claimed value the true one lies: on none unless all who give it say so."""
        told = {c.lean for c in self.evidence.get(claimed, ())} if claimed is not None else set()
        return told.pop() if len(told) == 1 else 0


def _is_since(claim: Claim, since: datetime | None) -> bool:
    return since is None or claim.told_at > since


def _follows(new: Claim, old: Claim) -> bool:
    """Whether an official figure replaces another: its own post edited, told later, or the greater of one moment."""
    return new.post_id == old.post_id or (new.told_at, new.value) >= (old.told_at, old.value)
