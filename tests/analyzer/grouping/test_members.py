"""Members of events by their words: who is nearest, what a common word tells, what is left after forgetting."""

import pytest

from analyzer.grouping.item import item
from analyzer.grouping.members import KEPT, POSTINGS, Members
from tests.builders import post, reading


def said(*words, strange=()):
    one = post("")
    told = item(one, reading(one, terms=words), lambda word: 10.0 if word.startswith("名") else 5.0)
    return told.replace(strange=strange)


def test_the_nearest_member_comes_with_the_cosine_of_its_words():
    members = Members()
    members.add(said("停水", "三天"), 1)
    members.add(said("着火", "浓烟"), 2)

    assert members.nearest(said("停水", "三天"))[1].words == pytest.approx(1.0)
    assert members.nearest(said("停水", "昨晚"))[1].words == pytest.approx(0.5)
    assert 2 not in members.nearest(said("停水"))


def test_names_and_strange_pairs_in_common_are_counted():
    members = Members()
    members.add(said("名甲", "停水", strange=("澜庭", "庭府")), 1)

    like = members.nearest(said("名甲", "来水", strange=("澜庭", "去澜")))[1]

    assert (like.rare, like.strange) == (1.0, 1.0)


def test_a_word_said_of_many_events_tells_less():
    alone, among = Members(), Members()
    alone.add(said("物业", "事1"), 1)
    for owner in range(1, 7):
        among.add(said("物业", f"事{owner}"), owner)

    assert among.nearest(said("物业"))[6].words == pytest.approx(alone.nearest(said("物业"))[1].words / 2)


def test_a_word_said_of_very_many_events_leads_to_none_of_them():
    members = Members()
    for owner in range(1, POSTINGS + 1):
        members.add(said("物业", f"事{owner}"), owner)

    assert members.nearest(said("物业", "事3")).keys() == {3}


def test_the_event_that_asks_is_left_out():
    members = Members()
    members.add(said("停水", "三天"), 1)
    members.add(said("停水", "昨晚"), 2)

    assert list(members.nearest(said("停水", "三天"), but=1)) == [2]


def test_only_the_latest_who_said_a_word_are_remembered_by_it():
    members = Members()
    for number in range(POSTINGS + 1):
        members.add(said("停水", f"说{number}"), 1 + (number > 0))

    assert list(members.nearest(said("停水"))) == [2]


def test_nothing_leads_to_events_that_are_forgotten():
    members = Members()
    members.add(said("停水", "三天"), 1)
    members.add(said("停水", "一周"), 2)
    members.add(said("停水", "四天"), 1)

    members.forget([1, 3])

    assert list(members.nearest(said("停水", "三天"))) == [2]


def test_words_too_light_to_be_remembered_lead_nowhere_either():
    """A name leads to a member though it is not among its heaviest words."""
    members = Members()
    words = [f"词{number}" for number in range(KEPT)]
    members.add(said(*words, "名甲").replace(telling=("名甲", *words[:7])), 1)
    assert list(members.nearest(said("名甲"))) == [1]

    members.forget([1])

    assert members.nearest(said("名甲")) == {}


def test_forgetting_keeps_what_the_others_have_said():
    fresh, used = Members(), Members()
    used.add(said("着火", "名乙"), 1)
    for members in (fresh, used):
        members.add(said("停水", "名甲", strange=("澜庭",)), 2)
    used.forget([1])
    asked = said("名甲", "停水", "昨晚", strange=("澜庭",))

    assert used.nearest(asked) == fresh.nearest(asked)


def test_a_post_without_words_is_like_nobody():
    members = Members()
    members.add(said("停水"), 1)

    assert members.nearest(said()) == {}


def test_an_event_is_known_by_the_words_that_nobody_else_uses():
    members = Members()
    members.add(said("名甲", "名乙", "停水", strange=("茶小",)), 1)
    members.add(said("名甲", "名乙", "退钱", strange=("茶小",)), 1)
    members.add(said("名乙", "着火"), 2)

    assert members.known_by(said("名甲", "名乙", "停水", strange=("茶小",)), 1) == (2, 2)
    assert members.known_by(said("名甲"), 2) == (0, 0)
    assert members.known_by(said("着火"), 2) == (0, 0)


def test_a_coined_word_that_only_one_event_uses_leads_to_it_however_much_else_is_shared_with_others():
    members = Members()
    members.add(said("名甲", strange=("名甲",)), 1)
    for owner in range(2, 6):
        members.add(said("停水", "着火", "名乙"), owner)

    found = members.nearest(said("停水", "着火", "名乙", "名甲", strange=("名甲",)))

    assert found[1].strange == 1.0
