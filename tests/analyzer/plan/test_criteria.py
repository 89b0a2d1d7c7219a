import pytest
from pydantic import ValidationError

from analyzer.model import Tier
from analyzer.plan import Criterion, Plan

BASE = {"id": "x", "title": "x", "topics": ["hazard.fire"], "source": "本区自定", "confidence": "local"}


def test_attention_alone_is_refused_above_tier_three():
    with pytest.raises(ValidationError, match="最高只能定到 III 级"):
        Criterion.model_validate({**BASE, "tiers": {"II": [{"voices": 500}]}})
    assert Criterion.model_validate({**BASE, "tiers": {"III": [{"voices": 500}]}})


@pytest.mark.parametrize("name", ["sentiment", "negative_share", "tone", "criticism"])
def test_no_measure_of_tone_exists(name):
    with pytest.raises(ValidationError, match="未知的指标"):
        Criterion.model_validate({**BASE, "tiers": {"IV": [{name: 1}]}})


def test_a_criterion_without_source_is_refused():
    with pytest.raises(ValidationError):
        Criterion.model_validate({**BASE, "source": "", "tiers": {"IV": [{"deaths": 1}]}})


def test_a_star_covers_a_whole_level():
    wide = Criterion.model_validate({**BASE, "topics": ["service.*"], "tiers": {"IV": [{"voices": 3}]}})
    assert wide.applies_to(("service.water",), frozenset())
    assert not wide.applies_to(("hazard.fire",), frozenset())


def test_colours_may_be_written_by_name():
    criterion = Criterion.model_validate({**BASE, "tiers": {"III": [{"warning": "red"}]}})
    assert criterion.tiers[Tier.III] == ({"warning": 4},)


@pytest.mark.parametrize(
    "row",
    [{"voices": 500, "occurrence": 1}, {"voices+heat": 500}, {"heat": 200, "growth": 10, "occurrence": 1}],
)
def test_nothing_that_tells_of_no_harm_takes_attention_above_tier_three(row):
    """Whatever is talked about occurs: beside attention that is no harm."""
    with pytest.raises(ValidationError):
        Criterion.model_validate({**BASE, "tiers": {"I": [row]}})


def test_attention_may_stand_beside_harm_but_is_never_added_to_it():
    assert Criterion.model_validate({**BASE, "tiers": {"I": [{"deaths": 30, "voices": 3}]}})
    with pytest.raises(ValidationError, match="voices\\+deaths 不能相加"):
        Criterion.model_validate({**BASE, "tiers": {"IV": [{"voices+deaths": 30}]}})


@pytest.mark.parametrize("sum_", ["deaths+hours", "deaths+deaths", "loss_yuan+households"])
def test_only_unlike_figures_of_one_unit_are_added_up(sum_):
    with pytest.raises(ValidationError, match="不能相加"):
        Criterion.model_validate({**BASE, "tiers": {"IV": [{sum_: 3}]}})


@pytest.mark.parametrize("least", [0, -1, float("nan"), float("inf"), -float("inf")])
def test_a_threshold_that_everything_or_nothing_reaches_is_refused(least):
    with pytest.raises(ValidationError, match="门槛须大于 0"):
        Criterion.model_validate({**BASE, "tiers": {"IV": [{"deaths": least}]}})


@pytest.mark.parametrize("row", [{"power_users_percent": 101}, {"occurrence": 2}, {"warning": 5}])
def test_a_threshold_beyond_the_greatest_value_is_refused(row):
    with pytest.raises(ValidationError, match="永远达不到"):
        Criterion.model_validate({**BASE, "tiers": {"IV": [row]}})


def test_a_colour_that_there_is_not_names_those_there_are():
    with pytest.raises(ValidationError, match="没有 violet 色，只能写 blue、yellow、orange、red"):
        Criterion.model_validate({**BASE, "tiers": {"IV": [{"warning": "violet"}]}})


@pytest.mark.parametrize(
    "change",
    [{"source": "   "}, {"title": " "}, {"id": ""}, {"topics": []}, {"tiers": {"IV": []}}, {"tiers": {"IV": [{}]}}],
)
def test_what_is_left_blank_is_refused(change):
    with pytest.raises(ValidationError):
        Criterion.model_validate({**BASE, "tiers": {"IV": [{"deaths": 1}]}, **change})


@pytest.mark.parametrize("change", [{"district": " "}, {"version": ""}, {"totals": {"power_users": -1}}])
def test_a_plan_has_a_name_a_version_and_no_negative_sums(change):
    whole = {"version": "1", "district": "示范区", "criteria": [{**BASE, "tiers": {"IV": [{"deaths": 1}]}}]}
    assert Plan.model_validate(whole)
    with pytest.raises(ValidationError):
        Plan.model_validate({**whole, **change})
