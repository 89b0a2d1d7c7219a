"""A fault of our own in one post or one alert: the others are read, rated and urged on all the same."""

from itertools import pairwise
from types import SimpleNamespace

import pytest

from alerts.engine import Desk
from services import worker
from services.sending.delivery import deliver_all
from services.storage.errors import Unavailable
from services.supervision import canary, set_back, steps
from services.ticks import guarded
from tests.builders import at, post, reading
from tests.services.desk import FIRST, MILL, a_fire, a_folder, opened, said, tell


@pytest.fixture
def service(tmp_path, sink):
    with opened(a_folder(tmp_path / "desk", mail=sink.port, papers="{attach: []}")) as running:
        yield running


@pytest.fixture
def poison(service, monkeypatch):
    """A post on which the engine breaks."""
    bad = post("永固仓库旁的一句话", voice="z")
    absorb = type(service.processor.engine).absorb

    def breaking(engine, told, understood, now):
        if told.id == bad.id:
            raise ZeroDivisionError
        return absorb(engine, told, understood, now)

    monkeypatch.setattr(type(service.processor.engine), "absorb", breaking)
    return bad


def told(service):
    with service.view() as uow:
        return [n for n in uow.outbox.all() if n.id.startswith("unread-")]


def test_a_post_on_which_the_engine_breaks_is_set_aside_and_the_others_make_their_event(service, poison):
    tell(service, (poison, reading(poison, "hazard.fire")), *a_fire("a", "b", "c"))

    with service.view() as uow:
        (alert,) = uow.alerts.all()
        assert uow.events.of_post(poison.id) is None
        assert [kept.id for kept in uow.posts.get([poison.id])] == [poison.id]
        assert uow.sources.tallies()[""].unsure == 1
        assert uow.posts.oldest(at(9)) is None
    assert service.processor.engine.event(alert.event_id, at()).voices == 3
    assert {n.recipient for n in told(service)} == {"operator_a"}
    assert f"#{poison.id[:8]}" in told(service)[0].reason


def test_a_post_that_cannot_be_read_is_set_aside_too(service):
    bad = post("读不懂的一条", voice="z")
    tell(service, *a_fire("a"))
    store = service.database.crawl_store()
    store.put(bad)  # the reader knows no reading of it: KeyError
    store.close()
    tell(service, *a_fire("b", "c", text="永固仓库浓烟"))

    with service.view() as uow:
        assert len(uow.alerts.all()) == 1
        assert uow.posts.get([bad.id])
    assert "KeyError" in told(service)[0].reason


def test_many_such_posts_in_an_hour_are_one_message(service):
    for n in range(3):
        store = service.database.crawl_store()
        store.put(post(f"读不懂的第{n}条", voice="z"))
        store.close()
        tell(service, *a_fire(f"v{n}", text=f"永固仓库第{n}次冒烟"))

    assert len({n.id for n in told(service)}) == len(told(service)) == 1


def test_where_every_post_breaks_none_is_set_aside_and_all_are_read_when_it_is_mended(service, monkeypatch):
    engine = type(service.processor.engine)
    monkeypatch.setattr(engine, "absorb", lambda *_: 1 / 0)
    pairs = a_fire("a", "b", "c", "d", "e")
    with pytest.raises(ZeroDivisionError):
        tell(service, *pairs)
    assert told(service) == []
    monkeypatch.undo()

    assert worker.read(service) == 5
    with service.view() as uow:
        assert len(uow.alerts.all()) == 1


def test_a_record_that_is_locked_sets_nothing_aside(service, monkeypatch):
    absorb = type(service.processor.engine).absorb
    calls = []

    def locked(engine, *args):
        calls.append(args)
        if len(calls) == 2:
            raise Unavailable
        return absorb(engine, *args)

    monkeypatch.setattr(type(service.processor.engine), "absorb", locked)
    with pytest.raises(Unavailable):
        tell(service, *a_fire("a", "b", "c"))
    assert worker.read(service) == 3
    assert told(service) == []


def test_a_canary_that_breaks_is_not_kept(service, monkeypatch):
    monkeypatch.setattr(canary, "decide", lambda *_: 1 / 0 if _[2] else None)
    canary.send_due(service)
    key = service.canary.key
    service.reader.readings[key] = reading(post(""), "hazard.fire")
    tell(service, *a_fire("a", "b", "c"))

    with service.view() as uow:
        assert not uow.posts.get([key])
        assert len(uow.alerts.all()) == 1


def test_an_alert_on_which_the_desk_breaks_leaves_the_clocks_of_the_others_running(service, sink, monkeypatch):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (broken,) = uow.alerts.all()
    service.clock.set(at(minutes=1))
    tell(service, *said(FIRST, "d", "e", "f", minutes=1, places=(MILL,), deaths=3))
    deliver_all(service)
    on_due = Desk.on_due

    def breaking(desk, matter, now):
        if matter.alert.id == broken.id:
            raise ZeroDivisionError
        return on_due(desk, matter, now)

    monkeypatch.setattr(Desk, "on_due", breaking)
    service.clock.set(at(minutes=40))

    with pytest.raises(ZeroDivisionError):
        worker.tick(service)

    with service.view() as uow:
        steps_taken = {a.id: a.step for a in uow.alerts.all()}
        history = {a.id: len(uow.alerts.history(a.id)) for a in uow.alerts.all()}
    assert len(steps_taken) == 2
    other = next(key for key in steps_taken if key != broken.id)
    assert steps_taken[other] > steps_taken[broken.id] == broken.step
    monkeypatch.undo()
    assert worker.tick(service) > 0
    with service.view() as uow:
        assert len(uow.alerts.history(broken.id)) > history[broken.id]


def test_a_set_back_that_breaks_is_tried_again_at_the_next_round(service, monkeypatch):
    tell(service, *a_fire("a", "b", "c"))
    worker.tick(service)
    service.clock = SimpleNamespace(now=lambda: at(hours=-1))
    with monkeypatch.context() as patch:
        patch.setattr(set_back, "tick", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worker.tick(service)

    def told():
        with service.view() as uow:
            return [line.action for alert in uow.alerts.all() for line in uow.alerts.history(alert.id)].count("clock")

    assert told() == 0
    worker.tick(service)
    assert told() == 1
    worker.tick(service)
    assert told() == 1


def test_a_step_that_fails_rests_a_little_longer_each_time(service, monkeypatch):
    now, calls = [1000.0], []
    monkeypatch.setattr(steps, "monotonic", lambda: now[0])

    def failing(_):
        calls.append(now[0])
        raise ZeroDivisionError

    for _ in range(200):
        guarded("read", failing, service)
        now[0] += 0.1
    gaps = [b - a for a, b in pairwise(calls)]
    assert gaps[0] < 0.7
    assert sorted(gaps) == pytest.approx(gaps)
    assert 5 <= gaps[-1] < 5.2

    now[0] += 9
    guarded("read", lambda _: None, service)
    guarded("read", failing, service)
    assert calls[-1] == now[0]
