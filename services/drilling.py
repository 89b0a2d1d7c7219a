"""`minqing drill`: begin a drill in the running service, or in a folder whose service is not running."""

from pathlib import Path
from typing import Any

import httpx

from alerts.drills import Drill
from alerts.errors import AlertError
from services import alone
from services.bootstrap import open_service
from services.clock import RunningClock
from services.errors import ConfigError
from services.settings import Settings, load_settings

_WAITS = 30.0


def begin(folder: Path, drill: Drill) -> str:
    """What came of it, as a sentence. Raises ConfigError with the reason of a refusal."""
    settings = load_settings(folder)
    data = folder / settings.data
    data.mkdir(parents=True, exist_ok=True)
    try:
        alone.hold(data).close()
    except ConfigError:
        return _asked(settings, drill)
    return _alone(folder, drill)


def _asked(settings: Settings, drill: Drill) -> str:
    """By the service that has the folder."""
    listen = settings.listen
    body: dict[str, Any] = {"by": drill.by, "tier": drill.tier.name, "title": drill.title, "topic": drill.topic}
    try:
        answer = httpx.post(f"http://{listen.host}:{listen.port}/api/v1/drills", json=body, timeout=_WAITS)
    except httpx.TransportError as error:
        raise ConfigError(
            [f"{listen.host}:{listen.port} 没有应答；服务正在启动或停止，请稍后再试，或在值班台“值班与演练”页发起。"]
        ) from error
    if answer.is_error:
        raise ConfigError([answer.json().get("detail", "服务拒绝了演练。")])
    return f"{answer.json()['reason']}。预警编号 {answer.json()['alert']['id']}。"


def _alone(folder: Path, drill: Drill) -> str:
    service = open_service(folder, RunningClock())
    try:
        decision = service.drill(drill)
    except AlertError as error:
        raise ConfigError([str(error)]) from error
    finally:
        service.close()
    return f"{decision.reason}。服务未在运行，消息将在运行 minqing run 或 minqing once 后发出。"
