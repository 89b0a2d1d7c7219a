"""Connections: one way to open SQLite and PostgreSQL, so that both behave alike."""

import importlib
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from services.errors import plainly
from services.storage.errors import Unreachable

BUSY_SECONDS = 20
"""How long a writer waits for another one; a batch takes well below a second."""
PATIENCE = {
    "lock_timeout": f"{BUSY_SECONDS}s",
    "statement_timeout": "2min",
    "idle_in_transaction_session_timeout": "1min",
}
"""What PostgreSQL waits for at the longest: a lock, a statement's end, the next statement of a transaction."""
CONNECTION = {
    "connect_timeout": 10,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""libpq's: a server that has gone without a word is noticed within about ten seconds (the last in milliseconds)."""
MODE = "mode"
"""Execution option that holds a connection's Mode."""


class Mode(Enum):
    """What a transaction is for; the values are SQLite's settings and its way to begin.

    A writer takes the lock at once: to read first and to write then fails with "locked". A crawl does not wait for
    the disk at each post: a power cut loses its last posts together with all it remembered after them.
    """

    WORK = ("synchronous=FULL", "query_only=OFF", "BEGIN IMMEDIATE")
    CRAWL = ("synchronous=NORMAL", "query_only=OFF", "BEGIN IMMEDIATE")
    VIEW = ("synchronous=FULL", "query_only=ON", "BEGIN")


def make_engine(url: str, holder: str = "") -> Engine:
    """An engine for `sqlite:///folder/file.db` or `postgresql://…`; the folder is made. Raises Unreachable.

    `holder` is what the process is called in the record: its sessions are found by it (`session_of`).
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise Unreachable("数据库地址无法识别，请写成 sqlite:///目录/minqing.db 或 postgresql://…") from error
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() == "postgresql":
        return _postgresql(address, holder)
    raise Unreachable(f"不支持的数据库类型：{address.get_backend_name()}，请用 sqlite 或 postgresql")


def _sqlite(address: URL) -> Engine:
    if not address.database or address.database == ":memory:":
        raise Unreachable("SQLite 数据库须写明文件，例如 sqlite:///var/minqing.db")
    folder = Path(address.database).resolve().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(f"无法建立数据目录 {folder}：{plainly(error)}，请检查权限") from error
    engine = create_engine(address, module=driver(), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def driver() -> ModuleType:
    """SQLite 3.53 of pysqlite3 where there is one: 3.7 to 3.51.2 can corrupt a WAL that is being reset."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3.dbapi2")


def _prepare(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own: `_begin` says how.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get(MODE, Mode.WORK)
    *settings, begin = mode.value
    if connection.info.get(MODE) is not mode:
        for setting in settings:
            connection.exec_driver_sql(f"PRAGMA {setting}")
        connection.info[MODE] = mode
    connection.exec_driver_sql(begin)


def session_of(holder: str) -> str:
    """What a process's sessions are called on the server."""
    return f"minqing {holder}".strip()


def _postgresql(address: URL, holder: str) -> Engine:
    """What the address says itself goes before our own settings, but for the name."""
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    settings = {**CONNECTION, "options": " ".join(f"-c {name}={value}" for name, value in PATIENCE.items())}
    arguments = {name: value for name, value in settings.items() if name not in address.query}
    try:
        return create_engine(
            address, pool_pre_ping=True, connect_args={**arguments, "application_name": session_of(holder)}
        )
    except (ImportError, NoSuchModuleError) as error:
        raise Unreachable("没有安装 PostgreSQL 驱动：请安装 psycopg（pip install 'psycopg[binary]'）") from error
