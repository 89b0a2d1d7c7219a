"""A paper as PDF, for printing and filing; every font it needs is inside."""

from functools import cache
from importlib.resources import files
from typing import Any

from alerts.documents import layout
from alerts.documents.paper import Block, Heading, Paper, Paragraph, Picture, Table
from alerts.documents.typesetting import compiled

MEDIA_TYPE = "application/pdf"


def render(paper: Paper) -> bytes:
    """The file. Equal papers give equal bytes. Raises DocumentError, above all when no CJK font is installed."""
    return compiled(_template(), _data(paper), "pdf", at=paper.signed_at)


@cache
def _template() -> bytes:
    return files("alerts.documents").joinpath("templates/official.typ").read_bytes()


def _data(paper: Paper) -> dict[str, Any]:
    head = paper.letterhead
    signed, dated = layout.signature_indents(head.office, paper.day)
    return {
        "office": head.office,
        "office_size": layout.office_size(head.office),
        "copies": "，".join(head.copies),
        "printer": head.printer or head.office,
        "mark": paper.mark,
        "number": paper.number,
        "title": paper.title,
        "day": paper.day,
        "signed": signed,
        "dated": dated,
        "note": paper.note,
        "blocks": [_block(block) for block in paper.blocks],
        "measures": {
            "top": layout.TOP,
            "bottom": layout.BOTTOM,
            "binding": layout.BINDING,
            "outer": layout.OUTER,
            "pitch": layout.PITCH,
            "advance": layout.ADVANCE,
            "body": layout.BODY,
            "title": layout.TITLE,
            "small": layout.SMALL,
            "table": layout.TABLE,
            "office_from_top": layout.OFFICE_FROM_TOP,
            "rule_below_number": layout.RULE_BELOW_NUMBER,
            "page_number_below": layout.PAGE_NUMBER_BELOW,
            "thick": layout.THICK,
            "thin": layout.THIN,
            "red": layout.RED,
        },
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text=text):
            return {"kind": "heading", "text": text}
        case Paragraph(text=text):
            return {"kind": "paragraph", "text": text}
        case Table(columns=columns, rows=rows):
            return {
                "kind": "table",
                "titles": [column.title for column in columns],
                "shares": [column.share for column in columns],
                "figures": [column.figures for column in columns],
                "rows": rows,
            }
        case Picture(svg=svg, width=width, height=height, words=words):
            return {"kind": "picture", "svg": svg, "width": width, "height": height, "words": words}
