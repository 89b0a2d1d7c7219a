import ssl
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from alerts.channels.email import EmailChannel
from alerts.errors import Permanent, Transient
from alerts.model import Attachment
from tests.alerts.channels.smtp_server import PASSWORD, USER, SmtpServer
from tests.builders import NOON, at
from tests.contracts.channel import MESSAGE, ChannelContract

AUTH_IN_PLAIN = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@dataclass(frozen=True, kw_only=True)
class Settings:
    port: int
    host: str = "127.0.0.1"
    security: str = "none"
    username: str = ""
    password: SecretStr = field(default_factory=lambda: SecretStr(""))
    sender: str = "民情值班台 <minqing@town.example>"
    timeout: float = 2
    certificate: Path | None = None
    attachment_mb: float = 10


class SmtpFarSide:
    def __init__(self, server):
        self.server = server

    def received(self):
        return [mail["X-Minqing-Key"] for mail in self.server.mails]

    def refuse_for_now(self):
        self.server.fault["DATA"] = "451 4.3.0 try again later"

    def refuse_for_good(self):
        self.server.fault["RCPT"] = "550 5.1.1 no such mailbox"

    def break_off(self):
        self.server.fault["DATA"] = "close mid-way"

    def stall(self):
        self.server.fault["DATA"] = "wait"

    def behave(self):
        self.server.fault.clear()

    def stop(self):
        self.server.stop()


@pytest.fixture
def serve():
    """Start servers that are stopped in the end."""
    started = []

    def start(**options):
        started.append(SmtpServer(**options))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def server(serve):
    return serve()


@pytest.fixture
def connect():
    """Open channels that are closed in the end."""
    opened = []

    def open_(server, trust=None, **settings):
        opened.append(EmailChannel(Settings(port=server.port, **settings), trust))
        return opened[-1]

    yield open_
    for channel in opened:
        channel.close()


@pytest.fixture
def channel(connect, server):
    return connect(server)


@pytest.fixture
def far_side(server):
    return SmtpFarSide(server)


class TestEmailChannel(ChannelContract):
    pass


def test_a_mail_leads_to_the_console_in_text_and_page(channel, server):
    link = "http://10.0.0.5:8000/events/3f0c9a1e?a=1&b=2"
    channel.send(replace(MESSAGE, html="<html><body><p>正文</p></body></html>", link=link))
    channel.send(replace(MESSAGE, key="other", html="<html><body><p>正文</p></body></html>"))
    led, plain = server.mails
    assert led.get_body(["plain"]).get_content().splitlines()[-1] == f"在值班台打开：{link}"
    page = led.get_body(["html"]).get_content()
    assert '<a href="http://10.0.0.5:8000/events/3f0c9a1e?a=1&amp;b=2"' in page
    assert page.index("正文") < page.index("在值班台打开") < page.index("</body>")
    assert "值班台打开" not in plain.as_string() + plain.get_body(["html"]).get_content()


def test_a_mail_is_complete_and_in_utf_8(channel, server):
    channel.send(MESSAGE)
    (mail,) = server.mails
    assert mail["Subject"] == MESSAGE.subject
    assert mail["To"] == "值班员甲 <duty@town.example>"
    assert mail["From"] == "民情值班台 <minqing@town.example>"
    assert mail["Date"].datetime == NOON
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().splitlines() == MESSAGE.text.splitlines()
    assert MESSAGE.html in mail.get_body(("html",)).get_content()


def test_a_mail_without_html_is_plain_text(channel, server):
    channel.send(replace(MESSAGE, html=""))
    assert server.mails[0].get_content_type() == "text/plain"


def test_the_message_id_hangs_on_the_key_alone_and_mails_of_one_alert_on_one_thread(channel):
    first = channel.compose(MESSAGE)
    retry = channel.compose(replace(MESSAGE, at=at(1)))
    other = channel.compose(replace(MESSAGE, key="other"))
    elsewhere = channel.compose(replace(MESSAGE, thread="another alert"))
    assert first["Message-ID"] == retry["Message-ID"] != other["Message-ID"]
    assert first["References"] == first["In-Reply-To"] == other["References"] != elsewhere["References"]
    assert first["References"] != first["Message-ID"]


def test_equal_messages_give_equal_bytes(channel):
    assert channel.compose(MESSAGE).as_bytes() == channel.compose(MESSAGE).as_bytes()


@given(subject=st.text(), name=st.text(), text=st.text(), key=st.text(min_size=1))
def test_no_text_can_add_a_header(subject, name, text, key):
    clean = [s.encode("utf-8", "ignore").decode() for s in (subject, name, text, key)]
    channel = EmailChannel(Settings(port=25))
    fields = dict(zip(("subject", "recipient_name", "text", "key"), clean, strict=True))
    mail = channel.compose(replace(MESSAGE, **fields))
    head = mail.as_bytes().split(b"\r\n\r\n")[0]
    names = {line.split(b":")[0].lower() for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))}
    assert names <= {name.lower().encode() for name in mail}
    assert len(mail.keys()) == len(channel.compose(MESSAGE).keys())


def test_one_connection_serves_many_mails(channel, server):
    for number in range(5):
        channel.send(replace(MESSAGE, key=str(number)))
    assert len(server.mails) == 5
    assert server.connections == 1


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(channel, server):
    channel.send(MESSAGE)
    server.fault["RSET"] = "close"
    channel.send(replace(MESSAGE, key="second"))
    assert [mail["X-Minqing-Key"] for mail in server.mails] == [MESSAGE.key, "second"]
    assert server.connections == 2


def test_of_many_connections_that_have_died_a_mail_waits_for_one(connect, serve):
    server = serve()
    channel = connect(server, timeout=0.3)
    channel._idle += [channel._connect() for _ in range(3)]
    server.fault["RSET"] = "wait"
    channel.send(MESSAGE)
    assert len(server.mails) == 1
    assert (server.connections, len(channel._idle)) == (4, 3)


def test_a_refused_recipient_does_not_cost_the_connection(channel, server):
    server.fault["RCPT"] = "550 5.1.1 no such mailbox"
    with pytest.raises(Permanent, match=r"127\.0\.0\.1:\d+ 拒收收件人 duty@town\.example（550 .*roster\.yaml"):
        channel.send(MESSAGE)
    server.fault.clear()
    channel.send(MESSAGE)
    assert server.connections == 1


@pytest.mark.parametrize(
    ("stage", "answer", "kind", "says"),
    [
        ("banner", "554 5.3.2 no service here", Transient, "不予接待"),
        ("MAIL", "451 4.3.0 busy", Transient, "sender"),
        ("MAIL", "530 5.7.0 authentication required", Transient, "username"),
        ("MAIL", "553 5.7.1 sender not owned", Transient, "sender"),
        ("MAIL", "552 5.3.4 too big", Permanent, "过大"),
        ("MAIL", "close", Transient, "断开"),
        ("MAIL", "wait", Transient, "超时"),
        ("RCPT", "450 4.2.1 greylisted", Transient, "暂不接收收件人"),
        ("RCPT", "421 4.7.0 closing", Transient, "暂不接收收件人"),
        ("RCPT", "530 5.7.0 authentication required", Transient, "要求登录"),
        ("RCPT", "553 5.1.3 bad mailbox", Permanent, "拒收收件人"),
        ("DATA", "at once 451 4.3.0 busy", Transient, "暂不接收此邮件"),
        ("DATA", "at once 554 5.5.1 no valid recipients", Permanent, "拒收此邮件"),
        ("DATA", "452 4.3.1 disk full", Transient, "暂不接收此邮件"),
        ("DATA", "554 5.7.1 spam", Permanent, "拒收此邮件"),
        ("DATA", "close", Transient, "未确认送达"),
        ("DATA", "close mid-way", Transient, "未确认送达"),
        ("DATA", "wait", Transient, "超时"),
    ],
)
def test_every_fault_is_sorted_named_and_survived(channel, server, stage, answer, kind, says):
    server.fault[stage] = answer
    with pytest.raises(kind, match=rf"邮件服务器 127\.0\.0\.1:{server.port} .*{says}"):
        channel.send(MESSAGE)
    assert server.mails == []
    server.fault.clear()
    channel.send(MESSAGE)
    assert len(server.mails) == 1


def test_a_mail_over_the_servers_limit_is_refused_for_good(connect, serve):
    with pytest.raises(Permanent, match="过大"):
        connect(serve(size=1000)).send(MESSAGE)


def test_a_server_that_came_back_is_used_again(connect, serve):
    first = serve()
    channel = connect(first)
    first.stop()
    with pytest.raises(Transient, match="拒绝连接"):
        channel.send(MESSAGE)
    second = serve()
    channel._settings = Settings(port=second.port)
    channel.send(MESSAGE)
    assert len(second.mails) == 1


def test_a_host_that_cannot_be_found_is_transient():
    with pytest.raises(Transient, match="host"):
        EmailChannel(Settings(port=25, host="no-such-host.invalid")).send(MESSAGE)


def test_a_sender_that_is_no_address_keeps_the_mail():
    with pytest.raises(Transient, match="sender"):
        EmailChannel(Settings(port=25, sender="值班台")).send(MESSAGE)


@pytest.mark.parametrize("address", ["", "duty", "duty@", "@town.example", "值 班@town.example", "a b@town.example"])
def test_an_address_that_is_none_is_permanent(channel, address):
    with pytest.raises(Permanent, match="值班员甲"):
        channel.send(replace(MESSAGE, address=address))


def test_a_chinese_domain_is_written_in_ascii(channel, server):
    channel.send(replace(MESSAGE, address="duty@示范.example"))
    assert server.mails[0]["To"].addresses[0].domain == "xn--biz93r.example"


@AUTH_IN_PLAIN
def test_login_by_name_and_password(connect, serve):
    server = serve(login=True)
    connect(server, username=USER, password=SecretStr(PASSWORD)).send(MESSAGE)
    assert len(server.mails) == 1


@AUTH_IN_PLAIN
@pytest.mark.parametrize("password", ["wrong-secret", "密码"])
def test_a_rejected_login_keeps_the_mail_and_tells_no_secret(connect, serve, password, caplog, capsys):
    channel = connect(serve(login=True), username=USER, password=SecretStr(password))
    with pytest.raises(Transient, match=r"mail 的|MINQING_MAIL__PASSWORD") as caught:
        channel.send(MESSAGE)
    said = "".join((str(caught.value), repr(channel._settings), caplog.text, *capsys.readouterr()))
    assert password not in said


def test_a_login_that_the_server_does_not_offer_keeps_the_mail(connect, server):
    with pytest.raises(Transient, match="登录方式"):
        connect(server, username=USER, password=SecretStr(PASSWORD)).send(MESSAGE)


def test_starttls_that_the_server_does_not_offer_never_falls_back_to_plain_text(connect, server):
    with pytest.raises(Transient, match="security"):
        connect(server, security="starttls").send(MESSAGE)
    assert server.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_mail_arrives(connect, serve, certificate, security):
    ours, trust = certificate
    server = serve(context=ours, implicit_tls=security == "tls")
    connect(server, trust, security=security, timeout=5).send(MESSAGE)
    assert len(server.mails) == 1


def test_a_private_authority_is_trusted_when_its_certificate_is_in_the_settings(connect, serve, certificate, tmp_path):
    ours, trust = certificate
    path = tmp_path / "root.pem"
    path.write_text(ssl.DER_cert_to_PEM_cert(trust.get_ca_certs(binary_form=True)[0]))
    server = serve(context=ours, implicit_tls=True)
    connect(server, security="tls", timeout=5, certificate=path).send(MESSAGE)
    assert len(server.mails) == 1
    with pytest.raises(Transient, match=r"根证书文件找不到.*certificate"):
        connect(server, security="tls", timeout=5, certificate=tmp_path / "none.pem").send(MESSAGE)


def test_threads_send_side_by_side_each_over_a_connection_that_stays_open(connect, serve):
    server = serve()
    channel = connect(server, timeout=5)
    together = threading.Barrier(3)

    def send(thread):
        for number in range(10):
            together.wait(10)
            channel.send(replace(MESSAGE, key=f"{thread}-{number}"))

    threads = [threading.Thread(target=send, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    keys = [mail["X-Minqing-Key"] for mail in server.mails]
    assert sorted(keys) == sorted(f"{t}-{n}" for t in "abc" for n in range(10))
    assert server.connections <= 3


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_keeps_the_mail(connect, serve, certificate, security):
    server = serve(context=certificate[0], implicit_tls=security == "tls")
    with pytest.raises(Transient, match=r"证书不可信（对方用的是自签证书.*请"):
        connect(server, security=security, timeout=5).send(MESSAGE)
    assert server.mails == []


@pytest.mark.parametrize(("made", "says"), [("elsewhere", "主机名|IP 地址"), ("expired", "已过期")])
def test_a_certificate_that_does_not_fit_is_told_with_the_way_out(connect, serve, certificates, made, says):
    ours, trust = certificates(made)
    with pytest.raises(Transient, match=rf"证书.*({says}).*请"):
        connect(serve(context=ours, implicit_tls=True), trust, security="tls", timeout=5).send(MESSAGE)


def test_tls_against_a_server_that_speaks_plain_text_keeps_the_mail(connect, server):
    with pytest.raises(Transient, match=r"security|超时"):
        connect(server, security="tls").send(MESSAGE)


class TestAttachments:
    FILES = (
        Attachment(name="首报〔2026〕3号.docx", media_type="application/vnd.x-docx", content=b"d" * 3000),
        Attachment(name="首报〔2026〕3号.pdf", media_type="application/pdf", content=b"p" * 2000),
    )
    WITH = replace(MESSAGE, attachments=FILES, html="<html><body><p>示范区仓库火灾</p></body></html>")

    def arrived(self, server):
        (mail,) = server.mails
        return mail, {p.get_filename(): p.get_content() for p in mail.iter_attachments()}

    def test_they_arrive_whole_under_their_chinese_names(self, channel, server):
        channel.send(self.WITH)
        mail, files = self.arrived(server)
        assert files == {file.name: file.content for file in self.FILES}
        assert mail.get_body(("plain",)).get_content().splitlines() == MESSAGE.text.splitlines()
        assert "示范区仓库火灾" in mail.get_body(("html",)).get_content()

    def test_a_plain_mail_may_carry_them_too(self, channel, server):
        channel.send(replace(self.WITH, html=""))
        assert len(self.arrived(server)[1]) == 2

    def test_equal_mails_are_equal_bytes(self, channel):
        assert channel.compose(self.WITH).as_bytes() == channel.compose(self.WITH).as_bytes()

    def test_what_is_over_the_channels_limit_stays_behind_and_the_mail_says_so(self, server):
        channel = EmailChannel(Settings(port=server.port), attachment_limit=2500)
        channel.send(self.WITH)
        channel.close()
        mail, files = self.arrived(server)
        assert list(files) == ["首报〔2026〕3号.pdf"]
        for kind in ("plain", "html"):
            said = mail.get_body((kind,)).get_content()
            assert "附件过大，未能随信附上：首报〔2026〕3号.docx（0.0 MB）。请登录值班台下载。" in said

    def test_what_the_server_announces_as_too_large_stays_behind(self, connect, serve):
        server = serve(size=12_000)
        connect(server).send(self.WITH)
        mail, files = self.arrived(server)
        assert files == {}
        assert "未能随信附上" in mail.get_body(("plain",)).get_content()

    @pytest.mark.parametrize("stage", ["MAIL", "DATA"])
    def test_what_the_server_finds_too_large_goes_again_without(self, channel, server, stage):
        refused = []

        async def answer(_server, at, good="250 OK"):
            if at == stage and not refused:
                refused.append(at)
                return "552 5.3.4 too big"
            return good

        server._answer = answer
        channel.send(self.WITH)
        assert self.arrived(server)[1] == {}
        assert server.connections == 1


def test_a_chinese_mailbox_is_written_where_the_server_speaks_it(channel, server):
    channel.send(replace(MESSAGE, address="值班@示范.example"))
    channel.send(MESSAGE)
    assert server.recipients == ["值班@xn--biz93r.example", "duty@town.example"]
    head = server.mails[0]["To"].encode("utf-8", "surrogateescape").decode()
    assert head == "值班员甲 <值班@xn--biz93r.example>"


def test_a_chinese_mailbox_is_refused_with_the_way_out_where_it_is_not_spoken(connect, serve):
    with pytest.raises(Permanent, match=r"不支持含中文的邮箱名.*值班@town\.example.*请"):
        connect(serve(utf8=False)).send(replace(MESSAGE, address="值班@town.example"))
