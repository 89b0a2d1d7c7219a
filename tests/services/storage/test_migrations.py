"""A record of an earlier version is brought to this one with what it holds."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from services.storage import codec
from services.storage.database import open_database
from services.storage.engine import make_engine
from services.storage.migrate import config
from tests.builders import event

TOLD = [
    event(id="E1", voices=2),
    event(id="E2", voices=3),
    event(id="E3", voices=1, by_authority={"public": 1, "media": 1}),
    event(id="E4", voices=1, by_authority={"official": 1}),
    event(id="E5", voices=1, confirmed=True),
    event(id="E6", voices=9, merged_into="E2"),
]


def begun(url):
    """A record as it was before events that may be shown were told apart."""
    engine = make_engine(url)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
        for one in TOLD:
            row = {"id": one.id, "at": str(one.last_seen_at), "document": codec.encode(one)}
            connection.execute(text("INSERT INTO events VALUES (:id, :at, :at, :document)"), row)
    engine.dispose()


def test_events_that_may_be_shown_are_known_after_an_upgrade(tmp_path):
    url = f"sqlite:///{tmp_path / 'minqing.db'}"
    Path(make_engine(url).url.database).touch()
    check(url)


@pytest.mark.postgres
def test_events_that_may_be_shown_are_known_after_an_upgrade_of_postgresql(cluster):
    url = cluster.fresh()
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    check(url)


def check(url):
    begun(url)
    record = open_database(url)
    with record.view() as work:
        assert [one.id for one in work.events.corroborated()] == ["E2", "E3", "E4", "E5"]
        assert work.events.all() == TOLD
    record.dispose()
