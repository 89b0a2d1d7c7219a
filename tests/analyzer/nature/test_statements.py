import pytest

from analyzer.nature.statements import refutes, tells_its_own


@pytest.mark.parametrize(
    "text",
    [
        "网传商业楼大火伤亡惨重系谣言。经核实，17日11时16分一住宅着火，11时35分熄灭，无人员伤亡",
        "消防通报：昨晚一沿街商铺起火，10分钟扑灭，无人员伤亡。所谓月子中心失火系谣言",
        "11月2日19时，河东区一宾馆起火，门头烧毁，现场无人员伤亡。网传“大量人员伤亡”不实",
        "配图为AI生成。经核实，17日11时16分一住宅着火，35分熄灭，无人员伤亡，未发生次生事故。伤亡惨重系谣言",
        "网传“压死五人”不实。今晨6:20一处围墙坍塌，无人员伤亡",
    ],
)
def test_a_denial_may_tell_what_happened_instead(text):
    assert refutes(text)
    assert tells_its_own(text)


@pytest.mark.parametrize(
    "text",
    [
        "网传“今日10时化工厂爆炸致12人死亡”系谣言，未发生爆炸，无人员伤亡",
        "网传昨晚仓库起火系谣言，无人员伤亡",
        "厂区昨晚的白雾并非着火，系吹管排汽，无人员受伤。请勿传谣",
        "网传视频为两年前外地火灾，请勿传谣，我县无人员伤亡",
        "12日消防演练模拟起火，已扑灭，网传起火系谣言",
        "网传决堤系谣言，堤防正常",
    ],
)
def test_a_denial_of_what_never_was_tells_nothing_of_its_own(text):
    assert not tells_its_own(text)
