"""`minqing source quarantine`: what could not be read and was put aside, and reading it again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

from alerts.beijing import BEIJING
from crawlers.model import Source
from services.errors import ConfigError
from services.folder.sources import load_sources
from services.ports import Excerpt, SourceState
from services.settings import load_settings
from services.sourcing import crawling
from services.storage.database import Database
from services.supervision import alone
from services.upkeep import record

ACTOR = "本机"


def listed(folder: Path, source_id: str | None, now: datetime) -> Iterator[str]:
    """What is in quarantine, newest first. Raises ConfigError."""
    sources = _sources(folder, source_id)
    with record(folder) as database:
        held = _looked(database, source_id, "view quarantine", now)
    for one in held:
        yield _line(one, sources)
        if one.excerpt:
            yield f"    {one.excerpt}"
    yield f"共{len(held)}项。" if held else "没有被隔离的内容。"


def replay(folder: Path, source_id: str | None, now: datetime) -> Iterator[str]:
    """Let the sources read again what is in quarantine, and say what became of each. Raises ConfigError.

    Where the service is running, that is left to its next crawl.
    """
    sources = _sources(folder, source_id)
    with record(folder) as database:
        held = _looked(database, source_id, "replay quarantine", now)
        wanted = [source for key, source in sources.items() if any(one.source_id == key for one in held)]
        with database.unit_of_work() as uow:
            for source in wanted:
                uow.sources.reread(source.id)
            uow.commit()
        crawled = not wanted or _crawled(folder, wanted, now)
        with database.view() as uow:
            left, states = uow.sources.excerpts(source_id), uow.sources.states()
    if not crawled:
        yield f"服务正在运行：{len(wanted)}个来源下次采集时重读，之后用 minqing source quarantine list 查看结果。"
        return
    for one in held:
        yield f"{_line(one, sources)} → {_outcome(one, left, sources, states)}"
    if not held:
        yield "没有被隔离的内容。"


def _sources(folder: Path, source_id: str | None) -> Mapping[str, Source]:
    sources = {source.id: source for source in load_sources(folder / "sources.yaml")}
    if source_id is not None and source_id not in sources:
        raise ConfigError([f"sources.yaml 中没有编号为“{source_id}”的来源，现有 {'、'.join(sources)}。"])
    return sources


def _looked(database: Database, source_id: str | None, action: str, now: datetime) -> Sequence[Excerpt]:
    """What is in quarantine; that somebody looked is remembered."""
    with database.unit_of_work() as uow:
        held = uow.sources.excerpts(source_id)
        uow.audit.append(at=now, actor=ACTOR, action=action, target=source_id or "")
        uow.commit()
    return held


def _crawled(folder: Path, sources: Sequence[Source], now: datetime) -> bool:
    """Visit the sources at once; False where the service has the folder."""
    settings = load_settings(folder)
    try:
        hold = alone.hold(folder / settings.data)
    except ConfigError:
        return False
    with hold:
        crawling.run(folder, settings, sources, now, Event())
    return True


def _outcome(
    one: Excerpt, left: Iterable[Excerpt], sources: Mapping[str, Source], states: Mapping[str, SourceState]
) -> str:
    """What became of it: gone, put aside again, or not reached."""
    if one.source_id not in sources:
        return "来源已不在 sources.yaml 中，到期自动删除"
    same = next((new for new in left if (new.source_id, new.reason) == (one.source_id, one.reason)), None)
    if same is None:
        return "已重读，没有再出现此问题"
    if same.at != one.at:
        return "已重读，仍读不懂，继续隔离"
    state = states.get(one.source_id)
    return f"这次没有读到，下次采集再读。{state.problem if state else ''}"


def _line(one: Excerpt, sources: Mapping[str, Source]) -> str:
    source = sources.get(one.source_id)
    return f"{one.at.astimezone(BEIJING):%m-%d %H:%M}  {source.name if source else one.source_id}：{one.reason}"
