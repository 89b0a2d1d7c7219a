"""Two figures of one kind that count different people of one hour: of another unit or sort, or hurt otherwise."""

import re
from collections.abc import Sequence
from itertools import pairwise

from analyzer.facts.groups import Group
from analyzer.facts.parts import of_two_happenings
from analyzer.model import FactKind
from analyzer.patterns import bounds

HELPERS = re.compile(
    r"牺牲|殉职|捐躯|消防(?:员|指战员|队员|救援人员)|指战员|救援(?:人员|队员)|救护队员|扑火队员|抢险(?:人员|队员)|(?<!目击)民警|辅警|医护人员"
)
"""Said of those who came to help; who is counted without such a word is somebody else."""
TOTAL = re.compile(
    r"造成|导致|致(?!电)|共|累计|总计|至此|总数|人数|合计|上升|升至|增至|增加到|达到?(?=[\d一二两三四五六七八九十])(?![\d.]{1,5}%)|连同|含|包括|已有|最终|仍为|即"
)
"""Between a figure and the one before it: all are counted anew."""
TIME = re.compile(
    r"第[一二三四五六七八九\d]{1,2}[天日]|周[一二三四五六日]|首日|\d:\d\d|\d日|[今昨前次当翌][日天晚晨早夜]|凌晨|清晨|早上|上午|中午|下午|傍晚"
    r"|晚上|夜里|\d[时点]|随后|后来|此后|之后|最后|事后|近日"
)
SENTENCES, CLAUSES = "。！？\n；", "，。！？\n；："
LOOK = 80
_UNIT = re.compile(
    r"[\u4e00-\u9fff\d]{1,4}(?:[车船艇]|轮|楼|层|栋|幢|[县镇乡村](?=[^民])|队员?|班|矿|厂|院)[上内里方边]?"
    r"|大巴上?|中巴上?|乘客|旅客|船员|工人|职工|村民|居民|学生|老师|顾客|警员|路人|行人"
)
_WOUND = re.compile(r"骨折|[擦挫扭烧烫割划刺灼撞摔砸冻电咬]伤|脑震荡|断")
_GRADES = ("危重", "病危", "重症", "重型", "重伤")
_OTHERS = re.compile(r"(?:另|另外|此外还?)有$")
_REST, _STILL, _HOME = re.compile(r"其余的?$"), re.compile(r"[仍还尚]有?|目前|现有"), re.compile(r"出院|离院|[回返]家")
_DEAD = re.compile(r"[死亡]|遇难")
"""Between two figures of the hurt: the second one is told beside the dead."""
_LISTED = re.compile(r"[名人例]?型?[、，和](?:危重|病危|重症|重型|重伤)?型?")
_AGAIN = re.compile(r"伤[者员]")
"""Said of the hurt who were counted before."""
_ALIKE = re.compile(r"[。！？；\n]|其中|包括|最")
"""Between two figures: they are not of one list, or the second is some of the first."""


def set_beside(plain: str, told: Sequence[Group]) -> None:
    """Let figures of the missing and the hurt stand beside the one before them where both count together."""
    missing = [g for g in told if g.meanings == [FactKind.MISSING] and not g.part_of]
    for one, other in pairwise(missing):
        if _elsewhere(plain, one, other, FactKind.MISSING):
            other.beside = other.beside or one
    for one, other in pairwise([g for g in told if FactKind.SERIOUS_INJURED in g.words]):
        if _graver(plain, one, other):
            other.beside = other.beside or one
    hurt = [g for g in told if FactKind.INJURED in g.words and FactKind.INJURED not in g.part_of]
    for one, other in pairwise(hurt):
        apart = are_helpers(plain, one, other, FactKind.INJURED) or _otherwise_hurt(plain, one, other)
        others = _OTHERS.search(plain, max(0, other.start - 4), other.start) and not _DEAD.search(
            plain, one.end, other.start
        )
        if apart or others or _the_others(plain, one, other) or _elsewhere(plain, one, other, FactKind.INJURED):
            other.beside = other.beside or one


def _the_others(plain: str, one: Group, other: Group) -> bool:
    """Whether the second figure counts those hurt who are home again: "仍有5名伤者在院治疗，其余21名伤者已出院"."""
    if not _REST.search(plain, max(0, other.start - 4), other.start) or not _STILL.search(
        plain, max(0, one.start - 6), one.start
    ):
        return False
    return _HOME.search(plain, other.end, bounds.end(plain, other.end, CLAUSES, LOOK)) is not None


def _graver(plain: str, one: Group, other: Group) -> bool:
    """Whether both figures of a list count the gravely hurt, each of another grade: "危重2名、重症4名"."""
    grades = [plain[slice(*group.words[FactKind.SERIOUS_INJURED])][:2] for group in (one, other)]
    if grades[0] == grades[1] or not {*_GRADES}.issuperset(grades):
        return False
    return _LISTED.fullmatch(plain, one.end, other.start) is not None


def are_helpers(plain: str, one: Group, other: Group, kind: FactKind) -> bool:
    """Whether only the second figure counts people who came to help."""
    first, second = (plain[slice(*group.span(kind))] for group in (one, other))
    return bool(HELPERS.search(second) and not HELPERS.search(first) and not TOTAL.search(plain, one.end, other.start))


def in_parallel(plain: str, one: Group, other: Group, kind: FactKind) -> bool:
    """Whether two clauses say the same of two units or sorts of people: "大巴上死了3个；面包车上死了4个"."""
    spans = [group.span(kind) for group in (one, other)]
    if TIME.search(plain, one.end, other.start) or of_two_happenings(plain, *spans):
        return False
    subjects = []
    for group, earliest in ((one, 0), (other, one.end)):
        start = group.span(kind)[0]
        begin = max(bounds.begin(plain, start, SENTENCES, LOOK), earliest)
        units = _UNIT.findall(plain, begin, start)
        subjects.append(units[-1] if units else "")
    return all(subjects) and subjects[0] != subjects[1]


def _elsewhere(plain: str, one: Group, other: Group, kind: FactKind) -> bool:
    """Whether the second figure counts those of another unit: "7号楼10人受伤；8号楼3人受伤"."""
    first = bounds.begin(plain, one.start, CLAUSES, LOOK)
    start, end = other.words[kind]
    if one.value == other.value or other.start - one.end > LOOK or _AGAIN.match(plain, start, end):
        return False
    return not TOTAL.search(plain, first, max(other.start, end)) and in_parallel(plain, one, other, kind)


def _otherwise_hurt(plain: str, one: Group, other: Group) -> bool:
    """Whether both figures of a sentence tell of wounds, each of another kind: "2人骨折，7人软组织挫伤"."""
    first, second = (_WOUND.search(plain, *group.words[FactKind.INJURED]) for group in (one, other))
    if first is None or second is None or first.group() == second.group():
        return False
    return other.start - one.end <= LOOK // 2 and not _ALIKE.search(plain, one.end, other.start)
