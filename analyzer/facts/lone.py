"""The death of somebody of whom the clauses before have told, whatever stands between: "一人晕倒，体温41℃，…离世"."""

import re
from collections.abc import Iterator

from analyzer.facts.lexicon import COUPLES, DEADLY, OBITUARY, SINGLE
from analyzer.facts.sorts import SENTENCES
from analyzer.model import Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

DIES = guarded(
    r"死亡(?!人数|率|病例|证明|原因|赔偿|威胁|事故|时间|案|风险|线)|身亡|遇难(?!者|人)|溺亡|坠亡|殉职|(?:壮烈|光荣|英勇|不幸)牺牲|抢救无效|不治(?:身亡)?(?=[，。！；]|$)|停止了?(?:呼吸|心跳)|(?:没了|无|没有|失去)(?:任何)?(?:生命[体特]征|(?:呼吸|心跳)(?!困难|急促|不适|道|机))"
    r"|没(?:有|能)?(?:抢?救|按|拉|挺|撑|熬)(?:活|得?[过回下]来|过去|住(?=[，。！；]|$))|(?:咽|断)了?气(?![管囊温息])|人(?:就|都|也|已经?)?没了(?![\u4e00-\u9fff])|(?:不幸|最终|后|仍|还是|于[^，。；]{1,8}|[今昨当][天日晨早晚夜])(?:离世|去世|辞世|离开了?人世|撒手人寰)"
    r"|(?:发现|找到|捞[起出上]|打捞[起出上]?)(?:到|了)?(?:其|他|她|死者|该[^，。；\d]{1,4})的?(?:遗体|尸体)|(?:找到|打捞|捞)[起出上到]{0,2}了?(?![^，。；]{0,2}(?:具|名|些|部分|所有|全部|[遇死]难|死者|其余))[\u4e00-\u9fff]{2,3}的?(?:遗体|尸体)|(?:其|他|她)的?(?:遗体|尸体)[^，。；\d没未]{0,8}(?:被|找到|发现|捞|打捞)"
)
"""What tells of a death where nobody is counted."""
_NOBODY = re.compile(
    r"[没无未]有?(?:人|造成|发生|出现|任何)|如果|万一|假如|可能|或许|险些|差点|避免|防止|以免|导致更多|风险|会(?!上)|是否|共|全年|同比|病例|事故|案件|条例|规定"
)
"""In the clause of a death: nobody has died."""
_ONE = re.compile(
    rf"{SINGLE.pattern}|[一1]名(?!单|义)(?:约?\d{{1,2}}[多余]?岁的?)?[^，。；、\d]{{1,12}}|[\u4e00-\u9fff]某(?:某|(?![些个种人家天日处地]))|(?<![\d一二三四五六七八九十百千])[一1]人(?![次份以家])|[一1][位个](?:[^，。；、\d]{{0,8}}(?:人|员|工|生|友|者|客|民|孩|女|男))|(?<![名位个有些等和及、])(?:伤者|(?<!病)患者|该?男子|该?女子|落水者|被困者|当事人)(?!们|家属|名|均|中|人数|共)|【姓名】"
)
_MORE = re.compile(
    r"(?:[2-9]|\d\d)[余多]?[名位人例口个](?!小时|月|多?小时|星期|百分)|[两二三四五六七八九十百几数多][名位例]|(?<![初高大研第小])[两二三四五六七八九十几数多]个?(?!岁)(?=[^，。；\d]{0,3}(?:人|员|工|生|友|孩))|[百千万亿][余多]?[名位人例]|们|双方|夫妻|夫妇|一家|全家|家属等|群众|村民们|众人"
)
"""More people than one."""
_REMARKS = re.compile(r"点赞|致敬|[感多]谢|谢谢|辛苦了|好样的")
"""Whom a clause with it names is thanked, and nothing has befallen him."""
_PAIR = re.compile("|".join(COUPLES))
_MARKS = "，。；！？\n：、 "
_CLAUSE = 40
_BACK = 6
_LOOK = 120


def lone_deaths(plain: str) -> Iterator[tuple[float, Span]]:
    """One death where a sentence, or the one before it, has told of one person or a couple, and of nobody else."""
    for death in DIES.finditer(plain):
        start = bounds.begin(plain, death.start(), _MARKS, _CLAUSE)
        if _is_none(plain, start, death):
            continue
        if told := _told_of(plain, start, death.start()):
            at, count = told
            yield count, (at, death.end())
            return


def _is_none(plain: str, start: int, death: re.Match[str]) -> bool:
    end = bounds.end(plain, death.end(), _MARKS, _CLAUSE)
    around = max(0, death.start() - _LOOK), min(len(plain), death.end() + _LOOK)
    if _NOBODY.search(plain, start, end) or _MORE.search(plain, start, end):
        return True
    return OBITUARY.search(plain, *around) is not None or DEADLY.search(plain, *around) is None


def _told_of(plain: str, start: int, end: int) -> tuple[int, float] | None:
    """Where the one person or the couple is named whose death is told in the clause that starts here, and how many."""
    sentences = 0
    for _ in range(_BACK):
        if pair := _PAIR.search(plain, start, end):
            return pair.start(), 2.0
        if _MORE.search(plain, start, end) or _REMARKS.search(plain, start, end):
            return None
        if found := _ONE.search(plain, start, end):
            return found.start(), 1.0
        mark = plain[start - 1 : start]
        sentences += mark in SENTENCES
        if not mark or sentences > 1:
            return None
        end = start - 1
        start = bounds.begin(plain, end, _MARKS, _CLAUSE)
    return None
