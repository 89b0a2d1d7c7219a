"""Official warning signals: colour, subject, and whether they are lifted."""

import re

from analyzer.model import WarningSignal
from analyzer.patterns.scan import plain_of

READ_TO = 20_000
"""Characters of a text that are read."""

_SUBJECTS = (
    "暴雨|强降雨|台风|高温|大风|雷雨大风|雷暴大风|雷电|冰雹|寒潮|低温|持续低温|霜冻|暴雪|道路结冰|大雾|霾|沙尘暴|沙尘|干旱|洪水|山洪灾害|山洪|江河洪水|地质灾害|森林火险|草原火险|森林草原火险|内涝|城市内涝|渍涝"
    "|积涝|强对流|海浪|风暴潮|重污染天气|空气重污染|干热风|水旱灾害|中小河流洪水|农业气象灾害|雪灾|雨雪冰冻|冰冻|雷雨|洪涝|地震|海啸|电力|大气污染|重污染|高森林火险|灰霾|强降水|暴雨洪涝"
)
_COLOURS = {"红": "red", "橙": "orange", "黄": "yellow", "蓝": "blue"}
_ORDER = ("blue", "yellow", "orange", "red")
_WARNING = re.compile(
    rf"(?P<subject>{_SUBJECTS})(?:灾害)?(?:气象)?(?:风险)?[\"”“』」']?(?:[（(]?[ivx\u2160-\u2163\u2170-\u2173一二三四1234]{{1,3}}级[）)]?)?[（(\"“『「']?(?P<colour>[红橙黄蓝])色?[）)]?(?:[（(]?[ivx\u2160-\u2163\u2170-\u2173一二三四1234]{{1,3}}级[）)]?)?(?:气象)?(?:风险)?预警"
    rf"|(?P<colour2>[红橙黄蓝])色(?P<subject2>{_SUBJECTS})(?:灾害)?(?:气象)?(?:风险)?预警"
    rf"|(?P<subject3>{_SUBJECTS})(?:灾害)?(?:气象)?(?:风险)?预警(?:信号)?[^，。；]{{0,10}}(?:升级|升格|提升|调整|变更|上调|降级|降)(?:为|至|到)(?P<colour3>[红橙黄蓝])色"
    rf"|预警[^。\n]{{0,40}}(?:升级|升格|提升|调整|变更|上调|降级|下调|降)(?:为|至|到)[^，。；]{{0,6}}(?P<colour4>[红橙黄蓝])色"
)
_LIFTED_BEFORE = re.compile(r"(?:解除|取消|撤销|终止)[^，。；、]{0,24}$")
_LIFTED_AFTER = re.compile(r"(?:信号)?[^，。；]{0,14}(?:解除|取消|撤销|终止)(?!后|前|时间)")
_REPLACED = re.compile(
    r"(?:信号)?[^，。；]{0,10}(?:升级|升格|提升|调整|变更|上调|降级|下调|降)(?:为|至|到)[^，。；]{0,6}(?P<colour>[红橙黄蓝])"
)


def warning(text: str) -> WarningSignal | None:
    """The official warning signal a text speaks of: the gravest in force, else one that is lifted."""
    plain = plain_of(text[:READ_TO])
    if "预警" not in plain:
        return None
    found = [signal for match in _WARNING.finditer(plain) if (signal := _signal(plain, match)) is not None]
    if not found:
        return None
    return max(found, key=lambda s: (not s.lifted, _ORDER.index(s.colour)))


def _signal(plain: str, match: re.Match[str]) -> WarningSignal | None:
    colour = next(filter(None, (match["colour"], match["colour2"], match["colour3"], match["colour4"])))
    subject = match["subject"] or match["subject2"] or match["subject3"] or ""
    replaced = _REPLACED.match(plain, match.end())
    if replaced is not None:
        colour = replaced["colour"]
    before = plain[max(0, match.start() - 30) : match.start()]
    lifted = bool(_LIFTED_BEFORE.search(before) or _LIFTED_AFTER.match(plain, match.end()))
    return WarningSignal(colour=_COLOURS[colour], subject=subject, lifted=lifted)
