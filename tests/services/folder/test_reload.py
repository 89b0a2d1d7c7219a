import os

import pytest

from analyzer.model import FactKind, Tier
from crawlers.model import Authority
from services.folder.reload import refresh
from tests.builders import fact, post, reading


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
