"""Texts that teach what a name is: own sentences with generated names, real ones with a generated name put in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import rjieba

from crawlers.masking.evidence import PLAIN
from crawlers.masking.lexicon import ADDRESSES, DOUBLE_SURNAMES, GIVEN, PLACE_ENDS, RARE_SURNAMES, SURNAMES
from crawlers.text import fold

# The hundred most common surnames in the order of their number (public security statistics), which others follow.
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_SENTENCE = re.compile(r"[^。！？!?\n]{6,90}[。！？!?\n]?")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Taught:
    """A folded text with where its names are; `unsure` are stretches of which nothing is known."""

    text: str
    names: frozenset[tuple[int, int]]
    unsure: frozenset[tuple[int, int]] = frozenset()


class Inventor:
    """Names and texts by chance; the same seed tells the same."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = Random(seed)  # noqa: S311  # nothing secret
        self._given = _lines(folder / "given.txt", " ")
        self._words = _lines(folder / "words.txt", " ")
        self._names_too = _lines(folder / "words_as_names.txt", " ")
        self._nicknames = _lines(folder / "nicknames.txt", " ")
        self._roles = _lines(folder / "people.txt", " ")
        self._left, self._right = _lines(folder / "left.txt", "|"), _lines(folder / "right.txt", "|")
        self._carriers, self._others = _lines(folder / "carriers.txt", None), _lines(folder / "others.txt", None)
        self._parts = {kind: parts for kind, *parts in map(str.split, _lines(folder / "parts.txt", None))}
        self._stand_ins = frozenset(_lines(folder / "stand_ins.txt", " "))
        self._first = [name[0] for name in self._given]
        self._last = [name[-1] for name in self._given if len(name) == 2]
        self._common, self._weights = list(_COMMON), [1 / (rank + 8) for rank in range(len(_COMMON))]
        self._all, self._rare = sorted(SURNAMES), sorted(RARE_SURNAMES)
        self._addresses = sorted(ADDRESSES)
        self._double, self._characters = sorted(DOUBLE_SURNAMES), sorted(GIVEN)

    def full_name(self) -> str:
        surname = self._surname()
        for _ in range(20):
            given = self._given_name()
            if self._rng.random() < 0.1:
                given = self._rng.choice(self._characters)
                if not rjieba.has_word(surname + given):
                    continue
            return surname + given
        return surname + self._rng.choice(self._given)

    def _surname(self) -> str:
        chance = self._rng.random()
        if chance < 0.62:
            return self._rng.choices(self._common, self._weights)[0]
        return self._rng.choice(self._all if chance < 0.95 else self._double if chance < 0.98 else self._rare)

    def _given_name(self) -> str:
        chance = self._rng.random()
        if chance < 0.5:
            return self._rng.choice(self._given)
        if chance < 0.75:
            return self._rng.choice(self._first) + self._rng.choice(self._last)
        if chance < 0.87:
            return self._rng.choice(self._characters) + self._rng.choice(self._characters)
        if chance < 0.92:
            return self._rng.choice(self._nicknames)
        return self._rng.choice(self._characters)

    def any_name(self) -> str:
        """A name as it stands for itself: mostly full, some without surname, some with a dot."""
        chance = self._rng.random()
        if chance < 0.9:
            return self.full_name()
        if chance < 0.95:
            kind = self._rng.choice(("tibetan", "mongol", "uyghur"))
            return "".join(self._rng.choices(self._parts[kind], k=self._rng.choice((1, 1, 2))))
        return f"{self._part()}•{self._part()}"

    def _part(self) -> str:
        if self._rng.random() < 0.4:
            return self._rng.choice(self._parts["uyghur"])
        return self._rng.choice(self._parts["given"]) + self._rng.choice(["", *self._parts["end"]])

    def familiar(self) -> str:
        if self._rng.random() < 0.2:
            return "阿" + self._rng.choice([name for name in self._given if len(name) == 1])
        return self._rng.choice("老小") + self._rng.choices(self._common, self._weights)[0]

    def place(self) -> str:
        chance = self._rng.random()
        if chance < 0.15:
            return f"{self._rng.choice(self._parts['brand'])}•{self._rng.choice(self._parts['estate'])}"
        if chance < 0.35:
            return self._rng.choice(self._common) + self._rng.choice(self._parts["family"])
        surname = self._rng.choice((*self._all, *self._common, ""))
        return surname + self._given_name() + self._rng.choice(self._parts["place"])

    def firm(self) -> str:
        surname = self._rng.choice((*self._all, *self._common, ""))
        return surname + self._rng.choice((self._given_name(), "记", "氏")) + self._rng.choice(self._parts["firm"])

    def carried(self, times: int) -> Iterator[Taught]:
        for template in self._carriers * times:
            yield self.filled(template if self._rng.random() < 0.9 else template.replace("{n}", "{w}"))

    def between(self, count: int) -> Iterator[Taught]:
        """A name, often with a role, between what may stand on its left and on its right."""
        marks = ["，", "。", "：", "、", "\n", " ", "", "“", "（", "！"]
        for _ in range(count):
            left = self._rng.choice(self._left) if self._rng.random() < 0.6 else self._rng.choice(marks)
            role = self._rng.choice(self._roles) if self._rng.random() < 0.4 else ""
            right = self._rng.choice(self._right) if self._rng.random() < 0.75 else self._rng.choice(marks)
            slot = self._rng.choices(("{n}", "{h}", "{o}", "{n}、{m}", "{w}"), (76, 5, 5, 6, 8 * bool(role)))[0]
            yield self.filled(f"{left}{role}{slot}{right}{self._rng.choice(self._right + marks)}")

    def words_between(self, count: int) -> Iterator[Taught]:
        """Words that begin like names, where a name could stand."""
        marks = ["，", "。", "：", "、", "", " "]
        for _ in range(count):
            left, right = self._rng.choice(self._left + marks), self._rng.choice(self._right + marks)
            yield Taught(fold(f"{left}{self._rng.choice(self._words)}{right}"), frozenset())

    def contrary(self, times: int) -> Iterator[Taught]:
        """Texts without private names; those in office are neither learned as names nor as anything else."""
        for template in self._others * times:
            taught = self.filled(template)
            yield Taught(taught.text, frozenset(), taught.names)

    def put_in(self, texts: Sequence[str], share: float) -> Iterator[Taught]:
        """Real sentences in which a generated name stands instead of a pronoun, or after the word for a person."""
        for text in texts:
            for sentence in _SENTENCE.findall(text):
                if self._rng.random() < share and "{" not in sentence and "}" not in sentence:
                    yield from self._put_into(sentence)

    def _put_into(self, sentence: str) -> Iterator[Taught]:
        words = [word for word, _ in rjieba.tag(sentence)]
        at = [
            number for number, word in enumerate(words) if word in self._stand_ins and not _before_place(words, number)
        ]
        if self._rng.random() < 0.06:
            # A name alone after the last sentence is a signature.
            signed = self.filled("".join(words).strip() + self._rng.choice(("", "", " ", "\n", "——")) + "{n}")
            yield Taught(signed.text, signed.names, self.suspects(signed.text, signed.names))
        elif at:
            place = self._rng.choice(at)
            kept = words[place] if words[place] in self._roles and self._rng.random() < 0.5 else ""
            slot = self._rng.choices(("{n}", "{h}", "{o}", "{n}和{m}", "{h}和{h}"), (82, 6, 6, 3, 3))[0]
            whole = "".join((*words[:place], kept, slot, *words[place + 1 :]))
            taught = self.filled(whole)
            # Whoever else is named in a real sentence is not known.
            yield Taught(taught.text, taught.names, self.suspects(taught.text, taught.names))

    def suspects(self, text: str, known: Iterable[tuple[int, int]] = ()) -> frozenset[tuple[int, int]]:
        """Stretches of a real text that the tagger takes for somebody's name, and that could be one."""
        found, at = set(), 0
        for word, tag in rjieba.tag(text):
            end = at + len(word)
            known_one = word[0] in PLAIN or GIVEN.issuperset(word[1:])
            could = tag.startswith("nr") and len(word) > 1 and known_one and word not in self._words
            if could and not any(at < other and start < end for start, other in known):
                found.add((at, end))
            at = end
        return frozenset(found)

    def real(self, texts: Iterable[str]) -> Iterator[Taught]:
        for text in texts:
            yield Taught(text, frozenset(), self.suspects(text))

    def filled(self, template: str) -> Taught:
        pieces: list[str] = []
        names: set[tuple[int, int]] = set()
        length = end = 0
        for slot in _SLOT.finditer(template):
            value, covered = self._value(slot[1])
            before = template[end : slot.start()]
            length += len(before)
            if covered:
                names.add((length, length + covered))
            pieces += (before, value)
            length, end = length + len(value), slot.end()
        text = "".join((*pieces, template[end:]))
        return Taught(fold(text), frozenset(names))

    def _value(self, slot: str) -> tuple[str, int]:
        """What stands for a slot, and how much of it from its beginning is a name."""
        rng = self._rng
        if slot in "nmk":
            name = self.any_name()
            return name, len(name)
        if slot == "w":
            return self._rng.choice(self._names_too), 2
        if slot == "h":
            surname = self._surname()
            return surname + rng.choice(self._addresses), len(surname)
        if slot == "o":
            return self.familiar(), 2
        made: dict[str, Callable[[], str]] = {
            "s": self._surname,
            "p": self.place,
            "f": self.firm,
            "r": lambda: rng.choice(self._roles),
            "a": lambda: str(rng.randint(1, 90)),
            "tel": lambda: f"1{rng.randint(3, 9)}{rng.randint(10**8, 10**9 - 1)}",
            "id": lambda: (
                f"{rng.randint(110101, 659001)}19{rng.randint(40, 99)}0{rng.randint(1, 9)}{rng.randint(10, 28)}001X"
            ),
            "card": lambda: f"62{rng.randint(10**15, 10**16 - 1)}",
        }
        return made[slot](), 0


def _before_place(words: Sequence[str], at: int) -> bool:
    """Whether a place follows: 我们|小区 says nothing about names."""
    return at + 1 < len(words) and words[at + 1].startswith(PLACE_ENDS)


def _lines(path: Path, separator: str | None) -> list[str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return lines if separator is None else [piece for line in lines for piece in line.split(separator) if piece]
