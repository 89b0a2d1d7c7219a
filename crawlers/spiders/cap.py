"""CAP 1.2 warnings (Common Alerting Protocol, OASIS): single messages, several in one document, or a feed of links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from lxml import etree

from crawlers import urls
from crawlers.beijing import BEIJING
from crawlers.model import Memo
from crawlers.page import Page, Unreadable, parse_xml
from crawlers.privacy import Candidate
from crawlers.reader import Reader, digest
from crawlers.spiders.base import Kind, Params

# Post texts are kept for 30 days; a warning that ran out before that is history.
_STALE = timedelta(days=30)
_MAX_LINKS = 500
_COLOURS = {"Extreme": "红色", "Severe": "橙色", "Moderate": "黄色", "Minor": "蓝色"}
# China's warning centres write the colour of the signal where CAP has the severity.
_COLOURS |= {"Red": "红色", "Orange": "橙色", "Yellow": "黄色", "Blue": "蓝色"}
_SEVERITIES = {"红色": "特别重大", "橙色": "重大", "黄色": "较大", "蓝色": "一般"}
_ADVICE = "请核对网址，应为 CAP 1.2 预警文件或其 RSS/Atom 目录"


class CapParams(Params):
    """Nothing beyond the common ones."""


class Cap(Kind[CapParams]):
    """Reads every public message, and each linked one once."""

    kind: ClassVar[str] = "cap"
    params_type: ClassVar[type[Params]] = CapParams

    async def read(self, reader: Reader) -> None:
        """Read the document or the directory at the source's address."""
        page = await reader.get(self.source.url, conditional=True, start=True)
        root = _parse(reader, page, start=True) if page else None
        if page is None or root is None:
            return
        alerts = list(_alerts(root))
        for alert in alerts:
            await _give(reader, alert)
        links = () if alerts else tuple(dict.fromkeys(_links(root, page)))[:_MAX_LINKS]
        if not alerts and not links and _name(root) not in ("rss", "feed", "RDF", "alerts"):
            reader.fail(f"内容不是 CAP 预警，{_ADVICE}")
        # Oldest first, so that an update or a cancellation follows what it speaks of.
        memos = reader.memos([url for url, _ in links])
        for (url, seen), memo in reversed(list(zip(links, memos, strict=True))):
            if reader.knows(memo, seen):
                reader.unchanged()
            elif not reader.waits(memo, seen):
                await _read_linked(reader, url, memo, seen)


async def _read_linked(reader: Reader, url: str, memo: Memo, seen: str) -> None:
    page = await reader.look(url, memo, seen)
    root = _parse(reader, page, start=False) if page else None
    if root is None:
        return
    alerts = list(_alerts(root))
    for alert in alerts:
        await _give(reader, alert)
    if alerts:
        reader.done(url, seen)
    else:
        reader.quarantine(f"{reader.place(url)}不是 CAP 预警", "")


def _parse(reader: Reader, page: Page, *, start: bool) -> etree._Element | None:
    text = reader.text_of(page)
    if text is None:
        return None
    try:
        return parse_xml(text)
    except Unreadable as error:
        set_aside = reader.fail if start else reader.quarantine
        set_aside(f"{reader.place(page.url)}{error}，{_ADVICE}", text[:500])
    return None


def _alerts(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter("{*}alert"):
        if _child(element, "identifier") and _child(element, "sent"):
            yield element


def _links(root: etree._Element, page: Page) -> Iterator[tuple[str, str]]:
    """Yield the address of each linked message and the look of its entry."""
    for entry in root.iter("{*}entry", "{*}item"):
        links = entry.findall("{*}link")
        typed = [link for link in links if "cap" in link.get("type", "")]
        for link in (typed or links)[:1]:
            url = urls.join(page.url, link.get("href") or link.text or "")
            if url:
                yield url, digest(_child(entry, "title"), _child(entry, "updated") or _child(entry, "pubDate"))


async def _give(reader: Reader, alert: etree._Element) -> None:
    status = _child(alert, "status")
    scope = _child(alert, "scope") or "Public"
    if (
        status not in ("Actual", "Exercise")
        or scope != "Public"
        or _child(alert, "msgType") not in ("Alert", "Update", "Cancel")
    ):
        return
    message, *more = (_read(reader, alert, info) for info in _chinese(alert.findall("{*}info")) or [None])
    until = [one.expires for one in (message, *more)]
    if None in until or max(filter(None, until)) > reader.now() - _STALE:
        await reader.give(message.candidate(more))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Message:
    key: str
    kind: str
    exercise: bool
    sender: str
    event: str
    headline: str
    severity: str
    areas: str
    description: str
    instruction: str
    note: str
    sent: datetime | None
    effective: datetime | None
    expires: datetime | None
    references: str

    def candidate(self, more: Sequence["_Message"] = ()) -> Candidate:
        """Return the post; `more` are the further blocks of the same message, for other events, areas or times."""
        lines = dict.fromkeys(line for one in (self, *more) for line in one.lines())
        return Candidate(title=self._title(), text="\n".join(lines), own_id=self.key, published_at=self.sent)

    def _title(self) -> str:
        colour = _COLOURS.get(self.severity, "")
        named = self.headline or f"{self.sender}发布{self.event}{colour}预警"
        if self.headline and colour and self.kind != "Cancel" and not any(c in named for c in ("红", "橙", "黄", "蓝")):
            named += f"（{colour}）"
        if self.kind == "Cancel" and not any(word in named for word in ("解除", "取消", "撤销")):
            named = f"解除：{named}"
        if self.kind == "Update" and not any(
            word in named for word in ("更新", "变更", "升级", "降级", "继续", "解除")
        ):
            named = f"更新：{named}"
        return f"【演练】{named}" if self.exercise and "演练" not in named else named

    def lines(self) -> Iterator[str]:
        """Yield what its text says."""
        if self.exercise:
            yield "本消息为演练，并非真实预警。"
        if self.kind == "Cancel":
            yield f"{self.sender or '发布单位'}已解除{self.event or '此前发布的'}预警。"
        elif self.event:
            yield f"{self.sender}发布{self.event}{_COLOURS.get(self.severity, '')}预警信号。"
        if self.areas:
            yield f"影响区域：{self.areas}。"
        if (colour := _COLOURS.get(self.severity)) and self.kind != "Cancel":
            yield f"严重程度：{colour}（{_SEVERITIES[colour]}）。"
        yield from filter(None, (self.description, self.note))
        if self.instruction:
            yield f"防御指引：{self.instruction}"
        if self.effective and self.effective != self.sent:
            yield f"生效时间：{_moment(self.effective)}。"
        if self.expires and self.kind != "Cancel":
            yield f"有效期至{_moment(self.expires)}。"


def _read(reader: Reader, alert: etree._Element, info: etree._Element | None) -> _Message:
    def said(name: str) -> str:
        return _child(info, name) if info is not None else ""

    areas = [_child(area, "areaDesc") for area in info.findall("{*}area")] if info is not None else []
    return _Message(
        key="\n".join((_child(alert, "sender"), _child(alert, "identifier"))),
        kind=_child(alert, "msgType"),
        exercise=_child(alert, "status") == "Exercise",
        sender=said("senderName") or reader.source.name,
        event=said("event"),
        headline=said("headline"),
        severity=said("severity"),
        areas="；".join(filter(None, areas)),
        description=said("description"),
        instruction=said("instruction"),
        note=_child(alert, "note"),
        sent=reader.date(_child(alert, "sent")),
        effective=reader.date(said("effective") or said("onset")),
        expires=reader.date(said("expires")),
        references=_child(alert, "references"),
    )


def _chinese(infos: list[etree._Element]) -> list[etree._Element]:
    """Return the Chinese blocks of a message in several languages, else those in the language of the first."""
    languages = [_child(info, "language").lower() for info in infos]
    chinese = [info for info, language in zip(infos, languages, strict=True) if language.startswith("zh")]
    return chinese or [info for info, language in zip(infos, languages, strict=True) if language == languages[0]]


def _child(element: etree._Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "".join(found.itertext()).strip() if found is not None else ""


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _moment(at: datetime) -> str:
    local = at.astimezone(BEIJING)
    return f"{local.month}月{local.day}日{local.hour}时" + (f"{local.minute:02d}分" if local.minute else "")
