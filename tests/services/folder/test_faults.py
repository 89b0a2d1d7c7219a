"""What people do to YAML, and what they are told."""

import pytest

from services.errors import ConfigError
from services.folder import config
from tests.services.folder.test_config import Sheet

ROWS = "title: 值班\nrows:\n  - hours: 8\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (ROWS + "\tlabel: 夜班\n", 4, "缩进用了制表符（Tab），请改为空格"),
        (ROWS + "　　label: 夜班\n", 4, "里有中文标点或全角空格"),
        ("title: 值班\nlimits:\n  night: {hours: 8}\n  day：\n    hours: 3\n", 5, "冒号用了中文“：”"),
        ("title: 值班\nrows: [{hours: 8}， {hours: 9}]\n", 2, "逗号用了中文“，”"),
        ("title: 值班\nrows: [{hours: 8, {hours: 9}]\n", 2, "括号没有成对"),
        ("title: 值班\ntitle: 夜班\n", 2, "同一处写了两个“title”，请删去一个"),
        ("title: 值班\nlimits:\n  night:\n　　　　hours: 8\n    label: 夜\n", 5, "缩进用了全角空格"),
        (ROWS + "   label: 夜班\n", 4, "没有对齐"),
        ("title: 值班\nrows: [{hours：8}]\n", 2, "“rows第1项.hours：8”里有中文标点"),
    ],
)
def test_what_is_wrong_with_the_writing_is_named_with_its_line(tmp_path, text, line, said):
    path = tmp_path / "sheet.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        config.load(path, Sheet)

    told = next(sentence for sentence in caught.value.problems if said in sentence)
    assert told.startswith(f"{path} 第{line}行：")


def test_chinese_marks_inside_of_quotes_and_remarks_are_no_fault(tmp_path):
    path = tmp_path / "sheet.yaml"
    path.write_text('title: "甲：乙，丙"  # 说明：如此\nrows: [{hours: 8\n', encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        config.load(path, Sheet)

    assert "中文" not in str(caught.value)


def test_a_value_in_chinese_quotation_marks_is_named(tmp_path):
    path = tmp_path / "sheet.yaml"
    path.write_text("title: 值班\nrows:\n  - {hours: 8, label: “夜班”}\n", encoding="utf-8")

    assert config.odd_quotes(path) == [f"{path} 第3行：“rows第1项.label”的值用了中文引号，请改为英文引号。"]
