"""What people decided, out of a file: each line is done at its time or said to be not."""

import json

import pytest

from services.folder.plan import load_plan
from services.replaying.decisions import load
from services.replaying.replay import replayed
from tests.acceptance.town import PLAN

MERGE = {"at": "2026-11-03T10:00:00+08:00", "kind": "merge", "posts": ["a"], "into": "b"}


def file_of(tmp_path, *lines):
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path):
    found, faults = load(file_of(tmp_path, b"\xef\xbb\xbf" + json.dumps(MERGE).encode()))

    assert [decision.posts for decision in found] == [("a",)]
    assert faults == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "不是有效的 JSON（第1个字符处），已跳过，请检查引号与括号。"),
        ("合并".encode("gbk"), "不是 UTF-8 编码，已跳过，请将文件另存为 UTF-8。"),
        ([1], "应当是一个 JSON 对象，已跳过。"),
        ({**MERGE, "kind": "delete"}, "“kind”只能是 merge、split、undo，已跳过。"),
        ({**MERGE, "posts": "a"}, "“posts”应当是帖文编号的数组，已跳过。"),
    ],
)
def test_a_line_that_is_none_is_said_with_its_number_and_the_rest_is_done(tmp_path, line, said):
    path = file_of(tmp_path, line, MERGE)

    found, faults = load(path)

    assert len(found) == 1
    assert faults == [f"{path} 第1行：{said}"]


@pytest.mark.parametrize(
    "posts", ["", '{"source": "b", "authority": "public", "text": "停水", "published_at": "%s"}\n']
)
def test_what_was_decided_after_the_end_of_the_replay_is_said(tmp_path, capsys, posts):
    stream = tmp_path / "posts.jsonl"
    stream.write_text(posts % MERGE["at"] if posts else posts, encoding="utf-8")
    path = file_of(tmp_path, {**MERGE, "at": "9999-12-31T23:59:59-12:00"})

    replayed(stream, plan=load_plan(PLAN), roster=None, gazetteer=None, decisions=path)

    assert f"{path} 第1行：决定的时间在重放结束之后，没有照做。" in capsys.readouterr().err
