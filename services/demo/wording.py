"""Small variation of hand-written texts, so that posts differ as real ones do."""

import re
from collections.abc import Mapping, Sequence
from random import Random

_CHOICE = re.compile(r"<([^<>]*)>")
_SLOT = re.compile(r"\{(\w+)\}")
_LONG_NUMBER = re.compile(r"\d{4}")
_FULL_WIDTH = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}
_MARKS = ("！", "。", "……", "~")
_FACES = ("[捂脸]", "[笑哭]", "😂", "[旺柴]", "🙏", "[发呆]")


def worded(template: str, words: Mapping[str, Sequence[str]], random: Random) -> str:
    """The template with one of each `<this|that>` and a word for each `{slot}`. An unknown slot is a KeyError."""
    chosen = _CHOICE.sub(lambda m: random.choice(m[1].split("|")), template)
    return _SLOT.sub(lambda m: random.choice(words[m[1]]), chosen)


def roughened(text: str, random: Random, *, faces: bool = False) -> str:
    """Now and then what hurried thumbs do: another end mark, full-width digits, a blank for a comma, a face."""
    luck = random.random()
    if luck < 0.12:
        return text.rstrip("。！!") + random.choice(_MARKS)
    # A planted number keeps its digits, so that a search for it means something.
    if luck < 0.2 and not _LONG_NUMBER.search(text):
        return text.translate(_FULL_WIDTH)
    if luck < 0.3:
        return text.replace("，", " ", 1)
    if faces and luck < 0.42:
        return text + random.choice(_FACES)
    return text


def titled(line: str) -> tuple[str, str]:
    """A line "title｜text" as both; without the bar it has no title."""
    title, bar, text = line.partition("｜")
    return (title.strip(), text.strip()) if bar else ("", line.strip())
