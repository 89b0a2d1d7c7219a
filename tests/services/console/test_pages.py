import threading
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import ReportKind
from crawlers.model import Authority
from services import worker
from tests.builders import at, fact, place, post, reading
from tests.services.desk import SEEN, WAREHOUSE, a_fire, tell
from tests.soak.storm import telling

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
VOID = {"meta", "link", "input", "br", "hr", "img", "source", "col"}


class Page(HTMLParser):
    """A page's elements as (name, attributes, names of the elements around it), its text, and what is not closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.faults, self.path = [], [], [], []
        self.feed(text)
        self.close()
        self.faults += [f"<{name}> is not closed" for name in self.path]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.path)))
        if tag not in VOID:
            self.path.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.path)))

    def handle_endtag(self, tag):
        if not self.path or self.path.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def all(self, *names):
        return [attributes for name, attributes, _ in self.elements if name in names]


def the_alert(service):
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    return alert


@pytest.fixture
def alert(service):
    """A fire that three voices tell of, and something else that one voice tells of."""
    alone = post("老井里有个孩子掉下去了", voice="z", told=at(minutes=6))
    well = place("上涧村", "village", ("示范市", "示范区", "上涧村"))
    tell(service, *a_fire("a", "b", "c"))
    tell(service, (alone, reading(alone, "hazard.work_accident", fact("trapped", 1), places=(well,))))
    return the_alert(service)


@pytest.fixture
def look(client):
    """A page by its path."""
    return lambda path: Page(client.get(path).text)


def paths(alert):
    return [
        "/",
        "/console/board",
        "/events",
        f"/events/{alert.event_id}",
        "/shifts",
        "/search?q=永固仓库",
        "/search",
        "/api/docs",
        "/none",
    ]


def test_every_page_is_well_formed_and_chinese(client, alert):
    for path in paths(alert):
        answer = client.get(path)
        page = Page(answer.text)
        assert page.faults == [], path
        assert answer.headers["content-type"] == "text/html; charset=utf-8", path
        assert path == "/console/board" or page.all("html") == [{"lang": "zh-CN"}], path


def test_no_page_needs_anything_that_a_strict_policy_forbids(look, alert):
    for path in paths(alert):
        page = look(path)
        assert page.all("style") == [], path
        assert all(script.get("src", "").startswith("/static/") for script in page.all("script")), path
        for name, attributes, _ in page.elements:
            assert "style" not in attributes, (path, name)
            assert not [key for key in attributes if key.startswith("on")], (path, name)
            for key in ("src", "href", "action", "formaction"):
                target = attributes.get(key) or "/"
                assert target.startswith(("/", "#")), (path, name, target)


def test_everything_a_page_asks_for_is_there(client, look, alert):
    for path in paths(alert):
        for attributes in look(path).all("script", "link", "img"):
            target = attributes.get("src") or attributes.get("href")
            assert client.get(target).status_code == 200, target


def test_every_field_has_a_name_that_can_be_read_aloud(look, alert):
    for path in paths(alert):
        for name, attributes, around in look(path).elements:
            if name in {"input", "select", "textarea"} and attributes.get("type") != "hidden":
                assert "label" in around or attributes.get("aria-label"), (path, attributes)


def test_the_board_shows_the_alert_its_figures_its_clock_and_the_task(look, alert):
    text = look("/").text

    assert "永固仓库火灾" in text
    assert "Ⅲ级 较大" in text
    assert "死亡 3人待核实" in text
    assert "签收还有15分钟" in text
    assert "仅1人反映" in text
    assert "演示时钟" in text


def test_in_a_storm_the_mildest_are_folded_and_never_a_grave_one_nor_people_in_danger(service, client):
    fires = [(telling(n).partition("起火")[0], telling(n)) for n in range(15)]
    for n, (house, text) in enumerate(fires):
        one = post(text, authority=Authority.MEDIA, told=at(minutes=n))
        toll = [fact(value=3)] if 3 <= n < 14 else [fact("trapped", 2)] if n == 14 else []
        where = place(house, "plant", ("示范市", "示范区", house))
        tell(service, (one, reading(one, "hazard.fire", *toll, places=(where,))))
    shown, _, folded = client.get("/").text.partition("<details")
    assert "另有3件较轻的待签收" in folded
    assert [house in folded.partition("</details>")[0] for house, _ in fires] == [True] * 3 + [False] * 12
    assert [house in shown for house, _ in fires] == [False] * 3 + [True] * 12
    assert f'aria-label="签收：{fires[0][0]}' in folded


def test_all_events_are_a_click_away_whatever_becomes_of_their_alert(look, alert):
    (link,) = [a["href"] for a in look("/").all("a") if a.get("href") == "/events"]
    assert "永固仓库火灾" in look(link).text


def test_a_card_has_the_two_clocks_that_run_out_next_and_the_events_page_all(look, alert):
    assert "签收还有15分钟 · 电话报告还有30分钟" in look("/").text
    assert "回应公众还有" not in look("/").text
    assert "回应公众" in look(f"/events/{alert.event_id}").text


def test_the_board_says_where_and_why_without_a_click(look, alert):
    text = look("/").text

    assert "示范市示范区永固仓库" in text
    assert "定级依据：死亡3人（待核实，门槛死亡≥3人）" in text


def test_a_verify_task_has_a_page_with_its_posts_and_looking_is_remembered(client, service, look, alert):
    with service.view() as uow:
        (task,) = uow.tasks.open()
    assert f"/tasks/{task.id}" in {a.get("href") for a in look("/").all("a")}

    page = look(f"/tasks/{task.id}")

    assert page.faults == []
    assert "老井里有个孩子掉下去了" in page.text
    assert "不上报、不转发" in page.text
    with service.view() as uow:
        assert any(line.action == "view task" and line.target == task.id for line in uow.audit.entries(limit=5))


def test_what_a_single_voice_claims_stands_before_the_other_posts_of_its_event(service, look, alert):
    tell(service, *a_fire("x", deaths=32, text="听说永固仓库死了好多人"))
    with service.view() as uow:
        (task,) = (task for task in uow.tasks.open() if "32人" in task.reason)

    page = look(f"/tasks/{task.id}")

    assert page.faults == []
    said, others = page.text.split("同一事件的其他帖文")
    assert "这样说的帖文（已脱敏）" in said
    assert "听说永固仓库死了好多人" in said
    assert "永固仓库起火，第1条" not in said
    assert "永固仓库起火，第1条" in others


def test_the_gravest_of_what_is_to_be_verified_stands_first_and_then_what_is_greatest(service, look):
    told = (("上涧村", "trapped", 2), ("下涧村", "deaths", 1), ("中涧村", "trapped", 6))
    for minutes, (village, kind, value) in enumerate(told):
        one = post(f"{village}山坡滑下来了", voice=village, told=at(minutes=minutes))
        where = place(village, "village", ("示范市", "示范区", village))
        tell(service, (one, reading(one, "hazard.landslide", fact(kind, value), places=(where,), terms=(village,))))
    text = look("/").text
    said = [text.index(claim) for claim in ("称死亡1人", "称被困6人", "称被困2人")]
    assert said == sorted(said)


def test_of_two_leads_that_say_the_same_each_is_called_after_what_it_is_about(service, look):
    for minutes, village in enumerate(("上涧村", "下涧村")):
        one = post(f"{village}山坡滑下来了，求救", voice=village, told=at(minutes=minutes))
        where = place(village, "village", ("示范市", "示范区", village))
        understood = reading(one, "hazard.landslide", places=(where,), terms=(village,), help_sought=True)
        tell(service, (one, understood))
    page = look("/")
    assert page.text.count("仅1人反映险情并求助，请核实") == 2
    assert "上涧村地质灾害 仅1人反映险情并求助" in page.text
    assert "下涧村地质灾害 仅1人反映险情并求助" in page.text


def test_evidence_of_a_report_leads_to_the_post_that_it_names(look, alert):
    page = look(f"/events/{alert.event_id}")
    marks = {a["href"].partition("#")[2] for a in page.all("a") if "#p-" in a.get("href", "")}

    assert marks
    assert marks <= {element.get("id") for element in page.all("li")}


def test_who_is_on_duty_stands_first_where_a_person_is_chosen(look, alert):
    first, second = [group["label"] for group in look("/").all("optgroup")][:2]

    assert (first, second) == ("在岗", "其他人员")


def test_the_board_asks_once_who_works_here_however_many_alerts_wait(service, look):
    for n in range(4):
        one = post(telling(n), authority=Authority.MEDIA, told=at(minutes=n))
        house = place(telling(n).partition("起火")[0], "plant")
        tell(service, (one, reading(one, "hazard.fire", fact(value=3), places=(house,))))
    page = look("/")
    signed = [b for b in page.all("button") if b.get("formaction", "").partition("?")[0].endswith("/acknowledge")]

    assert len(page.all("select")) == 1
    assert len(signed) == 4
    assert {button["form"] for button in signed} == {f["id"] for f in page.all("form") if f.get("method") == "post"}


def test_every_page_begins_with_a_link_past_what_they_have_in_common(look, alert):
    for path in paths(alert):
        page = look(path)
        if path != "/console/board":
            assert page.all("a")[0]["href"] == "#main", path
            assert [e["id"] for e in page.all("main")] == ["main"], path


def test_a_search_says_in_which_order_it_shows(look, alert):
    assert "最新的在前" in look("/search?q=永固仓库").text
    assert "最新的在前" not in look("/search?q=没有的词").text


def test_a_search_leads_to_the_event_of_what_it_finds(look, alert):
    assert f"/events/{alert.event_id}" in {a.get("href") for a in look("/search?q=永固仓库").all("a")}


def test_the_number_that_a_report_quotes_finds_its_post_with_the_whole_text(service, look, alert):
    long = post("永固仓库火场外围，" + "消防车一辆接一辆开进来，" * 40 + "到这里为止。", voice="y", told=at(minutes=7))
    long = replace(long, id="3f0c9a1e" + long.id[8:])
    tell(service, (long, reading(long, "hazard.fire", places=(WAREHOUSE,))))

    for said in ("%233f0c9a1e", "3F0C9A1E", long.id):
        page = look(f"/search?q={said}")
        assert long.text in page.text
        assert [a.get("href") for a in page.all("a")].count(f"/events/{alert.event_id}") == 1


def test_the_event_page_shows_reasons_reports_posts_and_what_may_be_done(look, alert):
    page = look(f"/events/{alert.event_id}")

    assert "公消〔2007〕234号" in page.text
    assert "首报〔2026〕1号" in page.text
    assert "永固仓库起火，第1条" in page.text
    on_alert = [
        b["formaction"].partition("?")[0]
        for b in page.all("button")
        if b.get("formaction", "").startswith("/console/alerts/")
    ]
    assert [action.rpartition("/")[2] for action in on_alert] == [
        "acknowledge",
        "verify",
        "assign",
        "phone",
        "answer",
        "press",
        "lower",
        "false_alarm",
    ]


def test_what_is_verified_is_not_shown_once_more_as_to_be_verified(service, look, alert):
    told = post("消防通报：永固仓库火灾造成3人死亡", authority=Authority.OFFICIAL, told=at(minutes=8))
    tell(service, (told, reading(told, "hazard.fire", fact(value=3), places=(WAREHOUSE,))))

    text = look(f"/events/{alert.event_id}").text
    assert "死亡—3人" in text
    assert "死亡3人（已核实）" in text
    assert "死亡3人（待核实）" not in text


def test_who_is_asked_about_a_single_voice_sees_what_is_verified_already(service, look, alert):
    rumour = post("听说永固仓库死了32个", voice="y", told=at(minutes=7))
    told = post("消防通报：永固仓库火灾造成3人死亡", authority=Authority.OFFICIAL, told=at(minutes=8))
    pairs = ((rumour, 32), (told, 3))
    tell(service, *((p, reading(p, "hazard.fire", fact(value=n), places=(WAREHOUSE,))) for p, n in pairs))

    assert "死亡已核实3人" in look("/").text
    with service.view() as uow:
        (task,) = [task for task in uow.tasks.open() if "32人" in task.reason]
    assert "（个别人称32人，已核实3人）" in look(f"/tasks/{task.id}").text


def test_no_page_says_that_a_follow_up_is_owed_where_nothing_changes(look, alert):
    assert "续报还有" not in look("/").text
    assert "有变化则自动续报" in look(f"/events/{alert.event_id}").text


def test_whoever_begins_a_drill_chooses_its_topic(client):
    form = client.get("/shifts").text.partition('name="topic"')[2]
    assert form.startswith(' required><option value="">请选择</option>')


def test_an_event_that_too_few_tell_of_has_no_page(client, service, alert):
    with service.view() as uow:
        (unseen,) = [event for event in uow.events.all() if not event.corroborated]

    answer = client.get(f"/events/{unseen.id}")

    assert answer.status_code == 404
    assert f"没有编号为 {unseen.id} 的事件" in Page(answer.text).text


def act(client, alert, action, **form):
    return client.post(f"/console/alerts/{alert.id}/{action}", data={"by": "operator_a", **form})


def test_acknowledging_on_the_board_leads_back_to_the_board(client, service, look, alert):
    answer = act(client, alert, "acknowledge", back="board")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert the_alert(service).owner == "operator_a"
    text = look("/").text
    assert text.index("处置中") < text.index("永固仓库火灾")
    assert "没有待签收的预警" in text
    assert "下一步：联系现场或部门核实" in text


def test_who_acted_is_chosen_the_next_time(client, look, alert):
    act(client, alert, "acknowledge")

    chosen = [o["value"] for o in look(f"/events/{alert.event_id}").all("option") if "selected" in o]
    assert set(chosen) == {"operator_a"}
    (cookie,) = client.cookies.jar
    assert cookie.name == "minqing_by"
    assert cookie.has_nonstandard_attr("HttpOnly")


def test_who_hands_over_sees_what_is_still_to_be_done(client, look, alert):
    shown = look("/shifts")

    assert f"/events/{alert.event_id}" in {a.get("href") for a in shown.all("a")}
    for words in ("未办事项", "Ⅲ级 较大", "待签收", "电话报告：11月3日12时30分前", "回应公众：", "待核实的线索1件"):
        assert words in shown.text
    act(client, alert, "answer", note="已发布通报")
    assert "终报：" in look("/shifts").text
    act(client, alert, "false_alarm", note="演习用烟")
    assert "没有未结束的预警" in look("/shifts").text


def test_who_closes_an_alert_is_asked_once_about_what_is_still_owed(client, service, look, alert):
    tell(service, *a_fire("x", deaths=32, text="听说永固仓库死了好多人"))
    act(client, alert, "acknowledge")
    assert "办结前还有未办：电话报告" in look(f"/events/{alert.event_id}").text

    asked = Page(act(client, alert, "close", note="善后完毕").text)
    assert asked.faults == []
    for duty in ("电话报告：", "回应公众：", "待核实的线索：1件"):
        assert duty in asked.text
    assert the_alert(service).state.value == "acknowledged"

    sent = {i["name"]: i["value"] for i in asked.all("input") if i.get("type") == "hidden"}
    assert (sent["by"], sent["note"]) == ("operator_a", "善后完毕")
    act(client, alert, "close", **sent)
    assert the_alert(service).state.value == "closed"


def test_the_board_says_that_a_second_person_is_waited_for(client, service, look):
    tell(service, *a_fire("a", "b", "c", deaths=12))
    alert = the_alert(service)
    act(client, alert, "acknowledge")
    act(client, alert, "close", note="善后完毕", despite="yes")

    assert "待第二人确认“办结” 值班员甲：善后完毕" in look("/").text


def test_who_only_confirms_as_the_second_person_is_not_proposed_for_the_next_act(client, service):
    tell(service, *a_fire("a", "b", "c", deaths=12))
    alert = the_alert(service)
    act(client, alert, "acknowledge")
    for by in ("operator_a", "leader_c"):
        act(client, alert, "close", by=by, note="善后完毕", despite="yes")

    assert the_alert(service).state.value == "closed"
    assert client.cookies["minqing_by"] == "operator_a"


@pytest.mark.parametrize(
    ("action", "form", "state"),
    [
        ("verify", {}, "verifying"),
        ("assign", {"to": "fire"}, "assigned"),
        ("answer", {"note": "已发布通报"}, "answered"),
        ("press", {"note": "区政府发布会"}, "answered"),
        ("phone", {"to": "leader_c", "note": "三人死亡"}, "triggered"),
        ("false_alarm", {"note": "演习用烟"}, "false_alarm"),
        ("lower", {"note": "人已脱险", "tier": "IV"}, "triggered"),
    ],
)
def test_each_button_works_by_a_plain_form(client, service, alert, action, form, state):
    answer = act(client, alert, action, **form)

    target = urlsplit(answer.headers["location"])
    assert (answer.status_code, target.path) == (303, f"/events/{alert.event_id}")
    assert Action(action).chinese in parse_qs(target.query)["done"][0]
    assert the_alert(service).state.value == state


@pytest.mark.parametrize(
    ("action", "form", "said"),
    [
        ("acknowledge", {"by": ""}, "请先选择操作人"),
        ("acknowledge", {"by": "nobody"}, "值班表中没有编号为“nobody”的人员"),
        ("acknowledge", {"by": "值班员甲"}, "值班表中没有编号为“值班员甲”的人员"),
        ("close", {"note": "随便"}, "不能执行“办结”"),
        ("false_alarm", {}, "必须写明理由"),
        ("lower", {"note": "差不多"}, "必须指定一个更低的级别"),
        ("assign", {"to": "nowhere"}, "没有编号为“nowhere”的部门"),
        ("escalate", {}, "此操作由系统执行"),
        ("phone", {"to": "leader_c", "called_at": "25点"}, "没有“25点”这样的时间"),
        ("phone", {"to": "leader_c", "called_at": "2026-11-03T23:00"}, "通话时间晚于现在"),
        ("merge", {"note": "同一起", "into": "A0-1"}, "没有编号为 A0-1 的预警，不能并入"),
    ],
)
def test_a_refusal_is_shown_on_the_events_page_and_changes_nothing(client, service, look, alert, action, form, said):
    answer = act(client, alert, action, **form)

    target = urlsplit(answer.headers["location"])
    assert answer.status_code == 303
    assert target.path == f"/events/{alert.event_id}"
    assert said in parse_qs(target.query)["said"][0]
    assert said in look(answer.headers["location"]).text
    assert the_alert(service) == alert
    assert ("set-cookie" in answer.headers) == ("by" not in form)


def test_an_alert_is_snoozed_for_some_minutes(client, service, look, alert):
    act(client, alert, "acknowledge")
    act(client, alert, "snooze", note="等消防回电", minutes="60")

    assert the_alert(service).snoozed_until == service.clock.now() + timedelta(hours=1)
    assert "暂缓至" in look(f"/events/{alert.event_id}").text


def test_a_first_persons_wish_is_shown_to_the_second(client, service, look, alert):
    tell(service, *a_fire("d", "e", deaths=12, text="永固仓库又有人遇难"))
    act(client, alert, "acknowledge")
    act(client, alert, "close", note="处置完毕", despite="yes")

    assert "值班员甲申请“办结”：处置完毕" in look(f"/events/{alert.event_id}").text
    act(client, alert, "close", by="leader_a", note="同意", despite="yes")
    assert the_alert(service).state.value == "closed"


def test_an_event_that_began_anew_shows_every_episode_with_its_own_course(client, look, alert):
    act(client, alert, "false_alarm", note="演习用烟")
    act(client, alert, "reopen", note="消防称确有明火")
    act(client, alert, "merge", note="旧的一期不能再动")

    page = look(f"/events/{alert.event_id}")

    assert page.faults == []
    assert "处置（第2期）" in page.text
    second, first = page.text.split("第1期 Ⅲ级（较大）")
    assert "第2次触发（Ⅲ级（较大））：消防称确有明火" in second
    assert "误报：演习用烟" in first
    assert len(page.all("ol")) == 2
    assert len([one for one in page.all("details") if one.get("class") == "episode"]) == 1
    shown = client.get(f"/api/v1/events/{alert.event_id}").json()
    assert [(one["episode"], one["state"]) for one in shown["episodes"]] == [(1, "false_alarm"), (2, "triggered")]
    assert shown["alert"] == shown["episodes"][-1]


def test_a_shift_is_handed_over_by_forms(client, service, look):
    assert (
        "不能接班"
        in look(
            client.post("/console/shifts/take-over", data={"role": "duty_operator", "by": "operator_b"}).headers[
                "location"
            ]
        ).text
    )
    client.post("/console/shifts/hand-over", data={"role": "duty_operator", "by": "operator_a", "note": "等消防回电"})
    assert "等消防回电" in look("/shifts").text
    assert "交班，待接班" in look("/shifts").text
    service.clock.set(at(7.5))
    with service.view() as uow:
        (night,) = [p.id for p in service.roster.on_duty("duty_operator", at(8))]
        assert uow.handovers.latest("duty_operator").incoming is None
    answer = client.post("/console/shifts/take-over", data={"role": "duty_operator", "by": night})
    assert "已接班" in look(answer.headers["location"]).text
    with service.view() as uow:
        assert uow.handovers.latest("duty_operator").incoming == night


def test_who_takes_over_reads_first_what_is_gravest_of_what_the_other_had_in_hand(client, service, look, alert):
    worse = [
        (
            one,
            reading(
                one,
                "hazard.fire",
                fact(value=12),
                places=(place("新桥纸厂", "plant", ("示范市", "新桥纸厂")),),
                terms=("纸",),
            ),
        )
        for one in [post("新桥纸厂大火，十二人遇难", authority=Authority.MEDIA, told=at(minutes=5))]
    ]
    tell(service, *worse)
    with service.view() as uow:
        ids = [a.id for a in uow.alerts.open()]
    assert len(ids) == 2
    for alert_id in ids:
        client.post(f"/console/alerts/{alert_id}/acknowledge", data={"by": "operator_a"})
    client.post("/console/shifts/hand-over", data={"role": "duty_operator", "by": "operator_a", "note": "两件都在办"})
    told = look("/shifts").text
    in_hand = told.partition("名下预警2件")[2].partition("未办事项（")[0]
    assert in_hand.index("新桥纸厂") < in_hand.index("永固仓库")


def test_every_page_can_say_what_waits(client, alert):
    assert client.get("/console/waiting").text == "1件待签收（Ⅲ级1件）"
    client.post(f"/console/alerts/{alert.id}/acknowledge", data={"by": "operator_a"})
    assert client.get("/console/waiting").text == ""


def test_the_board_counts_the_grave_ones_among_those_that_wait(look, alert):
    assert "1 待签收（Ⅲ级1件）" in look("/").text


def test_the_board_says_when_nobody_has_taken_over_or_nobody_will_be_there(client, service, look):
    assert "尚未交接班" not in look("/").text
    client.post("/console/shifts/hand-over", data={"role": "duty_operator", "by": "operator_a", "note": "无未办事项"})
    service.clock.set(at(9))
    assert "“值班员”已于" in look("/").text
    service.roster = service.roster.model_copy(update={"shifts": service.roster.shifts[:1]})
    assert "“值班员”在今后一天内有时段无人可联系" in look("/").text


def test_a_drill_begun_by_its_form_stands_on_the_board(client, look):
    drill = {"by": "leader_c", "tier": "II", "topic": "hazard.flood", "title": "河堤决口"}
    assert (
        "演练只能由"
        in look(client.post("/console/drills", data={**drill, "by": "operator_a"}).headers["location"]).text
    )
    assert client.post("/console/drills", data=drill).headers["location"] == "/"
    assert "河堤决口（演练）" in look("/").text


@pytest.mark.parametrize(
    "path", ["/console/alerts/A0-1/acknowledge", "/console/alerts/A0-1/dance", "/console/tasks/t0"]
)
def test_what_there_is_not_cannot_be_acted_on(client, path):
    answer = client.post(path, data={"by": "operator_a", "outcome": "x"})

    assert answer.status_code in {404, 422}
    assert Page(answer.text).faults == []


def test_a_task_is_finished_by_its_form(client, service, look, alert):
    (there,) = {a["href"] for a in look("/").all("a") if a.get("href", "").startswith("/tasks/")}
    (form,) = [f for f in look(there).all("form") if "/tasks/" in f.get("action", "")]

    answer = client.post(form["action"], data={"by": "operator_a", "outcome": "到场查看，井口完好"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "没有待核实的线索" in look("/").text


@pytest.mark.parametrize("form", [{"by": "", "outcome": "好"}, {"by": "operator_a", "outcome": " "}])
def test_a_task_without_a_person_or_an_outcome_stays_open(client, look, alert, form):
    (there,) = {a["href"] for a in look("/").all("a") if a.get("href", "").startswith("/tasks/")}

    refused = client.post(f"/console{there}", data=form)

    assert refused.status_code == 303
    assert "请选择操作人，并写明怎样核实的" in look(refused.headers["location"]).text
    assert "仅1人反映" in look("/").text


def test_what_people_write_stays_text_wherever_it_is_shown(client, service, look):
    said = [
        post(EVIL + "永固仓库起火", title=EVIL, voice="a", told=at()),
        post(EVIL + "仓库烧了", authority=Authority.MEDIA, title=EVIL, link="https://news.example/a?<b>", told=at()),
        post("永固仓库", voice="b", told=at()),
    ]
    yard = place(f"永固{EVIL}仓库", "plant")
    tell(service, *((one, reading(one, "hazard.fire", fact(value=3), places=(yard,))) for one in said))
    alert = the_alert(service)
    service.act(alert.id, Act(action=Action.ACKNOWLEDGE, by="operator_a", note=EVIL))
    service.act(alert.id, Act(action=Action.FALSE_ALARM, by="operator_a", note=EVIL))

    for path in (*paths(alert), f"/search?q={EVIL}永固", f"/events/{alert.event_id}?said={EVIL}", "/events/" + EVIL):
        page = look(path)
        assert page.faults == [], path
        assert page.all("img") == [], path
        assert all("src" in script for script in page.all("script")), path
    assert EVIL in look(f"/events/{alert.event_id}").text
    assert EVIL in look(f"/events/{alert.event_id}?said={EVIL}").text


def test_links_go_to_offices_and_media_only_and_tell_them_nothing(service, client):
    notice = post("通报", authority=Authority.OFFICIAL, link="https://gov.example/n/1", told=at())
    tell(service, *a_fire("a", "b", "c"), (notice, reading(notice, "hazard.fire", fact(value=3), places=(WAREHOUSE,))))

    page = Page(client.get(f"/events/{the_alert(service).event_id}").text)

    outside = [a for a in page.all("a") if a["href"].startswith("http")]
    assert [a["href"] for a in outside] == ["https://gov.example/n/1"]
    assert "noreferrer" in outside[0]["rel"]


def test_an_issued_brief_is_linked_from_the_board(service, client, alert):
    service.clock.set(at(21))
    worker.issue(service)

    links = [a["href"] for a in Page(client.get("/").text).all("a") if "briefs" in a["href"]]

    assert links == ["/api/v1/briefs/daily/2026-11-03/html"]
    assert Page(client.get(links[0]).text).faults == []


def test_reports_are_listed_by_kind_and_each_has_a_page_with_its_files(service, client, alert):
    service.clock.set(at(21))
    worker.issue(service)
    with service.view() as uow:
        reports = {report.kind: report for report in uow.reports.latest()}

    listed = Page(client.get("/reports").text)
    only = Page(client.get("/reports?kind=daily").text)
    assert listed.faults == only.faults == []
    assert {f"/reports/{r.id}" for r in reports.values()} <= {a.get("href") for a in listed.all("a")}
    assert reports[ReportKind.FIRST].number in listed.text
    assert reports[ReportKind.FIRST].number not in only.text
    for report in reports.values():
        shown = Page(client.get(f"/reports/{report.id}").text)
        assert shown.faults == []
        assert report.text.partition("\n")[0] in shown.text
        files = [a["href"] for a in shown.all("a") if a["href"].startswith(f"/api/v1/reports/{report.id}.")]
        assert [link.rpartition(".")[2] for link in files] == ["docx", "pdf", "html", "txt", "json"]
        assert len(shown.all("svg")) == (2 if report.kind is ReportKind.DAILY else 0)


def test_the_drafts_of_the_running_day_week_and_month_are_a_click_away(client, alert):
    drafts = [a["href"] for a in Page(client.get("/reports").text).all("a") if "/html" in a["href"]]
    assert [link.split("/")[3] for link in drafts] == ["briefs", "briefs", "assessments"]
    for link in drafts:
        assert "尚未签发" in client.get(link).text


def test_an_events_reports_can_be_taken_away_from_its_page(client, alert):
    links = [a["href"] for a in Page(client.get(f"/events/{alert.event_id}").text).all("a") if "download" in a]
    assert links
    assert client.get(links[0]).content.startswith(b"PK")


def test_a_brief_is_issued_anew_from_its_page_or_a_sentence_says_why_not(service, client, alert):
    service.clock.set(at(21))
    worker.issue(service)
    with service.view() as uow:
        daily = uow.reports.latest(ReportKind.DAILY)[0]
    path, form = f"/console/reports/{daily.id}/reissue", {"by": "operator_a", "note": "补报"}

    refused = client.post(path, data=form, follow_redirects=True)
    assert "无需重新签发" in Page(refused.text).text
    tell(service, *a_fire("x", "y", deaths=12, told=at(5), text="永固仓库又有人遇难"))
    assert "第2版" in Page(client.post(path, data=form, follow_redirects=True).text).text


def test_a_report_that_there_is_not_is_said(client):
    answer = client.get("/reports/none")
    assert answer.status_code == 404
    assert "没有编号为 none 的报告。" in answer.text


def test_the_stream_tells_of_every_change_and_ends_with_the_service(service, client, alert):
    marks, first = [], threading.Event()

    def listen():
        with client.stream("GET", "/console/changes", timeout=30) as answer:
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    marks.append(line)
                    first.set()

    listener = threading.Thread(target=listen)
    listener.start()
    assert first.wait(10)
    service.act(alert.id, Act(action=Action.ACKNOWLEDGE, by="operator_a"))
    threading.Event().wait(1.5)
    service.stopping.set()
    listener.join(10)

    assert not listener.is_alive()
    assert len(marks) == len(set(marks)) == 2


def test_what_several_villages_tell_is_given_to_no_single_one(service, look):
    villages = [place(f"{name}村", "village", ("示范市", "示范区", "松涧镇", f"{name}村")) for name in "甲乙丙"]
    told = [post(f"停水一整天，{SEEN[n]}", voice=f"v{n}", told=at(minutes=n)) for n in range(3)]
    tell(
        service, *[(one, reading(one, "service.water", places=(at_,))) for one, at_ in zip(told, villages, strict=True)]
    )
    with service.view() as uow:
        (event,) = uow.events.all()

    text = look(f"/events/{event.id}").text
    assert "松涧镇11月3日12时供水问题" in text
    assert "示范市示范区松涧镇甲村等处" in text


def test_the_list_of_reports_says_that_the_tier_is_verified_and_not_all(service, look):
    tell(service, *a_fire("a", "b", "c"))
    assert "的首报 待核实" in look("/reports").text
    tell(service, *a_fire("d", authority=Authority.OFFICIAL, told=at(minutes=5), text="消防通报永固仓库火灾"))
    assert "级别已核实" in look("/reports").text
