"""What only files have: traces, migrations, power cuts."""

import hashlib
import random
import re
import subprocess
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from services.search.model import SearchQuery
from services.storage.database import open_database
from services.storage.engine import make_engine
from services.storage.errors import Unavailable, Unreachable
from services.storage.migrate import HEAD, config
from services.storage.posts import admit
from services.storage.tables import metadata
from tests.builders import at, post, reading

LENGTHS = (5, 40, 65, 200, 900, 3000)
NUMBERS = count(1)


def raw(url):
    """Every byte of every file in the data folder."""
    return b"".join(path.read_bytes() for path in Path(make_engine(url).url.database).parent.iterdir())


def settle(record, kept, dropped):
    with record.unit_of_work() as work:
        for one in kept:
            work.posts.keep(one, reading(one))
        for one in dropped:
            work.posts.discard(one)
        work.commit()


def numbered(number, length=65):
    name = hashlib.sha256(b"%d" % number).hexdigest()
    return post(f"标记{number:06d}" + "字" * length, id=name, told=at(minutes=number))


@pytest.mark.parametrize("seed", range(2))
def test_no_byte_of_what_was_out_of_scope_is_in_any_file(record, url, seed):
    """Of any length, settled in any order, claimed before or not, while rows grow and move.

    Deleted rows leave copies where pages were balanced: about one in a thousand here, before the checkpoint.
    """
    chance = random.Random(seed)
    waiting, dropped = {}, []
    for _ in range(150):
        arrive(record, chance, waiting)
        batch = chance.sample(sorted(waiting), len(waiting) * 2 // 3)
        gone = {name for name in batch if chance.random() < 0.7}
        posts = {name: waiting.pop(name) for name in batch}
        settle(record, [posts[name] for name in batch if name not in gone], [posts[name] for name in gone])
        dropped += [posts[name] for name in gone]
    told = {one.text[:8].encode() for one in dropped}
    assert told & marks(raw(url))
    assert record.checkpoint()
    after = raw(url)
    assert told & marks(after) == set()
    assert {one.id.encode() for one in dropped} & set(re.findall(rb"(?=([0-9a-f]{64}))", after)) == set()
    assert {one.text[:8].encode() for one in waiting.values()} <= marks(after)


def marks(data):
    """The numbers that `numbered` gave to texts."""
    return set(re.findall("标记".encode() + rb"[0-9]{6}", data))


def arrive(record, chance, waiting):
    """New posts, some of which are claimed; some rows grow, so that SQLite has to move others."""
    with record.unit_of_work() as work:
        for _ in range(chance.randint(5, 40)):
            one = numbered(next(NUMBERS), chance.choice(LENGTHS))
            admit(work.transaction, record._marks, one)
            waiting[one.id] = one
        for name in chance.sample(sorted(waiting), len(waiting) // 4):
            grow = text("UPDATE intake SET document = document || '      ' WHERE id = :id")
            work.transaction.execute(grow, {"id": name})
        work.posts.claim(limit=chance.randint(1, 60), now=at(chance.randint(0, 9)), until=at(chance.randint(9, 12)))
        work.commit()


@pytest.mark.parametrize("seed", range(2))
def test_copies_that_sqlite_leaves_where_rows_moved_are_wiped(record, url, seed):
    """Deleting alone is not enough: without the checkpoint's wiping, two to seven of these texts stay in the file."""
    chance, alive, gone = random.Random(seed), [], set()
    for _ in range(250):
        with record._engine.begin() as connection:
            for _ in range(chance.randint(1, 40)):
                number = next(NUMBERS)
                row = (f"{chance.random()}", f"标记{number:06d}" + "字" * chance.choice(LENGTHS))
                insert = "INSERT INTO intake (id, told_at, collected_at, revision, digest, document)"
                connection.exec_driver_sql(f"{insert} VALUES (?, 1, 1, 1, 1, ?)", row)
                alive.append(row)
            chance.shuffle(alive)
            for _ in range(chance.randint(0, len(alive) * 2 // 3)):
                row = alive.pop()
                if chance.random() < 0.3:
                    grow = "UPDATE intake SET document = document || '又有人说' WHERE id = ?"
                    connection.exec_driver_sql(grow, row[:1])
                else:
                    connection.exec_driver_sql("DELETE FROM intake WHERE id = ?", row[:1])
                    gone.add(row[1][:8].encode())
    assert record.checkpoint()
    assert gone & marks(raw(url)) == set()


def test_a_checkpoint_loses_no_unread_post_and_no_lease(record):
    store = record.crawl_store()
    posts = [numbered(n) for n in range(9)]
    for one in posts:
        store.put(one)
    with record.unit_of_work() as work:
        work.posts.claim(limit=4, now=at(1), until=at(5))
        work.commit()
    record.checkpoint()
    with record.unit_of_work() as work:
        assert work.posts.claim(limit=99, now=at(1), until=at(5)) == posts[4:]
        work.commit()
    store.put(numbered(100))
    with record.unit_of_work() as work:
        assert len(work.posts.claim(limit=99, now=at(6), until=at(9))) == 10
    store.close()


def test_a_long_reader_is_no_harm_to_a_checkpoint(record, url, monkeypatch):
    monkeypatch.setattr("services.storage.engine.BUSY_SECONDS", 0.1)
    impatient = open_database(url)
    with record.view() as view:
        view.events.all()
        settle(impatient, [], [numbered(1)])
        assert not impatient.checkpoint()
    assert impatient.checkpoint()
    impatient.dispose()


def test_no_byte_of_what_was_purged_is_left_after_compacting(record, url):
    old, young = [numbered(n) for n in range(300)], numbered(10**6)
    settle(record, [*old, young], [])
    purged = record.purge(young.collected_at, timedelta(days=30))
    assert (purged.posts, purged.oldest_left) == (300, young.collected_at)
    assert [h.post_id for h in record.search(SearchQuery(text="标记")).hits] == [young.id]
    assert record.compact()
    after = raw(url)
    assert [one.text[:8] for one in old if one.text[:8].encode() in after] == []
    assert young.text[:8].encode() in after


def test_the_folder_is_made_and_the_record_found_again(url):
    first = open_database(url)
    settle(first, [one := numbered(1)], [])
    first.dispose()
    second = open_database(url)
    with second.view() as view:
        assert view.posts.get([one.id]) == [one]
    second.dispose()


def test_many_processes_may_open_a_new_record_at_once(url):
    code = "import sys; from services.storage.database import open_database; open_database(sys.argv[1]).dispose()"
    children = [subprocess.Popen([sys.executable, "-c", code, url], stderr=subprocess.PIPE) for _ in range(6)]
    assert [child.communicate()[1] for child in children] == [b""] * 6
    assert [child.returncode for child in children] == [0] * 6


def test_the_migrations_make_the_tables_of_this_version(record):
    with record._engine.connect() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_heads() == [HEAD]
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
        )
        assert compare_metadata(context, metadata) == []


@pytest.mark.postgres
def test_the_migrations_make_the_tables_of_this_version_on_postgresql(cluster):
    opened = open_database(cluster.fresh())
    test_the_migrations_make_the_tables_of_this_version(opened)
    opened.dispose()


def test_a_record_of_a_later_version_is_not_touched(record, url):
    with record._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unreachable, match="更新的版本"):
        open_database(url)


@pytest.mark.parametrize("address", ["nonsense", "mysql://server/db", "sqlite://", "sqlite:////proc/none/minqing.db"])
def test_a_bad_address_is_said_in_chinese(address):
    with pytest.raises(Unreachable, match="数据"):
        open_database(address)


def test_a_file_that_is_no_database_is_said_in_chinese(tmp_path):
    (tmp_path / "minqing.db").write_text("这不是数据库" * 100)
    with pytest.raises(Unreachable, match="无法打开"):
        open_database(f"sqlite:///{tmp_path / 'minqing.db'}")


def test_a_locked_record_is_unavailable_for_now(record, url, monkeypatch):
    monkeypatch.setattr("services.storage.engine.BUSY_SECONDS", 0.05)
    impatient = open_database(url)
    with record.unit_of_work() as work:
        work.events.all()
        with pytest.raises(Unavailable), impatient.unit_of_work() as other:
            other.events.all()
    impatient.dispose()


@pytest.mark.postgres
def test_no_lock_statement_or_idle_transaction_lets_others_wait_for_ever_on_postgresql(cluster):
    record = open_database(cluster.fresh())
    with record.view() as view:
        for name, wanted in (("lock_timeout", "20s"), ("statement_timeout", "2min")):
            assert view.transaction.execute(text(f"SHOW {name}")).scalar() == wanted
        assert view.transaction.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == "1min"
    record.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("setting", "says"),
    [("lock_timeout=100ms", "lock timeout"), ("statement_timeout=100ms", "statement timeout")],
)
def test_a_row_that_is_locked_is_unavailable_for_now_and_the_address_may_say_how_long(cluster, setting, says):
    url = cluster.fresh()
    record, impatient = open_database(url), open_database(f"{url}&options=-c%20{setting.replace('=', '%3D')}")
    with record.unit_of_work() as work:
        work.beats.take("lead", "a", None)
        work.commit()
    with record.unit_of_work() as work:
        work.beats.raise_("lead", "a")
        with pytest.raises(Unavailable, match=says), impatient.unit_of_work() as other:
            other.beats.raise_("lead", "a")
    for opened in (record, impatient):
        opened.dispose()


@pytest.mark.postgres
def test_a_wipe_does_not_queue_everybody_up_behind_a_long_reader(cluster):
    record = open_database(cluster.fresh())
    with record.view() as view:
        view.posts.oldest(at())
        assert record.checkpoint() is False
    assert record.checkpoint() is True
    record.dispose()


def test_a_view_cannot_write(record):
    with record.view() as view:
        view.posts.discard(numbered(1))
        with pytest.raises(Unavailable):
            view.commit()


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("SELECT seq FROM intake WHERE lease_until IS NULL ORDER BY told_at, id LIMIT 9", "intake_told"),
        ("SELECT document FROM alerts WHERE due_at <= 5 ORDER BY due_at, id LIMIT 9", "alerts_due"),
        ("SELECT document FROM alerts WHERE final = 0 ORDER BY opened_at, id", "alerts_open"),
        ("SELECT document FROM ratings WHERE event_id = 'e' ORDER BY seq DESC LIMIT 1", "ratings_event"),
        ("SELECT document FROM reports WHERE kind = 'first' ORDER BY seq DESC LIMIT 9", "reports_kind"),
        ("SELECT seq FROM posts WHERE collected_at >= 5 ORDER BY collected_at LIMIT 1", "posts_collected"),
        ("SELECT * FROM posts WHERE told_at >= 5 ORDER BY told_at, id", "posts_told"),
        ("SELECT * FROM tallies WHERE day = '2026-11-03'", "tallies_day"),
    ],
)
def test_every_query_has_its_index(record, statement, index):
    assert index in plan(record, statement)


def test_a_claim_of_messages_reads_them_in_order_without_sorting(record):
    seen = []
    event.listen(record._engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    with record.unit_of_work() as work:
        work.outbox.claim(limit=9, now=at(), until=at(1))
    (claim,) = [statement for statement in seen if "UPDATE notifications" in statement]
    found = plan(record, claim.replace("?", "5"))
    assert "notifications_waiting" in found
    assert "TEMP B-TREE" not in found


def plan(record, statement):
    with record._engine.connect() as connection:
        return " ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"))
