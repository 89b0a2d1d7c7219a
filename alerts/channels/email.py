"""E-mail over SMTP: one connection for many messages, every failure sorted into "later" and "never"."""

import hashlib
import smtplib
import ssl
import threading
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Protocol

from alerts.errors import DeliveryError, Permanent, Transient
from alerts.model import Message

_LOGIN_WANTED = frozenset({530, 534, 535, 538})
"""Replies that speak of our login, not of the recipient (RFC 4954): mending the settings sends the mail."""
_TOO_LARGE = 552
_KEPT = "；邮件保留，稍后自动重试。"
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


class EmailChannel:
    """Mail by one server. The connection stays open between messages; threads take turns.

    `trust` replaces the system's certificates (a private authority's server).
    """

    name = "email"

    def __init__(self, settings: MailSettings, trust: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._sender = _address(*parseaddr(settings.sender))
        self._domain = self._sender.domain if self._sender else "localhost"
        self._server = f"邮件服务器 {settings.host}:{settings.port}"
        self._trust = trust
        self._smtp: smtplib.SMTP | None = None
        self._turn = threading.Lock()

    def send(self, message: Message) -> None:
        """Returns when the server has taken the mail.

        Raises Permanent when the server refuses this recipient or this mail for good, Transient for all else:
        also for what a person has to mend (login, certificate, sender), because no mail may be lost to it.
        """
        mail = self.compose(message)
        with self._turn:
            try:
                self._hand_over(mail)
            except Transient:
                self._hang_up()
                raise
            except (smtplib.SMTPException, OSError, UnicodeError) as error:
                self._hang_up()
                raise Transient(f"{self._server} {_why(error)}{_KEPT}") from error

    def close(self) -> None:
        """Say goodbye and let go of the connection; the next `send` opens another."""
        with self._turn:
            self._hang_up()

    def compose(self, message: Message) -> EmailMessage:
        """The mail itself; equal messages give equal bytes. Raises Permanent when the address is none."""
        recipient = _address(message.recipient_name, message.address)
        if self._sender is None:
            raise Transient(
                f"发件人“{self._settings.sender}”不是邮箱地址，请改正 settings.yaml 中 mail 的 sender{_KEPT}"
            )
        if recipient is None:
            raise Permanent(
                f"“{message.recipient_name}”的邮箱“{_line(message.address)}”不是可用的地址，"
                f"请在 roster.yaml 中改正，或改用其他渠道。"
            )
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self._sender
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
        mail.set_content(message.text, cte="base64")
        if message.html:
            mail.add_alternative(message.html, subtype="html", cte="base64")
            mail.set_boundary(f"=_{_digest(message.key)}")
        return mail

    def _id(self, kind: str, key: str) -> str:
        return f"<{kind}.{_digest(key)}@{self._domain}>"

    def _hand_over(self, mail: EmailMessage) -> None:
        """One SMTP transaction, step by step, because what a refusal means depends on the step."""
        smtp, content = self._ready(), mail.as_bytes()
        sender, recipient = (mail[name].addresses[0].addr_spec for name in ("From", "To"))
        code, said = smtp.mail(sender, [f"size={len(content)}"] if smtp.has_extn("size") else [])
        if code == _TOO_LARGE:
            raise Permanent(f"{self._server} 拒收：邮件过大（{len(content)}字节）。请改用其他渠道。")
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
        if code != 250:
            raise self._refusal(code, "此邮件", said, "请联系邮件服务器管理员")

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

    def _ready(self) -> smtplib.SMTP:
        """The open connection where it still lives, else a new one."""
        if self._smtp is not None:
            try:
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass  # a server may close an idle connection at any time; nothing was under way
            self._hang_up()
        self._smtp = self._connect()
        return self._smtp

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
        return self._trust or ssl.create_default_context()

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
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
    (ssl.SSLCertVerificationError, "的证书不可信，请核对 settings.yaml 中 mail 的 host，或请管理员更换证书"),
    (ssl.SSLError, "未能建立加密连接，请核对 settings.yaml 中 mail 的 port 与 security"),
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
    return next(sentence for kind, sentence in _SENTENCES if isinstance(cause, kind))


def _reply(code: int, said: bytes) -> str:
    """A server's reply in short, on one line."""
    return f"{code} {_line(said.decode('utf-8', 'replace'))}"[:_SAID].strip()


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _address(name: str, spec: str) -> Address | None:
    """One address, its domain in ASCII form; None when it is none or needs what few servers speak."""
    local, _, domain = spec.strip().rpartition("@")
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        made = Address(_line(name), addr_spec=f"{local}@{plain}")
    except (ValueError, IndexError, MessageError):
        return None
    return made if local.isascii() and made.username and made.domain else None


def _line(text: str) -> str:
    """On one line: a line break in a header would begin another header."""
    return " ".join(text.split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
