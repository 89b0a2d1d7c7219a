from dataclasses import replace

import pytest

from analyzer.events.case import Case
from analyzer.model import EventStatus, FactKind, Finding, Nature
from crawlers.model import Authority
from tests.builders import at, fact, place, post, reading


def event(*told):
    """What comes of posts, each of a voice and a day."""
    case = Case("E20261103-0123456789")
    for voice, day in told:
        said = replace(post(told=at(24 * day)), voice=f"{day}:{voice}")
        case.absorb(said, reading(said))
    return case.event(at(24 * 9))


def finding(hour, **figures):
    """What an operator verified at an hour."""
    found = {FactKind(kind): value for kind, value in figures.items()}
    return Finding(id=f"V{hour}", event_id="E", by="operator_a", at=at(hour), figures=found)


def test_three_voices_of_one_day_are_three():
    assert event(("a", 0), ("b", 0), ("c", 0)).voices == 3


def test_one_voice_is_one_however_often_it_speaks():
    assert event(*[("a", 0)] * 9).voices == 1


def test_voices_of_different_days_are_not_added_up():
    """SCOPE: voices are counted within a day; whether two days' are the same person nobody can know."""
    assert event(("a", 0), ("b", 1), ("c", 2)).voices == 1


def test_of_places_named_as_often_the_first_told_come_first():
    case = Case("E20261103-0123456789")
    said = post("栖水河洪水预警，甲街道、乙街道、丙街道请注意")
    named = [place(name) for name in ("栖水河", "甲街道", "乙街道", "丙街道", "丁街道", "戊街道")]
    case.absorb(said, reading(said, places=tuple(named)))

    assert [p.name for p in case.event(at()).places] == ["栖水河", "甲街道", "乙街道", "丙街道", "丁街道"]


def test_what_is_over_is_resolved_unless_people_are_still_missing():
    def status(*facts):
        case = Case("E20261103-0123456789")
        said = post("明火已扑灭", authority=Authority.OFFICIAL)
        case.absorb(said, reading(said, "hazard.fire", *facts, resolves=True))
        return case.event(at()).status

    assert status(fact("deaths", 4)) is EventStatus.RESOLVED
    assert status(fact("deaths", 4), fact("missing", 6)) is EventStatus.ACTIVE
    assert status(fact("deaths", 10), fact("missing", 0)) is EventStatus.RESOLVED


def test_how_large_a_place_is_is_asked_of_the_posts_that_give_figures():
    case = Case("E20261103-0123456789")
    said = post("停电用户占比56%", authority=Authority.OFFICIAL)
    case.absorb(said, reading(said, "service.power", fact("power_users_percent", 56)), frozenset({"county_city"}))
    for voice in "abc":
        talk = post(f"{voice * 9}停电了", voice=voice)
        case.absorb(talk, reading(talk, "service.power"))
    assert "county_city" in case.event(at()).settings


def topics(*told):
    """The topics of an event of posts, each of an authority, a voice and a topic."""
    case = Case("E20261103-0123456789")
    for number, (authority, voice, topic) in enumerate(told):
        # Copies are one witness: each says it in words of its own.
        said = replace(post(f"{chr(0x4E00 + number) * 12}起火停水", authority=authority), voice=f"0:{voice}")
        case.absorb(said, reading(said, topic))
    return case.event(at()).topics


def test_one_voice_adds_no_topic_to_what_an_office_tells():
    official, public = Authority.OFFICIAL, Authority.PUBLIC
    notice = (official, "office", "service.water")

    assert topics(notice, (public, "a", "hazard.fire")) == ("service.water",)
    assert topics(notice, (public, "a", "hazard.fire"), (public, "a", "hazard.fire")) == ("service.water",)
    assert topics(notice, *[(public, voice, "hazard.fire") for voice in "abc"]) == ("hazard.fire", "service.water")
    assert topics(notice, (official, "brigade", "hazard.fire")) == ("hazard.fire", "service.water")


def test_before_anybody_is_believed_an_event_is_about_what_its_posts_tell():
    public = Authority.PUBLIC

    assert topics((public, "a", "hazard.fire")) == ("hazard.fire",)
    assert topics((public, "a", "hazard.fire"), (public, "b", "hazard.explosion")) == (
        "hazard.explosion",
        "hazard.fire",
    )


def test_an_outage_lasts_from_the_first_post_that_does_not_only_announce_it():
    def hours(first):
        case = Case("E20261103-0123456789")
        for told, text in ((at(0), first), (at(30), "城东停水了"), (at(50), "城东还在停水")):
            said = post(text, told=told)
            case.absorb(said, reading(said, "service.water"))
        return case.event(at(51)).figures[FactKind.HOURS].claimed

    assert hours("停水通知：定于明日停水检修") == 20
    assert hours("城东又要停水检修，记得接水") == 20
    assert hours("停水了，说明天停一天检修") == 50


@pytest.mark.parametrize(("first", "hours"), [("东片又要停水", 8), ("东片没水了", 38)])
def test_an_outage_announced_begins_at_its_hour_and_one_that_was_there_before_does_not_wait_for_it(first, hours):
    case = Case("E20261103-0123456789")
    notice = "通知：11月4日18时起因泵房改造停水30小时"
    for told, text in ((0, first), (2, notice), (10, "东片停水"), (38, "东片还没水")):
        said = post(text, told=at(told), authority=Authority.MEDIA)
        case.absorb(said, reading(said, "service.water", *[fact("hours", 30)] * (text == notice)))
    assert case.event(at(38)).figures[FactKind.HOURS].claimed == hours


def test_how_long_an_office_says_it_was_is_how_long_it_was():
    case = Case("E20261103-0123456789")
    said = post("水压好小")
    case.absorb(said, reading(said, "service.water"))
    said = post("停水共22小时，现已恢复", authority=Authority.OFFICIAL, told=at(27))
    case.absorb(said, reading(said, "service.water", fact("hours", 22), resolves=True))
    figure = case.event(at(28)).figures[FactKind.HOURS]
    assert (figure.claimed, figure.verified) == (22, 22)
    said = post("抢修3小时后恢复", authority=Authority.OFFICIAL, told=at(29))
    case.absorb(said, reading(said, "service.water", replace(fact("hours", 3), span=(3, 6)), resolves=True))
    assert case.event(at(29)).figures[FactKind.HOURS].claimed == 27
    said = post("又停水了", authority=Authority.OFFICIAL, told=at(30))
    case.absorb(said, reading(said, "service.water", fact("households", 900)))
    assert case.event(at(30)).figures[FactKind.HOURS].claimed == 30


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("更正：事故造成2人死亡", 2),
        ("造成2人死亡，此前所报5人有误", 2),
        ("事故造成2人死亡", 5),
        ("此前所报路口有误，事故造成2人死亡", 5),
    ],
)
def test_an_office_that_puts_a_number_right_takes_back_whatever_was_greater(text, claimed):
    case = Case("E20261103-0123456789")
    said = post("塔吊倒塌，5人死亡", authority=Authority.MEDIA)
    case.absorb(said, reading(said, "hazard.work_accident", fact("deaths", 5)))
    said = post(text, authority=Authority.OFFICIAL, told=at(2))
    case.absorb(said, reading(said, "hazard.work_accident", fact("deaths", 2)))
    figure = case.event(at(2)).figures[FactKind.DEATHS]
    assert (figure.claimed, figure.verified) == (claimed, 2)
    said = replace(post("塔吊又有人没救过来，死亡3人", authority=Authority.MEDIA, told=at(3)), id="later")
    case.absorb(said, reading(said, "hazard.work_accident", fact("deaths", 3)))
    assert case.event(at(3)).figures[FactKind.DEATHS].claimed == 3


def test_an_office_that_calls_a_figure_wrong_ends_the_claim_and_the_doubt():
    case = Case("E20261103-0123456789")
    for number, voice in enumerate("abc"):
        said = replace(post(f"{chr(0x4E00 + number) * 12}塌了死了11个"), voice=f"0:{voice}")
        case.absorb(said, reading(said, "hazard.collapse", fact("deaths", 11)))
    assert case.event(at()).figures[FactKind.DEATHS].claimed == 11
    said = post("网传11人死亡不实，事故造成9人死亡", authority=Authority.OFFICIAL, told=at(2))
    wrong = replace(fact("deaths", 11), status=Nature.HYPOTHETICAL)
    case.absorb(said, reading(said, "hazard.collapse", wrong, fact("deaths", 9), refutes=True))
    figure = case.event(at(2)).figures[FactKind.DEATHS]
    assert (figure.claimed, figure.verified, figure.unsupported) == (9, 9, None)


@pytest.mark.parametrize(("kind", "value"), [("deaths", 2), ("loss_yuan", 23_000_000), ("magnitude", 4.3)])
def test_an_office_that_counts_harm_denies_no_more_than_a_figure(kind, value):
    case = Case("E20261103-0123456789")
    told = post("家具厂起火了，听说烧掉两个亿")
    case.absorb(told, reading(told, "hazard.fire"))
    said = post("家具厂火灾已查清，网传“两个亿”不实", authority=Authority.OFFICIAL, told=at(2))
    case.absorb(said, reading(said, "hazard.fire", fact(kind, value), refutes=True))
    assert case.event(at(2)).status is EventStatus.ACTIVE
    case.absorb(said := replace(said, id="again"), reading(said, "hazard.fire", refutes=True))
    assert case.event(at(2)).status is EventStatus.REFUTED


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        ("网传大火烧死多人系谣言，昨晚一商铺起火，10分钟扑灭，无人员伤亡", EventStatus.ACTIVE),
        ("网传昨晚大火烧死多人系谣言，没有起火，无人员伤亡", EventStatus.REFUTED),
    ],
)
def test_a_denial_that_tells_what_happened_instead_ends_nothing(denial, status):
    case = Case("E20261103-0123456789")
    told = post("商业楼大火，听说烧死好多人")
    case.absorb(told, reading(told, "hazard.fire"))
    said = post(denial, authority=Authority.OFFICIAL, told=at(2))
    case.absorb(said, reading(said, "hazard.fire", fact("deaths", 0), refutes=True))
    assert case.event(at(2)).status is status


@pytest.mark.parametrize(
    ("text", "magnitude"), [("40分发生4.3级余震", 6.1), ("40分发生7.2级余震", 7.2), ("正式测定震级为4.3级", 4.3)]
)
def test_an_aftershock_replaces_no_greater_magnitude(text, magnitude):
    case = Case("E20261103-0123456789")
    first = post("青岚县发生6.1级地震", authority=Authority.OFFICIAL)
    case.absorb(first, reading(first, "hazard.earthquake", fact("magnitude", 6.1)))
    said = post(text, authority=Authority.OFFICIAL, told=at(1))
    case.absorb(said, reading(said, "hazard.earthquake", fact("magnitude", float(text[text.rindex("级") - 3 :][:3]))))
    assert case.event(at(2)).figures[FactKind.MAGNITUDE].verified == magnitude


@pytest.mark.parametrize("status", [Nature.HYPOTHETICAL, Nature.PAST])
def test_what_an_office_puts_right_is_claimed_no_more_though_no_office_had_told_it(status):
    case = Case("E20261103-0123456789")
    said = post("火灾致8人失踪", authority=Authority.MEDIA)
    case.absorb(said, reading(said, "hazard.fire", fact("missing", 8)))
    assert case.event(at()).figures[FactKind.MISSING].claimed == 8
    said = post("更正：失踪7人，此前所传8人有误", authority=Authority.OFFICIAL, told=at(2))
    wrong = replace(fact("missing", 8), status=status)
    case.absorb(said, reading(said, "hazard.fire", fact("missing", 7), wrong))
    figure = case.event(at(2)).figures[FactKind.MISSING]
    assert (figure.claimed, figure.verified) == (7, 7)


def test_counted_hours_name_the_post_of_their_beginning_and_that_of_their_end():
    case = Case("E20261103-0123456789")
    first = post("城东停水了", told=at(0))
    last = post("城东还没来水", told=at(40))
    for said in (last, first, post("城东没水", told=at(9))):
        case.absorb(said, reading(said, "service.water"))
    hours = case.event(at(41)).figures[FactKind.HOURS]
    assert (hours.claimed, hours.evidence, hours.verified_evidence) == (40, (first.id, last.id), ())

    notice = post("城东停水抢修中", authority=Authority.OFFICIAL, told=at(20))
    case.absorb(notice, reading(notice, "service.water", fact("households", 300)))
    hours = case.event(at(41)).figures[FactKind.HOURS]
    assert (hours.verified, hours.verified_evidence) == (20, (first.id, notice.id))


def test_voices_name_the_first_posts_of_the_fullest_day():
    case = Case("E20261103-0123456789")
    before = post("路灯坏了", voice="a", told=at(0))
    posts = [replace(post(f"{chr(0x4E00 + n) * 12}路灯坏了", told=at(24 + n)), voice=f"1:{n}") for n in range(7)]
    for said in (*reversed(posts), before):
        case.absorb(said, reading(said, "service.roads"))

    backing = case.event(at(40)).backing
    assert backing["voices"] == tuple(said.id for said in posts[:5])
    assert backing["first"] == (before.id, *(said.id for said in posts[:4]))


def test_an_operators_finding_puts_right_what_was_claimed_before_it_and_not_what_is_claimed_after():
    case = Case("E20261103-0123456789")

    def told(hour, authority, deaths, voice=""):
        said = post(f"{chr(0x4E00 + hour) * 12}死{deaths}人", authority=authority, told=at(hour), voice=voice)
        case.absorb(said, reading(said, "hazard.fire", fact("deaths", deaths)))
        return said

    def deaths():
        found = case.event(at(30)).figures[FactKind.DEATHS]
        return found.claimed, found.verified, found.unsupported

    told(0, Authority.OFFICIAL, 4)
    told(1, Authority.PUBLIC, 9, "a")
    case.confirm(finding(2, deaths=2))
    assert deaths() == (2, 2, None)

    told(1, Authority.MEDIA, 6)
    assert deaths() == (2, 2, None), "told before it, read after it"
    later = told(3, Authority.MEDIA, 5)
    assert deaths() == (5, 2, None)
    assert case.event(at(30)).figures[FactKind.DEATHS].evidence == (later.id,)

    told(4, Authority.OFFICIAL, 2)
    assert deaths() == (5, 2, None)


def test_an_operators_finding_of_hours_does_not_end_the_outage():
    case = Case("E20261103-0123456789")
    for hour in (0, 9):
        said = post("城东停水了", told=at(hour))
        case.absorb(said, reading(said, "service.water"))
    case.confirm(finding(10, hours=3))
    assert case.event(at(11)).figures[FactKind.HOURS].claimed == 3

    said = post("城东还停水", told=at(20))
    case.absorb(said, reading(said, "service.water"))
    assert case.event(at(21)).figures[FactKind.HOURS].claimed == 20
