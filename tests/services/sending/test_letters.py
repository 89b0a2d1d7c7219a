import pytest
from typer.testing import CliRunner

from alerts.model import NotificationState
from services.cli import app
from services.demo.sink import Faults, MailSink
from services.sending.delivery import deliver_all
from services.sending.letters import replay
from tests.builders import at
from tests.services.desk import a_fire, a_folder, opened, tell

REFUSED = "operator-a@duty.example"


@pytest.fixture
def sink(tmp_path):
    with MailSink(tmp_path / "mail", faults=Faults(refused=frozenset({REFUSED}))) as running:
        yield running


@pytest.fixture
def service(tmp_path, sink):
    """A desk that could not reach its operator."""
    with opened(a_folder(tmp_path / "desk", mail=sink.port)) as running:
        tell(running, *a_fire("a", "b", "c"))
        deliver_all(running)
        yield running


def letter(service):
    with service.view() as uow:
        (found,) = uow.outbox.all(state=NotificationState.DEAD)
    return found


def minqing(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_dead_letters_are_listed_with_person_and_reason(service):
    code, out = minqing("outbox", "list", service.folder)
    assert code == 0
    assert letter(service).id in out
    assert "值班员甲" in out
    assert f"拒收收件人 {REFUSED}" in out


def test_a_mended_address_is_sent_again_while_the_service_runs_and_under_the_same_key(service, sink):
    dead = letter(service)
    sink.faults = Faults()

    code, out = minqing("outbox", "replay", service.folder, dead.id, "--by", "leader_c")

    assert (code, "已将1条消息放回发件箱" in out) == (0, True)
    deliver_all(service)
    (mail,) = [path for path in sink.mails() if REFUSED in path.name]
    assert f"X-Minqing-Key: {dead.id}" in mail.read_text()
    with service.view() as uow:
        assert uow.outbox.get(dead.id).state is NotificationState.SENT
        assert [(e.actor, e.action, e.target) for e in uow.audit.entries()][-1] == ("leader_c", "replay", dead.id)


def test_without_a_number_all_dead_letters_go_again(service, sink):
    sink.faults = Faults()
    assert "已将1条消息" in minqing("outbox", "replay", service.folder)[1]
    assert "没有需要重发的消息" in minqing("outbox", "replay", service.folder)[1]
    deliver_all(service)
    assert "没有未送达的消息。" in minqing("outbox", "list", service.folder)[1]


def test_an_unknown_number_is_one_sentence(service):
    code, out = minqing("outbox", "replay", service.folder, "nothing")
    assert code == 2
    assert "没有编号为 nothing 的消息" in out


def test_what_was_sent_is_not_sent_again(service):
    with service.unit_of_work() as uow:
        (sent, *_) = uow.outbox.all(state=NotificationState.SENT)
        assert replay(uow, [sent.id], by="leader_c", now=at(1)) == 0
        assert uow.outbox.get(sent.id).state is NotificationState.SENT


def test_the_api_lists_and_sends_again(service, sink, client_of):
    client = client_of(service)
    (line,) = client.get("/api/v1/outbox").json()["notifications"]
    assert (line["recipient"], line["state"], line["attempts"]) == ("operator_a", "dead", 1)
    assert client.post(f"/api/v1/outbox/{line['id']}/replay", json={"by": "nobody"}).status_code == 409
    sink.faults = Faults()
    assert client.post(f"/api/v1/outbox/{line['id']}/replay", json={"by": "operator_a"}).json() == {"replayed": 1}
    deliver_all(service)
    assert client.get("/api/v1/outbox").json()["notifications"] == []


def test_the_console_shows_it_sends_it_again_and_names_who_has_to_be_phoned(service, sink, client_of):
    client = client_of(service)
    page = client.get("/").text
    assert f"拒收收件人 {REFUSED}" in page
    link = f'<a href="/events/{letter(service).event_id}">永固仓库火灾</a>'
    assert f"报送 {link} → 值班员甲（邮件）" in page
    assert '<a href="/#slips" class="bad"><b>1</b> 个须电话通知</a>' in page
    assert f"值班员甲：{link}，达到Ⅲ级（较大）" in page
    assert page.index('id="slips"') < page.index('id="tasks"')
    sink.faults = Faults()
    client.post(f"/console/outbox/{letter(service).id}", data={"by": "operator_a"})
    deliver_all(service)
    assert "拒收收件人" not in client.get("/").text
