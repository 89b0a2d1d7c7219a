from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from alerts.roster import Roster
from services.errors import ConfigError
from services.folder import config
from services.folder.plan import load_plan
from services.folder.roster import load_roster
from services.folder.sources import SourcesFile

DEPLOY = Path(__file__).parents[3] / "deploy"


class Limit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    hours: int = Field(gt=0)
    label: str = "无"


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    limits: dict[str, Limit] = {}
    rows: tuple[Limit, ...] = ()
    on: bool = True


def problems(tmp_path, text, model=Sheet):
    """The sentences that a file with this text brings, without the folder's name."""
    path = tmp_path / "sheet.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        config.load(path, model)
    return [sentence.replace(f"{tmp_path}/", "") for sentence in caught.value.problems]


def test_a_good_file_is_its_model(tmp_path):
    path = tmp_path / "sheet.yaml"
    path.write_text("title: 值班\nlimits:\n  night: {hours: 8}\n", encoding="utf-8")

    assert config.load(path, Sheet) == Sheet(title="值班", limits={"night": Limit(hours=8)})


def test_an_unknown_key_is_named_with_file_line_and_the_nearest_known_key(tmp_path):
    assert problems(tmp_path, "title: 值班\nrow: []\n") == ["sheet.yaml 第2行：不认识的项“row”，是不是想写“rows”？"]


def test_an_unknown_key_deep_within_is_compared_with_the_keys_of_its_place(tmp_path):
    text = "title: 值班\nlimits:\n  night:\n    hours: 8\n    lable: 夜班\nrows: [{hours: 1},\n  {hour: 2, hours: 2}]\n"

    assert problems(tmp_path, text) == [
        "sheet.yaml 第5行：不认识的项“limits.night.lable”，是不是想写“label”？",
        "sheet.yaml 第7行：不认识的项“rows第2项.hour”，是不是想写“hours”？",
    ]


def test_an_unknown_key_that_resembles_none_is_told_all_there_are(tmp_path):
    (sentence,) = problems(tmp_path, "title: 值班\nzzz: 1\n")

    assert sentence.startswith("sheet.yaml 第2行：不认识的项“zzz”，可用的有")
    assert all(name in sentence for name in ("title", "limits", "rows"))


def test_a_missing_key_is_named(tmp_path):
    assert problems(tmp_path, "rows:\n  - label: 夜班\n") == [
        "sheet.yaml 第1行：缺少必填项“title”，请补上。",
        "sheet.yaml 第2行：缺少必填项“rows第1项.hours”，请补上。",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: [1]", "“title”应当是文字"),
        ("title: 值班\non: 也许", "“on”应当是 true 或 false"),
        ("title: 值班\nrows: 3", "“rows”应当是列表（每行以 - 开头）"),
        ("title: 值班\nlimits: 3", "“limits”应当是“名称: 值”的形式"),
        ("title: 值班\nlimits: {night: 3}", "“limits.night”应当是“名称: 值”的形式"),
        ("title: 值班\nrows: [{hours: 很久}]", "“rows第1项.hours”应当是整数"),
        ("title: 值班\nrows: [{hours: 1.5}]", "“rows第1项.hours”应当是整数"),
        ("title: 值班\nrows: [{hours: 0}]", "“rows第1项.hours”应大于 0"),
        ("- 值班", "应当是“名称: 值”的形式"),
    ],
)
def test_a_wrong_type_is_said_in_chinese_with_its_line(tmp_path, text, said):
    (sentence,) = problems(tmp_path, text)

    assert said in sentence
    assert sentence.startswith(f"sheet.yaml 第{len(text.splitlines())}行：")
    assert sentence.endswith("。")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: 值班\n  rows: []\n", 2),
        ("title: '值班\n", 2),
        ("title: 值班\nrows: [1\non: true\n", 3),
        ("title: 值班\ntitle: 夜班\n", 2),
        ("\ttitle: 值班\n", 1),
        ("title: *nobody\n", 1),
    ],
)
def test_bad_yaml_is_one_sentence_with_its_line(tmp_path, text, line):
    (sentence,) = problems(tmp_path, text)

    assert sentence.startswith(f"sheet.yaml 第{line}行：YAML 写法有误")


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13-01", "2026-11-20T25:00:00"])
def test_an_impossible_date_is_a_sentence_with_its_line(tmp_path, written):
    assert problems(tmp_path, f"on: true\ntitle: ['2026-02-30', {written}]\n") == [
        f"sheet.yaml 第2行：没有“{written}”这样的日期或时间，请改正或加上引号。"
    ]


def test_an_unreadable_encoding_is_a_sentence(tmp_path):
    assert problems(tmp_path, "title: 值班".encode("gbk")) == ["sheet.yaml：不是 UTF-8 编码，请另存为 UTF-8 后再试。"]


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "sheet.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "title: 值班\n".encode())

    assert config.load(path, Sheet).title == "值班"


def test_a_file_that_is_not_there_is_a_sentence_that_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match=r"找不到文件.*minqing init"):
        config.load(tmp_path / "none.yaml", Sheet)


def test_a_value_of_a_foreign_tag_is_a_sentence(tmp_path):
    [said] = problems(tmp_path, "title: 一\nrows: !!python/object/apply:os.system ['echo']\n")
    assert said.startswith("sheet.yaml 第2行：")


def test_a_file_nested_beyond_reading_is_a_sentence(tmp_path):
    assert problems(tmp_path, "title: " + "[" * 3000 + "]" * 3000) == [
        "sheet.yaml：括号或缩进套得太深，读不了，请检查 { } 和 [ ] 是否成对。"
    ]


def test_a_folder_in_the_place_of_a_file_is_a_sentence(tmp_path):
    with pytest.raises(ConfigError, match=str(tmp_path)):
        config.load(tmp_path, Sheet)


def test_a_file_of_words_is_a_sentence(tmp_path):
    assert problems(tmp_path, "只有一句话") == ["sheet.yaml：“文件”应当是“名称: 值”的形式。"]


def test_an_empty_file_lacks_everything(tmp_path):
    assert problems(tmp_path, "") == ["sheet.yaml：缺少必填项“title”，请补上。"]


@example(b"=")
@given(st.binary(max_size=200))
def test_any_bytes_are_a_model_or_a_sentence(tmp_path_factory, noise):
    path = tmp_path_factory.mktemp("noise") / "sheet.yaml"
    path.write_bytes(noise)
    said = []
    try:
        config.load(path, Sheet)
    except ConfigError as error:
        said = error.problems

    assert all(sentence.startswith(str(path)) for sentence in said)


def broken(tmp_path, name, old, new):
    """A shipped file with one thing changed."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    return path, line


def sentence_of(load, path):
    with pytest.raises(ConfigError) as caught:
        load(path)
    (sentence,) = caught.value.problems
    return sentence


def test_a_plan_with_an_unknown_key_names_it_and_its_line(tmp_path):
    path, line = broken(
        tmp_path, "plan.example.yaml", "    topics: [hazard.fire]", "    topcs: []\n    topics: [hazard.fire]"
    )

    sentence = sentence_of(load_plan, path)

    assert sentence.startswith(f"{path} 第{line}行：不认识的项“criteria第2项.")
    assert sentence.endswith("是不是想写“topics”？")


def test_a_plan_cannot_weigh_tone(tmp_path):
    path, _ = broken(tmp_path, "plan.example.yaml", "[{heat: 60, growth: 5, platforms: 2}]", "[{negative_share: 1}]")

    sentence = sentence_of(load_plan, path)

    assert sentence.startswith(f"{path} 第")
    assert "negative_share" in sentence


def test_a_plan_cannot_rate_attention_above_the_third_tier(tmp_path):
    path, _ = broken(tmp_path, "plan.example.yaml", "III: [{heat: 200, growth: 10, platforms: 3}]", "II: [{heat: 200}]")

    assert "III" in sentence_of(load_plan, path)


def test_a_length_of_time_that_is_none_says_how_to_write_one(tmp_path):
    path, line = broken(tmp_path, "plan.example.yaml", "quiet: 30m", "quiet: 半小时")

    sentence = sentence_of(load_plan, path)

    assert sentence.startswith(f"{path} 第{line}行：")
    assert "15m" in sentence


def test_a_roster_whose_date_does_not_exist_is_one_sentence(tmp_path):
    path, line = broken(tmp_path, "roster.example.yaml", "since: 2026-01-01", "since: 2026-02-30")

    assert sentence_of(load_roster, path).startswith(f"{path} 第{line}行：没有“2026-02-30”")


def test_two_sources_of_one_id_are_an_error(tmp_path):
    one = "  - {id: a, kind: feed, name: 甲, url: 'http://a.example/', authority: media}\n"

    (sentence,) = problems(tmp_path, "sources:\n" + one + one, SourcesFile)

    assert "来源编号重复：a" in sentence


def test_an_authority_that_there_is_not_names_those_there_are(tmp_path):
    one = "  - {id: a, kind: feed, name: 甲, url: 'http://a.example/', authority: 官方}\n"

    (sentence,) = problems(tmp_path, "sources:\n" + one, SourcesFile)

    assert sentence.startswith("sheet.yaml 第2行：")
    assert all(name in sentence for name in ("official", "media", "public"))


def test_a_key_that_is_called_otherwise_inside_is_hinted_as_it_is_written():
    assert set(config.known_keys(Roster, ("people", 0, "quiet"))) == {"from", "until"}
