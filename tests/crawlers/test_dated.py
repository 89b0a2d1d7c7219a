"""When a page says that it was published."""

import pytest

from crawlers.article import tree
from crawlers.dated import loose_date, said_dates
from crawlers.linked import linked

TEXT = "栖川区今晚在东河路进行供水管网检修，沿线居民用水将受到影响，请提前储水，检修预计明晨完成。"
LINKED = '<script type="application/ld+json">{}</script>'


def said(page):
    parsed = tree(page)
    return next(said_dates(parsed, linked=linked(parsed).date), "")


def page(line, head=""):
    return f"<html><head>{head}</head><h1>停水通告</h1><div class='info'>{line}</div><div><p>{TEXT}</p></div></html>"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布时间：2026-11-20 08:30 来源：水务局", "2026-11-20 08:30 来源:水务局"),
        ("时间：２０２６－１１－２０", "2026-11-20"),
        ("发布日期 二〇二六年十一月二十日", "二〇二六年十一月二十日"),
        ("［索引号］ 2026-1　［ 发文日期 ］ 2026-11-20", "2026-11-20"),
        ("成文日期：2026-11-02</div><div>发布日期：2026-11-20", "2026-11-20"),
        ("办公时间：9时至17时", ""),
        ("停水时间：2026-11-22 08:00", ""),
    ],
)
def test_a_line_that_is_named_for_it_tells_the_date(line, date):
    assert said(page(line)) == date


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:release_date' content='2026-11-20'>",
        "<meta name='PUBDATE' content='2026-11-20'>",
        "<meta itemprop='datePublished' content='2026-11-20'>",
        "<meta name='PubDate' content=''>" + LINKED.format('{"@type": "NewsArticle", "datePublished": "2026-11-20"}'),
        LINKED.format('{"@graph": [{"@type": "WebSite"}, {"@type": "Article", "datePublished": "2026-11-20"}]}'),
    ],
)
def test_a_head_tells_the_date_wherever_it_stands(head):
    assert said(page("停水时间：2026-11-22 08:00", head)) == "2026-11-20"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("[2026-11-20]", "[2026-11-20]"),
        ("<span>栖川融媒</span><span>2026-11-20 08:30</span>", "栖川融媒2026-11-20 08:30"),
        ("栖川网 · 11月20日 08:30 · 城事", "栖川网 . 11月20日 08:30 . 城事"),
        ("去年2025年3月1日也停过水。", ""),
        ("栖川融媒", ""),
    ],
)
def test_a_line_that_holds_a_date_and_is_no_sentence_may_tell_it(line, date):
    assert loose_date(tree(page(line))) == date


def test_linked_data_name_their_authors_once_and_broken_ones_say_nothing():
    authors = '[{"@type": "Person", "name": "东河钓客"}, {"name": ["栖川融媒"]}, "东河钓客"]'
    found = linked(tree(page("", LINKED.format('{"author": ' + authors + "}") + LINKED.format('{"author": '))))
    assert found.authors == ("东河钓客", "栖川融媒")
    assert linked(tree(page("", LINKED.format("[" * 5000)))).date == ""
