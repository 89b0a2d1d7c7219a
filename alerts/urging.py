"""What follows when time has come and nobody has acted: people are urged, and told what was missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts import clocks, lifecycle, news
from alerts.holidays import WorkCalendar
from alerts.lifecycle import Action, line
from alerts.matter import Matter
from alerts.model import Alert, Deadline, Decision, Purpose
from alerts.reports.wording import length, moment
from alerts.response import Response
from alerts.telling import Teller, Word


def handled(alert: Alert) -> bool:
    """Whether a department has it, so that it is reminded and nothing expires."""
    return (alert.state, Action.REMIND) in lifecycle.TABLE


@dataclass(frozen=True, kw_only=True, slots=True)
class Urger:
    """The plan's steps, who is told, and what people are called, by id."""

    response: Response
    teller: Teller
    names: Mapping[str, str]
    calendar: WorkCalendar

    def expire(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        moved = lifecycle.expired(alert, self.response, now)
        reason = f"{self.names.get(alert.owner or '', alert.owner) or '签收人'}签收后未见下一步，签收失效，恢复催办"
        return self._urged(matter, moved, Action.EXPIRE, reason, range(moved.step + 1), Purpose.EXPIRED, now)

    def escalate(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        moved = lifecycle.escalated(alert, self.response, now)
        reason = f"无人签收，{self._urging(moved, now)}"
        return self._urged(matter, moved, Action.ESCALATE, reason, (moved.step,), Purpose.ESCALATION, now)

    def _urging(self, moved: Alert, now: datetime) -> str:
        """Which step this is; for a repeat also when the next one comes."""
        again = moved.step - len(self.response.tiers[moved.tier].steps) + 1
        if again <= 0:
            return f"第{moved.step}次催办"
        said = f"第{moved.step}次催办（最后一步第{again}次重复）"
        if moved.escalate_at is None:
            return said
        return f"{said}，下次{moment(moved.escalate_at)}（隔{length(moved.escalate_at - now)}）"

    def wake(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        moved = lifecycle.woken(alert, self.response, now)
        reason = "暂缓到期，" + ("恢复催办" if moved.state.unattended else "请继续办理")
        told = self._urged(matter, moved, Action.WAKE, reason, range(moved.step + 1), Purpose.RESUMED, now)
        if not alert.owner or moved.state.unattended:
            return told
        word = Word(at=now, purpose=Purpose.RESUMED, reason=reason, report=matter.last)
        owner = self.teller.target(moved, alert.owner, word)
        return replace(told, notifications=(*told.notifications, *(n for n in owner if n not in told.notifications)))

    def remind(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        """The department has been silent; once the public has been answered it is asked no more."""
        event = matter.event
        wanted = event.answered_at is None and event.status not in news.SETTLED
        moved = lifecycle.reminded(alert, self.response, now, again=wanted)
        if not wanted:
            # Else nothing would be due any more, and nobody asked to end it.
            limits = self.response.tiers[alert.tier]
            moved = replace(moved, deadlines=clocks.with_final(moved.deadlines, limits, now, self.calendar))
            return Decision(alert=moved, reason="已公开回应或平息，不再催办责任部门")
        reason = "转办后未见公开回应，请尽快办理并回复"
        word = Word(at=now, purpose=Purpose.REMINDER, reason=reason, report=matter.last)
        targets = [target for target in (*alert.departments, alert.owner) if target]
        notes = self.teller.targets(moved, targets, word)
        return Decision(
            alert=moved, reason=reason, notifications=notes, log=(line(moved, Action.REMIND.value, reason, now),)
        )

    def _urged(
        self,
        matter: Matter,
        moved: Alert,
        action: Action,
        reason: str,
        steps: Sequence[int],
        purpose: Purpose,
        now: datetime,
    ) -> Decision:
        """Steps that are taken because nobody acts."""
        notes = self.teller.steps(moved, steps, Word(at=now, purpose=purpose, reason=reason, report=matter.last))
        return Decision(
            alert=moved,
            reason=reason,
            notifications=notes,
            log=(line(moved, action.value, reason, now), *self.teller.unreached(moved, steps, now)),
        )

    def miss(self, matter: Matter, alert: Alert, new: tuple[Deadline, ...], now: datetime) -> Decision:
        reason = "、".join(f"{d.kind.chinese}超时（时限{moment(d.due_at)}）" for d in new)
        word = Word(at=now, purpose=Purpose.MISS, reason=reason, report=matter.last, mark=new[0].kind.value)
        return Decision(
            alert=alert,
            reason=reason,
            notifications=self.teller.targets(alert, self.response.misses, word),
            log=(line(alert, "miss", reason, now),),
        )
