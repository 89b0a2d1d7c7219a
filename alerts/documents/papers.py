"""Papers out of reports and briefs: which parts, which tables, which charts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alerts.documents import layout
from alerts.documents.paper import Block, Column, Heading, Letterhead, Paper, Paragraph, Picture, Table
from alerts.model import Report, ReportKind
from alerts.reports import brief as day
from alerts.reports import score, week, wording
from alerts.reports.brief import Brief, EventLine
from alerts.reports.charts import Chart
from alerts.reports.score import Assessment, Group
from alerts.reports.week import Weekly
from alerts.reports.wording import CASUALTIES, EXTENT
from analyzer.model import FactKind, Figure, Tier

_LEGEND = "#后为证据帖文编号，可在值班台查阅；时间均为北京时间"
_FIGURE_FIELDS = {"伤亡失联": CASUALTIES, "影响范围": EXTENT}
"""Fields whose figures stand in a table."""
_FIGURE_COLUMNS = (
    Column(title="类别", share=0.9),
    Column(title="待核实", share=1.5),
    Column(title="已核实", share=1.5),
)


def of(report: Report, letterhead: Letterhead) -> Paper:
    """The paper of any issued report, or of a draft (sequence 0)."""
    number, revision = report.number, report.sequence
    match report.kind:
        case ReportKind.DAILY:
            return of_brief(day.from_json(report.body), letterhead, number=number, revision=revision)
        case ReportKind.WEEKLY:
            return of_week(week.from_json(report.body), letterhead, number=number, revision=revision)
        case ReportKind.ASSESSMENT:
            return of_assessment(score.from_json(report.body), letterhead, number=number, revision=revision)
        case _:
            return of_report(report, letterhead)


def of_report(report: Report, letterhead: Letterhead) -> Paper:
    """A first, follow-up, final or correcting report: each field under a heading, figures as tables."""
    mark, _, _ = report.text.partition("\n")
    return Paper(
        letterhead=letterhead,
        mark=mark,
        number=report.number,
        title=report.title,
        blocks=tuple(_numbered(_fields(report))),
        signed_at=report.issued_at,
        note=_LEGEND,
    )


def of_brief(brief: Brief, letterhead: Letterhead, *, number: str = "", revision: int = 1) -> Paper:
    """The daily brief with its tables and two charts."""
    year, month, on = brief.date.split("-")
    return Paper(
        letterhead=letterhead,
        mark=f"【日报】{brief.headline}",
        number=number,
        title=f"{brief.district}民情日报\n（{year}年{int(month)}月{int(on)}日{_edition(revision)}）",
        blocks=tuple(_numbered(_brief(brief))),
        signed_at=brief.issued_at,
        note="“待核实”为公众或媒体说法，“已核实”以官方来源或值班台核实为准；时间均为北京时间",
    )


def of_week(weekly: Weekly, letterhead: Letterhead, *, number: str = "", revision: int = 1) -> Paper:
    """The weekly brief with its tables and two charts."""
    return Paper(
        letterhead=letterhead,
        mark=f"【周报】{weekly.headline}",
        number=number,
        title=f"{weekly.district}民情周报\n（{weekly.span}{_edition(revision)}）",
        blocks=tuple(_numbered(_week(weekly))),
        signed_at=weekly.issued_at,
        note="“待核实”为公众或媒体说法，“已核实”以官方来源或值班台核实为准；时间均为北京时间",
    )


def of_assessment(assessment: Assessment, letterhead: Letterhead, *, number: str = "", revision: int = 1) -> Paper:
    """The monthly assessment with its tables."""
    edition = _edition(revision).removeprefix("，")
    return Paper(
        letterhead=letterhead,
        mark=f"【报送考核】{assessment.headline}",
        number=number,
        title=f"{assessment.district}{assessment.span}报送考核" + (f"\n（{edition}）" if edition else ""),
        blocks=tuple(_numbered(_assessment(assessment))),
        signed_at=assessment.issued_at,
        note="发现自最早的公开帖文起计，签收自触发起计，其余自本级获知起计；核实以24小时为限",
    )


def _edition(revision: int) -> str:
    """What the title says of a draft or of a later revision."""
    return "，阶段稿，尚未签发" if not revision else f"，第{revision}版" if revision > 1 else ""


def _numbered(parts: Iterable[tuple[str, Sequence[Block]]]) -> Iterator[Block]:
    """Parts under headings 一、二、三…"""
    for number, (name, blocks) in enumerate(parts, 1):
        yield Heading(text=f"{wording.numeral(number)}、{name}")
        yield from blocks


def _fields(report: Report) -> Iterator[tuple[str, Sequence[Block]]]:
    for name, text in report.fields.items():
        kinds = _FIGURE_FIELDS.get(name, ())
        told = {kind: report.figures[kind] for kind in kinds if kind in report.figures and _told(report.figures[kind])}
        # What the table says is not said twice.
        lines = [line for line in text.split("\n") if not line.startswith(tuple(f"{kind.chinese}：" for kind in told))]
        blocks: list[Block] = [_figures(told)] if told else []
        yield name, [*blocks, *(Paragraph(text=line) for line in lines)]


def _told(figure: Figure) -> bool:
    return figure.claimed is not None or figure.verified is not None


def _figures(figures: Mapping[FactKind, Figure]) -> Table:
    return Table(columns=_FIGURE_COLUMNS, rows=tuple(_figure(kind, figure) for kind, figure in figures.items()))


def _figure(kind: FactKind, figure: Figure) -> tuple[str, str, str]:
    """One figure, claimed and verified beside each other, each with its evidence."""
    claimed, verified = "—", "—"
    if wording.doubtful(figure) and figure.claimed is not None:
        claimed = wording.amount(kind, figure.claimed, figure.qualifier) + wording.marks(figure.evidence)
    if figure.verified is not None:
        verified = wording.amount(kind, figure.verified) + wording.marks(figure.verified_evidence)
    return kind.chinese, claimed, verified


def _brief(brief: Brief) -> Iterator[tuple[str, Sequence[Block]]]:
    by_tier, by_topic = map(picture, day.drawn(brief))
    watched = f"{brief.coverage.sentence}。{brief.counts.sentence}。"
    stale = [f"{problem.name}：{problem.sentence}" for problem in brief.coverage.problems]
    yield "监测情况", [*map(_said, [watched, *stale]), by_tier]
    yield "事件", [*_table(_EVENT_COLUMNS, map(_event, brief.events)), *_withheld(brief.withheld)]
    yield "预警与报送", _alerts(brief)
    yield "超时", [_said(sentence) for sentence in _misses(brief)]
    yield "待回应的公共服务诉求", _table(_CONCERN_COLUMNS, _concerns(brief))
    tasks = [f"{waiting}，内容见值班台" for waiting in brief.to_verify]
    yield "待核实任务", [_said(sentence) for sentence in tasks or ["当日无。"]]
    yield "话题走势", [by_topic] if brief.trends else [_said("当日无。")]
    yield "生效中的预警信号", [_said(sentence) for sentence in _warnings(brief)]


_EVENT_COLUMNS = (
    Column(title="级别", share=0.65),
    Column(title="事件", share=1.5),
    Column(title="数字", share=2.5),
    Column(title="状态", share=1.05),
)
_ALERT_COLUMNS = (
    Column(title="级别", share=0.55),
    Column(title="预警", share=1.55),
    Column(title="状态", share=1.0),
    Column(title="责任", share=1.1),
    Column(title="下一时限", share=1.75),
)
_CONCERN_COLUMNS = (
    Column(title="诉求", share=1.75),
    Column(title="反映人数", share=0.8, figures=True),
    Column(title="已等待", share=0.8, figures=True),
    Column(title="回应时限", share=1.65),
)


def _said(text: str) -> Paragraph:
    return Paragraph(text=text)


def _table(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]], nothing: str = "当日无。") -> list[Block]:
    """A table, or the words that there is nothing for it."""
    found = tuple(rows)
    return [Table(columns=columns, rows=found)] if found else [_said(nothing)]


def _event(e: EventLine) -> tuple[str, str, str, str]:
    level = wording.level(Tier[e.tier]) if e.tier else "未定级"
    sure = "" if e.tier is None else "\n已核实" if e.verified == e.tier else "\n待核实"
    change = {"new": "（新增）", "changed": "（有变化）"}.get(e.change, "")
    figures = "\n".join(figure.sentence for figure in e.figures.values()) or "无数字"
    return level + sure, f"{e.title}{change}", figures, f"{e.status_name}\n{wording.heard(e.voices)}"


def _withheld(count: int) -> list[Block]:
    return [_said(f"另有{count}件反映人数不足三人且无官方、媒体来源，{wording.WITHHELD}。")] if count else []


def _alerts(brief: Brief) -> list[Block]:
    beside = brief.beside
    rows = [
        (
            wording.level(Tier[a.tier]),
            f"{'【演练】' if a.drill else ''}{a.title}",
            "\n".join(filter(None, (a.state_name, beside.get(a.id)))),
            a.department or a.owner or "—",
            f"{a.next_clock}\n{wording.moment(a.next_due_at)}" if a.next_clock and a.next_due_at else "—",
        )
        for a in brief.alerts
    ]
    issued = "；".join(f"{report.number}《{report.title}》" for report in brief.reports)
    return [*_table(_ALERT_COLUMNS, rows), *([_said(f"当日报送：{issued}。")] if issued else [])]


def _misses(brief: Brief) -> list[str]:
    return [
        f"{m.title}：{m.clock_name}应于{wording.moment(m.due_at)}前完成，"
        + (f"{wording.moment(m.met_at)}补办。" if m.met_at else "至今未办。")
        for m in brief.misses
    ] or ["当日无。"]


def _concerns(brief: Brief) -> Iterator[tuple[str, ...]]:
    for c in brief.concerns:
        late = "\n已逾期" if c.overdue else ""
        yield f"{c.title}（{c.topic_name}）", f"{c.voices or '—'}", c.waited, wording.moment(c.due_at) + late


def _warnings(brief: Brief) -> list[str]:
    return [
        f"{w.subject}{w.colour_name}预警信号{f'（{w.place}）' if w.place else ''}，{wording.moment(w.since)}起。"
        for w in brief.warnings
    ] or ["当日无。"]


def _week(weekly: Weekly) -> Iterator[tuple[str, Sequence[Block]]]:
    by_day, by_topic = week.drawn(weekly)
    said = week.sections(weekly)
    yield "监测情况", [_said(week.coverage(weekly)), _said(week.summary(weekly)), picture(by_day)]
    rows = [
        (
            f"{wording.level(Tier[e.tier])}\n{'已核实' if e.verified else '待核实'}" if e.tier else "未定级",
            f"{e.title}{'（新增）' if e.new else ''}",
            e.figure or "无数字",
            f"{e.status_name}\n{wording.heard(e.voices)}",
        )
        for e in weekly.events
    ]
    yield "事件", [*_table(_EVENT_COLUMNS, rows, "本周无。"), *_withheld(weekly.withheld)]
    for name in ("未办结预警", "超时", "待回应诉求"):
        yield name, _lines(said[name])
    yield "话题走势", [picture(by_topic)] if weekly.trends else [_said("本周无。")]
    yield "报送", _lines(said["报送"])


def _assessment(a: Assessment) -> Iterator[tuple[str, Sequence[Block]]]:
    said = score.sections(a)
    timings = [
        (
            t.name,
            *map(score.length, (t.median, t.ninth, t.longest)),
            score.share(t.kept, t.limited) if t.limited else "—",
        )
        for t in a.timings
    ]
    clocks = [(c.name, *(f"{count}" for count in (c.kept, c.late, c.missed, c.running))) for c in a.clocks]
    yield "口径", [_said(score.basis(a))]
    yield "及时性", _table(_columns("环节", "中位", "九成以内", "最长", "按时"), timings, "本月无。")
    yield "时限", _table(_columns("时限", "按时", "迟办", "未办", "未到期"), clocks, "本月无。")
    yield "完整性", _lines(said["完整性"])
    yield "各部门", _table(_GROUP_COLUMNS, map(_group, a.departments), "本月无。")
    yield "各班次", _table(_GROUP_COLUMNS, map(_group, a.shifts), "本月无。")
    yield "迟办与未办", _lines(said["迟办与未办"])
    yield "缺项", _lines(said["缺项"])


def _columns(first: str, *figures: str) -> tuple[Column, ...]:
    return (Column(title=first, share=1.2), *(Column(title=name, figures=True) for name in figures))


_GROUP_COLUMNS = (
    Column(title="名称", share=1.4),
    Column(title="时限按时", share=1.4, figures=True),
    Column(title="迟办", share=0.6, figures=True),
    Column(title="未办", share=0.6, figures=True),
    Column(title="首报齐全", share=1.4, figures=True),
    Column(title="终报", share=1.4, figures=True),
)


def _group(g: Group) -> tuple[str, ...]:
    kept, complete = score.share(g.kept, g.due), score.share(g.complete, g.first_reports)
    return g.name, kept, f"{g.late}", f"{g.missed}", complete, score.share(g.final_reports, g.ended)


def _lines(text: str) -> list[Block]:
    return [_said(line) for line in text.split("\n")]


def picture(chart: Chart) -> Picture:
    """A chart as wide as the text block."""
    width = layout.TEXT[0] * 0.92
    return Picture(svg=chart.svg, width=width, height=width * chart.height / chart.width, words=chart.words)
