"""Dropped files."""

import csv
import io
import json
import os
import zipfile
from datetime import UTC, datetime

import pytest

from crawlers.model import Authority, Health, Source
from tests.contracts.crawl_store import MemoryCrawlStore
from tests.crawlers import reading
from tests.crawlers.reading import read

HEADER = ["工单编号", "标题", "诉求内容", "来电时间", "来电人", "联系电话"]
LINE = ["G1", "停水", "张伟民反映柳荫小区停水，电话13812345678", "2026-11-20 08:30", "张伟民", "13812345678"]


@pytest.fixture
def drop(tmp_path, monkeypatch):
    """Reads the folder; the kind is told by its path."""
    monkeypatch.setattr(reading, "SITE", "")

    def run(store=None, params=None):
        return read("file_drop", {}, params, path=str(tmp_path), authority=Authority.PUBLIC, store=store)

    return run


def book(*rows, shared=True):
    """A small XLSX file, with shared or inline strings."""
    strings, sheet = [], []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            place = f"{'ABCDEFGH'[column]}{number}"
            if value is None:
                continue
            if isinstance(value, float):
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
            elif shared:
                strings.append(f"<si><t>{value}</t><rPh><t>读音</t></rPh></si>")
                cells.append(f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>')
            else:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>')
        sheet.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        file.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{''.join(sheet)}</sheetData></worksheet>"
        )
        file.writestr("xl/sharedStrings.xml", f"<sst {space}>{''.join(strings)}</sst>")
    return body.getvalue()


def check_the_call(done):
    (post,) = done.posts
    assert post.title == "停水"
    assert post.text == "【用户】反映柳荫小区停水，电话【手机号】"
    assert post.published_at.isoformat() == "2026-11-20T00:30:00+00:00"
    assert post.voice
    written = repr(done.store.as_json())
    assert "张伟民" not in written
    assert "13812345678" not in written


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_exports_are_read(drop, tmp_path, encoding, mark):
    (tmp_path / "a.csv").write_text("\r\n".join(mark.join(row) for row in (HEADER, LINE)), encoding=encoding)
    check_the_call(drop())


@pytest.mark.parametrize("shared", [True, False])
def test_xlsx_exports_are_read(drop, tmp_path, shared):
    (tmp_path / "a.xlsx").write_bytes(book(HEADER, LINE, shared=shared))
    check_the_call(drop())


def test_excel_day_numbers_are_dates(drop, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(book(HEADER, [*LINE[:3], 46346.354166666664, *LINE[4:]]))
    check_the_call(drop())


def test_jsonl_is_read_and_a_broken_line_is_named_by_file_and_line(drop, tmp_path):
    good = json.dumps({"id": "1", "title": "停水", "text": "没水了", "author": "猫"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(f'{good}\n{{"id": \n[]\n\n{good.replace("1", "2", 1)}\n', encoding="utf-8")
    done = drop()
    assert (done.visit.new, done.visit.quarantined) == (2, 2)
    assert "文件 a.jsonl 第2行不是有效的 JSON" in done.problems
    assert "第3行不是 JSON 对象" in done.problems


def test_a_file_is_read_once_and_again_when_it_changes(drop, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "text": "没水了"}\n')
    first = drop()
    assert drop(first.store).visit.health is Health.UNCHANGED
    path.write_text('{"id": "1", "text": "没水了"}\n{"id": "2", "text": "有水了"}\n')
    os.utime(path, ns=(1, 1))
    again = drop(first.store)
    assert (again.visit.new, again.visit.duplicate) == (1, 1)


def test_own_column_names_can_be_given(drop, tmp_path):
    (tmp_path / "a.csv").write_text("号,说\n1,没水了\n", encoding="utf-8")
    assert drop(params={"columns": {"id": ["号"], "text": ["说"]}}).posts[0].text == "没水了"


def test_files_that_are_being_written_are_left_alone_and_others_are_named(drop, tmp_path):
    for name in (".a.jsonl", "a.jsonl.part", "a.tmp"):
        (tmp_path / name).write_text('{"text": "没水了"}\n')
    assert (drop().visit.health, drop().problems) == (Health.EMPTY, "")
    (tmp_path / "十一月导出13812345678.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert "十一月导出【手机号】.xls 不是" in drop().problems


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04not", book()[:200]])
def test_a_broken_book_is_named(drop, tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    done = drop()
    assert "文件 a.xlsx" in done.problems
    assert done.visit.health is Health.FAILING


def test_a_book_that_is_a_bomb_is_refused(drop, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(60):
            file.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 10_000_000)
    assert "解压后过大" in drop().problems


def test_a_missing_folder_is_said():
    source = Source(id="x", kind="file_drop", name="热线", url="/no/such/folder", authority=Authority.PUBLIC)
    assert source.params == {}
    done = read("file_drop", {}, path="/no/such/folder", store=MemoryCrawlStore())
    assert done.visit.health is Health.FAILING
    assert "文件夹" in done.problems


def test_neither_a_files_name_nor_its_place_column_brings_personal_data_in(drop, tmp_path):
    (tmp_path / "来电13812345678.jsonl").write_text('不是\n{"text": "没水了", "region": "张伟民13912345678"}\n')
    done = drop()
    assert "第1行" in done.problems
    written = done.problems + repr(done.posts) + repr(done.store.quarantined)
    assert [number for number in ("13812345678", "13912345678") if number in written] == []


TITLES = (["栖川区12345热线工单导出表"], ["制表单位：热线办", "", "", "", "制表日期：2026-11-20"])
ODD_HEADER = ["序号", "工单\n编号*", "工单标题（必填）", "诉求 描述", "受理时间：", "市民 姓名", "联系\n电话"]


def test_a_heading_may_stand_below_titles_and_be_written_oddly(drop, tmp_path):
    rows = [*TITLES, ODD_HEADER, ["1", *LINE]]
    (tmp_path / "a.xlsx").write_bytes(book(*rows))
    check_the_call(drop())


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_may_have_titles_too_and_texts_full_of_other_marks(drop, tmp_path, mark):
    text = LINE[2] + "，a,b,c;d;e\tf"
    body = io.StringIO()
    csv.writer(body, delimiter=mark).writerows([*TITLES, ODD_HEADER, ["1", *LINE[:2], text, *LINE[3:]]])
    (tmp_path / "a.csv").write_bytes(body.getvalue().encode("gb18030"))
    (post,) = drop().posts
    assert post.text == "【用户】反映柳荫小区停水，电话【手机号】，a,b,c;d;e f"


def test_without_known_names_the_first_row_is_the_heading(drop, tmp_path):
    (tmp_path / "a.csv").write_text("bh,ms\n1,柳荫小区停水\n", encoding="utf-8")
    params = {"columns": {"id": ["bh"], "text": ["ms"]}}
    assert [post.text for post in drop(params=params).posts] == ["柳荫小区停水"]


@pytest.mark.parametrize("heading", ["反映人", "来电人姓名", "客户", "当事人姓名"])
def test_whoever_a_column_names_is_taken_out_of_the_text(drop, tmp_path, heading):
    (tmp_path / "a.csv").write_text(f"工单编号,诉求内容,{heading}\n1,东河钓客说停水了,东河钓客\n", encoding="utf-8")
    assert [post.text for post in drop().posts] == ["【用户】说停水了"]


def test_the_day_number_of_a_sheet_is_a_whole_second(drop, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(book(HEADER[:4], [*LINE[:3], 46346.416666666664]))
    assert drop().posts[0].published_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
