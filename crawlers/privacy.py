"""The door: a candidate comes in with its author, a post goes out without one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawlers import text, urls
from crawlers.masking import mask, mask_many
from crawlers.masking.names import is_handle, is_person
from crawlers.model import Authority, Post, Source
from crawlers.scanned import mended
from crawlers.traces import without_traces
from crawlers.voices import VoiceKey

__all__ = ["Candidate", "Empty", "VoiceKey", "identify", "mask", "minimise", "minimise_many"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[\w\-.~:/?#\[\]@!$&'*+,;=%]{3,2000}", re.ASCII | re.IGNORECASE)
_LINK = "【链接】"
_MAX_REGION = 60
_TOKENS = {Authority.PUBLIC: "【用户】", Authority.MEDIA: "【姓名】", Authority.OFFICIAL: "【姓名】"}
# 作者：张三, and the mail standards' "a@b.example (Zhang San)" and "Zhang San <a@b.example>".
_LABEL = re.compile(r"^(?:作者|发布人|发布者|发帖人|楼主|责任编辑|编辑|记者|通讯员|来源|用户|昵称|网友)\s*[:：]\s*")
_SIGNED = r"(?:作者|撰文|撰稿|摄影|编辑|记者|文|图|拍摄|投稿)(?:\s?[/／|｜:：]\s?|\s)"
_OF_PAPERS = re.compile("(?:[报社网台刊]|发布|融媒体?|新闻|频道|在线|客户端|记者站|本站|原创|转载)$")
# Emoji, custom emoji (:cat:) and marks around a name, which nobody repeats who calls somebody by it.
_ORNAMENT = re.compile(r":\w+:|^[^\w]+|[^\w]+$")
_PARTS = re.compile(r" ?[()<>（）] ?")


class Empty(ValueError):
    """An item without anything to read; the message is a Chinese clause."""

    def __init__(self) -> None:
        super().__init__("标题和正文都是空的")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One item as a source shows it. It never leaves the crawl process and is never written or logged.

    `own_id` is the source's own id. `title` and `text` may hold markup. `author` is any name, handle or id
    that stands for one speaker; `aliases` are other names of the same speaker to be taken out of the text.
    """

    title: str = ""
    text: str = ""
    own_id: str | None = None
    url: str | None = None
    author: str | None = None
    aliases: tuple[str, ...] = ()
    published_at: datetime | None = None
    region: str | None = None
    engagement: int | None = None

    def __repr__(self) -> str:
        """Say nothing of the content, since a repr ends up in a log."""
        return "Candidate(…)"


def minimise(candidate: Candidate, source: Source, key: VoiceKey, now: datetime) -> Post:
    """Return the post that may be stored: no author, masked and bounded text, no link to a private person.

    Raises Empty where nothing is left to read, ValueError where the key is another day's.
    """
    post = minimise_many([(candidate, source, now)], key)[0]
    if post is None:
        raise Empty
    return post


def minimise_many(given: Sequence[tuple[Candidate, Source, datetime]], key: VoiceKey) -> list[Post | None]:
    """Return the post of each candidate, None where nothing is left to read; a batch costs less than one by one.

    Raises ValueError where the key is another day's.
    """
    cleaned = [_cleaned(candidate) for candidate, _, _ in given]
    spoken: list[tuple[str, Sequence[str], Authority]] = []
    for pieces, (candidate, source, _) in zip(cleaned, given, strict=True):
        names = _names(candidate) if candidate.author or candidate.aliases else ()
        spoken += [
            (piece, _said(piece, names, source.authority) if names else (), source.authority) for piece in pieces
        ]
    masked = iter(mask_many([_bare(*one) for one in spoken]))
    private = (
        _unnumbered(piece, names, authority) if names else piece
        for piece, (_, names, authority) in zip(masked, spoken, strict=True)
    )
    return [
        _post(*one, key, pieces, (next(private), next(private))) for pieces, one in zip(cleaned, given, strict=True)
    ]


def _cleaned(candidate: Candidate) -> tuple[str, str]:
    """Title and text as a reader sees them, without what tells of the writer's device and where it is.

    Most posts have no title.
    """
    title = text.clean_title(candidate.title) if candidate.title else ""
    return title, without_traces(mended(text.clean_text(candidate.text)))


def _post(
    candidate: Candidate, source: Source, now: datetime, key: VoiceKey, clean: tuple[str, str], private: tuple[str, str]
) -> Post | None:
    title, body = private
    if not title and not body:
        return None
    public = source.authority is Authority.PUBLIC
    author = (candidate.author or "").strip()
    return Post(
        id=_identify(candidate, source) or urls.id_of_key(source.id, "\n".join(clean)),
        source_id=source.id,
        authority=source.authority,
        title=text.bounded(title, text.MAX_TITLE),
        text=text.bounded(body, text.MAX_TEXT),
        collected_at=now,
        published_at=candidate.published_at,
        region=mask(text.clean_title(candidate.region))[:_MAX_REGION] if candidate.region else source.region,
        voice=key.voice(source.id, author, now) if public and author else None,
        link=None if public else _canonical(candidate.url),
        engagement=candidate.engagement,
    )


def identify(candidate: Candidate, source: Source) -> str:
    """Return a candidate's id: by the source's own id, else by its address, else by what it says.

    An own id that is itself an address counts as the address, so that two sources agree on it.
    """
    return _identify(candidate, source) or urls.id_of_key(source.id, "\n".join(_cleaned(candidate)))


def _identify(candidate: Candidate, source: Source) -> str | None:
    """Return the id of what has an own id or an address."""
    if candidate.own_id:
        own = _canonical(candidate.own_id)
        return urls.id_of_canonical(own) if own else urls.id_of_key(source.id, candidate.own_id)
    address = _canonical(candidate.url)
    return urls.id_of_canonical(address) if address else None


def _said(piece: str, names: Iterable[str], authority: Authority) -> list[str]:
    """Return those of a speaker's names that stand in a piece and tell who it is.

    Papers and offices sign with their own names and with common words (综合); what is no person's name is one's only
    where the text is signed with it.
    """
    said = [name for name in names if name in piece]
    if authority is Authority.PUBLIC:
        return [name for name in said if is_handle(name)]
    return [name for name in said if is_person(name) or (_is_nickname(name) and _signs(piece, name))]


def _is_nickname(name: str) -> bool:
    return is_handle(name) and _OF_PAPERS.search(name) is None


def _signs(piece: str, name: str) -> bool:
    """Whether a name stands after 作者：, 文/ and the like, or in a line of its own."""
    after = re.escape(name)
    return re.search(rf"(?:{_SIGNED}){after}|^[\s(（—-]{{0,4}}{after}[\s)）]{{0,2}}$", piece, re.MULTILINE) is not None


def _bare(piece: str, names: Sequence[str], authority: Authority) -> str:
    """Take out the speaker's names, of which masking may take a part, but not mere numbers; and private addresses."""
    for name in filter(_worded, names):
        piece = piece.replace(f"@{name}", _TOKENS[authority]).replace(name, _TOKENS[authority])
    if authority is Authority.PUBLIC and ("://" in piece or "www." in piece):
        piece = _ADDRESS.sub(_LINK, piece)
    return piece


def _unnumbered(masked: str, names: Sequence[str], authority: Authority) -> str:
    """Take out those of the speaker's names that are mere numbers: masking has told phones and the like before."""
    for name in names:
        if not _worded(name):
            masked = masked.replace(name, _TOKENS[authority])
    return masked


def _worded(name: str) -> bool:
    return any(character.isalpha() for character in name)


def _names(candidate: Candidate) -> list[str]:
    """Return every name of a speaker, the longest first: one may be part of another."""
    given = filter(None, (candidate.author, *candidate.aliases))
    written = {part for name in given for part in (name, *_PARTS.split(_LABEL.sub("", name)))}
    plain = {_ORNAMENT.sub("", part) for part in written}
    names = {name for part in written | plain if (name := part.strip())}
    return sorted(names, key=lambda name: (-len(name), name))


def _canonical(address: str | None) -> str | None:
    if not address or "/" not in address:
        return None
    try:
        return urls.canonical(address)
    except ValueError:
        return None
