"""Every compiled pattern of the packages, and texts that come close to matching it."""

import importlib
import pkgutil
import random
import re

from analyzer.patterns.scan import Opened

PACKAGES = ("crawlers", "analyzer", "alerts", "services")
_parser = importlib.import_module("re._parser")


def every_pattern():
    """Name -> pattern, for all text patterns that a module holds itself or in a collection."""
    found = {}
    for package in map(importlib.import_module, PACKAGES):
        for entry in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" in entry.name:
                continue
            for name, held in vars(importlib.import_module(entry.name)).items():
                for number, pattern in enumerate(_patterns(held)):
                    found.setdefault(pattern.pattern, (f"{entry.name}.{name}[{number}]", pattern))
    return dict(found.values())


def _patterns(held):
    inside = held.values() if isinstance(held, dict) else held if isinstance(held, (list, tuple)) else [held]
    return [p for p in inside if isinstance(p, (re.Pattern, Opened)) and isinstance(p.pattern, str)]


def pieces(pattern, count):
    """Texts that match the pattern, whole and in pieces: repeated, they are its worst cases."""
    chance = random.Random(ascii(pattern.pattern))
    parsed = _parser.parse(pattern.pattern)
    for _ in range(count):
        text = _text(parsed, chance) or "1"
        start = chance.randrange(len(text)) if chance.random() < 0.5 else 0
        length = chance.randint(1, 6) if chance.random() < 0.5 else chance.randint(1, len(text))
        yield text[start : start + length]


def _text(parsed, chance):
    return "".join(_element(str(code), value, chance) for code, value in parsed)


def _element(name, value, chance):
    if name == "LITERAL":
        return chr(value)
    if name in {"ANY", "NOT_LITERAL"}:
        return chance.choice("人的了1")
    if name == "IN":
        return _member(value, chance)
    if name in {"BRANCH", "SUBPATTERN", "ATOMIC_GROUP"}:
        inside = {"BRANCH": lambda: chance.choice(value[1]), "SUBPATTERN": lambda: value[3]}
        return _text(inside.get(name, lambda: value)(), chance)
    if name.endswith("_REPEAT"):
        least, most, repeated = int(value[0]), int(value[1]), value[2]
        times = max(least, min(most, chance.choice((0, 1, 2, 5, 20))))
        return "".join(_text(repeated, chance) for _ in range(times))
    return ""


def _member(members, chance):
    kind, value = chance.choice(members)
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(chance.randint(value[0], min(value[1], value[0] + 50)))
    if str(kind) == "CATEGORY":
        return "3" if "DIGIT" in str(value) else " " if "SPACE" in str(value) else "人"
    return chance.choice("人的了我在有1一a火")
