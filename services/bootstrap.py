"""Settings to a service: the only place that knows concrete classes."""

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import IO
from uuid import uuid4

from alerts.channels import registry
from alerts.drills import Drill, Told
from alerts.engine import Desk
from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import Decision
from alerts.ports import Channel
from alerts.roster import Roster
from analyzer.engine import Engine
from analyzer.idf import Idf
from analyzer.model import Tier
from analyzer.pipeline import Reader
from analyzer.topics import topic_list
from crawlers.model import Source
from services.acts import closing
from services.acts.foresight import require_agreed_drill
from services.acts.seen import require_seen
from services.clock import Clock, RunningClock
from services.errors import NotFound
from services.folder.holidays import load_calendar
from services.folder.init import FILES
from services.folder.plan import PlanFile, load_plan
from services.folder.roster import load_roster
from services.folder.sources import load_sources
from services.folder.templates import Templates
from services.folder.watch import Watch
from services.kin import Kinships
from services.ports import UnitOfWork
from services.processor import Processor
from services.reading.reader import build_reader
from services.search.model import SearchPage, SearchQuery
from services.search.number import number, whole
from services.sending import letters
from services.sending.breaker import Breaker
from services.settings import Settings, load_settings
from services.storage.database import Database, open_database
from services.storage.errors import Unavailable
from services.supervision import alone
from services.supervision.judgements import judged, verified
from services.supervision.leading import Presence
from services.supervision.nobody import NOBODY, Canary, NobodysChannel
from services.supervision.steps import Steps

MEMORY = timedelta(days=31)
"""How far back open events are rebuilt: a little more than the longest grouping window."""


@dataclass(kw_only=True)
class Service:
    """One desk's service: configuration read, record open, engine rebuilt."""

    folder: Path
    settings: Settings
    plan: PlanFile
    roster: Roster
    sources: Sequence[Source]
    database: Database
    reader: Reader
    processor: Processor
    channels: dict[str, Channel]
    clock: Clock
    hold: IO[str]
    presence: Presence
    canary: Canary = field(default_factory=Canary)
    breaker: Breaker = field(default_factory=Breaker)
    lock: threading.RLock = field(default_factory=threading.RLock)
    watch: Watch = field(default_factory=Watch)
    steps: Steps = field(default_factory=Steps)
    kinships: Kinships = field(default_factory=Kinships)
    ticked_at: datetime | None = None
    """When the clocks last ran here, since this process came to lead."""
    stopping: threading.Event = field(default_factory=threading.Event)

    competes: bool = True
    """Whether this process may come to lead; one that only serves the console or only crawls never does."""
    judged: set[str] = field(default_factory=set)
    """Marks of the findings and regroupings that memory holds (supervision/judgements.py)."""

    rated_by: str = ""
    """Digest of the plan by which all open events were last rated; empty until that is known (folder/reload.py)."""

    _remembers: int = 0

    @property
    def holder(self) -> str:
        """What this process is called in the record."""
        return self.presence.holder

    @property
    def alone(self) -> bool:
        """Whether nobody else can have opened the record: a file in our own folder, which one process holds."""
        return not self.settings.database

    def leads(self) -> bool:
        """Whether this process reads, decides and crawls; what it remembers is then what the record holds."""
        with self.lock:
            if self.presence.leads and self._remembers != self.presence.term:
                self.database.free_intake()
                self.rebuild()
                self.ticked_at = None
                self._remembers = self.presence.term
            return self.presence.leads

    @contextmanager
    def deciding(self) -> Iterator[UnitOfWork]:
        """A transaction that only the leader may commit. Raises NotLeading.

        Whatever fails, memory may hold what the record does not, and the record claims of ours.
        """
        with self.lock:
            try:
                with self.unit_of_work() as uow:
                    self.presence.require(uow)
                    yield uow
                    uow.commit()
            except Exception:
                self.forget()
                raise

    def forget(self) -> None:
        """Memory may hold what the record does not: start from the record again, now or as soon as it can be read."""
        self._remembers = 0
        with suppress(Unavailable):
            self.leads()

    def unlearn(self) -> None:
        """Who does not lead hears of no posts: what it put together for an act is not what is known later."""
        if not self.leads():
            self.processor.engine = build_engine(self.plan, self.reader)

    @cached_property
    def templates(self) -> Templates:
        """The desk's own templates, where it has any."""
        return Templates(folder=self.folder / "templates")

    @property
    def data(self) -> Path:
        """Where the record, the log and the outputs lie."""
        return self.folder / self.settings.data

    def unit_of_work(self) -> UnitOfWork:
        """A fresh transaction that may write."""
        return self.database.unit_of_work()

    def view(self) -> UnitOfWork:
        """A fresh transaction that only reads."""
        return self.database.view()

    def search(self, query: SearchQuery) -> SearchPage:
        """Kept posts by their text, or by a number that a report quotes."""
        if digits := number(query.text):
            with self.view() as uow:
                posts = uow.posts.numbered(digits)
            if posts:
                return whole(posts)
        return self.database.search(query)

    def act(self, alert_id: str, act: Act, *, into: str = "", despite: bool = False, mark: str = "") -> Decision:
        """A person's act, stored; `into` is the alert to merge into. Raises NotFound, or NotAllowed with a sentence.

        Closing is refused while something is owed (Unfinished), unless it is wanted `despite` that; and what depends on
        something that has changed since the page with this `mark` was shown (Outdated, acts/seen.py).
        """
        self.require_person(act.by)
        if act.action is Action.ASSIGN and act.to and not self.roster.knows(act.to):
            raise NotAllowed(f"值班表中没有编号为“{act.to}”的部门或人员。")
        if act.action is Action.HAND_OVER and act.to:
            self.require_person(act.to)
        with self.lock:
            try:
                with self.unit_of_work() as uow:
                    now = self.clock.now()
                    if (alert := uow.alerts.get(alert_id)) is not None:
                        require_seen(mark, alert, uow.events.get(alert.event_id), act.action)
                    if act.action is Action.CLOSE and not despite:
                        closing.require_finished(uow, alert_id, act, now)
                    decision = self.processor.act(uow, alert_id, act, now, into)
                    uow.audit.append(at=now, actor=act.by, action=act.action.value, target=alert_id, note=act.note)
                    uow.commit()
            except (NotAllowed, NotFound):
                raise
            except Exception:
                self.forget()
                raise
        return decision

    def drill(self, drill: Drill) -> Decision:
        """Begin a drill. Raises NotAllowed with a sentence."""
        self.require_person(drill.opening.by)
        if drill.topic not in topic_list().names:
            known = "、".join(f"{code}（{name}）" for code, name in topic_list().names.items())
            raise NotAllowed(f"没有主题“{drill.topic}”，可用的有：{known}。")
        with self.lock, self.unit_of_work() as uow:
            now = self.clock.now()
            decision = self.processor.drill(uow, drill, now)
            target = decision.alert.id if decision.alert else ""
            uow.audit.append(at=now, actor=drill.opening.by, action="drill", target=target, note=drill.title)
            uow.commit()
        return decision

    def tell_drill(self, alert_id: str, told: Told, agreed: Tier | None = None) -> Decision:
        """What a drill's script says next; what its figures raise is agreed to first (MustAgree).

        Raises NotFound, or NotAllowed with a sentence.
        """
        self.require_person(told.by)
        with self.lock, self.unit_of_work() as uow:
            now = self.clock.now()
            require_agreed_drill(self.processor, uow, alert_id, told, agreed, now)
            decision = self.processor.tell_drill(uow, alert_id, told, now)
            uow.audit.append(at=now, actor=told.by, action="tell drill", target=alert_id, note=told.text)
            uow.commit()
        return decision

    def finish_task(self, task_id: str, *, by: str, outcome: str) -> None:
        """A person has verified what a task asked. Raises NotFound, or NotAllowed with a sentence."""
        self.require_person(by)
        with self.unit_of_work() as uow:
            if uow.tasks.get(task_id) is None:
                raise NotFound(f"没有编号为 {task_id} 的待核实任务：它已经完成，或要核实的说法已变，请回值班台查看。")
            uow.tasks.finish(task_id, by=by, outcome=outcome, at=self.clock.now())
            uow.audit.append(at=self.clock.now(), actor=by, action="verified", target=task_id, note=outcome)
            uow.commit()

    def replay(self, ids: Collection[str], *, by: str) -> int:
        """A person sends letters again that could not be delivered. Raises NotFound, or NotAllowed with a sentence."""
        self.require_person(by)
        with self.unit_of_work() as uow:
            count = letters.replay(uow, ids, by=by, now=self.clock.now())
            uow.commit()
        return count

    def require_person(self, by: str) -> None:
        """Raises NotAllowed where the roster knows nobody by this id."""
        if not any(person.id == by for person in self.roster.people):
            raise NotAllowed(f"值班表中没有编号为“{by}”的人员。")

    def looked(self, actor: str, action: str, target: str) -> None:
        """Remember that somebody viewed, searched or exported something (SCOPE: every look is accountable)."""
        with self.unit_of_work() as uow:
            uow.audit.append(at=self.clock.now(), actor=actor or "本机", action=action, target=target)
            uow.commit()

    def rebuild(self) -> None:
        """Fill the engine's memory from the record: at start, and after a failed transaction."""
        engine = build_engine(self.plan, self.reader)
        with self.view() as uow:
            now = self.clock.now()
            engine.restore(uow.events.members(since=now - MEMORY), uow.events.latest)
            for event in uow.events.all(since=now - MEMORY):
                engine.keep(event)
            findings = verified(uow)
            for finding in findings:
                engine.confirm(finding)
            for key, alert in uow.alerts.of_events([event.id for event in engine.events(now)]).items():
                engine.mark(key, closed=alert.state.settled, episode=alert.episode, answered_at=alert.answered_at)
                stored = uow.events.get(key)
                if stored is not None and stored.answered_at not in {None, alert.answered_at}:
                    engine.recall_answer(key, stored.answered_at)
            self.judged = judged(findings, uow.events.regroupings())
        self.processor.engine = engine

    def close(self) -> None:
        """Leave nothing deleted in any file, and let go of the record."""
        for channel in self.channels.values():
            channel.close()
        with suppress(Unavailable):  # a record out of reach is no reason not to end; the others notice our silence
            if self.presence.leads:
                self.database.checkpoint()
            self.presence.leave()
        self.database.dispose()
        self.hold.close()


def build_engine(plan: PlanFile, reader: Reader) -> Engine:
    """An empty engine for a plan."""
    return Engine(
        plan=plan,
        weight=Idf.load().weight,
        settings=reader.settings,
        names=topic_list().happenings,
    )


def open_service(folder: Path, clock: Clock | None = None) -> Service:
    """The service of a folder written by `minqing init`. Raises ConfigError with every problem found.

    It is alone in its folder, so what a process that died had in hand is taken over at once.
    """
    watch = Watch()
    watch.begin(folder / name for name in FILES)
    settings = load_settings(folder)
    plan = load_plan(folder / "plan.yaml")
    roster = load_roster(folder / "roster.yaml")
    sources = load_sources(folder / "sources.yaml")
    own_places = folder / "gazetteer.jsonl"
    reader = build_reader(own_places if own_places.exists() else None, settings.reading)
    data = folder / settings.data
    data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        hold = opened.enter_context(alone.hold(data))
        holder = f"{os.getpid()}-{uuid4().hex}"
        database = open_database(settings.database or f"sqlite:///{data / 'minqing.db'}", holder)
        opened.callback(database.dispose)
        service = Service(
            folder=folder,
            settings=settings,
            plan=plan,
            roster=roster,
            sources=sources,
            database=database,
            reader=reader,
            processor=Processor(
                build_engine(plan, reader),
                Desk(
                    response=plan.response,
                    directory=roster,
                    district=plan.district,
                    calendar=load_calendar(folder),
                    names=roster.names,
                ),
                roster.names,
            ),
            channels={**registry.build(settings.mail, settings.channels, data), NOBODY.id: NobodysChannel()},
            clock=clock or RunningClock(),
            hold=hold,
            watch=watch,
            presence=Presence(database.unit_of_work, holder),
        )
        if service.alone:
            database.take_over(service.clock.now())
            service.presence.take_at_once()
            service.leads()
        opened.pop_all()
    return service
