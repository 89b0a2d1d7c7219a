"""A source's own hosts, public addresses only."""

import pytest

from crawlers.hosts import is_public, reach
from crawlers.model import Authority, Source


def a_source(url):
    return Source(id="a", kind="feed", name="a", url=url, authority=Authority.MEDIA)


@pytest.mark.parametrize(
    "url", ["http://news.example/a", "https://news.example/b", "http://www.news.example/", "HTTP://NEWS.example:80/"]
)
def test_the_sources_own_host_is_allowed(url):
    assert reach(a_source("http://news.example/rss")).refusal(url) is None


@pytest.mark.parametrize(
    "url",
    ["http://other.example/", "http://news.example:8080/", "ftp://news.example/", "file:///etc/passwd", "http://news.example.evil.example/",
     "http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/latest/", "http://[::1]/", "http://10.0.0.1/", "gopher://news.example"],
)  # fmt: skip
def test_any_other_host_is_refused_with_a_reason(url):
    assert reach(a_source("http://news.example/rss")).refusal(url)


def test_a_source_may_name_more_hosts():
    assert (
        reach(a_source("http://news.example/"), hosts=("static.example",)).refusal("https://static.example/a") is None
    )


def test_a_private_address_must_be_named_even_where_it_is_the_sources_own():
    own = reach(a_source("http://127.0.0.1:8000/rss"))
    assert "allow_private_hosts" in own.refusal("http://127.0.0.1:8000/rss")
    named = reach(a_source("http://127.0.0.1:8000/rss"), private=("127.0.0.1",))
    assert named.refusal("http://127.0.0.1:8000/rss") is None
    assert named.refusal("http://127.0.0.2:8000/rss")


def test_a_private_host_named_with_its_port_is_that_port_only():
    named = reach(a_source("http://127.0.0.1:8000/"), private=("127.0.0.1:8000",))
    assert named.refusal("http://127.0.0.1:8000/a") is None
    assert named.refusal("http://127.0.0.1:8001/a")


PRIVATE = """127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.1.1 0.0.0.0 224.0.0.1 100.64.0.1
::1 fe80::1 fc00::1 ::ffff:10.0.0.1 2002:0a00:0001:: fe80::1%eth0"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are(address):
    assert is_public(address)
