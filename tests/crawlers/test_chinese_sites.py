"""List and detail pages as Chinese offices and papers make them, odd ones too, read over real HTTP in one crawl."""

from datetime import UTC, datetime

import pytest

from crawlers.model import Authority
from tests.crawlers.crawling import a_source, crawl
from tests.crawlers.site import Reply, Site

BODY = "栖川区东河路供水主管今晨破裂，沿线三个小区约一千二百户停水，抢修人员已到现场，预计傍晚恢复供水。"
MORE = "供水公司已安排两辆送水车，居民可到社区服务站取水，咨询电话为供水热线96116。"
NAV = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(12))
FOOT = (
    '<div class="footer">主办：栖川区人民政府办公室　ICP备12345678号　网站标识码9900010001　您是第66778899位访客</div>'
)


def page(title, body=BODY, *, head="", when="发布时间：2026-11-20 08:30　来源：区水务局　浏览次数：<span>312</span>次"):
    return (
        f"<html><head><title>{title}-栖川区人民政府</title>{head}</head><body><ul>{NAV}</ul>"
        f'<div class="position">当前位置：<a href="/">首页</a>&gt;<a href="/tz/">通知公告</a>&gt;正文</div>'
        f'<h2>{title}</h2><div class="info">{when}</div>'
        f'<div class="TRS_Editor"><p>　　{body}</p><p>　　{MORE}</p></div>'
        f'<p>附件：<a href="/a.doc">登记表.doc</a></p><div>上一篇：<a href="/1.html">无</a></div>{FOOT}</body></html>'
    )


def gbk(text, **headers):
    return Reply(text.encode("gb18030"), headers={"Content-Type": "text/html", **headers})


LISTS = {
    # No encoding is declared anywhere.
    "undeclared": gbk('<ul><li><a href="./t1.html">东河路供水管破裂抢修通告一</a><span>[11-20]</span></li></ul>'),
    # Declared UTF-8 in header and page, written in GBK.
    "wrong": gbk(
        '<meta charset="utf-8"><table><tr><td><a href="t2.html">东河路供水管破裂抢修通告二</a></td>'
        "<td>2026/11/20</td></tr></table>",
        **{"Content-Type": "text/html; charset=UTF-8"},
    ),
    # GB2312 by name, with characters that only GB18030 has.
    "gb2312": gbk(
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><dl><dd><a href="/gb2312/t3.html" '
        'title="东河路（镕汇小区旁）供水管破裂通告三">东河路（镕汇…</a><i>昨天 23:50</i></dd></dl>'
    ),
    # Relative to another place than the page.
    "base": Reply(
        '<base href="/other/dir/"><ul><li><a href="../t4.html">东河路供水管破裂抢修通告四</a> 3小时前</li></ul>'
    ),
    # Three pages, the next one by an ordinary link.
    "turned": Reply(
        '<ul><li><a href="/turned/t5.html">东河路供水管破裂抢修通告五</a><em>2026年11月20日</em></li></ul>'
        '<div class="page"><span>1</span><a href="/turned/list_2.html">下一页</a></div>'
    ),
    # Traditional characters and full-width digits.
    "wide": Reply('<ul><li><a href="/wide/t7.html">東河路供水管破裂搶修通告七</a>（２０２６－１１－２０）</li></ul>'),
    # Links that lead nowhere, beside one that does; a day in pieces.
    "script": Reply(
        '<ul><li><a href="javascript:void(0)">打开无障碍浏览模式说明</a></li>'
        '<li><a href="mailto:a@b.example">信箱意见征集公告</a></li>'
        '<li><a href="/script/t8.html"><b>20</b><i>2026-11</i><p>东河路供水管破裂抢修通告八</p></a></li></ul>'
    ),
}
DETAILS = {
    "/undeclared/t1.html": gbk(page("东河路供水管破裂抢修通告一", when="时间：２０２６－１１－２０　０８：３０")),
    "/wrong/t2.html": gbk(page("东河路供水管破裂抢修通告二", when="2026年11月20日 上午8:30 来源：栖川日报")),
    "/gb2312/t3.html": gbk(
        page("东河路（镕汇小区旁）供水管破裂通告三", when="日期：11-20 08:30", head='<meta charset="gb2312">')
    ),
    "/other/t4.html": Reply(page("东河路供水管破裂抢修通告四", when="")),
    "/turned/t5.html": Reply(
        page("东河路供水管破裂抢修通告五", head='<meta name="PubDate" content="2026-11-20 08:30">')
    ),
    "/turned/list_2.html": Reply('<ul><li><a href="t6.html">东河路供水管破裂抢修通告六</a></li></ul>'),
    "/turned/t6.html": Reply(page("东河路供水管破裂抢修通告六", when="二〇二六年十一月二十日")),
    "/wide/t7.html": Reply(
        page(
            "東河路供水管破裂搶修通告七",
            "栖川區東河路供水主管今晨破裂，沿線三個小區約一千二百戶停水，預計傍晚恢復供水。",
        )
    ),
    "/script/t8.html": Reply(page("东河路供水管破裂抢修通告八", when="2026.11.20")),
}
HALF_PAST_EIGHT = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 19, 16, tzinfo=UTC)


@pytest.fixture(scope="module")
def posts(tmp_path_factory):
    """Posts by the Chinese number at the end of their titles."""
    with Site(dict(DETAILS)) as site:
        site.pages |= {f"/{name}/": reply for name, reply in LISTS.items()}
        sources = [
            a_source(f"{site.url}/{name}/", "page_list", id=name, authority=Authority.OFFICIAL) for name in LISTS
        ]
        done = crawl(tmp_path_factory.mktemp("sites"), sources)
    assert {name: visit["health"] for name, visit in done.visits.items()} == dict.fromkeys(LISTS, "ok"), done.problems
    return {post["title"][-1]: post for post in done.posts}, done


def test_every_notice_is_found_and_nothing_else(posts):
    assert sorted(posts[0]) == sorted("一二三四五六七八")


def test_a_wrong_declaration_is_said_once_for_each_page_and_nothing_else(posts):
    _, done = posts
    said = {name: visit["problems"] for name, visit in done.visits.items() if visit["problems"]}

    assert set(said) == {"wrong"}
    assert all("声明的编码" in sentence for sentence in said["wrong"])


@pytest.mark.parametrize("number", "一二三四五六八")
def test_the_text_is_the_notice_without_what_stands_around_it(posts, number):
    text = posts[0][number]["text"]

    assert BODY in text
    assert MORE in text
    for around in ("栏目3", "访客", "ICP", "上一篇", "当前位置", "浏览次数"):
        assert around not in text, text


def test_traditional_characters_are_kept_as_they_are(posts):
    assert "沿線三個小區" in posts[0]["七"]["text"]


@pytest.mark.parametrize(
    ("number", "when"),
    [
        *((number, HALF_PAST_EIGHT) for number in "一二三五七"),
        ("四", datetime(2026, 11, 19, 23, tzinfo=UTC)),
        ("六", MIDNIGHT),
        ("八", MIDNIGHT),
    ],
)
def test_dates_are_read_where_they_stand(posts, number, when):
    at = datetime.fromisoformat(posts[0][number]["published_at"])

    assert abs((at - when).total_seconds()) < 120
