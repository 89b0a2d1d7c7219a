"""A crawl that is killed in the middle: the next one loses nothing and stores nothing twice."""

import pickle
import signal
import subprocess
import sys
import time

from crawlers.model import Authority, Outcome
from tests.contracts.crawl_store import NOW
from tests.crawlers.crawling import CONTACT, ROOT, a_source
from tests.crawlers.journal import JournalCrawlStore
from tests.crawlers.site import Reply, Site
from tests.crawlers.spiders.test_page_list import PARAMS, detail, listing, row

CHILD = f"""
import pickle, sys
from functools import partial
from pathlib import Path
from crawlers.run import crawl
from tests.crawlers.journal import JournalCrawlStore
work = Path(sys.argv[1])
sources, now = pickle.loads((work / "job.pickle").read_bytes())
crawl(sources, partial(JournalCrawlStore, work / "journal"), work / "data", now, contact={CONTACT!r})
"""


def start(work, sources):
    (work / "job.pickle").write_bytes(pickle.dumps((sources, NOW)))
    return subprocess.Popen([sys.executable, "-c", CHILD, str(work)], cwd=ROOT)


def test_a_killed_crawl_is_taken_up_without_loss_or_repetition(tmp_path):
    said = "我叫张伟民，电话13812345678"
    pages = {
        f"/p{n}": Reply(listing(row(2 * n), row(2 * n + 1), more=f'<a class="next" href="/p{n + 1}">下</a>'))
        for n in range(8)
    }
    pages |= {f"/d/{n}.html": Reply(detail(n, said), delay=0.05) for n in range(16)}
    with Site(pages) as site:
        params = {**PARAMS, "next": "a.next", "max_pages": 8, "detail_author": "h1"}
        sources = [a_source(f"{site.url}/p0", "page_list", authority=Authority.PUBLIC, params=params)]
        first = start(tmp_path, sources)
        deadline = time.monotonic() + 30
        while len(site.asked()) < 12 and time.monotonic() < deadline:
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
        first.wait()
        before = JournalCrawlStore(tmp_path / "journal")
        assert 0 < len(before.posts) < 16
        assert start(tmp_path, sources).wait(60) == 0
    after = JournalCrawlStore(tmp_path / "journal")
    assert len(after.posts) == 16
    assert Outcome.REVISED not in after.outcomes
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "张伟民".encode() not in written
    assert b"13812345678" not in written
