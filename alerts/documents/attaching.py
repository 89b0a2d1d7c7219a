"""A paper as the files that go with a message."""

from collections.abc import Callable, Mapping

from alerts.documents import docx, pdf
from alerts.documents.paper import Form, Paper
from alerts.model import Attachment

_MADE: Mapping[Form, tuple[str, Callable[[Paper], bytes]]] = {
    Form.DOCX: (docx.MEDIA_TYPE, docx.render),
    Form.PDF: (pdf.MEDIA_TYPE, pdf.render),
}
_NAME_SHOWN = 80
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


def attachment(paper: Paper, form: Form) -> Attachment:
    """The paper in one form, named by number and title. Raises DocumentError."""
    media_type, made = _MADE[form]
    return Attachment(name=file_name(paper.number, paper.title, form.value), media_type=media_type, content=made(paper))


def file_name(number: str, title: str, ending: str) -> str:
    """What a file is called: number and title, without what some system forbids in a name."""
    called = " ".join(filter(None, (number, title.replace("\n", ""))))
    return f"{called.translate(_NOT_IN_NAMES)[:_NAME_SHOWN]}.{ending}"
