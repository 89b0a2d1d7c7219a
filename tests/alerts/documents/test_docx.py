import io
import re
import zipfile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.documents import layout, pictures
from alerts.documents.docx import render
from alerts.documents.errors import DocumentError
from alerts.documents.paper import Column, Heading, Paragraph, Table
from tests.alerts.documents.samples import HEAD, MARK, as_docx, long_text, paper, picture, table
from tests.fonts import needs_chinese_font


def face(run):
    return run._r.rPr.rFonts.get(qn("w:eastAsia"))


def part(of, name):
    return zipfile.ZipFile(io.BytesIO(render(of))).read(name).decode()


def test_the_sheet_is_a4_with_the_margins_of_the_standard_mirrored_for_two_sides():
    made = as_docx(paper())
    (section,) = made.sections
    near = pytest.approx
    assert (section.page_width.mm, section.page_height.mm) == near(layout.SHEET, abs=0.1)
    assert (section.top_margin.mm, section.left_margin.mm) == near((37, 28), abs=0.1)
    assert (section.page_width - section.left_margin - section.right_margin) / Mm(1) == near(156, abs=0.1)
    assert (section.page_height - section.top_margin - section.bottom_margin) / Mm(1) == near(225, abs=0.1)
    assert made.settings.element.find(qn("w:mirrorMargins")) is not None


def test_22_lines_of_28_characters_fill_the_text_block():
    made = as_docx(paper(long_text(3)))
    line = next(p for p in made.paragraphs if p.text.startswith("字字"))
    assert line.paragraph_format.line_spacing == Pt(layout.PITCH)
    assert 22 * layout.PITCH <= 225 * layout.POINTS_PER_MM < 22 * (layout.PITCH + 0.1)
    (run,) = line.runs
    closer = int(run._r.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (run.font.size.pt + closer) <= 156 * layout.POINTS_PER_MM < 29 * (run.font.size.pt + closer)
    assert line.paragraph_format.first_line_indent.pt == pytest.approx(2 * layout.ADVANCE, abs=0.05)


def test_faces_are_those_of_the_standard_each_with_what_takes_its_place():
    made = as_docx(paper())
    said = {p.text: p for p in reversed(made.paragraphs)}
    runs = {text: said[text].runs[0] for text in (MARK, HEAD.office, "关于示范区永固仓库火灾的首报", "一、事件")}
    assert [face(run) for run in runs.values()] == ["黑体", "方正小标宋简体", "方正小标宋简体", "黑体"]
    assert runs["关于示范区永固仓库火灾的首报"].font.size.pt == 22
    body = said["示范区永固仓库火灾"].runs[0]
    assert (face(body), body.font.size.pt) == ("仿宋_GB2312", 16)
    fonts = part(paper(), "word/fontTable.xml")
    assert re.search('w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,[^"]+"', fonts)


def test_the_page_number_is_a_field_in_the_outer_corner():
    section = as_docx(paper()).sections[0]
    for footer, to in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        (line,) = footer.paragraphs
        assert line.alignment == to
        assert line.text.replace("PAGE", "1") in {"— 1 —", "—  —"}
        assert "PAGE" in line._p.xml
        assert (face(line.runs[0]), line.runs[0].font.size.pt) == ("宋体", 14)


def test_a_heading_stays_with_its_text_and_the_last_words_with_the_signature():
    made = as_docx(
        paper(Heading(text="一、事件"), Paragraph(text="甲"), Heading(text="二、时间"), Paragraph(text="乙"))
    )
    kept = {p.text: p.paragraph_format.keep_with_next for p in made.paragraphs}
    assert (kept["一、事件"], kept["二、时间"], kept["乙"]) == (True, True, True)
    assert not kept["甲"]
    assert kept["2026年11月3日"]
    assert made.paragraphs[-2].text == "2026年11月3日"


def test_tables_keep_their_width_their_rows_and_their_header():
    made = as_docx(paper(table(40))).tables[0]
    assert sum(column.width for column in made.columns) / Mm(1) == pytest.approx(156, abs=0.1)
    assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in made.rows)
    assert [cell.text for cell in made.rows[3].cells] == ["类别2", "2"]
    assert made.rows[3].cells[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_a_line_may_end_between_the_marks_of_evidence_in_a_cell():
    of = Table(columns=(Column(title="待核实"),), rows=(("5人（#c56ccdc7、#e6a8b552、#e06f2c03等4条）",),))
    (cell,) = as_docx(paper(of)).tables[0].rows[1].cells
    assert cell.text.split("\u200b") == ["5人（#c56ccdc7、", "#e6a8b552、", "#e06f2c03等4条）"]


def test_the_imprint_stands_at_the_foot_of_the_last_page():
    imprint = as_docx(paper()).tables[-1]
    assert [row.cells[0].text for row in imprint.rows] == [
        "抄送：区应急管理局，区政府办公室。",
        "示范区民情值班台\t2026年11月3日印发",
    ]
    where = imprint._tbl.tblPr.find(qn("w:tblpPr"))
    assert (where.get(qn("w:vertAnchor")), where.get(qn("w:tblpYSpec"))) == ("margin", "bottom")


@needs_chinese_font
def test_a_chart_is_a_picture_with_words_for_who_cannot_see_it():
    made = as_docx(paper(picture()))
    (shape,) = made.inline_shapes
    assert shape.width / Mm(1) == pytest.approx(140, abs=0.1)
    assert shape._inline.docPr.get("descr") == "各级事件数：Ⅲ级2件"


def test_a_chart_that_cannot_be_drawn_is_told_in_words(monkeypatch):
    def none(_):
        raise DocumentError("本机没有可用的中文字体。")

    monkeypatch.setattr(pictures, "png", none)
    made = as_docx(paper(picture()))
    assert not made.inline_shapes
    assert "各级事件数：Ⅲ级2件。" in [p.text for p in made.paragraphs]


def test_equal_papers_give_equal_bytes_and_nothing_of_the_package_is_left():
    assert render(paper()) == render(paper())
    core = as_docx(paper()).core_properties
    assert (core.author, core.title, core.comments) == (HEAD.office, "关于示范区永固仓库火灾的首报", "")
    assert core.created.isoformat().startswith("2026-11-03T04:00:00")


@settings(max_examples=40)
@given(st.text(max_size=50))
def test_whatever_somebody_wrote_can_be_opened_again(text):
    made = as_docx(paper(Paragraph(text=f"起{text}讫")))
    assert any(p.text.startswith("起") and p.text.endswith("讫") for p in made.paragraphs)
