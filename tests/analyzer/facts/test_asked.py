import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


@pytest.mark.parametrize(
    "text",
    [
        "有人知道吗，水泥厂是不是真死了十个人？",
        "水泥厂死十个人？真的假的，求证",
        "水泥厂死了十个人吗",
        "听说水泥厂死了十个人，是真的吗？",
        "难道真的死了5个人？",
        "轮胎厂着火烧死了6个工人？有图吗",
    ],
)
def test_who_only_asks_tells_nothing(text):
    assert document_value(find_facts(text), FactKind.DEATHS) is None


@pytest.mark.parametrize(
    "text",
    [
        "水泥厂死了十个人，怎么还不通报？",
        "水泥厂死了十个人？？瞒得住吗！",
        "昨晚火灾死了三个人，是不是你们消防来晚了？",
        "死了五个人你们知道吗？",
        "听我表哥说死了四个，真假不知道",
    ],
)
def test_who_is_angry_or_in_doubt_tells(text):
    assert document_value(find_facts(text), FactKind.DEATHS) is not None


def test_what_is_asked_about_the_ill_is_told():
    assert document_value(find_facts("5个孩子拉肚子正常吗？"), FactKind.ILL).value == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("对于网上流传的“死亡十余人”说法，本报未能证实。", False),
        ("网传“死亡8人”，记者未能核实。", False),
        ("外界流传的死亡30人，尚无官方证实。", False),
        ("网友发布视频称塌了，现场3人死亡，身份尚未确认。", True),
        ("记者看到4具遗体被抬出，起火原因尚未证实。", True),
    ],
)
def test_what_a_medium_could_not_verify_is_not_told(text, told):
    assert (document_value(find_facts(text), FactKind.DEATHS) is not None) is told


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("演唱会散场工作平稳有序，共疏散观众6.3万人，未发生拥挤和人员受伤情况。", False),
        ("元宵灯会闭幕，当晚安全有序疏散游客9.2万人，未发生拥挤踩踏。", False),
        ("演唱会现场舞台冒烟，两万名观众紧急疏散，无人受伤。", True),
        ("球赛因雷暴中断，疏散观众2万人。", True),
        ("因索道故障，紧急疏散游客3000人。", True),
    ],
)
def test_who_goes_home_from_a_stadium_is_not_moved_to_safety(text, moved):
    assert (document_value(find_facts(text), FactKind.EVACUATED) is not None) is moved
