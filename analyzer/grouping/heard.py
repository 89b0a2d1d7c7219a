"""Names of compounds that somebody has told apart ("阳光里小区"): from then on "阳光里又没水了" is understood."""

from collections.abc import Container

from analyzer.grouping.item import Item
from analyzer.grouping.names import Name

LEAST = 3
"""Characters of a name that is understood alone: a shorter one is a word as well ("铁路小区")."""
MOST = 9
"""Characters of a name up to which it is looked for."""
HEAD = 2
"""Characters of a name by which it is looked up."""
LEAD = 60
"""Characters of a text that are looked through: where it is, is said first."""


class Heard:
    """The compounds told apart so far, by how their names begin."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, Name]] = {}
        self._first = set[str]()
        """Characters that those begin with: it takes less to look for one than for two."""

    def add(self, name: Name) -> None:
        """Somebody has called a compound so."""
        if name.sort == "home" and len(name.full) >= LEAST:
            line = self._names.get(name.full[:HEAD])
            if line is None:
                self._names[name.full[:HEAD]] = {name.full: name}
                self._first.add(name.full[0])
            elif name.full not in line:
                line[name.full] = name

    def spoken(self, new: Item) -> list[Name]:
        """Those that the lead of a post says."""
        heads, first, lead = self._names, self._first, new.text[:LEAD]
        begun = heads.keys() & [lead[at : at + HEAD] for at, character in enumerate(lead) if character in first]
        found = list[Name]()
        for head in sorted(begun):
            line, start = heads[head], lead.find(head)
            said = [lead[start : start + length] for length in range(LEAST, MOST + 1)]
            found += [line[full] for full in dict.fromkeys(said) if full in line]
        return found

    def forget(self, alive: Container[str]) -> None:
        """Leave out those that no open event goes by."""
        for head, line in list(self._names.items()):
            kept = {full: name for full, name in line.items() if full in alive}
            if kept:
                self._names[head] = kept
            else:
                del self._names[head]
        self._first = {head[0] for head in self._names}
