import json
from datetime import timedelta
from threading import Event

import pytest

from crawlers.model import Authority, Health, Source
from services import crawling, worker
from services.ports import SourceState
from tests.builders import NOON, at
from tests.crawlers.site import Reply, Site
from tests.services.desk import a_folder, opened

FEED = """<rss version="2.0"><channel><title>岚桥在线</title>
<item><title>岚桥大道停水</title><link>{base}/1</link><description>岚桥大道昨夜起停水，至今未恢复。</description></item>
</channel></rss>"""
SOURCES = """sources:
  - {{id: news, kind: feed, name: 岚桥在线, url: "{base}/feed.xml", authority: media, interval: 10m,
     params: {{allow_private_hosts: ["127.0.0.1"]}}}}
"""


def source(name, minutes=10):
    return Source(
        id=name,
        kind="feed",
        name=name,
        url="http://a.example/",
        authority=Authority.MEDIA,
        interval=timedelta(minutes=minutes),
    )


def visited(name, moment):
    return SourceState(source_id=name, health=Health.OK, last_visit_at=moment)


def due(last, now=NOON, minutes=10):
    states = {} if last is None else {"a": visited("a", last)}
    return [s.id for s in crawling.due([source("a", minutes)], states, now)]


def test_a_source_is_due_when_its_interval_has_passed_and_not_before():
    assert due(at(minutes=-10)) == ["a"]
    assert due(at(minutes=-9)) == []
    assert due(NOON) == []


def test_a_source_that_was_never_visited_is_due():
    assert due(None) == ["a"]
    assert crawling.due([source("a")], {"a": visited("a", None)}, NOON) == [source("a")]


def test_a_visit_in_the_future_was_by_another_clock_and_does_not_keep_a_source_waiting():
    assert due(at(24)) == ["a"]


def test_sources_are_due_each_by_its_own_interval_in_their_order():
    sources = [source("slow", 60), source("quick", 5), source("new")]
    states = {name: visited(name, at(minutes=-30)) for name in ("slow", "quick")}

    assert [s.id for s in crawling.due(sources, states, NOON)] == ["quick", "new"]


@pytest.fixture
def site():
    with Site({"/robots.txt": Reply("")}) as running:
        running.pages["/feed.xml"] = Reply(FEED.format(base=running.url))
        yield running


def a_desk(tmp_path, site, **settings):
    return a_folder(tmp_path / "desk", sources=SOURCES.format(base=site.url), **settings)


def stored(service):
    with service.unit_of_work() as uow:
        return [p.title for p in uow.posts.claim(limit=99, now=NOON, until=at(1))]


def test_a_run_stores_what_is_there_and_says_how_it_went(tmp_path, site):
    with opened(a_desk(tmp_path, site)) as service:
        assert worker.crawl(service)

        assert stored(service) == ["岚桥大道停水"]
        with service.view() as uow:
            assert uow.sources.states()["news"].health is Health.OK
        assert worker.crawl(service)
        assert site.asked("/feed.xml") == ["/feed.xml"]


def test_a_run_is_stopped_within_moments_and_keeps_what_it_has_read(tmp_path, site):
    stop = Event()

    def answer(headers):
        stop.set()
        return Reply("x", delay=20)

    site.pages["/feed.xml"] = answer
    with opened(a_desk(tmp_path, site)) as service:
        assert not crawling.run(service.folder, service.sources, NOON, stop)


def test_without_a_contact_only_our_own_machines_are_read(tmp_path, site):
    folder = a_desk(tmp_path, site, contact="请填写单位联系方式")
    text = (folder / "sources.yaml").read_text(encoding="utf-8")
    outside = "  - {id: out, kind: feed, name: 外网, url: 'https://news.example/feed.xml', authority: media}\n"
    (folder / "sources.yaml").write_text(text + outside, encoding="utf-8")

    with opened(folder) as service:
        assert worker.crawl(service)
        with service.view() as uow:
            states = uow.sources.states()

        assert stored(service) == ["岚桥大道停水"]
    assert states["news"].health is Health.OK
    assert states["out"].health is Health.FAILING
    assert states["out"].problem.startswith("来源“外网”：没有采集，因为 settings.yaml 的 contact")


def test_the_log_of_a_run_is_json_and_holds_no_text(tmp_path, site):
    with opened(a_desk(tmp_path, site)) as service:
        worker.crawl(service)
        lines = (service.data / "log.jsonl").read_text(encoding="utf-8").splitlines()

    assert [line for line in map(json.loads, lines) if line["event"].startswith("news ok")]
    assert "岚桥大道" not in "".join(lines)
