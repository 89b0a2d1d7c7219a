"""Papers to be made into files, and what stands in the files."""

import io

import docx
from pypdf import PdfReader

from alerts.documents import pdf
from alerts.documents.docx import render as docx_of
from alerts.documents.paper import Column, Heading, Letterhead, Paper, Paragraph, Picture, Table
from alerts.reports import charts
from tests.builders import NOON

HEAD = Letterhead(office="示范区民情值班台", copies=("区应急管理局", "区政府办公室"))
COLUMNS = (Column(title="类别"), Column(title="人数", figures=True))
MARK = "【Ⅲ级（较大）】【首报】【未经核实】"


def paper(*blocks, **more):
    """A first report with these blocks."""
    given = {
        "letterhead": HEAD,
        "mark": MARK,
        "number": "首报〔2026〕3号",
        "title": "关于示范区永固仓库火灾的首报",
        "blocks": blocks or (Heading(text="一、事件"), Paragraph(text="示范区永固仓库火灾")),
        "signed_at": NOON,
        "note": "时间均为北京时间",
    }
    return Paper(**{**given, **more})


def long_text(lines):
    """So many full lines of running text, the first one indented by two characters."""
    return Paragraph(text="字" * (28 * lines - 2))


def picture():
    """A chart as a paper holds it."""
    chart = charts.bars("各级事件数", [charts.Bar(name="Ⅲ级", value=2)], unit="件")
    return Picture(svg=chart.svg, width=140, height=140 * chart.height / chart.width, words=chart.words)


def table(rows):
    return Table(columns=COLUMNS, rows=tuple((f"类别{n}", str(n)) for n in range(rows)))


def as_docx(of):
    """The paper as Word would open it."""
    return docx.Document(io.BytesIO(docx_of(of)))


def as_pdf(of):
    """The paper as a reader of PDF opens it."""
    return PdfReader(io.BytesIO(pdf.render(of)))


def lines(page):
    """Left edge, baseline, size and text of each line on a page, from its top; points from the lower left.

    A line whose faces change comes in pieces; they are put together.
    """
    found = []

    def seen(text, place, _, __, size):
        if not text.strip():
            return
        x, y = place[4], place[5]
        if found and abs(found[-1][1] - y) < 0.2 and found[-1][2] == size and x > found[-1][0]:
            found[-1] = (*found[-1][:3], found[-1][3] + text.strip())
        else:
            found.append((x, y, size, text.strip()))

    page.extract_text(visitor_text=seen)
    return found
