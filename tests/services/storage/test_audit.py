"""One changed byte anywhere in the log is found; the log refuses to be changed to begin with."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.storage.database import open_database
from tests.builders import at

COLUMNS = ("actor", "action", "target", "note", "previous", "hash")


@pytest.fixture
def log(record):
    """Four lines."""
    with record.unit_of_work() as work:
        for number in range(4):
            work.audit.append(at=at(number), actor="值班员甲", action="搜索", target=f"q/{number}", note="停水，三条")
        work.commit()
    return record


def unguard(record):
    """What somebody does who owns the file."""
    run(record, "DROP TRIGGER audit_no_update")
    run(record, "DROP TRIGGER audit_no_delete")


def run(record, statement):
    with record._engine.begin() as connection:
        return (
            connection.execute(text(statement)).all()
            if statement[:6] == "SELECT"
            else connection.execute(text(statement))
        )


def verify(record):
    with record.view() as view:
        return view.audit.verify()


@pytest.mark.parametrize("statement", ["UPDATE audit SET note = 'x' WHERE seq = 2", "DELETE FROM audit"])
def test_lines_cannot_be_changed_or_deleted(log, statement):
    with pytest.raises(DBAPIError, match="append-only"):
        run(log, statement)
    assert verify(log) is None


@pytest.mark.postgres
@pytest.mark.parametrize("statement", ["UPDATE audit SET note = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_nor_on_postgresql(cluster, statement):
    opened = open_database(cluster.fresh())
    with opened.unit_of_work() as work:
        work.audit.append(at=at(), actor="甲", action="登录", target="console")
        work.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        run(opened, statement)
    opened.dispose()


@pytest.mark.parametrize("column", COLUMNS)
def test_every_changed_byte_is_found(log, column):
    unguard(log)
    ((stored,),) = run(log, f"SELECT CAST({column} AS BLOB) FROM audit WHERE seq = 3")
    with log.unit_of_work() as work:

        def change(to):
            work.transaction.execute(text(f"UPDATE audit SET {column} = CAST(X'{to.hex()}' AS TEXT) WHERE seq = 3"))
            return work.audit.verify()

        for position in range(len(stored)):
            for flip in (1, 0x80):
                changed = bytearray(stored)
                changed[position] ^= flip
                assert change(changed).seq == 3, changed
        assert change(stored) is None


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE audit SET at = at + 1 WHERE seq = 2", 2),
        ("UPDATE audit SET at = 'never' WHERE seq = 2", 2),
        ("UPDATE audit SET at = 1e30 WHERE seq = 2", 2),
        ("UPDATE audit SET seq = 9 WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit", 1),
        ("UPDATE audit_head SET hash = previous FROM audit WHERE audit.seq = 4", 5),
        ("UPDATE audit_head SET seq = 3", 4),
        ("DELETE FROM audit_head", 1),
    ],
)
def test_moved_missing_and_cut_off_lines_are_found(log, statement, line):
    unguard(log)
    run(log, statement)
    broken = verify(log)
    assert broken.seq == line
    assert str(line) in broken.reason


def test_content_cannot_move_from_one_field_into_the_next(log):
    unguard(log)
    run(log, "UPDATE audit SET actor = actor || substr(action, 1, 1), action = substr(action, 2) WHERE seq = 2")
    assert verify(log).seq == 2
