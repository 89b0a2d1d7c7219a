"""Texts in ordinary registers and the tier that the law gives them; texts that must raise nothing.

Each is replayed alone. The sets were written from the rules before the readers were looked at; tests/measure/tiers.py
prints what is missed.
"""

import pytest

from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from tests.acceptance.town import PLAN
from tests.measure import tiers

LIFE = {"deaths", "missing", "serious_injured", "injured", "ill", "trapped"}


@pytest.fixture(scope="module")
def judged():
    return [*tiers.judged(tiers.told("tiers.jsonl"), Reader(load_gazetteer(None)), load_plan(PLAN))]


def test_the_tier_is_the_laws(judged):
    asked = [one for one in judged if "tier" in one.text]
    right = [one for one in asked if one.tier == one.text["tier"]]
    assert len(right) / len(asked) >= 0.95


def test_no_tier_is_missed_where_people_died(judged):
    assert [one.text["text"] for one in judged if one.text.get("tier") and one.deaths and one.tier is None] == []


def test_the_figures_are_those_told(judged):
    told, found = sum(len(one.wanted) for one in judged), sum(len(one.wanted & one.given) for one in judged)
    assert found / told >= 0.97


@pytest.mark.parametrize(
    "remark",
    ["李书记连夜赶到现场，真是好干部，点赞！", "书记镇长都在现场，没一个干实事的，寒心。", "老板黑心，良心被狗吃了。"],
)
def test_praise_and_blame_leave_tier_and_reasons(remark):
    reader, plan, texts = Reader(load_gazetteer(None)), load_plan(PLAN), tiers.told("tiers.jsonl")[::7]
    plainly = [*tiers.judged(texts, reader, plan)]
    for more in (
        [one | {"text": one["text"] + remark} for one in texts],
        [one | {"text": remark + one["text"]} for one in texts],
    ):
        judged = [*tiers.judged(more, reader, plan)]
        assert [one.reasons for one in judged] == [one.reasons for one in plainly]


@pytest.mark.parametrize("remark", ["感谢王镇长带队连夜抢险，给力！", "专家就会念稿子，养你们有什么用！"])
def test_praise_and_blame_make_no_news_of_what_is_none(remark):
    reader, plan = Reader(load_gazetteer(None)), load_plan(PLAN)
    texts = [one for one in tiers.told("untold.jsonl") if one["kind"] not in {"zero", "threat", "hypothetical"}][::4]
    said = [one | {"text": remark + one["text"]} for one in texts]
    assert [one.text["text"] for one in tiers.judged(said, reader, plan) if one.tier] == []


@pytest.fixture(scope="module")
def untold():
    return [*tiers.judged(tiers.told("untold.jsonl"), Reader(load_gazetteer(None)), load_plan(PLAN))]


def test_what_is_no_event_of_today_or_of_this_country_raises_nothing(untold):
    foreign = {"foreign"}
    # A fire without victims is one, and what may collapse any day is told as a danger of today.
    figures = [one for one in untold if one.text["kind"] not in foreign and any(k in LIFE and v for k, v in one.given)]
    raised = [one for one in untold if one.text["kind"] not in {"zero", "threat", "hypothetical"} and one.tier]
    assert len(figures) <= 2
    assert raised == []
