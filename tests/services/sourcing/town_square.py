"""A site and a folder with every kind of source, where everybody's name stands in every place a site may put it."""

import json
import random
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from tests.crawlers.planted import account, card, identity, mail, mobile, name, plate
from tests.crawlers.site import Reply, Site
from tests.crawlers.spiders.test_file_drop import book

ITEMS = 6
"""Of each kind."""
NOW = "2026-11-20T12:00:00+08:00"
_SHOWN = "2026-11-20T08:30:00+08:00"
CAP = "urn:oasis:names:tc:emergency:cap:1.2"


@dataclass
class Speaker:
    """An invented person; `traces` are the strings that must not be found anywhere."""

    number: int
    name: str
    nick: str
    uid: str
    phone: str
    identity: str
    card: str
    plate: str
    mail: str
    wechat: str
    traces: list[str] = field(init=False)

    def __post_init__(self) -> None:
        private = (self.phone, self.identity, self.card, self.plate, self.mail, self.wechat)
        self.traces = [self.name, self.nick, self.uid, *private]

    @property
    def complaint(self) -> str:
        return (
            f"我叫{self.name}，柳荫小区停水第{self.number}天，电话{self.phone}，身份证{self.identity}，"
            f"银行卡{self.card}，车牌{self.plate}，邮箱{self.mail}，微信号{self.wechat}，请尽快恢复供水。"
        )


def speakers(count: int, seed: int = 20261120) -> list[Speaker]:
    rng = random.Random(seed)
    return [
        Speaker(
            number=number,
            name=name(rng),
            nick=f"柳荫夜归人{rng.randint(10_000, 99_999)}",
            uid=f"uid{rng.randint(10**9, 10**10)}",
            phone=mobile(rng),
            identity=identity(rng),
            card=card(rng),
            plate=plate(rng),
            mail=mail(rng),
            wechat=f"wx_{account(rng)}_{number}",
        )
        for number in range(1, count + 1)
    ]


class Square:
    """Pages and dropped files of all eight kinds; whoever speaks is in `people`."""

    def __init__(self, drop: Path) -> None:
        self.people = speakers(8 * ITEMS + 4)
        self._next = iter(self.people)
        self.site = Site(delay_all(self._pages()))
        drop.mkdir()
        self._files(drop)

    @property
    def sources(self) -> str:
        """sources.yaml."""
        lines = [
            ("feed", "media", "/feed.xml", {}),
            ("page_list", "official", "/list", {"items": "li", "detail_author": "p.author"}),
            ("json_api", "public", "/api", {"items": "list", "fields": FIELDS, "paging": PAGING}),
            ("cap", "official", "/cap.xml", {}),
            ("sitemap", "media", "/sitemap.xml", {"detail_author": "p.author"}),
            ("forum", "public", "", {}),
            ("mastodon", "public", "", {}),
        ]
        entries = [
            {"id": kind, "kind": kind, "name": f"来源{kind}", "url": self.site.url + path, "authority": authority}
            | {"params": {**params, "allow_private_hosts": ["127.0.0.1"]}}
            for kind, authority, path, params in lines
        ]
        drop = {"id": "file_drop", "kind": "file_drop", "name": "热线", "url": "../drop", "authority": "public"}
        return json.dumps({"sources": [*entries, drop]}, ensure_ascii=False)

    def _some(self) -> list[Speaker]:
        return [next(self._next) for _ in range(ITEMS)]

    def _pages(self) -> dict[str, Reply]:
        return {
            "/robots.txt": Reply(""),
            **self._feed(),
            **self._list(),
            **self._api(),
            **self._cap(),
            **self._sitemap(),
            **self._forum(),
            **self._mastodon(),
        }

    def _feed(self) -> dict[str, Reply]:
        items = "".join(
            f"<item><title>停水第{one.number}天</title><link>http://news.example/{one.number}</link>"
            f"<guid>{one.number}</guid><author>{one.mail} ({one.name})</author><dc:creator>{one.nick}</dc:creator>"
            f"<description>{escape(one.complaint)}</description></item>"
            for one in self._some()
        )
        head = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>在线</title>'
        return {"/feed.xml": Reply(f"{head}{items}</channel></rss>")}

    def _list(self) -> dict[str, Reply]:
        people, nameless = self._some(), next(self._next)
        rows = "".join(f'<li><a href="/d/{one.number}.html">停水通报第{one.number}号</a></li>' for one in people)
        # A row without a link goes to quarantine, with an excerpt, since the page is an office's.
        rows += f"<li>联系人：{nameless.name}，电话{nameless.phone}，微信号{nameless.wechat}</li>"
        return {"/list": Reply(f"<ul>{rows}</ul>")} | {f"/d/{one.number}.html": _detail(one) for one in people}

    def _api(self) -> dict[str, Reply]:
        rows = [
            {
                "id": one.number,
                "text": f"{one.nick}：{one.complaint}",
                "user": {"uid": one.uid, "nickname": one.nick, "name": one.name, "avatar": f"/face/{one.uid}.png"},
                "ip": "203.0.113.77",
                "time": _SHOWN,
            }
            for one in self._some()
        ]
        broken = next(self._next)
        return {
            "/api?page=1": Reply(json.dumps({"list": [*rows, broken.name]}, ensure_ascii=False)),
            "/api?page=2": Reply('{"list": [{"text": "' + broken.complaint),
        }

    def _cap(self) -> dict[str, Reply]:
        messages = "".join(
            f"<alert><identifier>m{one.number}</identifier><sender>{one.mail}</sender><sent>{_SHOWN}</sent>"
            f"<status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>zh-CN</language>"
            f"<event>暴雨</event><severity>Severe</severity><headline>发布暴雨橙色预警第{one.number}号</headline>"
            f"<description>{escape(one.complaint)}</description><contact>{one.name} {one.phone}</contact>"
            f"<instruction>联系人：{one.name}，电话{one.phone}。</instruction></info></alert>"
            for one in self._some()
        )
        return {"/cap.xml": Reply(f'<alerts xmlns="{CAP}">{messages}</alerts>')}

    def _sitemap(self) -> dict[str, Reply]:
        people = self._some()
        urls = "".join(f"<url><loc>/a/{one.number}.html</loc><lastmod>{_SHOWN}</lastmod></url>" for one in people)
        pages = {"/sitemap.xml": Reply(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')}
        return pages | {f"/a/{one.number}.html": _detail(one) for one in people}

    def _forum(self) -> dict[str, Reply]:
        pages, topics = {"/latest.json?page=1": Reply('{"topic_list": {"topics": []}}')}, []
        for one in self._some():
            topics.append({"id": one.number, "title": f"停水求助{one.number}", "bumped_at": _SHOWN})
            said = {"id": one.number, "post_number": 1, "cooked": f"<p>{one.nick}说：{one.complaint}</p>"}
            said |= {"username": one.nick, "name": one.name, "user_id": one.uid, "avatar_template": f"/{one.uid}.png"}
            stream = {"post_stream": {"posts": [said | {"created_at": _SHOWN}], "stream": [one.number]}}
            pages[f"/t/{one.number}.json"] = Reply(json.dumps(stream))
        return pages | {"/latest.json?page=0": Reply(json.dumps({"topic_list": {"topics": topics}}))}

    def _mastodon(self) -> dict[str, Reply]:
        statuses = []
        for one in self._some():
            home = f"http://social.example/@{one.uid}"
            account = {"acct": one.uid, "username": one.uid, "display_name": one.nick, "url": home, "note": one.name}
            status = {"id": str(one.number), "uri": f"{home}/{one.number}", "url": f"{home}/{one.number}"}
            said = {"content": f"<p>{one.nick}：{escape(one.complaint)}</p>", "created_at": _SHOWN}
            statuses.append({**status, **said, "account": account, "visibility": "public"})
        start = "/api/v1/timelines/public?limit=40&local=true"
        return {start: Reply(json.dumps(statuses)), f"{start}&max_id={statuses[-1]['id']}": Reply("[]")}

    def _files(self, drop: Path) -> None:
        header = ["工单编号", "诉求内容", "来电时间", "来电人", "联系电话"]
        rows = [[f"G{o.number}", o.complaint, "2026-11-20 08:30", o.name, o.phone] for o in self._some()]
        half = len(rows) // 2
        csv = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [header, *rows[:half]])
        (drop / "a.csv").write_bytes(csv.encode("gb18030"))
        (drop / "b.xlsx").write_bytes(book(header, *rows[half:]))
        broken = next(self._next)
        (drop / "c.jsonl").write_text('{"text": "' + broken.complaint + "\n", encoding="utf-8")


FIELDS = {"id": "id", "text": "text", "author": "user.uid", "names": ["user.nickname", "user.name"]}
FIELDS |= {"published_at": "time"}
PAGING = {"style": "page", "param": "page"}


def _detail(one: Speaker) -> Reply:
    body = f"<h1>停水通报第{one.number}号</h1><p class='author'>{one.name}</p><p>{escape(one.complaint)}</p>"
    return Reply(f"<html><body><article>{body}<p>联系人：{one.name}。</p></article></body></html>")


def delay_all(pages: dict[str, Reply], seconds: float = 0.08) -> dict[str, Reply]:
    """Every answer takes a moment, so that there is a middle of the crawl to be killed in."""
    for path, reply in pages.items():
        reply.delay = 0.0 if path == "/robots.txt" else seconds
    return pages
