"""Merging, splitting, undoing and judging by the plain forms of an event's page."""

import pytest

from alerts.feedback import Verdict
from analyzer.model import Tier
from tests.services.console.test_pages import Page, alert, look

__all__ = ["alert", "look"]


@pytest.fixture
def page(client, alert):
    return f"/events/{alert.event_id}"


def posts_of(service, alert):
    with service.view() as uow:
        return list(uow.events.member_ids(alert.event_id))


def test_the_page_shows_the_curve_and_says_that_there_is_no_baseline_yet(client, page):
    shown = Page(client.get(page).text)

    assert shown.faults == []
    assert "尚无基线" in shown.text
    assert len(shown.all("svg")) == 1


def test_ticked_posts_become_an_event_of_their_own_and_come_back(client, service, alert, page):
    first, *rest = posts_of(service, alert)
    ticked = [box["value"] for box in Page(client.get(page).text).all("input") if box.get("name") == "posts"]
    assert set(ticked) == {first, *rest}

    client.post(f"/console{page}/split", data={"by": "operator_a", "posts": [first]})
    assert posts_of(service, alert) == rest
    with service.view() as uow:
        (move,) = uow.events.regroupings()
    client.post(f"/console/regroupings/{move.id}/undo", data={"by": "operator_a", "back": alert.event_id})

    assert sorted(posts_of(service, alert)) == sorted([first, *rest])
    assert "撤销" in Page(client.get(page).text).text


def test_a_page_of_a_merged_event_leads_to_the_whole(client, service, alert, page):
    client.post(f"/console{page}/split", data={"by": "operator_a", "posts": posts_of(service, alert)[:1]})
    with service.view() as uow:
        (move,) = uow.events.regroupings()
    client.post(f"/console/regroupings/{move.id}/undo", data={"by": "operator_a", "back": alert.event_id})

    answer = client.get(f"/events/{move.target}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, page)


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("split", {"by": "operator_a"}, "不在此事件中"),
        ("split", {"posts": ["x"]}, "请先选择操作人"),
        ("merge", {"by": "operator_a"}, "请选择要并入的事件"),
        ("merge", {"by": "operator_a", "into": "E0"}, "没有编号为 E0"),
        ("feedback/too_high", {}, "请先选择操作人"),
        ("verified", {"by": "operator_a", "kind": "deaths", "value": "三"}, "不是数字"),
        ("verified", {"by": "operator_a", "kind": "deaths", "value": "-3"}, "不小于0"),
        ("verified", {"by": "operator_a", "kind": "luck", "value": "3"}, "请选择要核实的数字"),
    ],
)
def test_a_refusal_is_said_on_the_page(client, page, path, form, said):
    assert said in Page(client.post(f"/console{page}/{path}", data=form, follow_redirects=True).text).text


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_its_button(client, service, alert, page, verdict):
    assert verdict.chinese in Page(client.get(page).text).text

    client.post(f"/console{page}/feedback/{verdict.value}", data={"by": "operator_a", "note": "看过现场"})

    with service.view() as uow:
        (given,) = uow.feedback.all()
    assert (given.verdict, given.criteria, given.note) == (verdict, ("fire.casualties",), "看过现场")


def test_a_verified_figure_stands_on_the_page_and_in_the_rating(client, service, alert, page):
    client.post(f"/console{page}/verified", data={"by": "operator_a", "kind": "deaths", "value": "11"})

    with service.view() as uow:
        assert uow.events.rating(alert.event_id).verified is Tier.II
    assert "死亡11人（已核实）" in Page(client.get(page).text).text


def test_a_task_that_proves_true_becomes_an_event_that_is_shown(client, service, alert):
    with service.view() as uow:
        (task,) = uow.tasks.open()
    assert client.get(f"/events/{task.event_id}").status_code == 404

    client.post(f"/console/tasks/{task.id}", data={"by": "operator_a", "outcome": "查实", "confirmed": "yes"})

    assert client.get(f"/events/{task.event_id}").status_code == 200
