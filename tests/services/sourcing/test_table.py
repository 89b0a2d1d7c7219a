from typer.testing import CliRunner

from crawlers.model import Health, Visit
from services.cli import app
from services.sourcing.table import aligned, table
from tests.builders import at
from tests.services.desk import a_folder, opened

SOURCES = """sources:
  - {id: gov, kind: feed, name: 岚桥区政府, url: "https://gov.example/a.xml", authority: official, important: true}
  - {id: news, kind: feed, name: News, url: "https://news.example/b.xml", authority: media}
  - {id: new, kind: feed, name: 新来源, url: "https://new.example/b.xml", authority: media}
"""


def a_desk(tmp_path):
    folder = a_folder(tmp_path / "desk", sources=SOURCES)
    with opened(folder) as service, service.unit_of_work() as uow:
        bad = "来源“岚桥区政府”：首页 连接失败。"
        done = {"started_at": at(), "finished_at": at()}
        uow.sources.visited(Visit(source_id="gov", health=Health.FAILING, problems=(bad,), **done))
        uow.sources.visited(Visit(source_id="news", health=Health.OK, items=2, new=2, **done))
        uow.commit()
    return folder


def test_the_table_says_the_sum_and_a_line_for_each_source(tmp_path):
    first, heading, *rows = table(a_desk(tmp_path), at(0.5))

    assert first == "监测来源 3 个，正常 1 个"
    assert heading.split() == ["状态", "来源", "类型", "最近采集", "最近新增", "留存", "隔离", "说明"]
    assert [row.split()[:2] for row in rows] == [
        ["失败", "岚桥区政府（重要）"],
        ["正常", "News"],
        ["未采集", "新来源"],
    ]
    assert rows[0].endswith("首页 连接失败。尚未成功采集过。")
    assert "11-03 12:00  11-03 12:00" in rows[1]


def test_columns_stand_below_each_other_however_wide_their_characters_are():
    lines = list(aligned([("状态", "a", "x"), ("ok", "来源", "y")]))

    assert lines == ["状态  a     x", "ok    来源  y"]


def test_the_command_needs_no_running_service_and_hurts_none(tmp_path):
    folder = a_desk(tmp_path)
    with opened(folder):
        done = CliRunner().invoke(app, ["source", "list", str(folder), "--now", "2026-11-03T12:30"])

    assert (done.exit_code, done.stdout.count("\n")) == (0, 5)
    assert CliRunner().invoke(app, ["source", "list", str(tmp_path / "nowhere")]).exit_code == 2
