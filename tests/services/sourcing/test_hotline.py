"""A hotline's exports, from the folder they are dropped in to the desk."""

from datetime import timedelta

import pytest

from crawlers.model import Health
from services.once import run_once
from services.storage.database import open_database
from tests.builders import NOON
from tests.crawlers.spiders.test_file_drop import book
from tests.services.desk import a_folder

HEADER = ["工单编号", "诉求标题", "诉求内容", "来电时间", "来电人", "联系电话"]
SOURCES = "sources:\n  - {id: hotline, kind: file_drop, name: 12345热线, url: hotline, authority: public}\n"


SAID = (
    "柳荫小区从昨天夜里起停水，全楼没有水用，请尽快恢复供水。",
    "柳荫小区3号楼早上起来发现停水了，老人没法做饭，问几点能来水。",
    "反映柳荫小区停水半天，物业说不知道原因，希望供水公司派人来看。",
    "柳荫小区停水，家里有刚出生的孩子，要求送水车过来。",
)


def call(number, who, phone):
    return [f"GD{number:04d}", "柳荫小区停水", SAID[number - 1], "2026-11-03 09:30", who, phone]


@pytest.fixture
def folder(tmp_path, root_logging):
    made = a_folder(tmp_path / "desk", sources=SOURCES, mail=9)
    (made / "hotline").mkdir()
    rows = [HEADER, call(1, "梁晓东", "13800000001"), call(2, "祝小英", "13800000002")]
    text = "\r\n".join(",".join(row) for row in rows)
    (made / "hotline" / "上午.csv").write_bytes(text.encode("gbk"))
    return made


def looked(folder):
    record = open_database(f"sqlite:///{folder / 'data' / 'minqing.db'}")
    with record.view() as view:
        found = view.sources.get("hotline"), view.sources.tallies()["hotline"], view.events.all()
    record.dispose()
    return found


def test_calls_of_both_kinds_of_export_become_one_event_of_the_desk(folder):
    run_once(folder, NOON)
    rows = [HEADER, call(3, "马文采", "13800000003"), [*call(4, "吴十郎", "13800000004")[:3], 46329.4, "吴十郎", None]]
    (folder / "hotline" / "下午.xlsx").write_bytes(book(*rows))
    done = run_once(folder, NOON + timedelta(hours=2))

    state, tally, events = looked(folder)
    assert (state.health, state.problem) == (Health.OK, "")
    assert (tally.read, tally.kept + tally.unsure, tally.duplicates) == (4, 4, 0)
    (event,) = events
    assert (event.topic, event.voices, event.posts) == ("service.water", 4, 4)
    assert not [one for one in done.failures if "热线" in one]


def test_a_file_that_was_read_is_not_read_again_and_a_longer_one_brings_what_is_new(folder):
    run_once(folder, NOON)
    run_once(folder, NOON + timedelta(minutes=10))
    assert looked(folder)[0].health is Health.UNCHANGED
    path = folder / "hotline" / "上午.csv"
    path.write_bytes(path.read_bytes() + b"\r\n" + ",".join(call(3, "马文采", "13800000003")).encode("gbk"))
    run_once(folder, NOON + timedelta(minutes=20))

    _, tally, _ = looked(folder)
    assert (tally.read, tally.duplicates) == (5, 2)


def test_a_folder_that_is_missing_is_said_with_its_place(folder):
    (folder / "hotline" / "上午.csv").unlink()
    (folder / "hotline").rmdir()

    done = run_once(folder, NOON)

    assert any(f"文件夹 {folder / 'hotline'} 不存在" in one for one in done.failures)
