import itertools
from dataclasses import replace

import pytest

from analyzer.events.case import Case
from analyzer.model import FactKind, Nature, Qualifier, Since
from analyzer.plan.measures import number
from crawlers.model import Authority
from tests.builders import at, fact, post, reading

OFFICE, PAPER, SOMEBODY = Authority.OFFICIAL, Authority.MEDIA, Authority.PUBLIC
GRAVE, LOST, SHUT = FactKind.SERIOUS_INJURED, FactKind.MISSING, FactKind.TRAPPED
HURT = FactKind.INJURED


def died(value, were=None, **more):
    return fact("deaths", value, since=Since(were=were, **more))


def figures(*told):
    """What an event comes to: each post as (hours, authority, speaker, figures); figures of the living by kind."""
    case = Case("E")
    for hours, authority, speaker, *facts in told:
        one = post(f"{speaker}{hours}，共", authority=authority, told=at(hours), voice=speaker, source_id=speaker)
        case.absorb(one, reading(one, "hazard.explosion", *facts))
    return case.event(at(told[-1][0])).figures


def dead(*told):
    figure = figures(*told)[FactKind.DEATHS]
    return figure.claimed, figure.verified


def eight(hours=0, authority=OFFICE, **more):
    return (hours, authority, "局", fact("deaths", 8, **more), fact(GRAVE, 4))


TWO = died(2, GRAVE, of=4)


def test_the_wounded_who_die_are_added_and_wounded_no_more():
    found = figures(eight(), (20, OFFICE, "局", TWO))
    assert found[FactKind.DEATHS].verified == 10
    assert (found[GRAVE].verified, found[HURT].verified) == (2, 2)


def test_both_posts_are_the_evidence():
    figure = figures(eight(), (20, OFFICE, "局", TWO))[FactKind.DEATHS]
    assert len(set(figure.verified_evidence)) == 2
    assert figure.evidence == figure.verified_evidence


@pytest.mark.parametrize(
    "again",
    [
        (22, OFFICE, "市局", TWO),
        (22, OFFICE, "市局", died(2, HURT)),
        (22, OFFICE, "市局", died(2, again=True)),
        (90, PAPER, "日报", died(2, GRAVE)),
        (90, OFFICE, "市局", died(2, GRAVE, of=4)),
    ],
)
def test_the_same_news_is_added_once(again):
    assert dead(eight(), (20, OFFICE, "局", TWO), again) == (10, 10)


@pytest.mark.parametrize(
    ("later", "verified"),
    [
        ((30, OFFICE, "局", died(1, GRAVE)), 11),
        ((30, OFFICE, "局", died(2, GRAVE, again=True)), 12),
        ((30, OFFICE, "局", died(3, GRAVE, of=4)), 11),
        ((30, OFFICE, "局", died(3, GRAVE, so_far=True)), 11),
        ((30, OFFICE, "局", died(4, GRAVE, of=4, so_far=True)), 12),
        ((30, OFFICE, "局", fact("deaths", 12)), 12),
        ((30, OFFICE, "局", fact("deaths", 9)), 9),
        ((30, OFFICE, "局", fact("deaths", 8)), 10),
    ],
)
def test_what_is_told_next_is_more_of_them_or_all_of_them_or_a_new_total(later, verified):
    assert dead(eight(), (20, OFFICE, "局", TWO), later)[1] == verified


def test_the_first_total_told_again_holds_where_it_is_said_to_be_counted_anew():
    case = Case("E")
    for hours, text, one in ((0, "a", fact("deaths", 8)), (20, "b", TWO), (30, "最终核定死亡8人", fact("deaths", 8))):
        told = post(text, authority=OFFICE, told=at(hours))
        case.absorb(told, reading(told, "hazard.explosion", one))
    assert case.event(at(30)).figures[FactKind.DEATHS].verified == 8


@pytest.mark.parametrize(
    ("text", "verified"),
    [("厂区又传来消息，死亡1人", 8), ("厂区爆炸共造成死亡7人", 7), ("经甄别，死亡7人", 7)],
)
def test_an_office_lowers_the_dead_where_it_counts_all_of_them(text, verified):
    case = Case("E")
    number = float(next(c for c in text if c.isdigit()))
    for hours, said, value in ((0, "死亡8人", 8.0), (9, text, number)):
        told = post(said, authority=OFFICE, told=at(hours))
        span = (said.index("死亡"), said.index("人", said.index("死亡")))
        dead_there = replace(fact("deaths", value), span=span)
        case.absorb(told, reading(told, "hazard.explosion", dead_there))
    assert case.event(at(9)).figures[FactKind.DEATHS].verified == verified


def test_a_total_that_rose_by_as_many_has_counted_them():
    risen = [eight(), (20, OFFICE, "局", fact("deaths", 10))]
    assert dead(*risen, (21, PAPER, "日报", died(2, GRAVE))) == (10, 10)
    assert dead(*risen, (21, OFFICE, "局", died(2, GRAVE, again=True))) == (12, 12)


def back(value):
    return replace(fact(LOST, value), status=Nature.PAST, since=Since(were=LOST))


def test_the_missing_who_are_back_are_missing_no_more_and_nobody_is_twice():
    base = (0, OFFICE, "局", fact("deaths", 1), fact(LOST, 3))
    found = figures(base, (9, OFFICE, "局", back(2)), (10, OFFICE, "市局", back(2)))
    assert (found[FactKind.DEATHS].verified, found[LOST].verified) == (1, 1)


def test_a_medium_claims_and_only_an_office_verifies():
    assert dead(eight(), (20, PAPER, "日报", TWO)) == (10, 8)
    assert dead(eight(), (20, PAPER, "日报", TWO), (22, OFFICE, "局", TWO)) == (10, 10)


def test_an_office_that_only_tells_of_the_later_deaths_verifies_these():
    assert dead(eight(authority=PAPER), (20, OFFICE, "局", TWO)) == (10, 2)


def test_a_paper_that_says_again_within_hours_passes_on_what_it_told():
    again = (22, PAPER, "日报", died(2, HURT, again=True))
    assert dead(eight(), (20, PAPER, "日报", TWO), again) == (10, 8)


def test_one_voice_adds_nothing_and_two_claim():
    first = (20, SOMEBODY, "a", died(2, GRAVE))
    assert dead(eight(), first) == (8, 8)
    assert dead(eight(), first, (21, SOMEBODY, "b", died(2, GRAVE))) == (10, 8)


def test_people_who_repeat_the_office_add_nothing():
    voices = [(21 + n, SOMEBODY, speaker, died(2, GRAVE)) for n, speaker in enumerate("abc")]
    assert dead(eight(), (20, OFFICE, "局", TWO), *voices) == (10, 10)


def test_again_three_dead_may_be_said_of_any_accident():
    voices = [(1 + n, SOMEBODY, speaker, died(3, again=True)) for n, speaker in enumerate("abc")]
    assert dead((0, OFFICE, "局", fact("deaths", 3)), *voices) == (3, 3)


def test_the_missing_who_are_found_one_by_one_are_one_each():
    found = figures(
        (0, OFFICE, "局", fact("deaths", 1), fact(LOST, 4)),
        (5, OFFICE, "局", died(1, LOST, hour="10:00")),
        (9, OFFICE, "局", died(1, LOST, hour="15:00", again=True)),
        (20, OFFICE, "局", died(1, LOST, again=True)),
    )
    assert (found[FactKind.DEATHS].verified, found[LOST].verified) == (4, 1)


def test_another_number_left_tells_two_findings_apart():
    told = [(hours, OFFICE, "局", died(1, LOST), fact(LOST, left)) for hours, left in ((5, 3), (6, 3), (9, 2))]
    assert dead((0, OFFICE, "局", fact("deaths", 1), fact(LOST, 4)), *told) == (3, 3)


def test_the_last_one_shut_in_leaves_nobody():
    found = figures((0, OFFICE, "局", fact("deaths", 2), fact(SHUT, 1)), (9, OFFICE, "局", died(1, SHUT)))
    assert (found[FactKind.DEATHS].verified, found[SHUT].verified) == (3, 0)


def test_as_many_told_at_once_by_the_hospital_are_the_same():
    assert dead((0, OFFICE, "局", fact("deaths", 2)), (0.5, OFFICE, "卫健委", died(2, GRAVE))) == (2, 2)


def test_as_many_a_day_later_are_others():
    assert dead((0, OFFICE, "局", fact("deaths", 2)), (20, OFFICE, "卫健委", died(2, GRAVE))) == (4, 4)


def test_the_order_in_which_posts_arrive_is_nothing():
    told = [eight(), (20, OFFICE, "局", TWO), (22, PAPER, "日报", TWO), (30, OFFICE, "局", died(1, GRAVE, again=True))]
    assert {dead(*order) for order in itertools.permutations(told)} == {(11, 11)}


def test_what_somebody_says_before_the_office_arrives_rests_on_it_then():
    voices = [(2, SOMEBODY, speaker, died(1, GRAVE)) for speaker in "ab"]
    assert dead(*voices, eight()) == (9, 8)


def test_a_long_chain_names_where_it_began_and_its_end():
    told = [eight(), *((24.0 * n, OFFICE, "局", died(1, again=True)) for n in range(1, 9))]
    figure = figures(*told)[FactKind.DEATHS]
    assert (number(figure.verified), len(figure.verified_evidence), figure.qualifier) == ("16", 5, Qualifier.EXACTLY)
