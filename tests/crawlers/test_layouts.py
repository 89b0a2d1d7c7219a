"""Lists and pages laid out in the odd ways of offices, papers and messengers, each read as a whole."""

from datetime import datetime, timedelta, timezone

import pytest

from crawlers.model import Authority
from tests.crawlers.reading import read

BEIJING = timezone(timedelta(hours=8))
NAV = '<div class="head"><a href="/">首页</a><a href="/zw/">政务公开</a></div>'
TEXT = "澄江县东圩路供水主管突发爆裂，周边约六百户居民家中停水，抢修人员已到场关阀开挖，预计傍晚恢复供水。"
TITLE = "东圩路停水抢修情况通报"
DAY = datetime(2026, 11, 18, tzinfo=BEIJING)


def page(body):
    return f'<html><head><meta charset="utf-8"></head><body>{NAV}{body}<div>版权所有：澄江县</div></body></html>'


PLAIN = page(f"<h2>{TITLE}</h2><div class=con><p>{TEXT}</p></div>")
# name: list, page behind it, params, when
LAYOUTS = {
    "the whole card is the link": (
        f'<a class="card" href="/p.html"><h3>{TITLE}</h3><p>摘要</p><time>2 天前</time></a>',
        PLAIN,
        {"items": "a.card", "title": "h3"},
        DAY + timedelta(hours=10),
    ),
    "a date before a mark before the link": (
        f'<dl><dd><i>2026-11-18</i>【通知】<a href="/p.html">{TITLE}</a></dd></dl>',
        page(f"<h2>{TITLE}</h2><div class=con><p>{TEXT}</p><p align=right>2026年11月18日</p></div>"),
        {},
        DAY,
    ),
    "month over day, and a summary with another date": (
        f'<ul><li><div><p>11月</p><p>18</p></div><a href="/p.html">{TITLE}</a><p>据悉，10月3日曾有检查。</p></li></ul>',
        PLAIN,
        {"items": "li"},
        DAY,
    ),
    "nested tables without ends, the date in the next row": (
        (
            f"<table><tr><td><table><tr><td><img src=d.gif><td><a href=p.html>{TITLE}</a></table>"
            "<tr><td align=right>(2026-11-18 15:20)</table>"
        ),
        (
            f"<table><tr><td>{NAV}</table><table><tr><td align=center>{TITLE}<tr><td>作者：佚名 点击数：3 "
            f"更新时间：2026-11-18<tr><td><div id=fontzoom><P><FONT face=宋体>{TEXT}</FONT></P></div></table>"
        ),
        {},
        DAY,
    ),
    "lines of one cell, with a time that is the matter's": (
        f'<table><tr><td>·<a href="p.html">{TITLE}</a></td><td>[11月18日]</td></tr></table>',
        page(f"<table><tr><td>各用户：<br><br>{TEXT}<br>一、停水时间：11月21日8:00—12:00。<br></td></tr></table>"),
        {"items": "tr"},
        DAY,
    ),
    "an article of a messenger": (
        f'<div><a class="i" href="/p.html"><h4>{TITLE}</h4><span>2026-11-18</span></a></div>',
        page(
            f'<h1 id="activity-name"> {TITLE} </h1><em id="publish_time">2026-11-18 08:30</em><div id="js_content">'
            f"<section><section><p><span>{TEXT}</span></p></section></section></div><div id=qr>微信扫一扫</div>"
        ),
        {"items": "a.i"},
        DAY + timedelta(hours=8, minutes=30),
    ),
    "the imprint in bars above the text": (
        f'<ul><li><a href="/p.html">{TITLE}</a><span>11-18 23:10</span></li></ul>',
        page(
            f"<div class=main><h1>{TITLE}</h1><div>2026年11月18日 23:10　|　来源：澄江日报　|　记者 <a>张伟</a></div>"
            f'<p>{TEXT}</p><div class=page><a href="p_2.htm">下一页</a></div></div>'
        ),
        {"items": "li"},
        DAY + timedelta(hours=23, minutes=10),
    ),
    "a label in one element, its date in the next": (
        f'<ul><li><a href="/p.html">{TITLE}</a></li></ul>',
        page(f"<h2>{TITLE}</h2><ul><li>公开日期</li><li>2026-11-18</li></ul><div class=con><p>{TEXT}</p></div>"),
        {"items": "ul li"},
        DAY,
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_title_text_and_date_are_found(layout):
    listing, behind, params, when = LAYOUTS[layout]
    done = read("page_list", {"/start": page(listing), "/p.html": behind}, params, authority=Authority.MEDIA)
    (post,) = done.posts
    assert (post.title, post.published_at) == (TITLE, when)
    assert TEXT in post.text
    for beside in ("首页", "版权所有", "点击数", "下一页", "扫一扫", "张伟"):
        assert beside not in post.text
