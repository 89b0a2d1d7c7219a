"""A matter told in the middle of a long text is taken in; a long text on other things is not."""

from analyzer.model import Scope
from analyzer.scope.gate import ScopeReader
from analyzer.scope.passages import LONG, passages

CHAT = (
    "今天起得很早，先给自己煮了碗面，又去公园走了一圈，花开得不错，拍了几张照片发给姐姐看。",
    "晚上打算看两集电视剧，早点睡觉，明天还要上班，周末想去爬山，好久没出去玩了，大家有什么好地方推荐吗。",
    "回来的路上买了点水果，顺便理了个发，师傅手艺不错，下次还去他家，价钱也公道。",
)
MATTER = "我们小区停水三天了，物业不管，老人孩子没水喝。"


def test_sentences_are_passages_and_short_ones_go_with_those_before():
    assert passages("水管爆了，楼道里全是水。快来！\n电也停了，没有人来修理。") == [
        "水管爆了，楼道里全是水。快来！\n",
        "电也停了，没有人来修理。",
    ]


def test_a_matter_in_the_middle_of_a_long_text_is_taken_in():
    text = f"{CHAT[0]}{CHAT[2]}{MATTER}{CHAT[1]}"
    judged = ScopeReader.load().read(text)
    assert judged.scope is Scope.IN
    assert judged.topics[0].code == "service.water"


def test_a_long_text_on_other_things_stays_out():
    text = "".join(CHAT)
    assert len(text) >= LONG
    assert ScopeReader.load().read(text).scope is Scope.OUT
