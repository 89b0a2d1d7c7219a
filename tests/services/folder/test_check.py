import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from alerts.beijing import BEIJING
from services.folder.check import SCHEMAS, problems, remarks, schema_of
from services.folder.init import FILES, write_folder
from services.folder.plan import load_plan
from services.folder.roster import load_roster
from services.folder.sources import load_sources
from services.settings import load_settings
from tests.builders import NOON
from tests.services.desk import CONTACT

DEPLOY = Path(__file__).parents[3] / "deploy"


@pytest.fixture
def folder(tmp_path):
    """As `minqing init` writes it."""
    write_folder(tmp_path)
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def fill_in(folder):
    """The one thing that init cannot know."""
    edit(folder / "settings.yaml", "请填写单位联系方式", CONTACT)


def test_a_fresh_folder_is_clean_but_for_what_only_the_desk_can_fill_in(folder):
    (sentence,) = problems(folder, NOON)
    assert sentence.startswith(f"{folder / 'settings.yaml'} 第")
    assert "contact" in sentence

    fill_in(folder)
    assert problems(folder, NOON) == []


def test_every_shipped_file_loads():
    assert load_plan(DEPLOY / "plan.example.yaml").response.tiers
    assert load_roster(DEPLOY / "roster.example.yaml").problems(NOON) == []
    assert load_sources(DEPLOY / "sources.example.yaml")


def test_the_roster_has_somebody_at_every_hour_of_a_year_from_now():
    roster = load_roster(DEPLOY / "roster.example.yaml")

    assert [roster.uncovered(role.id, NOON, NOON + timedelta(days=366)) for role in roster.roles] == [[]] * 4


def test_addresses_and_channels_that_lead_nowhere_are_told(folder):
    fill_in(folder)
    edit(folder / "roster.yaml", "{email: operator-a@duty.example}", "{email: operator-a, wecom: 值班群, printed: 无}")
    edit(folder / "roster.yaml", "{email: operator-b@duty.example}", "{webhook: 平台}")
    edit(folder / "plan.yaml", "{after: 0m, ", "{after: 0m, channels: [sms], ")
    with (folder / "settings.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            "\nchannels:\n  webhook: {receivers: {别的平台: {url: 'https://oa.example/', secret: 0123456789abcdef}}}\n"
        )

    said = "\n".join(problems(folder, NOON))

    assert "人员“值班员甲”（operator_a）：地址“operator-a”不是可用的邮箱" in said
    assert "人员“值班员甲”（operator_a）：渠道“wecom”没有启用" in said
    assert "人员“值班员甲”（operator_a）：地址“无”里没有电话号码" in said
    assert "人员“值班员乙”（operator_b）：地址“平台”不是已设置的接收系统" in said
    assert "：渠道“sms”没有启用" in said
    assert "I级第1步只用 sms，而所通知的人（值班员、带班领导、分管领导、主要负责人）都没有" in said
    assert all("第" in line for line in said.splitlines())
    assert len(said.splitlines()) == 6


def test_init_writes_every_file_with_comments_and_keeps_what_is_there(folder):
    edit(folder / "plan.yaml", "district: 示范区", "district: 岚桥区")

    said = write_folder(folder)

    assert {path.name for path in folder.iterdir()} == set(FILES)
    assert all("#" in (folder / name).read_text(encoding="utf-8") for name in FILES if name.endswith(".yaml"))
    assert load_plan(folder / "plan.yaml").district == "岚桥区"
    assert sum("已存在，保持不变" in sentence for sentence in said) == len(FILES)


def test_every_problem_of_every_file_is_said_at_once(folder):
    edit(folder / "settings.yaml", "retention_days: 30", "retention_days: 300")
    edit(folder / "plan.yaml", "district:", "distrikt:")
    edit(folder / "roster.yaml", "shifts:", "shift:")
    edit(folder / "sources.yaml", "kind: feed", "kind: fed")
    edit(folder / "holidays.yaml", "holidays: []", "holiday: []")
    (folder / "gazetteer.jsonl").write_text('{"name": "石桥里"\n', encoding="utf-8")

    found = problems(folder, NOON)

    for name in FILES:
        assert any(sentence.startswith(str(folder / name)) for sentence in found), name
    assert any("district" in sentence and "distrikt" in sentence for sentence in found)


def test_a_source_of_an_unknown_kind_is_named_with_its_line_and_the_kinds_there_are(folder):
    fill_in(folder)
    edit(folder / "sources.yaml", "kind: feed", "kind: fed")
    line = (folder / "sources.yaml").read_text(encoding="utf-8").partition("kind: fed")[0].count("\n") + 1

    (sentence,) = problems(folder, NOON)

    assert sentence.startswith(f"{folder / 'sources.yaml'} 第{line}行：")
    assert all(word in sentence for word in ("示范日报", "fed", "feed", "page_list"))


def test_a_parameter_that_a_kind_does_not_know_is_named_with_its_line(folder):
    fill_in(folder)
    edit(folder / "sources.yaml", "      fields:", "      feilds:")
    line = (folder / "sources.yaml").read_text(encoding="utf-8").partition("      feilds:")[0].count("\n") + 1

    found = problems(folder, NOON)

    assert any(s.startswith(f"{folder / 'sources.yaml'} 第{line}行：") and "是不是想写“fields”" in s for s in found)


def test_a_plan_that_tells_somebody_whom_nobody_knows_is_a_problem(folder):
    fill_in(folder)
    edit(folder / "plan.yaml", "misses: [duty_leader]", "misses: [duty_laeder]")

    (sentence,) = problems(folder, NOON)

    assert "duty_laeder" in sentence
    assert "roster.yaml" in sentence


def test_an_hour_without_anybody_is_a_problem(folder):
    fill_in(folder)
    edit(folder / "roster.yaml", 'start: "20:00", end: "08:00"', 'start: "21:00", end: "08:00"')

    found = problems(folder, NOON.astimezone(BEIJING))

    assert any("值班员" in sentence and "20:00" in sentence for sentence in found)


def test_a_folder_without_files_says_how_to_get_them(tmp_path):
    found = problems(tmp_path / "none", NOON)

    assert len(found) >= 3
    assert all("minqing init" in sentence for sentence in found)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_describes_every_key_in_chinese(name):
    schema = json.loads(schema_of(name))

    assert schema["additionalProperties"] is False
    described = [p for p in schema["properties"].values() if re.search("[一-鿿]", p.get("description", ""))]
    assert described


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_of_a_shipped_file_is_in_its_schema(name):
    tree = YAML(typ="safe").load((DEPLOY / f"{name}.example.yaml").read_text(encoding="utf-8"))

    assert set(tree) <= set(json.loads(schema_of(name))["properties"])


def test_settings_that_are_shipped_keep_to_this_machine(folder):
    found = load_settings(folder)

    assert found.listen.host == "127.0.0.1"
    assert found.retention_days <= 30


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("roster.yaml", "[operator_a, operator_b]", "[operator_a, operator_x]", "不存在的人员“operator_x”"),
        ("roster.yaml", "role: duty_leader, people", "role: duty_leadr, people", "是不是“duty_leader”"),
        ("roster.yaml", "channels: {email: head@duty.example}", "channels: {}", "没有任何联系渠道"),
        ("roster.yaml", "topics: [hazard.fire]", "topics: [hazard.fier]", "是不是“hazard.fire”"),
        ("roster.yaml", "liaisons: [liaison_gas]", "liaisons: []", "没有联络员"),
        ("plan.yaml", "notify: [duty_leader, deputy_head]}", "notify: [duty_leder]}", "是不是“duty_leader”"),
        ("plan.yaml", "drills: [duty_leader", "drills: [duty_leaderr", "是不是“duty_leader”"),
        ("plan.yaml", "final_report: 5wd", "final_report: 5周", "5wd（5个工作日）"),
        ("roster.yaml", 'end: "20:00"}', 'end: "25:00"}', "08:00 的形式"),
        ("roster.yaml", "since: 2026-01-01", "since: 2026-02-30", "没有“2026-02-30”这样的日期"),
    ],
)
def test_a_slip_is_told_with_file_and_line(folder, name, old, new, said):
    """Also while the contact is not filled in: one fault does not hide another."""
    number = next(n for n, line in enumerate(example_lines(name), 1) if old in line)
    edit(folder / name, old, new)

    mine = [sentence for sentence in problems(folder, NOON) if said in sentence]
    assert mine, problems(folder, NOON)
    assert mine[0].startswith(f"{folder / name} 第{number}行：")


def example_lines(name):
    return (DEPLOY / FILES[name]).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("file", "said"), [("nowhere.pem", "找不到"), ("plan.yaml", "不能使用")])
def test_a_root_certificate_that_is_none_is_told_before_a_mail_needs_it(folder, file, said):
    fill_in(folder)
    edit(folder / "settings.yaml", "  # certificate: /etc/ssl/our-root.pem", f"  certificate: {folder / file}")

    (sentence,) = problems(folder, NOON)

    assert sentence.startswith(f"{folder / 'settings.yaml'} 第")
    assert f"{file} {said}" in sentence


def test_holidays_are_checked_too(folder):
    (folder / "holidays.yaml").write_text(
        "years: [2027]\nholidays: [2027-01-01]\nworkdays: [2027-01-01]\n", encoding="utf-8"
    )
    assert any("既写为放假又写为上班" in sentence for sentence in problems(folder, NOON))


def test_a_year_whose_holidays_are_not_known_is_a_remark_until_somebody_writes_them_down(folder):
    now = NOON.replace(year=2031, month=12, day=20)
    assert any("2032年" in said for said in remarks(folder, now))
    (folder / "holidays.yaml").write_text("years: [2031, 2032]\n", encoding="utf-8")
    assert not any("2032年" in said for said in remarks(folder, now))


def test_what_is_still_an_example_is_a_remark(folder):
    sources, people = remarks(folder, NOON)
    assert "示范区政府网站·公告" in sources
    assert "仍是示例（值班员甲等）" in people
    edit(folder / "sources.yaml", "https://www.example.gov.cn/notices/", "https://www.qichuan.gov.cn/notices/")
    assert "示范区政府网站·公告" not in remarks(folder, NOON)[0]


@pytest.mark.parametrize("silent", ["repeat: 30m\n      repeat_at_most: 30h\n      ", ""], ids=["longer", "for ever"])
def test_a_grave_tier_that_would_be_silent_for_more_than_a_day_is_a_doubt(folder, silent):
    fill_in(folder)
    edit(folder / "plan.yaml", "repeat: 30m\n      repeat_at_most: 2h\n      ", silent)

    (sentence,) = problems(folder, NOON)

    assert sentence.startswith(f"{folder / 'plan.yaml'} 第")
    assert "Ⅰ级" in sentence
    assert "repeat_at_most" in sentence


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "sources.yaml",
            "https://news.example.com/rss.xml",
            "news.example.com/rss.xml",
            "应以 http:// 或 https:// 开头",
        ),
        ("sources.yaml", "https://news.example.com/rss.xml", "https://cap.example.gov.cn/feed.xml", "是同一网址"),
        ("sources.yaml", "interval: 5m", "interval: 5分钟", "“sources第3项.interval”：时长应写成"),
        ("sources.yaml", "authority: media", "authority: 媒体", "只能是 official、media、public。"),
        ("sources.yaml", '"ul.list li"', "“ul.list li”", "用了中文引号"),
        ("settings.yaml", "host: 127.0.0.1\n  port: 8000", "host: 0.0.0.0\n  port: 8000", "只许本机访问"),
        ("settings.yaml", "民情值班台 <minqing@localhost>", "民情值班台", "没有邮箱"),
        ("settings.yaml", "retention_days: 30", "retention_days: 120", "不能大于 90"),
        ("roster.yaml", "{email: operator-a@duty.example}", "{sms: 13800138000}", "纯数字请加引号"),
        ("plan.yaml", "[hazard.fire]", "[hazard.fires]", "是不是“hazard.fire”"),
        ("plan.yaml", "      III: [{deaths: 3}, {serious_injured: 10}, {loss_yuan: 10000000}]\n", "", "直接跳到II级"),
        ("plan.yaml", "III: [{deaths: 3}", "III: [{deaths: 50}", "III级达不到"),
        ("plan.yaml", 'region: ""', 'region: "339906"', "区划代码 339906 查不到"),
        ("plan.yaml", 'region: ""', "region: 西湖区", "region 应写本区的行政区划代码"),
        ("plan.yaml", "quiet: 30m", "quiet: 999999999d", "时长不能超过 3650d"),
        ("plan.yaml", "correction: {window: 30d", "correction: {window: 999999999.5d", "时长不能超过 3650d"),
        ("plan.yaml", "clocks: {acknowledge: 15m", "clocks: {acknowledge: 4000d", "时长不能超过 3650d"),
    ],
)
def test_a_mistake_of_a_new_user_is_told_once_with_file_line_and_way_out(folder, name, old, new, said):
    fill_in(folder)
    edit(folder / name, old, new)

    found = problems(folder, NOON)

    assert len([sentence for sentence in found if said in sentence]) == 1
    assert re.match(rf"{re.escape(str(folder / name))} 第\d+行：", next(s for s in found if said in s))


def test_a_districts_own_code_is_a_region(folder):
    fill_in(folder)
    edit(folder / "plan.yaml", 'region: ""', 'region: "990101"')
    (folder / "gazetteer.jsonl").write_text(
        '{"code": "990101", "name": "示范区", "level": "county", "parent": null}\n', encoding="utf-8"
    )

    assert problems(folder, NOON) == []
