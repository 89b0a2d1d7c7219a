"""`minqing replay`: any recorded stream under a virtual clock, through the service's own processor.

Nothing here reads the clock: equal input gives equal bytes.
"""

import hashlib
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import typer

from alerts.engine import Desk
from alerts.model import Report
from alerts.people import Person, Shift
from alerts.ports import Directory
from alerts.reports import summary
from alerts.reports.summary import Course
from analyzer.grouping.group import SLOW_WINDOW
from analyzer.model import Reading, Scope
from analyzer.pipeline import Reader
from crawlers.model import Post, Source
from services import formats
from services.bootstrap import build_engine
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import ROLES, PlanFile, load_plan
from services.folder.roster import load_roster
from services.garbage import keep_loaded, keep_remembered
from services.processor import Processor
from services.replaying.decisions import Decider, Decision, load
from services.replaying.stream import Stream
from services.reporting import periodicals
from services.reporting.periodicals import DAILY, WEEKLY
from services.reporting.publisher import People
from services.storage.days import beijing_day
from services.storage.memory import MemoryRecord

RUN_ON = timedelta(hours=48)
"""How long after the last post the clocks go on: the longest public-answer clock of the shipped plan."""
PAPERS = (DAILY, WEEKLY)
PAST = SLOW_WINDOW + timedelta(days=3)
"""So long after its last post an event has been forgotten, and no report quotes its posts any more."""
STAYS_EVERY = 16
"""Pieces after which what is remembered is looked through for garbage no more: there is more of it every day."""
SILENCE = timedelta(days=8)
"""So long after the last post its week's brief is issued; then none is due until the next post."""


class Staff(Directory, People, Protocol):
    """Whom alerts reach, and what they are called: a roster, or the roles themselves."""


class RolesThemselves:
    """Without a roster each role is its own recipient, by e-mail."""

    names = ROLES

    def resolve(self, target: str, at: datetime) -> Sequence[Person]:
        """The role as a person."""
        del at
        return (Person(id=target, name=target, channels={"email": f"{target}@localhost"}),)

    def shifts_between(self, role: str, first: date, last: date) -> Sequence[Shift]:
        """Nobody has any."""
        del role, first, last
        return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Bureau:
    """Who issues the replay's periodical reports. How its sources fared is not in the stream."""

    plan: PlanFile
    roster: People
    sources: Sequence[Source] = ()


@dataclass(slots=True)
class Counts:
    """What became of every line."""

    read: int = 0
    broken: int = 0
    duplicates: int = 0
    kept: int = 0
    unsure: int = 0
    out_of_scope: int = 0
    by_source: Counter[str] = field(default_factory=Counter)
    by_day: dict[str, tuple[int, int]] = field(default_factory=dict)

    def take(self, reading: Reading, day: str) -> None:
        """Count one post that was read."""
        if reading.scope is Scope.OUT:
            self.out_of_scope += 1
        elif reading.scope is Scope.UNSURE:
            self.unsure += 1
        else:
            self.kept += 1
        read, kept = self.by_day.get(day, (0, 0))
        self.by_day[day] = (read + 1, kept + (reading.scope is not Scope.OUT))

    def line(self) -> formats.Line:
        """counts.json."""
        return {
            "read": self.read,
            "broken": self.broken,
            "duplicates": self.duplicates,
            "out_of_scope": self.out_of_scope,
            "kept": self.kept,
            "unsure": self.unsure,
            "by_source": dict(sorted(self.by_source.items())),
        }


class Replay:
    """A stream, a plan and a virtual clock."""

    def __init__(
        self,
        plan: PlanFile,
        reader: Reader,
        roster: Staff,
        decisions: Iterable[Decision] = (),
    ) -> None:
        self._bureau = Bureau(plan=plan, roster=roster)
        self._decisions = deque(decisions)
        # Only who regroups events needs the readings of posts that were read.
        self._regroups = bool(self._decisions)
        self.record = MemoryRecord(texts=self._regroups, sends=False)
        self.counts = Counts()
        desk = Desk(response=plan.response, directory=roster, district=plan.district)
        self._processor = Processor(build_engine(plan, reader), desk)
        self._reader = reader
        self._decider = Decider()
        self._seen: dict[int, int] = {}
        self._edits: Counter[str] = Counter()
        self._now: datetime | None = None
        self._papers_at: datetime | None = None

    def feed(self, posts: Iterable[Post]) -> None:
        """Read posts and take them in."""
        told = list(posts)
        self.take(zip(told, self._reader.read_many(told), strict=True))

    def take(self, read: Iterable[tuple[Post, Reading]]) -> None:
        """Take in posts that were read, each at its own time; the clocks in between run first."""
        for post, reading in self._fresh(read):
            self.counts.take(reading, beijing_day(post.collected_at))
            now = max(post.collected_at, self._now or post.collected_at)
            self._decide_before(now)
            self._run_until(now)
            self._now = now
            self._papers_at = self._papers_at or self._next_papers(now)
            with self.record.unit_of_work() as uow:
                self._processor.take(uow, [(post, reading)], now)
                uow.commit()

    def finish(self) -> None:
        """Say how every event stands at the last post, and let the clocks run on after it."""
        if self._now is not None:
            self._decide_before(self._now + RUN_ON)
            with self.record.unit_of_work() as uow:
                for event in self._processor.engine.events(self._now):
                    uow.events.save(event)
                uow.commit()
            self._run_until(self._now + RUN_ON)
        for late in self._decisions:
            typer.echo(f"{late.place}：决定的时间在重放结束之后，没有照做。", err=True)

    def write(self, out: Path) -> None:
        """The outputs of docs/formats.md."""
        out.mkdir(parents=True, exist_ok=True)
        for name, lines in self._lines().items():
            with (out / name).open("wb") as file:
                file.writelines(map(formats.dumps, lines))
        (out / "counts.json").write_bytes(formats.dumps(self.counts.line()))
        for old in (out / "summary").glob("????-??-??.html"):
            old.unlink()  # A day of another, longer replay.
        for path, page in summary.pages(self.course()):
            (out / path).parent.mkdir(exist_ok=True)
            (out / path).write_text(page, encoding="utf-8")

    def course(self) -> Course:
        """All that it came to, for the summary page."""
        with self.record.view() as uow:
            alerts = sorted(uow.alerts.all(limit=sys.maxsize), key=lambda alert: (alert.opened_at, alert.id))
            return Course(
                district=self._bureau.plan.district,
                plan_version=self._bureau.plan.version,
                counts={key: value for key, value in self.counts.line().items() if isinstance(value, int)},
                by_day=dict(self.counts.by_day),
                events=uow.events.all(),
                ratings=list(uow.events.ratings()),
                alerts=alerts,
                history={alert.id: uow.alerts.history(alert.id) for alert in alerts},
                reports=list(map(_heading, uow.reports.issued())),
                notifications=uow.outbox.decided(),
                tasks=uow.tasks.asked(),
                names=self._bureau.roster.names,
            )

    def _lines(self) -> dict[str, Iterator[formats.Line]]:
        with self.record.unit_of_work() as uow:
            events = sorted(uow.events.all(), key=lambda e: (e.first_seen_at, e.id))
            headings = {report.id: _heading(report) for report in uow.reports.issued()}
            return {
                "events.jsonl": (
                    formats.event_line(e, uow.events.rating(e.id), uow.events.member_ids(e.id)) for e in events
                ),
                "ratings.jsonl": (formats.rating_line(rating, at) for at, rating in uow.events.ratings()),
                "reports.jsonl": (formats.report_line(report) for report in uow.reports.issued()),
                "notifications.jsonl": (
                    formats.notification_line(n, headings.get(n.report_id or "")) for n in uow.outbox.decided()
                ),
                "tasks.jsonl": (formats.task_line(task) for task in uow.tasks.asked()),
            }

    def _fresh(self, read: Iterable[tuple[Post, Reading]]) -> Iterator[tuple[Post, Reading]]:
        """Posts that say something new; one that says something else than before is a revision."""
        for post, reading in read:
            self.counts.read += 1
            self.counts.by_source[post.source_id] += 1
            key, digest = _digest(post.id), _digest(post.body)
            known = self._seen.get(key)
            if known == digest:
                self.counts.duplicates += 1
                continue
            self._seen[key] = digest
            if known is None:
                yield post, reading
            else:
                self._edits[post.id] += 1
                yield replace(post, revision=post.revision + self._edits[post.id]), reading

    def _decide_before(self, moment: datetime) -> None:
        """What people decided before `moment`, each at its own time; what cannot be done is said on stderr."""
        while self._decisions and self._decisions[0].at < moment:
            decision = self._decisions.popleft()
            self._run_until(decision.at)
            self._now = max(decision.at, self._now or decision.at)
            with self.record.unit_of_work() as uow:
                fault = self._decider.do(self._processor, uow, decision)
                if not fault:
                    uow.commit()
            if fault:
                typer.echo(fault, err=True)

    def _run_until(self, moment: datetime) -> None:
        """Everything due up to `moment`, each thing at its own time."""
        while (due := self._next_due()) is not None and due <= moment:
            with self.record.unit_of_work() as uow:
                self._processor.due(uow, due)
                uow.commit()
            if due == self._papers_at:
                self._issue(due)

    def _issue(self, at: datetime) -> None:
        """The briefs whose hour has come, after the clocks of that moment; none about days without a post.

        They go to the plan's standing readers, who are no part of any event's course: no message is decided.
        """
        for it in PAPERS:
            with self.record.unit_of_work() as uow:
                report = periodicals.due(self._bureau, uow, it, at)
                if report is not None:
                    uow.reports.issue(report)
                    uow.commit()
        if not self._regroups:
            self.record.forget_posts(at - PAST, self._processor.engine)
        silent = self._now is not None and at - self._now > SILENCE
        self._papers_at = None if silent else self._next_papers(at)

    def _next_papers(self, now: datetime) -> datetime:
        return periodicals.next_due(self._bureau.plan.response, now, PAPERS)

    def _next_due(self) -> datetime | None:
        with self.record.unit_of_work() as uow:
            moments = (uow.alerts.next_due(), self._processor.engine.next_review_at, self._papers_at)
        return min(filter(None, moments), default=None)


def _digest(text: str) -> int:
    """64 bits in place of a text: of a million posts two are taken for one once in thirty million replays."""
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest())


def _heading(report: Report) -> Report:
    """A report without what it says: all of them would be too much at once."""
    return replace(report, text="", fields={}, body={})


def replay_file(
    posts: Path, *, plan: Path, out: Path, roster: Path | None, gazetteer: Path | None, decisions: Path | None = None
) -> dict[str, int]:
    """Replay a file and write the outputs; the counts. Raises ConfigError."""
    replay = replayed(posts, plan=load_plan(plan), roster=roster, gazetteer=gazetteer, decisions=decisions)
    replay.write(out)
    return {"read": replay.counts.read, "broken": replay.counts.broken}


def replayed(
    posts: Path, *, plan: PlanFile, roster: Path | None, gazetteer: Path | None, decisions: Path | None = None
) -> Replay:
    """A whole file replayed to its end; broken lines are said on stderr. Raises ConfigError."""
    people: Staff = RolesThemselves() if roster is None else load_roster(roster)
    decided, faults = load(decisions) if decisions else ([], [])
    reader = Reader(load_gazetteer(gazetteer))
    replay = Replay(plan, reader, people, decided)
    for fault in faults:
        replay.counts.broken += 1
        typer.echo(fault, err=True)
    stream = Stream(posts)
    keep_loaded()
    with typer.progressbar(length=len(stream), label="重放", file=sys.stderr) as bar:
        for number, piece in enumerate(stream.read(reader), 1):
            for sentence in piece.broken:
                replay.counts.broken += 1
                typer.echo(sentence, err=True)
            replay.take(piece.read)
            bar.update(len(piece))
            if number % STAYS_EVERY == 0:
                keep_remembered()
    replay.finish()
    return replay
