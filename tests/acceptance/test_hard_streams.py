"""Streams made to fool or to break: nothing crashes, no tier jumps on one voice, what is old or feigned stays so."""

from datetime import timedelta

import pytest

from analyzer.events.cases import Cases
from analyzer.model import EventStatus, Tier
from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from tests.acceptance.streams import START, asked, highest, kinds, line, official, replayed, stands
from tests.acceptance.town import PLAN, outputs

BLAST = "翠屏苑小区发生燃气爆炸，炸死了35个人，太惨了"
FIRE = ("翠屏苑小区起火了，浓烟很大", "翠屏苑着火，消防车刚进来", "翠屏苑小区三号楼火势很大")


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(None))


def test_ten_thousand_copies_of_one_post_are_one_voice_and_one_event(reader):
    replay = replayed(reader, [line(n, BLAST, n % 600) for n in range(10_000)])

    ((event, rating),) = stands(replay)
    assert (event.posts, event.voices, rating.tier) == (10_000, 1, None)
    assert "死亡35人" in asked(replay)[0]


def test_a_thousand_variants_of_one_voice_are_one_voice(reader):
    lines = [
        line(n, f"翠屏苑小区发生燃气爆炸，死了{10 + n % 50}个人，第{n}次说了没人管", n % 600, author="one")
        for n in range(1_000)
    ]
    replay = replayed(reader, lines)

    assert highest(replay) is None
    assert {event.voices for event, _ in stands(replay)} == {1}


def test_copies_add_nothing_to_what_two_people_claim(reader):
    lines = [line(n, text, n) for n, text in enumerate(FIRE)]
    lines += [line(100 + n, "翠屏苑火灾死了12个人，一家人都没跑出来", 5 + n) for n in range(50)]
    replay = replayed(reader, lines)

    assert highest(replay) is Tier.IV


def test_two_events_in_one_place_at_one_time_stay_two(reader):
    said = (
        "翠屏商场三楼着火了，浓烟滚滚",
        "翠屏商场的电梯困人了，里面有5个人",
        "翠屏商场起火，消防车来了",
        "翠屏商场电梯卡住，5个人被困半小时了",
        "翠屏商场火很大，往外跑",
        "翠屏商场电梯还没修好，被困的5个人里有小孩",
    )
    found = stands(replayed(reader, [line(n, text, n) for n, text in enumerate(said)]))

    assert sorted(event.topic for event, _ in found) == ["hazard.equipment", "hazard.fire"]
    assert {event.posts for event, _ in found} == {3}


def test_a_post_without_a_true_date_counts_from_when_it_was_collected(reader):
    text = "翠屏苑小区着火，造成3人死亡"
    replay = replayed(
        reader,
        [
            official(1, text, published_at="1970-01-01T00:00:00+00:00"),
            official(2, f"{text}，明火已扑灭", 5, published_at="2027-11-03T00:00:00+08:00"),
        ],
    )

    ((event, rating),) = stands(replay)
    assert (event.first_seen_at, rating.verified) == (START, Tier.III)


def test_news_of_years_ago_that_turns_up_today_is_old(reader):
    replay = replayed(reader, [official(1, "翠屏苑小区着火，造成12人死亡", published_at="2019-03-21T10:00:00+08:00")])

    ((event, _),) = stands(replay)
    assert event.status is EventStatus.RETOLD
    assert highest(replay) is None


def test_a_line_of_next_year_moves_the_clock_and_breaks_nothing(reader):
    late = (START + timedelta(days=40)).isoformat()
    replay = replayed(
        reader, [official(1, "翠屏苑小区着火，造成3人死亡"), official(2, "明年的通知", 0, collected_at=late)]
    )

    assert highest(replay) is Tier.III


def test_drills_statistics_and_old_stories_have_no_tier(reader):
    lines = [
        line(1, "今天上午翠屏苑开展消防演练，模拟火灾造成5人死亡的场景"),
        line(2, "翠屏苑演练，浓烟好真，模拟12人遇难", 1),
        line(3, "消防演练来了好多车，翠屏苑", 2),
        official(4, "今年以来，全区共发生火灾126起，造成32人死亡", 3),
        line(5, "去年全市火灾造成101人死亡，同比下降", 4, authority="media", source="news"),
        line(6, "还记得十年前翠屏苑那场大火吗，死了11个人", 5),
        line(7, "2016年翠屏苑火灾造成11人死亡，转发悼念", 6),
        line(8, "翠屏苑大火十周年，11位邻居再也回不来了", 7),
    ]
    assert highest(replayed(reader, lines)) is None


def test_a_figure_that_falls_again_is_a_correction_with_its_report(reader):
    replay = replayed(
        reader,
        [
            official(1, "翠屏苑小区火灾造成12人死亡", title="火灾情况通报"),
            official(2, "经核实，翠屏苑小区火灾死亡人数更正为9人", 120, title="关于更正伤亡数字的通报"),
        ],
    )

    ((_, rating),) = stands(replay)
    assert kinds(replay)[:2] == ["first", "correction"]
    assert rating.verified is Tier.III
    with replay.record.view() as uow:
        correction = next(r for r in uow.reports.issued() if r.kind.value == "correction")
    assert "原报已核实12人" in correction.text
    assert "更正为已核实9人" in correction.text


def test_an_event_sleeps_and_wakes(reader):
    lines = [line(n, text, n) for n, text in enumerate(FIRE)]
    still = replayed(reader, [*lines, line(9, "中心广场今晚放电影", 60 * 24 * 4)])
    woken = replayed(reader, [*lines, line(9, "翠屏苑小区三号楼又起火了，浓烟很大", 60 * 24 * 4)])

    assert [event.status for event, _ in stands(still)] == [EventStatus.SLEEPING]
    ((event, _),) = stands(woken)
    assert (event.status, event.posts) == (EventStatus.ACTIVE, 4)


def test_that_sleeping_events_are_kept_packed_changes_nothing(reader, tmp_path, monkeypatch):
    places = ("翠屏苑小区", "锦绣花园", "向阳新村", "江滨公寓")
    talk = ("停水了，一滴水都没有", "又停水了，没法做饭", "停水三天没人管", "水还是没来，谁来管管")
    lines = [
        line(f"{day}-{place}", f"{places[place]}{talk[(day + place) % 4]}", 60 * 24 * day + place)
        for day in range(0, 40, 4)
        for place in range(4)
        if (day // 4 + place) % 3
    ]
    replayed(reader, lines).write(tmp_path / "packed")
    monkeypatch.setattr(Cases, "rest", lambda self, before: None)
    replayed(reader, lines).write(tmp_path / "awake")

    assert outputs(tmp_path / "packed") == outputs(tmp_path / "awake")


def test_a_late_post_joins_the_event_of_its_own_time(reader):
    told = (START + timedelta(minutes=6)).isoformat()
    lines = [line(n, text, n) for n, text in enumerate(FIRE)]
    lines.append(line(9, "翠屏苑小区三号楼着火，我亲眼看到", 60 * 20, published_at=told))

    ((event, _),) = stands(replayed(reader, lines))
    assert (event.posts, event.last_seen_at) == (4, START + timedelta(minutes=6))


def test_the_order_of_arrival_changes_no_tier(reader):
    lines = [line(n, text, n) for n, text in enumerate(FIRE)]
    lines.append(official(9, "翠屏苑小区火灾造成3人死亡", 10))
    late = [{**one, "collected_at": (START + timedelta(minutes=30 - 5 * n)).isoformat()} for n, one in enumerate(lines)]

    assert [(r.claimed, r.verified) for _, r in stands(replayed(reader, lines))] == [
        (r.claimed, r.verified) for _, r in stands(replayed(reader, late))
    ]


def test_a_criterion_that_divides_by_nothing_is_never_met(reader):
    plan = load_plan(PLAN)
    assert plan.totals.power_users == 0
    replay = replayed(reader, [official(1, "全区停电，12.5万户停电"), official(2, "12.5万户停电仍未恢复", 60)], plan)

    assert all(reason.criterion != "power.outage" for _, rating in stands(replay) for reason in rating.reasons)


def test_a_region_wide_disaster_is_one_event_though_it_names_many_places(reader):
    lines = [
        official(1, "今天8时25分示范区发生5.1级地震，震源深度10千米", 0),
        line(2, "地震了！翠屏苑这边楼晃得厉害，灯都在摇", 2),
        line(3, "刚才地震，青石镇有房子塌了", 4),
        line(4, "北关街道地震，大家都跑到广场上了", 5),
    ]
    found = stands(replayed(reader, lines))

    assert len([event for event, rating in found if rating.tier]) == 1


def test_hard_streams_replay_to_equal_bytes(reader, tmp_path):
    lines = [line(n, text, n) for n, text in enumerate((*FIRE, BLAST, BLAST))]
    for name in ("one", "two"):
        replayed(reader, lines).write(tmp_path / name)

    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_who_complains_and_fears_is_heard(reader):
    """Until now "what if somebody falls" made a dark road a mere possibility."""
    said = ("槐荫路没有路灯，万一摔了谁负责", "槐荫路的路灯一盏都不亮，要是摔了怎么办", "槐荫路的路灯坏了，出了事谁管")
    replay = replayed(reader, [line(n, text, 10 * n) for n, text in enumerate(said)])

    assert [event.posts for event, _ in stands(replay)] == [3]


@pytest.mark.parametrize(
    ("said", "events"),
    [("阳光里小区还在停水，第四天了", 1), ("阳光里小区停水到现在还没来水", 1), ("阳光里小区又停水了", 2)],
)
def test_an_outage_that_goes_on_wakes_its_event_and_a_new_one_opens_its_own(reader, said, events):
    told = ("阳光里小区停水了", "阳光里小区停水，没水做饭", "阳光里小区怎么又停水")
    lines = [line(n, one, 5 * n, author=f"a{n}") for n, one in enumerate(told)]
    replay = replayed(reader, [*lines, line(9, said, 80 * 60, author="a9")])

    assert len(stands(replay)) == events
