"""Whose source of drinking water it is that nothing is drawn from: a city's, a county's, or a township's."""

import re

from analyzer.patterns import bounds

CITY, COUNTY = "intake_city", "intake_county"
_OFFICES = r"(?!级?(?:以上|人民|政府|生态|环保|应急|水利|水务|有关|相关|主管|部门|专家|领导|河长|财政))"
_CITY = re.compile(rf"(?<!非)(?<!不是)(?:设区的?市{_OFFICES}|地级市{_OFFICES}|市级(?=集中式|饮用水|水源))")
_COUNTY = re.compile(rf"(?<!非)(?<!不是)县级{_OFFICES}(?:[^，。；！？\n]{{0,8}}?市|集中式|饮用水|水源)|市[（(]县级")
_COUNTY_SOURCE = re.compile(
    r"县级(?:集中式|饮用水|水源)"
    r"|县(?:城|里|自来水|水厂|(?=[^，。；！？\n乡镇村]{0,2}(?:集中式|饮用水)))[^，。；！？\n]{0,12}(?:水源|取水|厂)"
)
"""A county's source in a city of districts is a county's."""
_COUNTY_SEAT = re.compile(r"(?<![从距离])县城(?![送运拉调])[^，。；！？\n]{0,14}水")
_TOWN_SOURCE = re.compile(r"[乡镇村](?:集镇|级|的){0,2}(?:集中式|饮用水|水源|自来水|水厂|取水)|乡镇级|农村饮水")
_TOWN_ITSELF = re.compile(r"主城区|中心城区")
_CAPITAL = re.compile(r"(?<!非)(?<!不是)(?:省会|首府|直辖市)[^，。；！？\n]{0,16}(?:水源|取水|水厂)")
_WHOLE_CITY = re.compile(r"全市[^，。；！？\n]{0,12}(?:水源|取水)")
_SMALLER = re.compile(r"县级|县城|(?<![\d个])县(?!委|政府)|乡镇|镇上")
"""Where such a place is named "全市" is its own."""
_OF_COUNTY = re.compile(r"县[^，。；！？\n]{0,4}$")
_WATER = re.compile(r"水源|取水|水厂")
_CUT = re.compile(r"停(?!车)|[中切]断|关[闭停了]")
_UNTOUCHED = re.compile(r"正常|(?:不|未|没有?)受[^，。；]{0,4}影响|达标|备用|应急|支援|驰援|增援|[从距]|送水|调水")
"""What a clause says of another source, or of one that is as it was."""
_SENTENCE = "。！？；\n"
_REACH = 200


def level(plain: str) -> str:
    """`CITY` or `COUNTY` where a text that tells of a cut says so; empty for a township's source, or an unnamed one."""
    told = _told(plain)
    county = _COUNTY_SOURCE.search(told)
    for said in (told, plain):  # The sentence of the source has the first word.
        if _CITY.search(said):
            return COUNTY if county else CITY
        if _COUNTY.search(said):
            return COUNTY
    if _TOWN_SOURCE.search(told):
        return ""
    if county or _COUNTY_SEAT.search(told):
        return COUNTY
    if _CAPITAL.search(told):
        return CITY
    itself = any(not _OF_COUNTY.search(told, 0, one.start()) for one in _TOWN_ITSELF.finditer(told))
    return CITY if itself or (_WHOLE_CITY.search(told) and not _SMALLER.search(plain)) else ""


def _told(plain: str) -> str:
    """The sentences that speak of a source of water, without what they say of others that flow."""
    sentences = dict.fromkeys(
        (bounds.begin(plain, one.start(), _SENTENCE, _REACH), bounds.end(plain, one.end(), _SENTENCE, _REACH))
        for one in _WATER.finditer(plain)
    )
    clauses = (clause for start, end in sentences for clause in plain[start:end].split("，"))
    return "，".join(clause for clause in clauses if _CUT.search(clause) or not _UNTOUCHED.search(clause))
