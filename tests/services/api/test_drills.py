import pytest

from services import worker
from tests.builders import at

DRILL = {"by": "leader_c", "tier": "II", "title": "永固仓库火灾", "topic": "hazard.fire", "figures": {"deaths": 10}}


def act(client, alert, action, by, **body):
    answer = client.post(f"/api/v1/alerts/{alert}/{action}", json={"by": by, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()["alert"]


def begun(client):
    answer = client.post("/api/v1/drills", json=DRILL)
    assert answer.status_code == 200, answer.text
    return answer.json()["alert"]


def test_a_drill_runs_through_everything_and_is_marked_everywhere(client, service):
    alert = begun(client)
    assert (alert["drill"], alert["tier"], alert["state"]) == (True, "II", "triggered")
    for minutes in (5, 16, 31):
        service.clock.set(at(minutes=minutes))
        worker.tick(service)
    act(client, alert["id"], "acknowledge", "operator_a")
    act(client, alert["id"], "assign", "operator_a", to="fire")
    act(client, alert["id"], "answer", "operator_a", note="演练通报")
    act(client, alert["id"], "close", "operator_a", note="演练结束", despite=True)
    assert act(client, alert["id"], "close", "leader_c", note="同意", despite=True)["state"] == "closed"

    shown = client.get(f"/api/v1/alerts/{alert['id']}").json()
    assert [r["number"] for r in shown["reports"]] == ["演练首报〔2026〕1号", "演练终报〔2026〕1号"]
    assert all(r["text"].startswith("【演练】") for r in shown["reports"])
    assert {n["purpose"] for n in shown["notifications"]} >= {"report", "escalation", "miss", "assigned", "request"}
    assert "演练" in client.get(f"/events/{alert['event_id']}").text
    assert '<span class="tag demo">演练</span>' in client.get("/").text


def test_a_drill_is_told_more_and_follows(client, service):
    alert = begun(client)
    more = {"by": "leader_c", "text": "消防通报", "authority": "official", "figures": {"deaths": 31}}
    asked = client.post(f"/api/v1/drills/{alert['id']}/told", json=more)
    assert (asked.status_code, "升为Ⅰ级" in asked.json()["detail"]) == (409, True)
    more["agreed"] = "I"
    told = client.post(f"/api/v1/drills/{alert['id']}/told", json=more).json()
    assert told["alert"]["tier"] == "I"
    assert "升为Ⅰ级" in told["reason"]
    again = client.post(f"/api/v1/drills/{alert['id']}/told", json=more).json()
    assert again["alert"]["version"] == told["alert"]["version"]
    assert client.get("/api/v1/briefs/daily/2026-11-03").json()["events"] == []
    form = {"by": "leader_c", "text": "媒体称现场已封控", "authority": "media"}
    assert client.post(f"/console/drills/{alert['id']}", data=form).headers["location"].endswith(alert["event_id"])
    assert "媒体称现场已封控" in client.get(f"/events/{alert['event_id']}").text
    typed = {**form, "kind": "deaths", "value": "77"}
    asked = client.post(f"/console/drills/{alert['id']}", data=typed).text
    assert "媒体称现场已封控</textarea>" in asked
    assert 'name="agreed" value="I"' in asked
    done = client.post(f"/console/drills/{alert['id']}", data={**typed, "value": "31", "agreed": "I"})
    assert done.headers["location"].endswith(alert["event_id"])
    refused = client.post(f"/console/drills/{alert['id']}", data={**form, "by": "operator_a"}).headers["location"]
    assert "演练只能由此刻在岗的" in client.get(refused).text


def test_a_drill_is_not_counted(client, service):
    begun(client)
    brief = client.get("/api/v1/briefs/daily/2026-11-03").json()
    assert [a["drill"] for a in brief["alerts"]] == [True]
    assert brief["events"] == []
    assert brief["reports"] == []
    assert brief["misses"] == []


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"by": "operator_a"}, 409, "演练只能由此刻在岗的带班领导"),
        ({"by": "leader_a"}, 409, "演练只能由此刻在岗的"),
        ({"by": "nobody"}, 409, "没有编号为“nobody”的人员"),
        ({"topic": "hazard.meteor"}, 409, "没有主题“hazard.meteor”"),
        ({"title": " "}, 409, "必须写明假设的情况"),
        ({"tier": "V"}, 422, "级别只能写"),
    ],
)
def test_what_cannot_be_is_a_sentence(client, service, body, status, said):
    answer = client.post("/api/v1/drills", json={**DRILL, **body})
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert client.get("/api/v1/alerts").json()["alerts"] == []
