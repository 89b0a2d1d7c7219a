"""Figures with their measure word and what qualifies them."""

import re

from analyzer.facts.lexicon import PERSON
from analyzer.facts.numerals import NUMERAL, parse
from analyzer.model import Qualifier
from analyzer.patterns.expressions import branched

BEFORE = (
    "不止|大约|大概|约莫|将近|接近|约有|约为|约计|差不多|估计|不足|不到|不超过|至多|最多|至少|不少于|不低于|超过|不下于?|起码|少说|约|(?<![附最靠临])近|快|超|逾|突破"
    "|上(?=[百千万])|多达|高达|足足|整整|满"
)
AFTER = "[余多来几]"
TAIL = "以上|左右|上下|之多|许"
PEOPLE = (
    r"个?人(?!次|份|间|民|均(?=[收消价摊产住可耗支寿薪工费月年日约达超每分一二三四五六七八九十\d用贡国预纯资负拥占水粮花仅只才])|行|工|才(?![来能会算修有开意重管被])|生(?!还|命|死)|体|物|座|制|家|流|居)|名(?!单|义|字|誉|牌|为|叫)|位(?!于|置)|号人|(?<=[十百千余多来])号(?=工人|村民|员工|职工|学生|乘客|旅客|游客|乡亲|居民)|口子?人?(?!罩|子里)|例|具|对(?=母女|父子|夫妻|夫妇|情侣|兄弟|姐妹|姐弟|母子|父女|老人|恋人|新人|小夫妻|年轻|[^，。；、]{0,6}夫[妻妇]|[^，。；、]{0,4}(?:兄弟|姐妹|情侣))"
    r"|条(?=[^，。]{0,4}(?:生命(?!之|线|通道|安全|财产)|人命|性命)|命(?![题令中案名运脉]))"
    r"|个(?!字|词|群体|人群|多?小时|多?月|半|多?钟|多?星期|多?礼拜|小区|乡|镇|村|屯|寨(?!主)|庄(?![主家])|院|湾|片|自然村|县|市|区|街道|社区|省|点|站|班|年级|单位|企业|家庭|项目|问题|电话|房|楼|单元|路口|井|水|临时|集中|安置|避[险灾难]|部门|方面|学校|工地|多?昼夜|百分|村民小组|小组|科目|乡镇|村庄|岗位|环节)"
)
_ABOUT = {
    "大约",
    "大概",
    "约莫",
    "将近",
    "接近",
    "约有",
    "约为",
    "约计",
    "差不多",
    "估计",
    "不足",
    "不到",
    "不超过",
    "至多",
    "最多",
    "约",
    "近",
    "快",
}
_AT_LEAST = {"不止", "至少", "不少于", "不低于", "超过", "不下", "不下于", "起码", "少说", "超", "逾", "突破", "上"}

APART = (
    r"，。；、！？的和与\d公里岸辆起台架艘场次些岁旬户半年月日天层级号点分秒米度只"
    "市县区镇乡村屯元楼栋幢室床桌路班组队车排群批伙帮拨个"
)
"""What never stands between a bare numeral and the word for those whom it counts."""
NAMED = (
    r"亚|安(?!徽|全|保)|面坡|江(?![西苏])|明(?!星)|平|常|堰|步|河(?![南北])"
    r"|原|台(?!湾)|水|都|峰|莲|枝|寨|门峡|里|道|中(?!年|学生|专)|七"
)
"""What behind a bare numeral makes it a town: 九江, 三亚, 四平."""
PERSON_AMOUNT = (
    rf"(?:(?P<before>{BEFORE})\s?)?(?:(?P<low>{NUMERAL})(?:[人名]?[至到~-]))?(?!(?<=[大高初研])[一二三四])(?P<numeral>{NUMERAL})\s?(?P<after>{AFTER})?\s?"
    rf"(?P<unit>{PEOPLE}|(?<=[俩仨])|(?=重伤|轻伤|轻微伤|失踪|失联|遇难|受伤|中毒)|(?:(?<![百千万亿])|(?<=\d万))(?![百千万亿])(?!{NAMED})(?=[^{APART}]{{0,2}}?(?:{branched(PERSON)})(?![园院会节街路站团]|医院|公园|联合会|宿舍|食堂|之家|公寓|餐厅|中心)))(?P<tail>{TAIL})?"
)


_BELOW = re.compile(r"不足|不到|未满|(?:将近|接近|近|快)(?!年)")
_ABOVE = re.compile(r"超过|超|逾|不止|突破|.{0,12}[\d十百千万亿][余多]")


def lean(figure: str) -> int:
    """On which side of a figure, given with its own words, the true one lies: "近30人" below, "30余人" above."""
    return -1 if _BELOW.match(figure) else int(_ABOVE.match(figure) is not None)


def quantity(numeral: str, before: str | None, after: str | None, tail: str | None) -> tuple[float, Qualifier] | None:
    """Value and qualifier of a figure; None where the numeral is none."""
    number = parse(numeral)
    if number is None:
        return None
    if before in _ABOUT or after == "来" or tail in {"左右", "上下", "许"}:
        return number.value, Qualifier.ABOUT
    if before in _AT_LEAST or after or tail == "以上":
        return number.value, Qualifier.AT_LEAST
    return number.value, Qualifier.NONE if number.value == 0 else number.qualifier


def of_match(match: re.Match[str]) -> tuple[float, Qualifier] | None:
    """Value and qualifier of a `PERSON_AMOUNT` match; of a range the lower end."""
    low = match["low"]
    if low:
        number = parse(low)
        return None if number is None else (number.value, Qualifier.ABOUT)
    return quantity(match["numeral"], match["before"], match["after"], match["tail"])
