"""Regular expressions behind a look at their first characters, which spares most positions the rest."""

import importlib
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

parser: Any = importlib.import_module("re._parser")
NO_TEXT = {"AT", "ASSERT", "ASSERT_NOT"}
REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
R = TypeVar("R")
known: dict[tuple[str, str], Any] = {}
"""Answers of an earlier start, by question and pattern, where somebody has kept them (services/reading/patterns.py)."""
told: dict[tuple[str, str], Any] = {}
"""Answers of this one."""


def once(question: Callable[[str], R]) -> Callable[[str], R]:
    """Look through a pattern only where neither this start nor an earlier one has."""

    @wraps(question)
    def answer(pattern: str) -> R:
        asked = question.__name__, pattern
        if asked not in told:
            told[asked] = known[asked] if asked in known else question(pattern)
        found: R = told[asked]
        return found

    return answer


def guarded(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, behind a look at its first character that spares most positions the rest."""
    return re.compile(branched(pattern))


def anywhere(pattern: str) -> re.Pattern[str]:
    """The pattern compiled for those who only ask whether, or from where on, it stands in a text."""
    return re.compile(sought(pattern))


@once
def sought(pattern: str) -> str:
    """A pattern that matches one character where the given one begins.

    The engine looks for a set of characters many times as fast as for alternatives, so that set is put first.
    """
    first, empty = firsts(parser.parse(pattern))
    if first is None or empty:
        return pattern
    return f"[{''.join(map(re.escape, sorted(first)))}](?<=(?={branched(pattern)})(?s:.))"


@once
def branched(pattern: str) -> str:
    """The same pattern, its alternatives behind looks at their first characters, a few together.

    Where nothing can be told of first characters the pattern stays as it is.
    """
    branches = [(branch, *firsts(parser.parse(branch))) for branch in alternatives(pattern)]
    if any(first is None or empty for _, first, empty in branches):
        return pattern
    families = _families([(branch, first or set()) for branch, first, _ in branches])
    size = max(1, round(len(families) ** 0.5))
    chunks = [families[at : at + size] for at in range(0, len(families), size)]
    return _behind_a_look([_behind_a_look(chunk) for chunk in chunks])[0]


_Family = tuple[str, set[str]]


def _behind_a_look(families: list[_Family]) -> _Family:
    """One alternative out of several, with a look that spares them all."""
    first = set().union(*(chars for _, chars in families))
    texts = "|".join(text for text, _ in families)
    return f"(?=[{''.join(map(re.escape, sorted(first)))}])(?:{texts})", first


def _families(branches: list[_Family]) -> list[_Family]:
    """Alternatives that may begin alike put side by side; those that cannot never compete, so their order is free."""
    families: list[tuple[list[int], set[str]]] = []
    for index, (_, first) in enumerate(branches):
        kin = [family for family in families if not family[1].isdisjoint(first)]
        families = [family for family in families if family[1].isdisjoint(first)]
        families.append((sorted([index, *(i for f in kin for i in f[0])]), first.union(*(f[1] for f in kin))))
    return [("|".join(branches[i][0] for i in members), first) for members, first in families]


def alternatives(pattern: str) -> list[str]:
    """The source of a pattern cut at its outermost bars."""
    pieces, depth, at, start = [], 0, 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _class_end(pattern, at)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            pieces.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*pieces, pattern[start:]]


def _class_end(pattern: str, at: int) -> int:
    """Where a class of characters ends that begins here."""
    at += 2 if pattern[at + 1] == "^" else 1
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at


def firsts(parsed: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """Characters a sequence may begin with (None: any), and whether it may be empty."""
    found: set[str] = set()
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            continue
        first, empty = _first(name, value)
        if first is None:
            return None, False
        found |= first
        if not empty:
            return found, False
    return found, True


def _first(name: str, value: Any) -> tuple[set[str] | None, bool]:
    if name == "LITERAL":
        return {chr(value)}, False
    if name == "IN":
        return listed_class(value), False
    if name == "SUBPATTERN":
        return firsts(value[3])
    if name == "BRANCH":
        return _either([firsts(branch) for branch in value[1]])
    if name in REPEATS:
        first, empty = firsts(value[2])
        return first, empty or value[0] == 0
    return None, False


def _either(parts: list[tuple[set[str] | None, bool]]) -> tuple[set[str] | None, bool]:
    """First characters of alternatives; None where one of them may begin with anything."""
    if any(first is None for first, _ in parts):
        return None, False
    return set().union(*(first or set() for first, _ in parts)), any(empty for _, empty in parts)


def listed_class(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """Characters of a class, digits and spaces among them; None for one that cannot be listed."""
    found: set[str] = set()
    for code, value in members:
        name = str(code)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < 256:
            found |= {chr(point) for point in range(value[0], value[1] + 1)}
        elif name == "CATEGORY" and str(value) in {"CATEGORY_DIGIT", "CATEGORY_SPACE"}:
            found |= set("0123456789" if str(value) == "CATEGORY_DIGIT" else " \t\n\r\f\v")
        else:
            return None
    return found
