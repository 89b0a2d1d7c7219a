from pathlib import Path

import pytest

from services.folder.check import doubts
from services.folder.plan import load_plan
from services.folder.roster import load_roster
from services.folder.steps import unknown_channels, unreached
from tests.builders import NOON

PLAN, ROSTER = Path("deploy/plan.example.yaml"), Path("deploy/roster.example.yaml")
HEAD = "        - {after: 15m, notify: [head]}\n"
PHONE = "{email: head@duty.example, sms: '13800000000'}"


def found(tmp_path, step, old="channels: {}", new="channels: {}"):
    """What is said of the shipped plan with another last step for tier I, and of the shipped roster so edited."""
    plan, roster = tmp_path / "plan.yaml", tmp_path / "roster.yaml"
    plan.write_text(PLAN.read_text(encoding="utf-8").replace(HEAD, f"        - {step}\n", 1), encoding="utf-8")
    roster.write_text(ROSTER.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return [sentence for _, sentence in unreached(load_plan(plan), load_roster(roster))]


def test_every_step_of_the_shipped_plan_reaches_everybody_on_the_shipped_roster():
    plan = load_plan(PLAN)
    assert [*unknown_channels(plan), *unreached(plan, load_roster(ROSTER))] == []


def test_a_step_whose_channel_none_of_its_people_has_is_named(tmp_path):
    (said,) = found(tmp_path, "{after: 15m, notify: [head], channels: [sms]}")
    assert said.startswith("I级第4步只用 sms，而所通知的人（主要负责人）都没有这样的地址，届时只好改用其他渠道，")


def test_who_of_several_has_not_the_channel_is_named(tmp_path):
    step = "{after: 15m, notify: [duty_leader, head], channels: [sms]}"
    (said,) = found(tmp_path, step, "{email: head@duty.example}", PHONE)
    assert "而带班领导没有这样的地址，届时只好改用其他渠道" in said
    phone = "{email: leader-b@duty.example, sms: '13800000001'}"
    (said,) = found(tmp_path, step, "{email: leader-b@duty.example}", phone)
    assert "而带班领导甲、带班领导丙、主要负责人没有这样的地址" in said


@pytest.mark.parametrize("channels", ["[email]", "[sms, email]", "[printed]", "[]"])
def test_one_of_several_channels_is_enough_and_paper_reaches_everybody(tmp_path, channels):
    assert found(tmp_path, f"{{after: 15m, notify: [head], channels: {channels}}}") == []


def test_a_duty_that_nobody_ever_has_is_named(tmp_path):
    spare = "  - {id: head, name: 主要负责人, holders: [head_a]}\n"
    step, more = "{after: 15m, notify: [head, spare]}", spare + "  - {id: spare, name: 机动, continuous: false}\n"
    (said,) = found(tmp_path, step, spare, more)
    assert said == "I级第4步要通知的机动从来无人担任，请在 roster.yaml 排班。"


def test_a_channel_that_there_is_not_is_named_with_file_and_line_though_there_is_no_roster(tmp_path):
    plan = tmp_path / "plan.yaml"
    for name, hint in (("pigeon", "可用的有 email、"), ("emial", "是不是“email”？")):
        wanted = f"        - {{after: 15m, notify: [head], channels: [{name}]}}\n"
        text = PLAN.read_text(encoding="utf-8").replace(HEAD, wanted, 1)
        plan.write_text(text, encoding="utf-8")
        line = text.splitlines().index(wanted.rstrip("\n")) + 1
        (said,) = doubts(plan, None, NOON)
        assert said.startswith(f"{plan} 第{line}行：I级第4步的渠道“{name}”不存在，{hint}")
