import pytest

from analyzer.events.scenes import scenes
from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


def told(text):
    body = f"\n{text}"
    return [place.name for place in scenes(body, FINDER.find(body))]


@pytest.mark.parametrize(
    "remark", ["郑州的领导真差劲", "北京的专家都是吃干饭的", "人家深圳的消防员真棒", "郑州市长比咱们市长强一百倍"]
)
def test_where_somebody_is_only_judged_nothing_happens(remark):
    assert told(f"{remark}。后山滑坡埋了两间房") == []
    assert told(f"后山滑坡埋了两间房，{remark}") == []


@pytest.mark.parametrize(
    "text", ["郑州的一处工地塌了，领导真差劲", "深圳的消防员赶来了", "杭州市萧山区滑坡，领导在忙什么"]
)
def test_where_something_is_told_it_does(text):
    assert len(told(text)) == 1


def test_of_two_places_the_one_told_of_stays():
    assert told("武汉市一仓库起火，郑州的领导真差劲") == ["武汉市"]
