"""Lists with pages behind them."""

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.kinds import BadParams
from crawlers.model import Authority, Health
from crawlers.page import Failed
from tests.contracts.crawl_store import NOW
from tests.crawlers.reading import read

PARAMS = {
    "items": "ul.list li",
    "date": "span",
    "detail_text": "div.content",
    "detail_date": ".time",
    "detail_title": "h1",
}


def row(n, title=None, date="2026-11-20"):
    return f'<li><a href="/d/{n}.html?from=list">{title or f"关于东河路施工的通告（{n}）"}</a><span>{date}</span></li>'


def listing(*rows, more=""):
    head = '<meta charset="utf-8"><div class="nav"><a href="/about.html">关于我们的网站</a></div>'
    return f'{head}<ul class="list">{"".join(rows)}</ul>{more}'


def detail(n, text="东河路今晚封闭施工。"):
    return (
        f'<h1>关于东河路施工的通告（{n}）</h1><p class="time">发布时间：2026-11-20 0{n % 10}:30　来源：区住建局</p>'
        f'<div class="content"><p>{text}</p><script>x</script><p>请绕行，咨询13812345678。</p></div>'
    )


def site(numbers, **changes):
    return {"/start": listing(*map(row, numbers)), **{f"/d/{n}.html?from=list": detail(n) for n in numbers}} | changes


def test_list_and_details_become_posts():
    done = read("page_list", site([2, 1]), PARAMS)
    assert sorted(done.titles) == ["关于东河路施工的通告（1）", "关于东河路施工的通告（2）"]
    post = next(post for post in done.posts if post.title.endswith("（1）"))
    assert post.text == "东河路今晚封闭施工。\n请绕行，咨询【手机号】。"
    assert post.published_at == datetime(2026, 11, 19, 17, 30, tzinfo=UTC)
    assert post.link == "http://site.example/d/1.html?from=list"


def test_xpath_works_as_well_as_css():
    params = {
        "items": "//ul[@class='list']/li",
        "link": "./a/@href",
        "title": "./a/text()",
        "detail_text": "//div[@class='content']//p",
    }
    done = read("page_list", site([1]), params)
    assert "请绕行" in done.posts[0].text


def test_gbk_pages_are_read():
    pages = {path: body.replace("utf-8", "gbk").encode("gbk") for path, body in site([1]).items()}
    done = read("page_list", pages, PARAMS)
    assert done.titles == ["关于东河路施工的通告（1）"]


def test_details_already_read_are_not_fetched_again():
    first = read("page_list", site([1]), PARAMS)
    second = read("page_list", site([2, 1]), PARAMS, store=first.store)
    assert second.web.asked == ["/start", "/d/2.html?from=list"]
    assert second.visit.new == 1


def test_a_new_title_or_date_in_the_list_makes_it_read_the_page_again():
    first = read("page_list", site([1]), PARAMS)
    edited = {"/start": listing(row(1, date="2026-11-21")), "/d/1.html?from=list": detail(1, "施工延期到明晚。")}
    second = read("page_list", edited, PARAMS, store=first.store)
    assert second.visit.revised == 1


def test_a_relative_date_that_moves_by_itself_does_not():
    first = read("page_list", site([1], **{"/start": listing(row(1, date="3小时前"))}), PARAMS)
    second = read("page_list", site([1], **{"/start": listing(row(1, date="4小时前"))}), PARAMS, store=first.store)
    assert second.web.asked == ["/start"]


def test_pages_are_turned_until_nothing_is_new():
    pages = site([1, 2, 3])
    pages["/start"] = listing(row(3), more='<a class="next" href="/p2">下一页</a>')
    pages["/p2"] = listing(row(2), more='<a class="next" href="/p3">下一页</a>')
    pages["/p3"] = listing(row(1), more='<a class="next" href="/start">下一页</a>')
    params = {**PARAMS, "next": "a.next"}
    first = read("page_list", pages, params)
    assert len(first.posts) == 3
    assert [path for path in first.web.asked if path.startswith("/p")] == ["/p2", "/p3"]
    second = read("page_list", pages, params, store=first.store)
    assert second.web.asked == ["/start"]


def test_pages_by_number_and_their_limit():
    pages = site([1, 2, 3]) | {"/start": listing(row(1)), "/list_1": listing(row(2)), "/list_2": listing(row(3))}
    params = {**PARAMS, "pages": "http://site.example/list_{page}", "first_page": 0, "max_pages": 2}
    assert len(read("page_list", pages, params).posts) == 2


def test_an_endless_calendar_ends():
    pages = {f"/c{n}": listing(row(n), more=f'<a class="next" href="/c{n + 1}">后一天</a>') for n in range(300)}
    pages |= {f"/d/{n}.html?from=list": detail(n) for n in range(300)}
    done = read("page_list", pages, {**PARAMS, "next": "a.next", "max_pages": 20}, path="/c0")
    assert len(done.posts) == 20


def test_without_selectors_the_articles_are_found_by_their_look():
    body = "".join(
        f"<p>栖川区今晚在东河路第{n}段进行供水管网检修，沿线居民用水将受到影响，请提前储水。</p>" for n in range(8)
    )
    others = '<a href="/login.html">登录</a><a href="http://other.example/20261120.html">友情链接网站名称</a>'
    page = (
        f"<html><body><nav>首页 新闻</nav><article><h1>通告</h1>{body}</article><footer>版权所有</footer></body></html>"
    )
    pages = {"/start": listing(row(1), more=others), "/d/1.html?from=list": page}
    done = read("page_list", pages)
    (post,) = done.posts
    assert "供水管网检修" in post.text
    assert "版权所有" not in post.text


def test_a_detail_that_fails_is_said_and_tried_again_next_time():
    failing = site([1, 2], **{"/d/1.html?from=list": Failed("网站返回 HTTP 500")})
    first = read("page_list", failing, PARAMS)
    assert first.visit.new == 1
    assert "HTTP 500" in first.problems
    second = read("page_list", site([1, 2]), PARAMS, store=first.store)
    assert second.web.conditions[0] == {}
    assert second.visit.new == 1


def test_a_detail_that_is_gone_does_not_hold_up_the_rest():
    gone = site([1, 2])
    del gone["/d/1.html?from=list"]
    first = read("page_list", gone, PARAMS)
    assert first.store.memo("s1", "http://site.example/start")


def test_what_a_limit_left_over_is_read_next_time_though_the_first_page_is_known():
    pages = site([1, 2, 3, 4])
    pages["/start"] = listing(row(4), row(3), more='<a class="next" href="/p2">下一页</a>')
    pages["/p2"] = listing(row(2), row(1))
    params = {**PARAMS, "next": "a.next", "max_details": 2}
    first = read("page_list", pages, params)
    assert first.visit.new == 2
    assert "余下的下次再读" in first.problems
    second = read("page_list", pages, params, store=first.store)
    assert second.visit.new == 2


def test_what_a_crash_left_over_is_read_next_time_though_the_first_page_is_known():
    pages = site([1, 2])
    pages["/start"] = listing(row(2), more='<a class="next" href="/p2">下一页</a>')
    pages["/p2"] = listing(row(1))
    params = {**PARAMS, "next": "a.next"}
    complete = read(
        "page_list", {**pages, "/start": listing(row(0)), **site([0], **{"/start": listing(row(0))})}, params
    )
    broken = read("page_list", {**pages, "/p2": Failed("连接失败")}, params, store=complete.store)
    assert broken.visit.new == 1
    assert read("page_list", pages, params, store=complete.store).visit.new == 1


def test_a_list_without_items_fails_and_names_the_selector():
    done = read("page_list", {"/start": "<html><p>改版中</p></html>"}, PARAMS)
    assert done.visit.health is Health.FAILING
    assert "params.items" in done.problems


def test_no_address_of_a_public_page_is_remembered_or_said():
    pages = site([1, 2], **{"/d/1.html?from=list": Failed("网站返回 HTTP 500")})
    done = read("page_list", pages, PARAMS, authority=Authority.PUBLIC)
    assert "/d/" not in repr(done.store.as_json())


def test_a_detail_without_text_keeps_its_title_and_says_so():
    done = read("page_list", site([1], **{"/d/1.html?from=list": "<h1>通告一则请看</h1>"}), PARAMS)
    assert done.titles == ["通告一则请看"]
    assert "detail_text" in done.problems


@pytest.mark.parametrize("params", [{"items": "ul["}, {"items": "//ul["}, {"item": "ul"}, {"max_pages": 0}])
def test_a_wrong_parameter_is_refused_in_chinese(params):
    with pytest.raises(BadParams, match="来源“栖川在线”：params"):
        read("page_list", {}, params)


def test_a_notice_that_is_corrected_in_place_is_seen_though_the_list_stays_the_same():
    pages = {"/start": listing(row(1)), "/d/1.html?from=list": detail(1, "造成2人死亡。")}
    first = read("page_list", pages, PARAMS)
    pages["/d/1.html?from=list"] = detail(1, "造成3人死亡。")
    second = read("page_list", pages, PARAMS, store=first.store, now=NOW + timedelta(minutes=10))

    (post,) = second.posts
    assert "造成3人死亡" in post.text
    assert post.revision == 2
    assert second.visit.revised == 1


def test_a_page_is_looked_at_again_at_growing_distances_and_for_two_days_only():
    pages, looks = {"/start": listing(row(1)), "/d/1.html?from=list": detail(1)}, []
    store = read("page_list", pages, PARAMS).store
    for minutes in range(10, 4 * 1440, 10):
        done = read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=minutes))
        if "/d/1.html?from=list" in done.web.asked:
            looks.append(minutes)
    assert looks == [10, 20, 40, 80, 160, 320, 640, 1280]


def test_a_list_is_asked_for_in_full_when_one_of_its_pages_is_due():
    pages = {"/start": listing(row(1)), "/d/1.html?from=list": detail(1)}
    store = read("page_list", pages, PARAMS).store
    asked = [
        bool(read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=minutes)).web.conditions[0])
        for minutes in (10, 15, 20, 30, 40)
    ]
    assert asked == [False, True, False, True, False]


def test_a_page_is_asked_for_changes_only_and_one_without_any_is_not_read():
    pages = {"/start": listing(row(1)), "/d/1.html?from=list": detail(1)}
    store = read("page_list", pages, PARAMS).store
    pages["/d/1.html?from=list"] = None
    looks = []
    for minutes in range(10, 4 * 1440, 10):
        done = read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=minutes))
        if "/d/1.html?from=list" in done.web.asked:
            looks.append(minutes)
            assert "If-None-Match" in done.web.conditions[1]
            assert (done.visit.health, done.visit.items) == (Health.UNCHANGED, 0)
    assert looks == [10, 20, 40, 80, 160, 320, 640, 1280]


@pytest.mark.parametrize(
    "change",
    [
        {"params": {**PARAMS, "detail_text": "p"}},
        {"list": row(1, title="关于东河路施工的更正")},
        {"text": "<h1>通告</h1>"},
    ],
    ids=["other-selectors", "another-look", "no-text-found"],
)
def test_a_page_is_asked_for_in_full_where_its_answer_would_be_read_otherwise(change):
    pages = {"/start": listing(row(1)), "/d/1.html?from=list": change.get("text", detail(1))}
    store = read("page_list", pages, PARAMS).store
    pages["/start"] = listing(change.get("list", row(1)))
    again = read("page_list", pages, change.get("params", PARAMS), store=store, now=NOW + timedelta(minutes=10))
    assert again.web.asked[1] == "/d/1.html?from=list"
    assert again.web.conditions[1] == {}


def test_other_selectors_make_a_list_be_read_though_it_has_not_changed():
    store = read("page_list", site([1]), {**PARAMS, "items": "div.nav"}).store
    assert read("page_list", site([1]), PARAMS, store=store).web.conditions[0] == {}


def test_a_page_that_is_not_there_is_asked_for_at_growing_distances():
    pages, looks = site([1, 2]), []
    del pages["/d/1.html?from=list"]
    store = read("page_list", pages, PARAMS).store
    for minutes in range(10, 4 * 1440, 10):
        done = read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=minutes))
        looks += [minutes] if "/d/1.html?from=list" in done.web.asked else []
    assert looks == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120]


def test_a_page_that_comes_after_all_is_read():
    pages = site([1])
    page = pages.pop("/d/1.html?from=list")
    store = read("page_list", pages, PARAMS).store
    assert read("page_list", pages, PARAMS, store=store).visit.health is Health.FAILING
    pages["/d/1.html?from=list"] = page
    assert read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=10)).visit.new == 1
    assert read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=20)).web.conditions[1]


def test_a_page_that_is_not_there_is_asked_for_at_once_when_its_entry_changes():
    pages = {"/start": listing(row(1))}
    store = read("page_list", pages, PARAMS).store
    for minutes in (10, 25):
        read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=minutes))
    pages["/start"] = listing(row(1, date="2026-11-21"))
    done = read("page_list", pages, PARAMS, store=store, now=NOW + timedelta(minutes=30))
    assert len(done.web.asked) == 2


def test_an_entry_that_stands_on_every_page_of_the_list_is_read_once_a_visit():
    pages = site([1, 2, 3])
    pages["/start"] = listing(row(1), row(2), more='<a href="/p2">下一页</a>')
    pages["/p2"] = listing(row(1), row(3), more='<a href="/p3">下一页</a>')
    pages["/p3"] = listing(row(1))
    moments = (NOW + timedelta(seconds=n) for n in range(1000))
    done = read("page_list", pages, PARAMS, clock=lambda: next(moments))
    assert done.web.asked.count("/d/1.html?from=list") == 1


def test_a_list_of_what_is_known_is_unchanged():
    first = read("page_list", site([1]), PARAMS)
    later = NOW + timedelta(minutes=5)
    read("page_list", site([1]), PARAMS, store=first.store, now=later)
    assert read("page_list", site([1]), PARAMS, store=first.store, now=later).visit.health is Health.UNCHANGED


def test_the_date_beside_a_title_needs_no_selector_and_the_page_may_tell_the_time_of_that_day():
    for shown, there, at in (
        ("2026-11-19", "栖川融媒 2026-11-19 08:30", datetime(2026, 11, 19, 0, 30, tzinfo=UTC)),
        ("2026-11-19", "停水 2026-11-22 08:00 至 12:00", datetime(2026, 11, 18, 16, 0, tzinfo=UTC)),
        ("2026-11-19", "发布时间：2026-12-01", datetime(2026, 11, 18, 16, 0, tzinfo=UTC)),
        ("", "栖川融媒 2026-11-19 08:30", datetime(2026, 11, 19, 0, 30, tzinfo=UTC)),
    ):
        body = f"<h1>停水</h1><p>{there}</p><div><p>东河路今晚封闭施工，请绕行。</p></div>"
        pages = {"/start": listing(row(1, date=shown)), "/d/1.html?from=list": body}
        assert read("page_list", pages, {"items": "ul.list li"}).posts[0].published_at == at


def test_a_heading_of_a_table_and_a_link_to_the_list_itself_are_no_entries():
    rows = '<tr><th>标题</th></tr><tr><td><a href="#">置顶</a></td></tr>'
    table = f'<table>{rows}<tr><td><a href="/d/1.html">东河路施工</a></td><td>2026-11-19</td></tr></table>'
    done = read("page_list", {"/start": table, "/d/1.html": detail(1)}, {"items": "tr"})
    assert (done.titles, done.problems) == (["东河路施工"], "")


def test_what_has_no_link_does_not_make_a_list_fail_that_is_known():
    pages = {"/start": listing("<li>敬请期待</li>", row(1)), "/d/1.html?from=list": detail(1)}
    first = read("page_list", pages, PARAMS)
    assert "没有链接" in first.problems
    assert read("page_list", pages, PARAMS, store=first.store).visit.health is Health.UNCHANGED


def test_entries_in_a_datastore_are_entries():
    records = "".join(f"<record><![CDATA[{row(n)}]]></record>" for n in (2, 1))
    store = f"<datastore><nextgroup></nextgroup><recordset>{records}</recordset></datastore>"
    script = f'<script type="text/xml">{store}</script>'
    done = read("page_list", site([2, 1]) | {"/start": f"<div id=list></div>{script}"})
    assert sorted(done.titles) == ["关于东河路施工的通告（1）", "关于东河路施工的通告（2）"]


def test_a_page_is_one_whatever_session_its_address_names():
    def start(session):
        return listing(*(f'<li><a href="/d/1.do?id=1{mark}">施工通告</a></li>' for mark in (session, "")))

    pages = {"/start": start("&jsessionid=A1"), "/d/1.do?id=1&jsessionid=A1": detail(1), "/d/1.do?id=1": detail(1)}
    first = read("page_list", pages, {"items": "li"})
    pages |= {"/start": start("&jsessionid=B2"), "/d/1.do?id=1&jsessionid=B2": detail(1)}
    second = read("page_list", pages, {"items": "li"}, store=first.store)
    assert (len(first.posts), second.web.asked) == (1, ["/start"])


def test_whom_the_head_of_a_page_names_is_taken_out_of_its_text():
    body = '<meta name="author" content="东河钓客"><h1>停水</h1><div class="content">东河钓客报道：停水一天。</div>'
    done = read(
        "page_list", {"/start": listing(row(1)), "/d/1.html?from=list": body}, PARAMS, authority=Authority.PUBLIC
    )
    assert done.posts[0].text == "【用户】报道：停水一天。"


def test_an_author_that_only_the_list_names_is_taken_out_of_the_page_and_becomes_the_voice():
    pages = {"/start": listing(row(1).replace("</li>", "<b>东河钓客</b></li>"))}
    pages["/d/1.html?from=list"] = detail(1, "楼主东河钓客：停水了。")
    (post,) = read("page_list", pages, {**PARAMS, "author": "b"}, authority=Authority.PUBLIC).posts
    assert "东河钓客" not in post.text
    assert post.voice


@pytest.mark.parametrize("params", [{"items": "li"}, {}])
@pytest.mark.parametrize("inside", ["{title}<i>2026-11-19</i>", "<i>2026-11-19</i>{title}"])
def test_a_date_inside_the_link_is_no_part_of_the_title(params, inside):
    link = f'<li><a href="/d/1.html">{inside.format(title="东河路施工通告")}</a></li>'
    (post,) = read(
        "page_list", {"/start": f"<ul>{link}</ul>", "/d/1.html": "<p>东河路今晚封闭施工。</p>"}, params
    ).posts
    assert (post.title, post.published_at) == ("东河路施工通告", datetime(2026, 11, 18, 16, tzinfo=UTC))
