"""Sitemaps."""

import gzip

from crawlers.model import Health
from tests.crawlers.reading import SITE, read

PAGE = "<html><title>停水通知</title><h1>停水通知</h1><div class='c'>东河路今晚停水。</div></html>"
PARAMS = {"detail_text": ".c"}


def entry(path, lastmod="2026-11-20T08:00:00+08:00", news=""):
    return f"<url><loc>http://site.example{path}</loc><lastmod>{lastmod}</lastmod>{news}</url>"


def urlset(*entries):
    names = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {names}>{"".join(entries)}</urlset>'


def index(*paths):
    inner = "".join(f"<sitemap><loc>http://site.example{path}</loc></sitemap>" for path in paths)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>'


def test_recent_pages_are_read_and_old_ones_left():
    pages = {"/start": urlset(entry("/a"), entry("/b", "2026-10-01")), "/a": PAGE, "/b": PAGE}
    done = read("sitemap", pages, PARAMS)
    assert done.web.asked == ["/start", "/a"]
    assert (done.posts[0].title, done.posts[0].text) == ("停水通知", "东河路今晚停水。")


def test_a_page_is_read_again_only_when_it_changed():
    first = read("sitemap", {"/start": urlset(entry("/a")), "/a": PAGE}, PARAMS)
    same = read("sitemap", {"/start": urlset(entry("/a")), "/a": PAGE}, PARAMS, store=first.store)
    assert same.web.asked == ["/start"]
    changed = urlset(entry("/a", "2026-11-20T09:00:00+08:00"))
    again = read("sitemap", {"/start": changed, "/a": PAGE.replace("今晚", "明晚")}, PARAMS, store=first.store)
    assert again.visit.revised == 1


def test_indexes_gzip_and_loops_are_followed_with_measure():
    pages = {
        "/start": index("/s1.xml.gz", "/start"),
        "/s1.xml.gz": gzip.compress(urlset(entry("/a")).encode()),
        "/a": PAGE,
    }
    assert read("sitemap", pages, PARAMS).visit.new == 1


def test_a_news_sitemap_gives_title_and_date():
    date = "<n:publication_date>2026-11-20T07:00:00+08:00</n:publication_date>"
    news = f"<n:news>{date}<n:title>快讯：停水</n:title></n:news>"
    done = read("sitemap", {"/start": urlset(entry("/a", news=news)), "/a": PAGE}, PARAMS)
    assert done.titles == ["快讯：停水"]


def test_only_addresses_that_match_are_read():
    pages = {"/start": urlset(entry("/news/1"), entry("/shop/1")), "/news/1": PAGE}
    assert read("sitemap", pages, {**PARAMS, "include": "/news/"}).web.asked == ["/start", "/news/1"]


def test_what_is_no_sitemap_fails_with_one_sentence():
    for body in ("", "<html/>", "不是", "<urlset>"):
        done = read("sitemap", {"/start": body}, PARAMS)
        assert done.visit.health is Health.FAILING
        assert len(done.visit.problems) == 1


def test_more_new_pages_than_the_limit_are_left_for_the_next_visit():
    pages = {"/start": urlset(*(entry(f"/{n}") for n in range(5))), **{f"/{n}": PAGE for n in range(5)}}
    first = read("sitemap", pages, {**PARAMS, "max_details": 3})
    second = read("sitemap", pages, {**PARAMS, "max_details": 3}, store=first.store)
    assert (first.visit.items, second.visit.items) == (3, 2)


def test_a_sitemap_may_be_plain_text():
    pages = {"/start": f"{SITE}/n/1.html\r\n{SITE}/n/2.html\r\n"}
    done = read("sitemap", pages | {f"/n/{n}.html": f"<h1>停水{n}</h1><p>东河路今晚停水。</p>" for n in (1, 2)})
    assert sorted(done.titles) == ["停水1", "停水2"]
