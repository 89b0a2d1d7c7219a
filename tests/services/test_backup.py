import re
import stat
import tarfile
from datetime import timedelta

import pytest

from crawlers.model import Memo, Outcome
from services import backup as backups
from services.backup import backup
from services.errors import ConfigError
from services.search.model import SearchQuery
from services.storage.database import open_database
from services.upkeep import audit_end, verify_audit
from tests.builders import NOON, at, post
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def folder(tmp_path, sink):
    return a_folder(tmp_path / "desk", mail=sink.port)


@pytest.fixture
def service(folder):
    with opened(folder) as running:
        tell(running, *a_fire("a", "b", "c"))
        running.looked("operator_a", "search", "永固仓库")
        yield running


def restored(archive, into):
    with tarfile.open(archive) as packed:
        packed.extractall(into, filter="data")
    return into


def test_a_desk_goes_on_from_a_backup_that_was_made_while_it_ran(service, folder, tmp_path):
    said = backup(folder, tmp_path / "backups", NOON)
    (archive,) = (tmp_path / "backups").iterdir()
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.close()

    again = restored(archive, tmp_path / "again")
    with opened(again) as other:
        with other.view() as uow:
            assert uow.alerts.all() == [alert]
        assert other.processor.engine.event(alert.event_id, at()).voices == 3
        assert other.search(SearchQuery(text="永固仓库")).hits
        tell(other, *a_fire("a", "b", "c", "d")[3:])
        assert other.processor.engine.event(alert.event_id, at()).voices == 4
    assert verify_audit(again) == ""
    assert re.fullmatch(r"共[1-9]\d*条，末条校验码 [0-9a-f]{16}", audit_end(again))
    assert str(archive) in said[0]


def test_it_holds_all_that_was_configured_and_nothing_that_must_die(service, folder, tmp_path):
    (folder / "templates").mkdir()
    (folder / "templates" / "report.txt.j2").write_text("{{ report.title }}", encoding="utf-8")
    unread = post("没有研判过的一条，多半在范围之外")
    store = service.database.crawl_store()
    store.put(unread)
    store.close()
    (service.data / "voice.key").write_text("secret of the day", encoding="utf-8")
    backup(folder, tmp_path / "backups", NOON)

    (archive,) = (tmp_path / "backups").iterdir()
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    again = restored(archive, tmp_path / "again")
    names = {str(path.relative_to(again)) for path in again.rglob("*") if path.is_file()}
    assert names == {
        *backups.FILES,
        "templates/report.txt.j2",
        "data/minqing.db",
    }
    assert unread.text.encode() not in (again / "data" / "minqing.db").read_bytes()
    record = open_database(f"sqlite:///{again / 'data' / 'minqing.db'}")
    with record.view() as uow:
        assert uow.posts.oldest(at(9)) is None
    record.dispose()


def test_pages_whose_posts_were_unread_are_read_again_from_a_backup(service, folder, tmp_path):
    """Remembered as read, with the post left out of the copy, nobody would ever have heard of it."""
    waiting = post("刚采到、还没有研判的一条", source_id="media")
    store = service.database.crawl_store()
    store.put_all([waiting], [("media", Memo(url="http://a.example/1", done=True))])
    store.remember("official", Memo(url="http://b.example/2", done=True))
    store.close()
    backup(folder, tmp_path / "backups", NOON)

    (archive,) = (tmp_path / "backups").iterdir()
    again = restored(archive, tmp_path / "again")
    record = open_database(f"sqlite:///{again / 'data' / 'minqing.db'}")
    store = record.crawl_store()
    assert store.memo("media", "http://a.example/1") is None
    assert store.memo("official", "http://b.example/2").done
    assert store.put(waiting) is Outcome.NEW
    store.close()
    record.dispose()


@pytest.mark.parametrize("named", ["database: sqlite:///{}/minqing.db  # the big disk", "data: {}"])
def test_what_comes_back_reads_its_own_record_and_not_the_one_that_the_settings_named(named, tmp_path, sink):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    key, _, value = named.format(elsewhere).partition(": ")
    folder = a_folder(tmp_path / "desk", mail=sink.port, **{key: value})
    with opened(folder) as service:
        tell(service, *a_fire("a", "b", "c"))
        with service.view() as uow:
            told = uow.alerts.all()
        backup(folder, tmp_path / "backups", NOON)
    (archive,) = (tmp_path / "backups").iterdir()
    again = restored(archive, tmp_path / "again")
    (elsewhere / "minqing.db").unlink()

    with opened(again) as other, other.view() as uow:
        assert uow.alerts.all() == told
    assert not (elsewhere / "minqing.db").exists()


def test_settings_that_are_comments_alone_are_kept_as_they_are(tmp_path):
    folder = a_folder(tmp_path / "desk")
    (folder / "settings.yaml").write_text("# 全部用默认值\n", encoding="utf-8")
    with opened(folder):
        backup(folder, tmp_path / "backups", NOON)
    (archive,) = (tmp_path / "backups").iterdir()

    again = restored(archive, tmp_path / "again")
    assert (again / "settings.yaml").read_text(encoding="utf-8") == "# 全部用默认值\n"


def test_what_is_older_than_the_texts_may_be_goes(service, folder, tmp_path):
    into = tmp_path / "backups"
    backup(folder, into, NOON - timedelta(days=31))
    backup(folder, into, NOON - timedelta(days=29))
    (into / "minqing-notes.tar.gz").write_text("not ours")
    said = backup(folder, into, NOON)

    names = sorted(path.name for path in into.iterdir())
    assert [name[8:16] for name in names[:2]] == ["20261005", "20261103"]
    assert names[2:] == ["minqing-notes.tar.gz"]
    assert said[-1] == "已删除超过30天的旧备份1份。"


def test_a_backup_that_fails_leaves_nothing_behind_and_says_why(service, folder, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    with pytest.raises(ConfigError, match="磁盘已满"):
        backup(folder, tmp_path / "backups", NOON)
    assert list((tmp_path / "backups").iterdir()) == []


def test_where_there_is_a_server_its_own_program_makes_the_backup(tmp_path):
    folder = a_folder(tmp_path / "desk", database="postgresql://127.0.0.1/minqing")
    with pytest.raises(ConfigError, match="pg_dump"):
        backup(folder, tmp_path / "backups", NOON)
