import pytest

from tests.builders import at
from tests.services.api.conftest import NOTICE


def events(client, **query):
    return client.get("/api/v1/events", params=query).raise_for_status().json()["events"]


def test_an_event_is_listed_with_its_figures_rating_and_reasons(client, alert):
    (event,) = events(client)

    assert event["id"] == alert.event_id
    assert event["figures"]["deaths"]["claimed"] == event["figures"]["deaths"]["verified"] == 3
    assert (event["claimed"], event["verified"]) == ("III", "III")
    assert {reason["basis"] for reason in event["reasons"]} == {"claimed", "verified"}
    assert len(event["posts"]) == 4


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"topic": "hazard.fire"}, 1),
        ({"topic": "hazard.flood"}, 0),
        ({"status": "active"}, 1),
        ({"status": "refuted"}, 0),
        ({"rated": "true"}, 1),
        ({"since": at(minutes=4).isoformat()}, 1),
        ({"since": at(minutes=6).isoformat()}, 0),
        ({"limit": 1}, 1),
    ],
)
def test_the_list_can_be_narrowed(still, query, count):
    assert len(events(still, **query)) == count


def test_one_event_is_shown_with_its_alert_reports_and_masked_posts(client, told, alert):
    event = client.get(f"/api/v1/events/{alert.event_id}").raise_for_status().json()

    assert event["alert"] == {"id": alert.id, "episode": 1, "state": "triggered", "tier": "III"}
    assert event["reports"][0]["number"] == "首报〔2026〕1号"
    assert len(event["excerpts"]) == 4
    assert [excerpt["link"] for excerpt in event["excerpts"] if excerpt["link"]] == [NOTICE]
    assert all(e["link"] is None for e in event["excerpts"] if e["authority"] == "public")


def test_what_fewer_than_three_voices_say_is_nowhere_among_the_events(client, unseen):
    assert unseen.id not in client.get("/api/v1/events").text

    answer = client.get(f"/api/v1/events/{unseen.id}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": f"没有编号为 {unseen.id} 的事件。"}


def test_a_view_is_remembered_in_the_audit_log(client, told, alert):
    client.get(f"/api/v1/events/{alert.event_id}")

    with told.view() as uow:
        (entry,) = uow.audit.entries(limit=1)
        assert uow.audit.verify() is None
    assert (entry.action, entry.target) == ("view event", alert.event_id)


def test_an_event_is_split_and_made_whole_again_by_a_person_of_the_roster(client, told, alert):
    event = client.get(f"/api/v1/events/{alert.event_id}").raise_for_status().json()
    wanted = {"by": "operator_a", "posts": event["posts"][:1], "note": "另一处"}

    split = client.post(f"/api/v1/events/{alert.event_id}/split", json=wanted).raise_for_status().json()
    refused = client.post(f"/api/v1/events/{split['target']}/merge", json={"by": "operator_a", "into": alert.event_id})
    undone = client.post(f"/api/v1/regroupings/{split['id']}/undo", json={"by": "operator_a"}).raise_for_status().json()
    shown = client.get(f"/api/v1/events/{alert.event_id}").raise_for_status().json()

    assert (split["move"], split["posts"]) == ("split", event["posts"][:1])
    assert refused.status_code == 409
    assert "曾由" in refused.json()["detail"]
    assert undone["undone_by"] == "operator_a"
    assert sorted(shown["posts"]) == sorted(event["posts"])
    assert [move["id"] for move in shown["regroupings"]] == [split["id"]]
    with told.view() as uow:
        assert [e.action for e in uow.audit.entries(limit=3) if e.action != "view event"] == ["undo split", "split"]
        assert uow.audit.verify() is None


def test_a_merge_by_nobody_of_the_roster_is_refused(client, alert):
    answer = client.post(f"/api/v1/events/{alert.event_id}/merge", json={"by": "nobody", "into": "E1"})

    assert answer.status_code == 409
    assert "没有编号为“nobody”的人员" in answer.json()["detail"]


def test_a_verdict_is_kept_and_reported_per_criterion(client, told, alert):
    for verdict in ("too_high", "false_alarm"):
        wanted = {"by": "operator_a", "verdict": verdict, "note": "只是冒烟"}
        client.post(f"/api/v1/events/{alert.event_id}/feedback", json=wanted).raise_for_status()

    (fire,) = client.get("/api/v1/feedback").raise_for_status().json()["criteria"]

    assert (fire["criterion"], fire["raised"], fire["judged"]) == ("fire.casualties", 1, 1)
    assert (fire["false_alarm"], fire["too_high"], fire["precision"]) == (1, 0, 0)
    with told.view() as uow:
        assert uow.audit.entries(limit=1)[0].action == "feedback false_alarm"


def test_an_unknown_verdict_is_refused_with_the_known_ones(client, alert):
    answer = client.post(f"/api/v1/events/{alert.event_id}/feedback", json={"by": "operator_a", "verdict": "nice"})

    assert answer.status_code == 422
    assert "false_alarm" in answer.json()["detail"]
