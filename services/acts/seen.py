"""What of an alert a person had before him when he acted: who acts on what has changed since decides unseen."""

import hashlib
from collections.abc import Collection

from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.model import Alert
from analyzer.model import Event, EventStatus

_TIER, _ANSWERED, _CALLS = "级别", "对公众的回应", "电话报告"
_DEPENDS = {
    Action.ACKNOWLEDGE: (_TIER,),
    Action.VERIFY: (_TIER,),
    Action.PHONE: (_CALLS,),
    Action.ANSWER: (_ANSWERED,),
    Action.PRESS: (_ANSWERED,),
}
"""Whoever takes it on will look, but must know how grave it is; what has happened is recorded, but once."""


class Outdated(NotAllowed):
    """A page shows what is no longer so."""

    def __init__(self, changed: Collection[str]) -> None:
        """Say what is new, and what to do."""
        super().__init__(f"页面已过期：打开之后{'、'.join(changed)}有变化，本次操作没有执行。请看过现状后再办。")


def seen(alert: Alert, event: Event | None) -> str:
    """A mark of what people decide by; what only time does (urging, clocks) does not change it."""
    return ".".join(hashlib.sha256(repr(part).encode()).hexdigest()[:8] for part in _parts(alert, event).values())


def require_seen(mark: str, alert: Alert, event: Event | None, action: Action) -> None:
    """Raises Outdated where what the act depends on is not as the mark says; no mark, no question.

    What decides depends on everything but the calls.
    """
    if not mark:
        return
    now = dict(zip(_parts(alert, event), seen(alert, event).split("."), strict=True))
    then = dict(zip(now, mark.split("."), strict=False))
    depends = _DEPENDS.get(action, [name for name in now if name != _CALLS])
    if changed := [name for name in depends if then.get(name) != now[name]]:
        raise Outdated(changed)


def _parts(alert: Alert, event: Event | None) -> dict[str, object]:
    figures = event.figures if event is not None else {}
    over = event is not None and event.status in {EventStatus.RESOLVED, EventStatus.REFUTED}
    return {
        _TIER: alert.tier.name,
        "责任部门": alert.departments,
        "待第二人确认的申请": alert.request,
        _ANSWERED: alert.answered_at,
        _CALLS: len(alert.calls),
        "预警是否结束": (alert.state.final, alert.merged_into),
        "核实的情况": (
            sorted((kind.value, f.verified) for kind, f in figures.items() if f.verified is not None),
            event is not None and event.confirmed,
            over and event is not None and event.status.value,
        ),
    }
