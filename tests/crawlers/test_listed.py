"""The date that a list shows of one entry."""

import pytest

from crawlers.article import tree
from crawlers.listed import date_near, shown_date

LINK = '<a href="/1.html" title="11月20日停水通告">11月20日停水通告</a>'


def item(markup):
    return next(tree(f"<ul><li>{markup}</li></ul>").iter("li"))


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        (f"{LINK}<span>2026-11-20</span>", "2026-11-20"),
        (f"<span>[11-20]</span>{LINK}", "[11-20]"),
        (f"{LINK}<p>请相互转告</p><i>发布时间：2026/11/20 08:30</i>", "发布时间:2026/11/20 08:30"),
        (f"<b>20</b><i>2026-11</i>{LINK}", "2026年11月20日"),
        (f"<b>2026.11</b><i>20</i>{LINK}", "2026年11月20日"),
        (f"<b>20</b><i>11月</i>{LINK}", "11月20日"),
        (f"<em>Nov 20, 2026</em>{LINK}", "Nov 20, 2026"),
        (f"<em>20 November 2026</em>{LINK}", "20 November 2026"),
        (f"{LINK}<em>3小时前</em>", "3小时前"),
        (f"{LINK}<em>昨天 08:30</em>", "昨天 08:30"),
        (f"{LINK}<em>阅读 2026</em><em>3</em>", ""),
        (f"{LINK}<em>1.5万</em><em>10%</em><em>12</em><em>11</em>", ""),
        ("<a href=1><h4>停水通告</h4><i>2026-11-20</i></a>", "2026-11-20"),
        (LINK, ""),
    ],
)
def test_the_date_beside_the_title_is_found(markup, date):
    assert shown_date(item(markup), "11月20日停水通告") == date


@pytest.mark.parametrize(
    ("markup", "dates"),
    [
        (
            "<div><a href=1>东河路停水通告</a> 2026-11-20<br><a href=2>西河路停水通告</a> 2026-11-19<br></div>",
            ["2026-11-20", "2026-11-19"],
        ),
        (
            (
                "<tr><td><a href=1>东河路停水通告</a></td><td>11-20</td></tr>"
                "<tr><td><a href=2>西河路停水通告</a></td><td>11-19</td></tr>"
            ),
            ["11-20", "11-19"],
        ),
        (
            (
                "<div><a href=1><img></a><h3><a href=1>东河路停水通告</a></h3><p>摘要</p><b>20</b><i>2026-11</i></div>"
                "<div><h3><a href=2>西河路停水通告</a></h3></div>"
            ),
            ["2026年11月20日", ""],
        ),
    ],
)
def test_without_a_selector_each_link_has_its_own_date(markup, dates):
    page = tree(f"<table>{markup}</table>" if markup.startswith("<tr>") else markup)
    links = [link for link in page.iter("a") if link.text]
    assert [date_near(link, link.text, longer_than=6) for link in links] == dates
