"""What is told with a year of its own beside what happened these days is of then."""

from datetime import datetime

import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind
from crawlers.beijing import BEIJING

LIST = "昨日，一辆农用车翻下山坡，7人死亡。2011年，邻县一辆拖拉机翻车，死了15人；2014年，同一条路上9人遇难。"


@pytest.mark.parametrize("told_at", [None, datetime(2026, 5, 1, tzinfo=BEIJING)])
def test_figures_of_other_years_are_not_added(told_at):
    told = document_value(find_facts(LIST, told_at=told_at), FactKind.DEATHS)
    assert told is not None
    assert told.value == 7


def test_the_only_figures_of_a_text_hold_whatever_year_it_names():
    told = document_value(find_facts("2026年，该厂爆炸造成3人死亡。"), FactKind.DEATHS)
    assert told is not None
    assert told.value == 3


@pytest.mark.parametrize(
    ("text", "ill"),
    [
        ("上周，全市新增登革热病例28例。今年以来，累计报告登革热病例312例。", 312),
        ("昨日新增2例炭疽病例，累计报告7例，均在隔离治疗。", 7),
        ("上周，全市新增登革热病例28例。去年同期，全市报告病例96例。", 28),
        ("今年以来，全市累计报告法定传染病1200例。", 0),
    ],
)
def test_the_cases_of_an_outbreak_so_far_are_of_now_beside_new_ones(text, ill):
    told = document_value(find_facts(text), FactKind.ILL)
    assert (told.value if told else 0) == ill
