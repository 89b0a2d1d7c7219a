"""Print how the nature of posts is judged on the written corpus: a table of labelled against judged.

.venv/bin/python -m tests.measure.nature_on_corpus [--errors KIND]
"""

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from analyzer.nature import judge

CORPUS = Path(__file__).parent.parent / "resources" / "corpus"
TOLD_AT = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


def main():
    """Print the table."""
    wanted = sys.argv[sys.argv.index("--errors") + 1] if "--errors" in sys.argv else None
    table = Counter()
    for file in sorted(CORPUS.glob("*.jsonl")):
        if file.name.startswith("out."):
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = f"{row['title']}\n{row['text']}"
            judged = judge(text, TOLD_AT).nature.value
            table[row["nature"], judged] += 1
            if wanted in (row["nature"], judged) and judged != row["nature"]:
                print(f"{row['nature']:>12} judged {judged:12} {text.strip()[:150]}".replace("\n", "/"))
    total = sum(table.values())
    print("right:", sum(n for (a, b), n in table.items() if a == b), "of", total)
    for (label, judged), n in sorted(table.items()):
        print(f"    {label:12} judged {judged:12} {n}")


if __name__ == "__main__":
    main()
