"""A mail server that is down, slow, refuses or breaks off while the service decides and delivers, on every record."""

from collections import Counter

import pytest

from alerts.model import NotificationState
from services.sending.delivery import deliver_all
from tests.alerts.channels.smtp_server import SmtpServer
from tests.builders import at
from tests.services.desk import a_fire, a_folder, opened, tell

CROWD = 200
GONE = "crowd_77"


@pytest.fixture
def server():
    running = SmtpServer()
    yield running
    running.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def folder(request, tmp_path, server):
    """A desk over this record, whose mail server has a second to answer."""
    shared = {} if request.param == "sqlite" else {"database": f'"{request.getfixturevalue("cluster").fresh()}"'}
    made = a_folder(tmp_path / "desk", mail=server.port, papers="{attach: []}", **shared)
    settings = made / "settings.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("timeout: 5", "timeout: 3"), encoding="utf-8")
    return made


@pytest.fixture
def service(folder):
    with opened(folder) as running:
        running.presence.beat()
        running.breaker.seconds = 0  # its ten seconds are real ones
        yield running


def emails(service):
    with service.view() as uow:
        return {n.recipient: n for n in uow.outbox.all(limit=1000) if n.channel == "email"}


def states(service):
    return {n.state for n in emails(service).values()}


def came(server):
    return Counter(mail["X-Minqing-Key"] for mail in server.mails)


PASSING = {
    "answers nobody": ("banner", "421 4.3.2 shutting down"),
    "is slow at the recipient": ("RCPT", "wait"),
    "is slow after the text": ("DATA", "wait"),
    "refuses the recipient for now": ("RCPT", "450 4.2.1 greylisted"),
    "refuses the text for now": ("DATA", "452 4.3.1 disk full"),
    "closes in mid-text": ("DATA", "close mid-way"),
    "closes after the text": ("DATA", "close"),
}


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_of_the_server_loses_nothing_and_doubles_nothing(service, server, fault):
    stage, answer = PASSING[fault]
    server.fault[stage] = answer
    tell(service, *a_fire("a", "b", "c"))
    deliver_all(service)
    assert states(service) == {NotificationState.RETRY}
    assert server.mails == []

    server.fault.clear()
    service.clock.set(at(minutes=2))
    deliver_all(service)
    assert states(service) == {NotificationState.SENT}
    assert came(server) == {n.id: 1 for n in emails(service).values()}


def test_a_server_that_is_gone_and_comes_back_loses_nothing(service, server):
    tell(service, *a_fire("a", "b", "c"))
    server.stop()
    deliver_all(service)
    assert states(service) == {NotificationState.RETRY}
    assert all("拒绝连接" in n.error for n in emails(service).values())

    back = SmtpServer(port=server.port)
    service.clock.set(at(minutes=2))
    deliver_all(service)
    back.stop()
    assert states(service) == {NotificationState.SENT}
    assert came(back) == {n.id: 1 for n in emails(service).values()}


@pytest.mark.parametrize(("stage", "answer"), [("RCPT", "550 5.1.1 no such user"), ("DATA", "554 5.7.1 refused")])
def test_what_is_refused_for_good_goes_on_paper_at_once(service, server, stage, answer):
    server.fault[stage] = answer
    tell(service, *a_fire("a", "b", "c"))
    deliver_all(service)
    assert states(service) == {NotificationState.DEAD}
    with service.view() as uow:
        paper = {n.recipient: n.state for n in uow.outbox.all() if n.channel == "printed"}
    assert paper == dict.fromkeys(emails(service), NotificationState.SENT)


def crowd(roster):
    """So many in the operator's role."""
    text = roster.read_text(encoding="utf-8")
    names = [f"crowd_{number}" for number in range(CROWD)]
    entries = "".join(f"  - {{id: {n}, name: {n}, channels: {{email: {n}@duty.example}}}}\n" for n in names)
    role = "- {id: duty_operator, name: 值班员}"
    assert role in text
    text = text.replace("people:\n", f"people:\n{entries}", 1)
    text = text.replace(role, f"- {{id: duty_operator, name: 值班员, holders: [{', '.join(names)}]}}", 1)
    roster.write_text(text, encoding="utf-8")


def test_one_of_two_hundred_who_is_refused_costs_the_others_nothing(folder, server):
    crowd(folder / "roster.yaml")
    server.refused = {f"{GONE}@duty.example"}
    with opened(folder) as service:
        service.presence.beat()
        tell(service, *a_fire("a", "b", "c"))
        deliver_all(service)
        found = emails(service)
        assert len(found) >= CROWD
        refused = found.pop(GONE)
        assert {n.state for n in found.values()} == {NotificationState.SENT}
        assert set(came(server).values()) == {1}
        assert came(server).keys() == {n.id for n in found.values()}
        assert refused.state is NotificationState.DEAD
        assert f"拒收收件人 {GONE}@duty.example" in refused.error
        with service.view() as uow:
            (paper,) = [n for n in uow.outbox.all(limit=1000) if n.channel == "printed"]
        assert (paper.recipient, paper.state) == (GONE, NotificationState.SENT)
        assert server.connections == 1
