"""What one look at a batch sees: never less than the patterns find that it spares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.masking import accounts, addresses, fields, numbers
from crawlers.masking.candidates import BEGINS_NAME
from crawlers.masking.lexicon import GIVEN, HARDLY_SURNAMES
from crawlers.masking.look import Batch
from crawlers.text import fold_many
from tests.crawlers.planted import negatives, positives

_TELLING = st.text(
    st.sampled_from("0123456789一二〇京沪A牌号编证微信qQ加@at网名叫:(联系人家住门栋楼-#室王老李水明卡扎德\n 。"),
    min_size=1,
)


@pytest.mark.parametrize("cases", [positives, negatives])
def test_whatever_is_found_in_a_text_was_seen_in_its_batch(cases):
    _sees_all([case.text for case in cases()])


@given(st.lists(_TELLING, min_size=1, max_size=5))
def test_nothing_is_overlooked_at_the_edges_of_texts(texts):
    _sees_all(texts)


def _sees_all(texts):
    look = Batch.fold(texts).look
    for number, shadow in enumerate(fold_many(texts)):
        assert look.numbers[number] or not numbers.find(shadow)
        assert look.accounts[number] or not accounts.find(shadow)
        assert look.addresses[number] or not addresses.find(shadow)
        assert look.fields[number] or not list(fields.find(shadow))


@given(st.lists(_TELLING, min_size=1, max_size=5))
def test_names_begin_before_a_word_of_the_same_text(texts):
    look = Batch.folded(texts).look
    for text, spots in zip(texts, look.spots, strict=True):
        assert spots.firsts == [
            at for at, one in enumerate(text[:-1]) if one in BEGINS_NAME and "\u4e00" <= text[at + 1] <= "\u9fff"
        ]
        assert spots.hardly == [
            at for at, one in enumerate(text[:-2]) if one in HARDLY_SURNAMES and GIVEN.issuperset(text[at + 1 : at + 3])
        ]


def test_each_text_of_a_batch_has_its_own_look():
    look = Batch.fold(["今晚停水", "电话13812345678", "我住3号楼", "卡扎德"]).look
    assert look.numbers == [False, True, False, False]
    assert look.addresses == [False, False, True, False]
    assert [spots.sounds for spots in look.spots] == [False, False, False, True]
