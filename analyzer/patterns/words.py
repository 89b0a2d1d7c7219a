"""Words of a regular expression, told without running it: those it cannot do without, and those it begins with."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import Any

from analyzer.patterns.expressions import NO_TEXT, REPEATS, alternatives, firsts, listed_class, once, parser

_MOST = 600
"""Words that one part of a pattern may expand to."""
_CLASS = 40
_AHEAD = 1
"""The direction of an assertion that looks forward."""
_CHARACTERS = {
    250: ("，。的一了人在上不个有1三到十下时天2来是里没说小“”年请子0水"),
    110: (
        "大出两日全后车公发老3电中开：、6地月8工二都已就要用过着4点生区四还前道停面口今起去被能通场5行名员现"
        "机9路市成部多那这次得间为看头楼7好把"
    ),
    60: (
        "学五管可进手打经会报事回位新高百气关六户于以外半动房院晚第医从对线住最走查夜接也至站火主八无者收定处"
        "单万伤因复交作度昨七等受本周告保明断修先送？孩问救重带检入当放正体:排加知县号热内计心"
    ),
    33: (
        "死午实风消应急山结将清办情元装供网转完九t示调.流几再整-未设预改响早千并雨别让系亡务病！护空厂近与服"
        "警吃级退片底所比信数压金测快布+证失连约余离又往倒运件故影园照共烧；由石落听文屋联写块群监身目原教声"
        "你a均河置掉立常室窗红力跑感集坐西海晨造险梯果如才恢补按超铁想镇之拉施顶制灯解及毒塌爆食据首"
    ),
}
"""Characters by in how many of a thousand posts they stand, as counted in some thousands of many kinds."""
_PAIRS = {
    35: (
        "一个 没有 我们 了一 小时 二十 人员 孩子 分钟 今天 部门 医院 公司 老人 电话 个人 现在 四十 一次 已经 "
        "三十 恢复 两个 关于 第一 小区 死亡 了三 三个 的人 出来 居民 不能 发生 消防 昨天 十一 十二 影响 学校 "
        "安全 有一 发现"
    ),
    14: (
        "通知 全部 物业 学生 事故 下来 不要 十分 下午 服务 应急 个小 第二 情况 电梯 十年 今日 受伤 晚上 大家 "
        "去年 起来 不是 三天 凌晨 出现 可以 公告 问题 老板 通报 正在 手机 一条 上午 来了 小学 昨晚 造成 救援 "
        "第三 结果 老师 演练 地震 都没 中心 都是 进行 没人 到了 群众 几个 社区 司机 工人 还在 截至 家长 四个 "
        "年前 检测 以上 市民 公交 了四 停电 燃气 全市 十八 走了 看到 里面 家里 十多 一起 公布 一名 一年 是一 "
        "十六 转移 部分 发布 早上 显示 朋友 我妈 登记 完成 系统 师傅 伤亡 医生 十七 三年 报告 开展 今晚 来电 "
        "回来 数据 断了 工资 期间 业主 联系 作业 处理 村里 夜间 不到 十五"
    ),
    8: (
        "一半 起火 使用 五十 办理 过去 抢修 十四 平台 公示 我爸 政府 工地 建议 调查 酒店 正常 邻居 项目 供电 "
        "十三 爆炸 投诉 遇难 地铁 供水 请问 一位 设备 五个 中毒 夜里 安排 记录 没了 用户 信号 交通 通过 被困 "
        "更换 都在 百多 你们 中午 工程 立即 疫情 名字 教育 提醒 谢谢 以后 上来 超过 还没 安置 进去 十九 停了 "
        "模拟 三次 说明 坏了 找到 食堂 车上 停车 半夜 管道 当年 启动 宿舍 累计 火灾 病毒 去了 严重 过来 奶奶 "
        "表示 街道 组织 消息 报警 两名 监测 处置 一小 视频 七个 村民 一人 照片 领导 泄漏 底下 女儿 预警 幼儿 "
        "六个 告诉 收起 失联 送医 上了 公开 患者 一场 吃了 动车 住院 身份 疏散 标准 紧急 线路 小孩 您好 供热 "
        "中学 规定 断电 楼上 合格 好的 整改 二天 那天 生命 中断 暂停 请勿 乘客 二楼 引发 告知 滑坡 疾控 病例 "
        "损失 不足 自动 信息 下面 台风 答复 下降 打了 万人"
    ),
}
"""The same of words of two characters."""
_BY_LENGTH = {1: 8, 2: 0.6, 3: 0.06}
"""The same of all others, by their length, at a guess."""
_COUNTED = {char: share for share, chars in _CHARACTERS.items() for char in chars} | {
    word: share for share, words in _PAIRS.items() for word in words.split()
}
_GROUP = re.compile(r"(?P<opening>\(\?P<\w+>)(?P<inner>.*)\)", re.DOTALL)
Words = frozenset[str]
_NOTHING: Words = frozenset(("",))
_expanded: dict[int, tuple[Any, Words | None]] = {}
"""Elements of the pattern looked at, by identity, and what they expand to: it is asked for at every level above."""


@once
def necessary(pattern: str) -> Words | None:
    """Words of which every match of `pattern` contains at least one; None where there are none."""
    _expanded.clear()
    return _shortest(_necessary(parser.parse(pattern)))


def _shortest(words: Words | None) -> Words | None:
    """Without those that contain another one."""
    if words is None:
        return None
    parts = ({word[at:end] for at in range(len(word)) for end in range(at + 1, len(word) + 1)} for word in words)
    return frozenset(word for word, inside in zip(words, parts, strict=True) if inside & words == {word})


def _necessary(parsed: Iterable[tuple[Any, Any]]) -> Words | None:
    """The best necessary words of a sequence: those of the run of fixed characters that is seen least."""
    best: Words | None = None
    run = _NOTHING
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            if name == "ASSERT" and run == _NOTHING:
                run = _behind(*value)
            best = _better(best, _asserted(run, *value) if name == "ASSERT" else None)
            continue
        fixed = _expand(name, value)
        joined = _product(run, fixed) if fixed else None
        if joined is not None:
            run = joined
            continue
        best = _better(_better(best, run), _run_on(run, [(code, value)]))
        if fixed is None:
            best = _better(best, _inside(name, value))
        run = _ends(run, name, value)
    return _better(best, run)


def _behind(direction: int, parsed: Any) -> Words:
    """What must stand right before a place, by a look back there: it begins a run like what is matched."""
    before = _expand_all(parsed) if direction != _AHEAD else None
    return before if before and "" not in before else _NOTHING


def _asserted(run: Words, direction: int, parsed: Any) -> Words | None:
    """Necessary words of what must stand beside: what stands ahead is joined to the run before it, too.

    Alone only longer words are worth it; a look at one character is a guard.
    """
    ahead = direction == _AHEAD
    alone = _necessary(parsed) if ahead else _expand_all(parsed)
    telling = alone if alone and min(map(len, alone)) > 1 else None
    joined = _run_on(run, parsed) if ahead and "" not in run else None
    return _better(joined, telling)


def _product(firsts: Words, seconds: Words) -> Words | None:
    """Each of the first words before each of the second; None where they are too many."""
    return frozenset(a + b for a in firsts for b in seconds) if len(firsts) * len(seconds) <= _MOST else None


def _ends(run: Words, name: str, value: Any) -> Words:
    """What a text ends with behind an element: where that may be missing, as it did before or as the element does."""
    if name not in REPEATS or value[0] > 0:
        return _last(name, value)
    ends = run | _last_of(value[2])
    return ends if "" not in ends and len(ends) <= _MOST else _NOTHING


def _run_on(run: Words, parsed: Any) -> Words | None:
    """A run with what must stand right behind it, or with its first characters alone where those are too many words."""
    begun = _opening_words(parsed)
    return _product(run, begun) or _product(run, frozenset(word[:1] for word in begun))


def _last(name: str, value: Any) -> Words:
    """What an element must end with; nothing where that cannot be listed."""
    fixed = _expand(name, value)
    if fixed:
        return fixed
    if name == "SUBPATTERN":
        return _last_of(value[3])
    if name == "BRANCH":
        ends = list(map(_last_of, value[1]))
        return frozenset().union(*ends) if all("" not in words for words in ends) else _NOTHING
    if name in REPEATS and value[0] > 0:
        return _last_of(value[2])
    return _NOTHING


def _last_of(parsed: Iterable[tuple[Any, Any]]) -> Words:
    elements = [(str(code), value) for code, value in parsed if str(code) not in NO_TEXT]
    if not elements:
        return _NOTHING
    ends = _last(*elements[-1])
    if ends == _NOTHING or "" not in ends:
        return ends
    before = _last_of(elements[:-1])
    return _NOTHING if "" in before else (ends - _NOTHING) | before


@once
def beginnings(pattern: str) -> dict[str, str]:
    """Words, of which every match of `pattern` begins with one, and those alternatives that may begin with the word.

    No word begins with another one. Raises ValueError where an alternative may begin with anything.
    """
    _expanded.clear()
    leaves = list(_leaves(pattern))
    begun = [_openers(parser.parse(text)) for _, text in leaves]
    listed = frozenset().union(*begun)
    if "" in listed:
        raise ValueError(f"it may begin with anything: {pattern}")
    found: dict[str, dict[int, None]] = {}
    for number, words in enumerate(begun):
        for word in words:
            shortest = next(word[:end] for end in range(1, len(word) + 1) if word[:end] in listed)
            found.setdefault(shortest, {})[number] = None
    return {word: _joined(leaves[number] for number in numbers) for word, numbers in found.items()}


_Leaf = tuple[str, str]
"""The opening of the named group that an alternative stands in, if any, and the alternative."""


def _leaves(pattern: str) -> Iterator[_Leaf]:
    for branch in alternatives(pattern):
        group = _GROUP.fullmatch(branch)
        alone = group is not None and len(alternatives(f"{branch[:-1]}|)")) == 1
        if group is not None and alone and "(?P<" not in group["inner"]:
            yield from ((group["opening"], inner) for inner in alternatives(group["inner"]))
        else:
            yield "", branch


def _joined(leaves: Iterable[_Leaf]) -> str:
    groups = groupby(leaves, key=itemgetter(0))
    texts = [(opening, "|".join(text for _, text in inside)) for opening, inside in groups]
    return "|".join(f"{opening}{text})" if opening else text for opening, text in texts)


def _openers(parsed: Iterable[tuple[Any, Any]]) -> Words:
    """All that a sequence may begin with: words as long as can be listed, else its first characters."""
    elements = [element for element in parsed if str(element[0]) not in NO_TEXT]
    begun = _opening_words(elements)
    if "" not in begun:
        return begun
    if elements and str(elements[0][0]) in REPEATS:
        begun = _openers(elements[0][1][2]) | _openers(elements[1:])
        if "" not in begun:
            return begun
    chars, empty = firsts(elements)
    return begun if chars is None or empty else frozenset(chars)


def _opening_words(parsed: Iterable[tuple[Any, Any]]) -> Words:
    begun: Words = _NOTHING
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            continue
        fixed = _expand(name, value)
        further = fixed or _opening(name, value)
        if further is None or (len(begun) > 1 and len(begun) * len(further) > _MOST):
            return begun
        begun = frozenset(a + b for a in begun for b in further)
        if fixed is None:
            return begun
    return begun


def _opening(name: str, value: Any) -> Words | None:
    """What an element may begin with that has no finite list of texts; None where that cannot be listed."""
    if name == "IN":
        chars = listed_class(value)
        return None if chars is None else frozenset(chars)
    if name == "SUBPATTERN":
        return _openers(value[3])
    if name == "BRANCH":
        return frozenset().union(*map(_openers, value[1]))
    if name in REPEATS and value[0] > 0:
        return _openers(value[2])
    return None


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The set of whose words fewer are to be expected in a text."""
    if other is None or "" in other:
        return one
    if one is None:
        return other
    # Summed exactly: rounding would depend on the order of a set, which each process has its own way.
    return min(one, other, key=lambda words: (fsum(map(_frequency, words)), len(words)))


def _frequency(word: str) -> float:
    """In how many of a thousand texts a word may stand; one in twenty of a pair goes on with the same character."""
    if word in _COUNTED:
        return _COUNTED[word]
    pairs = (_COUNTED.get(word[at : at + 2], 0) for at in range(len(word) - 1))
    return max(_BY_LENGTH.get(len(word), 0.02), max(pairs, default=0) / 20.0 ** (len(word) - 2))


def _inside(name: str, value: Any) -> Words | None:
    """Necessary words of an element that has no finite list of texts."""
    if name == "SUBPATTERN":
        return _necessary(value[3])
    if name == "BRANCH":
        found = [_necessary(branch) for branch in value[1]]
        return None if any(words is None for words in found) else frozenset().union(*filter(None, found))
    if name in REPEATS and value[0] > 0:
        return _necessary(value[2])
    return None


def _expand(name: str, value: Any) -> Words | None:
    """All texts of an element, where they are few."""
    if name == "LITERAL":
        return frozenset((chr(value),))
    if id(value) not in _expanded:
        _expanded[id(value)] = value, _expansion(name, value)
    return _expanded[id(value)][1]


def _expansion(name: str, value: Any) -> Words | None:
    if name == "IN":
        return _members(value)
    if name in {"MAX_REPEAT", "MIN_REPEAT"} and tuple(value[:2]) == (0, 1):
        inner = _expand_all(value[2])
        return None if inner is None else inner | {""}
    if name == "SUBPATTERN":
        return _expand_all(value[3])
    if name == "BRANCH":
        found = [_expand_all(branch) for branch in value[1]]
        whole = None if any(words is None for words in found) else frozenset().union(*filter(None, found))
        return whole if whole is not None and len(whole) <= _MOST else None
    return None


def _expand_all(parsed: Iterable[tuple[Any, Any]]) -> Words | None:
    """All texts of a sequence, where they are few."""
    texts: Words = _NOTHING
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            continue
        part = _expand(name, value)
        if part is None or len(texts) * len(part) > _MOST:
            return None
        texts = frozenset(a + b for a in texts for b in part)
    return texts


def _members(members: Iterable[tuple[Any, Any]]) -> Words | None:
    """Characters of a class, None for a negated or a large one."""
    found: set[str] = set()
    for code, value in members:
        if str(code) == "LITERAL":
            found.add(chr(value))
        elif str(code) == "RANGE" and value[1] - value[0] < _CLASS:
            found |= {chr(point) for point in range(value[0], value[1] + 1)}
        elif str(value) == "CATEGORY_DIGIT":
            found |= set("0123456789")
        else:
            return None
    return frozenset(found) if len(found) <= _CLASS else None
