"""The fields of a report, one function each; a field without anything to say gives an empty string.

Several statements in one field stand on lines of their own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.lifecycle import SYSTEM
from alerts.model import Deadline, DeadlineKind, LogEntry
from alerts.reports.dossier import Dossier, topic_name
from alerts.reports.wording import (
    CASUALTIES,
    EXTENT,
    PENDING,
    full_moment,
    level,
    marks,
    moment,
    side_by_side,
    signal,
    sources,
)
from analyzer.events.whereabouts import AREAS
from analyzer.model import Basis, EventStatus, NextThreshold, Place, Reason, Tier
from analyzer.plan.measures import HAPPENS
from crawlers.model import Authority

_CONFIDENCE = {"E": "，摘录自公开文本，引用前请核对原文", "K": "，通行做法，未核对原文", "local": "，本区自定"}
_QUOTED = 6
"""Statements quoted in the course: the first, then the latest ones."""
_REASONS = 4
_PARTS = re.compile(r"[\n。；;]")
_UNITS = frozenset({"school", "hospital", "plant", "site", "station"})
"""Kinds of place that are somebody's: a street or a village is not."""


def event(d: Dossier) -> str:
    """What it is about."""
    status = "" if d.event.status in {EventStatus.ACTIVE, EventStatus.DRILL} else f"，{d.event.status.chinese}"
    return f"{d.event.title}（事件编号{d.event.id}{status}）"


def time(d: Dossier) -> str:
    """When it happened as far as told, and when the desk learned of it: reporting clocks start there."""
    known = d.event.known_at or d.alert.opened_at
    return (
        f"发生：确切时间待核实，最早于{full_moment(d.event.first_seen_at)}有人反映{marks(d.ids()[:1])}\n"
        f"获知：{full_moment(known)}"
    )


def place(d: Dossier) -> str:
    """Where, from the widest name to the narrowest; the other places after it.

    What the title is called by belongs to it, though no list of places knows where that is.
    """
    named, places = d.event.named, d.event.places
    said = address(places[0]) if places else ""
    more = [p.name for p in places[1:] if p.name not in said]
    if named and not any(named in address(p) or (p.level not in AREAS and p.name in named) for p in places):
        said, more = f"{named}（帖文所称，具体位置待核实）", [*filter(None, [said]), *more]
    if not said:
        return "尚不能从帖文确定具体位置，待核实"
    return said + (f"；另提及{'、'.join(more)}" if more else "") + marks(d.ids())


def address(place: Place) -> str:
    """One place from its widest name to its narrowest."""
    return _joined((*place.path, place.name))


def _joined(path: Iterable[str]) -> str:
    """Names from wide to narrow as one address; a name that repeats the wider one before it is not said twice."""
    said, last = "", ""
    for name in path:
        if not said.endswith(name):
            said += name.removeprefix(last)
            last = name
    return said


def nature(d: Dossier) -> str:
    """Kind of event."""
    family = "突发事件" if d.event.topic.startswith("hazard.") else "公共服务诉求"
    others = [topic_name(code) for code in d.event.topics if code != d.event.topic]
    return f"{d.topic}（{family}）" + (f"；另涉{'、'.join(others)}" if others else "")


def unit(d: Dossier) -> str:
    """Where it happened as an organisation: schools, hospitals, plants and the like."""
    names = dict.fromkeys(place.name for place in d.event.places if place.level in _UNITS)
    return "、".join(names) + marks(d.ids()) if names else _noted(d, "事发单位")


def cause(d: Dossier) -> str:
    """What people at the desk have learned of the cause; what posts guess is no cause."""
    return _noted(d, "原因")


def leaders(d: Dossier) -> str:
    """Who leads on the spot, as people at the desk have learned."""
    return _noted(d, "到场领导")


def _noted(d: Dossier, name: str) -> str:
    """What the latest note of a person says after "name：", with his name and the time."""
    for entry in reversed(d.history):
        for part in _PARTS.split(entry.note.removesuffix(PENDING)) if entry.actor != SYSTEM else ():
            said = part.strip().rpartition(f"{name}：")
            # "核实：原因：短路" names a cause; "降级原因：已控制" does not.
            if said[1] and said[2] and said[0][-1:] in {"", "："}:
                return f"{said[2]}（{moment(entry.at)}{d.name(entry.actor)}登记）"
    return "暂无，待核实"


def course(d: Dossier, more: Iterable[tuple[datetime, str]] = ()) -> str:
    """What has been said, in the order of time: official sources and media quoted, the public counted.

    `more` are other things that belong to the course, each with its time.
    """
    since, until = moment(d.event.first_seen_at), moment(d.event.last_seen_at)
    first = f"{since}起陆续有反映，至{until}共{d.event.posts}条{marks(d.ids())}"
    quoted = [s for s in d.statements if s.headline]
    if len(quoted) > _QUOTED:
        quoted = quoted[:1] + quoted[1 - _QUOTED :]
    said_by = {Authority.OFFICIAL: "官方", Authority.MEDIA: "媒体"}
    told = [(s.told_at, f"{moment(s.told_at)}{said_by[s.authority]}：{s.headline}{marks([s.post_id])}") for s in quoted]
    return "\n".join([first, *_in_order([*told, *more])])


def _in_order(lines: Iterable[tuple[datetime, str]]) -> list[str]:
    return [line for _, line in sorted(lines, key=lambda entry: entry[0])]


def casualties(d: Dossier) -> str:
    """Harm to people, actual (verified) and possible (claimed) side by side."""
    lines = [side_by_side(kind, d.event.figures[kind]) for kind in CASUALTIES if kind in d.event.figures]
    return "\n".join(filter(None, lines)) or "暂无伤亡失联数字，待核实"


def extent(d: Dossier) -> str:
    """How far it reaches: households, loss, area, and a warning in force."""
    lines = [side_by_side(kind, d.event.figures[kind]) for kind in EXTENT if kind in d.event.figures]
    if d.event.warning is not None:
        lines.append(signal(d.event.warning) + marks(d.ids(Authority.OFFICIAL)))
    return "\n".join(filter(None, lines)) or "暂无数字，待核实"


def trend(d: Dossier) -> str:
    """How the talk about it develops; tone is left out, it decides nothing."""
    said = f"最近一小时公众发帖{d.event.heat}条"
    if d.event.growth is not None:
        said += f"，为同时段常态的{d.event.growth:.1f}倍"
    if d.event.help_sought:
        said += f"；求助{d.event.help_sought}条"
    return said + f"（统计至{moment(d.event.last_seen_at)}）"


def measures(d: Dossier) -> str:
    """What the desk and the responsible bodies have done."""
    done = [(entry.at, _done(d, entry)) for entry in d.history if entry.actor != SYSTEM and entry.action != "open"]
    if not done and d.alert.acknowledged_at is not None:
        done.append((d.alert.acknowledged_at, f"{moment(d.alert.acknowledged_at)}值班台已签收"))
    if not done and d.alert.department:
        done.append((d.now, f"已转办{d.responsible}"))
    answered = d.event.answered_at
    if answered is not None and answered != d.alert.answered_at:  # What a person recorded stands there.
        spoke = [s.post_id for s in d.statements if s.authority is Authority.OFFICIAL]
        done.append((answered, f"{moment(answered)}责任单位已公开回应{marks(spoke[:1])}"))
    return "\n".join(_in_order(done)) or "值班台已立即报送，尚未签收"


def _done(d: Dossier, entry: LogEntry) -> str:
    return f"{moment(entry.at)}{entry.note or entry.action}（{d.name(entry.actor)}）"


def grounds(d: Dossier) -> str:
    """Why this tier: criterion, figure against threshold, source in law, evidence."""
    lines = [_reason(reason) for reason in telling(d.rating.reasons)][:_REASONS]
    if not lines:
        return f"{d.rating.note or '按现有情况未达到任何级别'}；{_kept(d)}"
    if d.rating.tier is not None and d.rating.tier < d.alert.tier:
        lines.append(f"按现有情况为{level(d.rating.tier)}，{_kept(d)}")
    return "\n".join(lines)


def _kept(d: Dossier) -> str:
    """The tier that it is handled at though less is reached now."""
    tier = level(d.alert.tier)
    return f"此前按{tier}处置" if d.alert.state.final else f"仍按{tier}处置，降级须经人工批准"


def telling(reasons: Sequence[Reason]) -> list[Reason]:
    """Reasons without the claimed ones whose criterion is met at the same tier by verified figures already."""
    verified = {(r.criterion, r.tier) for r in reasons if r.basis is Basis.VERIFIED}
    return [r for r in reasons if r.basis is Basis.VERIFIED or (r.criterion, r.tier) not in verified]


def _reason(reason: Reason) -> str:
    sure = _CONFIDENCE.get(reason.confidence, "")
    return (
        f"{level(reason.tier)}（{reason.basis.chinese}）：{reason.observed}，{_reached(reason)}；"
        f"依据{reason.source}{'' if sure[1:] in reason.source else sure}{marks(reason.evidence)}"
    )


def _reached(reason: Reason) -> str:
    return f"按预案{HAPPENS}" if reason.threshold == HAPPENS else f"达到门槛“{reason.threshold}”"


def next_tier(d: Dossier) -> str:
    """What would raise it."""
    if d.alert.tier is Tier.I:
        return "已是最高级别"
    # Two criteria may ask the same.
    return "\n".join(dict.fromkeys(map(_next, d.rating.next_thresholds))) or "没有还能达到的更高门槛"


def _next(threshold: NextThreshold) -> str:
    return f"升至{level(threshold.tier)}：{threshold.threshold}（目前{threshold.observed}）"


def informants(d: Dossier) -> str:
    """Counts by authority; never names, never links."""
    said = sources(d.event)
    if d.event.platforms > 1:
        said += f"，涉及{d.event.platforms}个来源"
    return said


def requests(d: Dossier) -> str:
    """What is asked for, and by when. What a single voice claims (`rating.verify`) stays at the duty desk (SCOPE)."""
    if d.alert.state.final:
        return "无"
    harm = "人员伤亡" if d.event.topic.startswith("hazard.") else "影响范围"
    lines = [] if d.standing.verified else [f"请责任部门核实{harm}、原因和处置情况并反馈"]
    lines += clocks(d.alert.deadlines, d.now)
    if d.alert.escalate_at is not None and d.alert.escalate_at > d.now:
        lines.append(f"如无人签收，{moment(d.alert.escalate_at)}升级催办")
    return "\n".join(lines) or "无"


def clocks(deadlines: Iterable[Deadline], now: datetime) -> list[str]:
    """The clocks that have run out unmet, then those that run; each kind soonest first."""
    unmet = (replace(c, due_at=c.next_at(now)) if c.every else c for c in deadlines if c.met_at is None)
    waiting = sorted(unmet, key=lambda clock: clock.due_at)
    running = [_running(c) for c in waiting if c.due_at > now]
    # The follow-up clock is a cadence: what stands here is a report itself.
    limits = [c for c in waiting if c.kind is not DeadlineKind.FOLLOW_UP]
    late = [f"{c.kind.chinese}：已超时（应于{moment(c.due_at)}前）" for c in limits if c.due_at <= now]
    return late + running


def _running(clock: Deadline) -> str:
    """A clock that runs; no follow-up is promised where nothing changes."""
    if clock.kind is DeadlineKind.FOLLOW_UP:
        return f"{clock.kind.chinese}：有变化则报，最迟{moment(clock.due_at)}"
    return f"{clock.kind.chinese}：{moment(clock.due_at)}前"
