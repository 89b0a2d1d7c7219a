"""Whoever speaks in any kind of source is in no byte on disk, also when the crawl is killed in the middle."""

import re
import signal
import subprocess
import sys
import time

import pytest

from services.storage.database import open_database
from tests.crawlers.crawling import ROOT
from tests.services.desk import a_folder
from tests.services.sourcing.town_square import ITEMS, NOW, Square

CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from services.sourcing.crawl import crawl_folder
kinds = ["feed", "page_list", "json_api", "cap", "sitemap", "forum", "mastodon", "file_drop"]
crawl_folder(Path(sys.argv[1]), kinds, datetime.fromisoformat(sys.argv[2]))
"""
CLEAN = {"feed", "cap", "sitemap", "forum", "mastodon"}
"""Kinds whose pages hold nothing unreadable."""


@pytest.fixture
def square(tmp_path):
    made = Square(tmp_path / "drop")
    with made.site:
        yield made


def start(folder):
    command = [sys.executable, "-c", CHILD, str(folder), NOW]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def found(square, data):
    """Traces that stand in these bytes, in any encoding a file may have."""
    forms = {trace: {trace.encode(form) for form in ("utf-8", "gb18030", "utf-16-le")} for trace in all_traces(square)}
    forms = {trace: forms[trace] | {trace.encode("ascii", "backslashreplace")} for trace in forms}
    return sorted(trace for trace, written in forms.items() if any(form in data for form in written))


def all_traces(square):
    return {trace for one in square.people for trace in one.traces} | {"203.0.113.77"}


def on_disk(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def stored(folder):
    record = open_database(f"sqlite:///{folder / 'data' / 'minqing.db'}")
    with record.view() as view:
        counts = {key: tally.read for key, tally in view.sources.tallies().items()}
        states, excerpts = view.sources.states(), view.sources.excerpts()
    record.dispose()
    return counts, states, excerpts


def test_no_trace_of_anybody_is_on_disk_however_the_crawl_ends(tmp_path, square):
    folder = a_folder(tmp_path / "desk", sources=square.sources, mail=9)
    child = start(folder)
    deadline = time.monotonic() + 60
    while len(square.site.asked()) < 16 and time.monotonic() < deadline:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    said = child.communicate()[0]
    # Before the record is opened again: its write-ahead log is as the dead process left it.
    left = on_disk(folder) + said
    assert found(square, left) == []
    counts, _, _ = stored(folder)
    assert 0 < counts[""] < 8 * ITEMS

    command = [sys.executable, "-m", "services.cli", "once", str(folder), "--now", NOW]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)

    counts, states, excerpts = stored(folder)
    assert {kind: states[kind].problem for kind in CLEAN} == dict.fromkeys(CLEAN, "")
    assert {key: number for key, number in counts.items() if number < ITEMS} == {}
    assert {one.source_id for one in excerpts} == {"page_list", "json_api", "file_drop"}
    assert any(one.excerpt for one in excerpts)
    assert found(square, on_disk(folder) + done.stdout + done.stderr) == []
    assert re.search("柳荫小区停水".encode(), on_disk(folder))


def test_the_search_would_find_a_trace(tmp_path, square):
    """In the dropped files themselves everybody stands."""
    dropped = b"".join((tmp_path / "drop" / name).read_bytes() for name in ("a.csv", "c.jsonl"))

    names = {one.name for one in square.people}
    assert len(names & set(found(square, dropped))) >= ITEMS // 2 + 1
