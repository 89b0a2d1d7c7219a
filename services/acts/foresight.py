"""What verified figures would set going, told before they take effect: a slip of the finger would go out to many."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.drills import Told
from alerts.errors import NotAllowed
from alerts.matter import Matter
from alerts.model import Alert, Decision
from alerts.reports.wording import amount
from analyzer.events.fusion import with_finding
from analyzer.model import Event, FactKind, Figure, Finding, Tier
from analyzer.rating import rate
from services.ports import UnitOfWork
from services.processor import Processor


@dataclass(frozen=True, kw_only=True, slots=True)
class Foresight:
    """An alert that would open at `tier`, or rise to it from `before`, and who would be told at once.

    Where it does not rise, a figure is greater than anybody has told.
    """

    event: Event
    figures: Mapping[FactKind, float]
    tier: Tier
    before: Tier | None
    told: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it, as a clause."""
        told = "、".join(self.told)
        if self.before is self.tier:
            going = f"立即报送{told}" if told else "到时一并续报"
            return f"级别不变，仍为{self.tier.chinese}；所填数字比各方所说的都大，将{going}"
        change = f"由{self.before.chinese}升为{self.tier.chinese}" if self.before else f"触发{self.tier.chinese}预警"
        return f"将{change}，并立即通知{told}" if told else f"将{change}，但此刻无人可通知"


class MustAgree(NotAllowed):
    """A person has to agree to what his figures would set going."""

    def __init__(self, foresight: Foresight) -> None:
        """Say what that is, and how a program agrees."""
        self.foresight = foresight
        figures = "、".join(f"{kind.chinese}{amount(kind, value)}" for kind, value in foresight.figures.items())
        said = f"登记“{figures}”后{foresight.sentence}"
        super().__init__(f"{said}。核对无误的，请写明 agreed 为 {foresight.tier.name} 再提交一次。")


def require_agreed(processor: Processor, uow: UnitOfWork, event: Event, finding: Finding, agreed: Tier | None) -> None:
    """Raises MustAgree where figures would do what has to be agreed to, and that was not agreed to with their tier."""
    foresight = foresee(processor, uow, event, finding)
    if foresight is not None and foresight.tier is not agreed:
        raise MustAgree(foresight)


def require_agreed_drill(
    processor: Processor, uow: UnitOfWork, alert_id: str, told: Told, agreed: Tier | None, now: datetime
) -> None:
    """The same for a drill's figures: real people are told of them. Raises NotFound or NotAllowed as telling does."""
    before, _, _, decision = processor.foresee_drill(uow, alert_id, told, now)
    foresight = _foresight(processor, before.event, told.figures, before.alert, decision)
    if foresight is not None and foresight.tier is not agreed:
        raise MustAgree(foresight)


def foresee(processor: Processor, uow: UnitOfWork, event: Event, finding: Finding) -> Foresight | None:
    """What the figures would set going; None where they open and raise nothing, nor go beyond all that is told."""
    if not finding.figures:
        return None
    supposed = replace(event, figures=with_finding(event.figures, finding), confirmed=True)
    alert = uow.alerts.of_event(event.id)
    matter = Matter(
        event=supposed,
        rating=rate(supposed, processor.engine.plan, finding.at),
        alert=alert,
        reports=uow.reports.of_event(event.id),
    )
    decision = processor.desk.on_assessment(matter, finding.at)
    return _foresight(processor, event, finding.figures, alert, decision)


def _foresight(
    processor: Processor, event: Event, figures: Mapping[FactKind, float], alert: Alert | None, decision: Decision
) -> Foresight | None:
    before = _open_tier(alert)
    after = decision.alert if decision.alert is not None and decision.reports else alert
    tier = _open_tier(after)
    if tier is None or (tier is before and not _beyond(event, figures)):
        return None
    names = processor.names
    return Foresight(
        event=event,
        figures=figures,
        tier=tier,
        before=before,
        told=tuple(dict.fromkeys(names.get(n.recipient, n.recipient) for n in decision.notifications)),
    )


def _beyond(event: Event, figures: Mapping[FactKind, float]) -> bool:
    """Whether one of them is greater than anybody has told: a digit too many is, and seldom what an office says."""
    for kind, value in figures.items():
        known = event.figures.get(kind, Figure())
        told = [side for side in (known.claimed, known.verified, known.unsupported) if side is not None]
        if told and value > max(told):
            return True
    return False


def _open_tier(alert: Alert | None) -> Tier | None:
    return None if alert is None or alert.state.final else alert.tier
