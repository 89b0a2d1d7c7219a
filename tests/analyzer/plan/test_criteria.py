import pytest
from pydantic import ValidationError

from analyzer.model import Tier
from analyzer.plan import Criterion

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
