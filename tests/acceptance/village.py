"""Another small place than the demo town: four sources on loopback whose story a test tells step by step."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from tests.crawlers.site import Reply, Site
from tests.services.desk import a_folder

BEIJING = timezone(timedelta(hours=8))
GAZETTEER = [
    {"code": "990201", "name": "岚桥区", "level": "county", "parent": None},
    {"name": "北关街道", "level": "street", "parent": "990201"},
    {"name": "青禾仓库", "level": "plant", "parent": "北关街道"},
    {"name": "石桥里小区", "level": "compound", "parent": "北关街道", "aliases": ["石桥里"]},
]
SOURCES = """sources:
  - id: news
    kind: feed
    name: 岚桥在线
    url: {base}/news/feed.xml
    authority: media
    region: "990201"
    params: {{allow_private_hosts: ["127.0.0.1"]}}
  - id: gov
    kind: page_list
    name: 岚桥区政府网站
    url: {base}/gov/index.html
    authority: official
    region: "990201"
    params: {{allow_private_hosts: ["127.0.0.1"], items: "li", detail_title: "h1", detail_text: "div.text",
             detail_date: "p.date"}}
  - id: board
    kind: json_api
    name: 岚桥生活圈
    url: {base}/board/posts
    authority: public
    region: "990201"
    params:
      allow_private_hosts: ["127.0.0.1"]
      items: posts
      fields: {{id: id, text: text, author: user.id, names: [user.name], published_at: at}}
  - id: cap
    kind: cap
    name: 岚桥区预警发布中心
    url: {base}/cap/index.xml
    authority: official
    region: "990201"
    params: {{allow_private_hosts: ["127.0.0.1"]}}
"""
HANDLES = ("柳岸听风人", "山月不知心", "老街修鞋匠", "半夏微凉时", "卖花的小满")
PLANTED = (*HANDLES, "u-77310", "17433216708", "530190198803072411", "青ZE73905", "葛长富")
# Nobody could take these for a matter: what the reader is unsure of is kept.
CHATTER = (
    "昨晚那场球看得我嗓子都喊哑了，最后一分钟绝杀",
    "周末去山里看红叶，拍了一百多张照片，挑不出一张满意的",
    "追的剧今天大结局，男主居然没和女主在一起",
)
FIRE = (
    "青禾仓库着火了，火很大，听说已经有3人死亡，消防车都过去了",
    "北关这边青禾仓库起火，亲眼看见浓烟，说是死了3个人，有事打17433216708",
    "青禾仓库火灾，3人死亡，身份证530190198803072411的葛长富的家属在现场，车牌青ZE73905挡着路",
)


def moment(hour, minute=0, day=5):
    """A Beijing time of the story."""
    return datetime(2026, 12, day, hour, minute, tzinfo=BEIJING)


@dataclass
class Village:
    """What the four sources show; tests change it between two runs."""

    site: Site
    news: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    posts: list = field(default_factory=list)

    def publish(self):
        """Show everything that has been added."""
        self.site.pages |= {
            "/robots.txt": Reply("User-agent: *\nDisallow: /private/\n"),
            "/news/feed.xml": Reply(self._feed(), headers={"Content-Type": "application/rss+xml"}),
            "/gov/index.html": _gbk(f"<ul>{''.join(self._entries())}</ul>"),
            "/board/posts": Reply(json.dumps({"posts": self.posts[::-1]}, ensure_ascii=False)),
            "/cap/index.xml": Reply(
                '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:cap</id><title>预警</title></feed>'
            ),
        }
        for number, (title, text, at) in enumerate(self.notices):
            page = f'<h1>{title}</h1><p class="date">{at:%Y-%m-%d %H:%M}</p><div class="text"><p>{text}</p></div>'
            self.site.pages[f"/gov/{number}.html"] = _gbk(page)

    def say(self, text, at, who):
        """A post on the board."""
        user = {"id": f"u-7731{who}", "name": HANDLES[who]}
        self.posts.append({"id": 4000 + len(self.posts), "text": text, "at": f"{at:%Y-%m-%d %H:%M:%S}", "user": user})

    def report(self, title, text, at):
        """An article."""
        self.news.append((title, text, at))

    def announce(self, title, text, at):
        """A notice of the government."""
        self.notices.append((title, text, at))

    def _feed(self):
        items = "".join(
            f"<item><title>{title}</title><link>{self.site.url}/news/{number}.html</link><author>{HANDLES[4]}</author>"
            f"<pubDate>{format_datetime(at)}</pubDate><description>{text}</description></item>"
            for number, (title, text, at) in enumerate(self.news)
        )
        return f'<rss version="2.0"><channel><title>岚桥在线</title>{items}</channel></rss>'

    def _entries(self):
        for number, (title, _, at) in enumerate(self.notices):
            yield f'<li><a href="/gov/{number}.html">{title}</a> {at:%Y-%m-%d}</li>'


def _gbk(body):
    page = f'<html><head><meta charset="gbk"></head><body>{body}</body></html>'
    return Reply(page.encode("gbk"), headers={"Content-Type": "text/html"})


def open_the_story(village):
    """A fire of which three voices tell, and ordinary talk."""
    village.announce(
        "关于召开全区档案工作座谈会的通知", "定于下周三上午召开全区档案工作座谈会，请准时参加。", moment(8, 30)
    )
    for number, text in enumerate(FIRE):
        village.say(text, moment(9, 10 + number), number)
    for number, text in enumerate(CHATTER):
        village.say(text, moment(8, number), (number + 1) % 5)
    village.publish()


def go_on(village):
    """The district and the paper confirm a graver toll."""
    text = "12月5日9时许，岚桥区北关街道青禾仓库发生火灾，火已扑灭，造成4人死亡，2人受伤。"
    village.announce("关于青禾仓库火灾的情况通报", text, moment(11))
    village.report("青禾仓库火灾致4人死亡", "12月5日，岚桥区青禾仓库发生火灾，造成4人死亡。", moment(11, 5))
    village.publish()


def a_desk(folder, site, mail, **settings):
    """A service folder for the village."""
    a_folder(folder, sources=SOURCES.format(base=site.url), mail=mail, **settings)
    places = "".join(json.dumps(place, ensure_ascii=False) + "\n" for place in GAZETTEER)
    (folder / "gazetteer.jsonl").write_text(places, encoding="utf-8")
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(plan.replace("district: 示范区", "district: 岚桥区", 1), encoding="utf-8")
    return folder


def a_desk_on(url, village, sink, folder):
    """A folder of its own over a shared record; its sources are read every few seconds."""
    desk = a_desk(folder, village.site, sink.port, database=f'"{url}"')
    sources = (desk / "sources.yaml").read_text(encoding="utf-8")
    (desk / "sources.yaml").write_text(
        sources.replace("    region:", "    interval: 0.1m\n    region:"), encoding="utf-8"
    )
    return desk
