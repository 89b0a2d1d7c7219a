from pathlib import Path

from analyzer.model import Tier
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
