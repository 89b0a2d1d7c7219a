import pytest
from typer.testing import CliRunner

from services import worker
from services.cli import app
from services.errors import ConfigError
from services.sourcing.quarantine import listed, replay
from services.supervision import alone
from tests.builders import NOON, at
from tests.crawlers.site import Reply, Site
from tests.services.desk import a_folder, opened

FEED = (
    "<rss version='2.0'><channel><title>岚桥区政府</title>"
    "<item><title>停水通知</title><link>http://gov.example/1</link></item>{}</channel></rss>"
)
EMPTY = "<item><guid>2</guid></item>"
SOURCES = """sources:
  - {{id: gov, kind: feed, name: 岚桥区政府, url: "{base}/gov.xml", authority: official, interval: 10m,
     params: {{allow_private_hosts: ["127.0.0.1"]}}}}
  - {{id: hotline, kind: file_drop, name: 热线, url: drop, authority: public, interval: 10m}}
"""


@pytest.fixture
def site():
    with Site({"/robots.txt": Reply("")}) as running:
        running.pages["/gov.xml"] = Reply(FEED.format(EMPTY), headers={"ETag": '"1"'})
        yield running


@pytest.fixture
def folder(tmp_path, site):
    """A desk that has crawled once: an empty item and a broken line are in quarantine."""
    made = a_folder(tmp_path / "desk", sources=SOURCES.format(base=site.url))
    (made / "drop").mkdir()
    (made / "drop" / "a.jsonl").write_text('{"id": 1, "text": "柳荫小区停水"}\n{broken\n', encoding="utf-8")
    with opened(made) as service:
        worker.crawl(service, everything=True)
    return made


def answered(site, body, tag):
    """The page as it is from now on; a visitor who knows it is told so."""
    site.pages["/gov.xml"] = lambda headers: (
        Reply(status=304) if headers.get("if-none-match") == tag else Reply(body, headers={"ETag": tag})
    )


def test_what_is_in_quarantine_is_listed_with_its_reason(folder):
    lines = list(listed(folder, None, NOON))

    assert sorted(line.partition("  ")[2] for line in lines[:2]) == [
        "岚桥区政府：第 2 条标题和正文都是空的",
        "热线：文件 a.jsonl 第2行不是有效的 JSON（第2个字符处）",
    ]
    assert lines[2:] == ["共2项。"]
    assert len(list(listed(folder, "gov", NOON))) == 2


def test_every_look_is_accounted_for(folder):
    list(listed(folder, "gov", NOON))
    list(replay(folder, None, at(1)))

    with opened(folder) as service, service.view() as uow:
        seen = [(entry.action, entry.target) for entry in uow.audit.entries()]
    assert seen == [("replay quarantine", ""), ("view quarantine", "gov")]


def test_what_stays_unreadable_stays_in_quarantine_once(folder, site):
    answered(site, FEED.format(EMPTY), '"1"')

    lines = list(replay(folder, None, at(1)))

    assert len(lines) == 2
    assert all(line.endswith("→ 已重读，仍读不懂，继续隔离") for line in lines)
    assert listed_reasons(folder) == 2


def test_what_has_been_mended_leaves_quarantine(folder, site):
    """The page's tag and the file's look are the same as before: without the replay neither would be read again."""
    answered(site, FEED.format("<item><guid>2</guid><title>恢复供水</title></item>"), '"1"')
    drop = folder / "drop" / "a.jsonl"
    stamp = drop.stat()

    (line,) = replay(folder, "gov", at(1))
    assert line.endswith("→ 已重读，没有再出现此问题")

    assert listed_reasons(folder) == 1
    assert drop.stat().st_mtime_ns == stamp.st_mtime_ns
    with opened(folder) as service, service.unit_of_work() as uow:
        titles = {post.title for post in uow.posts.claim(limit=9, now=at(1), until=at(2))}
        assert {"停水通知", "恢复供水"} <= titles
        assert uow.sources.get("gov").quarantined == 0


def test_a_site_that_is_down_loses_nothing_from_quarantine(folder, site):
    site.pages["/gov.xml"] = Reply(status=500)

    (line,) = replay(folder, "gov", at(1))

    assert "→ 这次没有读到，下次采集再读。来源“岚桥区政府”：" in line
    answered(site, FEED.format(""), '"2"')
    with opened(folder, at(2)) as service:
        worker.crawl(service, everything=True)
    assert listed_reasons(folder) == 1


def test_while_the_service_runs_its_next_crawl_reads_again(folder, site):
    answered(site, FEED.format(""), '"1"')
    with opened(folder, at(1)) as service:
        (line,) = replay(folder, "gov", at(1))
        assert line.startswith("服务正在运行：1个来源下次采集时重读")
        assert listed_reasons(folder) == 2

        worker.crawl(service, everything=True)
    assert listed_reasons(folder) == 1


def test_a_source_that_is_configured_no_more_is_said(folder):
    path = folder / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: gov", "id: other"), encoding="utf-8")

    outcomes = [line.rpartition("→ ")[2] for line in replay(folder, None, at(1))]

    assert sorted(outcomes) == ["已重读，仍读不懂，继续隔离", "来源已不在 sources.yaml 中，到期自动删除"]


def test_an_empty_quarantine_is_said_and_nothing_is_crawled(folder, site):
    answered(site, FEED.format(""), '"2"')
    list(replay(folder, "gov", at(1)))
    asked = len(site.requests)

    assert list(replay(folder, "gov", at(2))) == ["没有被隔离的内容。"]
    assert list(listed(folder, "gov", at(2))) == ["没有被隔离的内容。"]
    assert len(site.requests) == asked


def test_an_unknown_source_is_said(folder):
    with pytest.raises(ConfigError, match="没有编号为“nobody”的来源，现有 gov、hotline"):
        list(listed(folder, "nobody", NOON))


def test_the_commands_say_all_this(folder):
    runner = CliRunner()

    shown = runner.invoke(app, ["source", "quarantine", "list", str(folder), "--source", "hotline"])
    again = runner.invoke(app, ["source", "quarantine", "replay", str(folder), "--now", "2026-11-03T13:00"])
    wrong = runner.invoke(app, ["source", "quarantine", "list", str(folder), "--source", "nobody"])

    assert (shown.exit_code, again.exit_code, wrong.exit_code) == (0, 0, 2)
    assert "第2行不是有效的 JSON" in shown.stdout
    assert again.stdout.count("→") == 2


def test_the_folder_is_free_after_a_replay(folder):
    list(replay(folder, None, at(1)))

    alone.hold(folder / "data").close()


def listed_reasons(folder):
    return sum("：" in line for line in listed(folder, None, NOON))
