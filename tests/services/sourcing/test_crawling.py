import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from crawlers.model import Authority, Health, Source, Visit
from services import worker
from services.ports import SourceState
from services.sourcing import crawling
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
        assert not crawling.run(service.folder, service.settings, service.sources, NOON, stop)


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


def gone(took):
    return SourceState(source_id="a", health=Health.OK, took=took)


def test_a_source_is_slow_when_its_last_visit_took_long():
    assert crawling.is_slow(gone(crawling.SLOW * 2))
    assert not crawling.is_slow(gone(crawling.SLOW))
    assert not crawling.is_slow(None)


@pytest.mark.parametrize(
    ("count", "seconds", "rounds"), [(1, None, 300), (24, 3600, 3600), (25, 40, 600), (1, "x", 300)]
)
def test_a_run_may_take_longer_than_the_time_limits_of_its_sources(count, seconds, rounds):
    sources = [source(str(n)) for n in range(count)]
    if seconds is not None:
        sources[0] = replace(sources[0], params={"max_seconds": seconds})

    assert crawling.longest(sources) == timedelta(seconds=rounds) + crawling.SPARE


@pytest.fixture
def five(tmp_path):
    """A desk with five sources that nobody visits for real."""
    lines = [
        f"  - {{id: s{n}, kind: feed, name: 来源{n}, url: 'http://s{n}.example/', authority: media}}" for n in range(5)
    ]
    with opened(a_folder(tmp_path / "desk", sources="sources:\n" + "\n".join(lines) + "\n")) as service:
        yield service


def states(service):
    with service.view() as uow:
        return uow.sources.states()


def runs(service, monkeypatch, ends_well):
    """Replace crawl runs; each source of a run counts as visited when `ends_well` says so of it."""
    done = []

    def run(folder, settings, sources, now, stop):
        done.append([s.id for s in sources])
        for one in sources:
            if not ends_well(one):
                return False
            with service.unit_of_work() as uow:
                uow.sources.visited(Visit(source_id=one.id, health=Health.OK, started_at=now, finished_at=now))
                uow.commit()
        return True

    monkeypatch.setattr(crawling, "run", run)
    return done


def test_a_source_that_kills_its_run_is_marked_and_the_others_are_read(five, monkeypatch):
    done = runs(five, monkeypatch, lambda one: one.id != "s1")

    assert not worker.crawl(five)

    found = states(five)
    assert {key for key, state in found.items() if state.health is Health.OK} == {"s0", "s2", "s3", "s4"}
    assert found["s1"].health is Health.FAILING
    assert found["s1"].problem == (
        "来源“来源1”：采集进程没有正常结束，本次没有读完；已读到的内容不受影响，下次自动再试。"
    )
    assert done == [["s0", "s1", "s2", "s3", "s4"], ["s1", "s2"], ["s1"], ["s2"], ["s3", "s4"]]


def test_a_run_that_dies_after_its_last_visit_hurts_no_source(five, monkeypatch):
    runs(five, monkeypatch, lambda one: True)
    ended = crawling.run
    monkeypatch.setattr(crawling, "run", lambda *given: ended(*given) and False)

    assert not worker.crawl(five)
    assert {state.health for state in states(five).values()} == {Health.OK}


def test_a_service_that_stops_marks_nothing(five, monkeypatch):
    monkeypatch.setattr(crawling, "run", lambda *given: five.stopping.set())

    assert not worker.crawl(five)
    assert states(five) == {}


def test_slow_sources_are_visited_apart(five, monkeypatch):
    done = runs(five, monkeypatch, lambda one: True)
    with five.unit_of_work() as uow:
        for key in ("s1", "s4"):
            began = at(-1)
            visit = Visit(source_id=key, health=Health.OK, started_at=began, finished_at=began + timedelta(minutes=5))
            uow.sources.visited(visit)
        uow.commit()

    worker.crawl(five)
    assert done == [["s0", "s2", "s3"]]
    worker.crawl_slow(five)
    assert done[1:] == [["s1", "s4"]]
    assert worker.crawl(five)
    assert worker.crawl_slow(five)
    assert len(done) == 2


def test_a_child_that_cannot_even_begin_leaves_its_source_marked_and_no_traceback(tmp_path, site, capfd):
    with opened(a_desk(tmp_path, site)) as service:
        service.settings = service.settings.model_copy(update={"data": Path("/dev/null/nowhere")})
        assert not worker.crawl(service)

        assert states(service)["news"].health is Health.FAILING
        assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("edited", ["contact: [", "data: elsewhere\ncontact: duty@minqing.example"])
def test_settings_that_are_edited_count_from_the_next_start_for_crawls_too(tmp_path, site, edited):
    """Faulty ones stopped every crawl; with another folder for the record what was read went where nobody looks."""
    with opened(a_desk(tmp_path, site)) as service:
        (service.folder / "settings.yaml").write_text(edited, encoding="utf-8")
        assert worker.crawl(service)
        assert stored(service) == ["岚桥大道停水"]


def test_a_list_of_sources_in_the_middle_of_an_edit_stops_no_crawl(tmp_path, site):
    with opened(a_desk(tmp_path, site)) as service:
        (service.folder / "sources.yaml").write_text("sources: [", encoding="utf-8")
        assert worker.crawl(service)
        assert stored(service) == ["岚桥大道停水"]


def test_dropped_files_are_read_without_a_contact_and_from_beside_the_sources(tmp_path):
    folder = a_folder(
        tmp_path / "desk",
        sources="sources:\n  - {id: hotline, kind: file_drop, name: 热线, url: drop, authority: public}\n",
        contact="请填写单位联系方式",
    )
    (folder / "drop").mkdir()
    (folder / "drop" / "a.csv").write_text("工单编号,诉求内容\n1,柳荫小区停水两天了\n", encoding="gbk")

    with opened(folder) as service:
        assert worker.crawl(service)

        assert states(service)["hotline"].health is Health.OK
        with service.unit_of_work() as uow:
            assert [p.text for p in uow.posts.claim(limit=9, now=NOON, until=at(1))] == ["柳荫小区停水两天了"]


def test_what_is_too_old_to_be_kept_is_not_stored_and_the_source_says_so(tmp_path, site):
    item = (
        "<item><title>岚桥大道停水</title><link>{base}/{day}</link><pubDate>{day} Oct 2026 08:00 +0800</pubDate></item>"
    )
    items = "".join(item.format(base=site.url, day=day) for day in ("02", "03", "30"))
    site.pages["/feed.xml"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>")

    with opened(a_desk(tmp_path, site)) as service:
        worker.crawl(service)

        assert stored(service) == ["岚桥大道停水"]
        assert states(service)["news"].stale == 2
