from hypothesis import given
from hypothesis import strategies as st

from analyzer.events.witnesses import REMEMBERED, Witnesses
from analyzer.grouping.fingerprint import BANDS, bands, own_words
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from analyzer.text import normalise
from tests.builders import post

TEXTS = ("海棠苑小区着火了浓烟滚滚大家快跑", "我家对面那栋楼起火消防车刚刚开进来", "三号楼五层烧起来了里面好像还有人")


def heard(*said):
    found = Witnesses()
    speakers = [found.hear("20261103", voice, bands(text)) for voice, text in said]
    return found.count, speakers


def test_voices_with_words_of_their_own_are_witnesses():
    assert heard(*zip("abc", TEXTS, strict=True)) == (3, ["a", "b", "c"])


def test_copies_of_one_text_are_one_witness_however_many_bring_them():
    count, speakers = heard(*((f"bot{n}", TEXTS[0]) for n in range(100)))
    assert count == 1
    assert set(speakers) == {"bot0"}


def test_one_voice_is_one_witness_whatever_it_says():
    assert heard(*(("a", text) for text in TEXTS))[0] == 1


def test_who_copied_first_and_speaks_later_counts_then():
    assert heard(("a", TEXTS[0]), ("b", TEXTS[0]), ("b", TEXTS[1]))[0] == 2


def test_one_text_with_other_figures_and_tails_is_said_by_one():
    tails = ("", "求扩散", "[蜡烛]", "@所有人 转", "#金源大厦#")
    said = [(f"v{n}", f"金源大厦着火了，烧死{n + 3}个人，快去看看{tails[n % 5]}") for n in range(40)]
    found = Witnesses()
    for voice, text in said:
        found.hear("1", voice, own_words(text))
    assert found.count == 1


def test_the_reader_tells_what_a_text_says_for_itself():
    reader = Reader(Gazetteer.load(()))
    first, second = (post(f"金源大厦着火了，烧死{n}个人，快去看看，求扩散") for n in (3, 7))

    one, other = reader.read_many([first, second])

    assert one.own_words == other.own_words == own_words(normalise(first.body))
    assert len(one.own_words) == BANDS
    assert Reader(Gazetteer.load(()), grouping=False).read_many([first])[0].own_words == ()


def test_short_texts_are_alike_by_chance_and_count():
    assert heard(("a", "停水了"), ("b", "停水了"), ("c", "停水了"))[0] == 3


def test_voices_of_different_days_are_not_added_up():
    found = Witnesses()
    for day, (voice, text) in zip(("1", "1", "2"), zip("abc", TEXTS, strict=True), strict=True):
        found.hear(day, voice, bands(text))
    assert found.count == 2


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(TEXTS))))
def test_there_are_never_more_witnesses_than_voices_nor_than_texts(said):
    count, _ = heard(*said)
    assert count <= min(len({voice for voice, _ in said}), len({text for _, text in said}))


def test_memory_is_bounded():
    found = Witnesses()
    for n in range(REMEMBERED + 50):
        found.hear("1", f"v{n}", tuple(range(n * 16, n * 16 + 16)))
    assert len(found.owners) == REMEMBERED
    assert found.count == REMEMBERED + 50
