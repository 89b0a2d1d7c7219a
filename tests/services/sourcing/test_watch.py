from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.model import Purpose
from crawlers.model import Authority, Health, Source, Visit
from services import worker
from services.ports import SourceState, Watch
from services.sending.delivery import deliver
from services.sourcing.health import assess
from services.sourcing.watch import MOST_A_DAY, decide
from tests.builders import NOON, at
from tests.services.desk import a_folder, opened

SOURCES = """sources:
  - {id: gov, kind: feed, name: 岚桥区政府, url: "https://gov.example/a.xml", authority: official, important: true}
  - {id: news, kind: feed, name: 岚桥在线, url: "https://news.example/b.xml", authority: media}
"""
SOURCE = Source(id="gov", kind="feed", name="岚桥区政府", url="http://gov.example/", authority=Authority.OFFICIAL)


def seen(health, hour=0.0, watch=None):
    return SourceState(source_id="gov", health=health, last_visit_at=at(hour), watch=watch or Watch())


def story(*visits):
    """What the operator is told after each visit (health, hour), one after the other."""
    watch, told = Watch(), []
    for health, hour in visits:
        state = seen(health, hour, watch)
        watch, sentence = decide(state, SOURCE, assess(state, SOURCE, state.last_visit_at))
        told.append(sentence)
    return told


def test_a_source_that_fails_is_told_of_once_and_once_when_it_is_back():
    told = story((Health.OK, 0), (Health.FAILING, 1), (Health.FAILING, 2), (Health.OK, 3), (Health.UNCHANGED, 4))

    assert [bool(one) for one in told] == [False, True, False, True, False]
    assert told[1].startswith("重要来源“岚桥区政府”采集失败：")
    assert told[3] == "重要来源“岚桥区政府”已恢复正常（自11月3日13时00分起异常）"


def test_going_from_bad_to_bad_is_one_episode():
    assert sum(map(bool, story((Health.FAILING, 0), (Health.BLOCKED, 1), (Health.FAILING, 2)))) == 1


def test_a_second_episode_is_told_of_again():
    assert all(story((Health.FAILING, 0), (Health.OK, 1), (Health.BLOCKED, 2), (Health.OK, 3)))


def test_a_source_that_comes_and_goes_does_not_go_on_ringing():
    told = story(*[(Health.FAILING if n % 2 == 0 else Health.OK, n / 6) for n in range(60)])

    spoken = [one for one in told if one]
    assert len(spoken) == 2 * MOST_A_DAY
    assert "再有反复不另行通知" in spoken[-2]
    assert not any("再有反复" in one for one in spoken[:-2])


def test_the_next_day_it_is_told_of_again():
    bad_day = [(Health.FAILING if n % 2 == 0 else Health.OK, n / 6) for n in range(60)]

    assert all(story(*bad_day, (Health.FAILING, 40), (Health.OK, 41))[-2:])


def test_nothing_is_said_of_a_source_that_was_never_visited():
    state = SourceState(source_id="gov", health=Health.OK)

    assert decide(state, SOURCE, assess(state, SOURCE, NOON)) == (Watch(), "")


@pytest.fixture
def service(tmp_path, sink):
    with opened(a_folder(tmp_path / "desk", sources=SOURCES, mail=sink.port)) as running:
        yield running


def visit(service, health, source="gov", **more):
    now = service.clock.now()
    done = Visit(source_id=source, health=health, started_at=now, finished_at=now, **more)
    store = service.database.crawl_store()
    store.visited(done)
    store.close()
    worker.tick(service)


def messages(service):
    with service.view() as uow:
        return [(n.recipient, n.purpose, n.reason) for n in reversed(uow.outbox.all())]


def test_the_operator_on_duty_gets_one_message_and_no_alert_is_opened(service, sink):
    problem = ("来源“岚桥区政府”：首页 连接失败。",)
    visit(service, Health.FAILING, problems=problem)
    service.clock.set(at(1))
    visit(service, Health.FAILING, problems=problem)
    visit(service, Health.FAILING, source="news")

    ((person, purpose, reason),) = messages(service)
    assert (person, purpose) == ("operator_a", Purpose.SERVICE)
    assert reason == "重要来源“岚桥区政府”采集失败：首页 连接失败。尚未成功采集过。"
    while deliver(service):
        pass
    (mail,) = sink.mails()
    assert "operator-a@duty.example" in mail.read_text(encoding="utf-8")
    with service.view() as uow:
        assert uow.alerts.all() == []


def test_a_silent_source_is_told_of_and_its_return_too(service):
    with service.unit_of_work() as uow:
        uow.sources.visited(
            Visit(source_id="gov", health=Health.OK, started_at=at(), finished_at=at(), items=9, new=9),
            [at(-n) for n in range(30)],
        )
        uow.commit()
    for hour in (2, 4, 6):
        service.clock.set(at(hour))
        visit(service, Health.UNCHANGED)
    service.clock.set(at(7))
    visit(service, Health.OK, items=9, new=1)

    silent, back = (reason for *_, reason in messages(service))
    assert silent.startswith(
        "重要来源“岚桥区政府”久无更新：自11月3日12时00分起没有新内容（平时同一时段间隔不超过1小时）"
    )
    assert back.startswith("重要来源“岚桥区政府”已恢复正常")


def test_a_restart_and_a_failed_transaction_say_nothing_twice(tmp_path, service, monkeypatch):
    monkeypatch.setattr(service.processor, "due", lambda uow, now: 0)
    monkeypatch.setattr("services.worker.watch.tick", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        visit(service, Health.BLOCKED)
    monkeypatch.undo()
    worker.tick(service)
    worker.tick(service)
    folder = service.folder
    service.close()
    with opened(folder, at(1)) as again:
        worker.tick(again)
        assert len(messages(again)) == 1


def test_a_roster_without_that_role_means_the_mildest_tiers_first_step(tmp_path):
    folder = a_folder(tmp_path / "other", sources=SOURCES)
    for name in ("roster.yaml", "plan.yaml"):
        text = (folder / name).read_text(encoding="utf-8").replace("duty_operator", "watch_desk")
        (folder / name).write_text(text, encoding="utf-8")
    with opened(folder) as service:
        visit(service, Health.FAILING)

        assert [recipient for recipient, *_ in messages(service)] == ["operator_a"]


def test_ticks_without_important_sources_read_nothing(service, monkeypatch):
    service.sources = [replace(source, important=False) for source in service.sources]
    asked = []
    monkeypatch.setattr("services.storage.sources.SqlSourceStore.get", lambda self, key: asked.append(key))

    worker.tick(service)

    assert asked == []


def test_an_episode_lasts_over_days(service):
    visit(service, Health.FAILING)
    service.clock.set(NOON + timedelta(days=9))
    visit(service, Health.FAILING)

    assert len(messages(service)) == 1
