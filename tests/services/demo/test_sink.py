import smtplib
from contextlib import contextmanager
from email.message import EmailMessage

import pytest

from services.demo.sink import Faults, MailSink


@contextmanager
def client(sink):
    line = smtplib.SMTP(sink.host, sink.port, timeout=5)
    try:
        yield line
    finally:
        line.close()


def mail(*to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "desk@qichuan.example"
    message["To"] = ", ".join(to)
    message["Subject"] = "首报"
    message.set_content("测试内容\n")
    return message


def test_an_accepted_mail_is_filed_once_a_recipient(tmp_path):
    with MailSink(tmp_path / "mail") as sink:
        with client(sink) as line:
            line.send_message(mail("a@duty.example", "b@duty.example"))

        assert [p.name for p in sink.mails()] == ["0001-a@duty.example.eml", "0002-b@duty.example.eml"]
        assert "=?utf-8?" in sink.mails()[0].read_text()
        assert list(sink.folder.glob("*.part")) == []


def test_a_restarted_sink_goes_on_counting(tmp_path):
    for _ in range(2):
        with MailSink(tmp_path) as sink, client(sink) as line:
            line.send_message(mail("a@duty.example"))

    assert [p.name[:4] for p in sink.mails()] == ["0001", "0002"]


def test_a_recipient_cannot_leave_the_folder(tmp_path):
    with MailSink(tmp_path / "mail") as sink:
        with client(sink) as line:
            line.sendmail("desk@qichuan.example", ["../../x@duty.example"], b"Subject: x\r\n\r\nx\r\n")

        assert [p.parent for p in sink.mails()] == [tmp_path / "mail"]


@pytest.mark.parametrize("code", [451, 554])
def test_a_refusal_is_told_and_nothing_is_filed(tmp_path, code):
    with MailSink(tmp_path, faults=Faults(reply=f"{code} no")) as sink, client(sink) as line:
        with pytest.raises(smtplib.SMTPDataError) as caught:
            line.send_message(mail("a@duty.example"))

        assert caught.value.smtp_code == code
        assert sink.mails() == []


def test_a_refused_recipient_does_not_hurt_the_others(tmp_path):
    with MailSink(tmp_path, faults=Faults(refused=frozenset({"gone@duty.example"}))) as sink, client(sink) as line:
        refused = line.send_message(mail("gone@duty.example", "a@duty.example"))

        assert list(refused) == ["gone@duty.example"]
        assert [p.name for p in sink.mails()] == ["0001-a@duty.example.eml"]


def test_hanging_up_in_data_loses_the_line_and_files_nothing(tmp_path):
    with MailSink(tmp_path, faults=Faults(hang_up=True, times=1)) as sink:
        with client(sink) as line, pytest.raises(smtplib.SMTPServerDisconnected):
            line.send_message(mail("a@duty.example"))
        with client(sink) as line:
            line.send_message(mail("a@duty.example"))

        assert len(sink.mails()) == 1


def test_a_slow_server_still_files_the_mail(tmp_path):
    with MailSink(tmp_path, faults=Faults(slow=0.05)) as sink, client(sink) as line:
        line.send_message(mail("a@duty.example"))

        assert len(sink.mails()) == 1
