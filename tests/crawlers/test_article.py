"""One HTML page."""

import pytest

from crawlers.article import ArticleSelectors, article, compiled, first_text, select, tree

TEXT = "栖川区今晚在东河路进行供水管网检修，沿线居民用水将受到影响，请提前储水，检修预计明晨完成。"


def read(document, **selectors):
    return article(document, ArticleSelectors(**selectors))


def test_selectors_are_css_or_xpath():
    page = tree('<ul><li><a href="/1" title="t">停 <b>水</b></a></li></ul>')
    assert first_text(page, "li a") == "停 水"
    assert first_text(page, "a::attr(href)") == "/1"
    assert first_text(page, "//a/@title") == "t"
    assert first_text(page, "string(//b)") == "水"
    assert first_text(page, ".none") == ""
    assert [match for match in select(page, "a::text")] == ["停 "]  # noqa: C416  # lxml's own strings


@pytest.mark.parametrize("wrong", ["ul[", "//ul[", "a::nothing(x"])
def test_a_wrong_selector_is_said_in_chinese(wrong):
    with pytest.raises(ValueError, match="选择器"):
        compiled(wrong)


def test_title_and_date_are_found_where_sites_put_them():
    page = f"<title>通告_区政府</title><h1>停水通告</h1><span class='pub-time'>2026-11-20 08:30</span><p>{TEXT}</p>"
    found = read(page, text="p")
    assert (found.title, found.date) == ("停水通告", "2026-11-20 08:30")
    meta = (
        f"<meta name='ArticleTitle' content='停水'><meta name='PubDate' content='2026-11-20'><h1>站名</h1><p>{TEXT}</p>"
    )
    assert (read(meta, text="p").title, read(meta, text="p").date) == ("停水", "2026-11-20")


def test_the_main_text_is_found_without_selectors():
    body = "".join(f"<p>{TEXT}（{n}）</p>" for n in range(6))
    page = f"<ul><li><a href='/'>首页</a></li></ul><div class='content'>{body}</div><div>版权所有</div>"
    found = read(f"<html><body>{page}</body></html>")
    assert TEXT in found.text
    assert "版权所有" not in found.text


def test_an_empty_page_is_empty():
    assert read("").text == ""
    assert read("<!-- x -->").title == ""


@pytest.mark.parametrize(
    "piece",
    [
        "<table><tr><td>",
        "<div><p>停水通知</p>",
        "<p><span>停</span>",
        "停水<br>",
        "<h1>停</h1>",
        "<a href='/x'>停水通知停水</a>",
    ],
)
def test_a_page_without_end_is_read_in_bounded_time(piece):
    assert len(read(f"<html><body>{piece * 100_000}</body></html>").text) < 1_000_000


NAV = '<div class="nav"><a href="/">首页</a><a href="/a">新闻</a></div>'
FOOT = "<div>版权所有 栖川日报社 地址：人民路1号</div>"
MORE = "供水公司已安排两辆送水车，居民可到社区服务站取水。"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"<div id=zoom>　　{TEXT}<br/>　　{MORE}<br></div>", [TEXT, MORE]),
        (f"<div><span><span>{TEXT}</span></span><div><span>{MORE}</span></div></div>", [TEXT, MORE]),
        (f"<h1>停水</h1><div><p>{TEXT}</p><ul><li>柳荫小区：20时</li></ul></div>", [TEXT, "柳荫小区：20时"]),
        (f"<div><section><p>{TEXT}</p></section><section><p>{MORE}</p></section></div>", [TEXT, MORE]),
        ("<h1>停水</h1><div><p>今晚停水。</p></div>", ["今晚停水。"]),
        (f"<script>'{MORE}'</script><div><p>{TEXT}</p><ul><li><a href=1>相关新闻一二三</a></li></ul></div>", [TEXT]),
        (f"<div><p>{TEXT}</p></div><div class='comment-list'><p>{MORE * 9}</p></div>", [TEXT]),
    ],
)
def test_the_main_text_is_the_whole_of_it_and_nothing_beside_it(body, lines):
    assert read(f"<html><body>{NAV}{body}{FOOT}</body></html>").text.splitlines() == lines


@pytest.mark.parametrize(
    "imprint",
    [
        "2026-11-20 08:30 来源：栖川在线 作者：张伟",
        "来源：栖川在线",
        "2026年11月20日 08:30",
        "",
        "来源：甲</p><p>浏览次数：31",
    ],
)
def test_a_title_and_imprint_in_the_block_of_the_text_are_no_part_of_it(imprint):
    body = f"<article><h1>东河路停水通告</h1><p>{imprint}</p><p>{TEXT}</p><p>2026年11月20日</p></article>"
    assert read(f"<html><body>{NAV}{body}{FOOT}</body></html>").text.splitlines() == [TEXT, "2026年11月20日"]


@pytest.mark.parametrize(
    "line", ["主管道破裂，正在抢修", "2026年11月20日8时起停水。", "停水原因：管道破裂", "2026年11月20日停水"]
)
def test_what_the_text_tells_stays(line):
    body = f"<article><h1>东河路停水通告</h1><p>{line}</p><p>{TEXT}</p></article>"
    assert read(f"<html><body>{NAV}{body}{FOOT}</body></html>").text.splitlines() == [line, TEXT]
