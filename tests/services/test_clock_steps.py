"""The machine's clock jumps by hours while the service runs, over a real record and a real mail server."""

from collections import Counter
from datetime import timedelta

import pytest

from alerts.model import Purpose
from crawlers.model import Authority, Outcome
from services import worker
from services.demo.sink import MailSink
from services.sending.delivery import deliver_all
from tests.builders import NOON, post
from tests.services.desk import a_folder, opened
from tests.soak.nursery import TellingReader
from tests.soak.storm import telling

FIRES = 12


class Clock:
    """One that can be set back too."""

    def __init__(self):
        self.moment = NOON

    def now(self):
        return self.moment

    def step(self, **by):
        self.moment += timedelta(**by)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request):
    return {} if request.param == "sqlite" else {"database": f'"{request.getfixturevalue("cluster").fresh()}"'}


@pytest.fixture
def desks(tmp_path, address):
    """Makes desks with a dozen fires, told at noon, of which everybody has been sent the first message."""
    sinks, services = [], []

    def make(name, **settings):
        sinks.append(MailSink(tmp_path / f"mail-{name}"))
        sinks[-1].__enter__()
        folder = a_folder(tmp_path / name, mail=sinks[-1].port, papers="{attach: []}", **settings)
        services.append(opened(folder))
        service = services[-1].__enter__()
        service.clock = Clock()
        service.presence.beat()
        service.reader = TellingReader()
        burn(service, 0, FIRES)
        return service, sinks[-1]

    yield lambda name: make(name, **address)
    for one in (*services, *sinks):
        one.__exit__(None, None, None)


def burn(service, first, last):
    """A paper tells of so many fires, of which each killed three."""
    store = service.database.crawl_store()
    for number in range(first, last):
        one = post(telling(number), authority=Authority.MEDIA, told=service.clock.now())
        assert store.put(one) is Outcome.NEW
    store.close()
    while worker.read(service):
        pass
    run(service)


def run(service):
    """Everything that is due is done and sent."""
    while worker.tick(service):
        pass
    deliver_all(service)


def decided(service):
    with service.view() as uow:
        return [n for n in uow.outbox.all(limit=10**6) if n.purpose is not Purpose.SERVICE]


def pairs(service):
    """Who is told what for which alert; how often."""
    return Counter((n.purpose, n.step, n.recipient) for n in decided(service))


def test_hours_forward_bring_no_more_than_the_same_hours_had_brought_and_misses_at_their_true_time(desks):
    service, sink = desks("jumps")
    assert len(decided(service)) == len(sink.mails()) > 0
    service.clock.step(hours=3)
    run(service)
    jumped = pairs(service)
    with service.view() as uow:
        alerts = uow.alerts.open()
    assert len(alerts) == FIRES
    assert max(jumped.values()) == FIRES  # nobody is told twice of one step
    assert len(sink.mails()) < len(decided(service))  # what is mild comes bundled
    for alert in alerts:
        assert {d.missed_at for d in alert.deadlines if d.missed_at} <= {d.due_at for d in alert.deadlines}
        assert any(d.missed_at for d in alert.deadlines)
        assert alert.due_at > service.clock.now()
    run(service)
    assert pairs(service) == jumped


def test_a_month_forward_costs_no_more_messages_than_a_day(desks):
    service, _ = desks("month")
    service.clock.step(days=1)
    run(service)
    a_day = len(decided(service))
    service.clock.step(days=30)
    run(service)
    assert len(decided(service)) - a_day <= a_day


def test_a_clock_that_was_ahead_and_is_set_back_lets_no_alert_of_that_time_wait_for_hours(desks):
    service, _ = desks("back")
    service.clock.step(hours=5)
    burn(service, FIRES, FIRES + 1)
    (ahead,) = [alert for alert in opened_alerts(service) if alert.opened_at > NOON]
    first = ahead.escalate_at - ahead.opened_at
    service.clock.step(hours=-5)
    run(service)

    (moved,) = [alert for alert in opened_alerts(service) if alert.id == ahead.id]
    assert moved.escalate_at == service.clock.now() + first
    with service.view() as uow:
        assert "系统时钟曾走快，已拨回5小时0分" in uow.alerts.history(ahead.id)[-1].note
        told = [n for n in uow.outbox.all() if n.purpose is Purpose.SERVICE and "被拨回5小时0分" in n.reason]
    assert len(told) == 1
    before = len(decided(service))
    service.clock.moment += first
    run(service)
    assert any(n.alert_id == ahead.id and n.step == 1 for n in decided(service))
    assert len(decided(service)) > before
    run(service)
    with service.view() as uow:
        again = [n for n in uow.outbox.all(limit=1000) if n.purpose is Purpose.SERVICE and "拨回" in n.reason]
    assert len(again) == 1


def test_a_clock_set_back_while_the_service_is_down_lets_no_alert_wait_for_hours_either(desks):
    service, _ = desks("down")
    service.clock.step(hours=5)
    burn(service, FIRES, FIRES + 1)
    (ahead,) = [alert for alert in opened_alerts(service) if alert.opened_at > NOON]
    service.clock.step(hours=-5)
    service.forget()
    run(service)

    (moved,) = [alert for alert in opened_alerts(service) if alert.id == ahead.id]
    assert moved.escalate_at == service.clock.now() + (ahead.escalate_at - ahead.opened_at)
    run(service)
    with service.view() as uow:
        told = [n for n in uow.outbox.all(limit=1000) if n.purpose is Purpose.SERVICE and "拨回" in n.reason]
    assert len(told) == len({n.recipient for n in told})


def opened_alerts(service):
    with service.view() as uow:
        return uow.alerts.open()


def test_a_second_that_a_time_server_takes_back_is_no_matter(desks):
    service, _ = desks("second")
    service.clock.step(seconds=-30)
    run(service)
    with service.view() as uow:
        assert not [n for n in uow.outbox.all(limit=1000) if n.purpose is Purpose.SERVICE]
