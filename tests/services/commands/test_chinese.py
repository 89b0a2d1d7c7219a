"""What a call that cannot be understood is told, and what the help says."""

import re

import pytest

from services.cli import app
from tests.services.desk import a_folder

LATIN = re.compile(r"\b(Usage|Options|Arguments|Commands|Show|Error|Missing|Try|No such|required|default|Invalid)\b")


def called(capsys, *words):
    """Exit code, what was said and what was complained of."""
    with pytest.raises(SystemExit) as ended:
        app(list(words), prog_name="minqing")
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


@pytest.mark.parametrize(
    "words", [(), ("replay",), ("demo",), ("plan",), ("plan", "diff"), ("source", "quarantine"), ("train",)]
)
def test_every_help_page_is_chinese(capsys, words):
    code, out, err = called(capsys, *words, "--help")

    assert (code, err) == (0, "")
    assert out.startswith("用法：minqing")
    assert LATIN.findall(out) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("foo",), "没有“foo”这个命令。运行 minqing --help 查看用法。"),
        (("plan", "foo"), "没有“foo”这个命令。运行 minqing plan --help 查看用法。"),
        (("check", "--fast", "desk"), "没有 --fast 这个选项。运行 minqing check --help 查看用法。"),
        (("replay", "posts.jsonl", "--out", "x"), "缺少选项 --plan。运行 minqing replay --help 查看用法。"),
        (("check",), "缺少参数 folder。运行 minqing check --help 查看用法。"),
        (("check", "a", "b"), "多写了：b。运行 minqing check --help 查看用法。"),
        (("demo", "--port", "99999"), "--port 不能大于 65535。运行 minqing demo --help 查看用法。"),
        (("demo", "--port", "八千"), "--port 应为数字。"),
        (("demo", "--port"), "选项 --port 后面要写它的值。"),
        (("schema", "plans"), "name 的值“plans”不对，可写："),
        (("purge", "desk", "--now", "昨天"), "“昨天”应写成 2026-11-14T08:00+08:00 的形式"),
    ],
)
def test_a_call_that_cannot_be_understood_is_answered_in_chinese(capsys, words, said):
    code, _, err = called(capsys, *words)

    assert code == 2
    assert said in err
    assert LATIN.findall(err) == []
    assert err.count("\n") == 1


def test_the_version_is_told(capsys):
    code, out, _ = called(capsys, "--version")
    assert code == 0
    assert re.fullmatch(r"民情 \d[\w.+]*\n", out)


@pytest.mark.parametrize(("command", "name"), [("run", "log.jsonl"), ("once", ".minqing.lock")])
def test_a_data_folder_that_cannot_be_written_is_a_sentence(capsys, tmp_path, root_logging, command, name):
    """A folder of another owner, or a disk that has become read-only."""
    folder = a_folder(tmp_path / "desk")
    (folder / "data" / name).mkdir(parents=True)

    code, _, err = called(capsys, command, str(folder))

    assert code == 2
    assert err == f"{folder / 'data' / name}：不能读写（这是文件夹，不是文件），请检查路径、权限和磁盘空间。\n"
