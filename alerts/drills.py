"""演练: an exercise that runs through everything a real alert does, over an event that only the drill knows."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.beijing import BEIJING
from alerts.errors import NotAllowed
from alerts.model import Alert, LogEntry
from alerts.reports.dossier import Statement
from analyzer.model import VOICES_NEEDED, Basis, Event, EventStatus, FactKind, Figure, Place, Rating, Reason, Tier
from analyzer.plan import Plan
from analyzer.rating import rate
from crawlers.model import Authority

SOURCE = "演练脚本"
_CRITERION = "drill"
_TOLD = "told_"
_SPEAKERS = {Authority.OFFICIAL: "官方", Authority.MEDIA: "媒体", Authority.PUBLIC: "公众"}
_CLAUSE_ENDS = re.compile(r"[，。；,;\n]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the drill's script has somebody say. An official source's `figures` are verified, all others claimed."""

    by: str
    text: str
    authority: Authority = Authority.OFFICIAL
    figures: Mapping[FactKind, float] = field(default_factory=dict)
    places: tuple[Place, ...] = ()

    def line(self, alert: Alert, at: datetime) -> LogEntry:
        """How the history keeps it: as what is supposed, by whom."""
        note = f"假设{_SPEAKERS[self.authority]}称：{self.text}"
        return LogEntry(at=at, actor=self.by, action=f"{_TOLD}{self.authority.value}", note=note, alert_id=alert.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """What is supposed to have happened: `opening` is what the desk is told first, its figures as claimed.

    Without a `tier` the plan rates the figures.
    """

    topic: str
    opening: Told
    tier: Tier | None = None

    @property
    def title(self) -> str:
        """What it is about: the first clause of what the desk is told."""
        return _CLAUSE_ENDS.split(self.opening.text.strip())[0]


def scene(drill: Drill, at: datetime) -> Event:
    """The supposed event; the script is quoted as a medium is. Raises NotAllowed."""
    if not drill.title:
        raise NotAllowed("演练必须写明假设的情况，例如“永固仓库火灾”。")
    day = f"{at.astimezone(BEIJING):%Y%m%d}"
    digest = hashlib.sha256(f"drill|{drill.opening.by}|{drill.title}|{at.isoformat()}".encode()).hexdigest()[:10]
    return Event(
        id=f"E{day}-{digest}",
        title=f"{drill.title}（演练）",
        topic=drill.topic,
        topics=(drill.topic,),
        places=drill.opening.places,
        status=EventStatus.DRILL,
        first_seen_at=at,
        last_seen_at=at,
        known_at=at,
        posts=1,
        by_authority={drill.opening.authority.value: 1},
        figures={kind: Figure(claimed=value) for kind, value in drill.opening.figures.items()},
    )


def develop(event: Event, told: Told, at: datetime) -> Event:
    """The event after somebody has said more. Raises NotAllowed."""
    if not told.text.strip():
        raise NotAllowed("请写明演练中新来的情况，例如“消防通报：已造成3人死亡”。")
    said = _mark(told.text, at)
    figures = {
        kind: _figure(event.figures.get(kind, Figure()), told, value, said, at) for kind, value in told.figures.items()
    }
    key, people = told.authority.value, VOICES_NEEDED if told.authority is Authority.PUBLIC else 1
    return replace(
        event,
        places=event.places or told.places,
        figures={**event.figures, **figures},
        posts=event.posts + people,
        by_authority={**event.by_authority, key: event.by_authority.get(key, 0) + people},
        voices=event.voices + people if told.authority is Authority.PUBLIC else event.voices,
        last_seen_at=at,
        version=event.version + 1,
    )


def _figure(before: Figure, told: Told, value: float, said: str, at: datetime) -> Figure:
    if told.authority is not Authority.OFFICIAL:
        return replace(before, claimed=value, evidence=(said,))
    claimed = before.claimed if before.claimed is not None and before.claimed > value else value
    return replace(before, claimed=claimed, verified=value, verified_evidence=(said,), verified_at=at)


def rated(event: Event, plan: Plan, now: datetime, tier: Tier | None) -> Rating:
    """The supposed event held against the plan as if it were real, and what the script supposes beside it."""
    real = rate(replace(event, status=EventStatus.ACTIVE), plan, now)
    if tier is None:
        return real
    reason = Reason(
        criterion=_CRITERION,
        tier=tier,
        basis=Basis.CLAIMED,
        source=SOURCE,
        confidence="local",
        threshold=f"设定为{tier.chinese}",
        observed=event.title.removesuffix("（演练）"),
    )
    reasons = sorted((reason, *real.reasons), key=lambda r: -r.tier)
    return replace(real, claimed=max(filter(None, (tier, real.claimed))), reasons=tuple(reasons))


def supposed(rating: Rating) -> Tier | None:
    """The tier that the script supposed at the beginning."""
    return next((reason.tier for reason in rating.reasons if reason.criterion == _CRITERION), None)


def acts(history: Iterable[LogEntry]) -> list[LogEntry]:
    """The history without what was only supposed to be said."""
    return [line for line in history if not line.action.startswith(_TOLD)]


def statements(history: Iterable[LogEntry]) -> Iterator[Statement]:
    """What has been said in the drill, as its reports tell of it."""
    for line in history:
        if line.action.startswith(_TOLD):
            authority = Authority(line.action.removeprefix(_TOLD))
            said = line.note.partition("：")[2]
            yield Statement(
                post_id=_mark(said, line.at),
                authority=authority,
                told_at=line.at,
                headline="" if authority is Authority.PUBLIC else f"{SOURCE}：{said}",
            )


def _mark(text: str, at: datetime) -> str:
    """What stands for a post's id."""
    return hashlib.sha256(f"{text}|{at.isoformat()}".encode()).hexdigest()
