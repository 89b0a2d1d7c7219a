import pytest

from alerts.response import HandOver
from services import worker
from tests.builders import at
from tests.services.desk import a_fire, tell

ROLE = "/api/v1/shifts/duty_operator"


def role(client, name="duty_operator"):
    return next(r for r in client.get("/api/v1/shifts").json()["roles"] if r["role"] == name)


def test_each_role_is_listed_with_who_holds_it(client, service):
    shown = role(client)
    assert (shown["name"], shown["people"], shown["note"]) == ("值班员", ["operator_a"], None)
    assert shown["until"] == at(8).isoformat()
    assert role(client, "head")["people"] == ["head_a"]


def test_a_shift_is_taken_over_with_a_note_and_what_was_in_hand(client, service):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    client.post(f"/api/v1/alerts/{alert.id}/acknowledge", json={"by": "operator_a"})
    service.clock.set(at(7.9))
    client.post(f"/api/v1/alerts/{alert.id}/verify", json={"by": "operator_a"})
    service.clock.set(at(8))
    night = role(client)["people"][0]

    refused = client.post(f"{ROLE}/take-over", json={"by": night})
    assert (refused.status_code, "不能接班" in refused.json()["detail"]) == (409, True)
    assert client.post(f"{ROLE}/hand-over", json={"by": "operator_a", "note": "等消防回电"}).json()["alerts"] == [
        alert.id
    ]
    assert client.post(f"{ROLE}/take-over", json={"by": night}).status_code == 200

    assert role(client)["note"]["incoming"] == night
    assert role(client)["missing"] == ""
    shown = client.get(f"/api/v1/alerts/{alert.id}").json()
    assert (shown["owner"], shown["state"]) == (night, "verifying")
    assert "等消防回电" in shown["history"][-1]["note"]
    with service.view() as uow:
        assert [e.action for e in uow.audit.entries(limit=2)] == ["view alert", "take over"]


def test_what_was_in_the_hands_of_one_who_left_without_a_note_is_taken_over_too(client, service):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.clock.set(at(7.9))
    client.post(f"/api/v1/alerts/{alert.id}/assign", json={"by": "operator_a", "to": "fire", "note": "请到场"})
    service.clock.set(at(8.2))
    night = role(client)["people"][0]
    client.post(f"{ROLE}/hand-over", json={"by": "leader_c", "note": "值班员甲已离开，由我代写"})

    assert client.post(f"{ROLE}/take-over", json={"by": night}).json()["alerts"] == [alert.id]
    assert client.get(f"/api/v1/alerts/{alert.id}").json()["owner"] == night


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        (f"{ROLE}/hand-over", {"by": "operator_a", "note": " "}, 409, "必须写明交接事项"),
        (f"{ROLE}/hand-over", {"by": "operator_a"}, 422, "缺少必填项“note”"),
        (f"{ROLE}/hand-over", {"by": "nobody", "note": "x"}, 409, "没有编号为“nobody”的人员"),
        ("/api/v1/shifts/none/take-over", {"by": "operator_a"}, 404, "没有编号为“none”的岗位"),
    ],
)
def test_what_cannot_be_is_a_sentence(client, service, path, body, status, said):
    answer = client.post(path, json=body)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_a_shift_that_nobody_takes_over_in_time_is_told_once(client, service):
    rule = HandOver(roles=("duty_operator",), within="30m")
    response = service.plan.response.model_copy(update={"hand_over": rule})
    service.plan = service.plan.model_copy(update={"response": response})

    def told():
        with service.view() as uow:
            return [n.recipient for n in uow.outbox.all() if "交接班超时" in n.reason]

    service.clock.set(at(8.4))
    worker.tick(service)
    assert told() == []
    for minutes in (30, 31, 32):
        service.clock.set(at(8, minutes))
        worker.tick(service)
    assert told() == ["leader_c"]
