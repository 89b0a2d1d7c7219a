"""Duty lists taken over into roster.yaml, and what `minqing roster show` says."""

from datetime import datetime
from pathlib import Path

import pytest

from alerts.beijing import BEIJING
from services.errors import ConfigError
from services.folder.init import example
from services.folder.roster import load_roster
from services.folder.rostering import shown, take

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=BEIJING)
LIST = """日期,值班员,带班领导,开始,结束
2026-12-01,值班员甲,带班领导乙,08:00,20:00
2026-12-02,值班员乙、值班员丙,,08:00,20:00
2026-13-02,值班员乙,,08:00,20:00
2026-12-03,值班员戊,,08:00,20:00
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:值班员：值班员丁
DTSTART;TZID=Asia/Shanghai:20261205T080000
DTEND;TZID=Asia/Shanghai:20261205T200000
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "roster.yaml").write_text(example("roster.example.yaml"), encoding="utf-8")
    return tmp_path


def text(folder):
    return (folder / "roster.yaml").read_text(encoding="utf-8")


def listed(folder, content=LIST, name="list.csv", encoding="utf-8"):
    path = folder / name
    path.write_text(content, encoding=encoding)
    return path


def test_good_lines_are_taken_over_and_bad_ones_told_with_file_and_line(folder):
    taken = take(folder, listed(folder), NOW)

    assert [problem.split("：")[0] for problem in taken.problems] == [
        f"{folder / 'list.csv'} 第4行",
        f"{folder / 'list.csv'} 第5行",
    ]
    assert "是不是“值班员甲”" in taken.problems[1]
    assert "班次3个（2026-12-01 至 2026-12-02）" in taken.lines[0]
    at = datetime(2026, 12, 2, 9, 0, tzinfo=BEIJING)
    assert {"operator_b", "operator_c"} <= {
        p.id for p in load_roster(folder / "roster.yaml").on_duty("duty_operator", at)
    }


def test_comments_and_all_other_lines_stay_as_they_are(folder):
    before = text(folder).splitlines()
    take(folder, listed(folder), NOW)
    after = text(folder).splitlines()

    assert [line for line in before if line not in after] == []
    assert len(after) == len(before) + 3
    assert (folder / "roster.yaml.before-import").read_text(encoding="utf-8").splitlines() == before


def test_a_list_imported_twice_is_the_same_as_once(folder):
    take(folder, listed(folder), NOW)
    once = text(folder)
    take(folder, listed(folder), NOW)
    assert text(folder) == once


def test_a_changed_list_takes_the_place_of_the_first(folder):
    take(folder, listed(folder), NOW)
    take(folder, listed(folder, LIST.replace("值班员甲", "值班员丁")), NOW)
    dated = [s for s in load_roster(folder / "roster.yaml").shifts if s.dates and s.role == "duty_operator"]
    assert {people for s in dated for people in s.people} == {"operator_d", "operator_b", "operator_c"}


def test_what_the_import_makes_doubtful_is_said(folder):
    assert any("重叠" in line for line in take(folder, listed(folder), NOW).lines)


def test_a_dry_run_changes_nothing(folder):
    before = text(folder)
    assert "未改动" in take(folder, listed(folder), NOW, dry=True).lines[0]
    assert text(folder) == before
    assert not (folder / "roster.yaml.before-import").exists()


def test_people_are_added_or_changed_and_a_spreadsheet_may_be_gb18030(folder):
    people = (
        "编号,姓名,邮箱,手机,免打扰起,免打扰止\n"
        "operator_a,值班员甲,new@duty.example,13900000000,,\n"
        "zhao,赵岗,z@duty.example,,22:00,07:00\n"
    )
    take(folder, listed(folder, people, encoding="gb18030"), NOW)

    roster = load_roster(folder / "roster.yaml")
    assert roster.person("operator_a").channels == {"email": "new@duty.example", "sms": "13900000000"}
    assert roster.person("zhao").quiet is not None
    assert roster.problems(NOW) == []


def test_a_calendar_is_taken_over(folder):
    take(folder, listed(folder, CALENDAR, "duty.ics"), NOW)
    at = datetime(2026, 12, 5, 9, 0, tzinfo=BEIJING)
    assert "operator_d" in {p.id for p in load_roster(folder / "roster.yaml").on_duty("duty_operator", at)}


@pytest.mark.parametrize(
    "content", ["", "日期,人员\n", "日期,岗位,人员,开始,结束\n2026-12-01,值班员,无此人,08:00,20:00\n"]
)
def test_a_list_without_anything_usable_changes_nothing_and_says_why(folder, content):
    before = text(folder)
    with pytest.raises(ConfigError, match=r"roster\.yaml 未改动"):
        take(folder, listed(folder, content), NOW)
    assert text(folder) == before


@pytest.mark.parametrize("path", [Path("none.csv"), Path()])
def test_a_file_that_cannot_be_read_is_a_sentence(folder, path):
    with pytest.raises(ConfigError, match="不能读取"):
        take(folder, folder / path, NOW)


def test_who_is_on_duty_is_shown_with_how_to_reach_him(folder):
    (folder / "roster.yaml").write_text(
        text(folder)
        .replace(
            "substitutions: []",
            'substitutions:\n  - {absent: deputy_a, by: head_a, start: "2026-11-28T08:00", end: "2026-11-28T20:00"}',
        )
        .replace(
            "name: 主要负责人, channels: {email: head@duty.example}}",
            'name: 主要负责人, channels: {email: head@duty.example}, quiet: {from: "11:00", until: "13:00"}}',
        ),
        encoding="utf-8",
    )
    lines = shown(folder, NOW)

    assert lines[0] == "2026年11月28日 12:00（北京时间）"
    assert "分管领导（deputy_head）：主要负责人（email head@duty.example，免打扰至13:00）" in lines
    assert "替班：主要负责人 代 分管领导，至11月28日20:00" in lines
    assert any(line.startswith("部门 消防救援大队（fire）：消防救援大队联络员") for line in lines)


def test_a_role_that_nobody_holds_says_who_is_told_instead_and_where_to_mend_it(folder):
    (folder / "roster.yaml").write_text(text(folder).replace("holders: [head_a]", "holders: []"), encoding="utf-8")
    lines = shown(folder, NOW)
    assert "主要负责人（head）：无人" in lines
    assert "  无人可联系，改为通知：带班领导甲、分管领导" in lines
    (problem,) = [line for line in lines if line.startswith("问题")]
    assert f"{folder / 'roster.yaml'} 第46行" in problem
