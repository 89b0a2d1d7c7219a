"""Retention deletes texts while an alert runs: a restart makes it nothing else, and nobody forgets it."""

import pytest

from alerts.model import AlertState
from analyzer.model import EventStatus, FactKind
from services import worker
from services.acts import regrouping
from services.console.board import cards_of
from tests.builders import at
from tests.services.acts.test_regrouping import a_blaze
from tests.services.desk import a_fire, tell


def of(service, key):
    with service.view() as uow:
        return uow.events.get(key), uow.alerts.of_event(key)


def told(service, key, one, said, now):
    """One more post of just this event."""
    service.clock.set(now)
    with service.lock, service.unit_of_work() as uow:
        uow.posts.keep(one, said)
        service.processor.engine._take(key, one, said)
        service.processor.reassess(uow, key, now, [one.id])
        uow.commit()


@pytest.fixture
def fire(service):
    """Three tell of a fire, a fourth three weeks later; then the first texts go."""
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (event,) = uow.events.all()
    told(service, event.id, *a_fire("d", deaths=0, told=at(24 * 20))[0], at(24 * 20))
    service.clock.set(at(24 * 31))
    assert worker.purge(service).posts == 3
    return event


@pytest.mark.parametrize("restarts", [1, 2])
def test_an_event_is_what_it_was_after_a_restart(service, fire, restarts):
    for n in range(restarts):
        service.rebuild()
        told(service, fire.id, *a_fire(f"e{n}", deaths=0, told=at(24 * 31 + n))[0], at(24 * 31 + n))

    event, _ = of(service, fire.id)
    assert (event.voices, event.posts, event.first_seen_at) == (3, 4 + restarts, fire.first_seen_at)
    assert event.figures[FactKind.DEATHS].claimed == 3
    assert event.corroborated
    with service.view() as uow:
        assert [report.kind.value for report in uow.reports.of_event(fire.id)] == ["first"]


def test_an_alert_that_nobody_has_ended_stays_on_the_board_however_long_ago_people_spoke_of_it(service, fire):
    service.clock.set(at(24 * 60))
    with service.view() as uow:
        assert [card.event.id for card in cards_of(service, uow, at(24 * 60))] == [fire.id]


def test_a_merge_is_undone_though_no_text_is_left(service):
    service.clock.set(at(minutes=31))
    tell(service, *a_fire("a", "b", "c"), *a_blaze("d", "e", "f"))
    with service.view() as uow:
        first, second = (event.id for event in uow.events.all())
    done = regrouping.merge(service, second, first, by="operator_a")
    service.clock.set(at(24 * 32))
    worker.purge(service)

    regrouping.undo(service, done.id, by="operator_a")
    event, alert = of(service, second)
    assert (event.status, event.merged_into, event.posts) == (EventStatus.SLEEPING, None, 3)
    assert (alert.state, alert.episode) == (AlertState.TRIGGERED, 2)
