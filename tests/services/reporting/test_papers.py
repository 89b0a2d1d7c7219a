"""What goes with a mail: real mails over real SMTP."""

import email
import email.policy

import pytest

from alerts.documents import fonts, pdf
from alerts.documents.errors import DocumentError
from services.reporting import papers
from services.sending import delivery
from tests.fonts import needs_chinese_font
from tests.services.desk import a_fire, a_folder, opened, tell


def mails(sink, tmp_path, **settings):
    """The fire's first mails, as a desk with these settings sends them."""
    with opened(a_folder(tmp_path / "desk", mail=sink.port, **settings)) as service:
        tell(service, *a_fire("a", "b", "c"))
        while delivery.deliver(service):
            pass
    files = sorted((tmp_path / "mail").glob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def endings(mail):
    return [part.get_filename().rpartition(".")[2] for part in mail.iter_attachments()]


@needs_chinese_font
def test_a_report_goes_with_its_docx_and_pdf(sink, tmp_path):
    found = mails(sink, tmp_path)
    assert found
    for mail in found:
        word, page = mail.iter_attachments()
        assert word.get_filename() == "首报〔2026〕1号 关于永固仓库火灾的首报.docx"
        assert (word.get_content()[:2], page.get_content()[:5]) == (b"PK", b"%PDF-")


@pytest.mark.parametrize(("attach", "wanted"), [("[]", []), ("[docx]", ["docx"])])
def test_the_settings_say_which_files_go_with_it(sink, tmp_path, attach, wanted):
    for mail in mails(sink, tmp_path, papers=f"{{attach: {attach}}}"):
        assert endings(mail) == wanted


def test_without_a_chinese_typeface_the_mail_goes_without_its_pdf(sink, tmp_path, monkeypatch):
    def none():
        raise DocumentError("本机没有可用的中文字体。")

    monkeypatch.setattr(fonts, "chosen", none)
    with opened(a_folder(tmp_path / "said")) as service:
        assert papers.lacking(service) == "本机没有可用的中文字体。在此之前邮件照常发送，不附 PDF。"
    with opened(a_folder(tmp_path / "none wanted", papers="{attach: [docx]}")) as service:
        assert papers.lacking(service) == ""
    found = mails(sink, tmp_path)
    assert found
    assert {tuple(endings(mail)) for mail in found} == {("docx",)}


def test_a_file_that_breaks_by_a_fault_of_ours_does_not_hold_up_the_mail(sink, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(pdf, "compiled", broken)
    found = mails(sink, tmp_path)
    assert found
    assert {tuple(endings(mail)) for mail in found} == {("docx",)}


@needs_chinese_font
def test_a_report_to_many_people_is_set_once(sink, tmp_path, monkeypatch):
    made = []
    real = pdf.compiled
    monkeypatch.setattr(pdf, "compiled", lambda *args, **more: made.append(1) or real(*args, **more))
    found = mails(sink, tmp_path, papers='{office: "一个别处没有的机关"}')
    assert len(found) > 1
    assert len(made) == 1
