"""The monthly assessment's structure: what its JSON has (docs/reports.md says every key), its page and its report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson
from pydantic import TypeAdapter

from alerts.model import Report, ReportKind
from alerts.reports import wording
from alerts.reports.rendering import TEMPLATE_VERSION, periodical, render

FIELDS = (
    "时间",
    "地点",
    "性质",
    "简要经过",
    "伤亡失联",
    "影响范围",
    "趋势",
    "已采取措施",
    "信息来源",
    "请示事项与时限",
)
"""What a first report has to say: 国务院令第493号 art. 12 and the provincial rules in docs/reports.md."""


class Measure(StrEnum):
    """Steps that are timed.

    Detecting counts from the first public post, acknowledging from the alert, all else from when the desk learned.
    """

    DETECT = "detect"
    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"
    ANSWER = "answer"

    @property
    def chinese(self) -> str:
        """The step as people read it."""
        return {
            "detect": "发现",
            "report": "首报",
            "acknowledge": "签收",
            "verify": "核实",
            "answer": "回应公众",
        }[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Timing:
    """One step over several alerts, in seconds: median, ninth decile, longest (None: never done).

    `limited` is how often it had a limit that is over or kept, `kept` how often it was kept.
    """

    measure: str
    name: str
    done: int
    median: int | None
    ninth: int | None
    longest: int | None
    limited: int
    kept: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockLine:
    """One clock over all alerts: `late` was met afterwards, `missed` never, `running` is not over yet."""

    clock: str
    name: str
    kept: int
    late: int
    missed: int
    running: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """First reports with all they have to say, by field what they lack, and ended alerts with a final report."""

    first_reports: int = 0
    complete: int = 0
    lacking: Mapping[str, int] = field(default_factory=dict)
    without_first: int = 0
    ended: int = 0
    final_reports: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A department or a shift. `due` counts clocks that are over or kept."""

    name: str
    timings: tuple[Timing, ...]
    due: int
    kept: int
    late: int
    missed: int
    first_reports: int
    complete: int
    ended: int
    final_reports: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """One clock that was not kept."""

    alert_id: str
    title: str
    clock: str
    clock_name: str
    due_at: datetime
    met_at: datetime | None
    department: str
    shift: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """One report that says too little or does not exist."""

    alert_id: str
    title: str
    report: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """One month. `alerts` says how much the shares stand on; it is no merit and no fault."""

    month: str
    district: str
    issued_at: datetime
    alerts: int
    drills: int
    false_alarms: int
    timings: tuple[Timing, ...]
    clocks: tuple[ClockLine, ...]
    completeness: Completeness
    departments: tuple[Group, ...] = ()
    shifts: tuple[Group, ...] = ()
    late: tuple[Late, ...] = ()
    gaps: tuple[Gap, ...] = ()
    template_version: str = TEMPLATE_VERSION

    @property
    def span(self) -> str:
        """The month in words: "2026年11月"."""
        year, _, month = self.month.partition("-")
        return f"{year}年{int(month)}月"

    @property
    def headline(self) -> str:
        """The month in one line."""
        due = sum(c.kept + c.late + c.missed for c in self.clocks)
        if not due:
            return "本月没有到期的时限"
        late, missed = sum(c.late for c in self.clocks), sum(c.missed for c in self.clocks)
        return f"时限{share(due - late - missed, due)}按时，迟办{late}项，未办{missed}项"


_ADAPTER = TypeAdapter(Assessment)


def to_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON types, in fixed order."""
    body: dict[str, Any] = orjson.loads(orjson.dumps(assessment))
    return body


def from_json(body: Mapping[str, object]) -> Assessment:
    """The assessment that `to_json` wrote; keys of a later version are passed over."""
    return _ADAPTER.validate_python(dict(body))


def render_html(assessment: Assessment, *, number: str = "", revision: int = 1) -> str:
    """A page that stands alone; revision 0 is a draft of the running month."""
    return render(
        "assessment.html.j2",
        a=assessment,
        number=number,
        revision=revision,
        share=share,
        length=length,
        basis=basis(assessment),
    )


def as_report(assessment: Assessment, *, revision: int = 1) -> Report:
    """The assessment as a report to be numbered, stored and sent."""
    again = f"（第{revision}版）" if revision > 1 else ""
    return periodical(
        ReportKind.ASSESSMENT,
        assessment,
        period=assessment.month,
        title=f"{assessment.district}{assessment.span}报送考核{again}",
        fields=sections(assessment),
        body=to_json(assessment),
        revision=revision,
        called="报送考核",
    )


def sections(a: Assessment) -> dict[str, str]:
    """The sections as text."""
    return {
        "口径": basis(a),
        "及时性": "\n".join(map(timing, a.timings)),
        "时限": "\n".join(map(clock, a.clocks)) or "本月无",
        "完整性": completeness(a.completeness),
        "各部门": "\n".join(map(group, a.departments)) or "本月无",
        "各班次": "\n".join(map(group, a.shifts)) or "本月无",
        "迟办与未办": "\n".join(map(late, a.late)) or "本月无",
        "缺项": "\n".join(f"{g.title}{f'（{g.report}）' if g.report else ''}：{g.sentence}" for g in a.gaps)
        or "本月无",
    }


def basis(a: Assessment) -> str:
    """What is counted, and what is not."""
    drills = f"，演练{a.drills}件不计" if a.drills else ""
    return (
        f"{a.span}触发的预警{a.alerts}件（其中误报{a.false_alarms}件{drills}）。只考核及时与完整，不考核数量和采用情况；"
        f"不以件数论高低，样本少时比例仅供参考。"
    )


def timing(t: Timing) -> str:
    """One step in one line."""
    if not t.done:
        return f"{t.name}：本月无记录" + (f"，按时{share(t.kept, t.limited)}" if t.limited else "")
    said = f"{t.name}：中位{length(t.median)}，九成在{length(t.ninth)}内，最长{length(t.longest)}"
    return said + (f"；按时{share(t.kept, t.limited)}" if t.limited else "")


def clock(c: ClockLine) -> str:
    """One clock in one line."""
    running = f"，未到期{c.running}项" if c.running else ""
    return f"{c.name}：按时{c.kept}项，迟办{c.late}项，未办{c.missed}项{running}"


def completeness(c: Completeness) -> str:
    """What the reports had and lacked."""
    lacking = "、".join(f"{name}（{count}份）" for name, count in c.lacking.items())
    lines = [
        f"首报要素齐全{share(c.complete, c.first_reports)}" + (f"，所缺要素：{lacking}" if lacking else ""),
        f"没有首报的预警{c.without_first}件",
        f"结束后有终报{share(c.final_reports, c.ended)}",
    ]
    return "\n".join(lines)


def group(g: Group) -> str:
    """One department or shift in one line."""
    steps = [f"{t.name}{length(t.median)}" for t in g.timings if t.done]
    return (
        f"{g.name}：时限按时{share(g.kept, g.due)}，迟办{g.late}项，未办{g.missed}项；"
        f"首报齐全{share(g.complete, g.first_reports)}，终报{share(g.final_reports, g.ended)}；"
        f"中位用时：{'、'.join(steps) or '无记录'}"
    )


def late(x: Late) -> str:
    """One clock that was not kept."""
    done = f"{wording.moment(x.met_at)}补办" if x.met_at else "至今未办"
    return f"{x.title}：{x.clock_name}应于{wording.moment(x.due_at)}前完成，{done}（{x.department}，班次{x.shift}）"


def share(part: int, whole: int) -> str:
    """A share with what it stands on: "8/10（80%）"; a share of nothing is none."""
    return f"{part}/{whole}（{part * 100 / whole:.0f}%）" if whole else "无可计"


def length(seconds: int | None) -> str:
    """A length of time as people say it."""
    return wording.length(None if seconds is None else timedelta(seconds=seconds))
