"""What platforms print below a post that tells of who wrote it: the device, and the region of its network address."""

import re

_DEVICES = "iphone|ipad|android|安卓|华为|荣耀|小米|红米|vivo|oppo|三星|魅族|一加|真我|realme|nova|mate"
_REGIONS = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏"
    "|新疆|香港|澳门|台湾|中国香港|中国澳门|中国台湾|海外|其他"
)
_END = r"(?=\s*(?:\n|\Z))"
_TRACES = re.compile(
    rf"[来发]自 ?(?:我的)? ?(?:[^\s，。！？：:]{{0,12}}(?:客户端|网页版)|(?:{_DEVICES})[^\n，。！？：:]{{0,16}}){_END}"
    rf"|IP ?(?:归?属地|所在地)(?:[:：] ?[\u4e00-\u9fff]{{2,8}}| ?(?:{_REGIONS}))"
    rf"|发布于 ?(?:{_REGIONS}){_END}",
    re.IGNORECASE,
)
_SIGNS = ("来自", "发自", "IP", "ip", "Ip", "发布于")
"""One of these stands in each of them."""


def without_traces(piece: str) -> str:
    """Take them out; what is nothing else is left empty."""
    return _TRACES.sub("", piece).strip() if any(map(piece.__contains__, _SIGNS)) else piece
