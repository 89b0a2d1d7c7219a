"""`minqing backup`: configuration and record as one file, and back from it; kept no longer than the texts inside."""

import os
import tarfile
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from alerts.beijing import BEIJING
from services.clock import RunningClock
from services.errors import ConfigError, plainly
from services.folder.config import editable, edited
from services.folder.init import FILES
from services.settings import load_settings
from services.upkeep import record

SETTINGS = "settings.yaml"
OWN = ("templates",)
"""What a service folder may hold besides the files that `minqing init` writes."""
NAME = "minqing-{:%Y%m%dT%H%M%S}.tar.gz"
_PATTERN = "minqing-????????T??????.tar.gz"


def backup(folder: Path, into: Path, now: datetime | None = None) -> list[str]:
    """Write a backup into a folder, also while the service runs; a sentence for what was written and what has gone.

    Backups there that are older than the retention time are deleted: they hold texts that are to be kept no longer.
    The voice key, the log and what is still unread stay out. Raises ConfigError.
    """
    settings = load_settings(folder)
    if settings.database and not settings.database.startswith("sqlite"):
        raise ConfigError(["PostgreSQL 请用 pg_dump 备份；配置文件另行复制。备份的保存期不得超过 retention_days。"])
    moment = RunningClock(now).now()
    written = into / NAME.format(moment.astimezone(BEIJING))
    try:
        into.mkdir(parents=True, exist_ok=True)
        _write(folder, written, settings.data)
        gone = _expire(into, moment - timedelta(days=settings.retention_days))
    except OSError as error:
        raise ConfigError([f"不能写入备份 {written}：{plainly(error)}，请换一个位置。"]) from error
    said = [f"已备份到 {written}（{written.stat().st_size / 2**20:.1f} MB），恢复方法见 docs/running.md。"]
    return said + ([f"已删除超过{settings.retention_days}天的旧备份{gone}份。"] if gone else [])


def _write(folder: Path, written: Path, data: Path) -> None:
    """The file appears whole or not at all, readable by its owner alone: the roster has telephone numbers."""
    with tempfile.TemporaryDirectory(dir=written.parent, prefix=".minqing-") as room:
        copy, part = Path(room, "minqing.db"), Path(room, written.name)
        with record(folder) as database:
            database.copy_to(copy)
        settings = Path(room, SETTINGS)
        settings.write_text(_at_home(folder / SETTINGS), encoding="utf-8")
        with part.open("xb") as stream, tarfile.open(fileobj=stream, mode="w:gz") as archive:
            for name in (*FILES, *OWN):
                if (folder / name).exists():
                    archive.add(settings if name == SETTINGS else folder / name, name)
            archive.add(copy, str(Path("data" if data.is_absolute() else data, copy.name)))
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o600)
        part.replace(written)


def _at_home(settings: Path) -> str:
    """The settings without where else the record is kept: what comes back reads its own. Comments are kept."""
    told = editable(settings)
    if not told:  # Comments alone: all is as it is by default.
        return settings.read_text(encoding="utf-8-sig")
    told.pop("database", None)
    if Path(told.get("data", "")).is_absolute():
        del told["data"]
    return edited(told)


def _expire(into: Path, before: datetime) -> int:
    """Delete the backups made before this moment; how many."""
    old = [path for path in into.glob(_PATTERN) if path.name < NAME.format(before.astimezone(BEIJING))]
    for path in old:
        path.unlink()
    return len(old)
