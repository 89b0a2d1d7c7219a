"""docs/reports.md says what is in the reports: compared field by field."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from alerts.documents import layout
from alerts.reports import correction, final, first, follow_up
from alerts.reports.brief import Brief
from alerts.reports.score import Assessment, Completeness, Group, Timing
from alerts.reports.week import Weekly
from tests.alerts.cases import DISTRICT, SAID, alerted, fire, rated
from tests.builders import NOON, at

PAGE = (Path(__file__).parents[3] / "docs" / "reports.md").read_text(encoding="utf-8")
COLUMNS = ("首报", "续报", "更正", "终报")


def table():
    """Field → whether each kind has it."""
    rows = re.findall(r"^\| (\S[^|]*?) \| ([●○–]) \| ([●○–]) \| ([●○–]) \| ([●○–]) \|", PAGE, re.MULTILINE)
    return {
        name: dict(zip(COLUMNS, marks, strict=True)) for names, *marks in rows for name in re.split(r", | / ", names)
    }


def report(kind):
    of = fire(6, 6)
    one = first.build(fire(4), rated(fire(4)), alerted(fire(4)), NOON, district=DISTRICT, statements=SAID)
    if kind == "首报":
        return one
    build = {"续报": follow_up.build, "更正": correction.build, "终报": final.build}[kind]
    later = fire(3, 3) if kind == "更正" else of
    return build(later, rated(later), alerted(later), [one], at(2), district=DISTRICT, statements=SAID)


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_field_of_a_report_is_in_the_table_and_the_other_way_round(kind):
    told = report(kind).fields
    said = table()
    assert {name for name in told if said[name][kind] == "–"} == set()
    allowed_absent = {"其他变化", "简要经过", "全过程"}
    missing = {name for name, marks in said.items() if marks[kind] == "●" and name not in told}
    assert missing <= allowed_absent


@pytest.mark.parametrize("kind", [Brief, Weekly, Assessment, Completeness, Group, Timing])
def test_every_key_of_a_periodical_report_is_said(kind):
    assert [f.name for f in fields(kind) if f"`{f.name}`" not in PAGE] == []


def test_the_page_is_said_as_the_layout_has_it():
    assert f"A4, {layout.TOP:g} mm, {layout.BINDING:g} mm" in PAGE
    assert f"{layout.TEXT[0]:g} × {layout.TEXT[1]:g} mm" in PAGE
    assert f"{layout.LINES} lines of {layout.CHARACTERS} characters" in PAGE
    assert f"rules of {layout.THICK:g} and {layout.THIN:g} mm" in PAGE
