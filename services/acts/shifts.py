"""交接班 in the running service: notes written and taken over, and who is on duty now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from alerts import handover
from alerts.errors import NotAllowed
from alerts.handover import Watch
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import Handover, Notification
from services.errors import NotFound
from services.ports import UnitOfWork
from services.sending.notices import meant, notices

if TYPE_CHECKING:
    from services.bootstrap import Service


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One role now: who has it, the shift where it takes turns, the last note, and what is wrong."""

    role: str
    people: tuple[str, ...]
    shift: Watch | None
    note: Handover | None
    missing: str

    @property
    def pending(self) -> bool:
        """Whether a note waits to be taken over."""
        return self.note is not None and self.note.taken_at is None


def duties(service: "Service", uow: UnitOfWork, now: datetime) -> list[Duty]:
    """Every role of the roster as it stands."""
    return [
        Duty(
            role=role.id,
            people=tuple(person.id for person in service.roster.on_duty(role.id, now)),
            shift=handover.watch(service.roster, role.id, now),
            note=(note := uow.handovers.latest(role.id)),
            missing=handover.missing(service.roster, role.id, note, now),
        )
        for role in service.roster.roles
    ]


def write(service: "Service", role: str, by: str, note: str) -> Handover:
    """The note of the one who goes. Raises NotFound, or NotAllowed with a sentence."""
    _require(service, role, by)
    now = service.clock.now()
    with service.lock, service.unit_of_work() as uow:
        made = handover.written(role, by, note, uow.alerts.open(), now)
        uow.handovers.save(made)
        uow.audit.append(at=now, actor=by, action="write hand-over", target=role, note=note)
        uow.commit()
    return made


def take(service: "Service", role: str, by: str) -> Handover:
    """The next one takes over, with the alerts that the other had in hand. Raises NotFound or NotAllowed."""
    _require(service, role, by)
    now = service.clock.now()
    with service.lock, service.unit_of_work() as uow:
        latest = uow.handovers.latest(role)
        pending = latest if latest is not None and latest.taken_at is None else None
        done = handover.taken(pending, service.roster, role, by, now)
        # Who left without a note has his written by the leader: what was in his hands is handed on all the same.
        gone = {done.outgoing, *handover.leaving(service.roster, role, by, now)}
        mine = [alert for alert in uow.alerts.open() if alert.owner in gone and not alert.state.unattended]
        done = replace(done, alerts=tuple(dict.fromkeys((*done.alerts, *(alert.id for alert in mine)))))
        uow.handovers.save(done)
        for alert in mine:
            act = Act(action=Action.HAND_OVER, by=by, to=by, note=f"交接班：{done.note}")
            service.processor.act(uow, alert.id, act, now)
        uow.audit.append(at=now, actor=by, action="take over", target=role, note=done.id)
        uow.commit()
    return done


def tick(service: "Service", uow: UnitOfWork, now: datetime) -> int:
    """A shift that nobody has taken over in time is told once to whom the plan names; how many were."""
    rule = service.plan.response.hand_over
    if rule is None:
        return 0
    return sum(_late(service, uow, role, now) for role in rule.roles)


def _late(service: "Service", uow: UnitOfWork, role: str, now: datetime) -> bool:
    rule, shift = service.plan.response.hand_over, handover.watch(service.roster, role, now)
    if rule is None or shift is None or now < shift.start + rule.within:
        return False
    why = handover.missing(service.roster, role, uow.handovers.latest(role), now)
    if not why:
        return False
    told = [uow.outbox.add(note) for note in _notes(service, role, shift, why, now)]
    return any(told)


def _notes(service: "Service", role: str, shift: Watch, why: str, now: datetime) -> Iterator[Notification]:
    people = meant(service.roster, service.plan.response.misses, now)
    return notices(people, f"handover-{role}-{shift.start:%Y%m%d%H%M}", f"交接班超时：{why}", now)


def _require(service: "Service", role: str, by: str) -> None:
    if all(known.id != role for known in service.roster.roles):
        raise NotFound(f"值班表中没有编号为“{role}”的岗位。")
    if all(person.id != by for person in service.roster.people):
        raise NotAllowed(f"值班表中没有编号为“{by}”的人员。")
