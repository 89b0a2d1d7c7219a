"""Names of persons, and of places and firms that are made like them, put together by chance."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

import rjieba

from analyzer.places.divisions import national
from crawlers.masking.candidates import SELDOM
from crawlers.masking.lexicon import (
    ADDRESSES,
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    FOREIGN,
    GIVEN,
    HARDLY_SURNAMES,
    RARE_SURNAMES,
    SOUNDS,
    SURNAMES,
)
from crawlers.masking.renowned import RENOWNED

# A word heard this often is no given name because somebody could be called so.
_OFTEN = 12


class _Weighed:
    """Words, and how often each is to come."""

    def __init__(self, words: Sequence[tuple[str, float]]) -> None:
        self._words = [word for word, _ in words]
        self._sums = list(accumulate(weight for _, weight in words))

    def pick(self, rng: Random) -> str:
        return rng.choices(self._words, cum_weights=self._sums)[0]


class Invented:
    """What may stand in a slot of a text; the same seed tells the same."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = Random(seed)  # noqa: S311  # nothing secret
        self._given = lines(folder / "given.txt", " ")
        self._words, self._brands = lines(folder / "words.txt", " "), lines(folder / "brands.txt", " ")
        self._renowned = sorted(RENOWNED)
        self._names_too = lines(folder / "words_as_names.txt", " ")
        self._nicknames = lines(folder / "nicknames.txt", " ")
        self._no_names = frozenset((*self._words, *self._brands, *RENOWNED))
        self._seldom = [*"".join(lines(folder / "characters.txt", " "))]
        self._parts = {kind: parts for kind, *parts in map(str.split, lines(folder / "parts.txt", None))}
        self._given += self._parts.pop("classic")
        self._first = [name[0] for name in self._given]
        self._last = [name[-1] for name in self._given if len(name) == 2]
        self._common, self._weights = list(COMMON_SURNAMES), [1 / (rank + 8) for rank in range(len(COMMON_SURNAMES))]
        self._all, self._rare = sorted(SURNAMES), sorted(RARE_SURNAMES | HARDLY_SURNAMES)
        self._seldom_surnames = sorted(SELDOM)
        self._plain_words: list[str] = []
        self._any_words: list[str] = []
        self._weighed = _Weighed([(word, 1.0) for word in self._words])
        self._single = _Weighed([(surname, 1.0) for surname in self._all])
        self._frequent = _Weighed([(word, 1.0) for word in self._words if len(word) == 2])
        longer = {name for name in (*self._given, *self._nicknames) if len(name) == 2}
        self._known = sorted(
            surname + given for surname in self._all for given in longer if rjieba.has_word(surname + given)
        )
        surnames = SURNAMES | HARDLY_SURNAMES | SELDOM
        self._divisions = sorted(name for name in national().names if name[0] in surnames)
        self._towns = sorted(name for name in national().streets if name[0] in surnames)
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
        if chance < 0.82:
            return self._rng.choice(self._all)
        if chance < 0.86:
            return self._rng.choice(self._seldom_surnames)
        return self._rng.choice(self._double if chance < 0.9 else self._rare)

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
            (3, lambda: pick(self._any_words or self._nicknames)),
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
        heard = Counter(word for text in texts for word in rjieba.cut(text) if len(word) <= 4)
        tags = {word: rjieba.tag(word)[0][1] for word, times in heard.items() if times > 1 and len(word) > 1}
        self._plain_words = sorted(
            word for word, tag in tags.items() if len(word) == 2 and tag[0] != "n" and GIVEN.issuperset(word)
        )
        self._any_words = sorted(
            word for word, tag in tags.items() if len(word) == 2 and tag[0] in "anv" and heard[word] < _OFTEN
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
        self._weighed = _Weighed([(word, 2 + heard[word] ** 0.5) for word in self._words])
        self._single = _Weighed([(word, heard[word] ** 0.5) for word in sorted(surnames) if heard[word]])
        given = {*self._given, *self._nicknames, *self._names_too}
        often = sorted(word for word in tags if len(word) == 2 and heard[word] >= _OFTEN and word not in given)
        self._frequent = _Weighed([(word, heard[word] ** 0.5) for word in often if not tags[word].startswith("nr")])

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
        if self._rng.random() < 0.25:
            return self._rng.choice(self._divisions if chance < 0.6 else self._towns)
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

    def village(self) -> str:
        """A place where one family lives: 王家湾村, 石桥村."""
        pick = self._rng.choice
        if self._rng.random() < 0.4:
            return pick(self._towns).rstrip("镇乡街道") + pick(("村", "村", "屯", "站", "大道", "路口"))
        first = self._rng.choices(self._common, self._weights)[0] if self._rng.random() < 0.6 else pick(self._all)
        return first + pick((*self._parts["family"], pick(self._characters))) + pick(("村", "村", "村", "屯", ""))

    def scenery(self) -> str:
        """Waters and hills: 白龙江, 黄龙溪."""
        pick = self._rng.choice
        first = pick(self._common if self._rng.random() < 0.5 else self._all)
        return first + pick((pick(self._characters), "")) + pick("江河溪湖泉峡山岭洞滩水")

    def firm(self) -> str:
        surname = self._rng.choice((*self._all, *self._common, ""))
        return surname + self._rng.choice((self._given_name(), "记", "氏")) + self._rng.choice(self._parts["firm"])


def lines(path: Path, separator: str | None) -> list[str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return lines if separator is None else [piece for line in lines for piece in line.split(separator) if piece]
