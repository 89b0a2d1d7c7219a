"""`minqing roster …` and `minqing drill` as an operator types them."""

import pytest
from typer.testing import CliRunner

from services.cli import app
from services.folder.roster import load_roster
from tests.services.desk import a_folder

LIST = "日期,岗位,人员,开始,结束\n2026-12-01,值班员,值班员丁,08:00,20:00\n2026-12-02,值班员,值班员辛,08:00,20:00\n"


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path / "desk")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_an_import_with_a_bad_line_takes_the_rest_and_exits_with_1(folder, tmp_path):
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    done = run("roster", "import", folder, tmp_path / "list.csv", "--now", "2026-11-28T08:00")

    assert done.exit_code == 1
    assert "班次1个" in done.output
    assert f"{tmp_path / 'list.csv'} 第3行" in done.output
    assert sum(bool(s.dates) for s in load_roster(folder / "roster.yaml").shifts) == 1


def test_a_dry_run_of_a_good_list_exits_with_0_and_changes_nothing(folder, tmp_path):
    (tmp_path / "list.csv").write_text(LIST.rpartition("2026-12-02")[0], encoding="utf-8")
    before = (folder / "roster.yaml").read_bytes()
    done = run("roster", "import", folder, tmp_path / "list.csv", "--dry-run")

    assert (done.exit_code, "试读" in done.output) == (0, True)
    assert (folder / "roster.yaml").read_bytes() == before


def test_a_file_that_is_not_there_is_a_sentence_and_2(folder):
    done = run("roster", "import", folder, "none.csv")
    assert (done.exit_code, "不能读取" in done.output) == (2, True)


def test_who_is_on_duty_at_a_time_is_shown(folder):
    done = run("roster", "show", folder, "--at", "2026-12-01T09:00")
    assert done.exit_code == 0
    assert done.output.startswith("2026年12月01日 09:00（北京时间）\n值班员（duty_operator）：值班员甲（email ")


def test_a_drill_is_begun_and_who_may_not_is_told(folder):
    done = run("drill", folder, "--by", "head_a", "--title", "河堤决口", "--tier", "II", "--topic", "hazard.flood")
    assert (done.exit_code, "演练开始（Ⅱ级（重大））：河堤决口" in done.output) == (0, True)
    done = run("drill", folder, "--by", "operator_a", "--title", "河堤决口")
    assert (done.exit_code, "演练只能由" in done.output) == (2, True)


def test_a_drill_is_told_more_by_the_command(folder):
    begun = run("drill", folder, "--by", "head_a", "--title", "永固仓库火灾").output
    alert = begun.partition("预警编号 ")[2].partition("。")[0]
    assert "Ⅳ级" in begun
    more = ("drill", folder, "--by", "head_a", "--alert", alert, "--tell", "区消防大队通报：仓库火灾造成12人死亡")
    done = run(*more)
    assert (done.exit_code, "agreed 为 II" in done.output) == (2, True)
    done = run(*more, "--agreed", "II")
    assert (done.exit_code, "升为Ⅱ级" in done.output) == (0, True)
    done = run("drill", folder, "--by", "head_a", "--title", "永固仓库火灾", "--tell", "又有人遇难")
    assert (done.exit_code, "推进演练请写 --alert 和 --tell" in done.output) == (2, True)
    done = run("drill", folder, "--by", "head_a", "--alert", "A0-1", "--tell", "又有人遇难")
    assert (done.exit_code, "没有编号为 A0-1 的演练" in done.output) == (2, True)
