from pathlib import Path

import pytest

from analyzer.model import Tier
from services.errors import ConfigError
from services.folder.plan import explained, load_plan

SHIPPED = Path("deploy/plan.example.yaml")


def row(tier, plan):
    return next(line for line in explained(plan).splitlines() if line.startswith(f"| {tier.chinese} | 立即"))


def test_how_often_nobody_is_urged_again_is_explained_tier_by_tier():
    plan = load_plan(SHIPPED)
    assert "30分钟后重复最后一步，间隔逐次加倍至2小时，直到签收" in row(Tier.I, plan)
    assert "12小时后重复最后一步，间隔逐次加倍至48小时，直到签收" in row(Tier.IV, plan)


def test_a_steady_pace_and_none_are_explained_too(tmp_path):
    text = SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(
        text.replace("repeat_at_most: 24h", "repeat_at_most: 4h").replace(
            "      repeat: 12h\n      repeat_at_most: 48h\n", ""
        ),
        encoding="utf-8",
    )
    plan = load_plan(path)
    assert "每4小时重复最后一步，直到签收" in row(Tier.III, plan)
    assert "各步走完不再催" in row(Tier.IV, plan)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{deaths: 3}, {serious_injured: 10}", "{deaths: 0}, {serious_injured: 10}", "的门槛须大于 0"),
        ("{deaths: 3}, {serious_injured: 10}", "{deahts: 3}, {serious_injured: 10}", "未知的指标 deahts"),
        ("III: [{heat: 200, growth", "II: [{heat: 200, growth", "最高只能定到 III 级"),
        ("IV: [{trapped: 1, hours: 2}]", "IV: [{}]", "有一个空的门槛"),
        ("IV: [{trapped: 1, hours: 2}]", "IV: [{trapped+hours: 1}]", "不能相加"),
        ("IV:  [{warning: blue}]", "IV:  [{warning: 5}]", "永远达不到"),
        ("  - id: fire.casualties", "  - id: accident.casualties", "编号重复"),
        ("{after: 10m, notify: [deputy_head, head]}", "{after: 5m, notify: [head]}", "必须依次递增"),
        ("repeat_at_most: 24h", "repeat_at_most: 1h", "repeat_at_most 不能短于"),
    ],
)
def test_a_refusal_names_the_line_of_what_is_refused(tmp_path, old, new, said):
    text = SHIPPED.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_plan(path)
    assert any(f"第{line}行：" in sentence and said in sentence for sentence in refused.value.problems)


def test_all_that_holds_for_every_tier_is_explained_in_chinese():
    text = explained(load_plan(SHIPPED))
    assert "立即：值班员、带班领导、分管领导、主要领导；5分钟：带班领导、分管领导" in text
    assert not any(raw in text for raw in ("duty_operator", "duty_leader", "deputy_head"))
    assert "- 两次续报至少间隔：30分钟（升级不受此限）" in text
    assert "- 超时未办另告知：带班领导" in text
    assert "- 办结后的更正期限：一般30天，交通事故7天，火灾7天" in text
    assert text.count("仅当为事件的首要主题") == 2
    assert "- 行政区划代码：未写，不按地点区分" in text
    assert "- 全区供电用户数：未写，不能由停电户数折算停电用户占比" in text


def test_the_districts_own_names_figures_and_channels_are_explained(tmp_path):
    text = SHIPPED.read_text(encoding="utf-8").replace('region: ""', 'region: "330106"')
    text = text.replace("power_users: 0", "power_users: 480000").replace(
        "notify: [head]}", "notify: [head], channels: [sms]}"
    )
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    said = explained(load_plan(tmp_path / "plan.yaml"), {"head": "区长"})
    assert "15分钟：区长（只用短信）" in said
    assert "- 行政区划代码：330106，所述地点全在别处的不定级" in said
    assert "- 全区供电用户数：48万户" in said
