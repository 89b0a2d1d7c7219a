import socket

import pytest

from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import ReportKind
from analyzer.model import FactKind, Tier
from crawlers.model import Authority
from services import worker
from services.acts import drilling
from services.acts.drilling import Script, asked
from services.acts.foresight import MustAgree
from services.errors import ConfigError
from services.reading.reader import build_reader
from services.run import web
from services.settings import ReadingSettings, load_settings
from tests.builders import at
from tests.services.desk import a_fire, a_folder, opened, tell

FIRE = {"topic": "hazard.fire", "tier": Tier.III}
DRILL = Script(by="head_a", text="永固仓库火灾")
OFFICIAL = Script(by="head_a", text="消防通报", figures={FactKind.DEATHS: 12.0})


def alerts(service):
    with service.view() as uow:
        return uow.alerts.all()


def test_a_drill_begins_in_a_folder_whose_service_is_not_running(tmp_path):
    folder = a_folder(tmp_path / "desk")
    assert "服务未在运行" in asked(folder, DRILL, **FIRE)
    with opened(folder) as service:
        (alert,) = alerts(service)
    assert alert.drill
    assert "升为Ⅱ级" in asked(folder, OFFICIAL, **FIRE, alert_id=alert.id, agreed=Tier.II)


def test_a_drill_begins_in_the_running_service(tmp_path, unused_port):
    folder = a_folder(tmp_path / "desk", listen=f"{{host: 127.0.0.1, port: {unused_port}}}")
    assert load_settings(folder).listen.port == unused_port
    with opened(folder) as service, web(service):
        said = asked(folder, DRILL, **FIRE)
        (alert,) = alerts(service)
        assert alert.id in said
        assert "升为Ⅱ级" in asked(folder, OFFICIAL, **FIRE, alert_id=alert.id, agreed=Tier.II)
        with pytest.raises(ConfigError, match="没有主题"):
            asked(folder, DRILL, topic="hazard.none", tier=None)


def test_a_service_that_does_not_answer_is_a_sentence(tmp_path, unused_port):
    folder = a_folder(tmp_path / "desk", listen=f"{{host: 127.0.0.1, port: {unused_port}}}")
    with opened(folder), pytest.raises(ConfigError, match="没有应答"):
        asked(folder, DRILL, **FIRE)


def test_a_refusal_is_a_sentence(tmp_path):
    with pytest.raises(ConfigError, match="演练只能由"):
        asked(a_folder(tmp_path / "desk"), Script(by="operator_a", text="x"), **FIRE)


def test_what_the_script_says_is_read_rated_and_reported_to_the_end(service):
    service.reader = build_reader(None, ReadingSettings())
    opening = Script(by="leader_c", text="永固仓库火灾，已造成3人死亡")
    alert = drilling.begin(service, opening, topic="hazard.fire", tier=None).alert
    assert alert.tier is Tier.III
    steps = [
        (5, Authority.PUBLIC, "仓库那边又抬出来一个，一共死了4个人", Tier.III),
        (40, Authority.MEDIA, "记者从现场获悉，火灾已造成12人死亡", Tier.II),
        (80, Authority.OFFICIAL, "区消防大队通报：火灾造成11人死亡、2人重伤", Tier.II),
        (120, Authority.OFFICIAL, "更正：经核实，火灾共造成10人死亡", Tier.II),
    ]
    for minutes, authority, text, tier in steps:
        service.clock.set(at(minutes=minutes))
        drilling.tell(service, alert.id, Script(by="leader_c", text=text, authority=authority), agreed=tier)
        worker.tick(service)
        assert alerts(service)[0].tier is tier
    for action, by in ((Action.ANSWER, "operator_a"), (Action.CLOSE, "operator_a"), (Action.CLOSE, "leader_c")):
        service.act(alert.id, Act(action=action, by=by, note="演练通报"), despite=True)

    with service.view() as uow:
        reports = uow.reports.of_event(alert.event_id)
        assert uow.events.get(alert.event_id).figures[FactKind.DEATHS].verified == 10
    assert reports[0].kind is ReportKind.FIRST
    assert {r.kind for r in reports[1:-1]} == {ReportKind.FOLLOW_UP, ReportKind.CORRECTION}
    assert reports[-1].kind is ReportKind.FINAL
    assert all(r.text.startswith("【演练】") and r.number.startswith("演练") for r in reports)
    assert reports[0].title == "关于永固仓库火灾（演练）的首报"
    assert reports[0].text.startswith("【演练】【Ⅲ级（较大）】【首报】【未经核实】")
    assert "演练开始" not in "".join(r.text for r in reports)
    assert "抬出来" not in "".join(r.text for r in reports)
    assert "区消防大队通报" in reports[-1].text


def test_a_drill_does_not_touch_posts_events_in_memory_or_search(service):
    service.reader = build_reader(None, ReadingSettings())
    drilling.begin(service, Script(by="leader_c", text="永固仓库火灾，3人死亡"), topic="hazard.fire", tier=None)
    assert service.processor.engine.events(at()) == []
    with service.view() as uow:
        assert uow.sources.tallies() == {}
        assert list(uow.events.members(since=at(-100))) == []


@pytest.mark.parametrize(
    ("by", "text", "said"),
    [
        ("operator_a", "3人死亡", "演练只能由此刻在岗的"),
        ("leader_c", "  ", "请写明演练中新来的情况"),
        ("nobody", "3人死亡", "没有编号为“nobody”的人员"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(service, by, text, said):
    alert = drilling.begin(service, Script(by="leader_c", text="永固仓库火灾"), **FIRE).alert
    with pytest.raises(NotAllowed, match=said):
        drilling.tell(service, alert.id, Script(by=by, text=text))
    with service.view() as uow:
        assert uow.alerts.get(alert.id) == alert


def test_a_drill_that_is_over_is_told_no_more_and_a_real_alert_nothing_supposed(service):
    alert = drilling.begin(service, Script(by="leader_c", text="永固仓库火灾"), **FIRE).alert
    service.act(alert.id, Act(action=Action.FALSE_ALARM, by="operator_a", note="演练到此"))
    with pytest.raises(NotAllowed, match="演练已结束"):
        drilling.tell(service, alert.id, OFFICIAL)
    tell(service, *a_fire("a", "b", "c"))
    (real,) = [one for one in alerts(service) if not one.drill]
    with pytest.raises(NotAllowed, match="只有演练"):
        drilling.tell(service, real.id, Script(by="leader_c", text="消防通报"))


def test_figures_that_raise_a_drill_are_agreed_to_before_anybody_is_told(service):
    service.reader = build_reader(None, ReadingSettings())
    alert = drilling.begin(service, Script(by="leader_c", text="永固仓库火灾，3人死亡"), **FIRE).alert
    slip = Script(by="leader_c", text="区消防大队通报：火灾造成33人死亡")
    with service.view() as uow:
        before = uow.events.get(alert.event_id), uow.alerts.history(alert.id), uow.outbox.all(limit=1000)

    with pytest.raises(MustAgree, match=r"死亡33人.*由Ⅲ级（较大）升为Ⅰ级（特别重大），并立即通知.*agreed 为 I"):
        drilling.tell(service, alert.id, slip)
    with pytest.raises(MustAgree):
        drilling.tell(service, alert.id, slip, agreed=Tier.II)
    with service.view() as uow:
        assert (uow.events.get(alert.event_id), uow.alerts.history(alert.id), uow.outbox.all(limit=1000)) == before
    meant = Script(by="leader_c", text="区消防大队通报：火灾造成3人死亡")
    drilling.tell(service, alert.id, meant)
    assert alerts(service)[0].tier is Tier.III


def test_figures_that_reach_no_tier_begin_no_drill(service):
    with pytest.raises(NotAllowed, match="达不到任何级别"):
        drilling.begin(service, Script(by="leader_c", text="电梯停了一会儿"), topic="hazard.equipment", tier=None)
    assert alerts(service) == []


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
