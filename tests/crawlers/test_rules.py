"""What hosts asked for in robots.txt, kept between runs."""

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.rules import FOLDER, Shelf, kept

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROOT = "http://a.example:8080"
TEXT = (
    b"\xef\xbb\xbf# \xe8\x81\x94\xe7\xb3\xbb zhang@a.example\r\nUser-agent: * # all\r\n"
    b"Crawl-delay: 3\r\nDissallow: /no/\r\nSitemap: http://a.example/s.xml\r\n<p>hi</p>"
)


def stored(tmp_path, **headers):
    shelf = Shelf(folder=tmp_path)
    shelf.put(ROOT, kept(200, TEXT, headers, NOW))
    return Shelf(folder=tmp_path).get(ROOT)


def test_the_next_process_knows_the_rules_and_nothing_else_of_the_file(tmp_path):
    found = stored(tmp_path)
    assert found.robots().delay == 3
    assert found.robots().refusal(f"{ROOT}/no/1")
    assert found.robots().refusal(f"{ROOT}/yes/1") is None
    assert b"zhang" not in b"".join(path.read_bytes() for path in (tmp_path / FOLDER).iterdir())


@pytest.mark.parametrize(
    ("control", "hours"),
    [("", 24), ("max-age=7200", 2), ("public, MAX-AGE = 0", 1), ("no-cache", 24), ("max-age=999999999", 24)],
)
def test_they_serve_a_day_or_as_long_as_the_site_says(tmp_path, control, hours):
    found = stored(tmp_path, **{"cache-control": control})
    assert found.serves(NOW + timedelta(hours=hours, seconds=-1))
    assert not found.serves(NOW + timedelta(hours=hours))


def test_a_clock_set_far_back_asks_again(tmp_path):
    assert stored(tmp_path).serves(NOW - timedelta(hours=1))
    assert not stored(tmp_path).serves(NOW - timedelta(days=2))


def test_a_change_is_asked_for_with_what_the_site_gave(tmp_path):
    found = stored(tmp_path, etag='"7"', **{"last-modified": "Fri, 20 Nov 2026 02:00:00 GMT"})
    assert found.conditions == {"If-None-Match": '"7"', "If-Modified-Since": "Fri, 20 Nov 2026 02:00:00 GMT"}
    assert found.renewed({}, NOW + timedelta(days=2)).serves(NOW + timedelta(days=3, seconds=-1))


@pytest.mark.parametrize("status", [301, 304, 429, 500, 503])
def test_an_answer_that_tells_nothing_of_the_rules_is_not_kept(status):
    assert kept(status, b"", {}, NOW) is None


def test_that_there_are_none_is_kept_too(tmp_path):
    shelf = Shelf(folder=tmp_path)
    shelf.put(ROOT, kept(404, "没有这个页面：张伟民".encode(), {}, NOW))
    assert shelf.get(ROOT).text == ""
    assert shelf.get(ROOT).robots().refusal(f"{ROOT}/no/1") is None


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"status": 200, "text": "", "at": "x", "life": 1}', '{"at": 1}'])
def test_what_is_spoilt_is_asked_for_again(tmp_path, spoilt):
    stored(tmp_path)
    (path,) = (tmp_path / FOLDER).iterdir()
    path.write_text(spoilt)
    assert Shelf(folder=tmp_path).get(ROOT) is None


def test_a_site_that_was_not_asked_for_a_month_is_forgotten(tmp_path):
    stored(tmp_path)
    shelf = Shelf(folder=tmp_path)
    shelf.put("https://b.example", kept(404, b"", {}, NOW + timedelta(days=31)))
    shelf.tidy(NOW + timedelta(days=31))
    assert shelf.get(ROOT) is None
    assert shelf.get("https://b.example")
