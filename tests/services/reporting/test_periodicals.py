from datetime import date, timedelta

import pytest

from alerts.beijing import moment_of
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import ReportKind
from crawlers.model import Health, Visit
from services import worker
from services.reporting import periodicals
from services.reporting.periodicals import ASSESSMENT, WEEKLY
from tests.builders import at
from tests.services.desk import a_fire, a_folder, opened, tell

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)
WEEKLY_HOUR = moment_of(MONDAY) + timedelta(days=7, hours=8, minutes=30)
MONTHLY_HOUR = moment_of(date(2026, 12, 3)) + timedelta(hours=9)


@pytest.fixture
def service(tmp_path):
    """A fire on the Tuesday that turned out to be none."""
    with opened(a_folder(tmp_path / "desk")) as running:
        tell(running, *a_fire("a", "b", "c"))
        with running.view() as uow:
            (alert,) = uow.alerts.all()
        running.clock.set(at(0.1))
        running.act(alert.id, Act(action=Action.FALSE_ALARM, by="operator_a", note="演习用烟"))
        yield running


def tick(service, moment):
    service.clock.set(moment)
    worker.issue(service)


def issued(service, kind):
    with service.view() as uow:
        return list(uow.reports.latest(kind))


def told_of(service, report):
    with service.view() as uow:
        return [n for n in uow.outbox.all() if n.report_id == report.id]


def days_until(service, moment):
    """Every morning's tick up to a moment, as a running service has them."""
    morning = moment_of(MONDAY + 2 * DAY) + timedelta(hours=8)
    while morning < moment:
        tick(service, morning)
        morning += DAY


class TestWeekly:
    def test_it_is_issued_once_at_its_hour_about_the_week_before(self, service):
        days_until(service, WEEKLY_HOUR)
        tick(service, WEEKLY_HOUR - timedelta(minutes=1))
        assert issued(service, ReportKind.WEEKLY) == []

        tick(service, WEEKLY_HOUR)
        tick(service, WEEKLY_HOUR + timedelta(minutes=1))
        (report,) = issued(service, ReportKind.WEEKLY)
        assert (report.number, report.period) == ("周报〔2026〕1号", "2026-11-02")
        assert report.title == "示范区民情周报（2026年第45周，11月2日至11月8日）"
        assert report.body["false_alarms"] == 1

    def test_it_goes_to_those_whom_the_plan_names(self, service):
        days_until(service, WEEKLY_HOUR)
        tick(service, WEEKLY_HOUR)
        (report,) = issued(service, ReportKind.WEEKLY)
        wanted = {
            p.id for role in service.plan.response.weekly.notify for p in service.roster.resolve(role, WEEKLY_HOUR)
        }
        assert wanted
        assert {n.recipient for n in told_of(service, report)} == wanted
        assert {n.reason for n in told_of(service, report)} == {report.title}

    def test_it_sums_what_the_daily_briefs_said(self, service):
        days_until(service, WEEKLY_HOUR)
        tick(service, WEEKLY_HOUR)
        (report,) = issued(service, ReportKind.WEEKLY)
        dailies = [r for r in issued(service, ReportKind.DAILY) if r.period <= "2026-11-08"]
        assert report.body["counts"]["kept"] == sum(r.body["counts"]["kept"] for r in dailies) == 3
        assert [(t["topic"], t["posts"]) for t in report.body["trends"]] == [("hazard.fire", 3)]
        assert [d["date"] for d in report.body["days"] if d["issued"]] == ["2026-11-03"]

    def test_a_week_in_which_the_service_did_not_run_has_none(self, service):
        tick(service, WEEKLY_HOUR + 14 * DAY)
        assert issued(service, ReportKind.WEEKLY) == []

    def test_the_running_week_is_a_draft_that_is_stored_nowhere(self, service):
        with service.view() as uow:
            draft = periodicals.find(service, uow, WEEKLY, MONDAY + 3 * DAY)
            assert periodicals.find(service, uow, WEEKLY, MONDAY - DAY) is None
        assert periodicals.line(draft)["provisional"]
        assert (draft.number, draft.period) == ("", "2026-11-02")
        assert issued(service, ReportKind.WEEKLY) == []


class TestAssessment:
    def test_it_is_issued_once_on_its_day_about_the_month_before(self, service):
        days_until(service, MONTHLY_HOUR)
        assert issued(service, ReportKind.ASSESSMENT) == []
        tick(service, MONTHLY_HOUR)
        tick(service, MONTHLY_HOUR + timedelta(hours=1))
        (report,) = issued(service, ReportKind.ASSESSMENT)
        assert (report.number, report.title) == ("考核〔2026〕1号", "示范区2026年11月报送考核")
        assert (report.body["alerts"], report.body["false_alarms"]) == (1, 1)
        assert [s["name"] for s in report.body["shifts"]] == ["08:00—20:00"]
        assert report.body["late"] == []
        assert told_of(service, report)

    def test_a_changed_one_is_a_new_revision_and_the_issued_one_stays(self, service):
        days_until(service, MONTHLY_HOUR)
        tick(service, MONTHLY_HOUR)
        with service.unit_of_work() as uow:
            later = MONTHLY_HOUR + DAY
            made = ASSESSMENT.make(service, uow, date(2026, 11, 1), later, 2)
            again = periodicals.issue(service, uow, ASSESSMENT, made, later)
            uow.commit()
        second, first = issued(service, ReportKind.ASSESSMENT)
        assert second == again
        assert (first.sequence, second.sequence, second.number) == (1, 2, "考核〔2026〕2号")
        assert second.title == "示范区2026年11月报送考核（第2版）"
        assert {n.id for n in told_of(service, first)}.isdisjoint(n.id for n in told_of(service, second))


def test_the_next_moment_of_issue_is_the_earliest_of_all(service):
    response = service.plan.response
    assert periodicals.next_due(response, WEEKLY_HOUR - timedelta(minutes=1)) == WEEKLY_HOUR
    assert periodicals.next_due(response, WEEKLY_HOUR) == moment_of(date(2026, 11, 10)) + timedelta(hours=8)


class TestStopped:
    def test_the_day_on_which_the_service_stopped_has_its_brief_when_it_runs_again(self, service):
        tick(service, moment_of(MONDAY + 5 * DAY) + timedelta(hours=10))
        tick(service, moment_of(MONDAY + 5 * DAY) + timedelta(hours=11))
        (report,) = issued(service, ReportKind.DAILY)
        assert (report.period, report.body["counts"]["kept"]) == ("2026-11-03", 3)
        assert told_of(service, report)

    def test_the_earliest_that_is_owed_is_issued_first(self, service):
        tell(service, *a_fire("d", told=moment_of(MONDAY + 3 * DAY) + timedelta(hours=9)))
        tick(service, moment_of(MONDAY + 5 * DAY) + timedelta(hours=10))
        assert [one.period for one in issued(service, ReportKind.DAILY)] == ["2026-11-05", "2026-11-03"]

    def test_what_is_long_past_stays_past(self, service):
        tick(service, moment_of(MONDAY + 9 * DAY) + timedelta(hours=10))
        assert issued(service, ReportKind.DAILY) == []


def test_a_day_on_which_no_source_had_anything_has_a_brief_that_says_so(service):
    quiet = moment_of(MONDAY + 2 * DAY) + timedelta(hours=12)
    store = service.database.crawl_store()
    store.visited(Visit(source_id="public", health=Health.FAILING, started_at=quiet, finished_at=quiet))
    store.close()
    tick(service, moment_of(MONDAY + 3 * DAY) + timedelta(hours=8))
    report = issued(service, ReportKind.DAILY)[0]
    assert (report.period, report.body["counts"]["read"]) == ("2026-11-04", 0)
