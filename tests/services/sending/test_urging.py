"""What mails say that urge somebody, long after their report was issued."""

from email.message import EmailMessage

import pytest

from alerts.lifecycle import Action
from alerts.matter import Act
from analyzer.model import Tier
from services import worker
from services.sending.delivery import deliver_all
from tests.alerts.channels.smtp_server import SmtpServer
from tests.builders import at
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def server():
    running = SmtpServer()
    yield running
    running.stop()


@pytest.fixture
def service(tmp_path, server):
    with opened(a_folder(tmp_path / "desk", mail=server.port, papers="{attach: []}")) as running:
        yield running


def plain(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def test_who_is_urged_reads_what_is_true_at_sending_and_the_last_report(service, server):
    tell(service, *a_fire("a", "b", "c"))
    service.clock.set(at(minutes=10))
    tell(service, *a_fire("d", "e", "f", deaths=5, told=at(minutes=10), text="永固仓库还在烧"))
    service.clock.set(at(minutes=16))
    worker.tick(service)
    service.clock.set(at(minutes=40))
    deliver_all(service)

    urging = [mail for mail in server.mails if "无人签收" in str(mail["Subject"])]
    assert urging
    for mail in urging:
        text = plain(mail)
        assert "（死亡5人待核实）" in str(mail["Subject"])
        assert "现况（11月3日12时40分）" in text
        assert "死亡：待核实5人" in text[: text.index("以下为")]


def test_a_department_that_is_given_a_matter_reads_how_it_stands(service, server):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.act(alert.id, Act(action=Action.ASSIGN, by="operator_a", to="fire", note="请到场"))
    deliver_all(service)
    (given,) = [mail for mail in server.mails if "【转办】" in str(mail["Subject"])][:1]
    assert "现况（11月3日12时00分）：Ⅲ级（较大），未经核实；预警已转办" in plain(given)


def test_bar_subject_and_first_line_tell_the_tier_of_now_whatever_the_carried_report_had(service, server):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.act(alert.id, Act(action=Action.ACKNOWLEDGE, by="operator_a"))
    service.act(alert.id, Act(action=Action.LOWER, by="deputy_a", tier=Tier.IV, note="按现场指挥部意见"))
    service.act(alert.id, Act(action=Action.ASSIGN, by="operator_a", to="fire", note="请到场"))
    deliver_all(service)
    (given,) = [mail for mail in server.mails if "【转办】" in str(mail["Subject"])][:1]
    bar = given.get_body(("html",)).get_content().partition('font-weight:bold">')[2].partition("</div>")[0]
    assert "Ⅳ级·首报" in str(given["Subject"])
    assert "Ⅳ级·蓝色" in bar
    assert "现况（11月3日12时00分）：Ⅳ级（一般），按现有情况达到Ⅲ级，未经核实；预警已转办" in bar


def test_who_could_not_be_reached_for_a_night_is_urged_once_when_he_can_be(service, server):
    tell(service, *a_fire("a", "b", "c", deaths=11))
    for minute in range(0, 8 * 60, 5):  # nothing is sent
        service.clock.set(at(minutes=minute))
        worker.tick(service)
    service.clock.set(at(8))
    deliver_all(service)
    urged = [str(mail["To"]) for mail in server.mails if "无人签收" in str(mail["Subject"])]
    assert len(urged) == len(set(urged)) >= 3
    assert any("首报" in str(mail["Subject"]) and "无人签收" not in str(mail["Subject"]) for mail in server.mails)


def test_urging_that_is_sent_in_time_is_sent_each_time(service, server):
    tell(service, *a_fire("a", "b", "c", deaths=11))
    for minute in range(0, 3 * 60, 5):
        service.clock.set(at(minutes=minute))
        worker.tick(service)
        deliver_all(service)
    urged = [str(mail["Subject"])[:5] for mail in server.mails if "head@" in str(mail["To"])]
    assert urged == [f"【催办{n}】" for n in (3, 4, 5)]
