"""Two processes on one record: what is judged at the console of the one reaches the other and undoes nothing."""

import pytest

from alerts.lifecycle import Action
from alerts.matter import Act
from analyzer.model import FactKind, Tier
from services import worker
from services.acts import findings, regrouping
from tests.builders import at
from tests.services.acts.test_regrouping import a_blaze
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.fixture
def two(tmp_path):
    """One that leads, and one that serves the console only; a fire and a blaze are known."""
    shared = f"sqlite:///{tmp_path / 'shared.db'}"
    with (
        opened(a_folder(tmp_path / "leads", database=shared)) as leads,
        opened(a_folder(tmp_path / "serves", database=shared)) as serves,
    ):
        leads.presence.beat()
        serves.competes = False
        assert leads.leads()
        assert not serves.leads()
        forward(leads, serves, 31)
        tell(leads, *a_fire("a", "b", "c"), *a_blaze("d", "e", "f"))
        yield leads, serves


def forward(leads, serves, minutes):
    for one in (leads, serves):
        one.clock.set(at(minutes=minutes))
    worker.tick(leads)


def events(service):
    with service.view() as uow:
        return [uow.events.get(event.id) for event in uow.events.all()]


def test_a_figure_verified_at_the_one_goes_with_a_merge_at_the_other(two):
    leads, serves = two
    first, second = (event.id for event in events(leads))
    findings.confirm(serves, second, {FactKind.DEATHS: 4}, by="operator_a", note="电话", agreed=Tier.III)
    forward(leads, serves, 32)
    done = regrouping.merge(serves, second, first, by="operator_a")
    assert events(leads)[0].figures[FactKind.DEATHS].verified == 4

    forward(leads, serves, 33)
    tell(leads, *a_fire("g", deaths=0, told=at(minutes=33), text="永固仓库还在冒烟"))
    assert (events(leads)[0].figures[FactKind.DEATHS].verified, events(leads)[0].posts) == (4, 7)

    regrouping.undo(serves, done.id, by="operator_b")
    forward(leads, serves, 34)
    tell(leads, *a_blaze("h", told=at(minutes=34)))
    assert events(leads)[1].figures[FactKind.DEATHS].verified == 4
    assert [event.posts for event in events(leads)] == [4, 4]


def test_what_was_put_together_at_the_console_is_not_taken_for_what_is_known_later(two):
    leads, serves = two
    first, second = (event.id for event in events(leads))
    regrouping.undo(serves, regrouping.merge(serves, second, first, by="operator_a").id, by="operator_a")
    forward(leads, serves, 40)
    tell(leads, *a_fire("g", "h", told=at(minutes=40), text="永固仓库还在冒烟"))
    assert events(leads)[0].posts == 5

    with serves.view() as uow:
        alert = uow.alerts.of_event(first)
    serves.act(alert.id, Act(action=Action.ANSWER, by="operator_a", note="区政府网站：正在扑救"))
    assert events(leads)[0].posts == 5
