"""Pages that mean harm, one of each kind over real HTTP in one crawl: each is bounded and said, the good are read."""

import gzip
import json
import zlib

import brotli
import pytest

from crawlers.model import Authority
from tests.crawlers.crawling import a_source, crawl
from tests.crawlers.site import Endless, Reply, Site
from tests.crawlers.spiders.test_feed import item, rss
from tests.crawlers.spiders.test_page_list import detail, listing, row

SECONDS = 6
XXE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM "{url}/stolen">]>
<rss version="2.0"><channel><title>t</title><item><title>停水 &f; &h;</title><link>/1</link></item></channel></rss>"""
CAP_XXE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>s</sender>
<sent>2026-11-20T08:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><event>&f;</event></info></alert>"""
SCRIPT = '停水通知<script>alert("x")</script><img src=x onerror=alert(2)> &lt;svg onload=alert(3)&gt;'


def _packed(packer, encoding):
    return Reply(packer(b"<rss>" + b"0" * 300_000_000), headers={"Content-Encoding": encoding})


def _redirect(number):
    return Reply(status=302, headers={"Location": f"/hop/{number + 1}"})


class Calendar(dict):
    """A site whose every page links to a next one and to articles that nobody has seen."""

    def get(self, path, default=None):
        if path.startswith("/calendar/"):
            day = int(path.rpartition("/")[2])
            more = f'<a class="next" href="/calendar/{day + 1}">下一页</a>'
            return Reply(listing(row(3 * day), row(3 * day + 1), more=more))
        if path.startswith("/hop/"):
            return _redirect(int(path.rpartition("/")[2]))
        if path.startswith("/maps/"):
            number = int(path.rpartition("/")[2])
            more = "".join(f"<sitemap><loc>/maps/{2 * number + n}</loc></sitemap>" for n in (1, 2))
            return Reply(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{more}</sitemapindex>')
        if path.startswith("/d/"):
            return Reply(detail(int(path[3:].partition(".")[0])))
        return super().get(path, default)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The crawl, and what the site was asked for."""
    with Site() as site, Endless(b"X-A: b\r\n") as headers:
        site.pages = Calendar(
            {
                "/gzip": _packed(gzip.compress, "gzip"),
                "/deflate": _packed(zlib.compress, "deflate"),
                "/brotli": _packed(lambda body: brotli.compress(body, quality=4), "br"),
                "/twice": _packed(lambda body: gzip.compress(gzip.compress(body)), "gzip, gzip"),
                "/map.xml.gz": Reply(gzip.compress(b"<urlset>" + b" " * 300_000_000, 9)),
                "/huge": Reply(b"<p>" + b"x" * 100_000_000),
                "/xxe": Reply(XXE.format(url=site.url)),
                "/cap-xxe": Reply(CAP_XXE),
                "/laughs": Reply(_laughs()),
                "/deep.json": Reply("[" * 200_000),
                "/deep.html": Reply("<div>" * 400_000),
                "/wide.json": Reply(json.dumps({"items": [{"text": "水"}] * 100_000})),
                "/trickle": Reply(rss(item()), trickle=1.0),
                "/endless-hops": _redirect(0),
                "/script": Reply(rss(f"<item><title><![CDATA[{SCRIPT}]]></title><link>/s/1</link></item>")),
                "/broken": Reply(rss(item()).encode().replace("停".encode(), b"\xe5\x81") + b"\xff\xfe\x00"),
                "/good": Reply(rss(item())),
            }
        )
        failing = ("gzip", "deflate", "brotli", "twice", "huge", "xxe", "laughs", "trickle", "endless-hops")
        sources = [
            a_source(f"{site.url}/{name}", id=name, params={"max_seconds": SECONDS} if name == "trickle" else {})
            for name in (*failing, "script", "broken", "good")
        ]
        sources.append(a_source(headers.url, id="headers"))
        sources.append(a_source(f"{site.url}/map.xml.gz", "sitemap", id="map"))
        sources.append(a_source(f"{site.url}/maps/0", "sitemap", id="maps"))
        sources.append(a_source(f"{site.url}/cap-xxe", "cap", id="cap-xxe", authority=Authority.OFFICIAL))
        sources.append(a_source(f"{site.url}/deep.html", "page_list", id="deep-html"))
        for name in ("deep", "wide"):
            params = {"items": "items", "fields": {"text": "text"}}
            sources.append(a_source(f"{site.url}/{name}.json", "json_api", id=f"{name}-json", params=params))
        params = {"items": "li", "next": "a.next", "max_pages": 200, "max_details": 40}
        sources.append(a_source(f"{site.url}/calendar/0", "page_list", id="calendar", params=params))
        done = crawl(tmp_path_factory.mktemp("hostile"), sources)
        yield done, site


def _laughs():
    """A billion of them."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE l [<!ENTITY l0 "ha">{entities}]><rss><channel><item><title>&l9;</title></item></channel></rss>'


def test_every_hostile_source_fails_with_a_sentence_and_the_good_one_is_read(course):
    done, _ = course
    health = {name: visit["health"] for name, visit in done.visits.items()}
    harmless = {"good", "script", "broken", "calendar", "wide-json", "maps"}

    assert {name for name in health if health[name] != "failing"} == harmless, done.problems
    assert {name for name in health if not done.visits[name]["problems"]} == {"script", "good"}
    assert "停水" in "".join(done.titles)


def test_memory_is_bounded_though_all_come_together(course):
    assert course[0].peak_megabytes < 300


def test_nothing_of_this_machine_is_sent_or_stored(course):
    done, site = course

    assert "/stolen" not in site.asked()
    assert b"root:x:0" not in done.every_byte()


def test_redirects_end_after_five(course):
    hops = [path for path in course[1].asked() if path.startswith("/hop/")]

    assert len(hops) == 5


def test_an_endless_calendar_is_left_after_what_a_visit_may_read(course):
    done, site = course
    days = [path for path in site.asked() if path.startswith("/calendar/")]
    details = [path for path in site.asked() if path.startswith("/d/")]

    assert len(details) <= 40
    assert 0 < len(days) <= 22
    assert done.visits["calendar"]["health"] == "ok"
    assert "余下的下次再读" in "".join(done.visits["calendar"]["problems"])


def test_an_endless_tree_of_sitemaps_ends(course):
    assert len([path for path in course[1].asked() if path.startswith("/maps/")]) <= 52


def test_script_in_a_title_is_text_at_the_most(course):
    (post,) = [post for post in course[0].posts if post["source_id"] == "script"]

    assert post["title"].startswith("停水通知")
    assert "script" not in post["title"]
    assert "onerror" not in post["title"]


def test_of_broken_utf_8_the_rest_is_read(course):
    (post,) = [post for post in course[0].posts if post["source_id"] == "broken"]

    assert "水" in post["title"]
    assert "\ufffd" not in post["title"] + post["text"]
