"""Housekeeping by hand: `minqing audit`, `minqing purge`, `minqing reindex`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.voices import destroy_expired
from services.clock import RunningClock
from services.settings import load_settings
from services.storage.database import Database, open_database


@contextmanager
def record(folder: Path) -> Iterator[Database]:
    """The record of a service folder. Raises ConfigError."""
    settings = load_settings(folder)
    database = open_database(settings.database or f"sqlite:///{folder / settings.data / 'minqing.db'}")
    try:
        yield database
    finally:
        database.dispose()


def verify_audit(folder: Path) -> str:
    """What is wrong with the audit log, in a sentence; empty when nothing is."""
    with record(folder) as database, database.view() as uow:
        broken = uow.audit.verify()
    return broken.reason if broken else ""


def audit_end(folder: Path) -> str:
    """How far the audit log reaches. Noted elsewhere, it shows whether the whole chain has been written anew since."""
    with record(folder) as database, database.view() as uow:
        last = next(iter(uow.audit.entries(limit=1)), None)
    return f"共{last.seq}条，末条校验码 {last.hash[:16]}" if last else "共0条"


def purge_folder(folder: Path, now: datetime | None) -> str:
    """Delete what is older than the retention time, for good; the proof as a sentence."""
    settings = load_settings(folder)
    days, moment = settings.retention_days, RunningClock(now).now()
    destroy_expired(folder / settings.data, moment)
    with record(folder) as database:
        done = database.purge(moment, timedelta(days=days))
        database.compact()
    left = f"{done.oldest_left:%Y-%m-%d}" if done.oldest_left else "无"
    return f"已删除超过{days}天的帖文{done.posts}条、隔离内容{done.quarantined}条；现存最早的帖文：{left}。"


def reindex_folder(folder: Path) -> str:
    """Build the search index anew."""
    with record(folder) as database:
        return f"已重建全文索引，共{database.reindex()}条帖文。"
