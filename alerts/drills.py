"""演练: an exercise that runs through everything a real alert does, over an event that only the drill knows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alerts.beijing import BEIJING
from alerts.errors import NotAllowed
from alerts.reports.dossier import Extras, Statement
from analyzer.model import Basis, Event, EventStatus, FactKind, Figure, Rating, Reason, Tier
from crawlers.model import Authority

SOURCE = "演练脚本"


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """What is supposed to have happened; `figures` are given as claimed."""

    by: str
    tier: Tier
    title: str
    topic: str
    figures: Mapping[FactKind, float] = field(default_factory=dict)


def scene(drill: Drill, at: datetime) -> tuple[Event, Rating]:
    """The supposed event and its rating; the script stands for an official source. Raises NotAllowed."""
    if not drill.title.strip():
        raise NotAllowed("演练必须写明假设的情况，例如“永固仓库火灾”。")
    day = f"{at.astimezone(BEIJING):%Y%m%d}"
    digest = hashlib.sha256(f"drill|{drill.by}|{drill.title}|{at.isoformat()}".encode()).hexdigest()[:10]
    event = Event(
        id=f"E{day}-{digest}",
        title=f"{drill.title.strip()}（演练）",
        topic=drill.topic,
        topics=(drill.topic,),
        status=EventStatus.DRILL,
        first_seen_at=at,
        last_seen_at=at,
        known_at=at,
        by_authority={Authority.OFFICIAL.value: 1},
        figures={kind: Figure(claimed=value) for kind, value in drill.figures.items()},
    )
    reason = Reason(
        criterion="drill",
        tier=drill.tier,
        basis=Basis.CLAIMED,
        source=SOURCE,
        confidence="local",
        threshold=f"设定为{drill.tier.chinese}",
        observed=drill.title.strip(),
    )
    rating = Rating(
        event_id=event.id, event_version=event.version, plan_version="", claimed=drill.tier, reasons=(reason,)
    )
    return event, rating


def extras(drill: Drill, at: datetime, names: Mapping[str, str]) -> Extras:
    """What the drill's reports tell of where it comes from."""
    digest = hashlib.sha256(drill.title.encode()).hexdigest()
    said = Statement(
        post_id=digest, authority=Authority.OFFICIAL, told_at=at, headline=f"{SOURCE}：{drill.title.strip()}"
    )
    return Extras(statements=[said], names=names)
