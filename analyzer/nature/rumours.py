"""Where a text tells what somebody has made up: what it punishes as a rumour, calls invented, or forbids to pass on."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from analyzer.model import Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded, remembered

_INVENTS = guarded(
    r"(?<![不没未非别勿莫谁止禁防信])(?<!没有)(?<!不要)(?<!不得)(?<!不是)(?<!说[我他她你])(?<!说我们)(?:造谣(?!者|的|人)|谎称|虚构|编造|捏造|杜撰|臆造|炮制|瞎编|胡编|编(?:段子|故事|瞎话)|报假警)"
    r"|谎报(?=[死伤遇失]|[^，。；！？\n]{0,6}(?:称|说|警情[，：]))|(?:辟谣|否认|澄清)(?:网传|所谓|关于|了){0,2}(?=“)|摆拍|恶搞|(?<![a-z])ai[^，。；！？\n“]{0,8}(?:生成|合成|编[造写]|炮制|制作)"
    r"|(?:散布|散播|传播|制造|发布|转发|转载)(?=[^，。；！？\n“]{0,6}(?:谣言|谣传|假消息|假信息|不实|虚假)[^，。；！？\n]{0,4}(?:称|说|：|“))"
)
"""What is told behind it in its clause, or as said there, is made up."""
_SAYS = re.compile(r"[^，。；！？\n]{0,12}?(?:[称说道](?=[^，。；！？\n])|称，|：|“)")
_CONTENT = re.compile(r"[^，。；！？\n]{2}")
_GOES_ON = re.compile(
    r"，(?![^，。；！？\n]{0,4}(?:实际|其实|经查|查明|目前|已))(?=[^，。；！？\n]{0,4}(?:[死伤亡]|遇难|失踪|\d|[一二两三四五六七八九十百]+[人名个]))"
)
_SPREADS = guarded(
    r"散布|散播|传播|发(?:[帖文布表]|视频|图|语音|信息|消息|微博)|配文|转发|留言|爆料|评论|(?:微信|朋友圈|群[里内聊]|抖音|快手|微博|直播间?|网[上络])[^，。；！？\n]{0,8}?[说称讲传]"
)
"""What somebody tells the public; made up where he is punished for it."""
_PUNISHED = guarded(
    r"(?:行政拘留|行拘|刑拘|拘留|罚款|行政处罚|处罚|训诫|批评教育|教育训诫|禁言|封号|封禁|传唤|约谈|查处|罚|拘|追究)(?![^，。；！？\n]{0,2}的)"
)
_NAMED = r"(?:[\u4e00-\u9fff]某某?|【姓名】)"
_POSTER = r"(?:发[帖布文]者|发[帖布]人|造谣者|当事人|该?(?:网民|网友|账号|博主|自媒体|用户)|涉事账号)"
_AUTHOR = re.compile(
    rf"(?:其|该(?:男子|女子|人)|{_POSTER}|{_NAMED}|本人|后|现|已|均|都|目前|随后|最终|因此|日前|当天|次日|经查){{0,3}}(?:被|遭|受到|领了?罚单|已?(?:批评教育|训诫))"
    rf"|(?:当地)?(?:警方|公安(?:机关|局)?|派出所|民警|网警|网安)[^，。；！？\n]{{0,8}}(?:对|将)(?:其|该|{_NAMED}|{_POSTER})|已对其|{_POSTER}"
)
"""How the clause begins in which he is, in the same sentence."""
_WHO = re.compile(_NAMED)
_LATER = re.compile(_POSTER)
_CALLED_SO = guarded(
    r"[”\"」](?:的|等|这[一类种条则个]?|一[说事]){0,2}(?:[^，。；！？\n”“不非没否未]{0,8}?(?:(?:系|是|为|属|纯属|纯粹是|均属|均系|都是|全是|就是)))?[^，。；！？\n”“不非没否未]{0,4}?"
    r"(?:谣言|谣传|流言|虚假|假消息|假信息|假视频|不实|捏造|编造|瞎编|胡编|杜撰|虚构|摆拍|瞎传|瞎说|胡说|假的)(?![^，。；！？\n]{0,4}[吗么？])"
)
"""Behind a quotation: nobody need believe it."""
_BARE = guarded(
    r"(?<![不非])(?:纯属|纯粹是|都是|全是|就是|是|系)(?:捏造|瞎编|胡编|杜撰|虚构|造谣|瞎说|胡说|胡扯|瞎扯|无稽之谈)(?!谁|的?吗|[？])"
)
_SURELY = r"(?:根本|压根|完全|纯属|全是|都是|就是|这是|是|全|都)"
_UNTRUE = guarded(
    rf"(?<=？){_SURELY}?(?:假的|假消息|造谣|谣言|谣传|瞎编|瞎传|胡说)(?=[！。，\n]|$)"
    rf"|(?<=[，！]){_SURELY}{{1,2}}(?:胡说|没这回事|没有这回事|没有的事|没影的事|子虚乌有|瞎扯|胡扯|谣言|谣传|假的|瞎编|造谣)(?=[！。，\n的]|八道|$)"
)
"""In a clause of its own: what was said before, in the same sentence, is a rumour."""
_HEARD = re.compile(r"(?:网[上传友]|有人|听说|[都谁又在乱瞎]说|[都在乱瞎]传|什么|所谓|传言|消息)")
_LABEL = guarded(
    r"(?:^|[\n。！？])[\d一二三四五六七八九十、.]{0,3}[【\[“]?(?:网络)?(?:谣言|谣传|假消息)[\d一二三四五六七八九十]{0,2}[】\]”]?[：:】](?=[^\n])"
)
"""A list of rumours, each with its truth."""
_TRUTH = re.compile(r"真相|事实|辟谣|正解|实情|核实|经查|查证|回应|权威|\n")
_FORBIDS = guarded(
    r"(?<!请大家)(?:不要|别|勿|莫|不许|甭)(?:再|乱|瞎|到处|跟着|继续){0,2}(?:传|听信|相信|造谣说?|瞎说|乱说)(?![谣染播递送给上下统来输唤话票了，。！？\n])(?=[^，。；！？\n]{0,20}[死伤亡难失踪塌炸])(?![^，。；！？\n]{0,20}(?:照片|视频|图|画面|现场|隐私))"
)
"""Nobody shall pass on what follows in the clause."""
_TRUE = re.compile(
    r"[，；](?=[^，。；！？\n]{0,4}(?:实际|其实|事实上|真相|经查|经核|经调查|查明|但|而|不过|目前|现已|截至|确有|警方|民警|公安|官方|医院|导致|致使|引发|被))"
)
"""Where a rumour ends within its sentence."""
_SENTENCE = "。！？\n"
_CLAUSE = "，。；！？\n"
_REACH, _NEAR = 120, 40
HINTS: dict[str, str | re.Pattern[str]] = {
    "invented": _INVENTS,
    "punished": _PUNISHED,
    "called a rumour": r"谣|流言|虚假|假[消信视的]|不实|捏造|编造|瞎编|胡编|杜撰|虚构|摆拍|瞎传|瞎说|胡[说扯]|瞎扯|无稽"
    r"|假的|没这回事|没有这回事|没有的事|没影的事|子虚",
    "forbidden": _FORBIDS,
}
"""Patterns without which a text tells of no rumour."""


@remembered
def invented(plain: str) -> tuple[Span, ...]:
    """Where rumours are told, from left to right, none inside another."""
    found = [*_made_up(plain), *_punished(plain), *_called_so(plain), *_listed(plain)]
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def holds(spans: Sequence[Span], spot: int) -> bool:
    """Whether a rumour tells what stands at a spot."""
    at = bisect_right(spans, spot, key=itemgetter(0)) - 1
    return at >= 0 and spot < spans[at][1]


def _made_up(plain: str) -> Iterator[Span]:
    """What somebody makes up, as the word for it says, or is told not to pass on."""
    for act in _INVENTS.finditer(plain):
        said = _SAYS.match(plain, act.end())
        if said:
            yield _said(plain, said.end())
        elif _CONTENT.match(plain, act.end()):
            end = bounds.end(plain, act.end(), _CLAUSE, _REACH)
            while goes_on := _GOES_ON.match(plain, end):
                end = bounds.end(plain, goes_on.end(), _CLAUSE, _REACH)
            yield act.end(), end
    for word in _FORBIDS.finditer(plain):
        yield word.end(), bounds.end(plain, word.end(), _CLAUSE, _REACH)


def _said(plain: str, start: int) -> Span:
    """What is said from a spot on: a quotation, or all up to where the truth is told."""
    if plain[start - 1] == "“":
        return start, bounds.end(plain, start, "”\n", _REACH)
    end = bounds.end(plain, start, _SENTENCE, _REACH)
    truth = _TRUE.search(plain, start, end)
    return start, truth.start() if truth else end


def _punished(plain: str) -> Iterator[Span]:
    """What somebody tells the public and is punished for, in the same sentence or, called by the same name, later."""
    done = 0
    for told in _SPREADS.finditer(plain):
        if told.start() < done:
            continue
        done = bounds.end(plain, told.end(), _SENTENCE, _REACH)
        who = _WHO.search(plain, max(0, told.start() - _NEAR), told.start())
        author = (
            re.compile(rf"(?:目前|民警|警方|公安(?:机关)?|已|依法|对){{0,4}}(?:{re.escape(who[0])}|{_POSTER})")
            if who
            else _LATER
        )
        for punished in _PUNISHED.finditer(plain, told.end(), done + _REACH):
            clause = bounds.begin(plain, punished.start(), _CLAUSE, _NEAR)
            begins = _AUTHOR if clause < done else author
            if clause > told.end() and begins.match(plain, clause):
                yield told.end(), min(clause, done)
                break


def _called_so(plain: str) -> Iterator[Span]:
    """What is quoted, or told in the clause before, and called a rumour."""
    for word in _CALLED_SO.finditer(plain):
        low = max(0, word.start() - _REACH)
        opened = max(plain.rfind(mark, low, word.start()) for mark in '“"「')
        if opened >= 0:
            yield opened, word.start()
    for word in _BARE.finditer(plain):
        yield bounds.begin(plain, word.start(), _CLAUSE, _NEAR), word.start()
    for word in _UNTRUE.finditer(plain):
        said = word.start() - 1
        start = bounds.begin(plain, said, _SENTENCE, _REACH)
        heard = [found.end() for found in _HEARD.finditer(plain, start, said)]
        yield heard[-1] if heard else bounds.begin(plain, said, _CLAUSE, _NEAR), word.start()


def _listed(plain: str) -> Iterator[Span]:
    """What stands behind the label "谣言：", up to its truth."""
    for label in _LABEL.finditer(plain):
        end = min(len(plain), label.end() + _REACH)
        truth = _TRUTH.search(plain, label.end(), end)
        yield label.end(), truth.start() if truth else bounds.end(plain, label.end(), _SENTENCE, _REACH)
