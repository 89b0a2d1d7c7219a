"""A paper as the files that go with a message."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from alerts.documents import docx, pdf
from alerts.documents.paper import Paper
from alerts.model import Attachment


class Form(StrEnum):
    """Kinds of file."""

    DOCX = "docx"
    PDF = "pdf"


_MADE: Mapping[Form, tuple[str, Callable[[Paper], bytes]]] = {
    Form.DOCX: (docx.MEDIA_TYPE, docx.render),
    Form.PDF: (pdf.MEDIA_TYPE, pdf.render),
}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


def attachments(paper: Paper, forms: Iterable[Form]) -> tuple[Attachment, ...]:
    """The paper in each form, named by number and title. Raises DocumentError."""
    called = " ".join(filter(None, (paper.number, paper.title.replace("\n", ""))))
    name = called.translate(_NOT_IN_NAMES)[:80]
    return tuple(
        Attachment(name=f"{name}.{form.value}", media_type=_MADE[form][0], content=_MADE[form][1](paper))
        for form in forms
    )
