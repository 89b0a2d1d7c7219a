"""Merges that are proposed to people."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from alerts.model import AlertState
from services import kin
from services.acts import regrouping
from tests.services.desk import FIRST, MILL, SECOND, a_fire, said, tell, two_tellings


@pytest.fixture
def two(service):
    """A fire with an alert, and what is told of it without its place in words of its own."""
    two_tellings(service)
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
    assert found.reason.startswith("最近7条中有4条")
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


class TestTheBoard:
    def test_says_once_what_may_be_one_and_leads_to_the_click(self, client, service, two):
        first, second = two

        page = client.get("/").text

        assert page.count("可能是同一事件") == 1
        (of,) = [event for event in two if f'"/events/{event.id}#together"' in page]
        other = second if of is first else first
        assert f"与“{other.title}”（11-03 " in page
        assert 'id="together"' in client.get(f"/events/{of.id}").text

    def test_asks_again_only_about_what_has_changed(self, client, service, two, monkeypatch):
        asked_about = []
        kin_of = service.processor.engine.kin
        monkeypatch.setattr(
            service.processor.engine, "kin", lambda key, members: [asked_about.append(key), *kin_of(key, members)][1:]
        )
        before = client.get("/").text
        asked_about.clear()

        assert client.get("/").text == before
        assert asked_about == []
        tell(service, *said(SECOND, "m", minutes=13))
        client.get("/")
        assert len(asked_about) == 1

    def test_asks_about_few_at_a_look_and_about_the_others_at_the_next(self, client, two, monkeypatch):
        monkeypatch.setattr(kin, "AT_A_LOOK", 1)

        looks = [client.get("/").text.count("可能是同一事件") for _ in range(3)]

        assert looks[-1] == 1

    def test_does_not_wait_while_the_desk_decides(self, client, service, two, monkeypatch):
        monkeypatch.setattr(kin, "PATIENCE", 0)
        with ThreadPoolExecutor(1) as desk:
            desk.submit(service.lock.acquire).result()
            busy = client.get("/").text
            desk.submit(service.lock.release).result()

        assert "可能是同一事件" not in busy
        assert "可能是同一事件" in client.get("/").text

    def test_says_no_more_what_is_merged_or_parted(self, client, service, two):
        first, second = two
        client.get("/")

        regrouping.merge(service, second.id, first.id, by="operator_a")

        assert "可能是同一事件" not in client.get("/").text


def test_the_api_lists_the_pairs(client, two):
    first, second = two

    (pair,) = client.get("/api/v1/proposals").raise_for_status().json()["proposals"]

    assert (pair["source"], pair["into"]) == (second.id, first.id)
    assert {pair["of"], pair["event_id"]} == {first.id, second.id}
    assert pair["reason"].startswith("最近")
