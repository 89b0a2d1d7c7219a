"""A process killed in the middle of anything leaves a whole record; what it had claimed comes back."""

import random
import subprocess
import sys
import time
from collections import defaultdict

import pytest
from sqlalchemy import text

from alerts.model import ReportKind
from crawlers.model import Outcome
from services.search.model import SearchQuery
from services.storage.database import open_database
from tests.builders import at, post
from tests.services.storage import victim

KILLS = 6


@pytest.mark.parametrize("backend", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_nothing_committed_is_lost_and_nothing_is_half_done(backend, url, request):
    if backend == "postgres":
        url = request.getfixturevalue("cluster").fresh()
    chance, said = random.Random(7), defaultdict(list)
    for run in range(KILLS):
        for word, name in killed(url, run, after=chance.uniform(0.02, 0.3)):
            said[word].append(name)
    assert len(said["put"]) > KILLS
    record = open_database(url)
    check_whole(record, backend)
    check_nothing_lost(record, said)
    check_leases_run_out(record)
    record.dispose()


def killed(url, run, *, after):
    """What a process said before it was killed."""
    command = [sys.executable, victim.__file__, url, str(run)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    first = child.stdout.readline()
    time.sleep(after)
    child.kill()
    rest = child.communicate()[0].splitlines(keepends=True)
    return [line.split() for line in (first, *rest) if line.endswith("\n")]


def check_whole(record, backend):
    with record.view() as view:
        reports = view.reports.latest(ReportKind.FIRST, limit=10**6)
        assert [r.number for r in reports[::-1]] == [f"首报〔2026〕{n}号" for n in range(1, len(reports) + 1)]
        messages = view.outbox.all(limit=10**6)
        assert {n.report_id for n in messages} == {r.id for r in reports}
        kept = set(view.events.member_ids("E1"))
        assert {f"R{name}" for name in kept} == {r.id for r in reports}
        assert len(view.posts.get(kept)) == len(kept)
        assert view.audit.verify() is None
        assert len(view.audit.entries(limit=10**6)) == len(reports)
        assert view.sources.tallies()[""].kept == len(kept)
    if backend == "sqlite":
        found = record.search(SearchQuery(text="小区停水", limit=10**6)).hits
        assert {hit.post_id for hit in found} == kept
        with record._engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def check_nothing_lost(record, said):
    store = record.crawl_store()
    texts = {name: "第{}次第{}条：小区停水".format(*name.split("-")) for name in said["put"]}
    assert {store.put(post(texts[name], id=name)) for name in said["put"]} == {Outcome.DUPLICATE}
    store.close()
    with record.view() as view:
        kept = [name for name in said["read"] if not name.endswith("0")]
        assert len(view.posts.get(kept)) == len(kept)
        assert {view.outbox.get(name).state.value for name in said["sent"]} <= {"sent"}


def check_leases_run_out(record):
    """Another worker finishes what the dead ones had begun."""
    late = at(2 * 10**4)
    with record.unit_of_work() as work:
        posts = work.posts.claim(limit=10**6, now=late, until=at(3 * 10**4))
        for one in posts:
            work.posts.discard(one)
        waiting = work.outbox.waiting()
        assert len(work.outbox.claim(limit=10**6, now=late, until=at(3 * 10**4))) == waiting
        work.commit()
    with record.view() as view:
        tally = view.sources.tallies()[""]
        assert tally.read - tally.duplicates == tally.kept + tally.out_of_scope
