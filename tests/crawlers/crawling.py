"""Runs a crawl in a child process, as the service does, and brings back what it stored and said."""

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.model import Authority, Source
from tests.contracts.crawl_store import NOW

ROOT = Path(__file__).parents[2]
CONTACT = "duty@minqing.example"

_CHILD = f"""
import functools, logging, pickle, sys
from pathlib import Path
work = Path(sys.argv[1])
logging.basicConfig(level=logging.DEBUG, filename=work / "log.txt")
sources, now, memos, data = pickle.loads((work / "job.pickle").read_bytes())
from crawlers.run import crawl
from tests.contracts.crawl_store import MemoryCrawlStore
store = functools.partial(MemoryCrawlStore, work / "store.json", memos)
visits = crawl(sources, store, data, now, contact={CONTACT!r})
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@dataclass
class Crawled:
    """The store's rows after one crawl, as JSON."""

    posts: list[dict[str, Any]]
    memos: list[Any]
    visits: dict[str, dict[str, Any]]
    quarantined: list[Any]
    work: Path
    stderr: str
    peak_megabytes: float

    @property
    def problems(self) -> str:
        return "\n".join(problem for visit in self.visits.values() for problem in visit["problems"])

    @property
    def titles(self) -> list[str]:
        return [post["title"] for post in self.posts]

    def every_byte(self) -> bytes:
        """All that was written anywhere: store, log, key and budget files, standard error."""
        files = [path for path in self.work.rglob("*") if path.is_file() and path.name != "job.pickle"]
        return b"".join(path.read_bytes() for path in files) + self.stderr.encode()


def a_source(url: str, kind: str = "feed", **changes: Any) -> Source:
    """A source on loopback that may be read."""
    params = {"allow_private_hosts": ["127.0.0.1"], **changes.pop("params", {})}
    given = {"id": kind, "name": "栖川在线", "authority": Authority.MEDIA, **changes}
    return Source(kind=kind, url=url, params=params, **given)


def crawl(
    work: Path, sources: Sequence[Source], *, now: datetime = NOW, memos: dict | None = None, data: Path | None = None
) -> Crawled:
    """Crawl the sources once in a child process."""
    work.mkdir(parents=True, exist_ok=True)
    (work / "job.pickle").write_bytes(pickle.dumps((list(sources), now, memos, data or work / "data")))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _CHILD, str(work)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    stored = json.loads((work / "store.json").read_text(encoding="utf-8"))
    visits = {visit["source_id"]: visit for visit in stored.pop("visits")}
    return Crawled(**stored, visits=visits, work=work, stderr=done.stderr, peak_megabytes=int(done.stdout) / 1000)
