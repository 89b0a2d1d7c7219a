"""What is remembered of late, and for how long."""

from crawlers.lately import Lately, digest
from crawlers.masking import Batch, mask_many


def test_the_last_ones_are_found_and_older_ones_forgotten():
    lately = Lately(10)
    for number in range(100):
        lately.keep(digest(str(number)), number)
    assert [lately.get(digest(str(number))) for number in range(90, 100)] == list(range(90, 100))
    assert lately.get(digest("79")) is None


def test_what_is_asked_for_stays():
    lately = Lately(10)
    lately.keep(digest("again"), -1)
    for number in range(100):
        lately.keep(digest(str(number)), number)
        assert lately.get(digest("again")) == -1


def test_half_a_character_has_a_digest():
    assert digest("\ud83d") != digest("\ude00")


def test_a_text_without_anything_to_mask_is_looked_at_once(monkeypatch):
    harmless, telling = "昨夜北门外的水管爆了，今早才修好", "联系人王建国，电话13912345678"
    looked_at = []
    fold = Batch.fold
    monkeypatch.setattr(Batch, "fold", lambda texts: looked_at.extend(texts) or fold(texts))
    first = mask_many([harmless, telling, "", harmless, telling])
    assert first[0] == first[3] == harmless
    assert first[1] == first[4] != telling
    assert looked_at.count(harmless) == looked_at.count(telling) == 1
    assert mask_many([harmless, telling])[1] == first[1]
    assert looked_at.count(harmless) == 1
    assert looked_at.count(telling) == 2
