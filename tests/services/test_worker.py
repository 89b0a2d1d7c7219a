import email
import stat
from dataclasses import replace
from datetime import timedelta
from email.policy import default

import pytest

from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import NotificationState
from analyzer.model import Scope
from services import worker
from services.demo.sink import Faults
from services.errors import ConfigError
from services.sending.delivery import deliver
from tests.builders import at, post, reading
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def service(tmp_path, sink):
    with opened(a_folder(tmp_path / "desk", mail=sink.port)) as running:
        yield running


def messages(service, channel="email"):
    with service.view() as uow:
        return {n.recipient: n for n in uow.outbox.all() if n.channel == channel}


def alert_of(service):
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    return alert


def send(service):
    tried = 0
    while done := deliver(service):
        tried += done
    return tried


def test_every_decided_message_is_sent_once(service, sink):
    tell(service, *a_fire("a", "b", "c"))

    assert send(service) == 2
    assert send(service) == 0

    mails = [email.message_from_bytes(path.read_bytes(), policy=default) for path in sink.mails()]
    assert {mail["To"].addresses[0].addr_spec for mail in mails} == {"operator-a@duty.example", "leader-c@duty.example"}
    assert all(mail["Subject"].startswith("【Ⅲ级·首报·待核实】永固仓库") for mail in mails)
    assert {n.state for n in messages(service).values()} == {NotificationState.SENT}


def test_a_server_that_is_down_loses_nothing(service, sink):
    tell(service, *a_fire("a", "b", "c"))
    sink.faults = Faults(reply="451 later", times=2)

    assert send(service) == 2
    assert {n.state for n in messages(service).values()} == {NotificationState.RETRY}
    assert send(service) == 0

    service.clock.set(at(minutes=1))
    assert send(service) == 2
    assert len(sink.mails()) == 2


def test_a_recipient_that_does_not_exist_does_not_hurt_the_others(service, sink):
    sink.faults = Faults(refused=frozenset({"operator-a@duty.example"}))
    tell(service, *a_fire("a", "b", "c"))

    send(service)

    found = messages(service)
    assert found["operator_a"].state is NotificationState.DEAD
    assert "operator-a@duty.example" in found["operator_a"].error
    assert found["leader_c"].state is NotificationState.SENT


def test_who_cannot_be_reached_by_mail_is_on_the_list_to_phone(service, sink):
    sink.faults = Faults(refused=frozenset({"operator-a@duty.example"}))
    tell(service, *a_fire("a", "b", "c"))

    send(service)

    slip = messages(service, "printed")["operator_a"]
    assert slip.state is NotificationState.SENT
    assert slip.instead_of == messages(service)["operator_a"].id
    (page,) = (service.data / "printed").iterdir()
    text = page.read_text(encoding="utf-8")
    assert "请通知：值班员甲" in text
    assert "leader" not in text


def test_when_the_server_stays_away_people_are_told_on_paper_while_the_tries_go_on(service, sink):
    sink.faults = Faults(hang_up=True)
    service.breaker.seconds = 0
    tell(service, *a_fire("a", "b", "c"))
    for minute in range(4):
        service.clock.set(at(minutes=minute))
        send(service)

    assert {n.state for n in messages(service).values()} == {NotificationState.RETRY}
    assert {n.state for n in messages(service, "printed").values()} == {NotificationState.SENT}
    sink.faults = Faults()
    service.clock.set(at(minutes=9))
    send(service)
    assert {n.state for n in messages(service).values()} == {NotificationState.SENT}
    assert len(messages(service, "printed")) == 2


def test_a_far_side_that_does_not_answer_is_left_alone_for_a_moment(service, sink):
    tried = []
    real = service.channels["email"].send
    service.channels["email"].send = lambda message: tried.append(message.key) or real(message)
    sink.faults = Faults(hang_up=True)
    tell(service, *a_fire("a", "b", "c"))
    with service.unit_of_work() as uow:
        for number in range(20):
            uow.outbox.add(replace(messages(service)["operator_a"], id=f"more{number}"))
        uow.commit()

    assert send(service) == 22
    assert len(tried) == 2
    assert {n.attempts for n in messages(service).values()} == {1}


def test_mild_messages_to_one_person_become_one_mail_and_the_first_of_an_alert_never_waits(service, sink):
    tell(service, *a_fire("a", "b", "c"))
    send(service)
    service.clock.set(at(hours=1))
    tell(service, *a_fire("d", "e", "f", deaths=4, text="永固仓库又有人遇难", told=at(hours=1)))
    with service.view() as uow:
        waiting = [n for n in uow.outbox.all() if n.state is NotificationState.PENDING]
    assert waiting
    assert all(n.mild for n in waiting)
    extra = [replace(n, id=f"second-{n.id}"[:32], reason="再次变化") for n in waiting]
    with service.unit_of_work() as uow:
        for one in extra:
            uow.outbox.add(one)
        uow.commit()
    before = len(sink.mails())

    send(service)

    new = [email.message_from_bytes(path.read_bytes(), policy=default) for path in sink.mails()[before:]]
    assert len(new) == len({n.recipient for n in waiting})
    assert all(mail["Subject"].startswith("【合并2条】") for mail in new)
    with service.view() as uow:
        assert {n.state for n in uow.outbox.all()} == {NotificationState.SENT}


def test_a_channel_that_there_is_not_is_said_and_does_not_hurt_the_others(tmp_path, sink):
    folder = a_folder(tmp_path / "other", mail=sink.port)
    roster = (folder / "roster.yaml").read_text(encoding="utf-8")
    (folder / "roster.yaml").write_text(
        roster.replace("{email: operator-a@duty.example}", "{pigeon: loft-3, email: operator-a@duty.example}"),
        encoding="utf-8",
    )
    with opened(folder) as service:
        tell(service, *a_fire("a", "b", "c"))
        send(service)
        with service.view() as uow:
            states = {n.channel: (n.state, n.error) for n in uow.outbox.all()}

    assert states["pigeon"][0] is NotificationState.DEAD
    assert "pigeon" in states["pigeon"][1]
    assert states["email"][0] is NotificationState.SENT
    assert len(sink.mails()) == 2


def test_a_fault_of_our_own_holds_up_one_message_only(service, sink):
    class Clumsy:
        name = "email"

        def __init__(self, real):
            self.real, self.dropped = real, False

        def send(self, message):
            if not self.dropped:
                self.dropped = True
                raise RuntimeError("a bug")
            self.real.send(message)

        def close(self):
            self.real.close()

    service.channels["email"] = Clumsy(service.channels["email"])
    tell(service, *a_fire("a", "b", "c"))

    send(service)

    assert sorted(n.state for n in messages(service).values()) == [NotificationState.RETRY, NotificationState.SENT]
    assert any("RuntimeError" in n.error for n in messages(service).values())
    service.clock.set(at(minutes=1))
    send(service)
    assert len(sink.mails()) == 2


def test_nobody_is_urged_once_somebody_has_acknowledged(service, sink):
    tell(service, *a_fire("a", "b", "c"))
    send(service)
    service.clock.set(at(minutes=20))
    worker.tick(service)
    service.act(alert_of(service).id, Act(action=Action.ACKNOWLEDGE, by="operator_a"))

    send(service)

    with service.view() as uow:
        late = [n for n in uow.outbox.all() if n.step == 1 and n.state is NotificationState.CANCELLED]
    assert late
    assert not any("催办" in email.message_from_bytes(p.read_bytes(), policy=default)["Subject"] for p in sink.mails())


def test_sending_stops_between_two_messages_when_the_service_stops(service, sink):
    tell(service, *a_fire("a", "b", "c"))
    service.stopping.set()

    deliver(service)

    assert sink.mails() == []
    assert {n.state for n in messages(service).values()} == {NotificationState.SENDING}


def test_what_a_dead_process_had_claimed_is_done_at_once_by_the_next(tmp_path, sink):
    folder, late = a_folder(tmp_path / "desk", mail=sink.port), post("永固仓库还在冒烟", voice="d")
    with opened(folder) as dead:
        tell(dead, *a_fire("a", "b", "c"))
        store = dead.database.crawl_store()
        store.put(late)
        store.close()
        with dead.unit_of_work() as uow:
            assert uow.posts.claim(limit=9, now=at(), until=at(9))
            assert uow.outbox.claim(limit=9, now=at(), until=at(9))
            uow.commit()

    with opened(folder) as service:
        service.reader.readings[late.id] = reading(late)
        assert worker.read(service) == 1
        assert send(service) == 2


def test_one_bad_post_of_a_batch_that_fails_leaves_memory_and_record_as_they_were(service, monkeypatch):
    tell(service, *a_fire("a", "b", "c"))
    before = service.processor.engine.event(alert_of(service).event_id, at())
    pairs = a_fire("d", "e", deaths=12, text="永固仓库又有人遇难")
    take, processor = service.processor.take, service.processor

    def broken(uow, read, now):
        take(uow, read, now)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(processor, "take", broken)
    with pytest.raises(RuntimeError):
        tell(service, *pairs)
    monkeypatch.undo()

    assert service.processor.engine.event(before.id, at()).figures == before.figures
    assert service.processor.engine.event(before.id, at()).voices == 3


def test_a_restart_finds_everything_where_it_was(tmp_path, sink):
    folder = a_folder(tmp_path / "desk", mail=sink.port)
    with opened(folder) as first:
        tell(first, *a_fire("a", "b", "c"))
        before, alert = first.processor.engine.events(at()), alert_of(first)

    with opened(folder, at(minutes=15)) as second:
        assert second.processor.engine.events(at()) == before
        assert alert_of(second) == alert
        worker.tick(second)
        assert alert_of(second).step == 1
        tell(second, *a_fire("d", deaths=12, text="永固仓库又有人遇难", told=at(minutes=15)))
        with second.view() as uow:
            assert len(uow.events.all()) == 1


def test_what_is_older_than_the_retention_time_goes_and_the_figures_stay(service):
    tell(service, *a_fire("a", "b", "c"))
    event = alert_of(service).event_id

    service.clock.set(at() + timedelta(days=30))
    assert worker.purge(service).posts == 0
    service.clock.set(at() + timedelta(days=31))
    assert worker.purge(service).posts == 3
    assert worker.purge(service).posts == 0

    with service.view() as uow:
        assert uow.posts.get(uow.events.member_ids(event)) == []
        assert uow.events.get(event).figures
        assert uow.reports.of_event(event)[0].text


def test_no_byte_of_an_out_of_scope_text_is_left(service):
    chat = post("紫霞湖的荷花开得真好，周末去看", voice="a")
    tell(service, (chat, replace(reading(chat), scope=Scope.OUT, topics=())))

    worker.wipe(service)

    for path in service.folder.rglob("*"):
        assert not path.is_file() or "紫霞湖".encode() not in path.read_bytes(), path


def test_a_voice_key_dies_with_its_day(service):
    key = service.data / "voice.key"
    key.write_text(f"2026-11-03 {'ab' * 32}\n", encoding="ascii")

    worker.wipe(service)
    assert key.exists()

    service.clock.set(at(24))
    worker.wipe(service)
    assert not key.exists()


def test_two_processes_do_not_share_a_folder(service):
    with pytest.raises(ConfigError, match="正由另一个 minqing 进程使用"), opened(service.folder):
        pass


def test_a_folder_is_free_again_when_its_service_is_closed(tmp_path):
    folder = a_folder(tmp_path / "desk")
    for _ in range(2):
        with opened(folder) as service:
            assert not (service.data / ".minqing.lock").stat().st_mode & stat.S_IWOTH
