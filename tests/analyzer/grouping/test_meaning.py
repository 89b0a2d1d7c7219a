"""What a text is about, and what in it is strange."""

import pytest

from analyzer.grouping.meaning import STRANGEST, UNIT, Meanings, direction, length

MEANINGS = Meanings.load()


def read(text):
    strange, meaning = MEANINGS.read_many([text])[0]
    return strange, direction(meaning)


def about(text):
    return read(text)[1]


def likeness(one, other):
    return (one @ other) / (length(one) * length(other))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("自来水从昨晚停到现在，饭都做不成", "家里水龙头一滴水都没有，洗脸都难", "工地半夜还在打桩，孩子没法睡"),
        ("电梯又坏了，老人下不了楼", "轿厢停在五楼不动，爬了十八层", "暖气片冰凉，屋里只有十三度"),
        ("老板跑了，三个月工资没发", "工地干完活一分钱没拿到", "公交车等了四十分钟不来"),
    ],
)
def test_the_same_trouble_in_other_words_points_the_same_way(one, other, apart):
    assert likeness(about(one), about(other)) > 0.1 + max(
        likeness(about(one), about(apart)), likeness(about(other), about(apart))
    )


def test_where_a_text_points_does_not_hang_on_the_order_of_its_clauses():
    assert (about("路灯不亮，井盖没了，没人管") == about("没人管，路灯不亮，井盖没了")).all()


def test_pairs_that_nobody_else_writes_are_strange():
    strange, _ = read("嵂珩苑的电梯停了")
    assert strange[:2] == ("嵂珩", "珩苑")
    assert "电梯" not in strange


@pytest.mark.parametrize("text", ["", "😭😭", "help me", "水"])
def test_what_has_no_pair_of_characters_points_nowhere(text):
    strange, direction = read(text)
    assert not strange
    assert not direction.any()


def test_strange_pairs_are_bounded():
    text = "".join(chr(0x4E00 + 97 * n % 20000) for n in range(400))
    assert len(read(text)[0]) == STRANGEST


def test_directions_are_of_one_length_in_whole_numbers():
    direction = about("路灯不亮，井盖没了")
    assert length(direction) == pytest.approx(UNIT, rel=0.01)
    assert (direction == direction.round()).all()


def test_many_texts_are_read_as_each_is_alone():
    texts = ["", "嵂珩苑的电梯停了", "水", "路灯不亮，井盖没了，没人管", "", "嵂珩苑的电梯又停了\ud83d", "𠮷屋起火"]
    assert MEANINGS.read_many(texts) == [MEANINGS.read_many([text])[0] for text in texts]
    assert MEANINGS.read_many([]) == []
