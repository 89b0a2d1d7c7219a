"""E-mail over SMTP: a connection for many messages, every failure sorted into "later" and "never"."""

import hashlib
import html
import smtplib
import ssl
import threading
from collections.abc import Callable, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol

from alerts.channels import certificates
from alerts.errors import DeliveryError, Down, Permanent, Transient
from alerts.model import Attachment, Message

_LOGIN_WANTED = frozenset({530, 534, 535, 538})
"""Replies that speak of our login, not of the recipient (RFC 4954): mending the settings sends the mail."""
_TOO_LARGE = 552
_KEPT = "；邮件保留，稍后自动重试。"
_BUTTON = (
    '<p style="max-width:640px;margin:16px auto;padding:0 16px"><a href="{}" style="display:inline-block;'
    'padding:12px 20px;background:#1550a8;color:#ffffff;font-size:16px;text-decoration:none;border-radius:4px">'
    "在值班台打开</a></p>"
)
_SAID = 200
"""Characters of a server's reply that an error repeats."""


class Secret(Protocol):
    """A password that does not show itself."""

    def get_secret_value(self) -> str: ...


class MailSettings(Protocol):
    """What the channel is told of its server. `security` is "none", "starttls" or "tls"."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def password(self) -> Secret: ...
    @property
    def sender(self) -> str: ...
    @property
    def timeout(self) -> float: ...
    @property
    def certificate(self) -> Path | None: ...
    @property
    def attachment_mb(self) -> float: ...


class _TooLarge(Permanent):
    """邮件过大。"""


class EmailChannel:
    """Mail by one server. Connections stay open between messages; each thread that sends has one for itself.

    `trust` replaces the system's certificates. Attachments over the limit together, or over what the server takes,
    stay behind, and the mail says so.
    """

    name = "email"

    def __init__(
        self,
        settings: MailSettings,
        trust: ssl.SSLContext | None = None,
        *,
        attachment_limit: int | None = None,
    ) -> None:
        self._settings = settings
        wanted = int(settings.attachment_mb * 2**20)
        self._attachment_limit = wanted if attachment_limit is None else attachment_limit
        self._sender = _address(*parseaddr(settings.sender))
        self._domain = self._sender.domain if self._sender else "localhost"
        self._server = f"邮件服务器 {settings.host}:{settings.port}"
        self._trust = trust
        self._idle: list[smtplib.SMTP] = []
        self._turn = threading.Lock()

    def send(self, message: Message) -> None:
        """Returns when the server has taken the mail.

        Raises Permanent when the server refuses this recipient or this mail for good, Transient for all else:
        also for what a person has to mend (login, certificate, sender), because no mail may be lost to it.
        """
        problem = self.address_problem(message.address)
        if problem:
            raise Permanent(f"“{message.recipient_name}”的{problem}")
        line = _Line(self._take, self._connect)
        try:
            self._hand_over(line, message)
        except Permanent:
            self._keep(line)  # the server refused this one mail and goes on listening
            raise
        except Transient:
            line.hang_up()
            raise
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            line.hang_up()
            raise Down(f"{self._server} {_why(error)}{_KEPT}") from error
        self._keep(line)

    def close(self) -> None:
        """Say goodbye and let go of idle connections; the next `send` opens another."""
        while (smtp := self._take()) is not None:
            _goodbye(smtp)

    def _take(self) -> smtplib.SMTP | None:
        """An open connection that nobody is using."""
        with self._turn:
            return self._idle.pop() if self._idle else None

    def _keep(self, line: "_Line") -> None:
        with self._turn:
            if line.smtp is not None:
                self._idle.append(line.smtp)

    def address_problem(self, address: str) -> str:
        """Why no mail can go to `address`; empty when one can."""
        if _address("", address) is not None:
            return ""
        return f"地址“{_line(address)}”不是可用的邮箱，请在 roster.yaml 中改正，或改用其他渠道。"

    def compose(self, message: Message, room: int | None = None) -> EmailMessage:
        """The mail itself; equal messages give equal bytes. Raises Permanent when the address is none.

        `room` is how many bytes of attachments may go with it, the channel's own limit where it is not given.
        """
        recipient = _address(message.recipient_name, message.address)
        if self._sender is None:
            raise Transient(
                f"发件人“{self._settings.sender}”不是邮箱地址，请改正 settings.yaml 中 mail 的 sender{_KEPT}"
            )
        if recipient is None:
            raise Permanent(self.address_problem(message.address))
        plain = all(address.username.isascii() for address in (self._sender, recipient))
        mail = EmailMessage(policy=SMTP if plain else SMTPUTF8)
        self._address_it(mail, message, self._sender, recipient)
        fitting, behind = _fitting(message.attachments, self._attachment_limit if room is None else room)
        _fill(mail, message, behind)
        for file in fitting:
            maintype, _, subtype = file.media_type.partition("/")
            mail.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=_line(file.name))
        for depth, part in enumerate(part for part in mail.walk() if part.is_multipart()):
            part.set_boundary(f"=_{_digest(message.key)}{depth}")
        return mail

    def _address_it(self, mail: EmailMessage, message: Message, sender: Address, recipient: Address) -> None:
        mail["From"] = sender
        mail["To"] = recipient
        mail["Subject"] = _line(message.subject)
        mail["Date"] = message.at
        mail["Message-ID"] = self._id("mail", message.key)
        if message.thread:
            # The root is never sent itself: naming it is enough for mail programs to show a thread.
            root = self._id("thread", message.thread)
            mail["In-Reply-To"] = root
            mail["References"] = root
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Minqing-Key"] = _line(message.key)

    def _id(self, kind: str, key: str) -> str:
        return f"<{kind}.{_digest(key)}@{self._domain}>"

    def _hand_over(self, line: "_Line", message: Message) -> None:
        """The mail with its attachments; without them where the server finds it too large."""
        mail = self.compose(message)
        smtp = line.ready()
        if message.attachments and 0 < _server_limit(smtp) < len(mail.as_bytes()):
            mail = self.compose(message, room=0)
        try:
            self._submit(smtp, mail)
        except _TooLarge:
            if not message.attachments:
                raise
            self._submit(line.ready(), self.compose(message, room=0))

    def _submit(self, smtp: smtplib.SMTP, mail: EmailMessage) -> None:
        """One SMTP transaction, step by step, because what a refusal means depends on the step."""
        content = mail.as_bytes()
        sender, recipient = (mail[name].addresses[0].addr_spec for name in ("From", "To"))
        code, said = smtp.mail(sender, self._options(smtp, mail, recipient, len(content)))
        if code == _TOO_LARGE:
            raise _TooLarge(f"{self._server} 拒收：邮件过大（{len(content)}字节）。请改用其他渠道。")
        if code != 250:
            raise Transient(
                f"{self._server} 不接受发件人 {sender}（{_reply(code, said)}），"
                f"请核对 settings.yaml 中 mail 的 sender、username 与密码{_KEPT}"
            )
        code, said = smtp.rcpt(recipient)
        if code not in {250, 251}:
            raise self._refusal(code, f"收件人 {recipient}", said, "请改正 roster.yaml 中的邮箱地址")
        try:
            code, said = smtp.data(content)
        except smtplib.SMTPDataError as error:  # refused before a byte of the mail was sent
            code, said = error.smtp_code, _bytes(error.smtp_error)
        if code == _TOO_LARGE:
            raise _TooLarge(f"{self._server} 拒收：邮件过大（{_reply(code, said)}）。请改用其他渠道。")
        if code != 250:
            raise self._refusal(code, "此邮件", said, "请联系邮件服务器管理员")

    def _options(self, smtp: smtplib.SMTP, mail: EmailMessage, recipient: str, size: int) -> list[str]:
        """What MAIL FROM announces. A name in UTF-8 needs a server that speaks it (RFC 6531)."""
        options = [f"size={size}"] if smtp.has_extn("size") else []
        if mail.policy is SMTPUTF8:
            if not smtp.has_extn("smtputf8"):
                raise Permanent(
                    f"{self._server} 不支持含中文的邮箱名（收件人 {recipient}），"
                    f"请在 roster.yaml 中改用字母邮箱，或改用其他渠道。"
                )
            options += ["BODY=8BITMIME", "SMTPUTF8"]
        return options

    def _refusal(self, code: int, what: str, said: bytes, way_out: str) -> DeliveryError:
        """4xx is "later", 5xx "never", unless the server only asks for a login."""
        if code in _LOGIN_WANTED:
            return Transient(
                f"{self._server} 要求登录（{_reply(code, said)}），"
                f"请核对 settings.yaml 中 mail 的 username 与密码{_KEPT}"
            )
        if code >= 500:
            return Permanent(f"{self._server} 拒收{what}（{_reply(code, said)}）。{way_out}，或改用其他渠道。")
        return Transient(f"{self._server} 暂不接收{what}（{_reply(code, said)}）{_KEPT}")

    def _connect(self) -> smtplib.SMTP:
        made = self._open()
        try:
            self._greet(made)
        except BaseException:
            made.close()
            raise
        return made

    def _open(self) -> smtplib.SMTP:
        """The bare connection. Our name in the greeting is the sender's domain: no look-up, no host name given away."""
        s, ours = self._settings, self._domain
        if s.security == "tls":
            return smtplib.SMTP_SSL(s.host, s.port, local_hostname=ours, timeout=s.timeout, context=self._context())
        return smtplib.SMTP(s.host, s.port, local_hostname=ours, timeout=s.timeout)

    def _greet(self, smtp: smtplib.SMTP) -> None:
        s = self._settings
        if s.security == "starttls":
            # Refused here means refused: falling back to plain text would show the password.
            smtp.starttls(context=self._context())
        smtp.ehlo_or_helo_if_needed()
        if s.username:
            smtp.login(s.username, s.password.get_secret_value())

    def _context(self) -> ssl.SSLContext:
        return self._trust or ssl.create_default_context(cafile=self._settings.certificate)


class _Line:
    """The connection that one message goes out by."""

    def __init__(self, idle: Callable[[], smtplib.SMTP | None], connect: Callable[[], smtplib.SMTP]) -> None:
        self.smtp: smtplib.SMTP | None = None
        self._idle, self._connect = idle, connect

    def ready(self) -> smtplib.SMTP:
        """A connection that lives: ours, else an idle one, else a new one; one dead one is waited for at the most."""
        self.smtp = self.smtp or self._idle()
        if self.smtp is not None:
            try:
                if self.smtp.rset()[0] == 250:
                    return self.smtp
            except (smtplib.SMTPException, OSError):
                pass  # a server may close an idle connection at any time; nothing was under way
            self.hang_up()
        self.smtp = self._connect()
        return self.smtp

    def hang_up(self) -> None:
        """Nothing more goes out by it."""
        smtp, self.smtp = self.smtp, None
        if smtp is not None:
            _goodbye(smtp)


def _goodbye(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError):
        smtp.close()


_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        "拒绝登录，请核对 settings.yaml 中 mail 的 username 与环境变量 MINQING_MAIL__PASSWORD",
    ),
    (smtplib.SMTPNotSupportedError, "不支持所设的加密或登录方式，请核对 settings.yaml 中 mail 的 security"),
    (FileNotFoundError, "的根证书文件找不到，请核对 settings.yaml 中 mail 的 certificate"),
    (ssl.SSLError, "未能建立加密连接，请核对 settings.yaml 中 mail 的 port、security 与 certificate"),
    (TimeoutError, "应答超时，请检查服务器与网络"),
    (ConnectionRefusedError, "拒绝连接，请确认服务器已启动、settings.yaml 中 mail 的 host 与 port 正确"),
    (smtplib.SMTPServerDisconnected, "中途断开了连接，邮件未确认送达"),
    (smtplib.SMTPResponseException, "不予接待，请联系邮件服务器管理员"),
    (Exception, "连接不上，请检查 settings.yaml 中 mail 的 host 与网络"),
)
"""First match wins. None repeats anything of the login."""


def _why(error: Exception) -> str:
    """What is wrong with the server, and what to do."""
    # smtplib turns a time-out while it waits for a reply into "disconnected".
    cause = error.__context__ if isinstance(error.__context__, TimeoutError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"的证书不可信（{certificates.why(cause)}；主机名见 settings.yaml 中 mail 的 host）"
    return next(sentence for kind, sentence in _SENTENCES if isinstance(cause, kind))


def _reply(code: int, said: bytes) -> str:
    """A server's reply in short, on one line."""
    return f"{code} {_line(said.decode('utf-8', 'replace'))}"[:_SAID].strip()


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _address(name: str, spec: str) -> Address | None:
    """One address, its domain in ASCII form, its local part also in UTF-8; None when it is none."""
    local, _, domain = spec.strip().rpartition("@")
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        if local.isascii():
            made = Address(_line(name), addr_spec=f"{local}@{plain}")
        else:
            # Checked as letters, because the parser of addr_spec takes ASCII alone.
            Address(addr_spec=f"{''.join(c if c.isascii() else 'x' for c in local)}@{plain}")
            made = Address(_line(name), username=local, domain=plain)
    except (ValueError, IndexError, MessageError):
        return None
    return made if made.username and made.domain else None


def _server_limit(smtp: smtplib.SMTP) -> int:
    """Bytes of a mail that the server announces to take (RFC 1870); 0 when it names none."""
    said = smtp.esmtp_features.get("size", "")
    return int(said) if said.isdigit() else 0


def _fitting(files: Sequence[Attachment], room: int) -> tuple[list[Attachment], list[Attachment]]:
    """Files that fit into `room` bytes together, in order, and the ones that stay behind."""
    fitting: list[Attachment] = []
    behind: list[Attachment] = []
    for file in files:
        fits = sum(len(f.content) for f in fitting) + len(file.content) <= room
        (fitting if fits else behind).append(file)
    return fitting, behind


def _fill(mail: EmailMessage, message: Message, behind: Sequence[Attachment]) -> None:
    """Text and page, each saying which file did not come along, and leading to the console."""
    named = "、".join(f"{_line(file.name)}（{len(file.content) / 2**20:.1f} MB）" for file in behind)
    note = f"附件过大，未能随信附上：{named}。请登录值班台下载。" if behind else ""
    mail.set_content(message.text + "".join(f"\n{line}\n" for line in (note, message.pointer) if line), cte="base64")
    if message.html:
        page, body, rest = message.html.rpartition("</body>")
        more = f"<p>{html.escape(note)}</p>" if note else ""
        more += _BUTTON.format(html.escape(message.link)) if message.link else ""
        mail.add_alternative(f"{page}{more}{body}{rest}" if body else message.html, subtype="html", cte="base64")


def _line(text: str) -> str:
    """On one line: a line break in a header would begin another header."""
    return " ".join(text.split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
