"""Why a text is no YAML, in the words of the person who wrote it."""

import re

from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

_MARKS = {"：": "冒号用了中文“：”，请改为英文冒号，后面空一格", "，": "逗号用了中文“，”，请改为英文逗号"}
_KEY = re.compile(r"^[\s\-{,]*+[\w.+]+")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+(?:\"|$)|'[^']*+(?:'|$)")
_UNKNOWN = "与上下行没有对齐，或冒号后缺空格，或引号、括号不成对，请检查"


def where(error: MarkedYAMLError) -> int:
    """Line (from 1) at which reading stopped."""
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def why(error: MarkedYAMLError, text: str) -> str:
    """What is wrong there, as a clause with the way out; in doubt, what usually is."""
    if isinstance(error, DuplicateKeyError):
        key = re.search(r'duplicate key "([^"]*)"', str(error.problem))
        return f"同一处写了两个“{key[1]}”，请删去一个" if key else "同一处写了两个同名的项，请删去一个"
    lines = text.splitlines()
    at = where(error) - 1
    for line in (lines[at] if at < len(lines) else "", lines[at - 1] if at else ""):
        found = _told(line)
        if found:
            return found
    return _UNKNOWN


def _told(line: str) -> str:
    """What one line has that YAML cannot read; empty when nothing catches the eye."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "缩进用了制表符（Tab），请改为空格"
    if "\u3000" in indent or "\xa0" in indent:
        return "缩进用了全角空格，请改为半角空格"
    bare = _QUOTED.sub("", line).split(" #", 1)[0]
    key = _KEY.match(bare)
    if key and bare[key.end() : key.end() + 1] == "：":
        return _MARKS["："]
    if any(mark in bare for mark in "{["):
        for mark, said in _MARKS.items():
            if mark in bare:
                return said
    if any(bare.count(left) != bare.count(right) for left, right in ("{}", "[]")):
        return "括号没有成对，请检查 { } 和 [ ]"
    return ""
