import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.reports.wording import amount, headline_figure, level, marks, moment, number, numeral
from analyzer.model import FactKind, Qualifier, Tier
from tests.builders import NOON, figure


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (3, "3"),
        (9999, "9999"),
        (12000, "1.2万"),
        (12345, "12345"),
        (1.5, "1.5"),
        (1.2e8, "1.2亿"),
        (1e4, "1万"),
    ],
)
def test_a_figure_is_short_and_exact(value, said):
    assert number(value) == said


@given(st.integers(0, 10**10))
def test_no_whole_figure_is_rounded_away(value):
    said = number(value)
    unit = {"万": 10**4, "亿": 10**8}.get(said[-1], 1)
    assert round(float(said.rstrip("万亿")) * unit) == value


@pytest.mark.parametrize(
    ("count", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_numbers_of_reports_are_chinese(count, said):
    assert numeral(count) == said


def test_times_are_beijing_times():
    assert moment(NOON) == "11月3日12时00分"


def test_a_tier_is_short():
    assert [level(t) for t in (*Tier, None)] == ["Ⅳ级", "Ⅲ级", "Ⅱ级", "Ⅰ级", "未定级"]


def test_evidence_is_short_counted_and_never_twice():
    assert marks([]) == ""
    assert marks(["ab12cd34ef", "ab12cd34ef"]) == "（#ab12cd34）"
    assert marks([f"{n}" * 9 for n in range(5)]) == "（#00000000、#11111111、#22222222等5条）"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({}, ""),
        ({FactKind.DEATHS: figure(4), FactKind.INJURED: figure(30, 30)}, "死亡4人待核实"),
        ({FactKind.DEATHS: figure(0, 0), FactKind.INJURED: figure(30, 30)}, "受伤30人"),
        ({FactKind.DEATHS: figure(6, 4)}, "死亡已核实4人、待核实6人"),
        ({FactKind.DEATHS: figure(4, 5), FactKind.MISSING: figure(8)}, "死亡5人，失踪（失联）8人待核实"),
        ({FactKind.MISSING: figure(8), FactKind.INJURED: figure(30, 30)}, "失踪（失联）8人待核实"),
        ({FactKind.HOUSEHOLDS: figure(12000, 12000)}, "受影响户数1.2万户"),
    ],
)
def test_the_headline_is_the_gravest_figure_and_the_missing_beside_the_dead(figures, said):
    assert headline_figure(figures) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(24, "24小时"), (30 + 1 / 3, "30小时20分钟"), (0.5, "30分钟"), (2.67, "2小时40分钟")]
)
def test_hours_are_told_in_hours_and_minutes(hours, said):
    assert amount(FactKind.HOURS, hours) == said
    assert amount(FactKind.HOURS, hours, Qualifier.AT_LEAST) == f"至少{said}"
