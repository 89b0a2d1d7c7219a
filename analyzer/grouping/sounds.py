"""Names by how they are said: who types by sound picks another character of the same one ("锦绣嘉苑", "锦锈佳苑")."""

from functools import cache, lru_cache
from importlib import resources

LEAST = 3
"""Characters of a name from which two that sound alike are one."""
_MARK = "\0"
"""What tells a name by its sound from one as it is written."""


@lru_cache(maxsize=1 << 15)
def sound(name: str) -> str:
    """A name by its sounds with their tones, alike for all that are said alike; "" of a shorter one."""
    return _MARK + name.translate(_first()) if len(name) >= LEAST else ""


@cache
def _first() -> dict[int, str]:
    """The character that stands for each that is said like it."""
    text = resources.files("analyzer").joinpath("resources", "sounds.txt").read_text(encoding="utf-8")
    return {ord(character): line[0] for line in text.splitlines() for character in line}
