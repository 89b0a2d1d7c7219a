"""Merges that are proposed to people."""

import pytest

from alerts.model import AlertState
from services import kin
from services.acts import regrouping
from tests.builders import at, fact, place, post, reading
from tests.services.desk import SEEN, a_fire, tell

MILL = place("城北面粉厂", "plant", ("示范市", "示范区", "城北面粉厂"))
FIRST = ("粉尘", "烟囱", "传送带", "筒仓")
SECOND = ("浓烟", "消防车", "卷帘门", "货架")


def said(words, *voices, minutes, places=(), deaths=0):
    """What these voices say, in these words."""
    posts = [
        post(f"{words[n % 4]}，{SEEN[ord(voice) % len(SEEN)]}", voice=voice, told=at(minutes=minutes))
        for n, voice in enumerate(voices)
    ]
    facts = [fact(value=deaths)] if deaths else []
    return [(one, reading(one, "hazard.fire", *facts, places=places, terms=words)) for one in posts]


@pytest.fixture
def two(service):
    """A fire with an alert, what is told without a place in words of its own, and what is told in the words of both."""
    service.clock.set(at(minutes=30))
    tell(service, *said(FIRST, "a", "b", "c", minutes=0, places=(MILL,), deaths=3))
    tell(service, *said(SECOND, "d", "e", "f", minutes=9))
    tell(service, *said((*SECOND, *FIRST), "g", "h", "i", "k", minutes=12))
    with service.view() as uow:
        first, second = uow.events.all()
    return first, second


def asked(service, event):
    with service.view() as uow:
        return kin.proposals(service, uow, event)


def test_what_most_posts_would_belong_to_is_proposed_with_its_reason(service, two):
    first, second = two

    (found,) = asked(service, second)

    assert (found.source, found.into, found.other.id) == (second.id, first.id, first.id)
    assert found.reason.startswith("最近3条中有3条")
    assert "用词相近" in found.reason


def test_what_is_proposed_is_done_by_one_merge_and_proposed_no_more(service, two):
    first, second = two
    (found,) = asked(service, second)

    regrouping.merge(service, found.source, found.into, by="operator_a", note=found.reason)

    with service.view() as uow:
        (alert,) = [a for a in uow.alerts.all() if not a.state.final]
        whole = uow.events.get(first.id)
    assert (alert.event_id, alert.state) == (first.id, AlertState.TRIGGERED)
    assert whole.posts == 10
    assert asked(service, whole) == []


def test_what_a_person_has_parted_is_not_proposed(service, two):
    first, second = two
    regrouping.merge(service, second.id, first.id, by="operator_a")
    with service.view() as uow:
        ids = list(uow.events.member_ids(first.id))
    regrouping.split(service, first.id, ids[3:], by="operator_a")
    with service.view() as uow:
        apart = next(event for event in uow.events.all() if event.posts == 7)

    assert asked(service, apart) == []


def test_another_fire_elsewhere_is_not_proposed(service):
    tell(service, *a_fire("a", "b", "c"))
    tell(service, *said(FIRST, "d", "e", "f", minutes=5, places=(MILL,)))
    with service.view() as uow:
        first, second = uow.events.all()

    assert asked(service, first) == asked(service, second) == []


def test_one_click_on_the_page_makes_the_two_one(client, service, two):
    first, second = two
    shown = client.get(f"/events/{second.id}").text
    (wanted,) = client.get(f"/api/v1/events/{second.id}").raise_for_status().json()["proposals"]

    client.post(f"/console/events/{wanted['source']}/merge", data={"by": "operator_a", "into": wanted["into"]})

    assert first.title in shown
    assert wanted["reason"] in shown
    assert wanted["event_id"] == first.id
    with service.view() as uow:
        assert uow.events.get(second.id).merged_into == first.id
