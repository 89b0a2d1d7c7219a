"""Whole documents around a telling: titles, history, background, witnesses, tickers."""

from collections import Counter
from random import Random

from tests.measure.paradigms import figures, telling
from tests.measure.paradigms.illness import illness
from tests.measure.paradigms.people import written
from tests.measure.paradigms.telling import Teller, Telling
from tests.measure.paradigms.words import SICK, Lexicon

HISTORY = [
    "据公开资料，2019年该县曾发生同类事故，造成{a}人死亡、{b}人受伤。",
    "去年3月，该镇另一处也曾发生类似事故，致{a}人遇难。",
    "此前，2021年7月，当地曾发生类似事故，{a}人死亡，{b}人受伤。",
    "记者查询发现，该地2018年曾发生事故，造成{a}人死亡。",
    "三年前，这里就曾出过事，{a}人丧生。",
    "公开报道显示，该公司2020年曾发生一起安全事故，{a}名工人死亡。",
]
BACKGROUND = [
    "据统计，今年以来全省共发生此类事故126起，造成{a}人死亡、{b}人受伤。",
    "应急管理部门数据显示，去年全市因此类事故死亡{a}人。",
    "数据显示，近五年全国此类事故共造成{a}人死亡。",
    "根据相关规定，一次造成{c}人以上死亡的，属于较大以上事故。",
]
WITNESS = [
    "有网友称“听说死了{a}个”，该说法未获证实。",
    "网传死亡{a}人，当地回应称系不实信息。",
    "现场围观者称“听人说死了{a}个”，官方未予证实。",
]
FOLLOW = [
    "目前，现场救援已结束，善后工作正在进行。",
    "相关负责人已赶赴现场指挥处置。",
    "事故原因正在进一步调查中。",
    "记者从应急管理局获悉，现场秩序已基本恢复。",
    "当地已成立工作专班，全力做好善后。",
]


def _formal(lex: Lexicon, make) -> tuple[Teller, Telling] | None:
    teller = Teller(lex, plain=False)
    told = make(teller)
    return (teller, told) if told else None


def _title(teller: Teller, told: Telling) -> str:
    """The same figures in a headline's short form, as far as it gives them."""
    short, words = "", {"deaths": "死", "injured": "伤", "missing": "失踪"}
    if set(told.truth) - set(words) or told.open or "about" in dict(told.tags).values():
        return ""
    figures_ = [(kind, told.truth[kind]) for kind in words if told.truth[kind]]
    for kind, count in figures_:
        short += f"{count}{words[kind]}"
    full = "".join(f"{c}人{ {'deaths': '死亡', 'injured': '受伤', 'missing': '失联'}[k] }" for k, c in figures_)
    event = teller.event
    place = teller.rng.choice(["青石镇", "柳河村", "大坪乡"])
    return f"{place}{event}{teller.rng.choice([f'致{short}', f' {full}', f'，已致{short}'])}"


def framed(lex: Lexicon, make) -> Telling | None:
    """A telling with a title that repeats it, an aside on other days, and a plain paragraph."""
    drawn = _formal(lex, make)
    if not drawn:
        return None
    teller, told = drawn
    if lex.chance(0.5):
        told.title = _title(teller, told)
    kind = lex.rng.choice(["history", "background", "witness", "plain"])
    form = lex.one({"history": HISTORY, "background": BACKGROUND, "witness": WITNESS, "plain": FOLLOW}[kind])
    a = lex.rng.randint(10, 40)
    if kind == "witness" and "deaths" not in told.truth:
        told.open.add("deaths")  # Where nobody else counts them, what is said is what is claimed.
    if "救援已结束" in told.text or told.truth.keys() & {"trapped", "missing"}:
        told.open |= {"trapped", "missing"}
    aside = form.format(a=a, b=a + lex.rng.randint(1, 20), c=3)
    told.text += lex.rng.choice(["", "\n"]) + lex.one(FOLLOW) + lex.rng.choice(["", "\n"]) + aside
    told.tags += [("frame", kind), ("form", f"{kind}: {form}"), ("title", "yes" if told.title else "no")]
    return told


def ticker(lex: Lexicon) -> Telling | None:
    """Hours with growing figures, oldest or newest first."""
    teller = Teller(lex, plain=False)
    if teller.hazard in SICK:
        return None
    rng, told = lex.rng, teller.told
    deaths = sorted(rng.sample(range(1, 15), 3))
    hours = sorted(rng.sample(range(8, 23), 3))
    first = ["{e}，已致{d}人死亡。", "{e}，目前造成{d}人死亡。", "{e}，{d}人遇难。"]
    later = ["死亡人数增至{d}人。", "遇难人数升至{d}人。", "已造成{d}人死亡。", "又发现遇难者，目前遇难人数为{d}人。"]
    event = teller.opening(now=False)
    lines = [lex.one(first).format(e=event, d=deaths[0])] + [lex.one(later).format(d=d) for d in deaths[1:]]
    hurt = rng.randint(2, 20)
    lines[-1] = lines[-1].removesuffix("。") + f"，{hurt}人受伤。"
    stamp = rng.choice(["【{h}:20】", "{h}:20 ", "{h}时许，", "截至{h}时，"])
    entries = [stamp.format(h=h) + line for h, line in zip(hours, lines, strict=True)]
    newest = rng.random() < 0.5 and stamp.startswith(("【", "{h}:"))
    told.text = "\n".join(entries[::-1] if newest else entries)
    told.truth = Counter(deaths=deaths[-1], injured=hurt)
    told.tags += [("frame", "ticker newest first" if newest else "ticker"), ("form", f"ticker {stamp}")]
    return told


def chained(lex: Lexicon) -> Telling | None:
    """A notice that tells the same happening at length: scene, rescue, and what became of those counted before."""
    rng = lex.rng
    teller = Teller(lex, plain=False, hazard=rng.choice(["crash", "fall", "blast", "fire", "slide"]))
    a, b, c = rng.randint(1, 4), rng.randint(1, 4), rng.randint(2, 9)
    n = {k: written(lex, v, plain=False)[0] for k, v in {"a": a, "b": b, "c": c, "ab": a + b, "bc": b + c}.items()}
    forms = {
        "现场{a}人死亡，{bc}人受伤。伤者送医后，{b}人经抢救无效死亡，其余{c}人正在接受治疗": (a + b, c),
        "{a}人当场死亡。{bc}名伤者被送往医院，其中{b}人因伤势过重不治身亡": (a + b, None),
        "{ab}名被困者被救出时已无生命体征，{c}名伤者送医救治": (a + b, c),
        "现场发现{a}名遇难者，送医途中{b}人死亡，另有{c}人受伤": (a + b, c),
        "{ab}人被紧急送往医院，经抢救无效死亡，另有{c}人轻伤": (a + b, c),
        "{ab}名伤者被送到县医院，因伤势过重，经全力抢救无效，先后死亡。另有{c}人住院治疗": (a + b, c),
        "伤者被送至县医院时已昏迷，医院组织专家全力救治，终因伤势过重，经抢救无效死亡": (1, 0),
        "一名伤者被送医后病情持续恶化，虽经医护人员全力抢救，仍未能挽回生命": (1, 0),
        "一名工人被救出后送往县医院，终因伤势过重，于当晚不治": (1, 0),
        "{ab}名工人被救出，送医后经全力抢救，{a}人仍未能挽回生命，{b}人脱离危险": (a, None),
        "消防员将{ab}名被困者救出，120到场确认其中{a}人已死亡，另{b}人送医救治": (a, b),
    }
    form = lex.one(forms)
    deaths, hurt = forms[form]
    teller.note("deaths", deaths)
    if hurt is None:
        teller.told.open.add("injured")
    else:
        teller.note("injured", hurt)
    teller.told.open |= {"trapped", "serious_injured"}
    teller.told.text = f"{teller.opening()}，{form.format(**n)}。{teller.ending()}"
    teller.tag(form=f"chain: {form}")
    return teller.told


SENTENCES = {
    "NP V": (telling.np_v, 8),
    "有NP V": (telling.you_np_v, 3),
    "造成NP V": (telling.cause, 5),
    "V NP": (telling.v_np, 6),
    "造成V NP": (telling.cause_v_np, 2),
    "3死5伤": (telling.short, 2),
    "死者3人": (telling.noun_count, 3),
    "topic": (telling.topic, 4),
    "pair": (telling.pair, 3),
    "none left": (telling.none_left, 1),
    "passive": (telling.passive, 3),
    "transitive": (telling.transitive, 2),
    "lives": (telling.lives, 1),
    "bodies": (telling.bodies, 1),
    "V的有NP": (telling.relative, 3),
    "floated": (telling.floated, 2),
    "share": (figures.share, 4),
    "update": (figures.update, 4),
    "correction": (figures.correction, 3),
    "partition": (figures.partition, 5),
    "exception": (figures.exception, 2),
    "none": (figures.zero, 3),
    "partly none": (figures.partly, 1),
    "parts": (figures.parted, 3),
    "not today": (figures.not_today, 6),
    "illness": (illness, 8),
}
FRAMED = [
    telling.np_v,
    telling.cause,
    telling.v_np,
    telling.noun_count,
    figures.share,
    figures.update,
    figures.partition,
]
ORDERS = (*SENTENCES, "framed", "ticker", "chain")


def one(index: int, *, unseen: bool, seed: int = 0, order: str | None = None) -> Telling:
    """The document of that index: always the same one."""
    for attempt in range(200):
        lex = Lexicon(Random(f"{seed}:{index}:{unseen}:{attempt}"), unseen=unseen)
        name = (
            order
            or lex.rng.choices(
                [*SENTENCES, "framed", "ticker", "chain"], [*(w for _, w in SENTENCES.values()), 10, 3, 3]
            )[0]
        )
        if name == "framed":
            told = framed(lex, lex.rng.choice(FRAMED))
        elif name in {"ticker", "chain"}:
            told = ticker(lex) if name == "ticker" else chained(lex)
        else:
            told = SENTENCES[name][0](Teller(lex, plain=lex.chance(0.5)))
        if told and _natural(told):
            told.tags.append(("order", name))
            if ("quantity", "about") in told.tags and told.truth["serious_injured"]:
                told.open.add("injured")  # What is only about right adds up to nothing that is beyond dispute.
            return told
    raise AssertionError(order)


def _natural(told: Telling) -> bool:
    """Nothing that nobody says: a word twice in a row, "已已", one person "先后"."""
    return not any(
        bad in told.text
        for bad in (
            "都都",
            "全全",
            "被被",
            "有有",
            "了了",
            "已已",
            "共至少",
            "了至少至少",
            "当场就当场",
            "个个",
            "人人",
        )
    )
