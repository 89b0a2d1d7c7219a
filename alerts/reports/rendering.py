"""Fields to a Report, and a Report to plain text and HTML."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from alerts.model import Report, ReportKind
from alerts.reports import wording
from alerts.reports.dossier import Dossier
from analyzer.model import Tier

TEMPLATE_VERSION = "2026.1"

_PAINT = {
    Tier.I: ("#b00020", "#ffffff", "红色", "◆◆◆◆"),
    Tier.II: ("#b84300", "#ffffff", "橙色", "◆◆◆"),
    Tier.III: ("#ffd400", "#000000", "黄色", "◆◆"),
    Tier.IV: ("#1550a8", "#ffffff", "蓝色", "◆"),
    None: ("#555555", "#ffffff", "", ""),
}
"""Bar, its text, colour name (突发事件应对法 art. 63) and a shape: ISO 22324 asks for more than colour alone."""


def paint(tier: Tier | None) -> Mapping[str, str]:
    """How a tier is shown: `bar`, `ink`, `colour` and `shape`."""
    bar, ink, colour, shape = _PAINT[tier]
    return {"bar": bar, "ink": ink, "colour": colour, "shape": shape}


GLOBALS: Mapping[str, Callable[..., Any]] = {
    "paint": paint,
    "level": wording.level,
    "moment": wording.moment,
    "full_moment": wording.full_moment,
}
"""What every template may call."""


@cache
def _templates() -> Environment:
    """Strict: a template that names an unknown field fails at once instead of printing nothing."""
    made = Environment(
        loader=PackageLoader("alerts.reports"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals.update(GLOBALS)
    return made


def render(template: str, **context: Any) -> str:
    """One of the package's templates; "*.html.j2" escapes what it is given."""
    return _templates().get_template(template).render(**context)


def label(kind: ReportKind, sequence: int) -> str:
    """How a report is called: 首报, 续报二, 更正一, 终报."""
    numbered = kind in {ReportKind.FOLLOW_UP, ReportKind.CORRECTION}
    return kind.chinese + (wording.numeral(sequence) if numbered else "")


def issue(d: Dossier, kind: ReportKind, fields: Mapping[str, str]) -> Report:
    """The report with these fields; the ones that say nothing are left out. Equal inputs give an equal id."""
    sequence = d.sequence(kind)
    called = label(kind, sequence)
    said = {name: text for name, text in fields.items() if text}
    mark = "" if "演练" in d.event.title else "（演练）"
    title = f"{mark if d.drill else ''}关于{d.event.title}的{called}"
    return Report(
        id=hashlib.sha256(f"{d.alert.id}|{kind.value}|{sequence}".encode()).hexdigest()[:32],
        kind=kind,
        title=title,
        text=render(
            "report.txt.j2", heading=_heading(d, called), title=title, district=d.district, at=d.now, fields=said
        ),
        issued_at=d.now,
        template_version=TEMPLATE_VERSION,
        event_id=d.event.id,
        alert_id=d.alert.id,
        sequence=sequence,
        tier=d.alert.tier,
        verified=d.standing.verified,
        drill=d.drill,
        fields=said,
        figures=dict(d.event.figures),
        status=d.event.status,
    )


class Periodical(Protocol):
    """What is told of a day, a week or a month."""

    @property
    def district(self) -> str: ...
    @property
    def headline(self) -> str: ...
    @property
    def issued_at(self) -> datetime: ...


def periodical(
    kind: ReportKind,
    about: Periodical,
    *,
    period: str,
    title: str,
    fields: Mapping[str, str],
    body: Mapping[str, object],
    revision: int,
    called: str = "",
) -> Report:
    """A period's report, to be numbered, stored and sent. Equal inputs give an equal id."""
    return Report(
        id=hashlib.sha256(f"{kind.value}|{about.district}|{period}|{revision}".encode()).hexdigest()[:32],
        kind=kind,
        title=title,
        text=render(
            "report.txt.j2",
            heading=f"【{called or kind.chinese}】{about.headline}",
            title=title,
            district=about.district,
            at=about.issued_at,
            fields=fields,
        ),
        issued_at=about.issued_at,
        template_version=TEMPLATE_VERSION,
        sequence=revision,
        fields=fields,
        period=period,
        body=body,
    )


def _heading(d: Dossier, called: str) -> str:
    """The first line: what a tired reader must know before anything else."""
    drill = "【演练】" if d.drill else ""
    return f"{drill}【{wording.handled(d.alert, d.rating)}】【{called}】【{d.standing.value}】"


def render_html(report: Report, banner: str = "") -> str:
    """A report as a page for mail: readable on a phone and in dark mode, without anything from outside.

    `banner` is the sentence that says why this reader gets it now.
    """
    heading = report.text.partition("\n")[0]
    return render("report.html.j2", report=report, heading=heading, banner=banner, label=label)
