"""What a page is, by its look."""

import json

import pytest

from crawlers.guess import guess
from crawlers.page import Page
from tests.crawlers.spiders.test_cap import alert, index
from tests.crawlers.spiders.test_feed import ATOM, item, rss
from tests.crawlers.spiders.test_forum import latest
from tests.crawlers.spiders.test_json_api import answer, row
from tests.crawlers.spiders.test_page_list import listing
from tests.crawlers.spiders.test_page_list import row as line
from tests.crawlers.spiders.test_sitemap import entry, urlset
from tests.crawlers.test_dialects import DIALECTS

URL = "http://site.example/start"


def guessed(body, url=URL):
    return guess(Page(url=url, body=body if isinstance(body, bytes) else body.encode()))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rss(item()), "feed"),
        (rss(item())[:-40], "feed"),
        (ATOM, "feed"),
        (json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}), "feed"),
        (alert(), "cap"),
        (index(1), "cap"),
        (urlset(entry("/a")), "sitemap"),
        (latest(1), "forum"),
        (answer(row(1)), "json_api"),
        (listing(line(1), line(2), line(3)), "page_list"),
        ('<html><meta name="generator" content="Discourse 3.4">', "forum"),
    ],
)
def test_each_kind_is_recognised(body, kind):
    assert guessed(body).kind == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((f"{name}.xml", "feed") for name in ("wordpress", "atom", "rdf", "rss091", "rss20_portal", "media")),
        *((f"{name}.xml", "cap") for name in ("cap_nws", "cap_nws_alert", "cap_12379")),
        ("feed.json", "feed"),
        ("discourse_latest.json", "forum"),
        ("news_sitemap.xml", "sitemap"),
    ],
)
def test_what_common_generators_write_is_recognised(name, kind):
    assert guessed((DIALECTS / name).read_bytes()).kind == kind


def test_a_page_that_names_its_feed_is_that_feed():
    head = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    found = guessed(f"<html><head>{head}<title>栖川在线</title></head></html>")
    assert (found.kind, found.url, found.name) == ("feed", "http://site.example/rss.xml", "栖川在线")


def test_a_list_gets_its_selectors():
    found = guessed(listing(*map(line, range(4)), more='<a href="/p2">下一页</a>'))
    assert found.params["items"] == "ul.list > li"
    assert found.params["date"] == "span"
    assert "下一页" in found.params["next"]


def test_an_interface_gets_its_paths():
    found = guessed(answer(row(1), row(2)))
    assert found.params["items"] == "data.list"
    fields = found.params["fields"]
    assert (fields["id"], fields["title"], fields["text"], fields["author"]) == ("id", "title", "content", "user.uid")
    assert "user.nickname" in fields["names"]


@pytest.mark.parametrize("body", ["", "你好", "{", "[]", "{}", "<html><p>404</p></html>", bytes(range(128, 256)) * 40])
def test_what_is_nothing_is_none(body):
    assert guessed(body) is None
