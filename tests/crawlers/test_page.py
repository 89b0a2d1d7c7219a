"""Bytes to text."""

import pytest

from crawlers.page import Page, Unreadable, decode

TEXT = "栖川区应急管理局关于东河路停水情况的说明，抢修预计今晚完成。"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode("utf-8-sig"), ""),
        (TEXT.encode("utf-16"), ""),
        (TEXT.encode("gbk"), "text/html; charset=GB2312"),
        (TEXT.encode("gb18030"), "text/html"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gbk">' + TEXT.encode("gbk"), ""),
        (b'<?xml version="1.0" encoding="GB18030"?>' + TEXT.encode("gb18030"), ""),
        ("東河路停水說明".encode("big5") + TEXT.encode("big5", "ignore"), "text/html; charset=big5"),
    ],
)
def test_a_page_is_read_in_its_own_encoding_without_complaint(body, header):
    text, complaint = decode(body, header=header)
    assert "停水" in text
    assert complaint is None


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode("gbk"), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=gb2312"),
        (b'<meta charset="utf-8">' + TEXT.encode("gb18030"), ""),
        (TEXT.encode("gbk"), "text/html; charset=iso-8859-7x"),
    ],
)
def test_a_wrong_declaration_is_seen_through_and_said(body, header):
    text, complaint = decode(body, header=header)
    assert TEXT in text
    assert "编码" in complaint
    assert "params.encoding" in complaint


def test_a_few_broken_bytes_are_dropped():
    text, _ = decode(TEXT.encode() * 3 + b"\xe5\x81" + TEXT.encode())
    assert text == TEXT * 4


def test_what_is_no_text_is_unreadable():
    with pytest.raises(Unreadable, match="编码"):
        decode(bytes(range(128, 256)) * 40)


def test_a_given_encoding_is_taken():
    assert Page(url="http://a.example/", body=TEXT.encode("big5", "ignore"), encoding="big5").text
