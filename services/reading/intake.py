"""Posts from JSON Lines (docs/formats.md "Post, in"): a good line is a minimised post, a broken one a sentence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import repeat
from typing import Any

import orjson

from crawlers.model import Authority, Post, Source
from crawlers.privacy import Candidate, Empty, VoiceKey, identify, minimise_many

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Told time of a line that gives none: it sorts first and dates nothing."""
YEARS = range(1970, 2200)
"""Years that a post can be of. Clocks run on for days after the last post, so the end of all dates must be far."""
_BOM = b"\xef\xbb\xbf"
_HALF = re.compile(
    rb"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
"""An escaped surrogate; in the group what must stay: whole pairs, and backslashes that are text."""

_LEAP = re.compile(r"(.{1,16}):60(?:\.\d{1,9})?(Z|[+-].{2,5})$")
"""A leap second, which the calendar here has not: it is told as the second before."""
_TEXTS = ("source", "text", "title", "id", "url", "author", "region")
_NEEDED = ("source", "text")
_AUTHORITIES = {authority.value: authority for authority in Authority}


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that could not be used, as a Chinese sentence with file and line."""

    sentence: str


Given = tuple[Candidate, Source, datetime]
"""What a line gives: a candidate, its source, and when it was told."""


def parse(line: bytes, where: str, key: VoiceKey, *, blank: bool = False) -> Post | Broken:
    """One line as a post, or why not. With `blank` a post without a word is one too."""
    return parse_many([(where, line)], key, blank=blank)[0]


def parse_many(
    lines: Sequence[tuple[str, bytes]],
    key: VoiceKey,
    *,
    blank: bool = False,
    times: Iterable[datetime | None] = repeat(None),
) -> list[Post | Broken]:
    """Each line, of which it is said where it stands, as a post, or why not; many together cost less.

    `times` are when lines were collected that do not say so themselves, or not believably.
    """
    given = [_given(where, line, at) for (where, line), at in zip(lines, times, strict=False)]
    posts = iter(minimise_many([one for one in given if not isinstance(one, Broken)], key))
    return [
        one if isinstance(one, Broken) else _told(one, next(posts), where, blank=blank)
        for one, (where, _) in zip(given, lines, strict=True)
    ]


def _given(where: str, line: bytes, at: datetime | None) -> Given | Broken:
    try:
        candidate, source, told = _candidate(fields_of(line))
    except Unusable as error:
        return Broken(f"{where}：{error}。")
    return candidate, source, at or told


def fields_of(line: bytes) -> dict[str, Any]:
    """A line's object. Raises Unusable."""
    try:
        fields = _loads(line)
    except orjson.JSONDecodeError as error:
        if not _is_utf8(line):
            raise Unusable("不是 UTF-8 编码", "请将文件另存为 UTF-8") from None
        raise Unusable(f"不是有效的 JSON（第{error.colno}个字符处）", "请检查引号与括号") from None
    if not isinstance(fields, dict):
        raise Unusable("应当是一个 JSON 对象")
    return fields


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _told(given: Given, post: Post | None, where: str, *, blank: bool) -> Post | Broken:
    if post is None:
        if not blank:
            return Broken(f"{where}：{Empty()}，已跳过。")
        post = _wordless(*given)
    # A given id is the caller's own name for the post and comes back in every output.
    own_id = given[0].own_id
    return replace(post, id=own_id) if own_id else post


def told_at(line: bytes) -> datetime | None:
    """When a line was collected, else published; None when it does not say."""
    try:
        fields = _loads(line)
        return _time(fields, "collected_at") or _time(fields, "published_at")
    except (ValueError, AttributeError):
        return None


def _loads(line: bytes) -> Any:
    """The line's value, without the lone halves of characters that others write and orjson refuses."""
    line = line.removeprefix(_BOM)
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        if not _HALF.search(line):
            raise
        return orjson.loads(_HALF.sub(lambda found: found[1] or b"", line))


class Unusable(ValueError):
    """A line or field that cannot be used, and the way out where there is one; as text all in one clause."""

    def __str__(self) -> str:
        """What is wrong, what became of the line, what to do."""
        wrong, *advice = self.args
        return "，".join([wrong, "已跳过", *advice])


def _candidate(fields: dict[str, Any]) -> Given:
    # Nearly all lines leave most fields out.
    said = {name: _text(name, fields[name]) for name in _TEXTS if name in fields}
    for name in _NEEDED:
        if fields.get(name) is None:
            raise Unusable(f"缺少“{name}”")
    source_id = said["source"].strip()
    if not source_id:
        raise Unusable("缺少“source”")
    source = _source(source_id, _authority(fields), said.get("region") or None)
    published, collected = _time(fields, "published_at"), _time(fields, "collected_at")
    candidate = Candidate(
        text=said["text"],
        own_id=said.get("id") or None,
        url=said.get("url") or None,
        title=said.get("title", ""),
        author=said.get("author") or None,
        published_at=published,
    )
    # As in the running service, voices are told apart within a collection day and not beyond it.
    return candidate, source, collected or published or EPOCH


@lru_cache(maxsize=64)
def _source(name: str, authority: Authority, region: str | None) -> Source:
    return Source(id=name, kind="file_drop", name=name, url="", authority=authority, region=region)


def _wordless(candidate: Candidate, source: Source, told: datetime) -> Post:
    """A post that says nothing: it is read all the same, and the reading says unsure."""
    return Post(
        id=identify(candidate, source),
        source_id=source.id,
        authority=source.authority,
        title="",
        text="",
        collected_at=told,
        published_at=candidate.published_at,
    )


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise Unusable(f"“{name}”应当是文字")


def _authority(fields: dict[str, Any]) -> Authority:
    given = fields.get("authority")
    found = _AUTHORITIES.get(given) if isinstance(given, str) else None
    if found is None:
        raise Unusable("“authority”只能是 official、media 或 public")
    return found


def _time(fields: dict[str, Any], name: str) -> datetime | None:
    value = fields.get(name)
    if value in (None, ""):
        return None
    found = moment(value, name)
    if found.year not in YEARS:
        raise Unusable(f"“{name}”的年份不可信")
    return found.astimezone(UTC)


def moment(value: Any, name: str) -> datetime:
    """A time with its zone out of a field. Raises Unusable."""
    text = str(value).upper()  # RFC 3339 lets T and Z be small.
    leap = _LEAP.match(text)
    try:
        found = datetime.fromisoformat(f"{leap[1]}:59{leap[2]}" if leap else text)
    except ValueError:
        raise Unusable(f"“{name}”应写成 2026-11-20T08:00:00+08:00 的形式") from None
    if found.tzinfo is None:
        raise Unusable(f"“{name}”缺少时区，应写成 2026-11-20T08:00:00+08:00 的形式")
    return found
