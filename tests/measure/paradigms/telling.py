"""Sentences that tell of casualties, each with its truth."""

from collections import Counter
from dataclasses import dataclass, field

from tests.measure.paradigms.people import People, chinese, people, written
from tests.measure.paradigms.words import (
    AFTER,
    BEFORE,
    ENDS_FORMAL,
    ENDS_PLAIN,
    FORMAL_PLACES,
    FORMAL_TIMES,
    HAZARDS,
    HURT,
    PAIRS,
    PLAIN_PLACES,
    PLAIN_TIMES,
    ROLES,
    SERIOUS,
    SICK,
    Lexicon,
)


@dataclass
class Telling:
    """A text with what it truly tells: `truth` by kind, where "deaths|trapped" may be read as either."""

    text: str = ""
    truth: Counter = field(default_factory=Counter)
    open: set = field(default_factory=set)
    tags: list = field(default_factory=list)
    title: str = ""


class Teller:
    """Draws what happened, to how many, and says it."""

    def __init__(self, lex: Lexicon, *, plain: bool, hazard: str | None = None):
        self.lex, self.rng, self.plain = lex, lex.rng, plain
        self.hazard = hazard or self.rng.choice(list(HAZARDS))
        self.told = Telling()

    def opening(self, *, now: bool = True) -> str:
        time = self.rng.choice(PLAIN_TIMES if self.plain else FORMAL_TIMES) if now else ""
        place = self.rng.choice(PLAIN_PLACES if self.plain else FORMAL_PLACES)
        self.event = self.lex.one(HAZARDS[self.hazard][self.plain])
        return f"{time}{place}{self.event}"

    def ending(self) -> str:
        return self.rng.choice(ENDS_PLAIN if self.plain else ENDS_FORMAL)

    # What is told.

    def kinds(self) -> list[str]:
        """Which figures, in the order of telling."""
        sick, caught = self.hazard in SICK, self.hazard in {"slide", "quake", "fire", "flood"}
        choices = [["deaths"]] * 5
        choices += [["ill"]] * 5 + [["deaths", "ill"]] * 3 if sick else []
        if not sick:
            choices += [["injured"]] * 4 + [["deaths", "injured"]] * 5 + [[SERIOUS, "injured"]]
            choices += [["missing"]] * 2 + [["deaths", "missing"]] * 2 + [["deaths", "injured", "missing"]]
        choices += [["trapped"]] * 3 + [["deaths", "trapped"], ["evacuated"], ["deaths", "evacuated"]] if caught else []
        return self.rng.choice(choices)

    def number(self, kind: str) -> int:
        if kind == "evacuated":
            return self.rng.choice([12, 23, 38, 46, 62, 80, 120, 156, 230, 318, 480, 1200])
        if kind == "ill":
            return self.rng.choice([1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 17, 21, 26, 34, 48])
        return self.rng.choice([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15])

    def note(self, kind: str, count: int, *, either: str = "") -> None:
        self.told.truth[f"{kind}|{either}" if either else kind] += count
        if kind == SERIOUS:
            self.told.truth["injured"] += count

    def tag(self, **tags: str) -> None:
        self.told.tags += tags.items()

    def who(self, kind: str, number: int | None = None, *, full: bool = True) -> People:
        found = people(self.lex, number or self.number(kind), self.hazard, plain=self.plain, full=full)
        if kind == "evacuated" and found.subject in {"single", "names"}:
            return self.who(kind, full=False)
        self.tag(subject=found.subject, quantity=found.quantity)
        return found

    # What becomes of them.

    def after(self, kind: str, marks: str = "", *, plain: bool | None = None):
        plain = self.plain if plain is None else plain
        fit = [
            p
            for p in AFTER
            if p.kind == kind and p.plain is plain and self.hazard in p.hazards and set(marks) <= set(p.marks)
        ]
        return self.lex.one(fit, lambda p: p.text) if fit else None

    def before(self, kind: str, *, plain: bool | None = None):
        plain = self.plain if plain is None else plain
        fit = [b for b in BEFORE if b.kind == kind and b.plain is plain and self.hazard in b.hazards]
        return self.lex.one(fit, lambda b: b.text) if fit else None

    def take(self, predicate, count: int) -> None:
        """Note what a predicate says of so many."""
        self.note(predicate.kind, count, either=getattr(predicate, "either", ""))
        self.told.open |= predicate.open
        self.tag(predicate=f"{predicate.kind}:{predicate.text}")

    def adverb(self, predicate, found: People) -> str:
        """An adverb that may stand before a predicate, or none."""
        some = [""] * 4
        marks, many = predicate.marks, found.count > 1 and found.subject != "mixed"
        if "B" in marks:
            some.append("不幸")
        if "D" in marks:
            some.append("当场")
        if "Y" in marks:
            some.append("已")
        if "J" in marks and many:
            some += ["均", "全部"] if found.quantity != "about" else []
        if "X" in marks and many:
            some += ["先后", "相继"]
        if "d" in marks and found.count < 6:
            some.append("当场就")
        if "t" in marks and many and found.quantity != "about":
            some += ["都", "全"] if not predicate.text.startswith(("都", "全")) else []
        adverb = self.rng.choice(some)
        if adverb:
            self.tag(adverb=adverb)
        return adverb

    def after_clause(self, kind: str, *, marks: str = "", lead: str = "") -> str | None:
        """What is said behind people: 3人不幸死亡."""
        predicate = self.after(kind, marks)
        if predicate is None:
            return None
        found = self.who(kind, full=not lead)
        self.take(predicate, found.count)
        return f"{lead}{found.text}{self.adverb(predicate, found)}{predicate.text}"

    def before_clause(self, kind: str, lead: str = "") -> str | None:
        """What is said before them: 死亡3人, 死了三个."""
        word = self.before(kind)
        if word is None:
            return None
        found = self.who(kind, full=self.plain and kind == "deaths" and self.lex.chance(0.2))
        if found.subject in {"kin", "single", "names", "mixed", "role-after"}:
            found = people(self.lex, max(found.count, 2), self.hazard, plain=self.plain, full=False)
            if found.subject == "role-after":
                return None
        self.take(word, found.count)
        aspect = "了" if self.plain else ""
        lead = lead or ("" if self.plain else self.rng.choice(["", "", "已"]))
        return f"{lead}{word.text}{aspect}{found.text}"


def sentence(teller: Teller, clauses: list[str], *, lead: str = "") -> Telling:
    """Clauses behind an opening, joined as people join them."""
    rng, plain = teller.rng, teller.plain
    joints = ["，", "，还有", "，", "，另外"] if plain else ["、", "，", "，另有", "，还有", "，此外", "，"]
    out = clauses[0]
    for clause in clauses[1:]:
        joint = rng.choice(joints)
        if joint not in {"，", "、"}:
            teller.tag(joint=joint.strip("，"))
            joint += "，" if joint == "，此外" else ""
        out += joint + clause
    stop = rng.choice(["，", "，", "。"]) if not lead else "，"
    teller.told.text = f"{teller.opening()}{stop}{lead}{out}。{teller.ending()}"
    return teller.told


def _clauses(teller: Teller, make) -> list[str] | None:
    made = [make(kind) for kind in teller.kinds()]
    return None if None in made else made


def np_v(teller: Teller) -> Telling | None:
    """3人死亡，5人受伤。"""
    clauses = _clauses(teller, teller.after_clause)
    return clauses and sentence(teller, clauses)


def you_np_v(teller: Teller) -> Telling | None:
    """有3人死亡。"""

    def make(kind):
        return teller.after_clause(kind, lead="有")

    clauses = _clauses(teller, make)
    return clauses and sentence(teller, clauses)


CAUSES = ["造成", "致", "导致", "致使", "已造成", "共造成", "事故造成", "目前已造成", "已致", "酿成", "已导致"]


def cause(teller: Teller) -> Telling | None:
    """造成3人死亡。"""
    if teller.plain:
        return None
    kinds = teller.kinds()
    if "evacuated" in kinds:
        return None

    def make(kind):
        predicate = teller.after(kind, "c", plain=False)
        if predicate is None:
            return None
        found = teller.who(kind)
        if found.subject == "names":
            return None
        teller.take(predicate, found.count)
        adverb = teller.adverb(predicate, found)
        return f"{found.text}{adverb if adverb in {'不幸', '当场'} else ''}{predicate.text}"

    made = [make(kind) for kind in kinds]
    word = teller.lex.one(CAUSES)
    if None in made or (word == "酿成" and kinds != ["deaths"]):
        return None
    return sentence(teller, made, lead=word)


def v_np(teller: Teller) -> Telling | None:
    """死亡3人，受伤5人; 死了三个，伤了五个。"""
    clauses = _clauses(teller, teller.before_clause)
    return clauses and sentence(teller, clauses)


def cause_v_np(teller: Teller) -> Telling | None:
    """造成死亡3人、受伤5人。"""
    if teller.plain:
        return None
    kinds = teller.kinds()
    if "evacuated" in kinds:
        return None
    made = [teller.before_clause(kind, lead="\0") for kind in kinds]
    if None in made:
        return None
    return sentence(
        teller,
        [m.replace("\0", "") for m in made],
        lead=teller.lex.one(["造成", "已造成", "共造成", "导致", "截至目前，已造成"]),
    )


LETTERS = {"deaths": "死", "injured": "伤", "missing": "失踪", SERIOUS: "重伤", "ill": "中毒", "trapped": "被困"}


def short(teller: Teller) -> Telling | None:
    """3死5伤, 两死一伤, 3死5伤1失踪, 2人死1人伤, 死3伤5。"""
    kinds = [k for k in teller.kinds() if k in {"deaths", "injured", "missing"}]
    if not kinds or kinds[0] != "deaths" or len(kinds) < 2:
        kinds = teller.rng.choice([["deaths", "injured"], ["deaths"], ["deaths", "injured", "missing"]])
        if teller.hazard in SICK:
            kinds = ["deaths"]
    style = teller.rng.choice(["digit", "chinese", "turned", "人"])
    parts = []
    for kind in kinds:
        count = teller.number(kind)
        count = count if style == "digit" else min(count, 9)
        n = chinese(count) if style == "chinese" else str(count)
        if style == "turned":
            n = chinese(count) + "个" if teller.plain else str(count)
        letter = LETTERS[kind]
        parts.append(f"{letter}{n}" if style == "turned" else f"{n}{'人' if style == '人' else ''}{letter}")
        teller.note(kind, count)
        teller.tag(predicate=f"{kind}:{letter}", quantity=style, subject="short")
    told = "".join(parts)
    lead = "" if teller.plain or style == "turned" else teller.rng.choice(["致", "造成", "已致", "酿"])
    if style == "turned" and len(kinds) == 1:
        return None
    teller.told.text = f"{teller.opening()}，{lead}{told}{teller.rng.choice(['。', '！', ''])}"
    return teller.told


NOUNS = {
    "deaths": "死者 遇难者 死亡人数 遇难人数 死亡人员",
    "injured": "伤者 伤员 受伤人员 受伤人数 受伤者",
    "missing": "失踪者 失联人员 失踪人数 失联人数 失踪人员",
    "trapped": "被困人员 被困人数 被困者",
    "ill": "患者 住院患者 患病人数",
    SERIOUS: "重伤员 重伤者",
    "evacuated": "转移人数 疏散人数",
}
SICK_NOUNS = {
    "epidemic": "确诊病例|例 感染者 病例|例 确诊人数 发病人数 患者",
    "gas": "中毒人员 中毒者 中毒人数",
    "poison": "中毒人员 中毒者 中毒人数 住院人数 患者 住院患者",
}


def noun_count(teller: Teller) -> Telling | None:
    """死者3人，伤者5名; 死亡人数为3人。"""
    if teller.plain:
        return None
    clauses = []
    for kind in teller.kinds():
        nouns = (SICK_NOUNS[teller.hazard] if kind == "ill" else NOUNS[kind]).split()
        noun, _, unit = teller.lex.one(nouns, lambda w: w.split("|")[0]).partition("|")
        count = teller.number(kind)
        n, style = written(teller.lex, count, plain=False)
        if noun.endswith("人数"):
            form = teller.rng.choice(
                ["{noun}{n}人", "{noun}为{n}人", "{noun}：{n}人", "{noun}共{n}人", "{noun}达{n}人"]
            )
        else:
            form = teller.rng.choice(
                ["{noun}{n}{u}", "{noun}共{n}{u}", "{noun}有{n}{u}", "{n}{u}{noun}" if clauses else "{noun}{n}{u}"]
            )
        if form.startswith("{n}"):
            form = "有" + form
        clauses.append(form.format(noun=noun, n=n, u=unit or teller.rng.choice("人名")))
        teller.note(kind, count)
        teller.tag(predicate=f"{kind}:{noun}(n.)", quantity=style, subject="noun")
    return sentence(teller, clauses)


IN = {
    "fire": "屋里 楼上 住三楼的 店里 里面",
    "blast": "车间里 店里 作坊里 屋里",
    "crash": "车上 面包车上 一车 后座 车里",
    "flood": "屋里 车里 河边 营地里",
    "slide": "井下 屋里 洞里 工棚里 楼里",
    "fall": "吊篮里 架子上 平台上",
    "water": "船上 一船 艇上",
    "quake": "屋里 房子里",
    "poison": "一桌 食堂里 宿舍里",
    "gas": "屋里 井下 罐里 车间里",
    "epidemic": "班上 宿舍里 一家",
}
IN = {name: words.split() for name, words in IN.items()}


def topic(teller: Teller) -> Telling | None:
    """车上5个人全没了; 井下3名矿工全部遇难; 一家四口，都没救过来。"""
    kind = teller.rng.choice(["deaths", "deaths", "deaths", "ill" if teller.hazard in SICK else "injured"])
    predicate = teller.after(kind, "t" if teller.plain else "J")
    if predicate is None:
        return None
    found = teller.who(kind, teller.rng.choice([2, 3, 3, 4, 4, 5, 6, 7, 9]))
    if found.quantity == "about" or found.subject in {"names", "mixed", "role-after"}:
        return None
    teller.take(predicate, found.count)
    place = teller.lex.one(IN[teller.hazard])
    place = "" if place.startswith("一") and place != "一车" else place
    if found.subject == "kin":
        place = teller.rng.choice(["住在二楼的", "路过的", "租房的", ""]) if teller.hazard in {"fire", "gas"} else ""
    gap = teller.rng.choice(["", "，"]) if teller.plain else ""
    every = teller.rng.choice(["全", "都", "一个都", "全都"] if teller.plain else ["全部", "均"])
    if every == "一个都" and not predicate.text.startswith("没"):
        every = "都"
    if every == "一个都" and not predicate.text.startswith(
        ("没救", "没抢", "没能", "没跑", "没逃", "没活", "没上", "没游")
    ):
        every = "全"
    teller.tag(adverb=every)
    teller.told.text = f"{teller.opening()}，{place}{found.text}{gap}{every}{predicate.text}。{teller.ending()}"
    return teller.told


NOBODY_LEFT = (
    "无一生还 无人生还 无一幸免 无一幸存 一个没活 没一个活下来 一个活的都没有 没有一个活着出来 全完了 一个也没活下来"
)


def none_left(teller: Teller) -> Telling | None:
    """船上7人无一生还。"""
    if teller.hazard in {"epidemic", "poison"}:
        return None
    words = NOBODY_LEFT.split()
    word = teller.lex.one(words[4:] if teller.plain else words[:4])
    if word == "全完了":
        return None
    count = teller.rng.choice([3, 4, 5, 6, 7, 9, 12])
    found = people(teller.lex, count, teller.hazard, plain=teller.plain, full=False)
    if found.quantity == "about" or found.subject == "role-after":
        return None
    place = teller.rng.choice([p for p in IN[teller.hazard] if not p.startswith("一")])
    either = "injured" if word == "无一幸免" else ""
    teller.note("deaths", found.count, either=either)
    teller.tag(predicate=f"deaths:{word}", subject=found.subject, quantity=found.quantity)
    gap = teller.rng.choice(["", "，"])
    teller.told.text = f"{teller.opening()}，{place}{found.text}{gap}{word}。{teller.ending()}"
    return teller.told


AGENTS = {
    "fire": "大火 浓烟|烧死 烧伤 呛死",
    "crash": "货车 一辆轿车 失控的车 渣土车|撞死 撞伤 轧死 撞成重伤",
    "flood": "洪水 大水 山洪|冲走 卷走 淹死",
    "slide": "落石 塌下来的房梁 塌方的土石 倒塌的墙|砸死 砸伤 压死 埋 埋住",
    "fall": "掉下来的钢管 倒下的架子 吊臂|砸死 砸伤 压伤 砸成重伤",
    "water": "浪 激流|卷走 冲走",
    "quake": "掉落的砖块 倒塌的房子 倒下的围墙|砸死 砸伤 压死",
    "blast": "气浪 飞出来的碎片|炸死 炸伤 掀翻受伤",
    "poison": "毒蘑菇|毒死",
    "gas": "煤气 毒气|毒死 熏死 熏晕",
}
RESULTS = {"死": "deaths", "伤": "injured", "走": "missing", "埋": "trapped", "住": "trapped", "晕": "ill"}


def _agent(teller: Teller) -> tuple[str, str, str] | None:
    if teller.hazard not in AGENTS:
        return None
    agents, verbs = (side.split() for side in AGENTS[teller.hazard].split("|"))
    verb = teller.lex.one(verbs)
    kind = SERIOUS if verb.endswith("重伤") else RESULTS[verb[-1]]
    agent = teller.lex.one(agents)
    return (agent, verb, kind) if (agent, verb) not in {("大火", "呛死"), ("浓烟", "烧死"), ("浓烟", "烧伤")} else None


def passive(teller: Teller) -> Telling | None:
    """3人被大火烧死; 有两个孩子被大水冲走了。"""
    drawn = _agent(teller)
    if not drawn:
        return None
    agent, verb, kind = drawn
    found = teller.who(kind)
    if found.subject == "names":
        return None
    teller.note(kind, found.count)
    teller.tag(predicate=f"{kind}:被…{verb}")
    lead = teller.rng.choice(["", "有"]) if found.subject not in {"kin", "single", "mixed"} else ""
    end = "了" if teller.plain and not verb.endswith("受伤") else ""
    by = teller.rng.choice(["被", "被", "让"]) if teller.plain else "被"
    teller.told.text = f"{teller.opening()}，{lead}{found.text}{by}{agent}{verb}{end}。{teller.ending()}"
    return teller.told


def transitive(teller: Teller) -> Telling | None:
    """大火烧死3人，烧伤5人; 货车撞死两个人。"""
    drawn = _agent(teller)
    if not drawn or "受伤" in drawn[1] or drawn[1] == "埋":
        return None
    agent, verb, kind = drawn
    if "成重伤" in verb:
        return None
    found = teller.who(kind)
    if found.subject in {"names", "role-after", "single"}:
        return None
    teller.note(kind, found.count)
    teller.tag(predicate=f"{kind}:{verb}N")
    teller.told.text = f"{teller.opening()}，{agent}{verb}{'了' if teller.plain else ''}{found.text}。{teller.ending()}"
    return teller.told


LIVES = (
    "夺走了{n}条人命 夺去{n}人的生命 {n}条人命没了 搭进去{n}条人命 闹出{n}条人命 出了{n}条人命 {n}条命就这么没了 "
    "夺走{n}条鲜活的生命 {n}个人的命没了 {n}个生命戛然而止 带走了{n}条生命"
)


def lives(teller: Teller) -> Telling | None:
    """夺走3条人命。"""
    form = teller.lex.one(LIVES.split())
    count = teller.rng.choice([1, 2, 2, 3, 3, 4, 5, 6])
    n, style = written(teller.lex, count, plain=True)
    subject = {
        "fire": "大火",
        "crash": "一场车祸",
        "flood": "一场洪水",
        "blast": "一声巨响",
        "quake": "地震",
        "slide": "一场塌方",
    }
    told = form.format(n=n)
    if form.startswith(("夺", "带走")):
        if teller.hazard not in subject:
            return None
        told = subject[teller.hazard] + told
    teller.note("deaths", count)
    teller.tag(predicate=f"deaths:{form}", subject="命", quantity=style)
    teller.told.text = f"{teller.opening()}，{told}。{teller.ending()}"
    return teller.told


BODIES = (
    "现场找到{n}具遗体 搜救人员找到{n}具遗体 共搜寻到{n}具遇难者遗体 从废墟中清理出{n}具遗体 打捞起{n}具遗体 "
    "抬出来{n}具尸体 {n}名遇难者遗体被找到 挖出来{n}具尸体 捞上来{n}具尸首 发现{n}名遇难者遗体"
)


def bodies(teller: Teller) -> Telling | None:
    """找到3具遗体。"""
    form = teller.lex.one(BODIES.split())
    water = teller.hazard in {"flood", "water"}
    if (
        teller.hazard not in HURT
        or ("捞" in form) != water
        or ("废墟" in form and teller.hazard not in {"slide", "quake", "blast"})
    ):
        return None
    if ("挖" in form and teller.hazard not in {"slide", "quake"}) or (("尸" in form) is not teller.plain):
        return None
    count = teller.rng.choice([1, 2, 2, 3, 3, 4, 5, 6])
    n, style = written(teller.lex, count, plain=teller.plain)
    teller.note("deaths", count)
    teller.tag(predicate=f"deaths:{form}", subject="遗体", quantity=style)
    teller.told.text = f"{teller.opening()}，{form.format(n=n)}。{teller.ending()}"
    return teller.told


def relative(teller: Teller) -> Telling | None:
    """死了的有3个，受伤的有5个; 没跑出来的是爷孙俩。"""
    clauses = []
    for kind in teller.kinds():
        predicate = teller.after(kind, "r", plain=True) or teller.after(kind, "r", plain=False)
        if predicate is None:
            return None
        found = teller.who(kind)
        text = predicate.text.removesuffix("了") or predicate.text
        text = {"没": "没了", "死": teller.rng.choice(["死", "死了"])}.get(text, text)
        copula = "是" if found.subject in {"kin", "single", "names", "mixed"} else teller.rng.choice(["有", "有", "是"])
        if copula == "是" and found.subject in {"人", "个人", "个", "俩人", "俩"}:
            copula = "有"
        if found.quantity == "about":
            return None
        teller.take(predicate, found.count)
        clauses.append(f"{text}的{copula}{found.text}")
    return clauses and sentence(teller, clauses)


def floated(teller: Teller) -> Telling | None:
    """工人死了3个，伤了5个; 乘客伤了五个。"""
    if not teller.plain:
        return None
    role, clauses = teller.lex.one(ROLES[teller.hazard]), []
    for kind in [k for k in teller.kinds() if k in {"deaths", "injured", "ill", "trapped"}]:
        word = teller.before(kind, plain=True)
        if word is None:
            return None
        count = teller.number(kind)
        n, style = written(teller.lex, count, plain=True)
        n, style = (
            ({2: "俩", 3: "仨"}[count], "few") if count in (2, 3) and teller.lex.chance(0.3) else (n + "个", style)
        )
        teller.take(word, count)
        teller.tag(subject="floated", quantity=style)
        clauses.append(f"{word.text}了{n}")
    return sentence(teller, [role + clauses[0], *clauses[1:]]) if clauses else None


def pair(teller: Teller) -> Telling | None:
    """男的死了，女的还在抢救; 大的没了，小的那个也没救过来。"""
    pairs = [p for p in PAIRS if ("一名" in p or "其" in p) is not teller.plain]
    first, second = teller.lex.one(pairs).split("/")
    if first in {"驾驶员", "司机"} and teller.hazard != "crash":
        return None
    kinds = teller.rng.choice([["deaths", "deaths"], ["deaths", "injured"], ["injured", "deaths"], ["deaths", SERIOUS]])
    if teller.hazard in SICK:
        kinds = ["deaths", "deaths"]
    said = [teller.after(kind, "t" if teller.plain else "J") for kind in kinds]
    if None in said:
        return None
    for predicate in said:
        teller.take(predicate, 1)
    also = "也" if kinds[0] == kinds[1] else ""
    teller.tag(subject="pair", quantity="none")
    joint = teller.rng.choice(["，", "，", "；"])
    told = f"{first}{said[0].text}{joint}{second}{also}{said[1].text}"
    teller.told.text = f"{teller.opening()}，{told}。{teller.ending()}"
    return teller.told
