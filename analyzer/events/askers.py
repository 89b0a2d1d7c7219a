"""Who only asks whether something has happened ("南桥是塌了吗？有人知道吗"): a question is no witness of it."""

import re

from analyzer.patterns.expressions import guarded

LONGEST = 80
"""Characters of a post that may be a mere question; who writes more tells something."""
_CLAUSE = re.compile(r"([^，,。！!？?；;：:、~～…\n]+)([，,。！!？?；;：:、~～…\n]*)")
_HAPPENING = (
    "(?:着火|起火|失火|火灾|大火|爆炸|炸|事故|车祸|撞车|相撞|追尾|翻车|坍塌|倒塌|塌方|垮塌|塌|垮|滑坡|泥石流|山洪|决堤|决口|溃坝|溃|漏气|泄漏|泄露"
    "|地震|沉(?!没)|出事|死人|中毒|踩踏|停[水电气]|沉没|坠楼|跳楼|落水)"
)
_WHETHER = guarded(
    rf"(?:是不是|是否|有没有|有无|难道|莫非|不会是|真的|真|到底)[^，。；！？\n]{{0,12}}?{_HAPPENING}"
    rf"|{_HAPPENING}(?:了|啦|过|的)?(?:吗|么|嘛|没有?|没{_HAPPENING})(?:啊|呀|呢)?$"
    r"|(?:是真|真|有|真有)的?(?:这回?事)?(?:吗|假)|真假|属实"
    r"|(?:发生|出)了?(?:什么|啥)(?:大?事|情况)?|(?:怎么|咋|啥|什么|怎么个)(?:回事|情况)"
)
_ECHOED = guarded(rf"{_HAPPENING}(?:了|啦|过|的)?(?:啊|呀|吧|哦|呢)?$")
"""At the end of a clause with a question mark: "南桥塌了？"."""
_FILLER = re.compile(
    r"(?:[有没]人|谁|哪位|大家|知情|懂的|知道)[^，。]{0,4}(?:知道|了解|在现场|在附近|清楚|看到|晓得|懂|说一?[声下]|吱|讲)|求[问解助告知真证大]|请问|想?问(?:一?下|问)|在线等|如题|^急+$|求知情|听说|传|说一?[声下]|吱[一个]?声|讲一?[声下]"
    r"|^(?:怎么|咋|啥|什么)了$|^好奇|^(?:坐标|本地|大佬|老铁|朋友|各位|那个|诶|哎|啊|天|我去|卧槽|吓人|好奇|蹲|mark|蹲一?个?后?续?)[们呐哪呀啊]{0,2}$"
)
"""What stands around a question and tells nothing."""
_FIGURE = re.compile(
    r"\d[多余]?[个名人死伤]|[一二两三四五六七八九十百几][多十百]?[个名]|[死伤亡困埋]了?[一二两三四五六七八九十几]"
)
"""Who passes on a figure tells something, unless it is what he asks."""
_WHOLE = guarded(r"(?:是真|真|有)的?(?:这回?事)?(?:吗|假)|真假|属实")
"""Whether all that a clause says is so: "厂里爆炸死了八个人是真的吗"."""
_ASKS = frozenset("？?吗么没嘛不否")


def only_asks(text: str) -> bool:
    """Whether every clause of a text asks whether something has happened, or says nothing."""
    if len(text) > LONGEST or _ASKS.isdisjoint(text):
        return False
    asked = False
    for clause in _CLAUSE.finditer(text):
        said = clause[1].strip()
        if _passes_on(said):
            return False
        if _WHETHER.search(said) or (("？" in clause[2] or "?" in clause[2]) and _ECHOED.search(said)):
            asked = True
        elif said and not _FILLER.search(said):
            return False
    return asked


def _passes_on(said: str) -> bool:
    """Whether a clause tells a figure, and does not ask whether it is so."""
    figure, asked = _FIGURE.search(said), _WHETHER.search(said)
    if figure is None or _WHOLE.search(said):
        return False
    return asked is None or figure.start() < asked.start()
