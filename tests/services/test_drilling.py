import socket

import pytest

from alerts.drills import Drill
from analyzer.model import Tier
from services.drilling import begin
from services.errors import ConfigError
from services.run import web
from services.settings import load_settings
from tests.services.desk import a_folder, opened

DRILL = Drill(by="head_a", tier=Tier.III, title="永固仓库火灾", topic="hazard.fire")


def alerts(service):
    with service.view() as uow:
        return uow.alerts.all()


def test_a_drill_begins_in_a_folder_whose_service_is_not_running(tmp_path):
    folder = a_folder(tmp_path / "desk")
    assert "服务未在运行" in begin(folder, DRILL)
    with opened(folder) as service:
        (alert,) = alerts(service)
    assert alert.drill


def test_a_drill_begins_in_the_running_service(tmp_path, unused_port):
    folder = a_folder(tmp_path / "desk", listen=f"{{host: 127.0.0.1, port: {unused_port}}}")
    assert load_settings(folder).listen.port == unused_port
    with opened(folder) as service, web(service):
        said = begin(folder, DRILL)
        (alert,) = alerts(service)
        assert alert.id in said
        with pytest.raises(ConfigError, match="没有主题"):
            begin(folder, Drill(by="head_a", tier=Tier.III, title="x", topic="hazard.none"))


def test_a_service_that_does_not_answer_is_a_sentence(tmp_path, unused_port):
    folder = a_folder(tmp_path / "desk", listen=f"{{host: 127.0.0.1, port: {unused_port}}}")
    with opened(folder), pytest.raises(ConfigError, match="没有应答"):
        begin(folder, DRILL)


def test_a_refusal_is_a_sentence(tmp_path):
    with pytest.raises(ConfigError, match="演练只能由"):
        begin(a_folder(tmp_path / "desk"), Drill(by="operator_a", tier=Tier.III, title="x", topic="hazard.fire"))


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
