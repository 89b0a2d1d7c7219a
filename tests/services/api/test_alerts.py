import pytest

from alerts.lifecycle import Action
from tests.builders import at
from tests.services.desk import a_fire, tell

BY = {"by": "operator_a"}
CLOCKS = ("acknowledge", "phone_report", "first_report", "follow_up", "answer")


def post(client, alert, action, **body):
    return client.post(f"/api/v1/alerts/{alert.id}/{action}", json={**BY, **body})


def state(client, alert):
    return client.get(f"/api/v1/alerts/{alert.id}").json()["state"]


def test_alerts_are_listed_open_ones_apart(client, told, alert):
    assert [a["id"] for a in client.get("/api/v1/alerts").json()["alerts"]] == [alert.id]
    assert post(client, alert, "false-alarm", note="演习用烟").status_code == 200

    assert client.get("/api/v1/alerts", params={"open": "true"}).json()["alerts"] == []
    assert [a["state"] for a in client.get("/api/v1/alerts").json()["alerts"]] == ["false_alarm"]


def test_an_alert_shows_its_clocks_history_reports_and_messages(client, told, alert):
    shown = client.get(f"/api/v1/alerts/{alert.id}").json()

    assert {clock["kind"] for clock in shown["deadlines"]} == set(CLOCKS)
    assert shown["history"][0]["by"] == "system"
    assert shown["reports"][0]["kind"] == "first"
    assert {m["recipient"] for m in shown["notifications"]} == {"operator_a", "leader_c"}
    assert {m["state"] for m in shown["notifications"]} == {"pending"}


@pytest.mark.parametrize(
    ("action", "body", "after"),
    [
        ("acknowledge", {}, "acknowledged"),
        ("verify", {}, "verifying"),
        ("assign", {"to": "fire"}, "assigned"),
        ("answer", {"note": "已发布情况通报"}, "answered"),
        ("false-alarm", {"note": "演习用烟"}, "false_alarm"),
        ("lower", {"note": "人已送医脱险", "tier": "IV"}, "triggered"),
    ],
)
def test_each_act_moves_the_alert_and_is_remembered(client, told, alert, action, body, after):
    answer = post(client, alert, action, **body)

    assert answer.status_code == 200, answer.text
    assert answer.json()["alert"]["state"] == after == state(client, alert)
    with told.view() as uow:
        entries = {(e.actor, e.action, e.target) for e in uow.audit.entries(limit=5)}
    assert ("operator_a", Action(action.replace("-", "_")).value, alert.id) in entries


def test_an_alert_is_handed_over_and_closed_with_a_final_report(client, alert):
    assert post(client, alert, "acknowledge").status_code == 200
    assert post(client, alert, "hand-over", to="operator_b", note="等消防回电").json()["alert"]["owner"] == "operator_b"
    assert post(client, alert, "close", note="善后完毕").json()["alert"]["state"] == "closed"

    kinds = [r["kind"] for r in client.get(f"/api/v1/alerts/{alert.id}").json()["reports"]]
    assert kinds[-1] == "final"


def test_closing_with_a_tier_closes(client, alert):
    post(client, alert, "acknowledge")

    assert post(client, alert, "close", note="善后完毕", tier="IV").json()["alert"]["state"] == "closed"


@pytest.mark.parametrize(
    ("action", "body", "said"),
    [
        ("close", {"note": "随便"}, "不能执行“办结”"),
        ("hand-over", {"to": "operator_b"}, "不能执行“移交”"),
        ("false-alarm", {}, "必须写明理由"),
        ("lower", {"note": "差不多"}, "必须指定一个更低的级别"),
        ("lower", {"note": "差不多", "tier": "I"}, "必须指定一个更低的级别"),
        ("acknowledge", {"by": "nobody"}, "值班表中没有编号为“nobody”的人员"),
        ("assign", {"to": "nowhere"}, "值班表中没有编号为“nowhere”的部门或人员"),
    ],
)
def test_what_the_rules_forbid_is_a_sentence_and_changes_nothing(client, alert, action, body, said):
    before = client.get(f"/api/v1/alerts/{alert.id}").json()

    answer = post(client, alert, action, **body)

    assert answer.status_code == 409
    assert said in answer.json()["detail"]
    assert client.get(f"/api/v1/alerts/{alert.id}").json() == before


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "缺少必填项“by”"),
        ({"by": ""}, "“by”写得太短或为空"),
        ({"by": 7}, "“by”应当是文字"),
        ({**BY, "why": "x"}, "不认识的项“why”"),
        ({**BY, "tier": "V"}, "级别只能写 I、II、III 或 IV"),
        ({**BY, "note": "长" * 2001}, "“note”最多 2000 字"),
        (["by"], "“名称: 值”"),
    ],
)
def test_a_body_that_cannot_be_used_is_a_chinese_sentence(client, alert, body, said):
    answer = client.post(f"/api/v1/alerts/{alert.id}/acknowledge", json=body)

    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert answer.json()["detail"].endswith("。")


def test_a_body_that_is_no_json_is_a_chinese_sentence(client, alert):
    answer = client.post(
        f"/api/v1/alerts/{alert.id}/acknowledge", content=b"{by", headers={"Content-Type": "application/json"}
    )

    assert (answer.status_code, answer.json()["detail"]) == (422, "请求正文不是有效的 JSON。")


@pytest.mark.parametrize(
    "action", ["acknowledge", "verify", "assign", "answer", "hand-over", "lower", "close", "false-alarm"]
)
def test_an_alert_that_there_is_not_cannot_be_acted_on(client, told, action):
    answer = client.post(f"/api/v1/alerts/A0-1/{action}", json=BY)

    assert (answer.status_code, answer.json()["detail"]) == (404, "没有编号为 A0-1 的预警。")


def test_two_persons_are_needed_for_a_grave_alert(client, told, alert):
    tell(told, *a_fire("d", "e", deaths=12, told=at(minutes=10), text="永固仓库又有人遇难"))
    post(client, alert, "acknowledge")

    first = post(client, alert, "close", note="善后完毕").json()
    assert first["alert"]["state"] == "acknowledged"
    assert first["alert"]["waiting_for_second_person"]["by"] == "operator_a"
    assert post(client, alert, "close", note="善后完毕").status_code == 409

    second = post(client, alert, "close", by="leader_a", note="同意")
    assert second.json()["alert"]["state"] == "closed"
