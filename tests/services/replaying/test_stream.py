import json

import pytest

from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from services.reading import parallel
from services.replaying.stream import CHUNK, Stream


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(None))


def line(number, text, at):
    return json.dumps(
        {"id": f"p{number}", "source": "论坛", "authority": "public", "text": text, "collected_at": at},
        ensure_ascii=False,
    )


def written(folder, lines):
    file = folder / "posts.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_lines_come_in_the_order_of_collection_with_their_own_numbers(tmp_path):
    file = written(
        tmp_path,
        [
            line(1, "后说的", "2026-11-02T10:00:00+08:00"),
            "",
            line(2, "先说的", "2026-11-02T09:00:00+08:00"),
            "没有时间的一行",
        ],
    )

    assert [number for number, _ in Stream(file)] == [3, 4, 1]


def collected(folder, reader, *times):
    """When the lines of a file are taken for collected, by their ids."""
    pieces = Stream(written(folder, [line(n, f"城南路{n}号停水", at) for n, at in enumerate(times)])).read(reader)
    return {post.id: f"{post.collected_at:%Y-%m-%d}" for piece in pieces for post, _ in piece.read}


def test_a_date_before_there_were_posts_or_next_years_is_that_of_the_line_before(tmp_path, reader):
    first, second, old, later = (
        f"{day}T10:00:00+08:00" for day in ("2026-11-02", "2026-11-05", "1970-01-01", "2027-12-05")
    )

    assert set(collected(tmp_path, reader, old, first, second).values()) == {"2026-11-02", "2026-11-05"}
    assert collected(tmp_path, reader, old, first, second)["p0"] == "2026-11-02"
    assert collected(tmp_path, reader, first, old, second)["p1"] == "2026-11-02"
    assert collected(tmp_path, reader, first, first, second, later)["p3"] == "2026-11-05"
    assert collected(tmp_path, reader, first, second, "")["p2"] == "2026-11-05"


def test_a_stream_of_years_is_believed(tmp_path, reader):
    years = [f"{year}-11-02T10:00:00+08:00" for year in (2023, 2024, 2025)]

    assert list(collected(tmp_path, reader, *years).values()) == ["2023-11-02", "2024-11-02", "2025-11-02"]
    assert list(collected(tmp_path, reader, years[0], years[2]).values()) == ["2023-11-02", "2025-11-02"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_cores_reads_the_same(tmp_path, monkeypatch, reader, count):
    told = [
        line(n, f"城南路{n}号楼起火，{n % 4}人受伤", f"2026-11-02T09:{n % 60:02d}:00+08:00") for n in range(CHUNK + 88)
    ]
    file = written(tmp_path, [*told, "{坏的"])
    monkeypatch.setattr(parallel, "cores", lambda: count)

    pieces = list(Stream(file).read(reader))

    assert [len(piece) for piece in pieces] == [CHUNK, 89]
    read = [(post.id, reading) for piece in pieces for post, reading in piece.read]
    assert [key for key, _ in read] == [json.loads(text)["id"] for _, text in Stream(file) if text.startswith(b'{"id"')]
    posts = [post for piece in pieces for post, _ in piece.read]
    assert [reading for _, reading in read] == reader.read_many(posts)
    assert [sentence for piece in pieces for sentence in piece.broken] == [
        f"{file} 第{len(told) + 1}行：不是有效的 JSON（第2个字符处），已跳过，请检查引号与括号。"
    ]
