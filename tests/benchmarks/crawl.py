"""Collection as the service runs it, into SQLite: pages from 20 hosts, and a feed of 10,000 items; masking alone."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

import orjson

from crawlers.masking import mask_many
from services.folder.init import write_folder
from services.ports import Tally
from services.storage.database import open_database
from tests.benchmarks._pages import Pages, serving
from tests.benchmarks._process import Cost, python
from tests.crawlers.planted import negatives, positives

HOSTS = [f"127.0.0.{number}" for number in range(11, 31)]
PAGES_A_HOST = 150
FEED_ITEMS = 10_000
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
_CLEAN, _PLANTED = [case.text for case in negatives()], [case.text for case in positives()]
_CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from services.sourcing.crawl import crawl_folder
crawl_folder(Path(sys.argv[1]), set(sys.argv[3:]), datetime.fromisoformat(sys.argv[2]))
"""


def measure(out: Path) -> dict[str, object]:
    """Wall times grow with whatever else the machine does; CPU seconds do not."""
    del out
    idle = _crawled(lambda _host, _path: b"<rss/>", "feed", "/feed", HOSTS[:1])[0]
    pages, stored = _crawled(_page, "page_list", "/", HOSTS)
    feed, items = _crawled(_feed, "feed", "/feed", HOSTS[:1])
    return {
        "start and end of a run, seconds": round(idle.wall, 2),
        "pages stored": stored,
        "pages/s": round(stored / (pages.wall - idle.wall)),
        "pages/s of one core": round(stored / (pages.cpu - idle.cpu)),
        "pages peak MB": round(pages.peak_mb),
        "feed items stored": items,
        "feed seconds": round(feed.wall - idle.wall, 2),
        "feed cpu seconds": round(feed.cpu - idle.cpu, 2),
        "feed peak MB": round(feed.peak_mb),
        "masked posts/s of one core": _masking(),
    }


def _crawled(pages: Pages, kind: str, path: str, hosts: list[str]) -> tuple[Cost, int]:
    """What one run over these hosts cost, and how many posts are in the record after it."""
    with tempfile.TemporaryDirectory() as name, serving(pages, hosts) as addresses:
        folder = Path(name)
        write_folder(folder)
        sources = [
            {
                "id": f"s{number}",
                "kind": kind,
                "name": f"来源{number}",
                "url": f"http://{address}{path}",
                "authority": "media",
                "params": {"allow_private_hosts": [address]} | ({"items": "li"} if kind == "page_list" else {}),
            }
            for number, address in enumerate(addresses)
        ]
        (folder / "sources.yaml").write_bytes(orjson.dumps({"sources": sources}))
        (folder / "settings.yaml").write_text("contact: duty@minqing.example\n", encoding="utf-8")
        open_database(f"sqlite:///{folder / 'data' / 'minqing.db'}").dispose()
        cost = python("-c", _CHILD, folder, NOW.isoformat(), *(source["id"] for source in sources))
        database = open_database(f"sqlite:///{folder / 'data' / 'minqing.db'}")
        with database.view() as uow:
            read = uow.sources.tallies().get("", Tally())
        database.dispose()
    return cost, read.read - read.duplicates


def _page(_host: str, path: str) -> bytes | None:
    return _article(path) if path == "/" or path.startswith("/a/") else None


@cache
def _article(path: str) -> bytes:
    if path == "/":
        entries = "".join(f'<li><a href="/a/{n}.html">栖川区通报第{n}号</a></li>' for n in range(PAGES_A_HOST))
        return f"<html><body><ul>{entries}</ul></body></html>".encode()
    links = "".join(f'<li><a href="/c/{n}">栏目{n}</a></li>' for n in range(40))
    said = "".join(f"<p>{''.join(_some(Random(f'{path}{n}'), 3))}</p>" for n in range(5))
    return (
        f"<html><head><title>通报</title></head><body><nav><ul>{links}</ul></nav><h1>{path}</h1>"
        f'<span class="time">2026-11-19 08:30</span><article>{said}</article><footer>{links}</footer></body></html>'
    ).encode()


def _feed(host: str, path: str) -> bytes | None:
    if path != "/feed":
        return None
    items = "".join(
        f"<item><title>通报{n}</title><link>http://{host}/{n}</link><pubDate>Thu, 19 Nov 2026 08:30:00 +0800</pubDate>"
        f"<description>{''.join(_some(Random(n), 4))}</description></item>"
        for n in range(FEED_ITEMS)
    )
    return f'<rss version="2.0"><channel><title>快讯</title>{items}</channel></rss>'.encode()


def _some(rng: Random, count: int) -> Iterator[str]:
    """Sentences of which one in ten holds personal data."""
    for _ in range(count):
        text = rng.choice(_PLANTED if rng.random() < 0.1 else _CLEAN)
        yield text.replace("<", "").replace("&", "")


def _masking() -> int:
    """Posts of two sentences, about 35 characters, masked 64 at a time."""
    rng = Random(1)
    posts = ["".join(_some(rng, 2)) for _ in range(20_000)]
    mask_many(posts[:1])
    began = time.process_time()
    for start in range(0, len(posts), 64):
        mask_many(posts[start : start + 64])
    return round(len(posts) / (time.process_time() - began))
