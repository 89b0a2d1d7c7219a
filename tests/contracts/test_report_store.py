"""What every ReportStore must do."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

from alerts.model import Report, ReportKind
from analyzer.model import EventStatus, FactKind, Tier
from tests.builders import at, figure


def report(name, kind=ReportKind.FIRST, **more):
    base = Report(
        id=name, kind=kind, title="标题", text="正文", issued_at=at(), template_version="1", event_id="E1", tier=Tier.II
    )
    return replace(base, **more)


def test_a_report_gets_the_next_number_of_its_year_and_kind(work):
    issued = [
        work.reports.issue(report("a")),
        work.reports.issue(report("b")),
        work.reports.issue(report("c", ReportKind.FOLLOW_UP)),
        work.reports.issue(report("d", issued_at=datetime(2026, 12, 31, 15, 59, tzinfo=UTC))),
        work.reports.issue(report("e", issued_at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))),
    ]
    assert [r.number for r in issued] == [
        "首报〔2026〕1号",
        "首报〔2026〕2号",
        "续报〔2026〕1号",
        "首报〔2026〕3号",
        "首报〔2027〕1号",
    ]
    assert work.reports.get("a") == issued[0]
    assert work.reports.get("z") is None


def test_a_report_comes_back_with_its_fields_in_reading_order(work):
    one = report("a", fields={"事件": "火灾", "时间": "中午", "伤亡": "不详"}, figures={FactKind.DEATHS: figure(3)})
    stored = work.reports.issue(replace(one, status=EventStatus.RESOLVED))
    assert list(work.reports.get("a").fields) == ["事件", "时间", "伤亡"]
    assert work.reports.get("a") == stored


def test_issuing_again_gives_the_report_as_it_was_issued(work):
    first = work.reports.issue(report("a"))
    assert work.reports.issue(report("a", title="改过的标题")) == first
    assert work.reports.issue(report("b")).number == "首报〔2026〕2号"


def test_a_rolled_back_number_is_given_again(record):
    with record.unit_of_work() as work:
        work.reports.issue(report("lost"))
    with record.unit_of_work() as work:
        assert work.reports.issue(report("kept")).number == "首报〔2026〕1号"


def test_reports_of_an_event_come_in_the_order_of_issue(work):
    for name, kind in (("a", ReportKind.FIRST), ("b", ReportKind.FINAL), ("c", ReportKind.CORRECTION)):
        work.reports.issue(report(name, kind))
    work.reports.issue(report("d", event_id="E2"))
    work.reports.issue(report("e", ReportKind.DAILY, event_id=None))
    assert [r.id for r in work.reports.of_event("E1")] == ["a", "b", "c"]


def test_the_latest_of_a_kind_come_first(work):
    for name in "abc":
        work.reports.issue(report(name))
    work.reports.issue(report("d", ReportKind.FINAL))
    assert [r.id for r in work.reports.latest(ReportKind.FIRST, limit=2)] == ["c", "b"]


def test_numbers_have_neither_gaps_nor_repeats_when_many_issue_and_some_fail(record):
    def issue(worker):
        for number in range(12):
            with record.unit_of_work() as work:
                work.reports.issue(report(f"{worker}-{number}"))
                if number % 3:
                    work.commit()

    threads = [threading.Thread(target=issue, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with record.view() as view:
        numbers = {r.number for r in view.reports.latest(ReportKind.FIRST, limit=100)}
    assert numbers == {f"首报〔2026〕{n}号" for n in range(1, 33)}


def periodical(name, period, sequence=1, kind=ReportKind.DAILY, **more):
    return report(name, kind, event_id=None, tier=None, period=period, sequence=sequence, **more)


def test_the_last_revision_of_a_period_counts(work):
    work.reports.issue(periodical("a", "2026-11-03"))
    body = {"事件": [{"标题": "停水", "户数": 300}], "备注": None}
    second = work.reports.issue(periodical("b", "2026-11-03", 2, body=body))
    work.reports.issue(periodical("c", "2026-11-05"))
    work.reports.issue(periodical("d", "2026-11-02", kind=ReportKind.WEEKLY))
    work.reports.issue(report("e"))
    assert work.reports.of_period(ReportKind.DAILY, "2026-11-03") == second
    assert second.body == body
    assert work.reports.of_period(ReportKind.DAILY, "2026-11-02") is None
    assert work.reports.periods(ReportKind.DAILY) == ["2026-11-05", "2026-11-03"]
    assert work.reports.periods(ReportKind.FIRST) == []


def test_an_issued_brief_is_not_overwritten(work):
    work.reports.issue(periodical("a", "2026-11-03", body={"说": "原文"}))
    work.reports.issue(periodical("a", "2026-11-03", body={"说": "改过"}))
    assert work.reports.of_period(ReportKind.DAILY, "2026-11-03").body == {"说": "原文"}


def test_the_latest_of_all_kinds_come_first(work):
    for name, kind in (("a", ReportKind.FIRST), ("b", ReportKind.WEEKLY), ("c", ReportKind.FINAL)):
        work.reports.issue(report(name, kind))
    assert [r.id for r in work.reports.latest(limit=2)] == ["c", "b"]


def test_reports_of_a_time_come_in_the_order_of_issue(work):
    for hour, name in enumerate("abcd"):
        work.reports.issue(report(name, issued_at=at(hour)))
    assert [r.id for r in work.reports.between(at(1), at(3))] == ["b", "c"]
    assert work.reports.between(at(90), at(100)) == []
    work.reports.issue(report("clock set back", issued_at=at(-40)))
    work.reports.issue(report("tomorrow", issued_at=at(30)))
    work.reports.issue(report("about no event", ReportKind.DAILY, event_id=None, period="2026-11-01", issued_at=at(1)))
    assert [r.id for r in work.reports.between(at(-50), at(50))] == ["a", "b", "c", "d", "clock set back", "tomorrow"]
