import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.beijing import moment_of
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import ReportKind
from alerts.reports import page
from crawlers.model import Authority
from services import worker
from services.reporting import periodicals
from services.reporting.outputs import write_outputs
from services.reporting.periodicals import DAILY
from tests.builders import at
from tests.services.desk import a_fire, a_folder, opened, tell

DAY = date(2026, 11, 3)
NEXT_MORNING = moment_of(DAY) + timedelta(days=1, hours=8)
RECIPIENTS = {"operator_a", "operator_b", "leader_a", "leader_b", "leader_c"}


@pytest.fixture
def service(tmp_path):
    with opened(a_folder(tmp_path / "desk")) as running:
        yield running


def tick(service, moment):
    service.clock.set(moment)
    return worker.tick(service) + worker.issue(service)


def issued(service):
    with service.view() as uow:
        return list(uow.reports.latest(ReportKind.DAILY))


def daily_messages(service):
    ids = {report.id for report in issued(service)}
    with service.view() as uow:
        return [n for n in uow.outbox.all() if n.report_id in ids]


def record(service, day=DAY):
    with service.view() as uow:
        return uow.reports.of_period(ReportKind.DAILY, day.isoformat())


def settle(service):
    """The alert is out of the way: what ticks do now is the brief."""
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.act(alert.id, Act(action=Action.FALSE_ALARM, by="operator_a", note="演习用烟"))


def test_the_brief_of_a_day_is_issued_once_at_its_hour(service):
    tell(service, *a_fire("a", "b", "c"))
    settle(service)

    tick(service, NEXT_MORNING - timedelta(minutes=1))
    assert issued(service) == []

    tick(service, NEXT_MORNING)
    tick(service, NEXT_MORNING + timedelta(minutes=1))
    (report,) = issued(service)
    assert report.number == "日报〔2026〕1号"
    assert report.title == "示范区民情日报（2026年11月3日）"


def test_a_service_that_was_down_at_the_hour_issues_it_later(service):
    tell(service, *a_fire("a", "b", "c"))
    settle(service)

    tick(service, NEXT_MORNING + timedelta(hours=7))

    assert len(issued(service)) == 1
    assert record(service).issued_at == NEXT_MORNING + timedelta(hours=7)


def test_a_day_without_any_post_has_no_brief(service):
    tick(service, NEXT_MORNING)

    assert issued(service) == []


def test_the_brief_goes_to_those_whom_the_plan_names_and_are_on_duty_then(service):
    tell(service, *a_fire("a", "b", "c"))
    settle(service)
    tick(service, NEXT_MORNING)

    told = daily_messages(service)
    wanted = {p.id for role in ("duty_operator", "duty_leader") for p in service.roster.resolve(role, NEXT_MORNING)}

    assert {n.recipient for n in told} == wanted <= RECIPIENTS
    assert {n.reason for n in told} == {"示范区民情日报（2026年11月3日）"}
    assert all(n.alert_id is None for n in told)


def test_a_second_issue_is_a_revision_with_messages_of_its_own(service):
    tell(service, *a_fire("a", "b", "c"))
    settle(service)
    tick(service, NEXT_MORNING)
    with service.unit_of_work() as uow:
        later = NEXT_MORNING + timedelta(hours=1)
        again = periodicals.issue(service, uow, DAILY, DAILY.make(service, uow, DAY, later, 2), later)
        uow.commit()

    assert (again.sequence, again.number) == (2, "日报〔2026〕2号")
    assert record(service) == again
    assert [report.title for report in issued(service)] == [
        "示范区民情日报（2026年11月3日）第2版",
        "示范区民情日报（2026年11月3日）",
    ]
    assert len({n.id for n in daily_messages(service)}) == len(daily_messages(service)) == 4


def test_an_issued_brief_stays_as_it_was_whatever_comes_after(service):
    tell(service, *a_fire("a", "b", "c"))
    tick(service, NEXT_MORNING)
    before = periodicals.line(record(service))

    tell(service, *a_fire("d", "e", deaths=12, told=NEXT_MORNING + timedelta(hours=1), text="永固仓库又有人遇难"))
    tick(service, NEXT_MORNING + timedelta(hours=2))

    assert periodicals.line(record(service)) == before


def test_the_brief_so_far_has_no_number_and_is_stored_nowhere(service):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        draft = periodicals.draft(service, uow, DAILY, DAY)

    line = periodicals.line(draft)
    assert (line["number"], line["revision"], line["provisional"]) == ("", 0, True)
    assert line["events_by_tier"]["III"] == 1
    assert "尚未签发" in page.html(draft)
    assert record(service) is None


def test_a_brief_compares_with_the_one_before_it(service):
    tell(service, *a_fire("a", "b", "c"))
    tick(service, NEXT_MORNING)
    tell(service, *a_fire("d", deaths=5, told=at(13), text="永固仓库又有人遇难", authority=Authority.OFFICIAL))
    tick(service, NEXT_MORNING + timedelta(days=1))

    first, second = (record(service, day).body for day in (DAY, DAY + timedelta(days=1)))
    assert (first["new"], first["changed"]) == ([first["events"][0]["id"]], [])
    assert (second["new"], second["changed"]) == ([], first["new"])


def test_what_fewer_than_three_say_is_counted_and_not_shown(service):
    tell(service, *a_fire("a", "b", text="永固仓库烧起来了"))
    with service.view() as uow:
        draft = periodicals.draft(service, uow, DAILY, DAY)

    assert draft.body["withheld"] == 1
    assert draft.body["events"] == []
    assert "永固仓库烧起来了" not in page.html(draft)


def test_the_files_beside_the_record_show_the_day_so_far_or_the_last_one_issued(service, tmp_path):
    tell(service, *a_fire("a", "b", "c"))
    tick(service, NEXT_MORNING)

    write_outputs(service, tmp_path / "now")
    write_outputs(service, tmp_path / "issued", issued=True)

    now, last = ((tmp_path / name / "brief.json").read_text(encoding="utf-8") for name in ("now", "issued"))
    assert '"date":"2026-11-04"' in now
    assert '"date":"2026-11-03"' in last
    assert (tmp_path / "now" / "events.jsonl").read_bytes() == (tmp_path / "issued" / "events.jsonl").read_bytes()


def while_it_is_made(patch, act):
    """The daily brief, during whose making something else happens."""

    def make(service, uow, day, now, revision):
        act()
        return DAILY.make(service, uow, day, now, revision)

    patch.setattr(periodicals, "PERIODICALS", (replace(DAILY, make=make),))


def test_no_alert_waits_while_a_brief_is_made(service, monkeypatch):
    tell(service, *a_fire("a", "b", "c"))

    def elsewhere():
        other = threading.Thread(target=settle, args=(service,))
        other.start()
        other.join(10)
        assert not other.is_alive(), "an act waits for the brief"

    while_it_is_made(monkeypatch, elsewhere)
    tick(service, NEXT_MORNING)
    with service.view() as uow:
        assert uow.alerts.open() == []
    assert len(issued(service)) == 1


def test_a_brief_that_another_process_has_issued_meanwhile_is_not_issued_again(service, monkeypatch):
    tell(service, *a_fire("a", "b", "c"))
    settle(service)

    def another():
        with service.unit_of_work() as uow:
            periodicals.issue(service, uow, DAILY, DAILY.make(service, uow, DAY, NEXT_MORNING, 1), NEXT_MORNING)
            uow.commit()

    while_it_is_made(monkeypatch, another)
    tick(service, NEXT_MORNING)
    assert [report.sequence for report in issued(service)] == [1]
