"""Daily and weekly briefs and monthly assessments: which is due; frozen once issued, a change is a new revision."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts import schedule
from alerts.beijing import day_of
from alerts.errors import NotAllowed
from alerts.model import Notification, Purpose, Report, ReportKind
from alerts.reports import brief, score, week
from alerts.response import Brief, MonthlyAssessment, Response, WeeklyBrief
from services.bootstrap import Service
from services.errors import NotFound
from services.ports import UnitOfWork
from services.reporting import assessments, briefs, weeklies
from services.reporting.publisher import Publisher
from services.sending.notices import meant, notices


@dataclass(frozen=True, kw_only=True, slots=True)
class Periodical:
    """One kind: `rules` is the plan's part for it, `make` writes the revision of the period that begins on a day.

    `key` names the period ("2026-11-02", "2026-11"), `begins` is the first day of the period that a day lies in,
    `has_lived` says whether the service was at work in the period that begins on a day; `back` is how many periods that
    are over are looked at, so that the one in which it stopped is told of when it runs again.
    """

    kind: ReportKind
    rules: Callable[[Response], Brief | WeeklyBrief | MonthlyAssessment]
    make: Callable[[Publisher, UnitOfWork, date, datetime, int], Report]
    key: Callable[[date], str]
    begins: Callable[[date], date]
    has_lived: Callable[[UnitOfWork, date], bool]
    called: Callable[[Report], str]
    back: int = 2


def _daily(publisher: Publisher, uow: UnitOfWork, day: date, now: datetime, revision: int) -> Report:
    return brief.as_report(briefs.make(publisher, uow, day, now), revision=revision)


def _weekly(publisher: Publisher, uow: UnitOfWork, first: date, now: datetime, revision: int) -> Report:
    return week.as_report(weeklies.make(publisher, uow, first, now), revision=revision)


def _assessment(publisher: Publisher, uow: UnitOfWork, first: date, now: datetime, revision: int) -> Report:
    return score.as_report(assessments.make(publisher, uow, first, now), revision=revision)


def _briefed(uow: UnitOfWork, first: date, last: date) -> bool:
    """Whether a daily brief was issued about one of these days."""
    return any(first.isoformat() <= day <= last.isoformat() for day in uow.reports.periods(ReportKind.DAILY))


DAILY = Periodical(
    kind=ReportKind.DAILY,
    rules=lambda response: response.brief,
    make=_daily,
    key=date.isoformat,
    begins=lambda day: day,
    has_lived=lambda uow, day: bool(uow.sources.tallies(day.isoformat())),
    called=lambda report: report.title,
    back=7,
)
WEEKLY = Periodical(
    kind=ReportKind.WEEKLY,
    rules=lambda response: response.weekly,
    make=_weekly,
    key=date.isoformat,
    begins=schedule.week_of,
    has_lived=lambda uow, first: _briefed(uow, first, first + timedelta(days=6)),
    called=lambda report: report.title,
)
ASSESSMENT = Periodical(
    kind=ReportKind.ASSESSMENT,
    rules=lambda response: response.assessment,
    make=_assessment,
    key=lambda first: f"{first:%Y-%m}",
    begins=schedule.month_of,
    has_lived=lambda uow, first: _briefed(uow, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)),
    called=lambda report: report.title,
)
PERIODICALS = (DAILY, WEEKLY, ASSESSMENT)
"""In the order of issue: the weekly brief is made from the daily ones."""


def issue_due(service: Service, now: datetime) -> int:
    """Issue and send what is about the last periods that are over and whose hour has come; how many there were.

    A report over thousands of alerts takes seconds to make: it is made from a view of the record, and only its issue
    is a transaction, so that no alert waits for it.
    """
    return sum(_issue_owed(service, it, now) for it in PERIODICALS)


def _issue_owed(service: Service, it: Periodical, now: datetime) -> int:
    done = 0
    while _issue_once(service, it, now):
        done += 1
    return done


def _issue_once(service: Service, it: Periodical, now: datetime) -> bool:
    with service.view() as uow:
        made = due(service, uow, it, now)
    if made is None:
        return False
    with service.deciding() as uow:
        if _is_issued(uow, it, made.period):
            return False
        issue(service, uow, it, made, now)
    return True


def due(publisher: Publisher, uow: UnitOfWork, it: Periodical, now: datetime) -> Report | None:
    """What is to be issued now, the earliest first; None where all is issued or nothing was at work."""
    issued = set(uow.reports.periods(it.kind))
    over = it.rules(publisher.plan.response).schedule.lately(now, it.back)
    owed = (first for first in over if it.key(first) not in issued and it.has_lived(uow, first))
    first = next(owed, None)
    return None if first is None else it.make(publisher, uow, first, now, 1)


def _is_issued(uow: UnitOfWork, it: Periodical, period: str) -> bool:
    return period in uow.reports.periods(it.kind)


def next_due(response: Response, now: datetime, periodicals: Iterable[Periodical] = PERIODICALS) -> datetime:
    """When the next one of these is issued."""
    return min(it.rules(response).schedule.next(now) for it in periodicals)


def issue(service: Service, uow: UnitOfWork, it: Periodical, made: Report, now: datetime) -> Report:
    """Freeze what has been made under the next number, and put its messages into the outbox."""
    report = uow.reports.issue(made)
    for message in _messages(service, it, report, now):
        uow.outbox.add(message)
    return report


def reissue(service: Service, it: Periodical, day: date, *, by: str, note: str) -> Report:
    """A person has an issued report issued anew because the record says something else by now: the next revision.

    Raises NotFound where none is issued, NotAllowed where nothing has changed or nobody says why.
    """
    service.require_person(by)
    if not note.strip():
        raise NotAllowed("重新签发须写明理由。")
    now, first = service.clock.now(), it.begins(day)
    with service.view() as uow:
        before = uow.reports.of_period(it.kind, it.key(first))
        if before is None:
            raise NotFound(f"{it.key(first)} 的{it.kind.chinese}尚未签发。")
        made = it.make(service, uow, first, now, before.sequence + 1)
    if _matter(before) == _matter(made):
        raise NotAllowed(f"{before.number}与现有记录一致，无需重新签发。")
    with service.lock, service.unit_of_work() as uow:
        if uow.reports.of_period(it.kind, it.key(first)) != before:
            raise NotAllowed(f"{before.number}刚刚已由他人重新签发，请刷新后再看。")
        report = issue(service, uow, it, made, now)
        uow.audit.append(at=now, actor=by, action="reissue", target=report.number, note=note)
        uow.commit()
    return report


def _matter(report: Report) -> dict[str, object]:
    """What a report says, apart from when it was made."""
    return {key: said for key, said in report.body.items() if key != "issued_at"}


def day_in(report: Report) -> date:
    """The first day of a periodical report's period."""
    return date.fromisoformat(report.period if len(report.period) > len("2026-11") else f"{report.period}-01")


def of_kind(kind: ReportKind) -> Periodical:
    """Raises NotAllowed for a report about one event."""
    for it in PERIODICALS:
        if it.kind is kind:
            return it
    raise NotAllowed(f"{kind.chinese}不能重新签发：已签发的报告不改，有误时另发更正。")


def _messages(service: Service, it: Periodical, report: Report, now: datetime) -> Iterator[Notification]:
    people = meant(service.roster, it.rules(service.plan.response).notify, now)
    said = it.called(report)
    return notices(people, report.id[:16], said, now, purpose=Purpose.REPORT, report_id=report.id)


def find(service: Service, uow: UnitOfWork, it: Periodical, day: date) -> Report | None:
    """The report about the period that `day` lies in: as issued, else a draft (sequence 0) where it is running now.

    A draft has no number and is stored nowhere.
    """
    first = it.begins(day)
    issued = uow.reports.of_period(it.kind, it.key(first))
    running = it.begins(day_of(service.clock.now())) == first
    return draft(service, uow, it, first) if issued is None and running else issued


def draft(service: Service, uow: UnitOfWork, it: Periodical, first: date) -> Report:
    """What would be issued now."""
    return it.make(service, uow, first, service.clock.now(), 0)


def line(report: Report) -> dict[str, object]:
    """A periodical report as JSON: its structure, with number and revision."""
    return {
        "number": report.number,
        "revision": report.sequence,
        "provisional": not report.sequence,
        "report_id": report.id if report.sequence else None,
        **report.body,
    }
