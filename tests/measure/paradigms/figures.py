"""Tellings whose figures are about figures: shares, updates, corrections, partitions, exceptions, none at all."""

from tests.measure.paradigms.people import written
from tests.measure.paradigms.telling import Teller, Telling
from tests.measure.paradigms.words import FORMAL_PLACES, HAZARDS, HURT, PLAIN_PLACES, SERIOUS, SICK


def _n(teller: Teller, count: int) -> str:
    return written(teller.lex, count, plain=teller.plain)[0]


def _tell(teller: Teller, form: str, *, name: str, **counts: int) -> Telling:
    """A form with its numbers; each name in `counts` stands for one."""
    numbers = {key: _n(teller, count) for key, count in counts.items()}
    teller.tag(form=f"{name}: {form}", quantity="", subject="")
    teller.told.text = f"{teller.opening()}，{form.format(**numbers)}。{teller.ending()}"
    return teller.told


def _ordered(teller: Teller, *spans: tuple[int, int]) -> list[int]:
    return [teller.rng.randint(*span) for span in spans]


SHARES = """
造成{a}人受伤，其中{b}人重伤|i s
{a}人受伤，其中{b}人伤势较重|i s
{a}人受伤（其中重伤{b}人）|i s
{a}人受伤送医，其中{b}人伤情危重|i s
共有{a}人受伤，包括{b}名重伤员|i s
{a}人受伤，{b}人伤势严重，其余为轻伤|i s
受伤{a}人（重伤{b}人）|i s
致{a}人死亡，其中{b}人为儿童|d -
{a}人遇难，其中包括{b}名学生|d -
{a}人遇难，含{b}名外地务工人员|d -
死亡{a}人，其中{b}人为女性|d -
{a}人遇难，遇难者中有{b}名孩子|d -
死了{a}个人，里头有{b}个孩子|d -
没了{a}个，有{b}个是孩子|d -
{a}名遇难者中，{b}人系同村村民|d -
{a}人受伤，其中{b}人为老人|i -
{a}人受伤，伤者中有{b}名学生|i -
伤了{a}个，其中{b}个是路过的|i -
{a}名伤者中{b}人已出院|i -
失联{a}人，其中{b}名为儿童|m -
"""
SHARES = [tuple(line.split("|")) for line in SHARES.strip().splitlines()]
CODES = {"d": "deaths", "i": "injured", "s": SERIOUS, "m": "missing", "x": "ill", "t": "trapped", "e": "evacuated"}
ILL_SHARES = [
    ("{a}人中毒，其中{b}人病情较重", "x -"),
    ("{a}人住院治疗，其中{b}名为儿童", "x -"),
    ("{a}名学生出现呕吐，{b}人住院，其余已返家", "x -"),
    ("确诊{a}例，其中{b}例为重症", "x -"),
    ("{a}人感染，其中{b}人为教师", "x -"),
]


def share(teller: Teller) -> Telling | None:
    """5人受伤，其中2人重伤。"""
    sick = teller.hazard in SICK
    if sick and teller.hazard == "gas":
        return None
    form, codes = teller.lex.one(ILL_SHARES if sick else SHARES, lambda f: f[0])
    if ("了{a}个" in form) is not teller.plain or (
        ("确诊" in form or "感染" in form) != (teller.hazard == "epidemic") and sick
    ):
        return None
    a, b = _ordered(teller, (4, 20), (1, 3))
    first, second = codes.split()
    if first == "m" and teller.hazard not in {"flood", "water", "slide"}:
        return None
    teller.note(CODES[first], a)
    if second != "-":
        teller.told.truth[CODES[second]] += b
    else:
        teller.told.open.add(SERIOUS)
    return _tell(teller, form, name="share", a=a, b=b)


UPDATES = """
死亡人数升至{b}人|d
死亡人数由{a}人增至{b}人|d
遇难人数已上升到{b}人|d
遇难人数从{a}人上升至{b}人|d
又有{c}人不治身亡，累计死亡{b}人|d
新增死亡{c}人，累计死亡{b}人|d
已致{a}人死亡，今晨又找到{c}名遇难者，遇难人数升至{b}人|d
死亡人数增加到{b}人|d
死亡人数攀升至{b}|d
截至发稿，遇难者增至{b}人|d
死的人从{a}个变成{b}个了|d
开始说死{a}个，现在说{b}个了|d
又没了{c}个，一共没了{b}个|d
又走了{c}个，加起来{b}个了，都没救过来|d
昨天死了{a}个，今天又死了{c}个，一共{b}个|d
受伤人数升至{b}人|i
伤者由{a}人增至{b}人|i
受伤人数已达{b}人|i
失联人数由{b}人降至{a}人|m
"""
UPDATES = [tuple(line.split("|")) for line in UPDATES.strip().splitlines()]
ILL_UPDATES = [
    ("新增确诊{c}例，累计确诊{b}例", "x", "epidemic"),
    ("发病人数升至{b}人", "x", "epidemic"),
    ("中毒人数由{a}人增至{b}人", "x", "poison"),
    ("住院人数增至{b}人", "x", "poison"),
    ("又有{c}名学生送医，累计{b}人", "x", "poison"),
]


def update(teller: Teller) -> Telling | None:
    """死亡人数由3人增至5人。"""
    if teller.hazard in SICK:
        fit = [u for u in ILL_UPDATES if u[2] == teller.hazard]
        if not fit or teller.plain:
            return None
        form, code, _ = teller.lex.one(fit, lambda f: f[0])
    else:
        form, code = teller.lex.one(UPDATES, lambda f: f[0])
        if ("个" in form) is not teller.plain:
            return None
    a, c = _ordered(teller, (2, 9), (1, 4))
    if code == "m":
        if teller.hazard not in {"flood", "water", "slide"}:
            return None
        teller.note("missing", a)
    else:
        teller.note(CODES[code], a + c)
    return _tell(teller, form, name="update", a=a, b=a + c, c=c)


CORRECTIONS = """
经核实，死亡人数为{a}人，并非此前所称的{b}人|d
此前报道的{b}人死亡有误，经核实为{a}人死亡|d
更正：死亡{a}人，此前误报为{b}人|d
死亡人数由{b}人下调为{a}人|d
死亡人数更正为{a}人|d
经核实，遇难人数由{b}人核减为{a}人|d
网传死亡{b}人不实，实际死亡{a}人|d
网传“{b}人遇难”系谣言，事故实际造成{a}人受伤，无人员死亡|i
网传死亡{b}人，官方通报死亡{a}人|d
不是{b}人死亡，是{a}人死亡|d
经核查，实际受伤{a}人，并非网传的{b}人|i
受伤人数更正为{a}人|i
不是死了{b}个，是{a}个，别乱传|d
没有网上说的死{b}个那么多，就死了{a}个|d
"""
CORRECTIONS = [tuple(line.split("|")) for line in CORRECTIONS.strip().splitlines()]


def correction(teller: Teller) -> Telling | None:
    """经核实，死亡3人，并非网传的5人。"""
    if teller.hazard in SICK:
        return None
    form, code = teller.lex.one(CORRECTIONS, lambda f: f[0])
    if ("个" in form) is not teller.plain:
        return None
    a, c = _ordered(teller, (1, 6), (1, 9))
    teller.note(CODES[code], a)
    return _tell(teller, form, name="correction", a=a, b=a + c)


PARTITIONS = """
车上{t}人，{a}人死亡，{b}人受伤|d i|crash
车上共有{t}人，其中{a}人当场死亡，其余{b}人受伤|d i|crash
事发时车上有{t}人，{a}人遇难，{b}人送医救治|d i|crash
{t}名乘客中{a}人死亡、{b}人受伤|d i|crash
船上{t}人落水，{b}人获救，{a}人失踪|m|water
船上{t}人，{b}人获救，{a}人遇难|d|water
{t}人落水，{b}人被救起，其余{a}人失联|m|water
井下有{t}人，{b}人安全升井，{a}人遇难|d|slide
现场{t}人被埋，救出{b}人，{a}人不幸遇难|d|slide
{t}人被埋，已救出{b}人，仍有{a}人被困|t|slide
{t}人被困，{b}人获救，{a}人死亡|d|fire
屋内{t}人，{b}人逃生，{a}人死亡|d|fire
{t}名作业人员中，{a}人死亡，{b}人受伤|d i|fall
现场{t}名工人，{a}人死亡，{b}人受伤，其余人员安全撤离|d i|blast
车上{t}个人，死了{a}个，伤了{b}个|d i|crash
车上{t}个人，{a}个当场就没了，{b}个送医院了|d i|crash
一车{t}个人，{a}个没了，剩下{b}个都受了伤|d i|crash
屋里{t}个人，跑出来{b}个，{a}个没跑出来|d/t|fire
船上{t}个人，救上来{b}个，{a}个没了|d|water
{t}个人下去，上来{b}个，{a}个没上来|d/m|water
一共埋了{t}个，扒出来{b}个活的，{a}个没了|d|slide
一家{t}口，{a}个没救过来，{b}个还在医院|d i|fire
{t}个工人掉下来，{a}个当场死了，{b}个送医院|d i|fall
"""
PARTITIONS = [tuple(line.split("|")) for line in PARTITIONS.strip().splitlines()]


def partition(teller: Teller) -> Telling | None:
    """10人中3人死亡，其余7人受伤。"""
    fit = [p for p in PARTITIONS if p[2] == teller.hazard and ("个" in p[0]) is teller.plain]
    if not fit:
        return None
    form, codes, _ = teller.lex.one(fit, lambda p: p[0])
    a, b = _ordered(teller, (1, 5), (1, 6))
    total = a + b + (teller.rng.randint(2, 9) if "其余人员" in form else 0)
    for code, count in zip(codes.split(), (a, b), strict=False):
        kind, _, either = code.partition("/")
        teller.note(CODES[kind], count, either=CODES.get(either, ""))
    teller.told.open |= {SERIOUS, "trapped"} if "t" not in codes else {SERIOUS}
    return _tell(teller, form, name="partition", t=total, a=a, b=b)


EXCEPTIONS = """
除{b}人逃生外，其余{a}人全部遇难|d|hurt
除{b}人获救外，其余{a}人遇难|d|hurt
除司机受轻伤外，无其他人员伤亡|i1|crash
除{b}人受轻伤外，未造成其他人员伤亡|ib|hurt
除{b}人轻微擦伤外，其余人员均安全|ib|hurt
除了{b}个擦破点皮，其他人都没事|ib|hurt
就{b}个受了点轻伤，别的人都没事|ib|hurt
除了{b}个跑出来的，剩下{a}个全没了|d|fire
除{b}人生还，其余{a}人无一幸免|d|hurt
只有{b}人受轻伤，无人员死亡|ib|hurt
仅{b}人受轻伤，无生命危险|ib|hurt
"""
EXCEPTIONS = [tuple(line.split("|")) for line in EXCEPTIONS.strip().splitlines()]


def exception(teller: Teller) -> Telling | None:
    """除2人逃生外，其余10人全部遇难。"""
    form, code, hazards = teller.lex.one(EXCEPTIONS, lambda f: f[0])
    if teller.hazard not in (HURT if hazards == "hurt" else {hazards}) or ("个" in form) is not teller.plain:
        return None
    a, b = _ordered(teller, (2, 9), (1, 3))
    teller.note(CODES[code[0]], {"d": a, "ib": b, "i1": 1}[code])
    return _tell(teller, form, name="exception", a=a, b=b)


NONE = """
无人员伤亡|f
未造成人员伤亡|f
幸无人员伤亡|f
幸未造成人员伤亡|f
暂无人员伤亡报告|f
目前未接到人员伤亡报告|f
没有造成人员伤亡|f
未发现人员伤亡|f
所幸没有人员受伤|f
现场人员均已安全撤离，无人伤亡|f
{n}名工人全部安全，无人受伤|f
无人员被困，无人员伤亡|f
没有人员伤亡和失踪|f
暂无伤亡|f
{n}人均平安无事|f
火已扑灭，无人死亡，无人受伤|f
{n}名乘客全部平安获救|f
还好没有一个人受伤|p
人都没事|p
幸好没伤着人|p
没死人，也没人受伤|p
一个人都没伤着|p
万幸人没事|p
{n}个人都好好的，没人受伤|p
没听说有人受伤|p
一家{n}口都跑出来了，没事|p
好在没人伤亡|p
老天保佑，{n}个人一个没伤|p
"""
NONE = [tuple(line.split("|")) for line in NONE.strip().splitlines()]


def zero(teller: Teller) -> Telling | None:
    """无人员伤亡。"""
    form, register = teller.lex.one(NONE, lambda f: f[0])
    if (register == "p") is not teller.plain or teller.hazard in SICK or ("火" in form and teller.hazard != "fire"):
        return None
    if "乘客" in form and teller.hazard not in {"crash", "water"}:
        return None
    teller.told.open.add("evacuated")
    return _tell(teller, form, name="none", n=teller.rng.randint(3, 12))


PARTLY = """
{a}人受伤，无人员死亡|i
{a}人受轻伤，无生命危险|i
未造成人员死亡，{a}人受伤|i
无人死亡，{a}人轻伤|i
{a}人受伤，暂无死亡报告|i
无人员失踪，{a}人受轻伤|i
没死人，伤了{a}个|i
伤了{a}个，好在都没有生命危险|i
"""
PARTLY = [tuple(line.split("|")) for line in PARTLY.strip().splitlines()]


def partly(teller: Teller) -> Telling | None:
    """未造成人员死亡，3人受伤。"""
    if teller.hazard in SICK:
        return None
    form, code = teller.lex.one(PARTLY, lambda f: f[0])
    if ("个" in form) is not teller.plain:
        return None
    a = teller.rng.randint(1, 9)
    teller.note(CODES[code], a)
    return _tell(teller, form, name="partly none", a=a)


PLACES = """
一车间死亡{a}人，二车间死亡{b}人|d|blast gas
张家村{a}人遇难，李家村{b}人遇难|d|flood slide quake
货车上{a}人死亡，面包车上{b}人死亡|d|crash
县医院收治伤员{a}人，中医院收治{b}人|i|hurt
{a}名伤者在人民医院，{b}名伤者在骨科医院|i|hurt
货车上{a}人受伤，客车上{b}人受伤|i|crash
上游找到{a}具遗体，下游找到{b}具遗体|d|flood water
东边死了{a}个，西边死了{b}个|d|blast quake
三楼没了{a}个，四楼没了{b}个|d|fire
{a}人当场死亡，{b}人经抢救无效死亡|d|hurt
{a}人当场死亡，另有{b}人送医后不治身亡|d|hurt
当场死了{a}个，送到医院又死了{b}个|d|hurt
一班病了{a}个，二班病了{b}个|x|epidemic poison
一小{a}名学生发病，二小{b}名学生发病|x|epidemic poison
{a}名男子、{b}名女子死亡|d|hurt
{a}名大人和{b}个孩子受伤|i|hurt
{a}名工人及{b}名管理人员遇难|d|slide fall blast
"""
PLACES = [tuple(line.split("|")) for line in PLACES.strip().splitlines()]


def parted(teller: Teller) -> Telling | None:
    """甲村2人遇难，乙村1人遇难。"""
    fit = [
        p
        for p in PLACES
        if teller.hazard in (HURT if p[2] == "hurt" else p[2].split()) and ("了{" in p[0]) is teller.plain
    ]
    if not fit:
        return None
    form, code, _ = teller.lex.one(fit, lambda p: p[0])
    a, b = _ordered(teller, (1, 6), (1, 5))
    if "收治" in form or "，" not in form:
        a, b = a + 1, b + 1
    teller.note(CODES[code], a + b)
    return _tell(teller, form, name="parts", a=a, b=b)


NOT_TODAY = """
{p}举行消防应急演练，模拟{e}，造成{a}人受伤、{b}人被困|f
{p}开展应急演练，模拟场景为{e}，{a}人“死亡”，{b}人“受伤”|f
{p}组织应急救援演练：假设{e}，{a}人被困，{b}人受伤|f
去年{p}{e}，造成{a}人死亡、{b}人受伤，教训深刻|f
2019年{p}{e}，造成{a}人死亡|f
回顾2021年{p}{e}，{a}人遇难，{b}人受伤|f
据统计，今年前三季度全省共发生此类事故{c}起，死亡{a}人，受伤{b}人|f
今年上半年，全市共发生此类事故{c}起，造成{a}人死亡|f
上半年此类事故起数同比下降一成，死亡{a}人，同比减少{b}人|f
造成{a}人以上死亡或者{c}人以上重伤的，为较大事故|f
如果处置不及时，{p}一旦{e}，可能造成{a}人死亡|f
针对网传“{p}{e}，{a}人死亡”的消息，经核实为谣言|f
网传“{p}{e}，死亡{a}人”系谣言，当地并未发生此事|f
李某编造“{p}{e}，死亡{a}人”的谣言，被行政拘留五日|f
法院宣判：2020年{p}{e}，致{a}人死亡，被告人获刑|f
五年前{p}也出过这事，死了{a}个人，想起来还难受|p
记得小时候{p}{e}，死了{a}个人|p
前年那次{e}，死了{a}个，伤了{b}个|p
昨晚看了部电影，讲{e}，最后死了{a}个人，看哭了|p
电视剧里{e}那段，{a}个人全没了，拍得真好|p
小说看到{e}这里，主角一家{a}口都没了，太虐了|p
要是当时没人发现，{a}个人就没了|p
万一{e}，砸死几个人谁负责|p
要是真{e}，一家{a}口都得没命|p
{p}{e}，差点砸死{a}个人|p
{p}路面塌了个坑，差一点{a}个人就掉进去没命了|p
{p}楼上掉下块砖，险些砸死{a}个孩子|p
谁在传{p}{e}死了{a}个人？假的，别信|p
都说{p}{e}死了{a}个，我就住旁边，根本没有的事|p
听说{p}{e}死了{a}个人，是真的吗？|p
做梦梦到{e}，死了{a}个人，吓醒了|p
再不修迟早{e}，到时候死{a}个都不止|p
"""
NOT_TODAY = [tuple(line.split("|")) for line in NOT_TODAY.strip().splitlines()]


def not_today(teller: Teller) -> Telling | None:
    """演练，去年，电影，统计，如果，险些，谣言: no figure of today."""
    form, register = teller.lex.one(NOT_TODAY, lambda f: f[0])
    if (register == "p") is not teller.plain or teller.hazard in {*SICK, "water"}:
        return None
    if ("砸" in form or "塌" in form) and teller.hazard not in {"slide", "quake", "fall"}:
        return None
    if "差点" in form and teller.hazard != "fall":
        return None
    event = teller.lex.one(HAZARDS[teller.hazard][teller.plain]).removeprefix("昨晚").removeprefix("夜里")
    a, b, c = _ordered(teller, (3, 12), (2, 9), (50, 300))
    place = teller.rng.choice(PLAIN_PLACES if teller.plain else FORMAL_PLACES)
    end = "" if form.endswith("？") else "。"
    teller.told.text = form.format(p=place, e=event, a=a, b=b, c=c) + end
    teller.told.open.add("evacuated")
    teller.tag(form=f"not today: {form}")
    return teller.told
