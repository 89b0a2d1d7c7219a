"""Texts that teach what a name is: own sentences with generated names, real ones with a generated name put in."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import rjieba

from crawlers.masking.evidence import PLAIN
from crawlers.masking.lexicon import (
    ADDRESSES,
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    FOREIGN,
    GIVEN,
    HARDLY_SURNAMES,
    PLACE_ENDS,
    RARE_SURNAMES,
    SOUNDS,
    SURNAMES,
)
from crawlers.text import fold

_SENTENCE = re.compile(r"[^。！？!?\n]{6,90}[。！？!?\n]?")
_SLOT = re.compile(r"\{(\w+)\}")
_CONTRARY = 4.0
_LIKE_NAME = re.compile(f"[{''.join(sorted(PLAIN))}][{''.join(sorted(GIVEN))}]{{2}}")
_EITHER = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Taught:
    """A folded text with where its names are; `unsure` are stretches of which nothing is known."""

    text: str
    names: frozenset[tuple[int, int]]
    unsure: frozenset[tuple[int, int]] = frozenset()
    weight: float = 1.0
    """how much worse than usual it is to find a name where none is"""


class Inventor:
    """Names and texts by chance; the same seed tells the same."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = Random(seed)  # noqa: S311  # nothing secret
        self._given = _lines(folder / "given.txt", " ")
        self._words, self._brands = _lines(folder / "words.txt", " "), _lines(folder / "brands.txt", " ")
        self._names_too = _lines(folder / "words_as_names.txt", " ")
        self._nicknames = _lines(folder / "nicknames.txt", " ")
        self._no_names = frozenset((*self._words, *self._brands))
        self._roles = _lines(folder / "people.txt", " ")
        self._seldom = [*"".join(_lines(folder / "characters.txt", " "))]
        self._grammar = _lines(folder / "grammar.txt", None)
        self._left, self._right = _lines(folder / "left.txt", "|"), _lines(folder / "right.txt", "|")
        self._ends = _lines(folder / "ends.txt", "|")
        self._carriers, self._others = _lines(folder / "carriers.txt", None), _lines(folder / "others.txt", None)
        self._parts = {kind: parts for kind, *parts in map(str.split, _lines(folder / "parts.txt", None))}
        self._stand_ins = frozenset(_lines(folder / "stand_ins.txt", " "))
        self._given += self._parts.pop("classic")
        self._first = [name[0] for name in self._given]
        self._last = [name[-1] for name in self._given if len(name) == 2]
        self._common, self._weights = list(COMMON_SURNAMES), [1 / (rank + 8) for rank in range(len(COMMON_SURNAMES))]
        self._all, self._rare = sorted(SURNAMES), sorted(RARE_SURNAMES | HARDLY_SURNAMES)
        self._plain_words: list[str] = []
        longer = {name for name in (*self._given, *self._nicknames) if len(name) == 2}
        self._known = sorted(
            surname + given for surname in self._all for given in longer if rjieba.has_word(surname + given)
        )
        self._addresses, self._sounds = sorted(ADDRESSES), sorted(FOREIGN)
        self._double, self._characters = sorted(DOUBLE_SURNAMES), sorted(GIVEN)

    def full_name(self) -> str:
        chance = self._rng.random()
        if chance < 0.06:
            return self._known_pair()
        if chance < 0.15:
            return self._rng.choice(self._known)
        if chance < 0.21:
            return self._begun_by_word()
        if chance < 0.225:
            # A child of two families: 张|王晓月.
            return "".join(self._rng.choices(self._common, self._weights, k=2)) + self._rng.choice(self._given)
        return self._surname() + self._given_name()

    def _known_pair(self) -> str:
        """A name of two characters that the dictionary holds, as whatever."""
        names = (self._surname() + self._rng.choice(self._characters) for _ in range(40))
        return next((name for name in names if rjieba.has_word(name)), self._rng.choice(self._known))

    def _begun_by_word(self) -> str:
        """A name that begins like a word: 何以|宁."""
        names = (self._surname() + self._given_name() for _ in range(40))
        known = (name for name in names if len(name) == 3 and rjieba.has_word(name[:2]))
        return next(known, self._rng.choice(self._known))

    def _surname(self) -> str:
        chance = self._rng.random()
        if chance < 0.58:
            return self._rng.choices(self._common, self._weights)[0]
        if chance < 0.9:
            return self._rng.choice(self._all)
        return self._rng.choice(self._double if chance < 0.94 else self._rare)

    def _given_name(self) -> str:
        pick = self._rng.choice
        makers: tuple[tuple[int, Callable[[], str]], ...] = (
            (36, lambda: pick(self._given)),
            (18, lambda: pick(self._first) + pick(self._last)),
            (11, lambda: pick(self._characters) + pick(self._characters)),
            (11, self._odd_pair),
            (2, lambda: pick(self._seldom)),
            (4, lambda: pick(self._parts["nickname_head"]) + pick(self._parts["nickname_tail"])),
            (4, lambda: pick(self._nicknames)),
            (7, lambda: pick(self._plain_words or self._nicknames)),
            (7, lambda: pick(self._characters)),
        )
        return self._rng.choices([make for _, make in makers], [share for share, _ in makers])[0]()

    def _odd_pair(self) -> str:
        """Characters that hardly anybody thought of."""
        pick = self._rng.choice
        others = (pick(self._seldom), pick(self._seldom), pick(self._characters), pick(self._last))
        return "".join(self._rng.sample(others, 2))

    def hear(self, texts: Iterable[str]) -> None:
        """Learn words of real texts: made like given names (知足), beginning like names (高速), known as names."""
        heard = Counter(word for text in texts for word in rjieba.cut(text) if 2 <= len(word) <= 4)
        tags = {word: rjieba.tag(word)[0][1] for word, times in heard.items() if times > 1}
        self._plain_words = sorted(
            word for word, tag in tags.items() if len(word) == 2 and tag[0] != "n" and GIVEN.issuperset(word)
        )
        names = {
            word
            for word, tag in tags.items()
            if tag == "nr" and len(word) == 3 and word[0] in SURNAMES and word not in self._no_names
        }
        self._known += sorted(names)
        surnames = SURNAMES | HARDLY_SURNAMES | RARE_SURNAMES
        like_names = (
            word
            for word, tag in tags.items()
            # 雷鸣 is what people are called too.
            if word[0] in surnames and not tag.startswith("nr") and not (len(word) == 2 and word[1] in GIVEN)
        )
        self._words = sorted({*self._words, *like_names} - {*self._names_too})

    def any_name(self) -> str:
        """A name as it stands for itself: mostly full, some without surname, some with a dot."""
        chance = self._rng.random()
        if chance < 0.87:
            return self.full_name()
        if chance < 0.96:
            return self._spelt()
        return f"{self._part()}•{self._part()}"

    def _spelt(self) -> str:
        """A name of another people, without a dot."""
        pick, parts = self._rng.choice, self._parts
        people = pick(("tibetan", "mongol", "uyghur", "uyghur", "yi", "any"))
        if people == "any":
            return "".join(self._rng.sample(sorted(SOUNDS), self._rng.randint(2, 3))) + pick(parts["uyghur_last"])
        if people == "yi":
            return pick(parts["yi_clan"]) + pick(parts["yi_given"])
        if people == "uyghur":
            male, female = pick((*parts["uyghur"], *parts["uyghur_male"])), pick(parts["uyghur_female"])
            return pick((male, female, pick(parts["uyghur_first"]) + pick(parts["uyghur_last"])))
        known = (*parts[people], *parts[f"{people}_more"])
        return "".join(self._rng.choices(known, k=pick((1, 1, 2))))

    def _part(self) -> str:
        if self._rng.random() < 0.6:
            return self._spelt()
        return self._rng.choice(self._parts["given"]) + self._rng.choice(["", *self._parts["end"]])

    def familiar(self) -> str:
        if self._rng.random() < 0.2:
            return "阿" + self._rng.choice([name for name in self._given if len(name) == 1])
        surname = self._rng.choices(self._common, self._weights)[0]
        if self._rng.random() < 0.3:
            surname = self._rng.choice(self._all)
        called = self._rng.choice("老小") + surname
        # 小麦 is what grows on a field.
        return called if not rjieba.has_word(called) or rjieba.tag(called)[0][1] == "nr" else self.familiar()

    def place(self) -> str:
        chance = self._rng.random()
        if chance < 0.15:
            return f"{self._rng.choice(self._parts['brand'])}•{self._rng.choice(self._parts['estate'])}"
        if chance < 0.33:
            return self._rng.choice(self._common) + self._rng.choice(self._parts["family"])
        if chance < 0.41:
            far = self._rng.sample(self._sounds, self._rng.randint(2, 5))
            return "".join(far) + self._rng.choice(self._parts["far"])
        surname = self._rng.choice((*self._all, *self._common, ""))
        kind = "place" if self._rng.random() < 0.7 else "cut"
        middle = self._rng.choice(("", "", self._rng.choice(self._parts["estate"])[:2]))
        return surname + self._given_name() + middle + self._rng.choice(self._parts[kind])

    def firm(self) -> str:
        surname = self._rng.choice((*self._all, *self._common, ""))
        return surname + self._rng.choice((self._given_name(), "记", "氏")) + self._rng.choice(self._parts["firm"])

    def carried(self, times: int) -> Iterator[Taught]:
        for template in self._carriers * times:
            yield self.filled(template if self._rng.random() < 0.9 else template.replace("{n}", "{w}"))

    def by_grammar(self, times: int) -> Iterator[Taught]:
        for _ in range(times):
            for sentence in self._grammar:
                yield self.filled(
                    _EITHER.sub(lambda each: self._rng.choice(each[1].split("|")), sentence).replace("\\n", "\n")
                )

    def between(self, count: int) -> Iterator[Taught]:
        """A name, often with a role, between what may stand on its left and on its right."""
        marks = ["，", "。", "：", "、", "\n", " ", "", "“", "（", "！"]
        for _ in range(count):
            left = self._rng.choice(self._left) if self._rng.random() < 0.6 else self._rng.choice(marks)
            role = self._rng.choice(self._roles) if self._rng.random() < 0.4 else ""
            right = self._rng.choice(self._right) if self._rng.random() < 0.75 else self._rng.choice(marks)
            slot = self._rng.choices(("{n}", "{h}", "{o}", "{g}", "{n}、{m}", "{w}"), (74, 5, 5, 2, 6, 8 * bool(role)))[
                0
            ]
            yield self.filled(f"{left}{role}{slot}{right}{self._rng.choice(self._right + marks)}")

    def words_between(self, count: int) -> Iterator[Taught]:
        """Words that begin like names, where a name could stand."""
        marks = ["，", "。", "：", "、", "", " "]
        words = self._words + self._brands
        for _ in range(count):
            left, right = self._rng.choice(self._left + marks), self._rng.choice(self._right + marks)
            yield Taught(fold(f"{left}{self._rng.choice(words)}{right}"), frozenset(), weight=_CONTRARY)

    def contrary(self, times: int) -> Iterator[Taught]:
        """Texts without private names; those in office are neither learned as names nor as anything else."""
        for template in self._others * times:
            taught = self.filled(template)
            yield Taught(taught.text, frozenset(), taught.names, _CONTRARY)

    def put_in(self, texts: Sequence[str], share: float) -> Iterator[Taught]:
        """Real sentences in which a generated name stands instead of a pronoun, or after the word for a person."""
        for text in texts:
            for sentence in _SENTENCE.findall(text):
                if self._rng.random() < share and "{" not in sentence and "}" not in sentence:
                    yield from self._put_into(sentence)

    def _put_into(self, sentence: str) -> Iterator[Taught]:
        tagged = rjieba.tag(sentence)
        words = [word for word, _ in tagged]
        at = [
            number
            for number, (word, tag) in enumerate(tagged)
            if (word in self._stand_ins or self._sure(word, tag)) and not _before_place(words, number)
        ]
        if self._rng.random() < 0.06:
            # A name alone after the last sentence is a signature.
            signed = self.filled("".join(words).strip() + self._rng.choice(("", "", " ", "\n", "——")) + "{n}")
            yield Taught(signed.text, signed.names, self.suspects(signed.text, signed.names))
        elif at:
            place = self._rng.choice(at)
            kept = words[place] if words[place] in self._roles and self._rng.random() < 0.5 else ""
            slot = self._rng.choices(("{n}", "{h}", "{o}", "{g}", "{n}和{m}", "{h}和{h}"), (80, 6, 6, 2, 3, 3))[0]
            whole = "".join((*words[:place], kept, slot, *words[place + 1 :]))
            taught = self.filled(whole)
            # Whoever else is named in a real sentence is not known.
            yield Taught(taught.text, taught.names, self.suspects(taught.text, taught.names))

    def _sure(self, word: str, tag: str) -> bool:
        return tag == "nr" and len(word) == 3 and word[0] in PLAIN and GIVEN.issuperset(word[1:])

    def suspects(self, text: str, known: Iterable[tuple[int, int]] = ()) -> frozenset[tuple[int, int]]:
        """Stretches of a real text that the tagger takes for somebody's name, and that could be one."""
        found, at = set(), 0
        for word, tag in rjieba.tag(text):
            end = at + len(word)
            known_one = word[0] in PLAIN or (word[0] in SURNAMES and GIVEN.issuperset(word[1:]))
            could = tag.startswith("nr") and len(word) > 1 and known_one and word not in self._no_names
            placed = text.startswith(PLACE_ENDS, end) or text.startswith(PLACE_ENDS, end + 1)
            if could and not placed and not any(at < other and start < end for start, other in known):
                found.add((at, end))
            at = end
        return frozenset(found) | frozenset(self._unknown(text, known))

    def _unknown(self, text: str, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """What no dictionary holds, begins with a surname and is made like a name: 张|俊文."""
        for match in _LIKE_NAME.finditer(text):
            start, end = match.span()
            if rjieba.has_word(match[0]) or text.startswith(PLACE_ENDS, end):
                continue
            if not any(start < other and at < end for at, other in known):
                yield start, end

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
        if slot == "g":
            called = rng.choice([name for name in self._given if len(name) == 1])
            return called + rng.choice(("哥", "姐", "子哥")), len(called)
        made: dict[str, Callable[[], str]] = {
            "s": self._surname,
            "p": self.place,
            "f": self.firm,
            "b": lambda: rng.choice(self._brands),
            "x": lambda: rng.choice(self._ends),
            "y": lambda: rng.choice(self._parts["nobody"]),
            "r": lambda: rng.choice(self._roles),
            "d": lambda: str(rng.randint(2, 9)),
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
