"""What believed posts count one after another: who dies of those hurt, missing or shut in adds to the dead before."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from analyzer.facts import died_since, document_value
from analyzer.model import Fact, FactKind, Qualifier, Reading
from analyzer.patterns.scan import plain_of
from crawlers.model import Authority, Post

_HURT = (FactKind.SERIOUS_INJURED, FactKind.INJURED)
_LOST = (FactKind.MISSING, FactKind.TRAPPED)
ALIVE = (*_HURT, *_LOST)
"""How people are counted who may be among the dead later."""
_ANEW = re.compile(r"累计|至此|截[至止]|[升增]至|上升[到至]|最终|更正|订正|勘误|核[减实定]|更新")
"""A total that an office tells with one of these holds, though it is the one that others have died since."""
_FEW = 30
"""Later deaths that a report may tell again."""
_SOON, _AT_ONCE, _LATELY, _LONG = timedelta(hours=12), timedelta(hours=3), timedelta(days=2), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Report:
    """What one post counts of people: all of a kind, or (`died`) only those who died since others were counted."""

    id: str
    told_at: datetime
    authority: Authority
    speaker: str
    totals: Mapping[FactKind, Fact]
    died: Fact | None = None
    anew: bool = False


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

    def after(self, died: Fact, report: Report) -> Fact:
        """All the dead, if those whom a report adds are."""
        return died if self.dead is None else replace(died, value=self.dead + self._more(report, died))

    def fewer(self, report: Report) -> Iterator[Fact]:
        """Those still hurt, missing or shut in, of whom a report only tells that some have died."""
        died = report.died
        for kind in self._kinds(died) if died is not None else ():
            if died is not None and kind in self.left and kind not in report.totals:
                left = self.left[kind]
                qualifier = Qualifier.EXACTLY if left else Qualifier.NONE
                yield replace(died, kind=kind, value=left, qualifier=qualifier, lean=0, since=None)

    def _count(self, report: Report) -> None:
        """A total: an office's replaces, but one told again from before others died; a medium's only raises."""
        total = report.totals.get(FactKind.DEATHS)
        if total is None:
            return
        if self.dead is not None and total.value < self.dead:
            retold = self.base is not None and total.value == self.base.totals[FactKind.DEATHS].value
            if report.authority is not Authority.OFFICIAL or (retold and self.added and not report.anew):
                self.told_at = report.told_at
                return
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
        if any(_is_same(old, report) for old in self.added[-_FEW:]):
            return 0.0
        kinds = self._kinds(died)
        kind = next((k for k in (since.were, *kinds) if k is not None and k in self.left), None)
        left = self.left[kind] if kind is not None else None
        if since.again:
            return died.value
        if died.value == self.dead and self._are_told_again(report, died, kind):
            return 0.0
        already = max((self.gone.get(k, 0.0) for k in kinds), default=0.0)
        whole = max((self.most.get(k, 0.0) for k in kinds), default=0.0)
        of_all = since.so_far or (since.of is not None and since.of >= whole > 0)
        if (already and of_all) or (left is not None and died.value > left):
            return max(0.0, died.value - already)
        return died.value

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
        self.moves = self.moves or report.died is not None
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
    told = ((kind, document_value(reading.facts, kind)) for kind in (FactKind.DEATHS, *ALIVE))
    totals = {kind: fact for kind, fact in told if fact is not None}
    if not totals:
        return None
    anew = _ANEW.search(plain_of(post.body)) is not None
    return Report(post.id, post.told_at, post.authority, speaker, totals, died, anew)


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
    if other.since.again and alone and (not one.since.again or gap > _AT_ONCE):
        return False
    late = new.authority is not Authority.OFFICIAL and not other.since.again
    return gap <= (_LONG if late else _LATELY)


def _others_left(old: Report, new: Report) -> bool:
    """Whether another number is still missing or hurt by now."""
    return any(
        kind in old.totals and kind in new.totals and old.totals[kind].value != new.totals[kind].value for kind in ALIVE
    )
