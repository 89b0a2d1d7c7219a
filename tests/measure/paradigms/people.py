"""Noun phrases of people with how many they are."""

from dataclasses import dataclass

from tests.measure.paradigms.words import GROUPS, KIN, MIXED, NAMES, ONE_FORMAL, ONE_PLAIN, PLAIN_KIN, ROLES, Lexicon

DIGITS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class People:
    text: str
    count: int
    subject: str
    """How they are named: counted, role, kin, names …"""
    quantity: str
    """How their number is written."""


def chinese(number: int, *, counted: bool = True) -> str:
    """3 as 三, 2 before a measure word as 两."""
    if number == 2 and counted:
        return "两"
    if number < 10:
        return DIGITS[number]
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            out += DIGITS[number // unit] + name
            number %= unit
        elif out and number and not out.endswith("零"):
            out += "零"
    out += DIGITS[number] if number else ""
    return out.removeprefix("一") if out.startswith("一十") else out


def written(lex: Lexicon, number: int, *, plain: bool, counted: bool = True) -> tuple[str, str]:
    """A number and the name of its style."""
    style = lex.rng.choices(("digit", "wide", "chinese"), (40, 3, 57) if plain else (75, 4, 21))[0]
    if style == "chinese" and number < 1000:
        return chinese(number, counted=counted), style
    return (str(number).translate(WIDE), "wide") if style == "wide" else (str(number), "digit")


def people(lex: Lexicon, number: int, hazard: str, *, plain: bool, full: bool = True) -> People:
    """Somebody of `number`; `full` where they may be told by kin or name as well as counted."""
    roll = lex.rng.random()
    if full and number == 1 and roll < 0.55:
        return People(lex.one(ONE_PLAIN if plain else ONE_FORMAL[hazard]), 1, "single", "none")
    if full and number in KIN and roll < 0.3:
        told = [k for k in KIN[number] if plain or k not in PLAIN_KIN]
        return People(lex.one(told), number, "kin", "kin")
    if full and roll < 0.36 and not plain and number in (2, 3):
        names = lex.rng.sample(NAMES, number)
        return People("、".join(names) + (f"{number}人" if lex.chance(0.3) else ""), number, "names", "listed")
    if full and roll > 0.95 and hazard in MIXED:
        text, count = lex.one(MIXED[hazard]).split("|")
        return People(text, int(count), "mixed", "mixed")
    if roll > 0.86 and number >= 3:
        return _about(lex, number, hazard, plain=plain)
    return _counted(lex, number, hazard, plain=plain)


def _counted(lex: Lexicon, number: int, hazard: str, *, plain: bool) -> People:
    text, style = written(lex, number, plain=plain)
    role = lex.one(ROLES[hazard])
    if plain:
        forms = ["{n}个", "{n}个人", "{n}人"]
        if role not in GROUPS:
            forms += ["{n}个{role}", "{n}个{role}", "{n}位{role}"]
        if number in (2, 3):
            forms += ["{few}", "{few}人"] + (["{few}{role}"] if role not in GROUPS else [])
        if 3 <= number < 10 and hazard not in {"crash", "poison", "epidemic", "fall"}:
            forms.append("{n}口人")
    else:
        forms = ["{n}人", "{n}人", "{n}名{role}", "{n}名{role}", "{n}位{role}", "{role}{n}人", "{role}{n}名"]
    form = lex.rng.choice(forms)
    if role in GROUPS and "位" in form:
        form = "{n}名{role}"
    subject = {"{n}个": "个", "{few}": "俩", "{few}人": "俩人", "{few}{role}": "俩role", "{n}口人": "口人"}.get(form)
    if subject is None:
        subject = "role-after" if form.startswith("{role}") else "role" if "role" in form else "人"
    if "few" in form:
        style = "few"
    few = {2: "俩", 3: "仨"}.get(number, "")
    return People(form.format(n=text, role=role, few=few), number, subject, style)


def _about(lex: Lexicon, number: int, hazard: str, *, plain: bool) -> People:
    """A number that is not told exactly; its count is what it says at least, or roundly."""
    n, _ = written(lex, number, plain=plain)
    digits = str(number)
    what = "个人" if plain else lex.rng.choice(["人", "人", "名" + lex.one(ROLES[hazard])])
    forms = [f"至少{n}{what}", f"起码{n}{what}" if plain else f"至少{n}{what}"]
    if number >= 5:
        forms += [f"超过{n}{what}", f"近{n}{what}", f"差不多{n}{what}" if plain else f"逾{n}{what}"]
    if number <= 8:
        a, b = DIGITS[number], DIGITS[number + 1]
        forms += [f"{a}{b}{what}"] if plain else [f"{number}到{number + 2}{what}", f"{number}至{number + 1}{what}"]
    if number >= 10:
        ten = number // 10 * 10
        forms = [f"{digits[:-1]}0余{what}", f"{chinese(ten)}多{what}", f"{chinese(ten)}余{what}", f"{ten}多{what}"]
        if ten == 10:
            forms += [f"十几{what}", f"十来{what}"]
        if plain:
            forms.append(f"{chinese(ten)}来{what}")
        number = ten
    if number == 100:
        forms = [f"上百{what}", f"百余{what}", f"近百{what}"]
    text = lex.rng.choice(forms)
    return People(text, number, "about", "about")
