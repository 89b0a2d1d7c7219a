"""One of the processes on a record leads: it alone crawls, reads, decides and runs clocks. All of them send.

Each raises a count of its own about once a second, the leader also the lead's. Who sees a count stand still for
`STALE` seconds of its own monotonic clock knows that its holder is dead: no two machines' clocks are compared, and
none is set wrong. The dead one's sessions are ended, so that one who is only stopped holds no lock. Whatever the
leader writes checks in the same transaction that it still leads.
"""

import threading
from collections.abc import Callable
from time import monotonic

import structlog

from services.errors import ConfigError, NotLeading
from services.ports import Beat, UnitOfWork

log = structlog.get_logger("leading")

LEAD = "lead"
EVERY = 1.0
"""Seconds between two beats."""
STALE = 5.0
"""Seconds without a beat after which a holder is dead; with two beats and a rebuild below ten on a busy machine."""


class Presence:
    """Our part in it. Threads share it; `beat` is called by one of them only."""

    def __init__(self, open_work: Callable[[], UnitOfWork], holder: str) -> None:
        self._open = open_work
        self.holder = holder
        self._seen: dict[str, tuple[Beat, float]] = {}
        self._looked = 0.0
        self._own = f"process {holder}"
        self.leads = False
        self.term = 0
        """How often this process has come to lead: what it remembers from before an earlier end is of no use."""

    def take_at_once(self) -> None:
        """Lead: for who is alone with the record."""
        with self._open() as uow:
            uow.beats.take(LEAD, self.holder, uow.beats.all().get(LEAD))
            uow.commit()
        self._now_leads()

    def beat(self) -> None:
        """Say that we live, and see who does not; take the lead when nobody has it."""
        with self._open() as uow:
            if not uow.beats.raise_(self._own, self.holder):
                uow.beats.take(self._own, self.holder, uow.beats.all().get(self._own))
            kept = self.leads and uow.beats.raise_(LEAD, self.holder)
            dead = {name: beat for name, beat in self._watch(uow).items() if beat.holder != self.holder}
            for holder in {beat.holder for beat in dead.values()}:
                uow.beats.fence(holder)
            taken = not kept and self._may_take(uow, dead) and uow.beats.take(LEAD, self.holder, dead.get(LEAD))
            for name, beat in dead.items():
                if name != LEAD:
                    uow.outbox.release(beat.holder)
                    uow.beats.drop(name, beat.holder)
            uow.commit()
        if self.leads and not kept:
            log.warning("lead lost")
            self.leads = False
        if taken:
            self._now_leads()

    def require(self, uow: UnitOfWork) -> None:
        """Keep the lead until the transaction ends. Raises NotLeading when somebody else has it."""
        if not uow.beats.holds(LEAD, self.holder):
            self.leads = False
            raise NotLeading

    def leave(self) -> None:
        """Go without letting the others wait."""
        self.leads = False
        with self._open() as uow:
            uow.beats.drop(LEAD, self.holder)
            uow.beats.drop(self._own, self.holder)
            uow.commit()

    def _may_take(self, uow: UnitOfWork, dead: dict[str, Beat]) -> bool:
        return LEAD in dead or LEAD not in uow.beats.all()

    def _watch(self, uow: UnitOfWork) -> dict[str, Beat]:
        """Those whose count has stood still for too long; what stood still while we did not look proves nothing."""
        now, found = monotonic(), uow.beats.all()
        if now - self._looked >= STALE:
            self._seen = {}
        self._looked = now
        self._seen = {
            name: old if (old := self._seen.get(name)) is not None and old[0] == beat else (beat, now)
            for name, beat in found.items()
        }
        return {name: beat for name, (beat, since) in self._seen.items() if now - since >= STALE}

    def _now_leads(self) -> None:
        self.term += 1
        self.leads = True
        log.info("lead taken", term=self.term)


class Beating:
    """A thread that beats until it is told to stop."""

    def __init__(self, presence: Presence, stopping: threading.Event) -> None:
        self._presence, self._stopping = presence, stopping
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        """Begin with a beat at once."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the last beat."""
        self._thread.join(EVERY + STALE)

    def _run(self) -> None:
        while True:
            try:
                self._presence.beat()
            except Exception:
                # The record may be out of reach for a while; the others notice, and so do we when it is back.
                log.exception("beat failed")
            if self._stopping.wait(EVERY):
                return


def wait_to_lead(presence: Presence, stopping: threading.Event) -> None:
    """Lead from now on until told to stop, once a dead leader's silence is over. Raises ConfigError while one lives."""
    if presence.leads:
        return
    Beating(presence, stopping).start()
    until = monotonic() + STALE + 4 * EVERY
    while not presence.leads:
        if monotonic() > until or stopping.wait(EVERY / 10):
            raise ConfigError(["另一个 minqing 进程正在用同一个数据库工作，请等它结束，或先将它停止。"])
