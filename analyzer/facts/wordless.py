"""What a figure counts whose word stands in another clause or sentence, or nowhere."""

import re

from analyzer.facts import between
from analyzer.facts.groups import Group, Pending
from analyzer.facts.lexicon import PERSON, Role
from analyzer.facts.numerals import NUMERAL, parse
from analyzer.facts.tokens import TOKEN
from analyzer.model import FactKind

TOLD_WITHIN = 80
"""How far before a figure it may be told what happened to these people."""
_NEAR = 20
_ABOARD = re.compile(r"[船艇机车]上(?:一共|总共|共)?(?:载|搭载)?有?(?:船员|乘客|渔民|人员)?(?:约|为)?")
"""Before those who are on board what is lost."""
_MARKS = "，。；：、！？\n"
_FAMILY = ("一家", "全家", "祖孙", "三代", "老小", "老少", "一门", "一家老小")
_ANIMALS = re.compile(
    rf"({NUMERAL})[余多来]?(?:[只头匹羽尾]|条(?=[^，。！？；\n]{{0,4}}[狗犬鱼蛇]))[^，。！？；\n]{{0,8}}[羊牛猪马驴骡鸡鸭鹅狗犬猫兔鸟鱼蛇鹿骆豚畜禽]"
)
"""As many animals as lives make these the animals'."""
_REPORTED = re.compile(
    r"(?:新增|累计|报告|发现|检出|监测到|确诊|诊断|现有|通报|接报|共有?)[^，。；、\d死亡重疑治出无]{0,8}$"
)
"""Before a number of cases: so many fell ill."""
_PATIENTS = re.compile(r"(?:患者|病人|患儿|(?<!无症状)感染者)(?:共|为|有|达|累计|已|计){0,3}$")
_TO_COME = re.compile(r"预计|[将可会]|有望|若|疑似|连续|每[天日周月]|[日年]均|平均")
_PATIENT = re.compile(r"(?:患者|病人|患儿|病患|感染者)(?=[，。；、]|$)")
_OUTBREAK = re.compile(
    r"疫情|病例|感染|发病|疾控|病毒|传染|中毒|热射病|中暑|聚集性|食源性|登革热|流感|霍乱|痢疾|麻疹|水痘|手足口|炭疽|鼠疫|结核|肺炎|疟疾|伤寒|布病|布鲁|诺如|细菌"
)
_NO_OUTBREAK = re.compile(r"伤(?!寒)|火灾|起火|爆炸|车祸|疏散|转移|地震|手术|义诊|捐|救助|医保|报销|筛查")
"""Beside patients: what befell them, or is done for them, is no outbreak."""
_LIVES = re.compile(r"命|口(?!人)")
_GONE = re.compile(r"命(?:就这[么样]|说没就|都|全|也|就){0,2}没了")
_LIFE = re.compile(
    rf"命|(?:[^，。；、\d]{{0,4}}(?:{PERSON}))?(?:宝贵|鲜活|年轻)?的?(?:宝贵|鲜活|年轻)?的?(?:生命|性命)"
)


def answers(plain: str, begins: int, asked: Pending, group: Group, unit: str) -> bool:
    """Whether a figure only counts those of whom the sentence before (which ends at `begins`) has told.

    So it is in "死人了。两个。" and "死了几个？——三个".
    """
    begun = between.ANSWER.fullmatch(plain, begins, group.start)
    near = begins - asked.end <= (TOLD_WITHIN if begun and begun.end() > begins else between.NEAR * 2)
    counts = unit in {"", "个", "人", "名", "位", "例"} and between.PRONOUN.match(plain, group.end)
    return begun is not None and near and bool(counts) and lonely(plain, group.end)


def shut_in(plain: str, clause: int, group: Group) -> bool:
    """Whether a figure counts people inside something that was said to have shut them in."""
    if not between.INSIDE.search(plain, max(clause, group.start - _NEAR), group.start) or not lonely(plain, group.end):
        return False
    around = max(0, group.start - TOLD_WITHIN), group.start
    if between.SHUT_IN.search(plain, *around):
        return True
    return between.GONDOLA.search(plain, clause, group.start) is not None and bool(
        between.STOPPED.search(plain, *around)
    )


def counts_told(plain: str, clause: int, told: Pending, group: Group, unit: str) -> bool:
    """Whether a figure without a word counts those of whom the clause before has told."""
    if group.start == clause and (unit.startswith("号") or between.LAMENT.match(plain, group.end)):
        return clause - told.end <= between.NEAR and lonely(plain, group.end)
    if told.meaning is FactKind.MISSING and _ABOARD.fullmatch(plain, clause, group.start):
        return lonely(plain, group.end)
    counting = between.IN_ALL.fullmatch(plain, clause, group.start)
    if counting is None or told.meaning is Role.RELIEF or not lonely(plain, group.end):
        return False
    alone = unit in {"", "个"} or told.meaning is FactKind.ILL
    ended = between.PRONOUN.match(plain, group.end) or between.ENDS.match(plain, group.end)
    return counting["total"] is not None or bool(alone and ended)


def by_context(plain: str, clause: int, group: Group, unit: str) -> FactKind | None:
    """What is told of people by where they are, or by the outbreak that the text is about."""
    if shut_in(plain, clause, group):
        return FactKind.TRAPPED
    return FactKind.ILL if cases(plain, clause, group, unit) else None


def cases(plain: str, clause: int, group: Group, unit: str) -> bool:
    """Whether a figure counts the cases or the patients of an outbreak: "累计报告7例", "患者3名"."""
    if not lonely(plain, group.end):
        return False
    before = plain[max(clause, group.start - 16) : group.start]
    if _TO_COME.search(before):
        return False
    called = _PATIENTS.search(before) or _PATIENT.match(plain, group.end)
    if not called and not (unit.startswith("例") and _REPORTED.search(before)):
        return False
    around = max(0, group.start - TOLD_WITHIN), group.end + _NEAR
    return _OUTBREAK.search(plain, *around) is not None and not (called and _NO_OUTBREAK.search(plain, *around))


def puts_right(to: re.Match[str], group: Group) -> bool:
    """Whether a figure behind "更正为" and the like corrects what was told of before."""
    return between.CORRECTING.match(to.group()) is not None and group.start - to.end() <= between.NEAR


def lives_lost(plain: str, clause: int, group: Group, unit: str, event: Pending | None) -> bool:
    """Whether a figure counts lives, and they are lost: "夺走5人生命", "死了3条人命", "带走一家四口"."""
    before = max(clause, group.start - 20)
    if unit.startswith("口") and plain.endswith(_FAMILY, 0, group.start):
        return between.LOST.search(plain, before, group.start) is not None
    if unit.startswith("具"):
        told = between.CARRIED.search(plain, max(0, group.start - 20), group.start)
        return told is not None and lonely(plain, group.end)
    if not unit.startswith("条") and not _LIFE.match(plain, group.end):
        return False
    if plain.startswith("命", group.end):
        gone = between.LOST.search(plain, before, group.start) or _GONE.match(plain, group.end)
        return gone is not None
    dead = event is not None and event.meaning is FactKind.DEATHS
    around = before, group.end + 14
    if plain.startswith("人命", group.end) and not between.SAVED.search(plain, *around):
        return True
    return dead or between.LOST.search(plain, *around) is not None


def without_animals(plain: str, groups: list[Group]) -> list[Group]:
    """What counts lives or mouths is left out where as many animals are counted: "36条命没了…36只山羊死亡"."""
    if not any(_counts_lives(plain, group) for group in groups):
        return groups
    animals = {number.value for number in map(parse, _ANIMALS.findall(plain)) if number}
    return [group for group in groups if group.value not in animals or not _counts_lives(plain, group)]


def _counts_lives(plain: str, group: Group) -> bool:
    return _LIVES.search(plain, group.start, group.end + 2) is not None


def one_more(plain: str, latest: Group, group: Group) -> bool:
    """Whether a figure is one more of a list: "疏散病人83名、家属40名"."""
    if not latest.backward or FactKind.EVACUATED not in latest.words:
        return False
    listed = between.ONE_MORE.fullmatch(plain, latest.end, group.start)
    return listed is not None and lonely(plain, group.end)


def next_part(plain: str, latest: Group, group: Group) -> bool:
    """Whether a figure is that of the next place of several that people were moved from: "上村430人，下村215人"."""
    if FactKind.EVACUATED not in latest.words or not between.NEXT_PART.fullmatch(plain, latest.end, group.start):
        return False
    return lonely(plain, group.end) and not between.AT_WORK.search(plain, latest.end, group.start)


def lonely(plain: str, end: int) -> bool:
    """Whether no event follows the figure that ends here within its clause."""
    following = TOKEN.search(plain, end, end + 30)
    return following is None or following.lastgroup in {"comma", "colon", "stop", "list", "open", "close"}
