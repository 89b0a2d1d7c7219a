"""Make analyzer/resources/sounds.txt: characters that are said alike, a line a syllable with its tone.

pip install pypinyin==0.55.0 && .venv/bin/python scripts/build_sounds.py

The characters are those of GB 2312, each by its most usual reading.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

TARGET = Path(__file__).parents[1] / "analyzer" / "resources" / "sounds.txt"
FIRST, LAST = 0xB0, 0xF7
"""The rows of GB 2312 that hold Chinese characters, in EUC."""


def characters() -> list[str]:
    """The 6,763 characters of GB 2312."""
    pairs = (bytes((row, cell)) for row in range(FIRST, LAST + 1) for cell in range(0xA1, 0xFF))
    return [found for pair in pairs if (found := pair.decode("gb2312", "ignore"))]


def main() -> None:
    """Write the lines that hold more than one character."""
    alike: dict[str, list[str]] = defaultdict(list)
    for character in characters():
        alike[pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0]].append(character)
    lines = ["".join(line) for _, line in sorted(alike.items()) if len(line) > 1]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
