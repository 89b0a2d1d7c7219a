"""Bringing a database to the schema of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from services.storage.engine import MODE, Mode
from services.storage.errors import Unreachable

HEAD = "0002"
"""The newest revision under migrations/versions."""
_LOCK = text("SELECT pg_advisory_xact_lock(7246390)")
_UNHURRIED = text("SELECT set_config(name, '0', true) FROM (VALUES ('statement_timeout'), ('lock_timeout')) AS s(name)")


def migrate(engine: Engine) -> None:
    """Upgrade under a lock; processes that come at the same time wait. Raises Unreachable."""
    try:
        with engine.connect().execution_options(**{MODE: Mode.VIEW}) as connection:
            if _revision(connection) == HEAD:
                return
        # On SQLite the transaction itself is the lock: it begins as a writer.
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(_UNHURRIED)
                connection.execute(_LOCK)
            _upgrade(connection)
    except DBAPIError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise Unreachable(f"数据库 {place} 无法打开（{error.orig}），请检查地址、权限和磁盘空间。") from error


def config(connection: Connection) -> Config:
    """Alembic's view of the package."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection) -> None:
    current = _revision(connection)
    if current is not None and current > HEAD:
        raise Unreachable(f"数据库由更新的版本建立（{current}，本程序为 {HEAD}），请升级程序后再打开。")
    if current != HEAD:
        command.upgrade(config(connection), "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
