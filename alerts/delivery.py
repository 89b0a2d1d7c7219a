"""The pure half of delivery: what a message says, whether it is still worth sending, and what follows an attempt."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.errors import Busy, DeliveryError, Down, Permanent
from alerts.model import (
    Alert,
    AlertState,
    Message,
    Notification,
    NotificationState,
    Purpose,
    Report,
    ReportKind,
)
from alerts.people import Person
from alerts.reports import wording
from alerts.reports.dossier import reportable
from alerts.reports.present import present
from alerts.reports.rendering import label, render, render_html
from alerts.reports.wording import Standing, moment
from analyzer.model import Event, EventStatus, FactKind, Figure, Rating, Tier


def _waits(*seconds: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=s) for s in seconds)


BACKOFF = _waits(30, 60, 120, 300, 600, 1800)
"""Waits after the first, second … failure; the last one repeats."""
WAITS: Mapping[type[DeliveryError], tuple[timedelta, ...]] = {
    Down: _waits(15, 30, 60, 120, 300, 600),
    Busy: _waits(60, 120, 300, 600, 900, 1800),
}
"""Where the class of the error says more: what is down may be back at once, and who is busy wants to be left alone."""
FALLS_BACK_AFTER = 3
"""Failures after which the person is told over another channel too: with the waits above about a minute and a half."""
LAST_RESORT = "printed"
"""The channel that needs no network and no address: a list that the duty operator phones through."""
GIVE_UP_AFTER = timedelta(hours=24)
"""A message that could not be sent for a day is put aside as dead for a person to look at."""
_ERROR_SHOWN = 500
_TITLE_SHOWN = 40
_RULE = "─" * 36
_ENDING = {ReportKind.FINAL, ReportKind.CORRECTION}
"""Reports that are still news once the alert has ended."""


def compose(
    notification: Notification,
    alert: Alert | None,
    report: Report | None,
    event: Event | None,
    person: Person,
    now: datetime,
    page: Callable[[Report, str], str] = render_html,
    console: str = "",
    rating: Rating | None = None,
) -> Message:
    """The whole message; `page` makes a report and its banner a page, `console` is the address of the console.

    With the event's `rating` as of `now`, what urges says how things stand before the report that it carries.
    Raises Permanent when the person has no address on the notification's channel.
    """
    address = person.channels.get(notification.channel, "")
    if not address and notification.channel == LAST_RESORT:
        address = person.channels.get("sms", "")
    elif not address:
        raise Permanent(
            f"“{person.name}”（{person.id}）在值班表中没有“{notification.channel}”渠道的地址，"
            f"请在 roster.yaml 的 people 中补上，或改用其他渠道。"
        )
    told = _Told(notification, alert, report, event, rating, now)
    return Message(
        key=notification.id,
        address=address,
        recipient_name=person.name,
        subject=told.subject(),
        text=told.text(),
        html=told.page(page),
        at=now,
        thread=notification.alert_id or notification.event_id or "",
        link=_page_about(console, notification),
        attributes={
            "purpose": notification.purpose.value,
            "tier": told.tier.name if told.tier else None,
            "drill": told.drill,
            "report": report.number if report else None,
        },
    )


def _page_about(console: str, notification: Notification) -> str:
    """Where the reader can act on it, in the console at this address; empty without one."""
    if not console:
        return ""
    if notification.event_id:
        return f"{console}/events/{notification.event_id}"
    return f"{console}/reports/{notification.report_id}" if notification.report_id else f"{console}/"


def bundled(key: str, messages: Sequence[Message]) -> Message:
    """One mail of several to one person, under a key of its own; of a single one just that under the key."""
    first = messages[0]
    if len(messages) == 1:
        return replace(first, key=key)
    tiers = [message.attributes["tier"] for message in messages if message.attributes["tier"]]
    link = first.link if len({m.link for m in messages}) == 1 else ""
    parts = [f"（{n}）{m.subject}\n\n{_with_link(m, link)}\n" for n, m in enumerate(messages, start=1)]
    return replace(
        first,
        key=key,
        subject=f"【合并{len(messages)}条】" + _one_line("；".join(dict.fromkeys(m.subject for m in messages))),
        text=f"以下{len(messages)}条消息合并发送。\n\n" + f"\n{_RULE}\n".join(parts),
        html="",
        link=link,
        thread=first.thread if len({m.thread for m in messages}) == 1 else "",
        attributes={
            **first.attributes,
            "tier": max(tiers, key=lambda name: Tier[name], default=None),
            "report": None,
        },
        attachments=tuple(file for m in messages for file in m.attachments),
    )


def _with_link(message: Message, shared: str) -> str:
    """A part's text, with its own page unless all parts share one."""
    text = message.text.strip()
    return text if message.link == shared else f"{text}\n{message.pointer}"


class _Told:
    """One notification with what it speaks of, as words."""

    def __init__(
        self,
        note: Notification,
        alert: Alert | None,
        report: Report | None,
        event: Event | None,
        rating: Rating | None,
        now: datetime,
    ) -> None:
        self.note, self.alert, self.report, self.event = note, alert, report, event
        self.tier = report.tier if report is not None else alert.tier if alert is not None else None
        self.standing = self.sure = ""
        urges = note.purpose is not Purpose.REPORT
        # What too few people tell by now goes to nobody: the report in hand is all that is sent.
        if urges and alert and event and rating and reportable(event, rating, alert):
            self.tier = alert.tier
            self.standing = present(event, rating, alert, now)
            self.sure = wording.standing(event.figures, rating, alert.tier, event.status).short
        self.drill = (report is not None and report.drill) or (alert is not None and alert.drill)

    def subject(self) -> str:
        """What it is, how grave, how sure, about what: 【Ⅲ级·首报·待核实】某厂火灾（死亡4人待核实）."""
        marks = [wording.level(self.tier)] if self.tier is not None else []
        if self.report is not None:
            marks.append(label(self.report.kind, self.report.sequence))
            if self.report.event_id is not None:
                marks.append(self.sure or _standing(self.report).short)
        drill = "【演练】" if self.drill else ""
        bracket = f"【{'·'.join(marks)}】" if marks else ""
        return f"{drill}{self._call()}{bracket}{self._about()}"

    def _call(self) -> str:
        """What an urging message says before anything else."""
        match self.note.purpose:
            case Purpose.REPORT:
                return ""
            case Purpose.ESCALATION:
                return f"【催办{self.note.step}】无人签收"
            case Purpose.EXPIRED:
                return "【签收失效】未见后续处置"
            case Purpose.ASSIGNED | Purpose.HANDED_OVER:
                return f"【{self.note.purpose.chinese}】"
            case _:
                return f"【{self.note.purpose.chinese}】{_one_line(self.note.reason)}"

    def _about(self) -> str:
        """The event and its gravest figure, as in the report that is sent; what only urges tells what is so now."""
        if self.event is None:
            return _one_line(self.report.title) if self.report is not None else ""
        if self.report is None or self.standing:
            return self._called(self.event.figures)
        figures = self.report.figures
        if self.report.kind is ReportKind.CORRECTION:
            # What has been corrected must not stand beside what takes its place.
            figures = {k: f if f.verified is None else replace(f, claimed=f.verified) for k, f in figures.items()}
        return self._called(figures)

    def _called(self, figures: Mapping[FactKind, Figure]) -> str:
        figure = wording.headline_figure(figures)
        return _one_line(self.event.title if self.event else "") + (f"（{figure}）" if figure else "")

    def banner(self) -> str:
        """Why this reader gets it now, and what he is asked to do."""
        drill = "【演练】" if self.drill else ""
        ask = "此消息原定渠道未能送达，改发此处。" if self.note.instead_of else ""
        if self.alert is not None and self.alert.state.unattended:
            ask += "请立即登录值班台签收。"
        return f"{drill}{self.note.purpose.chinese}：{self.note.reason}。{ask}".replace("。。", "。")

    def text(self) -> str:
        """Plain text: the report's own first line stays first when a report is what is sent."""
        if self.report is None:
            return f"{self.banner()}\n"
        if self.note.purpose is Purpose.REPORT:
            first, _, rest = self.report.text.partition("\n")
            return f"{first}\n{self.banner()}\n\n{rest}\n"
        if not self.standing:
            return f"{self.banner()}\n\n{self.report.text}\n"
        return f"{self.banner()}\n{self.standing}\n\n{self._carrying(self.report)}\n{self.report.text}\n"

    def page(self, page: Callable[[Report, str], str]) -> str:
        """The same as a page; the bar of one that urges tells how things stand now, as its subject does."""
        if self.report is None:
            return render("notice.html.j2", title=self.subject(), banner=self.banner(), tier=self.tier)
        if not self.standing:
            return page(self.report, self.banner())
        first, *rest = self.standing.split("\n")
        heading = f"{'【演练】' if self.drill else ''}{first}"
        report = replace(self.report, tier=self.tier, text=f"{heading}\n{self.report.text}")
        return page(report, "\n".join((self.banner(), *rest, self._carrying(self.report))))

    def _carrying(self, report: Report) -> str:
        called = report.number or label(report.kind, report.sequence)
        return f"以下为{moment(report.issued_at)}签发的{called}，其后的变化见上。"


def _standing(report: Report) -> Standing:
    """As far as the report itself remembers it."""
    if report.status is EventStatus.REFUTED:
        return Standing.REFUTED
    if not report.verified:
        return Standing.UNVERIFIED
    return Standing.TIER_VERIFIED if any(map(wording.doubtful, report.figures.values())) else Standing.VERIFIED


def _one_line(text: str) -> str:
    """A subject is one line, and a short one."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _TITLE_SHOWN else flat[: _TITLE_SHOWN - 1] + "…"


def stale(
    notification: Notification, alert: Alert | None, report: Report | None = None, event: Event | None = None
) -> str:
    """Why a message is no longer worth sending, given the alert as it is now; empty when it is."""
    if notification.alert_id is None:
        return ""
    if alert is None:
        return "预警已不存在，不再发送"
    if alert.state.final:
        return _after_the_end(notification, alert, report)
    if notification.purpose in {Purpose.ESCALATION, Purpose.EXPIRED} and not alert.state.unattended:
        return f"预警现为“{alert.state.chinese}”，不再催办"
    return _needless(alert, event) if notification.purpose is Purpose.REMINDER else ""


_REPEATED = {Purpose.ESCALATION, Purpose.EXPIRED, Purpose.REMINDER}
"""What is said again and again, each time as things stand then."""
_WAITS = {NotificationState.PENDING, NotificationState.RETRY, NotificationState.SENDING}


def overtaken(notification: Notification, others: Iterable[Notification]) -> str:
    """Why what urges need not be sent beside the later one that waits for the same person on the same way.

    Else who could not be reached for a night has the same words from it a dozen times over when he can be.
    """
    ours = _way(notification)
    later = any(
        one.state in _WAITS
        and _way(one) == ours
        and (one.created_at, one.step) > (notification.created_at, notification.step)
        for one in others
    )
    return "此后又有一次催办，一并告知" if later and notification.purpose in _REPEATED else ""


def _way(notification: Notification) -> tuple[object, ...]:
    n = notification
    return n.alert_id, n.recipient, n.channel, n.purpose


def _needless(alert: Alert, event: Event | None) -> str:
    """Why the department need not be reminded any more."""
    if alert.state is not AlertState.ASSIGNED:
        return f"预警现为“{alert.state.chinese}”，不再催办责任部门"
    if event is not None and event.answered_at is not None:
        return f"官方已于{moment(event.answered_at)}回应，不再催办责任部门"
    return ""


def _after_the_end(notification: Notification, alert: Alert, report: Report | None) -> str:
    """Only what was decided at the end or corrects the record still goes out."""
    if alert.closed_at is not None and notification.created_at >= alert.closed_at:
        return ""
    if report is not None and report.kind in _ENDING:
        return ""
    why = f"（{alert.closed_reason}）" if alert.state is AlertState.FALSE_ALARM and alert.closed_reason else ""
    return f"预警{alert.state.chinese}{why}，不再发送"


def same_message(one: Notification, other: Notification) -> bool:
    """Whether both say the same to the same person, over whatever channel."""
    return _said(one) == _said(other)


def _said(notification: Notification) -> tuple[object, ...]:
    n = notification
    return n.recipient, n.alert_id, n.report_id, n.purpose, n.step, n.reason, n.created_at


def fallback(
    failed: Notification, person: Person, siblings: Sequence[Notification], usable: Callable[[str, str], bool]
) -> Notification | None:
    """The same message over the person's next channel, at last on paper; None while it may still reach him.

    `usable` says of a channel and an address whether a message could go there at all.
    """
    if not _hopeless(failed) or any(not _hopeless(sibling) for sibling in siblings):
        return None
    tried = {failed.channel, *(sibling.channel for sibling in siblings)}
    left = (name for name, address in person.channels.items() if name not in tried and usable(name, address))
    channel = next(left, None) or (LAST_RESORT if LAST_RESORT not in tried else None)
    if channel is None:
        return None
    key = hashlib.sha256("|".join(map(str, (*_said(failed), channel))).encode()).hexdigest()[:32]
    return replace(
        failed,
        id=key,
        channel=channel,
        state=NotificationState.PENDING,
        attempts=0,
        next_attempt_at=None,
        error="",
        bundle="",
        mild=False,
        instead_of=failed.id,
    )


def _hopeless(notification: Notification) -> bool:
    """Given up, or tried so often that somebody must be told in another way while the tries go on."""
    if notification.state is NotificationState.RETRY:
        return notification.attempts >= FALLS_BACK_AFTER
    return notification.state in {NotificationState.DEAD, NotificationState.CANCELLED}


def after_success(notification: Notification, now: datetime) -> Notification:
    """The far side has taken it."""
    return replace(
        notification,
        state=NotificationState.SENT,
        attempts=notification.attempts + 1,
        sent_at=now,
        next_attempt_at=None,
        error="",
    )


def after_failure(notification: Notification, error: DeliveryError, now: datetime) -> Notification:
    """When to try again, or dead: at once where another try would fail alike, else after a day of tries.

    A day counts only with every wait of the back-off tried: a service that was down itself gives nothing up.
    """
    attempts = notification.attempts + 1
    tired = attempts > len(BACKOFF) and now - notification.created_at >= GIVE_UP_AFTER
    failed = replace(notification, attempts=attempts, error=str(error)[:_ERROR_SHOWN])
    if isinstance(error, Permanent) or tired:
        return replace(failed, state=NotificationState.DEAD, next_attempt_at=None)
    waits = WAITS.get(type(error), BACKOFF)
    wait = waits[min(attempts, len(waits)) - 1]
    return replace(failed, state=NotificationState.RETRY, next_attempt_at=now + wait)
