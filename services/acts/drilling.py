"""Drills: their script is read like a real post; `minqing drill` asks the running service, or works without one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from alerts.drills import SOURCE, Drill, Told
from alerts.errors import AlertError
from alerts.model import Decision
from analyzer.facts import document_value
from analyzer.model import FactKind, Tier
from crawlers.model import Authority, Source
from crawlers.privacy import Candidate, Empty, VoiceKey, minimise
from services.acts.findings import require_amounts
from services.bootstrap import Service, open_service
from services.clock import RunningClock
from services.errors import ConfigError, ServiceError
from services.settings import Settings, load_settings
from services.supervision import alone

_WAITS = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What a person writes of a drill: who says what in it, and figures where the text is not to be read for them."""

    by: str
    text: str
    authority: Authority = Authority.OFFICIAL
    figures: Mapping[FactKind, float] = field(default_factory=dict)


def begin(service: Service, script: Script, *, topic: str, tier: Tier | None) -> Decision:
    """A drill begins with what a medium tells: quoted, and not verified. Raises NotAllowed with a sentence."""
    opening = _read(service, replace(script, authority=Authority.MEDIA))
    return service.drill(Drill(topic=topic, tier=tier, opening=opening))


def tell(service: Service, alert_id: str, script: Script, agreed: Tier | None = None) -> Decision:
    """A drill goes on; `agreed` is the tier that its figures are known to raise it to. Raises NotFound, NotAllowed."""
    return service.tell_drill(alert_id, _read(service, script), agreed)


def _read(service: Service, script: Script) -> Told:
    """The script's text without personal data, its places, and its figures as a real post's would be read."""
    require_amounts(script.figures, "假设的")
    source = Source(id=SOURCE, kind=SOURCE, name=SOURCE, url="", authority=script.authority)
    now = service.clock.now()
    try:
        post = minimise(Candidate(text=script.text, own_id=script.text), source, VoiceKey.fleeting(), now)
    except Empty:
        return Told(by=script.by, text="", authority=script.authority)
    (reading,) = service.reader.read_many([post])
    found = {kind: document_value(reading.facts, kind) for kind in {fact.kind for fact in reading.facts}}
    return Told(
        by=script.by,
        text=post.text,
        authority=script.authority,
        figures={**{kind: fact.value for kind, fact in found.items() if fact is not None}, **script.figures},
        places=tuple(reading.places),
    )


def asked(
    folder: Path, script: Script, *, topic: str, tier: Tier | None, alert_id: str = "", agreed: Tier | None = None
) -> str:
    """By the command: what came of it, as a sentence. Raises ConfigError with the reason of a refusal."""
    settings = load_settings(folder)
    data = folder / settings.data
    data.mkdir(parents=True, exist_ok=True)
    try:
        alone.hold(data).close()
    except ConfigError:
        return _of_running(settings, script, topic=topic, tier=tier, alert_id=alert_id, agreed=agreed)
    return _alone(folder, script, topic=topic, tier=tier, alert_id=alert_id, agreed=agreed)


def _of_running(
    settings: Settings, script: Script, *, topic: str, tier: Tier | None, alert_id: str, agreed: Tier | None
) -> str:
    """By the service that has the folder."""
    listen = settings.listen
    body: dict[str, Any] = {"by": script.by, "figures": dict(script.figures)}
    if alert_id:
        path, body = f"/{alert_id}/told", {**body, "text": script.text, "authority": script.authority.value}
        body |= {"agreed": agreed.name} if agreed else {}
    else:
        path, body = "", {**body, "title": script.text, "topic": topic, "tier": tier.name if tier else None}
    try:
        answer = httpx.post(f"http://{listen.host}:{listen.port}/api/v1/drills{path}", json=body, timeout=_WAITS)
    except httpx.TransportError as error:
        raise ConfigError(
            [f"{listen.host}:{listen.port} 没有应答；服务正在启动或停止，请稍后再试，或在值班台“值班与演练”页发起。"]
        ) from error
    if answer.is_error:
        raise ConfigError([answer.json().get("detail", "服务拒绝了演练。")])
    told = answer.json()
    return f"{told['reason']}。预警编号 {told['alert']['id']}。"


def _alone(folder: Path, script: Script, *, topic: str, tier: Tier | None, alert_id: str, agreed: Tier | None) -> str:
    service = open_service(folder, RunningClock())
    try:
        if alert_id:
            decision = tell(service, alert_id, script, agreed)
        else:
            decision = begin(service, script, topic=topic, tier=tier)
    except (AlertError, ServiceError) as error:
        raise ConfigError([str(error)]) from error
    finally:
        service.close()
    number = f"预警编号 {decision.alert.id}。" if decision.alert else ""
    return f"{decision.reason}。{number}服务未在运行，消息将在运行 minqing run 或 minqing once 后发出。"
