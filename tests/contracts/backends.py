"""The record's backends: in memory, a SQLite file, and a private PostgreSQL cluster where one can be had."""

import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from services.storage.database import open_database
from services.storage.memory import MemoryRecord
from tests.contracts.small_disk import SmallDisk

OWNER = "postgres"
"""The server refuses to run as root; Debian's package brings this user."""
_numbers = count(1)


@contextmanager
def opened(backend, folder, cluster=None):
    """A fresh record of this kind."""
    if backend == "memory":
        yield MemoryRecord()
        return
    url = cluster.fresh() if backend == "postgres" else f"sqlite:///{folder / 'minqing.db'}"
    record = open_database(url)
    try:
        yield record
    finally:
        record.dispose()


@cache
def missing():
    """What PostgreSQL tests lack here; an empty string when nothing."""
    if find_spec("psycopg") is None:
        return "没有安装 psycopg"
    if _programs() is None:
        return "没有 PostgreSQL 服务器（apt install postgresql）"
    return ""


def _programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Cluster:
    """A server of our own on a Unix socket: no port to fight for. A test's database is a copy of a migrated one.

    With `room` ("200m") its data stand on a small disk. Raises NoSmallDisk where there can be none.
    """

    def __init__(self, room=""):
        self.folder = Path(tempfile.mkdtemp(prefix="minqing-pg-"))
        self.folder.chmod(0o755)
        data = self.folder / "data"
        data.mkdir()
        self._user = None if Path.home() != Path("/root") else OWNER
        if self._user:
            for place in (self.folder, data):
                shutil.chown(place, self._user)
        self.disk = SmallDisk(data, data.stat().st_uid, room) if room else None
        self._run("initdb", "-D", data, "-A", "trust", "-U", "minqing", "--no-sync", "-E", "UTF8", "--locale=C")
        self.start()
        open_database(self.url("template1")).dispose()

    def start(self):
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", settings, "start")

    def runs(self):
        return self._run("pg_ctl", "-D", self.folder / "data", "status", check=False).returncode == 0

    def halt(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def url(self, name):
        return f"postgresql://minqing@/{name}?host={self.folder}"

    def fresh(self):
        """The address of a new, migrated database."""
        name = f"test_{next(_numbers)}"
        engine = create_engine(self.url("postgres").replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)

    def stop(self):
        if self.runs():
            self.halt()
        if self.disk:
            self.disk.close()
        shutil.rmtree(self.folder)

    def _run(self, program, *arguments, check=True):
        command, user = [str(_programs() / program), *map(str, arguments)], self._user
        if self.disk:
            command, user = [*self.disk.within, f"--reuid={user}", f"--regid={user}", "--clear-groups", *command], None
        return subprocess.run(command, check=check, user=user, cwd=self.folder, stdout=subprocess.DEVNULL)
