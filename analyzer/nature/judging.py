"""What a whole post tells of: something real and present, or a drill, an old story, a statistic, a mere possibility."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analyzer.model import Nature
from analyzer.nature import calm, genres, occasions, statements
from analyzer.nature.clauses import Course, course
from analyzer.nature.dates import Cue
from analyzer.nature.signals import warning
from analyzer.patterns.expressions import anywhere
from analyzer.patterns.scan import Hints, Seen, guarded, plain_of

READ_TO = 20_000
"""Characters of a text that are read."""

__all__ = ["Judgement", "judge", "warning"]

_HAPPENING = guarded(
    r"起火|着火|着了|失火|大火|火灾|火情|冒烟|浓烟|爆炸(?!物|装置)|炸了|爆燃|事故|车祸|相撞|追尾|侧翻|翻车|坠[落楼亡河崖毁]|倾覆|沉没|脱轨|溺亡|触电|中毒|呕吐|腹泻|身体不适|送医|遭遇[^，。；]{0,6}(?:暴雨|台风|龙卷风|冰雹)|[淹砸压撞炸摔毒熏呛轧]死|丧生|丧命|殒命|罹难|不治身亡|翻沉|船翻|沉了|死亡|死了|身亡|遇难|受伤|伤亡|\d死|\d伤"
    r"|失踪|失联|被困|被埋|坍塌|倒塌|塌方|烧起来了|塌了|塌陷|垮塌|滑坡|泥石流|山洪|洪水|决堤|溃坝|溃口|漫堤|内涝|积水|被淹|淹了|地震|震感|停[水电气暖运工课]|断[水电气网供]|没[水电气]"
    r"|没暖气|没来[水电]|泄漏|泄露|漏[水气电]|污染|异味|臭味|恶臭|欠薪|拖欠|欠[了着]?[^，。]{0,8}(?:工资|钱|薪)|讨薪|不发工资|没发工资|开裂|裂缝|坑|积压|故障|失灵|跑路|退费|感染|确诊|疫情|发病"
    r"|不热|不通|不亮|坏了|困在|高空坠物|砸[中到伤死]|溺水|踩踏|轻伤|重伤|疏散|转移|封路|中断|瘫痪|出事|遇险|(?<!无)(?<!没有)险情|管涌|掉下|掉落|摔[下落倒死伤]|烧[毁伤死]|[垮塌裂炸烧淹漏破断倒](?:了|掉)|漫过|漫了|停了|断了|欠了|[着塌烧淹炸垮倒漏]过|打伤|撞|病倒|传染病|漫水|决口|井盖[^，。]{0,3}(?:没|丢|坏|缺|松|翘|塌)"
)
_GRIEVANCE = guarded(
    r"隐患|扰民|噪[音声]|占道|占用|堵塞|乱停|乱堆|停满|堆满|垃圾(?!政府|公司|物业|领导|学校|医院|人|东西|玩意|企业|老板|部门|平台|客服|！)|污水|违[规法建章]|违反|投诉|反映|乱收费|强制|退款|拖延|破损|坏|缺少|不合理"
    r"|长期|恳请|请求|请(?:有关|尽快|相关|领导|问)|望有关|整改|一直|没有?(?:人|安装|设置|通)|挡住|欺骗|诈骗|虚假宣传|危房|年久失修|老化|松动|脱落|咯噔|火花|煤气味|咋办啊"
)
"""What people complain of though nothing has happened yet: the matter itself is real and present."""
_CALLS = anywhere(
    r"[？?]|[，。；、\n]请(?!假|客|吃)|凭什么|怎么办|到哪|哪个晓得|请问|什么时候|何时|投诉|求助|恳请|希望|至今|还没|一直"
)
"""Somebody who asks or complains speaks of now, old as the story may be."""
_DEMANDS = anywhere(
    r"[，。；！、\n]请(?!假|客|吃|大家|广大|市民|勿|不要)[^，。；]{0,16}[换查修测办核拆治换管补给封存处理解决]|[，。；]要求(?!各|全[市县区镇省]|[^，。；]{0,8}(?:企业|工地|单位|部门|学校|乡镇|街道))|非得[^，。；]{0,10}才|恳请|急需"
)
"""A demand is of now, old as what it is about may be."""
_CAUSED = anywhere(r"已(?:经)?(?:造成|导致|致)(?=[^，。；]{0,12}\d)")
"""Before a figure: it is of now, however the text is made."""
_REMARK = 15
"""Characters of a sentence that may be a mere remark."""
_OVERDUE = guarded(r"再不(?:给我们|给)?(?:恢复|修|解决|处理|来|通|供|发|退|管|换|整改|清理)")
"""Behind an "if" it says that something is missing now: "如果再不恢复供水"."""
_STRONG = re.compile(
    r"如果|假如|假设|要是|万一|一旦|梦|剧|电影|小说|游戏|影片|片中|片子|自救|逃生|小时候|儿时|童年|当年|那会|那年|那时|回[忆顾]|往事|旧事|照片|周年|民国|上世纪|老辈|年之?前|年过去|纪念|缅怀|季度|以来|同比|统计|19\d\d年|县志|史[料载]|纪录片|有一年|那年月|最险|[出结][生婚]那|[大中]学时|高中时|初中时|年轻时|[祭忌]日|每年的?(?:今|这)|[公周年]祭|一年一度|[前早][几些]年|扬言|放话|叫嚣"
)
"""Words that tell of no present happening even where none is named."""
_NOWADAYS = {"如今", "现在", "今天", "今年", "到现在", "至今"}
_AMISS = re.compile(
    r"冰凉|冰冷|漏|断(?!定)|坏|塌|裂|堵|臭|发黑|破[了洞损]|烂|没[人有水电气暖]|不[给管热通亮修退还发认]"
)
_LATELY = {"去年", "前年", "那会", "那会儿", "想起"}
_NO_HAPPENING = (
    ("false alarm", calm.alarms_falsely),
    ("blast", genres.blasts),
    ("threat", genres.threatens),
    ("shoot", genres.films),
)
"""Makes of a text that tells of now, and of nothing that has happened."""
_HINTS = Hints(statements.HINTS | calm.HINTS | genres.HINTS | occasions.HINTS | {"overdue": _OVERDUE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A post's nature, and what it says about a matter already known.

    `apart`: in so many words it tells what is of now from something else, or whom it has cost. `dated`: it says that
    what it tells of is of these days.
    """

    nature: Nature = Nature.CURRENT
    apart: bool = False
    dated: bool = False
    refutes: bool = False
    resolves: bool = False
    answers: bool = False


def judge(text: str, told_at: datetime | None = None) -> Judgement:
    """Judge a post by its clauses: `current` as soon as one of them tells of something real and present.

    `text` is title + newline + text. `told_at` shows whether an explicit date in it lies far back.
    """
    plain = plain_of(text[:READ_TO])
    seen = _HINTS(plain)
    told = course(plain, told_at)
    nature, apart = _nature(plain, told, seen)
    refutes = ("refutes" in seen or "denies" in seen) and statements.refutes(plain)
    resolves = "resolves" in seen and statements.resolves(plain)
    answers = statements.may_answer(seen) and nature is not Nature.DRILL and statements.answers(plain)
    if nature is Nature.CURRENT and answers and not resolves and "sound" in seen and _all_is_well(plain):
        nature = Nature.HYPOTHETICAL
    if (refutes and nature in {Nature.PAST, Nature.HYPOTHETICAL}) or (
        nature is Nature.HYPOTHETICAL and warning(text) is not None
    ):
        # What it denies or warns of is old or imagined; the denial and the warning are of now.
        nature = Nature.CURRENT
    return Judgement(
        nature=nature,
        apart=apart,
        dated=nature is Nature.CURRENT and not told.plain and _is_dated(plain, told),
        refutes=refutes or ("nothing" in seen and nature is not Nature.DRILL and calm.explains(plain)),
        resolves=resolves,
        answers=answers,
    )


def _is_dated(plain: str, told: Course) -> bool:
    return any(told.of_these_days(match.start()) for match in _HAPPENING.finditer(plain))


def _all_is_well(plain: str) -> bool:
    """Whether an office only says that what people fear for is sound, and names nothing that has happened."""
    if not calm.reassures(plain):
        return False
    told = calm.without_crowds(calm.without_denials(plain))
    return not _HAPPENING.search(told) and not _GRIEVANCE.search(told)


def _nature(plain: str, told: Course, seen: Seen) -> tuple[Nature, bool]:
    """The nature of a text, and whether it tells now and then, or a drill and what is real, apart."""
    genre = None if told.drilled else _genre(plain, told, seen)
    if genre is not None or told.plain:
        return genre or Nature.CURRENT, genre is None and _CAUSED.search(plain) is not None
    claims = _claims(plain, told)
    if Nature.CURRENT in claims or any(told.at(m.start()) is Nature.CURRENT for m in _GRIEVANCE.finditer(plain)):
        return Nature.CURRENT, Nature.CURRENT in claims and (len(claims) > 1 or told.drilled)
    if ("overdue" in seen and _OVERDUE.search(plain)) or (not told.drilled and _DEMANDS.search(plain)):
        return Nature.CURRENT, False
    if claims:
        return claims.most_common(1)[0][0], False
    return _without_claims(plain, told), False


def _claims(plain: str, told: Course) -> Counter[Nature]:
    """What each happening named is told as; a title that says no time has that of the text's happenings."""
    spots = [match.start() for match in _HAPPENING.finditer(plain)]
    title_end = plain.find("\n")
    if title_end > 0 and not told.cues[0] and not _CALLS.search(plain):
        below = Counter(told.at(spot) for spot in spots if spot > title_end)
        if below.keys() and below.keys() <= {Nature.PAST, Nature.STATISTIC}:
            return below
    return Counter(map(told.at, spots))


def _genre(plain: str, told: Course, seen: Seen) -> Nature | None:
    """The nature of a text that is no report by its whole make."""
    if "period" in seen and genres.tallies(plain):
        return Nature.STATISTIC
    if "invented" in seen and genres.invents(plain):
        return Nature.HYPOTHETICAL
    if any(hint in seen and tells(plain) for hint, tells in _NO_HAPPENING):
        return Nature.HYPOTHETICAL
    if "orders" in seen and genres.advises(plain):
        return Nature.HYPOTHETICAL
    if seen.isdisjoint(occasions.HINTS):
        return None
    return occasions.occasion(plain, told, [match.start() for match in _HAPPENING.finditer(plain)], seen)


def _then_and_now(cues: Sequence[Cue], *, long_ago: bool) -> bool:
    """Whether a sentence only sets now beside long ago, told in it or before it: "二十年前是土路，如今车水马龙"."""
    times = [cue for cue in cues if cue.kind in {"past", "now"}]
    if not long_ago and (not times or times[0].kind != "past" or times[0].text in _LATELY):
        return False
    now = [cue for cue in times if cue.kind == "now"]
    return bool(now) and all(cue.text in _NOWADAYS for cue in now)


def _without_claims(plain: str, told: Course) -> Nature:
    """A text that names no happening is of the nature that all its telling sentences share.

    What is short, has no telling word and asks for nothing is somebody's opinion, and changes nothing.
    """
    if told.drilled:
        return Nature.DRILL
    asked = _CALLS.search(plain) is not None
    natures: set[Nature] = set()
    strong = long_ago = False
    for start, end, cues in zip(told.starts, told.ends, told.cues, strict=True):
        titled = end > start and plain[end : end + 1] == "\n"
        if not (cues or end - start > _REMARK or titled or _CALLS.search(plain, start, end + 1)):
            continue
        if titled and not cues and not asked:
            continue
        contrast = _then_and_now(cues, long_ago=long_ago and not asked) and not _AMISS.search(plain, start, end)
        natures.add(Nature.PAST if contrast else told.at(end))
        long_ago = natures == {Nature.PAST} and (long_ago or contrast or _tells_of_long_ago(cues))
        strong = strong or contrast or any(_STRONG.search(cue.text) for cue in cues)
    return natures.pop() if len(natures) == 1 and strong else Nature.CURRENT


def _tells_of_long_ago(cues: Sequence[Cue]) -> bool:
    return any(cue.kind == "past" and cue.text not in _LATELY for cue in cues)
