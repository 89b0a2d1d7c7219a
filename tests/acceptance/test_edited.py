"""An item that is edited at its source: the same post in its next revision, and reading and event follow it."""

import json

import pytest

from services.demo.sink import MailSink
from tests.acceptance.commands import minqing
from tests.acceptance.traces import places_of
from tests.acceptance.village import Village, a_desk, moment, open_the_story
from tests.crawlers.site import Site

pytestmark = pytest.mark.slow

FIRST = ("青禾仓库火灾致5人死亡", "12月5日，岚桥区青禾仓库发生火灾，造成5人死亡，7人受伤。")
SECOND = ("青禾仓库火灾致4人死亡", "12月5日，岚桥区青禾仓库发生火灾，造成4人死亡，7人受伤。此前报道的死亡人数有误。")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The fire event after the paper's article, after its correction, and after another look at the same."""
    folder, events = tmp_path_factory.mktemp("edited"), []
    with Site() as site, MailSink(folder / "mail") as sink:
        village = Village(site)
        open_the_story(village)
        village.report(*FIRST, moment(9, 40))
        village.publish()
        desk = a_desk(folder / "desk", site, sink.port)
        for at, article in ((moment(10), FIRST), (moment(10, 20), SECOND), (moment(10, 40), SECOND)):
            village.news[0] = (*article, moment(9, 40))
            village.publish()
            done = minqing("once", desk, "--now", at.isoformat())
            assert (done.code, done.err) == (0, "")
            lines = (desk / "data" / "events.jsonl").read_text(encoding="utf-8").splitlines()
            events.append(next(e for e in map(json.loads, lines) if "青禾仓库" in e["title"]))
    return folder, events


def test_the_figure_follows_the_correction(course):
    assert [event["figures"]["deaths"]["claimed"] for event in course[1]] == [5, 4, 4]


def test_it_stays_one_post_of_one_event(course):
    first, second, third = course[1]

    assert first["id"] == second["id"] == third["id"]
    assert sorted(first["posts"]) == sorted(second["posts"]) == sorted(third["posts"])
    assert first["voices"] == second["voices"]


def test_the_old_text_is_in_no_file_but_the_mails_that_told_it(course):
    folder, _ = course

    assert places_of([FIRST[1]], folder / "desk") == []
    assert places_of([SECOND[1]], folder / "desk") != []
