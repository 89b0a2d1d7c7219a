"""Forms of hotlines and mailboxes: a text is what stands in the fields, not their names nor what clerks put in.

A text counts for a form where it has a clerk's field (a number, a time of receipt, a state); what its other fields
say is all kept.
"""

import re

_PAPER = (
    "信件|工单|来信|来电|留言|投诉|诉求|案件|任务|流水|登记|查询|受理|事件|反映|咨询|问题|答复|回复|办理|求助|"
    "处理|来件|诉件"
)
_STEP = (
    "来信|来电|留言|受理|登记|提交|派单|派发|办结|接收|发布|回复|答复|截止|处理|创建|上报|咨询|反映|诉求|"
    "更新|发帖|写信|转办|办理|投诉|工单"
)
_TIME = r"\d{2,4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?: ?周.| ?星期.)?(?: ?\d{1,2}[:：时]\d{0,2}分?(?:[:：]?\d{0,2}秒?))?"
_IS = r"[：:]\s*"
_FIELDS = (
    rf"(?:{_PAPER})?(?:编号|单号|流水号|序号|查询码){_IS}[a-z0-9〔〕\[\]_-]{{2,30}}号?",
    rf"(?:(?:{_STEP})(?:时间|日期|时限)){_IS}{_TIME}",
    rf"(?:{_PAPER})?(?:当前)?(?:状态|进度|环节){_IS}(?:已|待|未|正在)?(?:受理|办理|处理|办结|回复|答复|派单|派发|审核|转办|归档|结案|签收|分派)中?",
    rf"(?:(?:紧急|重要|缓急)(?:程度|级别)|满意度|是否(?:公开|回访|保密|紧急|匿名)|(?:来电|来信|来件|诉求|信息|工单)(?:来源|渠道)){_IS}[^\s，。；：:【】|]{{1,8}}",
    rf"(?:来电人|来信人|反映人|诉求人|联系人|姓名|写信人|性别|(?:联系|来电)(?:方式|电话|号码)|电话){_IS}[^\s，。；：:【】|]{{1,12}}(?:【[^】]{{1,6}}】)?",
    rf"(?:承办|受理|主办|协办|责任|派往|转办)(?:单位|部门|科室){_IS}(?:待派|待定|暂无|无|未派)",
    rf"(?:{_PAPER})(?:类型|类别|性质|目的){_IS}(?:咨询|投诉|求助|建议|表扬|举报|其他|其它|诉求|感谢|意见)类?",
)
_WHEN = re.compile(
    rf"(?<![^\s，。；|】])(?:【(?:日期|时间)】|(?:日期|时间)[：:]\s*){_TIME}(?=[\s，。；|【]|$)[ ，。；]*"
)
_NAMES = (
    rf"(?:{_PAPER}|主要|具体|详细)?(?:内容|描述|详情|主题|标题|概述|摘要|正文|事项|类型|类别|地址|地点|区域)"
    r"|诉求|问题|备注|回复|答复|官方回复|附言|(?:承办|受理|主办|责任)(?:单位|部门)"
)
_LINED, _BRACKETED = "|".join(_FIELDS), "|".join(_FIELDS).replace(_IS, "】[ ：:]*")
CLERICAL = re.compile(rf"(?:(?<![^\s，。；|】])(?:{_LINED})|【(?:{_BRACKETED}))(?=[\s，。；|【]|$)[ ，。；]*")
_NAME = re.compile(rf"(?<![^\s，。；|】！？])(?:{_NAMES})[：:]\s*|【(?:{_NAMES})】[：:]?\s*")


def filled(text: str) -> str:
    """What a form is filled with; a text that has no clerk's field stays."""
    rest, clerical = CLERICAL.subn("", text)
    return _NAME.sub("", _WHEN.sub("", rest)) if clerical else text
