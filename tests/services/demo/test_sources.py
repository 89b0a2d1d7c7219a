from datetime import datetime

import pytest

from crawlers.beijing import BEIJING
from services.demo.answers import answers
from services.demo.site import Faults, Site
from services.demo.sources import write_sources
from services.demo.story import AUTHORITY, tell
from services.folder.sources import load_sources
from tests.crawlers.crawling import crawl

STORY = tell()
WHEN = datetime(2026, 11, 3, 16, 0, tzinfo=BEIJING)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """The town as the crawlers see it in the afternoon of the third day, with the site that they saw."""
    folder = tmp_path_factory.mktemp("town")
    with Site(STORY, lambda: WHEN, faults=Faults(slow=0.1, failures=2)) as site:
        write_sources(folder / "sources.yaml", site.url)
        yield crawl(folder / "work", load_sources(folder / "sources.yaml"), now=WHEN), site


def test_the_file_names_the_four_sources_of_the_story(tmp_path):
    write_sources(tmp_path / "sources.yaml", "http://127.0.0.1:1")

    found = load_sources(tmp_path / "sources.yaml")

    assert {source.id: source.authority.value for source in found} == AUTHORITY


def test_every_post_that_is_out_by_then_is_collected_and_nothing_else(visit):
    crawled, _ = visit
    wanted = {key: sum(i.source == key and i.visible_at <= WHEN for i in STORY) for key in AUTHORITY}

    assert {key: v["new"] for key, v in crawled.visits.items()} == wanted


def test_the_broken_row_and_nothing_else_is_set_aside(visit):
    crawled, _ = visit

    assert [row[0] for row in crawled.quarantined] == ["board"]


def test_nobody_goes_where_robots_forbids(visit):
    _, site = visit

    assert site.count("/robots.txt") >= 1
    assert site.count("/gov/internal/") == 0
    assert site.count("/board/users/") == 0


def test_the_failing_page_is_asked_again_until_it_works(visit):
    _, site = visit
    path = site.failing_url.removeprefix(site.url)

    assert (site.requests[path, 500], site.requests[path, 200]) == (2, 1)


def test_official_words_arrive_whole_through_gbk(visit):
    crawled, _ = visit
    notice = next(i for i in STORY if i.source == "gov" and i.theme == "fire")
    title, text = notice.as_of(WHEN)

    assert (title, text) in [(post["title"], post["text"]) for post in crawled.posts]


def test_no_planted_identity_is_in_anything_that_was_written(visit):
    crawled, _ = visit
    written = crawled.every_byte().decode(errors="replace") + repr(crawled.posts)

    assert [identity for identity in answers().identities if identity in written] == []
