"""A desk's own templates: DIR/templates/report.txt.j2 and report.html.j2 in the place of the shipped ones.

One that cannot be used is said, with file, line and the way out, and the shipped one is used meanwhile: a report
never waits for its looks. What is recorded, numbered and compared is always the shipped text.
"""

import difflib
import re
import traceback
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import structlog
from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from alerts.model import Report, ReportKind
from alerts.reports.rendering import GLOBALS, label, render_html
from alerts.reports.score import FIELDS
from analyzer.model import Tier

log = structlog.get_logger("templates")

TEXT, PAGE = "report.txt.j2", "report.html.j2"
_UNKNOWN = re.compile(r"'([^']+)' is undefined|attribute '([^']+)'")
_HEADING = "【Ⅲ级（较大）】【首报】【未经核实】"
_SAMPLE = Report(
    id="sample",
    kind=ReportKind.FIRST,
    title="示例",
    text=f"{_HEADING}\n示例",
    issued_at=datetime(2026, 11, 3, 4, tzinfo=UTC),
    template_version="",
    number="首报〔2026〕1号",
    tier=Tier.III,
    fields=dict.fromkeys(("事件", *FIELDS), "示例"),
)


class Refused(Exception):
    """这个模板不能用。"""


@dataclass(kw_only=True)
class Templates:
    """The templates in a folder, read again when they change; `problems` says by file what is wrong with them now."""

    folder: Path
    problems: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A template is somebody's file: it may name fields, and call nothing that changes or reaches out."""
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            autoescape=select_autoescape(["html.j2"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(GLOBALS)

    def worded(self, report: Report) -> Report:
        """The report with the text that people read."""
        return replace(report, text=self._own(TEXT, report) or report.text)

    def page(self, report: Report, banner: str = "") -> str:
        """The report as a page; `banner` says why this reader gets it now."""
        return self._own(PAGE, report, banner) or render_html(report, banner)

    def check(self) -> list[str]:
        """What is wrong with the templates that are there, one sentence each."""
        found = []
        for path in sorted(self.folder.glob("*")):
            if path.name not in {TEXT, PAGE}:
                found.append(f"{path}：不认识的模板，可用的有 {TEXT}、{PAGE}，请改名或删去。")
                continue
            try:
                self._rendered(path.name, _SAMPLE, "示例")
            except Refused as error:
                found.append(str(error))
        return found

    def _own(self, name: str, report: Report, banner: str = "") -> str:
        """What the desk's own template gives; empty where there is none that can be used."""
        if not (self.folder / name).is_file():
            self.problems.pop(name, None)
            return ""
        try:
            said = self._rendered(name, report, banner)
        except Refused as error:
            if self.problems.get(name) != str(error):
                log.warning("template refused", file=name, problem=str(error))
            self.problems[name] = str(error)
            return ""
        self.problems.pop(name, None)
        return said

    def _rendered(self, name: str, report: Report, banner: str) -> str:
        path = self.folder / name
        heading = report.text.partition("\n")[0]
        context = {"report": report, "heading": heading, "banner": banner, "label": label, "fields": report.fields}
        try:
            said = self._environment.get_template(name).render(context)
        except Exception as error:
            # Whatever somebody's template does, the report goes out.
            raise Refused(_sentence(path, error, context)) from error
        if heading not in said and escape(heading) not in said:
            raise Refused(f"{path}：没有写出首行 {{{{ heading }}}}（级别、种类、是否核实），这一行不能去掉，请补上。")
        return said


def _sentence(path: Path, error: Exception, context: dict[str, Any]) -> str:
    """What is wrong, where, and the way out."""
    if isinstance(error, UnicodeDecodeError):
        return f"{path}：不是 UTF-8 编码，请另存为 UTF-8 后再试。"
    where = f"{path} 第{_line(path, error)}行"
    if isinstance(error, TemplateSyntaxError):
        return f"{where}：模板写法有误，请检查花括号以及 if、for 是否成对（{error.message}）。"
    unknown = _UNKNOWN.search(str(error)) if isinstance(error, UndefinedError) else None
    if unknown is None:
        return f"{where}：模板不能这样写（{type(error).__name__}），请参照自带的模板改正。"
    name = unknown[1] or unknown[2]
    known = [*context, *(f.name for f in fields(Report)), *context["fields"], *GLOBALS]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"是不是想写“{close[0]}”？" if close else f"可用的字段有 {'、'.join(context['fields'])}，请改正。"
    return f"{where}：没有“{name}”这个字段，{hint}"


def _line(path: Path, error: Exception) -> int:
    """Where in the template it went wrong: Jinja puts the template's own lines into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == str(path)), 1)
