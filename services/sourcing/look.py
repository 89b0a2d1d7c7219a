"""`minqing source check`: what kind of source an address is, its first posts as they would be stored, what to paste."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from io import StringIO
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from alerts.reports.wording import full_moment
from crawlers import urls
from crawlers.hosts import is_private_literal
from crawlers.model import Authority, Post
from crawlers.settings import user_agent
from services.errors import ConfigError
from services.settings import Settings, load_settings
from services.sourcing.crawling import context

LONGEST = 120.0
"""Seconds; a look ends by itself well before."""
SHOWN = 10
_TEXT_SHOWN = 80
_KINDS = {
    "feed": "订阅",
    "page_list": "网页列表",
    "json_api": "JSON 接口",
    "sitemap": "站点地图",
    "cap": "预警信息",
    "forum": "论坛",
    "mastodon": "社交时间线",
}


class Found(NamedTuple):
    """`entry` is what to paste, empty where nothing readable was found."""

    entry: Mapping[str, Any]
    posts: Sequence[Post]
    problems: Sequence[str]


def look(
    url: str,
    now: datetime,
    *,
    folder: Path | None = None,
    contact: str = "",
    authority: Authority = Authority.PUBLIC,
    private_hosts: tuple[str, ...] = (),
) -> Found:
    """Look at an address in a process of its own. Raises ConfigError.

    `folder` is a service folder whose contact and daily counts of requests are used. A private address is read where
    it is the one asked for: whoever types it has named it.
    """
    own = _own_address(url)
    settings = load_settings(folder) if folder else Settings()
    given = _contact(contact or settings.contact, needed=own is None)
    with ExitStack() as stack:
        data = folder / settings.data if folder else Path(stack.enter_context(TemporaryDirectory()))
        hosts = (*private_hosts, *((own,) if own else ()))
        arguments = {"contact": given, "authority": authority, "allow_private_hosts": hosts}
        found = _in_child(url, data, now, arguments)
    if found is None:
        raise ConfigError([f"{url} 没有看完：超过 {LONGEST:.0f} 秒，或采集进程没有正常结束，请稍后再试。"])
    return found


def rendered(found: Found) -> Iterator[str]:
    """What was found as a piece of sources.yaml, what there is to say as its comments."""
    kind = str(found.entry["kind"])
    shown = found.posts[:SHOWN]
    yield f"# 类型：{_KINDS.get(kind, kind)}（{kind}）。读到{len(found.posts)}条（试读只看开头），入库时是这样："
    for number, post in enumerate(shown, 1):
        yield from _preview(number, post)
    yield from (f"# 注意：{problem}" for problem in found.problems)
    yield "# 请核对后粘贴到 sources.yaml 的 sources 之下；authority 按来源写 official、media 或 public。"
    yaml, text = YAML(), StringIO()
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump([dict(found.entry)], text)
    yield text.getvalue().rstrip()


def _preview(number: int, post: Post) -> Iterator[str]:
    when = full_moment(post.published_at) if post.published_at else "没有读到时间"
    voice = "，发言人只记当日代号" if post.voice else ""
    flat = " ".join(post.text.split())
    yield f"#  {number}. {' '.join(post.title.split()) or '（无标题）'}（{when}{voice}）"
    if flat:
        yield f"#     {flat[:_TEXT_SHOWN]}{'…' if len(flat) > _TEXT_SHOWN else ''}"


def _own_address(url: str) -> str | None:
    """The host of an address on our own network; None for a public one. Raises ConfigError."""
    try:
        return urls.authority(url) if is_private_literal(urls.hostname(url)) else None
    except ValueError as error:
        advice = "请从 http:// 或 https:// 写起；要读取文件夹请用 kind: file_drop，写法见 docs/crawling.md"
        raise ConfigError([f"“{url}”不是 http(s) 网址，{advice}。"]) from error


def _contact(given: str, *, needed: bool) -> str:
    try:
        user_agent(given)
    except ValueError as error:
        if needed:
            raise ConfigError([f"{error}，请用 --contact 写明，或用 --folder 指明服务文件夹。"]) from error
        return "not-given"
    return given


def _in_child(url: str, data: Path, now: datetime, arguments: dict[str, Any]) -> Found | None:
    """What the child found; None where it did not come to an end."""
    receiver, sender = context().Pipe(duplex=False)
    process = context().Process(target=_look, args=(sender, url, data, now, arguments), name="look")
    process.start()
    sender.close()
    try:
        found: Found | None = receiver.recv() if receiver.poll(LONGEST) else None
    except EOFError:
        found = None
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()
    return found


def _look(sender: Connection, url: str, data: Path, now: datetime, arguments: dict[str, Any]) -> None:
    """The child's work."""
    # Ctrl-C in a terminal reaches the child too; its parent is the one who ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from crawlers.check import check  # noqa: PLC0415  # only the child needs Scrapy

    found = check(url, data, now, **arguments)
    sender.send(Found(found.entry, found.posts, found.problems))
