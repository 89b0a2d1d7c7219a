import re
from datetime import timedelta

import pytest

from alerts.lifecycle import Action
from alerts.model import AlertState, DeadlineKind, Purpose
from crawlers.model import Authority
from services import worker
from services.formats import moment
from tests.builders import at, fact, place, reading
from tests.builders import post as news
from tests.services.desk import WAREHOUSE, a_fire, tell

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
        ("press", {"note": "区政府新闻发布会"}, "answered"),
        ("phone", {"to": "leader_c", "note": "三人死亡，正在扑救"}, "triggered"),
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
    assert post(client, alert, "close", note="善后完毕", despite=True).json()["alert"]["state"] == "closed"

    kinds = [r["kind"] for r in client.get(f"/api/v1/alerts/{alert.id}").json()["reports"]]
    assert kinds[-1] == "final"


def test_what_is_still_owed_is_told_before_an_alert_is_closed(client, told, alert):
    post(client, alert, "acknowledge")
    answer = post(client, alert, "close", note="善后完毕")

    assert answer.status_code == 409
    assert "尚有未办事项：电话报告：11月3日12时30分前。" in answer.json()["detail"]
    assert state(client, alert) == "acknowledged"


def test_who_closes_while_people_are_missing_is_told_so(client, told, alert):
    post(client, alert, "phone", to="leader_c", note="三人死亡")
    post(client, alert, "press", note="区政府发布会")
    client.post(
        f"/api/v1/events/{alert.event_id}/verified",
        json={"by": "operator_a", "figures": {"missing": 2}, "note": "向消防大队核实"},
    ).raise_for_status()

    answer = post(client, alert, "close", note="善后完毕")
    assert answer.status_code == 409
    assert "尚有未办事项：失踪（失联）2人尚无下落" in answer.json()["detail"]


def test_an_alert_of_which_nothing_is_owed_is_closed_without_a_question(client, told, alert):
    post(client, alert, "phone", to="leader_c", note="三人死亡")
    post(client, alert, "press", note="区政府发布会")

    assert post(client, alert, "close", note="善后完毕").json()["alert"]["state"] == "closed"


def test_closing_with_a_tier_closes(client, alert):
    post(client, alert, "acknowledge")

    assert post(client, alert, "close", note="善后完毕", tier="IV", despite=True).json()["alert"]["state"] == "closed"


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
        ("assign", {}, "转办必须写明转给哪个部门"),
        ("answer", {}, "必须写明由谁、在何处、说了什么"),
        ("phone", {"note": "已报"}, "必须写明打给了谁"),
        ("phone", {"to": "leader_c", "at": "2026-11-03T12:11:00+08:00"}, "通话时间晚于现在"),
        ("phone", {"to": "leader_c", "at": "2026-11-03T11:59:00+08:00"}, "通话时间早于预警触发"),
        ("snooze", {"note": "等回电"}, "不能执行“暂缓”"),
        ("merge", {"note": "同一起火"}, "必须指定并入哪一个预警"),
        ("reopen", {"note": "复燃"}, "不能执行“重启”"),
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
        ({**BY, "until": True}, "“until”应写成 2026-11-20T08:00:00+08:00 的形式"),
        ({**BY, "note": "长" * 2001}, "“note”最多 2000 字"),
        (["by"], "“名称: 值”"),
    ],
)
def test_a_body_that_cannot_be_used_is_a_chinese_sentence(client, alert, body, said):
    answer = client.post(f"/api/v1/alerts/{alert.id}/acknowledge", json=body)

    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert answer.json()["detail"].endswith("。")


@pytest.mark.parametrize("marks", ["\u202e", "\x00", "\u200b", "\u2066"])
def test_marks_that_nobody_sees_are_taken_out_of_what_is_typed(client, told, alert, marks):
    """The one that turns round what follows shows 31 as 13."""
    client.post(f"/api/v1/alerts/{alert.id}/acknowledge", json={**BY, "note": f"伤{marks}13人"}).raise_for_status()
    form = {"by": "operator_a", "to": f"市{marks}政府", "note": f"死亡{marks}3人"}
    client.post(f"/console/alerts/{alert.id}/phone", data=form)

    with told.view() as uow:
        (told_of, phoned) = (line.note for line in uow.alerts.history(alert.id)[-2:])
        noted = [line.note for line in uow.audit.entries(limit=9)]
    assert told_of == "签收：伤13人"
    assert phoned.endswith("市政府：死亡3人")
    assert not any(marks in note for note in noted)


@pytest.mark.parametrize("field", [{"minutes": "9" * 400}, {"minutes": "99999"}, {"called_at": "0001-01-01T00:00"}])
def test_a_number_or_time_without_sense_is_refused_with_a_sentence(client, alert, field):
    action = "phone" if "called_at" in field else "snooze"
    client.post(f"/api/v1/alerts/{alert.id}/acknowledge", json=BY)

    answer = client.post(f"/console/alerts/{alert.id}/{action}", data={**BY, "note": "x", "to": "市政府", **field})

    assert answer.status_code == 303
    assert "said=" in answer.headers["location"]


def test_a_body_that_is_no_json_is_a_chinese_sentence(client, alert):
    answer = client.post(
        f"/api/v1/alerts/{alert.id}/acknowledge", content=b"{by", headers={"Content-Type": "application/json"}
    )

    assert (answer.status_code, answer.json()["detail"]) == (422, "请求正文不是有效的 JSON。")


@pytest.mark.parametrize(
    "action",
    [
        "acknowledge",
        "verify",
        "assign",
        "phone",
        "answer",
        "press",
        "hand-over",
        "snooze",
        "lower",
        "close",
        "false-alarm",
        "merge",
        "reopen",
    ],
)
def test_an_alert_that_there_is_not_cannot_be_acted_on(client, told, action):
    answer = client.post(f"/api/v1/alerts/A0-1/{action}", json=BY)

    assert (answer.status_code, answer.json()["detail"]) == (404, "没有编号为 A0-1 的预警。")


def test_two_persons_are_needed_for_a_grave_alert(client, told, alert):
    tell(told, *a_fire("d", "e", deaths=12, told=at(minutes=10), text="永固仓库又有人遇难"))
    post(client, alert, "acknowledge")

    first = post(client, alert, "close", note="善后完毕", despite=True).json()
    assert first["alert"]["state"] == "acknowledged"
    assert first["alert"]["waiting_for_second_person"]["by"] == "operator_a"
    assert post(client, alert, "close", note="善后完毕", despite=True).status_code == 409

    second = post(client, alert, "close", by="leader_a", note="同意", despite=True)
    assert second.json()["alert"]["state"] == "closed"


def clock(client, alert, kind):
    return next(c for c in client.get(f"/api/v1/alerts/{alert.id}").json()["deadlines"] if c["kind"] == kind)


def test_a_phone_report_says_who_told_whom_when_and_stops_its_clock(client, alert):
    at_five = at(minutes=5).isoformat()
    post(client, alert, "phone", to="leader_c", note="三人死亡，正在扑救", at=at_five)

    shown = client.get(f"/api/v1/alerts/{alert.id}").json()
    assert shown["calls"] == [{"at": at_five, "by": "operator_a", "to": "leader_c", "note": "三人死亡，正在扑救"}]
    assert clock(client, alert, "phone_report")["met_at"] == at_five
    assert shown["history"][-1]["note"].endswith("致电带班领导丙：三人死亡，正在扑救")


def test_a_press_conference_is_an_answer_and_starts_the_final_reports_clock(client, alert):
    post(client, alert, "press", note="区政府新闻发布会")

    assert clock(client, alert, "answer")["met_at"] == at(minutes=5).isoformat()
    assert clock(client, alert, "final_report")["due_at"] == at(7 * 24, 10).isoformat()  # five working days


def test_a_snooze_ends_and_asks_again(client, told, alert):
    post(client, alert, "acknowledge")
    assert "不晚于" in post(client, alert, "snooze", note="等回电", until=at(30).isoformat()).json()["detail"]
    until = at(3).isoformat()
    assert post(client, alert, "snooze", note="等消防回电", until=until).json()["alert"]["snoozed_until"] == until

    told.clock.set(at(2.9))
    worker.tick(told)
    assert state(client, alert) == "acknowledged"
    told.clock.set(at(3))
    worker.tick(told)
    shown = client.get(f"/api/v1/alerts/{alert.id}").json()
    assert (shown["state"], shown["snoozed_until"]) == ("escalated", None)
    assert {n["recipient"] for n in shown["notifications"] if n["purpose"] == "resumed"} >= {"operator_a", "leader_c"}


def test_a_department_is_told_and_asked_again_until_the_public_is_answered(client, service):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    post(client, alert, "assign", to="fire", note="请到场核实")

    def told_of(purpose):
        shown = client.get(f"/api/v1/alerts/{alert.id}").json()["notifications"]
        return sorted(n["recipient"] for n in shown if n["purpose"] == purpose)

    def wait(hours):
        service.clock.set(at(hours))
        worker.tick(service)

    assert told_of("assigned") == ["liaison_fire"]
    wait(11.9)
    assert told_of("reminder") == []
    wait(12)
    assert told_of("reminder") == ["liaison_fire", "operator_a"]
    wait(24)
    assert len(told_of("reminder")) == 4
    post(client, alert, "answer", note="消防大队通报火情")
    wait(36)
    assert len(told_of("reminder")) == 4


def test_what_a_department_has_and_an_office_has_answered_still_waits_for_its_end(client, service):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    post(client, alert, "phone", to="区委值班室")
    post(client, alert, "assign", to="fire", note="请到场核实")
    service.clock.set(at(1))
    tell(service, *a_fire(None, told=at(1), authority=Authority.OFFICIAL, text="消防通报：永固仓库明火已扑灭"))
    for hours in (13, 26):
        service.clock.set(at(hours))
        worker.tick(service)
    with service.view() as uow:
        waits = uow.alerts.get(alert.id)
    assert (waits.state, waits.acknowledgement_ends_at) == (AlertState.ASSIGNED, None)
    assert waits.due_at == next(d.due_at for d in waits.deadlines if d.kind is DeadlineKind.FINAL_REPORT)


def test_one_alert_is_merged_into_another_of_its_tier(client, told, alert):
    shed = place("东风库房", "plant", ("示范市", "示范区", "东风库房"))
    notice = news("示范区通报东风库房坍塌，死亡3人", authority=Authority.OFFICIAL, told=at(minutes=10))
    tell(told, (notice, reading(notice, "hazard.collapse", fact(value=3), places=(shed,))))
    with told.view() as uow:
        (other,) = [a for a in uow.alerts.all() if a.id != alert.id]

    assert "没有编号为 A0-1 的预警" in post(client, other, "merge", note="同一起", into="A0-1").json()["detail"]
    post(client, other, "assign", to="housing", note="请查看房屋").raise_for_status()
    post(client, alert, "assign", to="fire", note="请扑救").raise_for_status()
    merged = post(client, other, "merge", note="同一起火", into=alert.id).json()["alert"]
    assert (merged["state"], merged["merged_into"]) == ("merged", alert.id)
    assert "不能执行“重启”" in post(client, other, "reopen", note="又起").json()["detail"]
    goes_on = client.get(f"/api/v1/alerts/{alert.id}").json()
    assert (goes_on["department"], goes_on["assisting"]) == ("fire", ["housing"])
    assert goes_on["history"][-1]["note"] == f"{other.id}并入，其责任部门住房和城乡建设局一并在此办理"


def test_what_is_closed_begins_anew_as_the_next_episode(client, told, alert):
    post(client, alert, "acknowledge")
    post(client, alert, "close", note="火已扑灭", despite=True)
    assert "必须写明理由" in post(client, alert, "reopen").json()["detail"]

    again = post(client, alert, "reopen", note="复燃").json()["alert"]
    assert (again["episode"], again["state"], again["id"] != alert.id) == (2, "triggered", True)
    assert state(client, alert) == "closed"
    assert "已另立新一期" in post(client, alert, "reopen", note="复燃").json()["detail"]
    kinds = [r["kind"] for r in client.get(f"/api/v1/alerts/{again['id']}").json()["reports"]]
    assert kinds[-2:] == ["final", "first"]
    assert client.get(f"/api/v1/events/{alert.event_id}").json()["episode"] == 2


def test_the_correction_window_closes(client, told, alert):
    post(client, alert, "false-alarm", note="误传")
    told.clock.set(at(24 * 7 + 1))
    assert "已过更正期限" in post(client, alert, "reopen", note="复燃").json()["detail"]


def test_changed_casualties_open_a_closed_alert_again(client, told, alert):
    post(client, alert, "acknowledge")
    post(client, alert, "close", note="火已扑灭", despite=True)
    told.clock.set(at(3))
    tell(told, *a_fire("", deaths=4, told=at(3), text="示范区续报：永固仓库火灾死亡4人", authority=Authority.OFFICIAL))

    with told.view() as uow:
        latest = uow.alerts.of_event(alert.event_id)
    assert (latest.episode, latest.state.value) == (2, "triggered")
    history = client.get(f"/api/v1/alerts/{alert.id}").json()["history"]
    assert "更正期内伤亡数字变化" in history[-1]["note"]


def test_a_denial_after_the_end_reaches_those_who_have_the_final_report(client, told, alert):
    post(client, alert, "acknowledge")
    post(client, alert, "close", note="火已扑灭", despite=True)
    before = len(client.get(f"/api/v1/alerts/{alert.id}").json()["notifications"])
    told.clock.set(at(3))
    no_fire = news("网传永固仓库起火死亡3人系谣言", authority=Authority.OFFICIAL, told=at(3))
    tell(told, (no_fire, reading(no_fire, "hazard.fire", places=(WAREHOUSE,), refutes=True)))

    found = client.get(f"/api/v1/alerts/{alert.id}").json()
    assert (found["state"], found["reports"][-1]["kind"]) == ("closed", "correction")
    assert len(found["notifications"]) == before + 2
    assert client.get(f"/api/v1/events/{alert.event_id}").json()["status"] == "refuted"
    told.rebuild()
    told.clock.set(at(4))
    tell(told, *a_fire("z", deaths=0, told=at(4), text="永固仓库那边原来没事"))
    reports = client.get(f"/api/v1/alerts/{alert.id}").json()["reports"]
    assert [r["kind"] for r in reports].count("correction") == 1


def test_an_ended_event_stays_ended_after_a_restart(client, told, alert):
    post(client, alert, "acknowledge")
    post(client, alert, "close", note="火已扑灭", despite=True)
    told.rebuild()
    told.clock.set(at(1))
    tell(told, *a_fire("z", deaths=0, told=at(1), text="永固仓库那边还封着路"))
    assert client.get(f"/api/v1/events/{alert.event_id}").json()["status"] == "closed"
    with told.view() as uow:
        assert len(uow.alerts.all()) == 1


def mark(client, alert):
    return client.get(f"/api/v1/alerts/{alert.id}").json()["seen"]


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("false-alarm", {"note": "演习用烟"}),
        ("close", {"note": "已处置完毕", "despite": True}),
        ("assign", {"to": "water"}),
    ],
)
def test_what_others_have_done_since_must_be_seen_before_it_is_decided_upon(client, told, alert, action, body):
    before = mark(client, alert)
    post(client, alert, "assign", to="fire", note="请办理").raise_for_status()

    answer = post(client, alert, action, seen=before, **body)

    assert answer.status_code == 409
    assert answer.json()["detail"] == ("页面已过期：打开之后责任部门有变化，本次操作没有执行。请看过现状后再办。")
    assert state(client, alert) == "assigned"
    assert post(client, alert, action, seen=mark(client, alert), **body).status_code == 200


def test_a_graver_tier_is_not_acknowledged_unseen(client, told, alert):
    before = mark(client, alert)
    tell(told, *a_fire("d", "e", "f", deaths=12, told=at(minutes=9), text="永固仓库火灾十二人遇难"))

    answer = post(client, alert, "acknowledge", seen=before)

    assert answer.status_code == 409
    assert "级别有变化" in answer.json()["detail"]
    assert post(client, alert, "acknowledge", seen=mark(client, alert)).status_code == 200


def test_who_confirms_as_the_second_has_seen_what_the_first_one_asked(client, told, alert):
    tell(told, *a_fire("d", "e", "f", deaths=12, told=at(minutes=9), text="永固仓库火灾十二人遇难"))
    before = mark(client, alert)
    post(client, alert, "false-alarm", note="是演习").raise_for_status()

    second = {"by": "leader_c", "note": "同意"}
    answer = post(client, alert, "false-alarm", seen=before, **second)
    assert "待第二人确认的申请" in answer.json()["detail"]
    assert (
        post(client, alert, "false-alarm", seen=mark(client, alert), **second).json()["alert"]["state"] == "false_alarm"
    )


def test_urging_and_what_has_happened_need_no_second_look(client, told, alert):
    before = mark(client, alert)
    told.clock.set(at(1))
    worker.tick(told)
    assert state(client, alert) == "escalated"

    assert post(client, alert, "phone", seen=before, to="leader_c", note="三人死亡").status_code == 200
    assert post(client, alert, "acknowledge", seen=before).status_code == 200
    post(client, alert, "assign", to="fire").raise_for_status()
    assert post(client, alert, "answer", seen=before, note="已发布通报").status_code == 200


@pytest.mark.parametrize(
    ("action", "body"),
    [("phone", {"to": "leader_c"}), ("answer", {}), ("press", {}), ("assign", {"to": "fire"})],
)
def test_a_double_click_acts_once(client, told, alert, action, body):
    before = mark(client, alert)
    answers = [post(client, alert, action, seen=before, note="已通报", **body).status_code for _ in range(2)]

    assert answers == [200, 409]


def test_a_button_of_an_old_page_leads_to_the_present_one(client, told, alert):
    old = client.get(f"/events/{alert.event_id}").text
    (address,) = set(re.findall(rf"/console/alerts/{alert.id}/false_alarm\?seen=[\w.]+", old))
    assert re.search(rf"/console/alerts/{alert.id}/acknowledge\?seen=[\w.]+", client.get("/").text)
    client.post(f"/api/v1/events/{alert.event_id}/verified", json={**BY, "figures": {"injured": 2}, "note": "到场"})

    answer = client.post(address, data={**BY, "note": "演习用烟"}, follow_redirects=True)

    assert "页面已过期：打开之后核实的情况有变化" in answer.text
    assert state(client, alert) != "false_alarm"


def sent(told, purpose):
    with told.view() as uow:
        return [(n.recipient, n.reason) for n in uow.outbox.all() if n.purpose.value == purpose]


def test_a_second_department_helps_the_first_and_both_are_reminded(client, service):
    tell(service, *a_fire("a", "b", "c"))
    told = service
    with told.view() as uow:
        (alert,) = uow.alerts.all()
    post(client, alert, "assign", to="fire", note="请扑救").raise_for_status()
    answer = post(client, alert, "assign", to="water", note="请保障消防用水")

    assert (answer.json()["alert"]["department"], answer.json()["alert"]["assisting"]) == ("fire", ["water"])
    with told.view() as uow:
        given = {n.recipient: n.reason for n in uow.outbox.all() if n.purpose is Purpose.ASSIGNED}
    assert set(given) == {"liaison_fire", "liaison_water"}
    assert given["liaison_water"].startswith("请贵单位协同消防救援大队办理并回复")
    page = client.get(f"/events/{alert.event_id}").text
    assert "消防救援大队（牵头）、自来水公司（协办）" in page

    told.clock.set(at(12))
    worker.tick(told)
    assert {to for to, _ in sent(told, "reminder")} >= {"liaison_fire", "liaison_water"}
    closed = post(client, alert, "close", note="已处置完毕", despite=True)
    assert closed.status_code == 200
    assert (
        "责任单位：消防救援大队、自来水公司" in client.get(f"/api/v1/alerts/{alert.id}").json()["reports"][-1]["text"]
    )
    assert {to for to, why in sent(told, "report") if why == "终报"} >= {"liaison_fire", "liaison_water"}


def test_a_department_from_which_it_is_taken_hears_so(client, told, alert):
    post(client, alert, "assign", to="fire", note="请办理").raise_for_status()
    post(client, alert, "assign", to="health", note="请救治").raise_for_status()
    answer = post(client, alert, "assign", to="water", note="转错了", instead=True)

    assert (answer.json()["alert"]["department"], answer.json()["alert"]["assisting"]) == ("water", [])
    assert "改派自来水公司：转错了" in answer.json()["reason"]
    said = "此事已改由自来水公司办理，贵单位不再办理，不再催办"
    assert set(sent(told, "service")) == {("liaison_fire", said), ("liaison_health", said)}


def test_who_is_asked_once_more_stays_what_he_was(client, told, alert):
    for to in ("fire", "water", "fire", "water", ""):
        answer = post(client, alert, "assign", to=to, note="请办理")
    assert (answer.json()["alert"]["department"], answer.json()["alert"]["assisting"]) == ("fire", ["water"])
    assert sent(told, "service") == []


@pytest.fixture
def handled(client, service):
    """A fire's alert that the fire brigade has; no office has spoken of it."""
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    post(client, alert, "assign", to="fire", note="请办理").raise_for_status()
    return alert


def test_an_answer_recorded_by_mistake_is_taken_back_and_its_clock_runs_on(client, service, handled):
    due = clock(client, handled, "answer")
    assert "撤回回应" not in client.get(f"/events/{handled.event_id}").text
    service.clock.set(at(1))
    post(client, handled, "answer", note="已发布通报").raise_for_status()
    assert clock(client, handled, "answer")["met_at"] is not None
    assert clock(client, handled, "final_report")["due_at"]
    assert "撤回回应" in client.get(f"/events/{handled.event_id}").text

    assert post(client, handled, "retract").json()["detail"] == "“撤回回应”必须写明理由。"
    service.clock.set(at(2))
    answer = post(client, handled, "retract", note="登记到了别的预警上").json()["alert"]

    assert (answer["state"], answer["answered_at"]) == ("verifying", None)
    assert clock(client, handled, "answer") == due
    assert [d["kind"] for d in answer["deadlines"] if d["kind"] == "final_report"] == []
    assert client.get(f"/api/v1/events/{handled.event_id}").json()["answered_at"] is None
    said = "登记的公众回应已撤回，回应时限继续计算：登记到了别的预警上"
    assert {to for to, why in sent(service, "service") if why == said} == {"operator_a", "leader_c", "liaison_fire"}
    assert post(client, handled, "retract", note="再撤").json()["detail"] == "没有登记过对公众的回应，不必撤回。"

    post(client, handled, "assign", note="请继续办理").raise_for_status()
    service.clock.set(at(14))
    worker.tick(service)
    assert {to for to, _ in sent(service, "reminder")} == {"liaison_fire", "operator_a"}


def test_of_two_answers_the_last_is_taken_back(client, service, handled):
    service.clock.set(at(1))
    post(client, handled, "answer", note="已发布通报").raise_for_status()
    met = clock(client, handled, "answer")
    service.clock.set(at(2))
    post(client, handled, "answer", note="又一次通报").raise_for_status()
    answer = post(client, handled, "retract", note="没有这一次").json()["alert"]

    assert answer["answered_at"] == moment(at(1))
    assert clock(client, handled, "answer") == met
    assert post(client, handled, "retract", note="也没有").json()["alert"]["answered_at"] is None
    assert clock(client, handled, "answer")["met_at"] is None


def test_what_an_office_said_itself_stands_when_a_recorded_answer_is_taken_back(client, told, alert):
    before = clock(client, alert, "answer")
    post(client, alert, "answer", note="又登记一次").raise_for_status()
    post(client, alert, "retract", note="与官方通报重复").raise_for_status()

    assert clock(client, alert, "answer") == before
    assert before["met_at"] is not None
    assert client.get(f"/api/v1/events/{alert.event_id}").json()["answered_at"] == before["met_at"]


def test_an_answer_stays_taken_back_after_a_restart_and_when_the_texts_are_gone(client, service, handled):
    post(client, handled, "answer", note="已发布通报").raise_for_status()
    assert service.database.purge(at(1), timedelta(0)).posts == 3
    service.rebuild()
    post(client, handled, "retract", note="登记错了").raise_for_status()
    for _ in range(2):
        assert client.get(f"/api/v1/events/{handled.event_id}").json()["answered_at"] is None
        tell(service, *a_fire("x", told=at(minutes=3), deaths=0, text="永固仓库还在冒烟"))
        assert client.get(f"/api/v1/events/{handled.event_id}").json()["answered_at"] is None
        service.rebuild()
