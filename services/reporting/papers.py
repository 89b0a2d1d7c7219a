"""Reports as files: official papers made when they are asked for, and kept while many people get the same one."""

from dataclasses import replace
from functools import lru_cache

import structlog

from alerts.channels.email import EmailChannel
from alerts.documents import fonts, papers
from alerts.documents.attaching import attachment
from alerts.documents.errors import DocumentError
from alerts.documents.paper import Form, Letterhead
from alerts.model import Attachment, Message, Notification, Purpose, Report
from services.bootstrap import Service

log = structlog.get_logger("papers")

CARRIERS = frozenset({EmailChannel.name})
"""Channels that can carry files."""
KEPT = 32
"""Files kept in memory, each a few hundred kilobytes at most: one report goes to hundreds of people at once."""


def letterhead(service: Service) -> Letterhead:
    """In whose name the desk's papers go out."""
    told = service.settings.papers
    office = told.office or f"{service.plan.district}民情值班台"
    return Letterhead(office=office, copies=told.copies, printer=told.printer)


def lacking(service: Service) -> str:
    """Why no PDF can be made on this machine though mails are to bring one, as a sentence; empty where it can."""
    if Form.PDF not in service.settings.papers.attach:
        return ""
    try:
        fonts.chosen()
    except DocumentError as error:
        return f"{error}在此之前邮件照常发送，不附 PDF。"
    return ""


def file(service: Service, report: Report, form: Form) -> Attachment:
    """The report in one form. Raises DocumentError, above all where no Chinese typeface is installed for a PDF."""
    return _made(_Known(report), letterhead(service), form)


def with_files(service: Service, message: Message, notification: Notification, report: Report | None) -> Message:
    """The message with the report's files, where it brings a report and its channel carries files.

    A file that cannot be made is left out and logged: the mail does not wait for it.
    """
    if report is None or notification.purpose is not Purpose.REPORT or notification.channel not in CARRIERS:
        return message
    made = []
    for form in service.settings.papers.attach:
        try:
            made.append(file(service, report, form))
        except DocumentError as error:
            _left_out(report.number, form, str(error))
        except Exception:
            # Whatever is wrong with a file, the alarm in the mail's text must reach its reader.
            log.exception("file broke", report=report.number, form=form.value)
    return replace(message, attachments=tuple(made))


@lru_cache(maxsize=KEPT)
def _left_out(number: str, form: Form, problem: str) -> None:
    """Logged once, not for each of the hundreds who get the report."""
    log.warning("file left out", report=number, form=form.value, problem=problem)


class _Known:
    """A report told apart by what stays the same once it is issued."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._key = (report.id, report.number, report.issued_at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=KEPT)
def _made(known: _Known, head: Letterhead, form: Form) -> Attachment:
    return attachment(papers.of(known.report, head), form)
