"""One report with DOCX and PDF, in seconds: as the first of a process, and as every one after it."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from alerts.documents import papers
from alerts.documents.attaching import attachment
from alerts.documents.paper import Form, Letterhead
from alerts.model import Report
from alerts.reports import brief, first, score, week
from tests.alerts.cases import DISTRICT, SAID, alerted, fire, rated
from tests.alerts.reports.test_assessment import case, month_of
from tests.alerts.reports.test_daily import brief_of, gas
from tests.alerts.reports.test_weekly import week_of
from tests.builders import NOON, figure

ROUNDS = 20
HEAD = Letterhead(office="示范区民情值班台", copies=("区应急管理局",))
FIRST = "from tests.benchmarks.papers import once, samples; once(samples()['first'])"


def measure(out: Path) -> dict[str, object]:
    del out
    figures: dict[str, object] = {"first of a new process, with imports and fonts": _seconds(_new_process)}
    for name, report in samples().items():
        # Each with another number, so that nothing is kept from the round before.
        rounds = [replace(report, number=f"某报〔2026〕{n}号") for n in range(ROUNDS)]
        took = sorted(_seconds(lambda one=one: once(one)) for one in rounds)
        figures[f"{name}: median"] = round(median(took), 3)
        figures[f"{name}: slowest of {ROUNDS}"] = took[-1]
    return figures


def samples() -> dict[str, Report]:
    """One of each size: an event's report, a day of 40 events, a week and a month of 100."""
    of = fire(12, 4, figures={"households": figure(30)})
    many = [replace(fire(n % 15), id=f"E{n}") for n in range(100)]
    topics = {f"hazard.{name}": n for n, name in enumerate(("fire", "flood", "traffic", "storm", "epidemic"))}
    day = brief_of(*many[:40], gas(), alerts=[alerted(e) for e in many[:40]], topic_posts=topics)
    return {
        "first": first.build(of, rated(of), alerted(of), NOON, district=DISTRICT, statements=SAID),
        "daily": brief.as_report(day),
        "weekly": week.as_report(week_of(*many, alerts=[alerted(e) for e in many], topic_posts=topics)),
        "assessment": score.as_report(month_of(*[case(f"A{n}", opened=n / 10) for n in range(100)])),
    }


def once(report: Report) -> None:
    """DOCX and PDF."""
    paper = papers.of(report, HEAD)
    for form in Form:
        attachment(paper, form)


def _new_process() -> None:
    subprocess.run([sys.executable, "-c", FIRST], check=True)


def _seconds(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return round(time.perf_counter() - start, 3)
