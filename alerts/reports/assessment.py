"""月度报送考核: how timely and how complete the desk reported, by department and by shift.

Neither how much was reported nor what became of it counts: who is measured by volume reports noise. Persons are not
compared with each other. Drills do not count; a false alarm counts for its clocks, because nobody knew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from alerts.beijing import BEIJING, moment_of
from alerts.clocks import PUBLIC
from alerts.lifecycle import Action
from alerts.model import Alert, AlertState, Deadline, DeadlineKind, LogEntry, Report, ReportKind
from alerts.people import Shift
from alerts.reports.score import (
    FIELDS,
    Assessment,
    ClockLine,
    Completeness,
    Gap,
    Group,
    Late,
    Measure,
    Timing,
)
from alerts.taking_back import standing
from analyzer.model import Event

VERIFY_WITHIN = timedelta(hours=24)
"""Verification is due within a day: WHO's and ECDC's practice of event-based surveillance, Sphere 2018."""
_LIMITS = {
    Measure.REPORT: DeadlineKind.FIRST_REPORT,
    Measure.ACKNOWLEDGE: DeadlineKind.ACKNOWLEDGE,
    Measure.ANSWER: DeadlineKind.ANSWER,
}
_ANSWERING = frozenset({Action.ANSWER.value, Action.PRESS.value})
_ATTENDING = _ANSWERING | {Action.ACKNOWLEDGE.value, Action.VERIFY.value, Action.ASSIGN.value}
_UNKNOWN = ("暂无", "帖文未提及")
"""How a field begins that says honestly that nothing is known yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthMaterial:
    """All that an assessment is made from.

    `first` is the month's first day; `alerts`, `events` and `reports` may hold more than the month's; `histories` by
    alert id; `shifts` are the duty operators' of the month (`Roster.shifts_between`); `names` maps ids to names.
    """

    first: date
    district: str
    now: datetime
    alerts: Sequence[Alert] = ()
    events: Sequence[Event] = ()
    reports: Sequence[Report] = ()
    histories: Mapping[str, Sequence[LogEntry]] = field(default_factory=dict)
    shifts: Sequence[Shift] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a month that does not begin on its first day."""
        if self.first.day != 1:
            raise ValueError(f"考核从每月1日起，{self.first}不是1日")

    @property
    def start(self) -> datetime:
        """The month's first moment."""
        return moment_of(self.first)

    @property
    def end(self) -> datetime:
        """The next month's first moment."""
        return moment_of((self.first.replace(day=28) + timedelta(days=4)).replace(day=1))


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One alert with all that tells how it was handled."""

    alert: Alert
    event: Event | None
    reports: Sequence[Report]
    history: Sequence[LogEntry]
    now: datetime

    @property
    def known_at(self) -> datetime:
        """When the desk learned of it."""
        known = self.event.known_at if self.event is not None else None
        return min(known, self.alert.opened_at) if known is not None else self.alert.opened_at

    def took(self, measure: Measure) -> timedelta | None:
        """How long a step took; None while it is not done."""
        done = self._done(measure)
        if done is None:
            return None
        since = {
            Measure.DETECT: self.event.first_seen_at if self.event is not None else self.known_at,
            Measure.ACKNOWLEDGE: self.alert.opened_at,
        }.get(measure, self.known_at)
        return max(done - since, timedelta(0))

    def _done(self, measure: Measure) -> datetime | None:
        match measure:
            case Measure.DETECT:
                return self.known_at
            case Measure.REPORT:
                return min((r.issued_at for r in self.reports if r.kind is ReportKind.FIRST), default=None)
            case Measure.ACKNOWLEDGE:
                attended = (e.at for e in self.history if e.action in _ATTENDING)
                return min(attended, default=self.alert.acknowledged_at)
            case Measure.VERIFY:
                verified = (r.issued_at for r in self.reports if r.verified)
                return min(verified, default=None)
            case Measure.ANSWER:
                return self._answered()

    def _answered(self) -> datetime | None:
        found = standing(self.history)
        if self.event is not None and self.event.answered_at is not None:
            found.append(self.event.answered_at)
        return min(found, default=None)

    def kept(self, measure: Measure) -> bool | None:
        """Whether a step kept its limit; None where it has none or may still be kept."""
        if measure is Measure.VERIFY:
            took, waited = self.took(measure), self.now - self.known_at
            return took <= VERIFY_WITHIN if took is not None else None if waited <= VERIFY_WITHIN else False
        kind = _LIMITS.get(measure)
        found = [kept(clock) for clock in self.clocks() if clock.kind is kind]
        return False if False in found else None if not found or None in found else True

    def clocks(self) -> list[Deadline]:
        """The alert's clocks as they stand, and the ones that had run out before a raise restarted them."""
        until = min(self.now, self.alert.closed_at or self.now)
        return [*(_overdue(clock, until) for clock in self.alert.deadlines), *self._before_raises()]

    def lacking(self, report: Report) -> list[str]:
        """Fields that the rules ask of a first report and that say nothing; a failing service owes no casualties."""
        service = self.event is not None and self.event.topic.startswith("service.")
        asked = [name for name in FIELDS if not (service and name == "伤亡失联")]
        return [name for name in asked if not (text := report.fields.get(name, "")) or text.startswith(_UNKNOWN)]

    def _before_raises(self) -> Iterator[Deadline]:
        """A raise sets these clocks anew, so their misses stand in the history alone."""
        raised = [e.at for e in self.history if e.action == Action.RAISE]
        last = max(raised, default=None)
        for entry in self.history:
            if entry.action != "miss" or last is None or entry.at > last:
                continue
            for kind in DeadlineKind:
                if kind not in PUBLIC and f"{kind.chinese}超时" in entry.note:
                    yield Deadline(kind=kind, due_at=entry.at, missed_at=entry.at)


def build(m: MonthMaterial) -> Assessment:
    """The assessment of the alerts opened in the month, as known at `now`. Equal material gives an equal one."""
    of_month = sorted((a for a in m.alerts if m.start <= a.opened_at < m.end), key=lambda a: (a.opened_at, a.id))
    cases = list(_cases([alert for alert in of_month if not alert.drill], m))
    return Assessment(
        month=f"{m.first:%Y-%m}",
        district=m.district,
        issued_at=m.now,
        alerts=len(cases),
        drills=len(of_month) - len(cases),
        false_alarms=sum(case.alert.state is AlertState.FALSE_ALARM for case in cases),
        timings=_timings(cases),
        clocks=tuple(_clocks(cases)),
        completeness=_completeness(cases),
        departments=_groups(cases, lambda case: _department(case, m)),
        shifts=_groups(cases, lambda case: _shift(case, m)),
        late=tuple(_late(cases, m)),
        gaps=tuple(_gaps(cases)),
    )


def _cases(alerts: Sequence[Alert], m: MonthMaterial) -> Iterator[Case]:
    events = {event.id: event for event in m.events}
    reports: dict[str | None, list[Report]] = defaultdict(list)
    for report in m.reports:
        reports[report.alert_id].append(report)
    for alert in alerts:
        yield Case(
            alert=alert,
            event=events.get(alert.event_id),
            reports=reports[alert.id],
            history=m.histories.get(alert.id, ()),
            now=m.now,
        )


def _timings(cases: Sequence[Case]) -> tuple[Timing, ...]:
    return tuple(_timing(measure, cases) for measure in Measure)


def _timing(measure: Measure, cases: Sequence[Case]) -> Timing:
    took = sorted(int(t.total_seconds()) for case in cases if (t := case.took(measure)) is not None)
    kept = [k for case in cases if (k := case.kept(measure)) is not None]
    return Timing(
        measure=measure.value,
        name=measure.chinese,
        done=len(took),
        median=rank(took, 0.5),
        ninth=rank(took, 0.9),
        longest=took[-1] if took else None,
        limited=len(kept),
        kept=sum(kept),
    )


def rank(ordered: Sequence[int], share: float) -> int | None:
    """The nearest-rank quantile of an ordered list: always a value that occurred."""
    if not ordered:
        return None
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _overdue(clock: Deadline, until: datetime) -> Deadline:
    """A clock that has run out is a miss, also where nobody has noted it yet; one that an ending overtook is not."""
    return replace(clock, missed_at=clock.due_at) if clock.running and clock.due_at <= until else clock


def kept(clock: Deadline) -> bool | None:
    """Whether a clock was kept; None while it runs."""
    if clock.missed_at is not None:
        return False
    return None if clock.met_at is None else clock.met_at <= clock.due_at


def _clocks(cases: Sequence[Case]) -> Iterator[ClockLine]:
    """The follow-up clock is a cadence and no limit: it is not counted."""
    every = [clock for case in cases for clock in case.clocks()]
    for kind in DeadlineKind:
        found = [clock for clock in every if clock.kind is kind]
        if kind is DeadlineKind.FOLLOW_UP or not found:
            continue
        late = [c for c in found if kept(c) is False]
        yield ClockLine(
            clock=kind.value,
            name=kind.chinese,
            kept=sum(kept(c) is True for c in found),
            late=sum(c.met_at is not None for c in late),
            missed=sum(c.met_at is None for c in late),
            running=sum(kept(c) is None for c in found),
        )


def _completeness(cases: Sequence[Case]) -> Completeness:
    firsts = [case.lacking(report) for case in cases for report in case.reports if report.kind is ReportKind.FIRST]
    lacking = [name for names in firsts for name in names]
    ended = [case for case in cases if case.alert.state in {AlertState.CLOSED, AlertState.FALSE_ALARM}]
    return Completeness(
        first_reports=len(firsts),
        complete=sum(not names for names in firsts),
        lacking={name: lacking.count(name) for name in FIELDS if name in lacking},
        without_first=sum(not any(r.kind is ReportKind.FIRST for r in case.reports) for case in cases),
        ended=len(ended),
        final_reports=sum(any(r.kind is ReportKind.FINAL for r in case.reports) for case in ended),
    )


def _groups(cases: Sequence[Case], name: Callable[[Case], str]) -> tuple[Group, ...]:
    named: dict[str, list[Case]] = {}
    for case in cases:
        named.setdefault(name(case), []).append(case)
    return tuple(_group(key, found) for key, found in sorted(named.items()))


def _group(name: str, cases: Sequence[Case]) -> Group:
    clocks = [clock for case in cases for clock in case.clocks() if clock.kind is not DeadlineKind.FOLLOW_UP]
    late = [clock for clock in clocks if kept(clock) is False]
    done = _completeness(cases)
    return Group(
        name=name,
        timings=_timings(cases),
        due=sum(kept(clock) is not None for clock in clocks),
        kept=sum(kept(clock) is True for clock in clocks),
        late=sum(clock.met_at is not None for clock in late),
        missed=sum(clock.met_at is None for clock in late),
        first_reports=done.first_reports,
        complete=done.complete,
        ended=done.ended,
        final_reports=done.final_reports,
    )


def _department(case: Case, m: MonthMaterial) -> str:
    key = case.alert.department
    return m.names.get(key, key) if key else "未转办"


def _shift(case: Case, m: MonthMaterial) -> str:
    """The hours of the shift in which the alert opened: shifts are compared, not the people in them."""
    at = case.alert.opened_at
    found = next((s for s in m.shifts if s.start <= at < s.end), None)
    if found is None:
        return "班次外"
    start, end = (moment.astimezone(BEIJING) for moment in (found.start, found.end))
    return f"{start:%H:%M}—{end:%H:%M}"


def _late(cases: Sequence[Case], m: MonthMaterial) -> Iterator[Late]:
    found = [(clock, case) for case in cases for clock in case.clocks() if kept(clock) is False]
    for clock, case in sorted(found, key=lambda pair: (pair[0].due_at, pair[1].alert.id, pair[0].kind.value)):
        if clock.kind is DeadlineKind.FOLLOW_UP:
            continue
        yield Late(
            alert_id=case.alert.id,
            title=case.event.title if case.event is not None else "",
            clock=clock.kind.value,
            clock_name=clock.kind.chinese,
            due_at=clock.due_at,
            met_at=clock.met_at,
            department=_department(case, m),
            shift=_shift(case, m),
        )


def _gaps(cases: Iterable[Case]) -> Iterator[Gap]:
    """Reports that say too little or do not exist."""
    for case in cases:
        title = case.event.title if case.event is not None else ""
        for report in case.reports:
            if report.kind is ReportKind.FIRST and (names := case.lacking(report)):
                yield Gap(alert_id=case.alert.id, title=title, report=report.number, sentence=f"缺{'、'.join(names)}")
        kinds = {report.kind for report in case.reports}
        if ReportKind.FIRST not in kinds:
            yield Gap(alert_id=case.alert.id, title=title, report="", sentence="没有首报")
        if case.alert.state in {AlertState.CLOSED, AlertState.FALSE_ALARM} and ReportKind.FINAL not in kinds:
            yield Gap(alert_id=case.alert.id, title=title, report="", sentence="已结束而没有终报")
