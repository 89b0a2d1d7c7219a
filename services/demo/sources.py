"""The town's four sources as sources.yaml gives them."""

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from services.demo.pages import API_ITEMS
from services.demo.story import REGION

HEADING = "# 演示小镇的四个来源（由 minqing demo 生成）\n"
"""First line of a demo's sources.yaml, by which its folder is known."""


def sources(base: str, interval: str = "10m") -> list[dict[str, Any]]:
    """Entries of sources.yaml for a town at `base` (no slash at the end), all visited every `interval`."""
    local = {"allow_private_hosts": ["127.0.0.1"]}
    return [
        {
            "id": "news",
            "kind": "feed",
            "name": "沐云在线·栖川频道",
            "url": f"{base}/news/feed.xml",
            "authority": "media",
            "region": REGION,
            "interval": interval,
            "params": dict(local),
        },
        {
            "id": "gov",
            "kind": "page_list",
            "name": "栖川区人民政府门户网站",
            "url": f"{base}/gov/notices/index.html",
            "authority": "official",
            "region": REGION,
            "interval": interval,
            "params": local
            | {
                "items": "ul.list li",
                "date": "span.date",
                "next": "a.next",
                "detail_title": "h1.title",
                "detail_text": "div.content",
                "detail_date": "div.info span.time",
            },
        },
        {
            "id": "board",
            "kind": "json_api",
            "name": "栖川生活圈",
            "url": f"{base}/board/api/posts",
            "authority": "public",
            "region": REGION,
            "interval": interval,
            "params": local
            | {
                "items": "data.list",
                "fields": {
                    "id": "id",
                    "title": "title",
                    "text": "content",
                    "author": "user.uid",
                    "names": ["user.nickname"],
                    "published_at": "created_at",
                    "engagement": "likes",
                },
                "paging": {"style": "page", "param": "page", "size_param": "size", "size": API_ITEMS, "max_pages": 40},
            },
        },
        {
            "id": "cap",
            "kind": "cap",
            "name": "沐云市预警信息发布中心",
            "url": f"{base}/cap/index.xml",
            "authority": "official",
            "region": REGION,
            "interval": interval,
            "params": dict(local),
        },
    ]


def write_sources(path: Path, base: str, interval: str = "10m") -> None:
    """Write sources.yaml for a town at `base`."""
    yaml = YAML()
    yaml.allow_unicode = True
    text = StringIO()
    yaml.dump({"sources": sources(base, interval)}, text)
    path.write_text(HEADING + text.getvalue(), encoding="utf-8")
