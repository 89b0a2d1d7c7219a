"""Discourse-like forums, through their public JSON pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import Field

from crawlers import urls
from crawlers.model import Memo
from crawlers.page import Page
from crawlers.privacy import Candidate
from crawlers.reader import Reader, digest
from crawlers.spiders.base import Kind, Params
from crawlers.text import element_text, html_root

_LOT = 20
_QUOTE = 'class="quote'
# Discourse's small actions and whispers.
_NOTES = frozenset((3, 4))
_ADVICE = "请核对网址，应为 Discourse 类论坛的首页或版块地址"


class ForumParams(Params):
    """How much of the forum is read."""

    max_pages: int = Field(3, ge=1, le=50, description="最新主题最多翻几页")
    max_topics: int = Field(60, ge=1, le=1000, description="一次最多读几个主题")
    max_posts: int = Field(200, ge=1, le=2000, description="一个主题最多读几条")
    replies: bool = Field(default=True, description="是否读回复")


class Forum(Kind[ForumParams]):
    """Reads the topics that have something new, and every post in them."""

    kind: ClassVar[str] = "forum"
    params_type: ClassVar[type[Params]] = ForumParams

    async def read(self, reader: Reader) -> None:
        """Read the latest topics page by page until they are all known."""
        base = self.source.url.rstrip("/")
        left = self.params.max_topics
        for number in range(self.params.max_pages):
            page = await reader.get(f"{base}/latest.json?page={number}", conditional=number == 0, start=number == 0)
            topics = _topics(reader, page) if page else []
            new = list(_new(reader, base, topics))
            for topic, memo in reversed(new[:left]):
                await self._read_topic(reader, base, topic, memo)
            left -= len(new)
            if left < 0:
                reader.incomplete(f"有新内容的主题超过 {self.params.max_topics} 个，余下的下次再读")
            if left < 0 or not topics or not (new or reader.backlog):
                return

    async def _read_topic(self, reader: Reader, base: str, topic: Mapping[str, Any], memo: Memo) -> None:
        url = _url(base, topic)
        page = await reader.look(url, memo, _seen(topic))
        document = reader.json_of(page) if page else None
        stream = document.get("post_stream") if isinstance(document, dict) else None
        if not isinstance(stream, dict):
            if page:
                reader.quarantine(f"{reader.place(url)}里没有帖子", "")
            return
        posts, missing = _dicts(stream.get("posts")), list[int]()
        if self.params.replies:
            missing = [one for one in _numbers(stream.get("stream")) if one not in {post.get("id") for post in posts}]
        else:
            posts = posts[:1]
        rest = await self._rest(reader, url, missing[: self.params.max_posts])
        posts += rest or []
        said = [post for post in posts if _is_said(post)][: self.params.max_posts]
        # People address each other by name.
        names = tuple(dict.fromkeys(name for post in posts for name in _names(post)))
        await reader.give_all(_candidate(reader, base, topic, post, names) for post in said)
        if rest is not None:
            reader.done(url, _seen(topic))

    async def _rest(self, reader: Reader, url: str, missing: list[int]) -> list[Mapping[str, Any]] | None:
        """Return the posts that the topic's first page leaves out; None where some could not be had."""
        found: list[Mapping[str, Any]] = []
        for start in range(0, len(missing), _LOT):
            asked = "&".join(f"post_ids[]={one}" for one in missing[start : start + _LOT])
            page = await reader.get(f"{url.removesuffix('.json')}/posts.json?{asked}")
            document = reader.json_of(page) if page else None
            stream = document.get("post_stream") if isinstance(document, dict) else None
            if not isinstance(stream, dict):
                return None
            found += _dicts(stream.get("posts"))
        return found


def _new(reader: Reader, base: str, topics: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Memo]]:
    """Yield the topics that have something new, with what is remembered of each."""
    memos = reader.memos([_url(base, topic) for topic in topics])
    for topic, memo in zip(topics, memos, strict=True):
        if reader.knows(memo, _seen(topic)):
            reader.unchanged()
        elif not reader.waits(memo, _seen(topic)):
            yield topic, memo


def _topics(reader: Reader, page: Page) -> list[Mapping[str, Any]]:
    document = reader.json_of(page)
    listing = document.get("topic_list") if isinstance(document, dict) else None
    if not isinstance(listing, dict):
        reader.fail(f"{reader.place(page.url)}不是论坛的主题列表，{_ADVICE}")
        return []
    return [topic for topic in _dicts(listing.get("topics")) if isinstance(topic.get("id"), int)]


def _is_said(post: Mapping[str, Any]) -> bool:
    """Whether a post holds somebody's words; the forum itself notes that a topic was closed or pinned."""
    return post.get("post_type") not in _NOTES and bool(_string(post.get("cooked") or post.get("raw")).strip())


def _own_words(cooked: str) -> str:
    """Return a post without what it quotes of another: that was said once, and by somebody else."""
    root = html_root(cooked) if _QUOTE in cooked else None
    if root is None:
        return cooked
    for quote in [one for one in root.iter("aside") if _QUOTE in f' class="{one.get("class", "")}']:
        quote.drop_tree()
    return element_text(root)


def _names(post: Mapping[str, Any]) -> Iterator[str]:
    yield from filter(None, (_string(post.get(name)) for name in ("username", "name", "display_username")))


def _candidate(
    reader: Reader, base: str, topic: Mapping[str, Any], post: Mapping[str, Any], names: tuple[str, ...]
) -> Candidate:
    title = _string(topic.get("title"))
    first = post.get("post_number") == 1
    likes = sum(_count(one.get("count")) for one in _dicts(post.get("actions_summary")) if one.get("id") == 2)
    return Candidate(
        title=title if first else f"回复：{title}",
        text=_own_words(_string(post.get("cooked") or post.get("raw"))),
        own_id=f"post:{post['id']}" if "id" in post else None,
        url=urls.join(f"{base}/", f"t/{topic['id']}/{post.get('post_number', '')}"),
        author=_string(post.get("user_id") or post.get("username")) or None,
        aliases=names,
        published_at=reader.date(_string(post.get("created_at"))),
        engagement=likes + _count(post.get("reply_count")),
    )


def _url(base: str, topic: Mapping[str, Any]) -> str:
    return f"{base}/t/{topic['id']}.json"


def _seen(topic: Mapping[str, Any]) -> str:
    return digest(topic.get("title"), topic.get("bumped_at") or topic.get("last_posted_at"), topic.get("posts_count"))


def _dicts(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _numbers(found: Any) -> Iterator[int]:
    return (one for one in found if isinstance(one, int)) if isinstance(found, list) else iter(())


def _count(found: Any) -> int:
    return found if isinstance(found, int) and found > 0 else 0


def _string(found: Any) -> str:
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
