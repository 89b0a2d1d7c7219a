"""The duty console in a real browser: what an operator sees, clicks and reaches by keyboard."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from alerts.lifecycle import Action
from alerts.matter import Act
from crawlers.model import Authority
from services.run import web
from tests.builders import at, fact, place, post, reading
from tests.services.desk import a_fire, a_folder, opened, tell, two_tellings

CHROMIUM = Path("/usr/bin/chromium")
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
MISSING = [
    name
    for name, there in {
        "playwright（pip 包）": find_spec("playwright") is not None,
        "chromium（apt install chromium）": CHROMIUM.exists(),
        "中文字体（apt install fonts-noto-cjk）": FONT.exists(),
    }.items()
    if not there
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"没有 {'、'.join(MISSING)}"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SHORT = 30_000


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # skipped where it is missing

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def service(tmp_path):
    """A fire that three voices tell of."""
    with opened(a_folder(tmp_path / "desk")) as running:
        tell(running, *a_fire("a", "b", "c"))
        yield running


@pytest.fixture
def page(browser, service, tmp_path):
    """The board, open; at the end nothing may have gone wrong in the browser, and a picture is kept."""
    with web(service) as address:
        context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.set_default_timeout(SHORT)
        page.faults = []
        page.on("console", lambda m: page.faults.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("response", lambda r: page.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.goto("/")
        yield page
        page.screenshot(path=tmp_path / "console.png", full_page=True)
        service.stopping.set()
        context.close()
        assert page.faults == []
        assert (tmp_path / "console.png").stat().st_size > 10_000


def state(service):
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    return alert.state.value


def card(page, title="永固仓库火灾"):
    """The card of one event."""
    return page.locator("article", has_text=title)


def flood(*voices):
    """What these voices say of something else."""
    river = place("栖水河", "water", ("示范市", "示范区", "栖水河"))
    said = [post(f"栖水河决口了，第{n}条", voice=voice, told=at(1)) for n, voice in enumerate(voices)]
    return [(one, reading(one, "hazard.flood", fact(value=3), places=(river,))) for one in said]


def test_the_board_shows_the_alert_with_its_tier_figure_and_clock(page):
    shown = card(page).inner_text()

    assert "Ⅲ级 较大" in shown
    assert "死亡" in shown
    assert "待核实" in shown
    assert "签收还有15分钟" in shown
    assert page.title() == "（1件待签收）值班台 · 示范区民情"


def test_acknowledging_by_click_moves_the_alert(page, service):
    page.get_by_label("操作人").select_option("operator_a")
    card(page).get_by_role("button", name="签收").click()

    page.get_by_text("没有待签收的预警").wait_for()
    assert "已签收" in card(page).inner_text()
    assert state(service) == "acknowledged"


def test_what_may_be_one_event_is_said_on_the_board_and_made_one_on_its_page(page, service):
    two_tellings(service)
    page.goto("/")

    page.get_by_role("link", name="可能是同一事件").click()
    proposed = page.locator("form", has_text="是同一件事")
    proposed.get_by_label("合并人").select_option("operator_a")
    proposed.get_by_role("button", name="合并为一个事件").click()
    page.get_by_role("button", name="撤销").wait_for()

    page.goto("/")
    assert page.get_by_role("link", name="可能是同一事件").count() == 0
    with service.view() as uow:
        assert sum(event.merged_into is not None for event in uow.events.all()) == 1


def test_without_an_operator_the_browser_itself_asks_for_one(page, service):
    card(page).get_by_role("button", name="签收").click()

    assert page.evaluate("document.querySelector('select:invalid') !== null")
    assert state(service) == "triggered"


def test_the_board_follows_the_desk_by_itself(page, service):
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.act(alert.id, Act(action=Action.ACKNOWLEDGE, by="operator_b"))
    page.get_by_text("没有待签收的预警").wait_for()

    tell(service, *flood("d", "e", "f"))
    card(page, "栖水河").wait_for()


def test_the_tab_says_how_many_alerts_wait(page):
    assert page.title() == "（1件待签收）值班台 · 示范区民情"

    page.get_by_label("操作人").select_option("operator_a")
    card(page).get_by_role("button", name="签收").click()
    page.get_by_text("没有待签收的预警").wait_for()
    assert page.title() == "值班台 · 示范区民情"


def test_who_works_on_one_event_sees_that_another_one_came_in(page, service):
    card(page).get_by_role("link", name="永固仓库火灾").click()
    told = page.get_by_role("status").filter(has_text="件待签收")
    told.filter(has_text="1件待签收（Ⅲ级1件）").wait_for()

    mill = place("城北面粉厂", "plant", ("示范市", "示范区", "城北面粉厂"))
    one = post("城北面粉厂大火，十二人遇难", authority=Authority.MEDIA, told=at(minutes=5))
    tell(service, (one, reading(one, "hazard.fire", fact(value=12), places=(mill,), terms=("面粉",))))
    told.filter(has_text="2件待签收（Ⅱ级1件，Ⅲ级1件）").wait_for()


def test_a_board_that_has_lost_its_service_says_so_with_the_time_that_it_shows(browser, service):
    with web(service) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/")
        lost = page.get_by_text("与服务的连接断开")
        assert lost.is_hidden()
        service.stopping.set()
    lost.wait_for()
    assert "11-03 12:00" in lost.inner_text()
    context.close()


def test_with_many_boards_open_an_alert_can_still_be_acknowledged_and_all_follow(page, service):
    """A browser has six connections to one place, and every board listened on one of them."""
    others = [page.context.new_page() for _ in range(7)]
    for other in others:
        other.goto("/", timeout=SHORT)
    page.get_by_label("操作人").select_option("operator_a")
    card(page).get_by_role("button", name="签收").click()

    page.get_by_text("没有待签收的预警").wait_for()
    for other in others:
        other.get_by_text("没有待签收的预警").wait_for(timeout=10_000)
    page.goto("/events")  # the one that listened goes, and the next one does
    tell(service, *flood("d", "e", "f"))
    for other in others:
        card(other, "栖水河").wait_for(timeout=15_000)


def test_a_board_says_so_when_its_service_hangs(browser, service):
    """Nothing is refused and nothing closed: it only never answers any more."""
    with web(service) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/")
        page.wait_for_timeout(1000)
        context.route("**/console/*", lambda route: None)
        page.get_by_text("可能已过时").wait_for(timeout=SHORT)
        assert page.get_by_role("status").filter(has_text="与服务的连接断开").is_visible()
        service.stopping.set()
        context.close()


def test_a_person_who_is_choosing_is_told_and_not_interrupted(page, service):
    card(page).get_by_role("button", name="签收").focus()
    tell(service, *flood("d", "e", "f"))
    page.get_by_text("有新情况").wait_for()
    assert card(page, "栖水河").count() == 0

    page.locator("h2").first.click()
    page.get_by_role("searchbox").focus()
    card(page, "栖水河").wait_for()
    page.get_by_text("有新情况").wait_for(state="hidden")


def test_everything_can_be_done_by_keyboard(page, service):
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.innerText.slice(0, 6)")
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
        if reached[-1].startswith("SELECT"):
            page.keyboard.press("ArrowDown")
        if reached[-1] == "BUTTON 签收":
            page.keyboard.press("Enter")
            break

    page.get_by_text("没有待签收的预警").wait_for()
    assert reached[:5] == ["A 跳到正文", "A 民情 示范区", "A 报告", "A 值班与演练", "INPUT "]
    assert reached[5].startswith("SELECT")
    assert reached[6:9] == ["A 1 待签收（", "A 0 处置中", "A 0 待核实线"]
    assert state(service) == "acknowledged"


def test_an_alert_is_acknowledged_without_javascript(browser, service):
    with web(service) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/")
        page.get_by_label("操作人").select_option("operator_b")
        page.get_by_role("button", name="签收").click()
        page.get_by_text("没有待签收的预警").wait_for()
        assert page.get_by_label("操作人").input_value() == "operator_b"
        assert state(service) == "acknowledged"
        service.stopping.set()
        context.close()


def test_the_first_key_leads_past_the_head_of_a_page(page):
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="跳到正文").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_events_page_leads_through_its_whole_course(page, service):
    page.get_by_role("link", name="永固仓库火灾").click()
    page.get_by_role("heading", name="定级依据").wait_for()
    page.get_by_label("操作人").select_option("operator_a")
    assert page.get_by_role("button", name="办结").count() == 0
    for name, after in (("签收", "acknowledged"), ("开始核实", "verifying"), ("转办", "assigned")):
        if name == "转办":
            page.get_by_label("对象").select_option("fire")
        page.get_by_role("button", name=name, exact=True).click()
        page.get_by_role("heading", name="定级依据").wait_for()
        assert state(service) == after

    page.get_by_role("button", name="办结", exact=True).click()
    page.get_by_role("alert").filter(has_text="必须写明理由").wait_for()
    page.get_by_label("说明").fill("火已扑灭，善后完毕")
    page.get_by_role("button", name="办结", exact=True).click()
    page.get_by_role("alert").filter(has_text="电话报告").wait_for()
    assert state(service) == "assigned"
    page.get_by_role("button", name="仍要办结").click()
    page.get_by_role("button", name="重启", exact=True).wait_for()
    assert state(service) == "closed"


def test_what_was_typed_stays_where_it_is_refused(page, service):
    page.get_by_role("link", name="永固仓库火灾").click()
    page.get_by_label("操作人").select_option("operator_a")
    page.get_by_label("说明").fill("请消防大队尽快反馈准确伤亡人数")
    page.get_by_role("button", name="转办", exact=True).click()

    page.get_by_role("alert").filter(has_text="必须写明转给哪个部门").wait_for()
    page.wait_for_load_state()  # What was typed is put back by a script that runs last.
    assert page.get_by_label("说明").input_value() == "请消防大队尽快反馈准确伤亡人数"
    assert page.get_by_label("操作人").input_value() == "operator_a"

    page.get_by_label("对象").select_option("fire")
    page.get_by_role("button", name="转办", exact=True).click()
    page.get_by_role("alert").wait_for(state="detached")
    assert page.get_by_label("说明").input_value() == ""
    assert state(service) == "assigned"


def test_what_is_typed_before_the_page_is_ready_is_not_overwritten(page):
    page.get_by_role("link", name="永固仓库火灾").click()
    page.get_by_label("操作人").select_option("operator_a")
    page.get_by_label("说明").fill("先前写的")
    waiting = []
    page.route("**/console.js*", lambda route: waiting.append(route))  # noqa: PLW0108  # what is built in cannot be marked
    page.get_by_role("button", name="转办", exact=True).click()
    page.get_by_role("alert").filter(has_text="必须写明转给哪个部门").wait_for()
    page.get_by_label("说明").fill("后来写的")
    while not waiting:
        page.wait_for_timeout(50)
    waiting[0].continue_()

    page.wait_for_load_state()
    assert page.get_by_label("说明").input_value() == "后来写的"
    assert page.get_by_label("操作人").input_value() == "operator_a"


def test_a_button_that_ends_an_alert_as_false_asks_once_more(page, service):
    page.get_by_role("link", name="永固仓库火灾").click()
    page.get_by_label("操作人").select_option("operator_a")
    page.get_by_label("说明").fill("物业已答复")
    asked = []
    page.once("dialog", lambda box: (asked.append(box.message), box.dismiss()))
    page.get_by_role("button", name="误报", exact=True).click()
    assert "按误报结束“永固仓库火灾”" in asked[0]
    assert state(service) == "triggered"

    page.once("dialog", lambda box: box.accept())
    page.get_by_role("button", name="误报", exact=True).click()
    page.get_by_role("button", name="重启", exact=True).wait_for()
    assert state(service) == "false_alarm"


def test_on_a_phone_one_touch_leads_from_the_top_to_what_is_to_be_done(page):
    page.get_by_role("link", name="永固仓库火灾").click()
    there = page.get_by_role("link", name="去处置")

    page.set_viewport_size({"width": 390, "height": 844})
    there.click()
    assert page.get_by_role("heading", name="处置", exact=True).bounding_box()["y"] < 100


def test_by_keyboard_two_keys_lead_past_the_posts_to_what_is_to_be_done(page):
    page.get_by_role("link", name="永固仓库火灾").click()
    there = page.get_by_role("link", name="去处置")
    around = page.locator(".jump")
    assert around.bounding_box()["height"] <= 1

    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    assert there.evaluate("link => link === document.activeElement")
    assert around.bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.get_by_label("操作人").evaluate("field => field === document.activeElement")


def test_a_figure_that_raises_the_tier_is_registered_only_after_a_second_look(page, service):
    page.get_by_role("link", name="永固仓库火灾").click()
    page.get_by_label("核实人").select_option("operator_a")
    page.get_by_label("死亡（人）").fill("300")
    page.get_by_label("依据").fill("向消防大队电话核实")
    page.get_by_role("button", name="登记核实结果").click()
    page.get_by_role("alert").filter(has_text="升为Ⅰ级").wait_for()

    page.get_by_label("死亡").fill("3")
    page.get_by_role("button", name="核对无误").click()
    page.get_by_role("status").filter(has_text="已登记").wait_for()
    with service.view() as uow:
        (alert,) = uow.alerts.all()
        event = uow.events.get(alert.event_id)
    assert (alert.tier.name, [f.verified for f in event.figures.values()]) == ("III", [3])


def test_a_phone_report_is_recorded_without_a_mouse(page, service):
    """Enter in a field sends nothing by itself: the first button must not be pressed by accident."""
    page.get_by_role("link", name="永固仓库火灾").click()
    page.get_by_label("操作人").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("通话时间").focus()
    page.keyboard.press("Enter")
    assert state(service) == "triggered"
    page.get_by_label("说明").focus()
    page.keyboard.type("三人死亡，正在扑救")
    page.keyboard.press("Tab")
    page.get_by_label("对象").select_option("leader_c")
    page.get_by_role("button", name="登记电话报告").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="电话报告").wait_for()
    assert "带班领导丙：三人死亡，正在扑救" in page.locator("main").inner_text()
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    assert [(call.caller, call.called) for call in alert.calls] == [("operator_a", "leader_c")]


def test_a_drill_and_a_hand_over_are_done_on_the_duty_page(page, service):
    page.get_by_role("link", name="值班与演练").click()
    for words, button in (("等消防回电", "交班"), ("", "接班")):
        form = page.locator("form", has=page.get_by_role("button", name=button, exact=True))
        form.get_by_label("操作人").select_option("operator_a")
        if words:
            form.get_by_label("交接事项").fill(words)
        form.get_by_role("button", name=button, exact=True).click()
        page.get_by_role("heading", name="此刻在岗").wait_for()
    assert "接班人不能是交班人本人" in page.get_by_role("alert").inner_text()
    assert "等消防回电" in page.locator("main").inner_text()

    form = page.locator("form", has=page.get_by_role("button", name="发起演练"))
    form.get_by_label("操作人").select_option("leader_c")
    form.get_by_label("级别").select_option("II")
    form.get_by_label("主题").select_option("hazard.flood")
    form.get_by_label("假设情况").fill("河堤决口")
    form.get_by_role("button", name="发起演练").click()
    assert "演练" in card(page, "河堤决口（演练）").inner_text()


def test_searching_marks_what_was_looked_for(page):
    page.get_by_role("searchbox").fill("永固仓库")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="搜索：永固仓库").wait_for()
    assert page.locator("mark").count() == 3


def test_a_narrow_screen_needs_no_sideways_scrolling(page):
    page.set_viewport_size({"width": 390, "height": 844})

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_words_that_would_run_as_a_script_do_not(browser, service):
    """The policy holds even if a page had forgotten to escape."""
    with web(service) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')")
        page.evaluate("new Promise(done => setTimeout(done, 300))")

        assert page.evaluate("window.hit") is None
        service.stopping.set()
        context.close()
