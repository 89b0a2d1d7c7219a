"""The town's pages: what each site shows at a moment. Pure functions from posts to bytes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from crawlers.beijing import BEIJING
from services.demo.script import CapNote
from services.demo.story import CAP_SENDER, REGION, Item, cap_identifier

FEED_ITEMS = 100
LIST_ITEMS = 20
API_ITEMS = 50
API_MOST = 100
ROBOTS = """User-agent: *
Crawl-delay: 0.02
Disallow: /gov/internal/
Disallow: /board/users/
"""
BROKEN_POST: Mapping[str, object] = {
    "id": 990001,
    "title": None,
    "content": None,
    "user": None,
    "created_at": "昨天的某个时候",
    "updated_at": None,
    "likes": "许多",
}
"""A row that no reader can make sense of; it stands between good ones from the second day on."""
_SEVERITY = {"红色": "Extreme", "橙色": "Severe", "黄色": "Moderate", "蓝色": "Minor"}
_CAP_KIND = {"Alert": "发布", "Update": "更新", "Cancel": "解除"}


def home() -> str:
    """The town's front door, for people."""
    return _html(
        "栖川区（虚构的演示小镇）",
        """<h1>栖川区</h1><p>这是一个虚构的演示小镇，人物、地点、事件均为虚构。</p><ul>
<li><a href="/news/">沐云在线·栖川频道</a>（<a href="/news/feed.xml">RSS</a>）</li>
<li><a href="/gov/notices/index.html">栖川区人民政府门户网站</a></li>
<li><a href="/board/api/posts">栖川生活圈（接口）</a></li>
<li><a href="/cap/index.xml">沐云市预警信息（CAP 1.2）</a></li></ul>""",
        charset="utf-8",
    )


def article_path(item: Item) -> str:
    """Where a news article stands."""
    return f"/news/{item.published_at.astimezone(BEIJING):%Y/%m/%d}/{item.id}.html"


def notice_path(item: Item) -> str:
    """Where a government notice stands."""
    return f"/gov/notices/{item.published_at.astimezone(BEIJING):%Y%m}/{item.id}.html"


def cap_path(item: Item) -> str:
    """Where a CAP message stands."""
    return f"/cap/{item.id}.xml"


def news_home(items: Iterable[Item], now: datetime) -> str:
    """Headlines, for people."""
    rows = "".join(f'<li><a href="{article_path(i)}">{escape(i.as_of(now)[0])}</a></li>' for i in items)
    return _html("沐云在线·栖川频道", f"<h1>沐云在线·栖川频道</h1><ul>{rows}</ul>", charset="utf-8")


def feed(items: Iterable[Item], base: str, now: datetime) -> str:
    """RSS 2.0, newest first."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>沐云在线·栖川频道</title><link>{base}/news/</link><description>栖川本地新闻（虚构）</description>
<language>zh-cn</language>
{"".join(_feed_item(item, base, now) for item in items)}</channel></rss>
"""


def _feed_item(item: Item, base: str, now: datetime) -> str:
    title, text = item.as_of(now)
    link = base + article_path(item)
    return f"""<item><title>{escape(title)}</title><link>{link}</link><guid isPermaLink="true">{link}</guid>
<dc:creator>{escape(item.author)}</dc:creator>
<pubDate>{format_datetime(item.published_at.astimezone(BEIJING))}</pubDate>
<description>{escape(_paragraphs(text))}</description></item>
"""


def article(item: Item, now: datetime) -> str:
    """One news article."""
    title, text = item.as_of(now)
    told = item.published_at.astimezone(BEIJING)
    body = f"""<nav><a href="/">首页</a> <a href="/news/">栖川频道</a></nav>
<article><h1>{escape(title)}</h1>
<p class="meta"><time datetime="{told.isoformat()}">{told:%Y-%m-%d %H:%M}</time>
<span class="author">{escape(item.author)}</span></p>
<div class="article-body">{_paragraphs(text)}</div></article><footer>沐云在线 版权所有（虚构）</footer>"""
    return _html(title, body, charset="utf-8")


def notices(items: Sequence[Item], page: int, total: int, now: datetime) -> str:
    """One page of the government's list, newest first; pages count from 1."""
    rows = "".join(
        f'<li><a href="{notice_path(i)}" title="{escape(i.as_of(now)[0])}">{escape(i.as_of(now)[0])}</a>'
        f'<span class="date">{i.published_at.astimezone(BEIJING):%Y-%m-%d}</span></li>\n'
        for i in items
    )
    more = f'<a class="next" href="index_{page + 1}.html">下一页</a>' if page * LIST_ITEMS < total else ""
    body = f"""<div class="nav"><a href="/">首页</a> <a href="/gov/internal/roster.html">内部值班表</a></div>
<h2>公告公示</h2><ul class="list">
{rows}</ul><div class="pages">第{page}页 {more}</div>"""
    return _html("公告公示_栖川区人民政府门户网站", body, charset="gbk")


def notice(item: Item, now: datetime) -> str:
    """One government notice."""
    title, text = item.as_of(now)
    told = item.published_at.astimezone(BEIJING)
    body = f"""<div class="nav"><a href="/">首页</a> &gt; <a href="/gov/notices/index.html">公告公示</a></div>
<h1 class="title">{escape(title)}</h1>
<div class="info">发布时间：<span class="time">{told:%Y-%m-%d %H:%M}</span>　来源：{escape(item.author)}</div>
<div class="content">{_paragraphs(text)}</div>
<div class="foot">主办：栖川区人民政府（虚构）　网站标识码：9901010001</div>"""
    return _html(title, body, charset="gbk")


def roster() -> str:
    """A page that robots.txt forbids; nobody but a rude reader ever sees it."""
    return _html("内部值班表", "<p>本页不对外。robots.txt 不允许采集。</p>", charset="gbk")


def board(items: Sequence[Item], page: int, size: int, total: int, now: datetime) -> str:
    """One page of the complaint board's API, newest first; pages count from 1."""
    rows = [_post(item, now) for item in items]
    if page == 1 and len(rows) > 1 and now >= datetime(2026, 11, 2, tzinfo=BEIJING):
        rows.insert(1, dict(BROKEN_POST))
    answer = {"code": 0, "data": {"page": page, "size": size, "total": total, "list": rows}}
    return json.dumps(answer, ensure_ascii=False)


def _post(item: Item, now: datetime) -> dict[str, object]:
    title, text = item.as_of(now)
    edited = max((edit.at for edit in item.updates if edit.at <= now), default=None)
    return {
        "id": int(item.id.rpartition("-")[2]),
        "title": title,
        "content": text,
        "user": {"uid": item.author_id, "nickname": item.author, "avatar": f"/board/users/{item.author_id}.png"},
        "created_at": f"{item.published_at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
        "updated_at": f"{edited:%Y-%m-%d %H:%M:%S}" if edited else None,
        "likes": item.likes,
    }


def cap_index(items: Iterable[Item], base: str, now: datetime) -> str:
    """Atom index that links every CAP message."""
    entries = "".join(
        f"""<entry><id>urn:cap:{item.id}</id><title>{escape(item.title)}</title>
<updated>{item.published_at.astimezone(BEIJING).isoformat()}</updated>
<link rel="alternate" type="application/cap+xml" href="{base}{cap_path(item)}"/></entry>
"""
        for item in items
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>urn:cap:muyun</id>
<title>沐云市预警信息发布中心（虚构）</title><updated>{now.astimezone(BEIJING).isoformat(timespec="seconds")}</updated>
{entries}</feed>
"""


def cap_message(item: Item, note: CapNote, earlier: Item | None) -> str:
    """One CAP 1.2 message; `earlier` is the one that it updates or cancels."""
    sent = item.published_at.astimezone(BEIJING)
    references = ""
    if earlier is not None:
        before = earlier.published_at.astimezone(BEIJING)
        name = f"{CAP_SENDER},{cap_identifier(earlier.published_at)},{before.isoformat()}"
        references = f"<references>{name}</references>"
    response = "AllClear" if note.kind == "Cancel" else "Prepare"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{item.id}</identifier><sender>{CAP_SENDER}</sender>
<sent>{sent.isoformat()}</sent><status>{note.status}</status><msgType>{note.kind}</msgType><scope>Public</scope>
{references}
<info><language>zh-CN</language><category>Met</category><event>{note.event}</event>
<responseType>{response}</responseType><urgency>Expected</urgency><severity>{_SEVERITY[note.colour]}</severity>
<certainty>Likely</certainty>
<effective>{sent.isoformat()}</effective><expires>{(sent + timedelta(hours=note.hours)).isoformat()}</expires>
<senderName>沐云市预警信息发布中心</senderName><headline>{escape(item.title)}</headline>
<description>{escape(item.text)}</description><instruction>{escape(note.instruction)}</instruction>
<parameter><valueName>预警颜色</valueName><value>{note.colour}</value></parameter>
<parameter><valueName>预警状态</valueName><value>{_CAP_KIND[note.kind]}</value></parameter>
<area><areaDesc>{note.area}</areaDesc><geocode><valueName>GB/T 2260</valueName><value>{REGION}</value></geocode></area>
</info></alert>
"""


def link_check(sent: datetime) -> Item:
    """A message with status Test, as real feeds carry now and then; no reader may take it for a warning."""
    note = CapNote(key="test", kind="Alert", status="Test", event="雷电", colour="黄色", area="栖川区", hours=1)
    return Item(
        id=cap_identifier(sent),
        source="cap",
        theme="out.test",
        title="雷电黄色预警信号（链路测试）",
        text="链路测试，无需理会。",
        author="",
        author_id="",
        published_at=sent.astimezone(UTC),
        visible_at=sent.astimezone(UTC),
        cap=note,
    )


def _html(title: str, body: str, *, charset: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}"><title>{escape(title)}</title></head>
<body>
{body}
</body></html>
"""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
