"""Word refuses a DOCX whose elements do not stand in the schema's order (ISO/IEC 29500-1, annex A)."""

import io
import zipfile
from posixpath import normpath

import pytest
from lxml import etree

from alerts.documents.docx import render
from alerts.documents.paper import Heading, Letterhead, Paragraph
from tests.alerts.documents.samples import HEAD, paper, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
}
PAPERS = {
    "whole": paper(Heading(text="一、事件"), Paragraph(text="示范区"), table(3)),
    "bare": paper(letterhead=Letterhead(office=HEAD.office), note="", number=""),
}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml", "word/footer2.xml"])
def test_elements_stand_in_the_order_of_the_schema(name, part):
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(render(PAPERS[name]))).read(part))
    seen = 0
    for kind, names in ORDER.items():
        order = names.split()
        for element in root.iter(W + kind):
            told = [etree.QName(child).localname for child in element if child.tag.startswith(W)]
            assert told == sorted(told, key=order.index), (kind, told)
            seen += 1
    assert seen


def test_the_settings_begin_in_the_order_of_the_schema():
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(render(paper()))).read("word/settings.xml"))
    told = [etree.QName(child).localname for child in root]
    order = ["view", "zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "evenAndOddHeaders", "compat", "rsids"]
    assert [name for name in told if name in order] == [name for name in order if name in told]


def test_no_element_or_relation_is_left_dangling():
    file = zipfile.ZipFile(io.BytesIO(render(PAPERS["whole"])))
    names = set(file.namelist())
    assert {"[Content_Types].xml", "word/document.xml", "word/fontTable.xml", "docProps/core.xml"} <= names
    rels = etree.fromstring(file.read("word/_rels/document.xml.rels"))
    assert {normpath(f"word/{rel.get('Target')}") for rel in rels} <= names
