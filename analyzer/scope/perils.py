"""Cries for somebody who hangs on and cannot much longer: danger to life that names no hazard."""

import re

_HOLDS = re.compile(
    r"(?:[抓抱扒攀拽挂吊趴困][着在住]?|(?:站|坐|蹲|骑|卡)[着在])[^，。！？；]{0,10}?"
    r"(?:树[枝干杈]?|树上|木头|浮木|桩|杆|绳|栏|桥墩|窗(?!口)|阳台|[房屋车]顶|墙头|石头|崖|礁|脚手架|救生圈|岩)"
)
_LOSES = re.compile(
    r"(?:坚持|[支硬]?撑|扛|抓|抱|拉|扒|拽|托)(?:不住|不了|不动)|(?:没|用光|耗尽)[了有]?力气?|没劲|[快要](?:掉|滑|沉|冲)[下走了]"
)
_PERILS = re.compile(r"[水河江湖海浪溪崖楼坡沟洪顶]|窗(?!口)|阳台|桥|悬|半空|高处")
"""Who holds on to something above water or a depth and cannot much longer is in danger, whatever the cause."""
_SHORT = 60
"""Characters of a cry for help; a longer text is told in more than these words."""


def hangs_on(text: str) -> bool:
    """Whether a short text cries so."""
    return len(text) <= _SHORT and all(told.search(text) for told in (_LOSES, _HOLDS, _PERILS))
