"""Merging, splitting, undoing and judging by the plain forms of an event's page."""

import pytest

from alerts.feedback import Verdict
from alerts.model import AlertState
from analyzer.model import FactKind, Tier
from services import worker
from tests.builders import at, fact, place, post, reading
from tests.services.console.test_pages import Page, alert, look
from tests.services.desk import a_fire, tell

__all__ = ["alert", "look"]


@pytest.fixture
def page(client, alert):
    return f"/events/{alert.event_id}"


def posts_of(service, alert):
    with service.view() as uow:
        return list(uow.events.member_ids(alert.event_id))


def breach(*voices):
    """What these voices say of something else, milder than the fire."""
    river = place("栖水河", "water", ("示范市", "示范区", "栖水河"))
    seen = ("水漫进院子里", "堤上敲锣喊人", "下游稻田全淹")
    said = [post(f"栖水河决口了，{words}", voice=voice) for voice, words in zip(voices, seen, strict=True)]
    return [(one, reading(one, "hazard.flood", fact("trapped", 3), places=(river,))) for one in said]


def verified(service, alert):
    with service.view() as uow:
        return uow.events.rating(alert.event_id).verified


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


def test_events_of_the_same_topic_come_first_where_one_chooses_what_to_merge_with(client, service, alert, page):
    shop = place("城北面馆", "site", ("示范市", "示范区", "城北面馆"))
    seen = ("面馆后厨冒火", "灶台烧着了伙计往外跑", "门脸烧黑了半边")
    said = [post(text, voice=voice) for voice, text in zip("xyz", seen, strict=True)]
    tell(service, *[(one, reading(one, "hazard.fire", places=(shop,), terms=(one.text,))) for one in said])
    tell(service, *breach("d", "e", "f"))

    merging = client.get(page).text.partition('name="into">')[2].partition("</select>")[0]
    assert merging.index("同一主题") < merging.index("城北面馆") < merging.index("其他") < merging.index("栖水河")


def test_what_was_merged_is_said_by_its_titles_and_that_it_was_done(client, service, alert, page):
    tell(service, *breach("d", "e", "f"))
    with service.view() as uow:
        (river,) = [event for event in uow.events.all() if event.topic == "hazard.flood"]
    answer = client.post(f"/console/events/{river.id}/merge", data={"by": "operator_a", "into": alert.event_id})

    shown = Page(client.get(answer.headers["location"]).text)
    assert shown.faults == []
    assert "已合并" in shown.text
    assert f"3条帖文由 {river.title} 归入 永固仓库火灾" in shown.text


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
        ("verified", {"by": "operator_a", "kind": "deaths", "value": "三", "note": "电话"}, "不是数字"),
        ("verified", {"by": "operator_a", "kind": "deaths", "value": "-3", "note": "电话"}, "不小于0"),
        ("verified", {"by": "operator_a", "kind": "luck", "value": "3", "note": "电话"}, "请选择要核实的数字"),
        ("verified", {"by": "operator_a", "value": "3", "note": "电话"}, "请选择要核实的数字"),
        ("verified", {"by": "operator_a", "kind": "event", "value": "3", "note": "电话"}, "3是哪一项的"),
        ("verified", {"by": "operator_a", "kind": "deaths", "value": "3"}, "请写明怎样核实的"),
        ("verified", {"by": "operator_a", "kind": ["deaths", ""], "value": ["", ""], "note": "电话"}, "请选择要核实"),
        ("verified", {"by": "operator_a", "kind": ["deaths", ""], "value": ["3", "2"], "note": "电话"}, "请选择要核实"),
    ],
)
def test_a_refusal_is_said_on_the_page(client, page, path, form, said):
    assert said in Page(client.post(f"/console{page}/{path}", data=form, follow_redirects=True).text).text


def test_that_it_happens_is_verified_without_a_figure_only_where_just_that_is_chosen(client, service, alert, page):
    assert verified(service, alert) is None
    client.post(f"/console{page}/verified", data={"by": "operator_a", "note": "电话"})
    assert verified(service, alert) is None

    client.post(f"/console{page}/verified", data={"by": "operator_a", "kind": "event", "note": "电话"})
    assert verified(service, alert) is Tier.IV


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_its_button(client, service, alert, page, verdict):
    assert verdict.chinese in Page(client.get(page).text).text

    client.post(f"/console{page}/feedback/{verdict.value}", data={"by": "operator_a", "note": "看过现场"})

    with service.view() as uow:
        (given,) = uow.feedback.all()
    assert (given.verdict, given.criteria, given.note) == (verdict, ("fire.casualties",), "看过现场")
    assert f"值班员甲评为{verdict.chinese}：看过现场" in Page(client.get(page).text).text


def test_all_figures_of_one_call_are_verified_at_once(client, service, alert, page):
    figures = {"kind": ["deaths", "missing", ""], "value": ["3", "2", ""]}
    client.post(f"/console{page}/verified", data={**figures, "by": "operator_a", "note": "镇值班室", "agreed": "III"})
    with service.view() as uow:
        found, reports = uow.events.get(alert.event_id).figures, uow.reports.of_event(alert.event_id)
    assert [found[kind].verified for kind in (FactKind.DEATHS, FactKind.MISSING)] == [3, 2]
    assert len(reports) == 2  # one follow-up tells of both


def test_a_verified_figure_stands_on_the_page_and_in_the_rating(client, service, alert, page):
    wanted = {"by": "operator_a", "kind": "deaths", "value": "11", "note": "电话", "agreed": "II"}
    client.post(f"/console{page}/verified", data=wanted)

    assert verified(service, alert) is Tier.II
    assert "死亡11人（已核实）" in Page(client.get(page).text).text


def asked(answer):
    """The page that asks, with what its form would send."""
    shown = Page(answer.text)
    return shown, {i["name"]: i["value"] for i in shown.all("input") if i.get("name") not in {None, "q"}}


def test_a_figure_that_raises_the_tier_is_asked_about_once_and_then_registered(client, service, alert, page):
    wanted = {"by": "operator_a", "kind": "deaths", "value": "300", "note": "电话"}
    shown, sent = asked(client.post(f"/console{page}/verified", data=wanted))

    assert shown.faults == []
    assert "将由Ⅲ级（较大）升为Ⅰ级（特别重大），并立即通知" in shown.text
    assert "没有已核实的数字，待核实3人" in shown.text
    assert verified(service, alert) is None
    assert sent == {**wanted, "agreed": "I"}

    client.post(f"/console{page}/verified", data=sent)
    assert verified(service, alert) is Tier.I


def test_a_figure_put_right_on_the_page_that_asks_is_asked_about_no_more_where_it_raises_nothing(
    client, service, alert, page
):
    wanted = {"by": "operator_a", "kind": "deaths", "value": "300", "note": "电话"}
    _, sent = asked(client.post(f"/console{page}/verified", data=wanted))

    client.post(f"/console{page}/verified", data={**sent, "value": "3"})

    assert verified(service, alert) is Tier.III


def test_the_figure_of_a_task_is_asked_about_too(client, service, alert, rumour):
    wanted = {"by": "operator_a", "outcome": "向消防大队电话核实", "confirmed": "yes", "kind": "deaths", "value": "30"}
    shown, sent = asked(client.post(f"/console/tasks/{rumour.id}", data=wanted))

    assert "升为Ⅰ级" in shown.text
    assert sent == {**wanted, "agreed": "I"}
    with service.view() as uow:
        assert uow.tasks.get(rumour.id) is not None


def test_a_task_that_proves_true_becomes_an_event_that_is_shown(client, service, alert):
    with service.view() as uow:
        (task,) = uow.tasks.open()
    assert client.get(f"/events/{task.event_id}").status_code == 404

    client.post(f"/console/tasks/{task.id}", data={"by": "operator_a", "outcome": "查实", "confirmed": "yes"})

    assert client.get(f"/events/{task.event_id}").status_code == 200


@pytest.fixture
def rumour(client, service, alert):
    """One voice tells of many more dead in the fire: a task about that figure."""
    tell(service, *a_fire("x", deaths=32, text="听说永固仓库死了好多人"))
    with service.view() as uow:
        (task,) = (task for task in uow.tasks.open() if "32人" in task.reason)
    return task


def finish(client, task, **form):
    wanted = {"by": "operator_a", "outcome": "向消防大队电话核实", "confirmed": "yes", "kind": "deaths", **form}
    return Page(client.post(f"/console/tasks/{task.id}", data=wanted, follow_redirects=True).text).text


@pytest.mark.parametrize(("value", "said"), [("", "请填写核实到的数字"), ("好多", "不是数字"), ("-1", "不小于0")])
def test_a_task_about_a_figure_is_not_true_without_the_figure(client, service, rumour, value, said):
    assert said in finish(client, rumour, value=value)
    with service.view() as uow:
        assert uow.tasks.get(rumour.id) is not None


def test_the_figure_that_a_task_asked_for_is_verified_by_its_form(client, service, alert, rumour):
    (field,) = [i for i in Page(client.get(f"/tasks/{rumour.id}").text).all("input") if i.get("name") == "kind"]
    assert field["value"] == "deaths"

    finish(client, rumour, value="11", agreed="II")

    assert verified(service, alert) is Tier.II


def test_how_far_a_tier_is_verified_stands_beside_it(client, page):
    for path in ("/", page):
        assert "Ⅲ级 较大 未经核实" in Page(client.get(path).text).text

    client.post(f"/console{page}/verified", data={"by": "operator_a", "kind": "deaths", "value": "3", "note": "电话"})

    for path in ("/", page):
        assert "Ⅲ级 较大 已核实" in Page(client.get(path).text).text


def test_to_merge_alerts_and_to_merge_events_are_told_apart(client, service, alert, page):
    tell(service, *breach("d", "e", "f"))

    shown = Page(client.get(page).text)

    assert "合并" not in [words.strip() for words in shown.words]
    assert "合并事件" in shown.text
    assert "降至 Ⅳ级（一般）" in shown.text


def test_only_graver_alerts_are_offered_to_go_on_in(client, service, alert, page):
    """A tier III fire cannot go on in a tier IV flood; the flood can in the fire."""
    tell(service, *breach("d", "e", "f"))
    with service.view() as uow:
        (other,) = [found for found in uow.alerts.all() if found.id != alert.id]
    assert other.tier < alert.tier

    assert alert.id in {o.get("value") for o in Page(client.get(f"/events/{other.event_id}").text).all("option")}
    assert other.id not in {o.get("value") for o in Page(client.get(page).text).all("option")}


def test_a_drill_is_no_part_of_what_has_happened_nor_the_other_way_round(client, service, look, alert, page):
    client.post("/console/drills", data={"by": "leader_c", "tier": "II", "topic": "hazard.flood", "title": "河堤决口"})
    with service.view() as uow:
        (drill,) = [one for one in uow.alerts.all() if one.drill]
        before = uow.events.get(drill.event_id), uow.events.get(alert.event_id)

    assert "河堤决口" not in look(page).text
    assert "合并" not in look(f"/events/{drill.event_id}").text
    assert "登记核实结果" not in look(f"/events/{drill.event_id}").text
    found = {"by": "operator_a", "kind": "deaths", "value": "12", "note": "问了消防"}
    answer = client.post(f"/console/events/{drill.event_id}/verified", data=found)
    assert "演练中的数字由组织者" in look(answer.headers["location"]).text
    for source, into in ((alert.event_id, drill.event_id), (drill.event_id, alert.event_id)):
        answer = client.post(f"/console/events/{source}/merge", data={"by": "operator_a", "into": into})
        assert "是演练，不与任何事件合并" in look(answer.headers["location"]).text
    with service.view() as uow:
        assert (uow.events.get(drill.event_id), uow.events.get(alert.event_id)) == before


def test_who_splits_until_neither_half_has_three_voices_sees_both_and_takes_it_back(client, service, alert, page, look):
    first, *rest = posts_of(service, alert)
    answer = client.post(
        f"/console{page}/split", data={"by": "operator_a", "posts": [first]}, follow_redirects=False
    ).headers["location"]

    shown = look(answer)
    assert shown.faults == []
    assert "已拆分" in shown.text
    assert "反映的人不足三个" in shown.text
    assert "（本页） 归入" in shown.text
    with service.view() as uow:
        (move,) = uow.events.regroupings()
        told = [post.text for post in uow.posts.get([first, *rest])]
    for path in (answer, f"/events/{move.target}", "/"):
        assert not any(text in look(path).text for text in told)
    assert "拆分后不足三人" in look("/").text
    assert client.get(f"/api/v1/events/{alert.event_id}").status_code == 404

    (form,) = [form for form in shown.all("form") if form.get("action", "").endswith("/undo")]
    client.post(form["action"], data={"by": "operator_a", "back": move.source})
    assert sorted(posts_of(service, alert)) == sorted([first, *rest])
    assert "拆分后不足三人" not in look("/").text
    assert client.get(page).status_code == 200
    assert "撤销" in look(page).text


def test_what_a_split_left_below_three_voices_is_verified_where_its_alert_still_stands(
    client, service, alert, page, look
):
    first, *_ = posts_of(service, alert)
    client.post(f"/console{page}/split", data={"by": "operator_a", "posts": [first]})
    service.clock.set(at(minutes=600))
    while worker.tick(service):
        pass
    assert "不再报送" in look(page).text
    assert "仍在计时" in look("/").text

    (form,) = [form for form in look(page).all("form") if form.get("action", "").endswith("/verified")]
    client.post(form["action"], data={"by": "operator_a", "kind": "event", "value": "", "note": "电话问过看门人"})
    assert "核实数字" in look(page).text


def test_an_alert_that_a_split_left_below_three_voices_is_acknowledged_and_ended_on_its_page(
    client, service, alert, page, look
):
    client.post(f"/console{page}/split", data={"by": "operator_a", "posts": posts_of(service, alert)[:2]})
    leads = [button["formaction"] for button in look(page).all("button") if "formaction" in button]
    buttons = {path.rpartition("/")[2]: path for path in leads}

    client.post(buttons["acknowledge"], data={"by": "operator_a"})
    assert "acknowledge" not in str(look(page).all("button"))
    answer = client.post(buttons["false_alarm"], data={"by": "operator_a", "note": "现场无火情"})
    with service.view() as uow:
        assert uow.alerts.get(alert.id).state is AlertState.FALSE_ALARM
    assert "已记录“误报”" in look(answer.headers["location"]).text
    assert "仍在计时" not in look("/").text


def test_what_fewer_than_three_tell_and_nobody_has_parted_has_no_page(client, service, alert):
    with service.view() as uow:
        (alone,) = [event for event in uow.events.all() if not event.corroborated]
    assert client.get(f"/events/{alone.id}").status_code == 404


def test_who_acts_on_an_event_that_another_has_merged_meanwhile_is_told_so(client, service, alert, page, look):
    tell(service, *breach("d", "e", "f"))
    with service.view() as uow:
        (other,) = [found for found in uow.alerts.open() if found.id != alert.id]
    client.post(f"/console/events/{other.event_id}/merge", data={"by": "operator_a", "into": alert.event_id})

    stale = f"/console/events/{other.event_id}"
    done = {
        f"{stale}/split": {"posts": ["x"]},
        f"{stale}/verified": {"kind": "deaths", "value": "2", "note": "电话"},
        f"{stale}/feedback/right": {},
        f"{stale}/merge": {"into": alert.event_id},
    }
    for path, form in done.items():
        answer = client.post(path, data={"by": "operator_b", **form}, follow_redirects=True)
        assert answer.url.path == page
        assert "已并入" in Page(answer.text).text, path
    answer = client.post(f"/console/alerts/{other.id}/acknowledge", data={"by": "operator_b"}, follow_redirects=True)
    assert "已并入" in answer.text
