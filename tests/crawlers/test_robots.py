"""robots.txt."""

import pytest

from crawlers import robots

RULES = b"User-agent: *\nCrawl-delay: 2\nDisallow: /private/\n\nUser-agent: Minqing\nDisallow: /no/\nCrawl-delay: 0.5\n"


def test_our_own_group_counts_before_the_general_one():
    read = robots.read(200, RULES)
    assert read.refusal("http://a.example/no/1")
    assert read.refusal("http://a.example/private/1") is None
    assert read.delay == 0.5


@pytest.mark.parametrize("written", [b"MINQING", b"Minqing/0.1", b"minqing/*", b"Minqing (+http://a.example)"])
def test_a_group_names_us_by_our_token_whatever_follows_it(written):
    assert robots.read(200, RULES.replace(b"Minqing", written)).refusal("http://a.example/no/1")


@pytest.mark.parametrize("written", [b"minqing-images", b"minqing2", b"aminqing"])
def test_a_longer_token_is_somebody_elses(written):
    assert robots.read(200, RULES.replace(b"Minqing", written)).refusal("http://a.example/private/1")


def test_the_general_group_counts_where_we_are_not_named():
    read = robots.read(200, RULES.replace(b"Minqing", b"Other"))
    assert read.refusal("http://a.example/private/1")
    assert read.delay == 2


def test_a_request_rate_is_a_delay():
    assert robots.read(200, b"User-agent: *\nRequest-rate: 1/5\n").delay == 5


@pytest.mark.parametrize("status", [404, 403, 401, 410])
def test_no_file_allows_everything(status):
    assert robots.read(status, b"").refusal("http://a.example/") is None


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_fails_allows_nothing_for_now(status):
    assert "暂不读取" in robots.read(status, b"").refusal("http://a.example/")


def test_an_html_page_in_its_place_says_nothing():
    assert robots.read(200, "<html>找不到页面</html>".encode("gbk")).refusal("http://a.example/x") is None


def test_an_absurd_delay_is_bounded():
    assert robots.read(200, b"User-agent: *\nCrawl-delay: 86400\n").delay == robots.MAX_DELAY
