"""Whole crawls over loopback, each in a child process as the service runs them."""

import gzip
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

from crawlers.model import Authority, Memo
from tests.contracts.crawl_store import NOW
from tests.crawlers.crawling import CONTACT, a_source, crawl
from tests.crawlers.site import Endless, Reply, Site
from tests.crawlers.spiders.test_cap import alert
from tests.crawlers.spiders.test_feed import item, rss
from tests.crawlers.spiders.test_json_api import FIELDS, answer, row
from tests.crawlers.spiders.test_page_list import PARAMS, detail, listing
from tests.crawlers.spiders.test_page_list import row as line

PLANTED = ("13812345678", "330106194912310039", "爱吃鱼的猫", "u8812345", "张伟民", "皖AD12345", "李明", "/p/1")


def test_four_kinds_on_one_host_are_read_and_no_planted_identity_is_written_anywhere(tmp_path):
    said = "我叫张伟民，身份证330106194912310039，车皖AD12345，电话13812345678，见http://b.example/p/1"
    pages = {
        "/rss": Reply(rss(item())),
        "/list": Reply(listing(line(1), line(2))),
        "/d/1.html": Reply(detail(1).encode("gbk"), headers={"Content-Type": "text/html; charset=gbk"}),
        "/d/2.html": Reply(detail(2)),
        "/api": Reply(answer(row(1, content=said), row(2))),
        "/cap": Reply(alert()),
    }
    with Site(pages) as site:
        sources = [
            a_source(f"{site.url}/rss"),
            a_source(f"{site.url}/list", "page_list", authority=Authority.OFFICIAL, params=PARAMS),
            a_source(
                f"{site.url}/api",
                "json_api",
                authority=Authority.PUBLIC,
                params={"items": "data.list", "fields": FIELDS},
            ),
            a_source(f"{site.url}/cap", "cap", authority=Authority.OFFICIAL),
        ]
        done = crawl(tmp_path, sources)
    assert {name: visit["health"] for name, visit in done.visits.items()} == dict.fromkeys(done.visits, "ok"), (
        done.problems
    )
    assert len(done.posts) == 6
    assert len(site.asked("/robots.txt")) == 1
    written = done.every_byte()
    assert [piece for piece in PLANTED if piece.encode() in written] == []
    assert [piece for piece in PLANTED if piece.encode("gbk") in written and not piece.isascii()] == []


def test_we_say_who_we_are_and_send_no_cookies(tmp_path):
    reply = Reply(rss(item()), headers={"Set-Cookie": "a=1"})
    with Site({"/rss": reply}) as site:
        crawl(tmp_path, [a_source(f"{site.url}/rss")])
    assert {headers["user-agent"] for _, headers, _ in site.requests} == {f"Minqing/0.1 (+{CONTACT})"}
    assert not any("cookie" in headers or "referer" in headers for _, headers, _ in site.requests)


def test_robots_is_obeyed_and_its_delay_kept(tmp_path):
    robots = Reply("User-agent: *\nCrawl-delay: 0.3\nDisallow: /no/\n")
    pages = {"/robots.txt": robots, "/no/rss": Reply(rss(item())), "/list": Reply(listing(line(1), line(2), line(3)))}
    with Site(pages | {f"/d/{n}.html": Reply(detail(n)) for n in (1, 2, 3)}) as site:
        done = crawl(
            tmp_path, [a_source(f"{site.url}/no/rss"), a_source(f"{site.url}/list", "page_list", params=PARAMS)]
        )
    assert done.visits["feed"]["health"] == "blocked"
    assert "robots.txt 不允许" in done.problems
    assert site.asked("/no/rss") == []
    assert done.visits["page_list"]["new"] == 3
    moments = [moment for _, _, moment in site.requests]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.29


def test_the_delay_is_kept_between_runs_too_and_by_runs_side_by_side(tmp_path):
    robots = Reply("User-agent: *\nCrawl-delay: 1\n")
    with Site({"/robots.txt": robots, "/rss": Reply(rss(item()))}) as site, ThreadPoolExecutor() as pool:
        crawl(tmp_path, [a_source(f"{site.url}/rss")])
        list(
            pool.map(lambda n: crawl(tmp_path / str(n), [a_source(f"{site.url}/rss")], data=tmp_path / "data"), (1, 2))
        )
    moments = sorted(moment for _, _, moment in site.requests)
    assert len(moments) == 4
    assert min(later - earlier for earlier, later in pairwise(moments)) > 0.8  # when it arrives is not when it was sent


def test_links_that_may_not_be_followed_do_not_keep_a_list_from_being_read_to_its_end(tmp_path):
    away = '<li><a href="http://elsewhere.example/9.html">别处的一条通知公告</a></li>'
    closed = '<li><a href="/no/8.html">不许读的一条通知公告</a></li>'
    pages = {
        "/robots.txt": Reply("User-agent: *\nDisallow: /no/\n"),
        "/list": Reply(listing(line(1), away, closed), headers={"ETag": '"7"'}),
        "/d/1.html": Reply(detail(1)),
    }
    with Site(pages) as site:
        done = crawl(tmp_path, [a_source(f"{site.url}/list", "page_list", params=PARAMS)])
    assert done.visits["page_list"]["new"] == 1
    assert "elsewhere.example 不是该来源的网站" in done.problems
    assert "robots.txt 不允许" in done.problems
    assert [memo["etag"] for _, memo in done.memos if memo["url"].endswith("/list")] == ['"7"']
    assert site.asked("/no/8.html") == []


def test_where_a_redirect_leads_its_own_robots_counts(tmp_path):
    closed = {"/robots.txt": Reply("User-agent: *\nDisallow: /no/\n"), "/no/rss": Reply(rss(item()))}
    with Site(dict(closed)) as other:
        away = Reply(status=301, headers={"Location": f"{other.url}/no/rss"})
        within = Reply(status=302, headers={"Location": "/no/rss"})
        with Site({**closed, "/away": away, "/within": within}) as site:
            done = crawl(tmp_path, [a_source(f"{site.url}/{name}", id=name) for name in ("away", "within")])
    assert (other.asked(), site.asked("/no/rss")) == ([], [])
    assert len(other.requests) == 1
    assert {visit["health"] for visit in done.visits.values()} == {"blocked"}


def test_a_robots_that_fails_stops_us_for_now_and_one_that_is_missing_does_not(tmp_path):
    with (
        Site({"/robots.txt": Reply(status=503), "/rss": Reply(rss(item()))}) as failing,
        Site({"/rss": Reply(rss(item()))}) as without,
    ):
        done = crawl(tmp_path, [a_source(f"{failing.url}/rss", id="a"), a_source(f"{without.url}/rss", id="b")])
    assert failing.asked() == []
    assert "暂不读取" in done.problems
    assert done.visits["b"]["health"] == "ok"


def test_robots_is_asked_for_once_a_day_and_then_for_a_change(tmp_path):
    def rules(headers):
        known = headers.get("if-none-match") == '"7"'
        return Reply("User-agent: *\nDisallow: /no/\n", 304 if known else 200, {"ETag": '"7"'})

    with Site({"/robots.txt": rules, "/rss": Reply(rss(item())), "/no/rss": Reply(rss(item()))}) as site:
        sources = [a_source(f"{site.url}/rss", id="a"), a_source(f"{site.url}/no/rss", id="b")]
        seen = []
        for hours in (0, 23.9, 24.1, 48):
            done = crawl(tmp_path, sources, now=NOW + timedelta(hours=hours))
            seen.append(len(site.asked("/robots.txt")))
            assert done.visits["b"]["health"] == "blocked"
        site.pages["/robots.txt"] = Reply(status=503)
        assert crawl(tmp_path, sources, now=NOW + timedelta(hours=49)).visits["a"]["health"] == "failing"
        assert crawl(tmp_path, sources, now=NOW + timedelta(hours=49)).visits["a"]["health"] == "failing"
    assert seen == [1, 1, 2, 2]
    conditional = ["if-none-match" in headers for path, headers, _ in site.requests if path == "/robots.txt"]
    assert conditional[:2] == [False, True]
    assert site.asked("/no/rss") == []
    assert len(site.asked("/rss")) == 4


def test_a_host_that_asks_for_a_pause_gets_it(tmp_path):
    replies = [Reply(status=429, headers={"Retry-After": "1"}), Reply(rss(item()))]
    with Site({"/rss": lambda _: replies.pop(0)}) as site:
        done = crawl(tmp_path, [a_source(f"{site.url}/rss")])
    first, second = (moment for path, _, moment in site.requests if path == "/rss")
    assert second - first >= 0.99
    assert done.visits["feed"]["health"] == "ok"


def test_a_long_pause_is_kept_over_runs(tmp_path):
    with Site({"/rss": Reply(status=503, headers={"Retry-After": "3600"})}) as site:
        source = a_source(f"{site.url}/rss")
        first = crawl(tmp_path, [source])
        asked = len(site.requests)
        second = crawl(tmp_path, [source], now=NOW + timedelta(minutes=30))
        assert len(site.requests) == asked
        third = crawl(tmp_path, [source], now=NOW + timedelta(minutes=61))
    assert first.visits["feed"]["health"] == second.visits["feed"]["health"] == "failing"
    assert "以后再访问" in second.problems
    assert len(site.requests) > asked
    assert third.problems


def test_the_daily_budget_is_kept_over_runs(tmp_path):
    with Site({"/rss": Reply(rss(item()))}) as site:
        source = a_source(f"{site.url}/rss", params={"daily_requests": 3})
        for _ in range(3):
            done = crawl(tmp_path, [source])
    assert len(site.requests) == 3
    assert "已达上限（3 次）" in done.problems


def test_a_fault_that_passes_is_tried_again_and_the_next_run_asks_only_for_changes(tmp_path):
    replies = [Reply(status=500), Reply(status=502), Reply(rss(item()), headers={"ETag": '"7"'})]

    def reply(headers):
        return Reply(status=304) if headers.get("if-none-match") == '"7"' else replies.pop(0)

    with Site({"/rss": reply}) as site:
        source = a_source(f"{site.url}/rss")
        first = crawl(tmp_path, [source])
        memos = {(source_id, memo["url"]): Memo(**memo) for source_id, memo in first.memos}
        second = crawl(tmp_path, [source], memos=memos)
    assert first.visits["feed"]["health"] == "ok"
    assert second.visits["feed"]["health"] == "unchanged"


def test_an_answer_that_never_comes_is_asked_for_as_often_as_the_budget_counts(tmp_path):
    def hang_up(_):
        raise ConnectionResetError

    with Site({"/rss": hang_up, "/robots.txt": Reply(status=404)}) as site:
        done = crawl(tmp_path, [a_source(f"{site.url}/rss")])
    assert done.visits["feed"]["health"] == "failing"
    ledger = json.loads((done.work / "data" / "crawl-budget.json").read_text(encoding="utf-8"))
    assert list(ledger["hosts"].values()) == [len(site.requests)]


def test_redirects_lead_nowhere_private_and_nowhere_else(tmp_path):
    with Site({"/rss": Reply(rss(item()))}) as inner:
        targets = {
            "a": f"{inner.url}/rss", "b": "http://169.254.169.254/latest", "c": "file:///etc/passwd",
            "d": f"http://localhost:{inner.port}/rss", "e": "/e", "f": "/moved",
        }  # fmt: skip
        pages = {f"/{name}": Reply(status=302, headers={"Location": target}) for name, target in targets.items()}
        with Site({**pages, "/moved": Reply(rss(item()))}) as site:
            params = {"allow_private_hosts": [f"127.0.0.1:{site.port}"]}
            done = crawl(tmp_path, [a_source(f"{site.url}/{name}", id=name, params=params) for name in targets])
    assert inner.requests == []
    assert {name for name, visit in done.visits.items() if visit["health"] == "ok"} == {"f"}
    assert "跳转超过" in done.problems
    assert len(done.visits) == len(targets)


def test_a_name_that_leads_to_a_private_address_is_refused_unless_named(tmp_path):
    with Site({"/rss": Reply(rss(item()))}) as site:
        unnamed = a_source(f"http://127.1:{site.port}/rss", id="a")
        unnamed.params["allow_private_hosts"].clear()
        done = crawl(tmp_path, [unnamed])
    assert site.requests == []
    assert done.visits["a"]["health"] == "failing"


def _bomb():
    return gzip.compress(b"<rss>" + b"0" * 200_000_000, 9)


def test_hostile_pages_cost_little_and_hurt_nobody_else(tmp_path):
    huge = b"x" * 40_000_000
    pages = {
        "/bomb": Reply(_bomb(), headers={"Content-Encoding": "gzip"}),
        "/huge": Reply(huge),
        "/huge-unsaid": Reply(huge, headers={"Content-Length": "100"} | {"Connection": "close"}),
        "/trickle": Reply(rss(item()), trickle=0.2),
        "/silent": Reply(rss(item()), delay=6),
        "/short": Reply("<rss", headers={"Content-Length": "1000", "Connection": "close"}),
        "/deep": Reply("<rss>" + "<a>" * 300_000),
        "/laughs": Reply('<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'),
        "/good": Reply(rss(item())),
    }
    with Site(pages) as site, Endless(b"X-A: b\r\n") as headers, Endless(b"b") as line:
        addresses = {path[1:]: f"{site.url}{path}" for path in pages} | {"headers": headers.url, "line": line.url}
        limit = {"max_seconds": 4}
        done = crawl(tmp_path, [a_source(url, id=name, params=limit) for name, url in addresses.items()])
    assert done.visits["good"]["health"] == "ok"
    assert {name for name, visit in done.visits.items() if visit["health"] != "failing"} == {"good"}
    assert all(visit["problems"] for name, visit in done.visits.items() if name != "good")
    assert done.peak_megabytes < 300


def test_a_wrong_source_is_said_and_the_others_are_read(tmp_path):
    with Site({"/rss": Reply(rss(item()))}) as site:
        sources = [
            a_source(f"{site.url}/rss", "feed", id="a", params={"max_pagse": 3}),
            a_source(f"{site.url}/rss", "feeed", id="b"),
            a_source("http://127.0.0.1:9/rss", id="c"),
            a_source(f"{site.url}/rss", id="d"),
        ]
        done = crawl(tmp_path, sources)
    assert [done.visits[name]["health"] for name in "abcd"] == ["failing", "failing", "failing", "ok"]
    assert "max_pagse" in done.problems
    assert "feeed，最接近的是 feed" in done.problems


def test_the_log_names_sources_and_counts_only(tmp_path):
    with Site({"/api": Reply(answer(row(1), row(2)))}) as site:
        params = {"items": "data.list", "fields": FIELDS}
        done = crawl(tmp_path, [a_source(f"{site.url}/api", "json_api", authority=Authority.PUBLIC, params=params)])
    lines = [line for line in (done.work / "log.txt").read_text().splitlines() if line.startswith("INFO:crawlers")]
    assert lines == ["INFO:crawlers:json_api ok items=2 new=2"]
    assert "127.0.0.1" not in (done.work / "log.txt").read_text()


def test_without_a_contact_nothing_is_asked(tmp_path):
    code = (
        "import sys; from pathlib import Path; from crawlers.run import crawl;"
        "from tests.contracts.crawl_store import NOW, MemoryCrawlStore;"
        "from tests.crawlers.crawling import a_source;"
        "crawl([a_source('http://127.0.0.1:9/')], MemoryCrawlStore, Path(sys.argv[1]), NOW, contact=' ')"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "联系方式" in done.stderr


def test_the_types_and_the_kinds_load_without_scrapy():
    code = "import json, sys, crawlers.privacy, crawlers.kinds as k; k.kinds(); print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"scrapy", "twisted", "trafilatura", "dateparser"} & set(json.loads(done.stdout))
