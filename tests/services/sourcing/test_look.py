from datetime import timedelta

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from crawlers.model import Authority
from services.cli import app
from services.errors import ConfigError
from services.folder.sources import load_sources
from services.sourcing import look as module
from services.sourcing.look import look, rendered
from tests.builders import NOON
from tests.crawlers.site import Reply, Site
from tests.services.desk import CONTACT, a_folder

PHONE = "13800001234"
FEED = (
    "<rss version='2.0'><channel><title>岚桥在线</title><item><title>岚桥大道停水</title><link>{base}/1</link>"
    f"<pubDate>Tue, 03 Nov 2026 09:30:00 +0800</pubDate><author>梁山伯</author>"
    f"<description>请拨 {PHONE} 咨询。</description></item></channel></rss>"
)


@pytest.fixture(scope="module")
def site():
    with Site({"/robots.txt": Reply("")}) as running:
        running.pages["/feed.xml"] = Reply(FEED.format(base=running.url))
        running.pages["/plain"] = Reply("没有什么可读的")
        running.pages["/away"] = Reply(status=302, headers={"Location": "http://127.0.0.2:9/"})
        yield running


def run(*arguments):
    done = CliRunner().invoke(app, ["source", "check", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_what_is_printed_can_be_pasted_and_loaded(tmp_path, site):
    code, out, _ = run(f"{site.url}/feed.xml")

    (tmp_path / "sources.yaml").write_text(f"sources:\n{out}", encoding="utf-8")
    (source,) = load_sources(tmp_path / "sources.yaml")
    assert code == 0
    assert (source.kind, source.name, source.url) == ("feed", "岚桥在线", f"{site.url}/feed.xml")
    assert (source.authority, source.interval) == (Authority.PUBLIC, timedelta(minutes=10))
    assert source.params == {"allow_private_hosts": [site.url.removeprefix("http://")]}


def test_the_first_items_are_shown_as_they_would_be_stored(site):
    _, out, _ = run(f"{site.url}/feed.xml")

    assert "# 类型：订阅（feed）。读到1条" in out
    assert "#  1. 岚桥大道停水（2026年11月3日9时30分，发言人只记当日代号）" in out
    assert "请拨 【手机号】 咨询。" in out
    assert PHONE not in out
    assert "梁山伯" not in out


def test_the_rest_of_the_output_is_comments(site):
    _, out, _ = run(f"{site.url}/feed.xml", "--authority", "media")

    (entry,) = YAML(typ="safe").load(out)
    assert entry["authority"] == "media"


def test_an_address_that_cannot_be_read_is_said_on_stderr(site):
    for path, why in (("plain", "没有看出"), ("nowhere", "HTTP 404"), ("away", "内网地址")):
        code, out, err = run(f"{site.url}/{path}")
        assert (code, out) == (1, "")
        assert why in err


def test_a_public_site_is_not_asked_without_a_way_to_reach_us(monkeypatch):
    monkeypatch.setattr(module, "_in_child", lambda *_: pytest.fail("asked"))

    with pytest.raises(ConfigError, match=r"采集必须写明联系方式.*--contact"):
        look("https://news.example/", NOON)
    assert run("https://news.example/")[0] == 2


@pytest.mark.parametrize("address", ["news.example", "ftp://news.example/", "/srv/hotline", ""])
def test_what_is_no_web_address_is_said(address):
    with pytest.raises(ConfigError, match="不是 http"):
        look(address, NOON, contact=CONTACT)


def test_the_contact_comes_from_the_option_else_the_folder_else_the_environment(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(module, "_in_child", lambda url, data, now, given: seen.append((given["contact"], data)))
    monkeypatch.setenv("MINQING_CONTACT", "env@minqing.example")
    for more in ({"contact": "option@minqing.example"}, {}):
        with pytest.raises(ConfigError, match="没有看完"):
            look("https://news.example/", NOON, **more)
    monkeypatch.delenv("MINQING_CONTACT")
    folder = a_folder(tmp_path / "desk")
    with pytest.raises(ConfigError):
        look("https://news.example/", NOON, folder=folder)

    assert [contact for contact, _ in seen] == ["option@minqing.example", "env@minqing.example", CONTACT]
    assert seen[2][1] == folder / "data"


def test_only_the_private_host_that_was_named_is_read(monkeypatch):
    seen = []
    monkeypatch.setattr(module, "_in_child", lambda url, data, now, given: seen.append(given["allow_private_hosts"]))
    for url in ("http://10.2.3.4:8080/a", "https://news.example/", "http://localhost/"):
        with pytest.raises(ConfigError):
            look(url, NOON, contact=CONTACT, private_hosts=("intranet.example",))

    assert seen == [
        ("intranet.example", "10.2.3.4:8080"),
        ("intranet.example",),
        ("intranet.example", "localhost"),
    ]


def test_nothing_is_left_behind_but_what_manners_need(tmp_path, site):
    folder = a_folder(tmp_path / "desk")
    found = look(f"{site.url}/feed.xml", NOON, folder=folder)

    assert found.posts
    left = {path.name for path in (folder / "data").iterdir()}
    assert left <= {"crawl-budget.json", ".crawl-budget.json.lock", "robots"}


def test_a_child_that_dies_or_does_not_end_is_said(site, monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 0.5)
    site.pages["/slow"] = Reply("x", delay=3)

    with pytest.raises(ConfigError, match="没有看完"):
        look(f"{site.url}/slow", NOON)


def test_a_long_text_is_cut_and_an_untitled_post_named(site):
    found = look(f"{site.url}/feed.xml", NOON)
    post = found.posts[0]
    long = found._replace(
        posts=[type(post)(**{**_fields(post), "title": "", "text": "长" * 300, "published_at": None})]
    )

    lines = list(rendered(long))

    assert "#  1. （无标题）（没有读到时间，发言人只记当日代号）" in lines
    assert f"#     {'长' * 80}…" in lines


def _fields(post):
    return {name: getattr(post, name) for name in type(post).__dataclass_fields__}
