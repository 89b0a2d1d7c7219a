"""E-mail addresses, chat accounts and handles."""

import re
from collections.abc import Iterator

from crawlers.masking.span import Span

MAIL, ACCOUNT, HANDLE = "【邮箱】", "【账号】", "【用户】"

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9_%+\-][A-Za-z0-9._%+\-]{0,63} ?(?:@|\(at\)|\[at\]|（at）|#at#| at ) ?"
    r"[A-Za-z0-9\-]{1,63}(?:(?:\.|\(dot\)|\[dot\]| dot |。)[A-Za-z0-9\-]{1,63}){1,4}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@ ?(?!所有人|全体成员|\d+[度:.])[\w·\-]{1,30}")
_APP = "|".join(
    (
        *("微信", "薇信", "威信", "徽信", "微x", "薇x", "v信", "v❤", "➕v", "加v", "加微", r"\+v", "wechat", "weixin"),
        *(
            r"(?<![a-z])(?:wx|vx|v)(?=号?[:： ])",
            r"(?<![a-z])(?:wx|vx)(?=[a-z0-9_\-]*\d)",
            "qq",
            "扣扣",
            "企鹅(?=号|[:： ]*[0-9])",
            "q群",
        ),
        *(
            "钉钉",
            "抖音",
            "快手",
            "小红书",
            "微博",
            "知乎",
            "豆瓣",
            "贴吧",
            "b站",
            "哔哩",
            "飞书",
            "陌陌",
            "支付宝",
            "闲鱼",
        ),
        *(
            "telegram",
            "电报",
            "tg(?=[:：号])",
            "whatsapp",
            "line(?=[:：])",
            "skype",
            "facebook",
            "twitter",
            "instagram",
            "推特",
            "脸书",
        ),
    )
)
_LINK = (
    r"(?:(?:群|公众)?(?:账号|帐号|号码|号|id|名|昵称|用户名)|搜索?|联系|加我|加|同号|就?是|为|同|叫"
    r"|[:：= \"“'‘(（]|-->|→){0,4}"
)
# What the apps' names begin with: without that look every place would be tried for each of them.
BEGINS_APP = "微薇威徽vV❤➕加+wWxXqQ扣企钉抖快小知豆贴bB哔飞陌支闲tT电lLsS\u017ffFiI\u0130\u0131推脸"
_CHAT = re.compile(
    rf"(?=[{BEGINS_APP}])(?:{_APP})(?P<link>{_LINK})(?P<id>[a-z0-9_\-][a-z0-9_\-.]{{4,29}}|[a-z0-9_\-]{{4,30}})",
    re.IGNORECASE,
)
_CHAT_NAME = re.compile(
    r"(?:昵称|网名|用户名|(?:微信|抖音|快手|小红书|微博|QQ|qq)(?:号|名|昵称|账号|帐号))\s?"
    r"(?:(?:是|为|叫|[:：])\s?[\"“'‘「]?|[\"“'‘「])"
    r"(?P<id>[\w·\-]{2,20})"
)
NAMED = ("昵称", "网名", "用户名", "微信", "抖音", "快手", "小红书", "微博", "QQ", "qq")
# An account that no app's name announces: 加abc123进群, 搜 66012345 拉你.
_ADDED = re.compile(
    r"(?:(?<![增追累外附叠])加|搜索?|私信?|联系)(?:一下|我|他|她)?[:： ]?"
    r"(?P<id>(?=[a-z0-9_\-]*[a-z_])(?=[a-z0-9_\-]*[0-9_])[a-z0-9_\-]{5,30}|\d{6,11})"
    r"(?= ?(?:[进入拉]|备注|好友|私聊|聊|详谈|同号))",
    re.IGNORECASE,
)
ADDS = "加搜私联"
_ADDS = re.compile(f"[{ADDS}]")
# The last four are small letters of that class, too, where case is ignored. A class at the head is looked for at once.
IN_ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_\u0130\u0131\u017f\u212a-"
_HAS_CHAT = re.compile(f"[{IN_ID}][{IN_ID}]{{3}}")


def find(shadow: str) -> list[Span]:
    """Return the accounts of persons in a folded text."""
    spans: list[Span] = []
    if "@" in shadow or "at" in shadow or "AT" in shadow:
        spans += ((*match.span(), MAIL) for match in _MAIL.finditer(shadow))
        spans += ((*match.span(), HANDLE) for match in _HANDLE.finditer(shadow))
    if _HAS_CHAT.search(shadow):
        spans += (chats := [*_chats(shadow)])
        if _ADDS.search(shadow):
            known = {end for _, end, _ in chats}
            added = (match.span("id") for match in _ADDED.finditer(shadow))
            # 加qq66012345: the app's name is no part of it.
            spans += ((start, end, ACCOUNT) for start, end in added if end not in known)
    if ("名" in shadow or "称" in shadow or "号" in shadow) and any(word in shadow for word in NAMED):
        spans += ((*match.span("id"), HANDLE) for match in _CHAT_NAME.finditer(shadow))
    return spans


def _chats(shadow: str) -> Iterator[Span]:
    for match in _CHAT.finditer(shadow):
        account = match["id"]
        digits = sum(character.isdigit() for character in account)
        # A word after the app's name ("微信Windows版", "微信2026年") is an account only when something says so.
        said = match["link"].strip() != ""
        if digits == len(account):
            follows = shadow[match.end() : match.end() + 1]
            if digits >= 5 and follows not in _MEASURES:
                yield *match.span("id"), ACCOUNT
        elif said or digits or "_" in account:
            yield *match.span("id"), ACCOUNT


_MEASURES = frozenset("元块万亿人户年月日个名次条")
