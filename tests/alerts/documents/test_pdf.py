from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.documents import layout
from alerts.documents.paper import Heading, Letterhead, Paragraph
from alerts.documents.pdf import render
from tests.alerts.documents.samples import HEAD, MARK, as_pdf, lines, long_text, paper, picture, table
from tests.builders import NOON
from tests.fonts import needs_chinese_font

pytestmark = needs_chinese_font
MM = 72 / 25.4
WIDTH, HEIGHT = (side * MM for side in layout.SHEET)


def body(page):
    """Lines of the body's size alone."""
    return [line for line in lines(page) if line[2] == layout.BODY]


def test_the_sheet_is_a4_and_the_text_block_lies_as_the_standard_asks():
    page = as_pdf(paper(long_text(60))).pages[1]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((WIDTH, HEIGHT), abs=0.1)
    rows = body(page)
    # On an even page the binding edge is at the right.
    assert rows[0][0] == pytest.approx(layout.OUTER * MM, abs=0.1)
    top, foot = rows[0][1] + 0.88 * layout.BODY, rows[-1][1] - 0.12 * layout.BODY
    assert HEIGHT - top == pytest.approx(layout.TOP * MM, abs=0.1)
    assert foot >= layout.BOTTOM * MM - 0.1


def test_a_page_holds_22_lines_of_28_characters():
    pages = as_pdf(paper(long_text(60))).pages
    rows = body(pages[1])
    assert [len(text) for _, _, _, text in rows] == [28] * 22
    gaps = {round(above[1] - below[1], 2) for above, below in pairwise(rows)}
    assert gaps == {round(layout.PITCH, 2)}


def test_odd_pages_are_bound_at_the_left_and_numbered_at_the_right():
    first, second = as_pdf(paper(long_text(30))).pages[:2]
    (odd,), (even,) = ([line for line in lines(page) if "—" in line[3]] for page in (first, second))
    assert min(line[0] for line in body(first)) == pytest.approx(layout.BINDING * MM, abs=0.1)
    assert odd[0] > WIDTH / 2 > even[0]
    assert (odd[2], odd[3], even[3]) == (layout.SMALL, "—1—", "—2—")


def test_the_first_line_says_how_sure_it_is_and_the_head_and_title_follow():
    page = as_pdf(paper()).pages[0]
    found = lines(page)
    assert found[0][3] == MARK
    said = {text: size for _, _, size, text in found}
    assert said["关于示范区永固仓库火灾的首报"] == layout.TITLE
    assert "首报〔2026〕3号" in said
    (office,) = [line for line in found if line[3] == HEAD.office and line[2] > layout.TITLE]
    assert HEIGHT - office[1] > (layout.TOP + layout.OFFICE_FROM_TOP) * MM


def test_every_face_is_inside():
    for page in as_pdf(paper(Heading(text="一、事件"), Paragraph(text="死亡≥3人（#ab12cd34）"), table(1))).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in described)


@pytest.mark.parametrize("lines_of_text", range(8, 34))
def test_the_signature_never_stands_alone_and_the_imprint_closes_the_last_page(lines_of_text):
    """Through every way in which a text can end on a page."""
    texts = [Paragraph(text=f"第{n}项情况") for n in range(lines_of_text)]
    last = as_pdf(paper(*texts)).pages[-1]
    found = lines(last)
    said = [text for _, _, _, text in found]
    assert f"第{lines_of_text - 1}项情况" in said
    assert HEAD.office in said
    assert any(text.startswith("抄送：区应急管理局，区政府办公室。") for text in said)
    (imprint,) = {round(y, 1) for _, y, _, text in found if text.endswith("印发")}
    assert layout.BOTTOM * MM < imprint < layout.BOTTOM * MM + 15


def test_the_header_of_a_long_table_is_on_each_of_its_pages():
    pages = [page.extract_text() for page in as_pdf(paper(table(80))).pages]
    with_rows = [text for text in pages if "类别7" in text or "类别40" in text]
    assert len(with_rows) > 1
    assert all("人数" in text for text in with_rows)


def test_nothing_leaves_the_sheet():
    wide = paper(
        Paragraph(text="x" * 400),
        Paragraph(text="https://example.gov/" + "a" * 200),
        table(3),
        picture(),
        letterhead=Letterhead(office="示" * 40, copies=("区应急管理局",) * 30),
        title="关于" + "示范区" * 20 + "的首报",
    )
    for page in as_pdf(wide).pages:
        for x, y, _, _ in lines(page):
            assert 0 < x < WIDTH - layout.OUTER * MM / 2
            assert 0 < y < HEIGHT


def test_a_report_is_signed_at_any_moment():
    moment = NOON + timedelta(seconds=1, microseconds=27040)
    made = as_pdf(paper(signed_at=moment))
    assert made.metadata.creation_date == moment.replace(microsecond=0)


def test_equal_papers_give_equal_bytes():
    assert render(paper()) == render(paper())


@settings(max_examples=15)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_nothing_that_somebody_wrote_is_markup(text):
    """`#`, `$`, `*` and brackets are Typst's."""
    wanted = f"#let x = 1 $a$ *重* \\ [x] {text}"
    made = as_pdf(paper(Paragraph(text=wanted))).pages[0].extract_text()
    assert "".join(wanted.split()) in "".join(made.split())
