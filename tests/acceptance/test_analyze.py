"""`minqing analyze` as people run it: order kept over processes, broken lines said, every option reachable."""

import json

import pytest

from tests.acceptance.commands import minqing

TEXTS = (
    "青石巷三号楼着火了，黑烟直冒，造成2人受伤",
    "新剧今晚开播，男主演技在线",
    "兰亭苑停水两天了，求恢复供水",
    "😂😂😂",
)


@pytest.fixture
def posts(tmp_path):
    """More chunks than processes; every post tells its number."""
    path = tmp_path / "posts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1_300):
            post = {"id": f"p{number}", "source": "论坛", "authority": "public", "text": TEXTS[number % len(TEXTS)]}
            file.write(json.dumps(post, ensure_ascii=False) + "\n")
    return path


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_readings_come_in_the_order_of_the_posts_whatever_the_number_of_processes(posts, tmp_path):
    many, one = tmp_path / "many.jsonl", tmp_path / "one.jsonl"
    done = minqing("analyze", posts, "-o", many, "--processes", "3")
    assert (done.code, done.out) == (0, "")
    assert "研读" in done.err
    assert minqing("analyze", posts, "-o", one, "--processes", "1").code == 0
    assert many.read_bytes() == one.read_bytes()
    found = lines(many.read_text(encoding="utf-8"))
    assert len({reading["id"] for reading in found}) == len(found) == 1_300
    scopes = [reading["scope"] for reading in found[:4]]
    assert scopes == ["in", "out", "in", "unsure"]
    assert found[0]["topics"][0]["code"] == "hazard.fire"
    assert [fact["value"] for fact in found[0]["facts"]] == [2]
    assert found[2]["help_sought"]


def test_a_broken_line_is_said_with_its_number_and_the_rest_goes_on(posts, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"{oops\n" + posts.read_bytes().split(b"\n")[0] + b"\n")
    done = minqing("analyze", broken)
    assert done.code == 0
    assert len(lines(done.out)) == 1
    assert any("第1行" in sentence for sentence in done.sentences)
    assert minqing("analyze", broken, "--strict").code == 1


def test_snownlp_can_say_the_tone(tmp_path):
    pytest.importorskip("snownlp")
    path = tmp_path / "one.jsonl"
    path.write_text(
        '{"source": "a", "authority": "public", "text": "质量太差，坏了也不给退，差评"}\n', encoding="utf-8"
    )
    (reading,) = lines(minqing("analyze", path, "--sentiment", "snownlp", "--processes", "1").out)
    assert reading["sentiment"]["label"] == "negative"


def test_an_adviser_off_the_own_network_is_refused_before_anything_is_read(posts):
    done = minqing("analyze", posts, "--adviser-url", "http://8.8.8.8/v1")
    assert (done.code, done.out) == (2, "")
    assert any("不在内网" in sentence for sentence in done.sentences)


def test_an_adviser_that_does_not_answer_leaves_the_output_whole(tmp_path):
    path = tmp_path / "one.jsonl"
    path.write_text('{"source": "a", "authority": "public", "text": "好像是楼下那边有点动静"}\n', encoding="utf-8")
    advised = ("--adviser-url", "http://127.0.0.1:9/v1", "--adviser-model", "m")
    done = minqing("analyze", path, *advised, "--processes", "1")

    assert "adviser_silent" in done.err
    assert [reading["scope"] for reading in lines(done.out)] == ["unsure"]
