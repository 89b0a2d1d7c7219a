"""A paper as DOCX, for offices that go on editing it."""

import io
import math
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from alerts.documents import layout, pictures
from alerts.documents.errors import DocumentError
from alerts.documents.layout import FANGSONG, HEITI, SMALL, SONG, TITLE_SONG, Face
from alerts.documents.paper import Block, Column, Heading, Paper, Paragraph, Picture, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AFTER_RULES = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
_MAY_BREAK = "\u200b"
"""LibreOffice ends no line between the marks of evidence in a narrow cell unless it is told that it may."""
_AFTER_GRID = ("w:spacing", "w:ind", "w:jc", "w:rPr")
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang")
_BEFORE_MIRRORED = {qn(f"w:{name}") for name in ("writeProtection", "view", "zoom", "embedSystemFonts")}
"""What must follow, or go before, an element: the order of the schema (ISO/IEC 29500) is part of the format."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day a ZIP can name: equal papers give equal bytes."""
_LATIN = "Times New Roman"
_TWIPS = 20
"""To the point."""
_TIGHTER = math.floor((layout.ADVANCE - layout.BODY) * _TWIPS)
"""Twips that a character of the body stands closer to the next, so that 28 of them fill a line."""


def render(paper: Paper) -> bytes:
    """The file. Equal papers give equal bytes."""
    document = Document()
    _empty(document)
    _set_up_page(document)
    _name_faces(document)
    _head(document, paper)
    for block in paper.blocks:
        _block(document, block)
    if paper.blocks and isinstance(paper.blocks[-1], Paragraph):
        # The last words stay with the signature, which never stands on a page without any.
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    if paper.note:
        _note(document, paper.note)
    _signature(document, paper)
    _imprint(document, paper)
    _properties(document, paper)
    return _packed(document)


def _empty(document: Docx) -> None:
    """Without what the package's own template leaves behind."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)


def _set_up_page(document: Docx) -> None:
    """Sheet, margins mirrored for printing on both sides, and the grid of 22 lines."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(layout.SHEET[0]), Mm(layout.SHEET[1])
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.BINDING), Mm(layout.OUTER)
    section.footer_distance = Mm(layout.BOTTOM - layout.PAGE_NUMBER_BELOW - SMALL / layout.POINTS_PER_MM)
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001  # the grid has no public name
        section._sectPr.remove(old)  # noqa: SLF001  # the same
    section._sectPr.append(_grid())  # noqa: SLF001  # the same
    settings = document.settings.element
    before = sum(child.tag in _BEFORE_MIRRORED for child in settings)
    settings.insert(before, OxmlElement("w:mirrorMargins"))
    document.settings.odd_and_even_pages_header_footer = True
    # 7.5: odd pages to the right, even ones to the left, one character in.
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _grid() -> Any:
    """The grid of lines. The grid of characters stands in the runs: programs disagree on what narrower cells mean."""
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(layout.PITCH * _TWIPS)))
    return grid


def _page_number(line: Line, to: WD_ALIGN_PARAGRAPH) -> None:
    """「— 1 —」 in 4号 half-width figures."""
    line.alignment = to
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(SMALL)
    _run(line, "— ", SONG, SMALL)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(line, "", SONG, SMALL)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001  # fields have no public name
    _run(line, " —", SONG, SMALL)


def _name_faces(document: Docx) -> None:
    """The body's style, and what each face gives way to where it is not installed."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(layout.BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG.name)
    # Chinese forms of the marks also where the face is missing, and no gap between a character and a digit.
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    form = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        form.append(parse_xml(f'<{name} {nsdecls("w")} w:val="0"/>'))
    table = next(part for part in document.part.package.iter_parts() if str(part.partname).endswith("fontTable.xml"))
    table._blob = _font_table().encode()  # noqa: SLF001  # the package knows no font table


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.instead)}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for face in layout.FACES
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'


def _head(document: Docx, paper: Paper) -> None:
    """First line, office, number, red rule and title."""
    mark = _line(document, paper.mark, HEITI)
    office_size = layout.office_size(paper.letterhead.office)
    office = _line(document, paper.letterhead.office, TITLE_SONG, office_size, RGBColor.from_string(layout.RED))
    office.alignment = WD_ALIGN_PARAGRAPH.CENTER
    office.paragraph_format.line_spacing = Pt(office_size * 1.2)
    above = layout.OFFICE_FROM_TOP * layout.POINTS_PER_MM - layout.PITCH * _rows(paper.mark)
    office.paragraph_format.space_before = Pt(max(above, layout.PITCH))
    office.paragraph_format.space_after = Pt(2 * layout.PITCH)
    number = _line(document, paper.number, FANGSONG)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # A paragraph's lower border keeps its distance in whole points, at most 31 of them.
    rule = _border(round(layout.RULE_BELOW_NUMBER * layout.POINTS_PER_MM))
    number._p.get_or_add_pPr().insert_element_before(rule, *_AFTER_RULES)  # noqa: SLF001  # rules have no public name
    title = _line(document, paper.title, TITLE_SONG, layout.TITLE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(2 * layout.PITCH)
    title.paragraph_format.space_after = Pt(layout.PITCH)
    title.paragraph_format.line_spacing = Pt(layout.PITCH * 1.2)
    for line in (mark, office, number, title):
        line.paragraph_format.keep_with_next = True
        _off_the_grid(line)


def _rows(text: str) -> int:
    """Lines that a text of the body's size takes."""
    return max(1, -int(-layout.width_of(text) // layout.CHARACTERS))


def _border(space: int) -> Any:
    return parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="{space}" w:color="{layout.RED}"/></w:pBdr>'
    )


def _block(document: Docx, block: Block) -> None:
    match block:
        case Heading(text=text):
            line = _line(document, text, HEITI)
            line.paragraph_format.first_line_indent = Pt(2 * layout.ADVANCE)
            line.paragraph_format.keep_with_next = True
        case Paragraph(text=text):
            _indented(document, text)
        case Table():
            _table(document, block)
        case Picture():
            _picture(document, block)


def _line(document: Docx, text: str, face: Face, size: float = layout.BODY, colour: RGBColor | None = None) -> Line:
    """One paragraph on the grid."""
    line = document.add_paragraph()
    form = line.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.PITCH)
    form.widow_control = False
    run = _run(line, text, face, size)
    if colour is not None:
        run.font.color.rgb = colour
    return line


def _indented(document: Docx, text: str) -> Line:
    """Running text; not justified, because a long number at a line's end would tear the others apart."""
    line = _line(document, text, FANGSONG)
    line.paragraph_format.first_line_indent = Pt(2 * layout.ADVANCE)
    return line


def _run(line: Line, text: str, face: Face, size: float) -> Any:
    run = line.add_run(_writable(text))
    run.font.size = Pt(size)
    run.font.name = _LATIN if face is not SONG else face.name
    properties = run._r.get_or_add_rPr()  # noqa: SLF001  # faces of two scripts have no public name
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face.name)
    if size == layout.BODY:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(_TIGHTER))
        properties.insert_element_before(spacing, *_AFTER_SPACING)
    return run


def _writable(text: str) -> str:
    """Without what XML cannot hold."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(c for c in whole if c in "\n\t" or 32 <= ord(c) not in {0xFFFE, 0xFFFF})


def _table(document: Docx, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.columns))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = _widths(block.columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _row(table.add_row().cells, (column.title for column in block.columns), block.columns, widths, HEITI)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001  # no public name
    for row in block.rows:
        _row(table.add_row().cells, row, block.columns, widths, FANGSONG)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no public name
    _gap(document)


def _widths(columns: tuple[Column, ...]) -> list[Length]:
    whole = sum(column.share for column in columns)
    return [Mm(layout.TEXT[0] * column.share / whole) for column in columns]


def _row(
    cells: Iterable[_Cell], texts: Iterable[str], columns: Iterable[Column], widths: Iterable[Length], face: Face
) -> None:
    for cell, text, column, width in zip(cells, texts, columns, widths, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        line.paragraph_format.line_spacing = Pt(layout.TABLE * 1.4)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column.figures else WD_ALIGN_PARAGRAPH.LEFT
        _off_the_grid(line)
        _run(line, text.replace("、#", f"、{_MAY_BREAK}#"), face, layout.TABLE)


def _off_the_grid(line: Line) -> None:
    """Lines that are not the body's keep their own distance."""
    part = OxmlElement("w:snapToGrid")
    part.set(qn("w:val"), "0")
    line._p.get_or_add_pPr().insert_element_before(part, *_AFTER_GRID)  # noqa: SLF001  # no public name


def _picture(document: Docx, block: Picture) -> None:
    """The chart; in words where this machine has no typeface to draw it with."""
    try:
        drawn = pictures.png(block)
    except DocumentError:
        _indented(document, f"{block.words}。")
        return
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(6)
    run = line.add_run()
    shape = run.add_picture(io.BytesIO(drawn), width=Mm(block.width))
    shape._inline.docPr.set("descr", block.words)  # noqa: SLF001  # words for who cannot see it have no public name
    shape._inline.docPr.set("name", "图")  # noqa: SLF001  # the same


def _gap(document: Docx) -> None:
    """A table needs a paragraph after it; a low one, so that it does not look like a blank line."""
    gap = document.add_paragraph()
    gap.paragraph_format.space_before = gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing_rule, gap.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(8)
    _off_the_grid(gap)


def _note(document: Docx, note: str) -> None:
    """How to read the marks, small."""
    line = _line(document, "", FANGSONG)
    _run(line, f"（{note}）", FANGSONG, layout.TABLE)
    line.paragraph_format.first_line_indent = Pt(2 * layout.TABLE)
    line.paragraph_format.keep_with_next = True


def _signature(document: Docx, paper: Paper) -> None:
    """Office and date at the right."""
    signed, dated = layout.signature_indents(paper.letterhead.office, paper.day)
    office = _line(document, paper.letterhead.office, FANGSONG)
    office.paragraph_format.space_before = Pt(layout.PITCH)
    day = _line(document, paper.day, FANGSONG)
    for line, free in ((office, signed), (day, dated)):
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(free * layout.ADVANCE)
        # What cannot float the imprint to the foot sets it right below, on the same page.
        line.paragraph_format.keep_with_next = True


def _imprint(document: Docx, paper: Paper) -> None:
    """抄送 and 印发 between rules: a table that floats to the foot of the last page."""
    head = paper.letterhead
    lines = [f"抄送：{'，'.join(head.copies)}。"] if head.copies else []
    lines.append(f"{head.printer or head.office}\t{paper.day}印发")
    table = document.add_table(rows=len(lines), cols=1)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.columns[0].width = Mm(layout.TEXT[0])
    properties = table._tbl.tblPr  # noqa: SLF001  # floating and rules have no public name
    properties.insert_element_before(parse_xml(_FLOAT), "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
    properties.insert_element_before(parse_xml(_rules()), "w:tblLayout", "w:tblLook")
    for row, text in zip(table.rows, lines, strict=True):
        row.cells[0].width = Mm(layout.TEXT[0])
        line = row.cells[0].paragraphs[0]
        form = line.paragraph_format
        form.space_before = form.space_after = Pt(2)
        form.left_indent = form.right_indent = Pt(SMALL / 2)
        if text.startswith("抄送："):
            form.left_indent, form.first_line_indent = Pt(SMALL * 3.5), Pt(-SMALL * 3)
        form.tab_stops.add_tab_stop(Pt(layout.TEXT[0] * layout.POINTS_PER_MM - 2 * SMALL), WD_TAB_ALIGNMENT.RIGHT)
        _off_the_grid(line)
        _run(line, text, FANGSONG, SMALL)
    _gap(document)


_FLOAT = (
    f'<w:tblpPr {nsdecls("w")} w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
)


def _rules() -> str:
    """First and last thick, between them thin; a rule's width counts in eighths of a point."""
    thick, thin = (round(width * layout.POINTS_PER_MM * 8) for width in (layout.THICK, layout.THIN))
    sides = (("top", thick), ("bottom", thick), ("insideH", thin))
    rules = "".join(f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>' for side, width in sides)
    return f"<w:tblBorders {nsdecls('w')}>{rules}</w:tblBorders>"


def _properties(document: Docx, paper: Paper) -> None:
    """Who and when; the package would put its own name and an old day."""
    core = document.core_properties
    core.title, core.author, core.subject = paper.title.replace("\n", ""), paper.letterhead.office, paper.number
    core.comments, core.keywords, core.last_modified_by = "", "", paper.letterhead.office
    signed: datetime = paper.signed_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core.created = core.modified = signed
    core.language = "zh-CN"


def _packed(document: Docx) -> bytes:
    """The file, every part dated alike: the package dates them by the clock."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(zipfile.ZipInfo(name, _ZIP_DAY), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
