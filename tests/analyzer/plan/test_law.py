"""The shipped plan against the public rules, at every boundary: the number itself and the one just below it."""

from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.model import Basis, FactKind, Tier
from analyzer.plan import Measures, observed
from analyzer.plan.measures import parse
from analyzer.rating import rate
from services.folder.plan import load_plan
from tests.builders import at, event, figure

PLAN = load_plan(Path("deploy/plan.example.yaml"))
POWERED = PLAN.model_copy(update={"totals": PLAN.totals.model_copy(update={"power_users": 100_000})})
ACCIDENTS = ("hazard.work_accident", "hazard.explosion", "hazard.collapse", "hazard.fire", "hazard.traffic")
LADDERS = [
    # topic, setting, kind, then the least numbers of tiers IV, III, II, I (None: the tier has none)
    *((topic, "", "deaths", (1, 3, 10, 30)) for topic in (*ACCIDENTS, "hazard.equipment", "hazard.pollution")),
    *((topic, "", "serious_injured", (1, 10, 50, 100)) for topic in (*ACCIDENTS, "hazard.equipment")),
    *((topic, "", "loss_yuan", (None, 1e7, 5e7, 1e8)) for topic in ACCIDENTS),
    ("hazard.equipment", "", "loss_yuan", (1e4, 1e7, 5e7, 1e8)),
    *(("hazard.work_accident", kind, "ill", (1, 10, 50, 100)) for kind in ("plant", "fumes")),
    *((topic, "occupational", "ill", (1, 10, 50, 100)) for topic in ("hazard.food_poisoning", "hazard.epidemic")),
    ("hazard.equipment", "", "evacuated", (500, 10_000, 50_000, 150_000)),
    ("hazard.pollution", "", "serious_injured", (1, 10, 50, 100)),
    ("hazard.pollution", "", "ill", (1, 10, 50, 100)),
    ("hazard.pollution", "", "evacuated", (1, 5_000, 10_000, 50_000)),
    ("hazard.pollution", "", "loss_yuan", (1, 5e6, 2e7, 1e8)),
    ("hazard.food_poisoning", "", "ill", (2, 101, None, None)),
    ("hazard.food_poisoning", "", "deaths", (None, 1, 10, None)),
    *(
        ("hazard.food_poisoning", kind, "ill", (1, 5, None, None))
        for kind in ("school", "kindergarten", "pupils", "site")
    ),
    ("hazard.earthquake", "", "deaths", (1, 10, 50, 300)),
    ("hazard.earthquake", "", "missing", (1, 10, 50, 300)),
    ("hazard.earthquake", "", "magnitude", (4, 5, 6, 7)),
    ("hazard.storm", "", "deaths", (1, 3, 5, 10)),
    ("hazard.storm", "", "evacuated", (50, 500, 1_200, 2_000)),
    ("hazard.storm", "", "houses", (20, 200, 500, 1_000)),
    ("hazard.flood", "province_wide", "houses", (10_000, 100_000, 200_000, 300_000)),
    ("service.school", "", "injured", (1, 5, None, None)),
    ("hazard.equipment", "campus", "injured", (1, 5, None, None)),
    ("hazard.equipment", "campus", "deaths", (None, None, 1, 3)),
    ("service.school", "", "deaths", (None, None, 1, 3)),
    ("service.school", "", "serious_injured", (1, 5, 10, 51)),
    ("service.transit", "metro_stopped", "hours", (2, 6, 24, None)),
    ("service.transit", "metro_stopped", "deaths", (1, 3, 10, 30)),
]
RUNGS = [
    (topic, setting, kind, ladder, number)
    for topic, setting, kind, ladder in LADDERS
    for least in ladder
    if least is not None
    for number in (least, least - (0.1 if kind in {"magnitude", "hours"} else 1))
    if number > 0
]


def tiers(happening, plan=PLAN):
    rating = rate(happening, plan, at())
    return rating.claimed, rating.verified


def expected(ladder, number, otherwise=None):
    reached = [tier for tier, least in zip(Tier, ladder, strict=True) if least is not None and number >= least]
    return max(filter(None, (*reached, otherwise)), default=None)


def occurs(topic):
    """The tier that its mere occurrence has."""
    return Tier.IV if topic in {*ACCIDENTS, "hazard.flood", "hazard.landslide"} - {"hazard.traffic"} else None


@pytest.mark.parametrize(("topic", "setting", "kind", "ladder", "number"), RUNGS)
def test_a_figure_reaches_the_tier_that_the_rule_gives_and_not_one_below(topic, setting, kind, ladder, number):
    settings = frozenset(filter(None, [setting]))
    claimed = event(topic, figures={kind: figure(number)}, settings=settings)
    verified = replace(
        claimed, figures={FactKind(kind): figure(None, number)}, by_authority={"official": 1, "public": 3}
    )

    assert tiers(claimed)[0] is expected(ladder, number, occurs(topic))
    assert tiers(verified)[1] is expected(ladder, number, occurs(topic))


@pytest.mark.parametrize(
    ("topic", "settings", "figures", "tier"),
    [
        # 食品安全：100人以上且有死亡为Ⅱ级
        ("hazard.food_poisoning", (), {"ill": 101, "deaths": 1}, Tier.II),
        ("hazard.food_poisoning", (), {"ill": 100, "deaths": 1}, Tier.III),
        ("hazard.food_poisoning", (), {"ill": 100}, Tier.IV),
        # 特种设备：滞留人数与时间
        ("hazard.equipment", ("ropeway",), {"trapped": 100, "hours": 48}, Tier.I),
        ("hazard.equipment", ("ropeway",), {"trapped": 100, "hours": 47.9}, Tier.II),
        ("hazard.equipment", ("ropeway",), {"trapped": 99, "hours": 48}, Tier.III),
        ("hazard.equipment", ("ropeway",), {"trapped": 5, "hours": 12}, Tier.III),
        ("hazard.equipment", ("ropeway",), {"trapped": 5, "hours": 3.5}, Tier.IV),
        ("hazard.equipment", ("ropeway",), {"trapped": 5, "hours": 3.4}, None),
        ("hazard.equipment", ("ride",), {"trapped": 5, "hours": 1}, Tier.IV),
        ("hazard.equipment", ("ride",), {"trapped": 5, "hours": 0.9}, None),
        ("hazard.equipment", (), {"trapped": 1, "hours": 2}, Tier.IV),
        ("hazard.equipment", (), {"trapped": 1, "hours": 1.9}, None),
        # 燃气：户数与24小时
        ("service.gas", (), {"households": 30_000, "hours": 24}, Tier.I),
        ("service.gas", (), {"households": 29_999, "hours": 24}, Tier.II),
        ("service.gas", (), {"households": 10_000, "hours": 24}, Tier.II),
        ("service.gas", (), {"households": 9_999, "hours": 24}, Tier.III),
        ("service.gas", (), {"households": 5_000, "hours": 24}, Tier.III),
        ("service.gas", (), {"households": 2_000, "hours": 24}, Tier.IV),
        ("service.gas", (), {"households": 1_999, "hours": 24}, None),
        ("service.gas", (), {"households": 30_000, "hours": 23.9}, None),
        # 供水：5万户48小时为Ⅰ级，3万户24小时为Ⅱ级
        ("service.water", (), {"households": 50_000, "hours": 48}, Tier.I),
        ("service.water", (), {"households": 49_999, "hours": 48}, Tier.II),
        ("service.water", (), {"households": 50_000, "hours": 47.9}, Tier.II),
        ("service.water", (), {"households": 30_000, "hours": 24}, Tier.II),
        ("service.water", (), {"households": 30_000, "hours": 23.9}, None),
        ("hazard.pollution", ("intake_cut",), {}, Tier.III),
        ("hazard.pollution", ("intake_cut", "intake_county"), {}, Tier.II),
        ("service.water", ("intake_cut", "intake_city"), {}, Tier.I),
        # 有毒物质泄漏须疏散周边的，按环境事件
        ("hazard.equipment", ("toxic_leak",), {"evacuated": 4_999}, Tier.IV),
        ("hazard.equipment", ("toxic_leak",), {"evacuated": 5_000}, Tier.III),
        ("hazard.explosion", ("toxic_leak",), {"evacuated": 10_000}, Tier.II),
        ("hazard.explosion", ("toxic_leak",), {"evacuated": 50_000}, Tier.I),
        ("hazard.fire", ("toxic_leak",), {"evacuated": 5_000}, Tier.III),
        ("hazard.fire", ("released",), {"evacuated": 50_000}, Tier.I),
        ("hazard.fire", (), {"evacuated": 50_000}, Tier.IV),
        # 全省合计的数字按省级口径
        ("hazard.storm", ("province_wide",), {"deaths": 23, "missing": 9}, Tier.IV),
        ("hazard.storm", ("province_wide",), {"deaths": 50}, Tier.III),
        ("hazard.flood", ("province_wide",), {"evacuated": 500_000}, Tier.III),
        ("hazard.flood", ("province_wide",), {"evacuated": 2_000_000}, Tier.I),
        # 水上交通事故：死亡含失踪，风浪中的也不按自然灾害
        ("hazard.traffic", ("vessel",), {"missing": 2}, Tier.IV),
        ("hazard.traffic", ("vessel",), {"deaths": 2, "missing": 1}, Tier.III),
        ("hazard.traffic", ("vessel",), {"deaths": 2, "missing": 7}, Tier.III),
        ("hazard.storm", ("vessel",), {"deaths": 3, "missing": 7}, Tier.II),
        ("hazard.storm", ("vessel",), {"missing": 30}, Tier.I),
        ("hazard.traffic", (), {"deaths": 2, "missing": 1}, Tier.IV),
        # 雾中相撞是交通事故；蓄意伤人、游乐设施相撞不是
        ("hazard.storm", ("pileup",), {"deaths": 9}, Tier.III),
        ("hazard.storm", ("pileup",), {"deaths": 10}, Tier.II),
        ("hazard.storm", (), {"deaths": 10}, Tier.I),
        ("hazard.traffic", ("attack",), {"deaths": 3}, None),
        ("hazard.traffic", ("ride",), {"injured": 8}, None),
        ("hazard.traffic", ("ride",), {"serious_injured": 1}, Tier.IV),
        ("hazard.traffic", ("ride",), {"deaths": 3}, Tier.III),
        ("hazard.collapse", ("attack",), {"injured": 3}, None),
        # 有毒物质泄漏中毒，厂内厂外
        ("hazard.explosion", ("toxic_leak",), {"ill": 9}, Tier.IV),
        ("hazard.explosion", ("toxic_leak",), {"ill": 10}, Tier.III),
        ("hazard.traffic", ("toxic_leak",), {"ill": 50}, Tier.II),
        ("hazard.equipment", ("toxic_leak",), {"ill": 100}, Tier.I),
        ("hazard.fire", ("toxic_leak",), {"ill": 100}, Tier.IV),
        # 食物中毒涉及两县、两市
        ("hazard.food_poisoning", ("two_counties",), {"ill": 19}, Tier.III),
        ("hazard.food_poisoning", ("two_cities",), {"ill": 38}, Tier.II),
        ("hazard.food_poisoning", ("fumes",), {"ill": 9}, Tier.IV),
        ("hazard.food_poisoning", ("fumes",), {"deaths": 1}, Tier.IV),
        ("hazard.epidemic", ("fumes",), {"ill": 10}, Tier.III),
        ("hazard.epidemic", ("foodborne",), {"ill": 41}, None),
        ("hazard.epidemic", (), {"ill": 41}, Tier.III),
        # 停电按城市级别
        ("service.power", (), {"power_load_percent": 60}, Tier.II),
        ("service.power", (), {"power_load_percent": 40}, Tier.III),
        ("service.power", (), {"power_load_percent": 20}, Tier.IV),
        ("service.power", ("county_city",), {"power_load_percent": 60}, Tier.III),
        ("service.power", ("county_city",), {"power_users_percent": 52}, Tier.IV),
        ("service.power", ("county_city",), {"power_users_percent": 49}, None),
        ("service.power", ("capital",), {"power_users_percent": 72}, Tier.I),
        ("service.power", ("capital",), {"power_users_percent": 52}, Tier.II),
        ("service.power", ("municipality",), {"power_users_percent": 30}, Tier.II),
        ("service.power", ("municipality",), {"power_load_percent": 50}, Tier.I),
        # 泄漏：进入水体、大气、土壤的为突发环境事件，否则只按特种设备
        ("hazard.explosion", ("released",), {"evacuated": 10_000}, Tier.II),
        ("hazard.explosion", ("released",), {"evacuated": 9_999}, Tier.III),
        ("hazard.explosion", (), {"evacuated": 10_000}, Tier.III),
        # 地震：死亡与失踪合计
        ("hazard.earthquake", (), {"deaths": 30, "missing": 20}, Tier.II),
        ("hazard.earthquake", (), {"deaths": 30, "missing": 19}, Tier.III),
        # 一辆公交停驶不是轨道交通中断
        ("service.transit", (), {"hours": 30}, None),
    ],
)
def test_rules_that_need_two_things_need_both(topic, settings, figures, tier):
    told = {kind: figure(value) for kind, value in figures.items()}

    assert tiers(event(topic, figures=told, settings=frozenset(settings)))[0] is tier


@pytest.mark.parametrize(
    ("users", "tier"),
    [(29_999, None), (30_000, Tier.IV), (50_000, Tier.III), (69_999, Tier.III), (70_000, Tier.II), (100_000, Tier.II)],
)
def test_the_share_of_users_without_power_needs_the_districts_own_total(users, tier):
    outage = event("service.power", figures={"households": figure(users)})

    assert tiers(outage, POWERED)[0] is tier
    assert tiers(outage)[0] is None


@pytest.mark.parametrize(("share", "tier"), [(29.9, None), (30, Tier.IV), (50, Tier.III), (70, Tier.II)])
def test_a_share_of_users_without_power_that_is_told_needs_no_total(share, tier):
    assert tiers(event("service.power", figures={"power_users_percent": figure(share)}))[0] is tier


def test_every_criterion_cites_a_source_and_every_hazard_and_service_family_is_rated_by_harm():
    topics = {topic for criterion in PLAN.criteria for topic in criterion.topics}
    families = {"hazard.epidemic", "service.heating", "hazard.landslide", "hazard.flood", *(t for t, *_ in LADDERS)}

    assert families <= topics
    assert all(len(criterion.source) > 3 for criterion in PLAN.criteria)


@pytest.mark.parametrize("name", ["voices", "heat", "growth", "platforms", "unanswered_hours"])
def test_no_amount_of_attention_reaches_above_tier_three(name):
    (measure,) = parse(name)
    crowd = event("service.roads", voices=10**9, heat=10**9, growth=1e9, platforms=10**6)
    silent = rate(crowd, PLAN, at(100_000))

    assert measure.attention
    assert observed(name, Measures(event=crowd, basis=Basis.CLAIMED, now=at(1), totals={})) is not None
    assert silent.claimed is Tier.III
    assert silent.verified is None
