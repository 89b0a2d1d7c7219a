"""What believed posts count one after another: who dies of those hurt, missing or shut in adds to the dead before."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from analyzer.events.several import document_value_of_one
from analyzer.facts import died_since
from analyzer.facts.sorts import LOOK, SENTENCES
from analyzer.model import Fact, FactKind, Qualifier, Reading
from analyzer.patterns import bounds
from analyzer.patterns.scan import plain_of
from crawlers.model import Authority, Post

_HURT = (FactKind.SERIOUS_INJURED, FactKind.INJURED)
_LOST = (FactKind.MISSING, FactKind.TRAPPED)
_SICK = (FactKind.ILL,)
"""Patients may be told as the hurt; who dies of an illness stays a case of it."""
ALIVE = (*_HURT, *_LOST, *_SICK)
"""How people are counted who may be among the dead later."""
_ANEW = re.compile(r"累计|至此|截[至止]|[升增]至|上升[到至]|最终|更正|订正|勘误|核[减实定]|更新")
"""A total that an office tells with one of these holds, though it is the one that others have died since."""
_WHOLE = re.compile(
    r"造成|导致|致(?!电)|共|累计|截[至止]|至此|总|人数|[升增]至|上升|达|更正|订正|勘误|有误|误[报写]|核|确认|查明|实际|最终|目前|现[有在]|名单|减|甄别|[此之]前"
)
"""In the sentence of a figure of the dead that an office lowers: it counts all of them."""
_FEW = 30
"""Later deaths that a report may tell again."""
_SOON, _AT_ONCE, _LATELY, _LONG = timedelta(hours=12), timedelta(hours=3), timedelta(days=2), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Report:
    """What one post counts of people: all of a kind, or (`died`, `back`) only those who died, or came back, since."""

    id: str
    told_at: datetime
    authority: Authority
    speaker: str
    totals: Mapping[FactKind, Fact]
    died: Fact | None = None
    back: Fact | None = None
    anew: bool = False
    whole: bool = True

    @property
    def moves(self) -> bool:
        """Whether it only tells what became of some who are counted elsewhere."""
        return self.died is not None or self.back is not None


@dataclass(slots=True)
class Standing:
    """How many are dead, and how many still hurt, missing or shut in, as far as reports have been heard.

    `behind` are the posts that the number of the dead rests on: the last that counted all, and those that added;
    `told_at` is when it was last spoken of.
    """

    dead: float | None = None
    base: Report | None = None
    behind: tuple[str, ...] = ()
    told_at: datetime | None = None
    left: dict[FactKind, float] = field(default_factory=dict)
    most: dict[FactKind, float] = field(default_factory=dict)
    gone: dict[FactKind, float] = field(default_factory=dict)
    added: list[Report] = field(default_factory=list)
    returned: list[tuple[float, datetime]] = field(default_factory=list)
    risen: float = 0.0
    """By how much the last total was more than the one before."""

    def hear(self, report: Report) -> None:
        """Take in the next report in the order of time."""
        died = report.died
        more = self._more(report, died) if died is not None else 0.0
        if died is None:
            self._count(report)
        else:
            self._add(report, more)
        for kind in ALIVE:
            if kind in report.totals:
                self.left[kind] = report.totals[kind].value
                self.most[kind] = max(self.most.get(kind, 0.0), self.left[kind])
            elif kind in self.left and died is not None and kind in self._kinds(died):
                self.left[kind] = max(0.0, self.left[kind] - more)
            elif kind in self.left and kind is FactKind.MISSING and report.back is not None:
                self.left[kind] = max(0.0, self.left[kind] - self._returned(report, report.back))

    def _returned(self, report: Report, back: Fact) -> float:
        """How many of the missing are back whom nobody has told of yet."""
        if any(value == back.value and report.told_at - at <= _LATELY for value, at in self.returned):
            return 0.0
        self.returned.append((back.value, report.told_at))
        return back.value

    def after(self, died: Fact, report: Report) -> Fact:
        """All the dead, if those whom a report adds are."""
        return died if self.dead is None else replace(died, value=self.dead + self._more(report, died))

    def fewer(self, report: Report) -> Iterator[Fact]:
        """Those still hurt, missing or shut in, of whom a report only tells that some are so no more."""
        kinds = {*(self._kinds(report.died) if report.died is not None else ())}
        kinds |= {FactKind.MISSING} if report.back is not None else set()
        for kind in sorted((kinds & self.left.keys()) - report.totals.keys()):
            left = self.left[kind]
            qualifier = Qualifier.EXACTLY if left else Qualifier.NONE
            yield Fact(kind=kind, value=left, unit=kind.unit, qualifier=qualifier, span=(0, 0))

    def _count(self, report: Report) -> None:
        """A total: an office's replaces, but one told again from before others died; a medium's only raises."""
        total = report.totals.get(FactKind.DEATHS)
        if total is None:
            return
        if self.dead is not None and total.value < self.dead:
            if not report.whole:
                return
            retold = self.base is not None and total.value == self.base.totals[FactKind.DEATHS].value
            if report.authority is not Authority.OFFICIAL or (retold and self.added and not report.anew):
                self.told_at = report.told_at
                return
        self.risen = total.value - self.dead if self.dead is not None else 0.0
        self.dead, self.base, self.behind = total.value, report, (report.id,)
        self.told_at = report.told_at

    def _add(self, report: Report, more: float) -> None:
        if more or self.dead is None:
            self.dead = (self.dead or 0.0) + more
            self.behind = (*self.behind, report.id)
            self.added.append(report)
        self.told_at = report.told_at
        for kind in self._kinds(report.died) if report.died is not None else ():
            self.gone[kind] = self.gone.get(kind, 0.0) + more

    def _kinds(self, died: Fact) -> Sequence[FactKind]:
        """How those who died were counted: all who die of wounds were hurt; who was missing may be told as shut in."""
        were = died.since.were if died.since is not None else None
        if were is None:
            return ()
        if were in _HURT:
            return _HURT
        return (were,) if were in self.left else _LOST

    def _more(self, report: Report, died: Fact) -> float:
        """How many of those who died, as a report tells it, nobody has counted yet."""
        since = died.since
        if since is None or self.dead is None:
            return died.value
        if self._has_risen(report, died) or any(_is_same(old, report) for old in self.added[-_FEW:]):
            return 0.0
        if since.again:
            return died.value
        kinds = self._kinds(died)
        sort = (since.were, *kinds, *(_SICK if since.were in _HURT else ()))
        kind = next((k for k in sort if k is not None and k in self.left), None)
        if died.value == self.dead and self._are_told_again(report, died, kind):
            return 0.0
        already = max((self.gone.get(k, 0.0) for k in kinds), default=0.0)
        whole = max((self.most.get(k, 0.0) for k in kinds), default=0.0)
        of_all = already and (since.so_far or (since.of is not None and since.of >= whole > 0))
        too_many = kind is not None and died.value > self.left[kind]
        return max(0.0, died.value - already) if of_all or too_many else died.value

    def _has_risen(self, report: Report, died: Fact) -> bool:
        """Whether the last total has counted these: it rose by as many, not long before."""
        if self.base is None or died.since is None or died.value != self.risen:
            return False
        others = died.since.again and report.speaker == self.base.speaker
        return not others and report.told_at - self.base.told_at <= _SOON

    def _are_told_again(self, report: Report, died: Fact, kind: FactKind | None) -> bool:
        """Whether as many as are dead already are these: the hurt are no fewer, or it is told right after."""
        if self.base is None or died.since is None:
            return False
        gap = report.told_at - self.base.told_at
        if kind is None:
            return gap <= _SOON
        left, of = self.left[kind], died.since.of
        if of is not None:
            return of == left + died.value
        told = report.totals.get(kind)
        return told.value == left if told is not None else gap <= _AT_ONCE


@dataclass(slots=True)
class Tally:
    """The reports of believed sources, by post; and what people say of deaths that came later, by voice.

    `together` is how things stand by all believed reports, `official` by the offices' alone.
    """

    reports: dict[str, Report] = field(default_factory=dict)
    talk: dict[str, Report] = field(default_factory=dict)
    together: Standing = field(default_factory=Standing)
    official: Standing = field(default_factory=Standing)
    latest: tuple[datetime, str] | None = None
    moves: bool = False
    """Whether any report only adds: else every figure stands for itself."""

    def hear(self, report: Report) -> None:
        """Take in what an office or a medium counts; a post edited, or one that comes late, is heard in its place."""
        in_order = report.id not in self.reports and (self.latest is None or self.latest < _order(report))
        self.reports[report.id] = report
        self.moves = self.moves or report.moves
        if in_order:
            self.latest = _order(report)
            self.together.hear(report)
            if report.authority is Authority.OFFICIAL:
                self.official.hear(report)
        else:
            told = sorted(self.reports.values(), key=_order)
            self.latest = _order(told[-1])
            self.together = _standing(told)
            self.official = _standing(one for one in told if one.authority is Authority.OFFICIAL)

    def whole(self, said: Report) -> Fact:
        """All the dead, as somebody tells who only speaks of those who died since."""
        if said.died is None:
            raise ValueError("a report of all the dead")
        if self.latest is None or self.latest[0] <= said.told_at:
            return self.together.after(said.died, said)
        before = sorted((one for one in self.reports.values() if one.told_at <= said.told_at), key=_order)
        return _standing(before).after(said.died, said)


def _order(report: Report) -> tuple[datetime, str]:
    return report.told_at, report.id


def _standing(reports: Iterable[Report]) -> Standing:
    state = Standing()
    for report in reports:
        state.hear(report)
    return state


def report_of(post: Post, speaker: str, reading: Reading) -> Report | None:
    """What a post counts of people who may have died; None where it counts nobody."""
    died = died_since(reading.facts)
    if died is not None and post.authority is Authority.PUBLIC and died.since is not None and died.since.were is None:
        died = None  # "又死了三个人" may be said of any accident.
    told = ((kind, document_value_of_one(post.body, reading.facts, kind)) for kind in (FactKind.DEATHS, *ALIVE))
    totals = {kind: fact for kind, fact in told if fact is not None}
    returned = [f for f in reading.facts if f.kind is FactKind.MISSING and f.since is not None]
    back = max(returned, key=lambda f: f.value, default=None)
    if not totals and back is None:
        return None
    plain, dead = plain_of(post.body), totals.get(FactKind.DEATHS)
    return Report(
        id=post.id,
        told_at=post.told_at,
        authority=post.authority,
        speaker=speaker,
        totals=totals,
        died=died,
        back=back,
        anew=_ANEW.search(plain) is not None,
        whole=dead is None or _counts_all(plain, dead),
    )


def _counts_all(plain: str, dead: Fact) -> bool:
    """Whether a figure of the dead is said to count all of them."""
    begin = bounds.begin(plain, dead.span[0], SENTENCES, LOOK)
    end = bounds.end(plain, dead.span[1], SENTENCES, LOOK)
    return _WHOLE.search(plain, begin, end) is not None


def _is_same(old: Report, new: Report) -> bool:
    """Whether two reports tell of the same deaths: as many of the same people, not long after, and not as others."""
    one, other = old.died, new.died
    if one is None or other is None or one.since is None or other.since is None or one.value != other.value:
        return False
    if one.since.were and other.since.were and (one.since.were in _HURT) is not (other.since.were in _HURT):
        return False
    if _others_left(old, new):
        return False
    gap, alone = new.told_at - old.told_at, old.speaker == new.speaker
    hours = {one.since.hour, other.since.hour} - {""}
    if len(hours) > 1 and (alone or other.since.again):
        return False
    anew = _AT_ONCE if one.since.again else timedelta()
    if other.since.again and alone and gap > (anew if new.authority is Authority.OFFICIAL else _SOON):
        return False
    late = new.authority is not Authority.OFFICIAL and not other.since.again
    return gap <= (_LONG if late else _LATELY)


def _others_left(old: Report, new: Report) -> bool:
    """Whether another number is still missing or hurt by now."""
    return any(
        kind in old.totals and kind in new.totals and old.totals[kind].value != new.totals[kind].value for kind in ALIVE
    )
