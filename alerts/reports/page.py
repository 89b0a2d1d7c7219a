"""Any report as a page that stands alone."""

from alerts.model import Report, ReportKind
from alerts.reports import brief, rendering, score, week


def html(report: Report) -> str:
    """The page; a periodical report's has its tables and charts."""
    match report.kind:
        case ReportKind.DAILY:
            return brief.render_html(brief.from_json(report.body), number=report.number, revision=report.sequence)
        case ReportKind.WEEKLY:
            return week.render_html(week.from_json(report.body), number=report.number, revision=report.sequence)
        case ReportKind.ASSESSMENT:
            return score.render_html(score.from_json(report.body), number=report.number, revision=report.sequence)
        case _:
            return rendering.render_html(report)


def charts(report: Report) -> list[str]:
    """The charts of a daily or weekly brief as SVG."""
    match report.kind:
        case ReportKind.DAILY:
            return [chart.svg for chart in brief.drawn(brief.from_json(report.body))]
        case ReportKind.WEEKLY:
            return [chart.svg for chart in week.drawn(week.from_json(report.body))]
        case _:
            return []
