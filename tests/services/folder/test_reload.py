import os

import pytest

from analyzer.model import FactKind, Tier
from crawlers.model import Authority
from services.folder.reload import refresh
from tests.builders import fact, post, reading
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def burning(service):
    """A fire with four dead by a medium's account: tier III of the shipped plan."""
    told = post("仓库火灾致4人死亡", authority=Authority.MEDIA, told=service.clock.now())
    with service.unit_of_work() as uow:
        service.processor.take(
            uow, [(told, reading(told, "hazard.fire", fact(FactKind.DEATHS, 4)))], service.clock.now()
        )
        uow.commit()
    refresh(service)
    return service


def edited(service, old, new):
    path = service.folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))
    return refresh(service)


def tiers(service):
    with service.view() as uow:
        return [uow.events.rating(event.id).tier for event in uow.events.all()]


def test_an_edited_plan_rates_open_events_at_once(burning):
    assert tiers(burning) == [Tier.III]
    assert edited(burning, "{deaths: 10}", "{deaths: 4}") == 1
    assert tiers(burning) == [Tier.II]
    with burning.view() as uow:
        assert [alert.tier for alert in uow.alerts.open()] == [Tier.II]


def test_a_faulty_plan_changes_nothing_and_is_said(burning):
    assert edited(burning, "criteria:", "criterias:") == 0
    assert tiers(burning) == [Tier.III]
    assert any("plan.yaml" in sentence for sentence in burning.watch.problems["plan.yaml"])
    assert edited(burning, "criterias:", "criteria:") == 1
    assert burning.watch.problems == {}


def test_an_untouched_file_is_not_read_again(burning):
    assert refresh(burning) == 0


def written(service, name, text):
    path = service.folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))
    return refresh(service)


def read(service, name):
    return (service.folder / name).read_text(encoding="utf-8")


def test_an_edit_before_the_first_look_is_not_missed(service):
    text = read(service, "plan.yaml")
    assert written(service, "plan.yaml", text.replace("district: 示范区", "district: 栖川区")) == 1
    assert service.plan.district == "栖川区"


def test_a_file_that_is_gone_is_said_until_it_is_back(burning):
    path = burning.folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert refresh(burning) == 0
    assert "请放回原文件" in burning.watch.problems["plan.yaml"][0]
    assert tiers(burning) == [Tier.III]
    assert written(burning, "plan.yaml", text) == 1
    assert burning.watch.problems == {}


def test_a_file_put_in_the_place_of_another_with_its_time_and_size_is_read(burning):
    path, other = burning.folder / "plan.yaml", burning.folder / "new.yaml"
    other.write_text(path.read_text(encoding="utf-8").replace("{deaths: 3}", "{deaths: 4}"), encoding="utf-8")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    assert other.stat().st_size == path.stat().st_size
    other.replace(path)
    assert refresh(burning) == 1


def test_a_plan_that_rates_milder_leaves_the_alert_and_its_version_stands_in_the_rating(burning):
    text = read(burning, "plan.yaml")
    version = burning.plan.version
    milder = text.replace("{deaths: 3}", "{deaths: 5}").replace(version, "新版")
    assert written(burning, "plan.yaml", milder) == 1
    with burning.view() as uow:
        (alert,) = uow.alerts.open()
        rating = uow.events.rating(alert.event_id)
    assert (alert.tier, rating.tier, rating.plan_version) == (Tier.III, Tier.IV, "新版")

    assert written(burning, "plan.yaml", milder.replace("新版", "又一版")) == 1
    with burning.view() as uow:
        assert uow.events.rating(alert.event_id).plan_version == "又一版"


def test_rating_by_a_new_plan_that_fails_is_tried_again(burning, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(burning.processor, "review", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            edited(burning, "{deaths: 10}", "{deaths: 4}")
    assert tiers(burning) == [Tier.III]
    refresh(burning)
    assert tiers(burning) == [Tier.II]


def test_a_plan_edited_while_the_service_was_down_rates_open_events_at_the_start(tmp_path):
    folder = a_folder(tmp_path / "desk")
    with opened(folder) as service:
        tell(service, *a_fire("a", "b", "c", deaths=4))
        refresh(service)
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(text.replace("{deaths: 10}", "{deaths: 4}"), encoding="utf-8")

    with opened(folder) as service:
        refresh(service)
        assert tiers(service) == [Tier.II]


def test_sources_are_taken_over_and_refused_likewise(service):
    text = read(service, "sources.yaml")
    more = '  - {id: paper, kind: feed, name: 岚桥晚报, url: "https://paper.example/feed.xml", authority: media}\n'
    assert written(service, "sources.yaml", text + more) == 1
    assert [source.id for source in service.sources] == ["public", "media", "official", "paper"]

    assert written(service, "sources.yaml", text.replace("authority", "autority", 1)) == 0
    assert "第2行" in service.watch.problems["sources.yaml"][0]
    assert len(service.sources) == 4


def test_what_is_read_at_the_start_alone_is_said_to_wait_for_it(service, client):
    assert written(service, "settings.yaml", read(service, "settings.yaml") + "retention_days: 20\n") == 1
    assert "settings.yaml 已修改，重启服务后才生效" in client.get("/").text
    assert written(service, "settings.yaml", "retention: 20\n") == 0
    assert "重启会失败" in client.get("/").text


def test_the_board_of_whoever_looks_learns_that_a_plan_was_refused(burning, client):
    with client.stream("GET", "/console/changes") as answer:
        told = (line for line in answer.iter_lines() if line)
        before = next(told)
        edited(burning, "criteria:", "criterias:")
        assert next(told) != before
    assert "配置修改未生效" in client.get("/console/board").text


def test_a_plan_that_tells_somebody_the_roster_does_not_know_is_taken_over_with_a_doubt(service, client):
    text = read(service, "plan.yaml")
    assert written(service, "plan.yaml", text.replace("[duty_operator, duty_leader]", "[duty_operater]", 1)) == 1
    assert "但有疑问" in client.get("/").text
    assert "duty_operater" in client.get("/").text
    assert written(service, "plan.yaml", text) == 1
    assert "但有疑问" not in client.get("/").text
