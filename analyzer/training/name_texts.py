"""Texts that teach what a name is: own sentences with generated names, real ones with a generated name put in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import rjieba

from analyzer.training.invented import Invented, lines
from crawlers.masking.candidates import FAMILIAR
from crawlers.masking.evidence import PLAIN
from crawlers.masking.lexicon import (
    GIVEN,
    PLACE_ENDS,
    SURNAMES,
)
from crawlers.masking.names import NAME
from crawlers.text import fold

_SENTENCE = re.compile(r"[^。！？!?\n]{6,90}[。！？!?\n]?")
_SLOT = re.compile(r"\{(\w+)\}")
_CONTRARY, _REAL = 4.0, 2.0
_LIKE_NAME = re.compile(f"[{''.join(sorted(PLAIN))}][{''.join(sorted(GIVEN))}]{{2}}")
_EITHER = re.compile(r"<([^<>]*)>")
# Of names that stand beside another one, the share that is masked already.
_MASKED = 0.2


@dataclass(frozen=True, slots=True)
class Taught:
    """A folded text with where its names are; `unsure` are stretches of which nothing is known."""

    text: str
    names: frozenset[tuple[int, int]]
    unsure: frozenset[tuple[int, int]] = frozenset()
    weight: float = 1.0
    """how much worse than usual it is to find a name where none is"""


class Inventor(Invented):
    """Texts by chance, with the names in them; the same seed tells the same."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self._roles = lines(folder / "people.txt", " ")
        self._grammar = lines(folder / "grammar.txt", None)
        self._left, self._right = lines(folder / "left.txt", "|"), lines(folder / "right.txt", "|")
        self._ends = lines(folder / "ends.txt", "|")
        self._carriers, self._others = lines(folder / "carriers.txt", None), lines(folder / "others.txt", None)
        self._stand_ins = frozenset(lines(folder / "stand_ins.txt", " "))

    def carried(self, times: int) -> Iterator[Taught]:
        for template in _often(self._carriers, times):
            yield self._said(template if self._rng.random() < 0.9 else template.replace("{n}", "{w}"))

    def by_grammar(self, times: int) -> Iterator[Taught]:
        for _ in range(times):
            for sentence in self._grammar:
                yield self._said(sentence)

    def _said(self, sentence: str) -> Taught:
        """One of the texts that a sentence with <a|b|c> and slots stands for."""
        return self.filled(
            _EITHER.sub(lambda each: self._rng.choice(each[1].split("|")), sentence).replace("\\n", "\n")
        )

    def between(self, count: int) -> Iterator[Taught]:
        """A name, often with a role, between what may stand on its left and on its right."""
        marks = ["，", "。", "：", "、", "\n", " ", "", "“", "（", "！"]
        for _ in range(count):
            left = self._rng.choice(self._left) if self._rng.random() < 0.6 else self._rng.choice(marks)
            role = self._rng.choice(self._roles) if self._rng.random() < 0.4 else ""
            right = self._rng.choice(self._right) if self._rng.random() < 0.75 else self._rng.choice(marks)
            slot = self._rng.choices(("{n}", "{h}", "{o}", "{g}", "{n}、{m}", "{w}"), (72, 5, 5, 4, 6, 8 * bool(role)))[
                0
            ]
            yield self.filled(f"{left}{role}{slot}{right}{self._rng.choice(self._right + marks)}")

    def words_between(self, count: int) -> Iterator[Taught]:
        """Words that begin like names, where a name could stand."""
        marks = ["，", "。", "：", "、", "", " "]
        known = self._brands + self._renowned
        makers = (
            lambda: self._weighed.pick(self._rng),
            lambda: self._rng.choice(self._words),
            lambda: self._rng.choice(known),
            # 于|重伤, 向|昆明: what follows the surname is a word in its own right.
            lambda: self._single.pick(self._rng) + self._frequent.pick(self._rng),
        )
        for _ in range(count):
            # Most words begin a sentence somewhere, and nothing else tells names from them there.
            left = self._rng.choice(self._left + marks) if self._rng.random() < 0.7 else ""
            right = self._rng.choice(self._rng.choice((self._right, self._ends, marks)))
            yield Taught(fold(f"{left}{self._rng.choice(makers)()}{right}"), frozenset(), weight=_CONTRARY)

    def contrary(self, times: int) -> Iterator[Taught]:
        """Texts without private names; those in office are neither learned as names nor as anything else."""
        for template in _often(self._others, times):
            taught = self._said(template)
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
            slot = self._rng.choices(
                ("{n}", "{h}", "{o}", "{g}", "{n}和{m}", "{h}和{h}", NAME), (76, 6, 6, 2, 3, 3, 4)
            )[0]
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
            could |= word in FAMILIAR and word[1] in PLAIN
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
            yield Taught(text, frozenset(), self.suspects(text), _REAL)

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
            masked = slot != "n" and rng.random() < _MASKED
            name = NAME if masked else self.any_name()
            return name, 0 if masked else len(name)
        if slot == "w":
            name = rng.choice(self._names_too)
            return name, len(name)
        if slot == "h":
            surname = self._surname()
            return surname + rng.choice(self._addresses), len(surname)
        if slot == "o":
            return self.familiar(), 2
        if slot == "g":
            called = rng.choice([name for name in self._given if len(name) == 1])
            form = rng.choice(("哥", "姐", "子哥"))
            return called + form, len(called + form) - 1
        made: dict[str, Callable[[], str]] = {
            "s": self._surname,
            "p": self.place,
            "f": self.firm,
            "b": lambda: rng.choice(self._brands),
            "q": lambda: rng.choice(self._renowned),
            "c": lambda: rng.choice(self._renowned if rng.random() < 0.5 else self._brands),
            "v": self.village,
            "u": self.scenery,
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


def _often(templates: Iterable[str], times: int) -> Iterator[str]:
    """Each template `times` times; one that stands for many sentences, eight times as often."""
    for template in templates:
        yield from [template] * (times * (8 if "<" in template else 1))


def _before_place(words: Sequence[str], at: int) -> bool:
    """Whether a place follows: 我们|小区 says nothing about names."""
    return at + 1 < len(words) and words[at + 1].startswith(PLACE_ENDS)
