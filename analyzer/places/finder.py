"""Places named in a text, settled by parent, company and region. None is invented."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from analyzer.model import Place
from analyzer.patterns.expressions import guarded
from analyzer.patterns.scan import plain_of
from analyzer.places import branches, homes, towns
from analyzer.places.company import around, foreign, in_works, rows
from analyzer.places.divisions import ADMINISTRATIVE
from analyzer.places.gazetteer import Entry, Form, Gazetteer
from analyzer.places.likenesses import is_likeness
from analyzer.places.names import CALLED_AFTER, Mention, joined, mentions, scan
from analyzer.places.origins import comes_from, is_origin, whose
from analyzer.places.surroundings import is_clear, is_settled, is_spoken_of, is_town
from analyzer.places.wares import is_ware

READ_TO = 20_000
"""Characters of a text that are read; a longer one names its places before."""

_HAS = re.compile(r"(?:那边|那里)?(?:的|[也还]?有一?[个家所条座处]|某)")
"""What stands between a place and what it has."""
_OF = "的"
_ESTATE = re.compile(rf"[\u4e00-\u9fff]{{0,3}}(?:{CALLED_AFTER}|小区|家园|公寓|公馆|庭院|府邸|华府|名邸|新城)")
"""Behind a city's name and that, what another city has: 长沙的北京御园小区."""
_THING = guarded(rf"大?(?:{CALLED_AFTER}|饭店)|高架|立交|公园")
"""What right behind a city is called after another city: 上海延安高架."""
_UNLISTED = frozenset(("710000", "810000", "820000"))
"""Provinces whose districts the list has not: right behind them no county is one of elsewhere (香港大埔)."""
_GENERIC = frozenset(
    (
        "老城区",
        "新城区",
        "城区",
        "郊区",
        "矿区",
        "市中区",
        "东区",
        "西区",
        "新市区",
        "城东区",
        "城西区",
        "城北区",
        "城中区",
        "中区",
        "南区",
        "北区",
        "站前区",
        "市辖区",
        "留下街道",
        "健康街道",
    )
)
"""Full names that are everyday words as well: a place only right behind its parent, or at home."""
_TOWN = re.compile(r".{1,9}[镇乡](?<!.[城乡村市集古小重]镇)|.{2,9}[城乡村市集古小重]镇|.{2,9}街道")
_WIDE_ENOUGH = {"province": 0, "city": 1, "county": 2, "street": 3, "village": 4}
_GO_ON = frozenset(("road", "water"))
_BEHIND = 100
_AT_HOME = 25
_BESIDE = 8
"""Scores: right behind its parent; in the source's own region; beside a county of the same city."""


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Finds places of one gazetteer; made once, used for every text."""

    gazetteer: Gazetteer

    def find_many(self, texts: Sequence[str], regions: Iterable[str | None]) -> list[tuple[Place, ...]]:
        """The places of each text; most name none, and cost next to nothing."""
        regions = list(regions)
        homes = {region: self.gazetteer.region(region) for region in set(regions)}
        plains = [joined(plain_of(text))[0] for text in texts]
        naming = self.gazetteer.naming(plains) | towns.naming(plains, [homes[region] for region in regions])
        return [
            self.find(text, region) if number in naming or len(text) > READ_TO else ()
            for number, (text, region) in enumerate(zip(texts, regions, strict=True))
        ]

    def find(self, text: str, region: str | None = None) -> tuple[Place, ...]:
        """Places in the order in which they are named.

        A chain of names ("某省某市某县") is one place, its last; `Place.path` has the whole way down.
        `region` is the source's region: it settles names that several places share.
        """
        plain, spots = joined(plain_of(text[:READ_TO]))
        home = self.gazetteer.region(region)
        hits = scan(self.gazetteer, plain, home)
        if not any(hit[3] or homes.near(home, hit[2]) for hit in hits):
            return ()
        named = mentions(plain, hits)
        if elsewhere := in_works(plain, named) | foreign(plain, named):
            named = [mention for number, mention in enumerate(named) if number not in elsewhere]
        certain = {id(m): entries for m in named if (entries := tuple(_certain(m)))}
        company = [entry for entries in certain.values() for entry in entries]
        told = [*company, *(home.upward() if home is not None else ())]
        for row in rows(plain, named):
            beside = around(row, certain, told)
            for mention in row if beside is not None else ():
                mention.entry = _in_row(mention, beside)
        for mention in named:
            _lead(mention)
            mention.entry = mention.entry or _settle(plain, mention, company, home)
            mention.entry = mention.entry or _around(mention, [entry for entry, _ in mention.inner])
        kept = [m for m in named if m.entry is not None]
        kept = [m for m, before in zip(kept, (None, *kept), strict=False) if not _is_theirs(plain, m, before)]
        kept = [m for m, after in zip_longest(kept, kept[1:]) if not _leads_to(plain, m, after)]
        elsewhere = whose(plain, kept)
        for number, (mention, last) in enumerate(zip(kept, (None, *kept), strict=False)):
            if is_origin(plain, mention) or is_ware(plain, mention) or is_likeness(plain, mention, last):
                elsewhere.add(number)
        return tuple(_place(mention, spots) for number, mention in enumerate(kept) if number not in elsewhere)


def _lead(mention: Mention) -> None:
    """An everyday word right before what lies in it is the place: "开封鼓楼区", "金华兰溪", "天水麦积山"."""
    before = mention.behind
    if before is not None and before.entry is None:
        full = [entry for entry, form in mention.readings if form is Form.FULL and len(entry.name) > 2]
        before.entry = _around(before, full)
    if mention.entry is None and mention.inner:
        mention.entry = _around(mention, [entry for entry, form in mention.inner if not towns.is_left(entry, form)])


def _around(mention: Mention, inner: Sequence[Entry]) -> Entry | None:
    """The one reading of a name in which what is named right behind it lies."""
    return _one([entry for entry, _ in mention.readings if any(e is not entry and e.lies_in(entry) for e in inner)])


def _in_row(mention: Mention, beside: Entry | None) -> Entry | None:
    """The one reading of a name in a row that lies in `beside`, or in the province of that and is no word: 静宁."""
    around = (beside.parent or beside) if beside is not None else None
    near = [entry for entry, _ in mention.readings if entry.parent is beside]
    far = [entry for entry, form in mention.readings if form is Form.SUPPORTED and around and entry.lies_in(around)]
    return _one(near) or (None if near else _one(far))


def _one(entries: Sequence[Entry]) -> Entry | None:
    return entries[0] if len(entries) == 1 else None


def _certain(mention: Mention) -> Iterable[Entry]:
    """Entries that a mention stands for without any help."""
    if any(form is Form.OWN for _, form in mention.readings):
        entries = [entry for entry, form in mention.readings if form is Form.OWN]
        return entries if len(entries) == 1 else ()
    free = [e for e, form in mention.readings if form in {Form.FULL, Form.FREE} and e.level != "street"]
    best = _widest(free)
    return (best,) if best is not None else ()


def _widest(entries: Sequence[Entry]) -> Entry | None:
    """Of namesakes the one that the bare name means: a province before a city, what the others lie in."""
    if not entries:
        return None
    first = min(entries, key=lambda e: _WIDE_ENOUGH.get(e.level, 9))
    alone = first.level in {"province", "city", "county"} and all(e is first or e.level != first.level for e in entries)
    return first if len(entries) == 1 or alone or all(e.lies_in(first) for e in entries) else None


def _settle(plain: str, mention: Mention, company: Sequence[Entry], home: Entry | None) -> Entry | None:
    """The one entry that a mention means, or None: better no place than a wrong one."""
    parent = mention.behind.entry if mention.behind else None
    if parent is not None and _is_called_after(plain, mention, parent):
        return None
    readings = [r for r in mention.readings if not _nested(r[0], mention.readings, parent)]
    if parent is not None and not parent.own:
        readings = [(entry, form) for entry, form in readings if entry.own or not _elsewhere(entry, parent)]
    if len(readings) > 1:
        company = [entry for entry in company if all(entry is not e for e, _ in readings)]
    scored = [(_support(entry, parent, company, home), entry, form) for entry, form in readings]
    own = [(score, entry) for score, entry, form in scored if form is Form.OWN]
    if own:
        apart = parent is not None and (not parent.own or parent.level in ADMINISTRATIVE)
        if parent is not None and apart and not any(_may_lie_in(entry, parent) for _, entry in own):
            return None
        return _best(own, need=0)
    behind = [(score, entry) for score, entry, form in scored if score >= _BEHIND]
    if behind:
        best = _best(behind, need=_BEHIND)
        return best if best is None or is_town(plain, mention, best) else None
    here = homes.own(plain, mention, company, home)
    helped = [(score, e) for score, e, form in scored if score > 0 and _may_stand(e, form, score)]
    if here is None and helped:
        best = _best(helped, need=1)
        return best if best is None or is_clear(plain, mention, best, helped=True) else None
    return here or _unhelped(plain, mention, readings, known=home is not None)


def _unhelped(plain: str, mention: Mention, readings: Sequence[tuple[Entry, Form]], *, known: bool) -> Entry | None:
    """The entry that a name means of which nothing but the words around speaks; `known`: the source's region is."""
    words = [(e.level, form) for e, form in readings if form not in {Form.FULL, Form.FREE}]
    spoken_of = any(level == "city" for level, _ in words) and is_spoken_of(plain, mention)
    settled = words == [("county", Form.SUPPORTED)] and is_settled(plain, mention)
    free = [e for e, form in readings if settled or _free_standing(e, form, spoken_of=spoken_of)]
    if not known and len(readings) == 1 and _one_town(readings[0][0]):
        free = [readings[0][0]]
    best = _widest(free)
    if best is not None and best.level == "province" and comes_from(plain, mention):
        best = None
    return best if best is None or is_clear(plain, mention, best, helped=False) else None


def _is_called_after(plain: str, mention: Mention, parent: Entry) -> bool:
    """Whether it is a road or a house of one place that has another's name: 上海延安高架, 深圳上海宾馆."""
    apart = not any(entry.own or entry.lies_in(parent) or parent.lies_in(entry) for entry, _ in mention.readings)
    return apart and plain[mention.start - 1].isalnum() and _THING.match(plain, mention.end) is not None


def _elsewhere(entry: Entry, parent: Entry) -> bool:
    """Whether a place cannot be meant behind a division: its town is not one of another county's by that name."""
    if parent.code in _UNLISTED:
        return entry.level in {"county", "street"}
    return entry.level == "street" and parent.level in {"city", "county"} and not entry.lies_in(parent)


def _may_lie_in(entry: Entry, parent: Entry) -> bool:
    """Whether a place may be in a division: a road or a river goes on into the next one of the same county."""
    if entry.lies_in(parent):
        return True
    around = entry.parent.parent if entry.parent and entry.level in _GO_ON else None
    return around is not None and parent.lies_in(around)


def _may_stand(entry: Entry, form: Form, score: int) -> bool:
    """Whether a name with something that speaks for it is taken where its parent does not stand before it."""
    if entry.name in _GENERIC:
        return form is Form.FULL and score >= _AT_HOME
    return form is not Form.BEHIND_PARENT


def _nested(entry: Entry, readings: Sequence[tuple[Entry, Form]], parent: Entry | None) -> bool:
    """Whether a namesake that it lies in is meant: a prefecture's bare name is not its county of that name."""
    return any(e is not entry and e is not parent and entry.lies_in(e) for e, _ in readings)


def _free_standing(entry: Entry, form: Form, *, spoken_of: bool) -> bool:
    """Whether a name may be taken where nothing speaks for it: no street, no "城区", no everyday word but a city's."""
    if entry.level == "street" or entry.name in _GENERIC:
        return False
    if form in {Form.FULL, Form.FREE}:
        return True
    return entry.level == "city" and spoken_of


def _one_town(entry: Entry) -> bool:
    """Whether a name is that of a town and no word for towns ("小城镇")."""
    named = entry.level == "street" and len(entry.name) > 2 and entry.name not in _GENERIC
    return named and _TOWN.fullmatch(entry.name) is not None


def _support(entry: Entry, parent: Entry | None, company: Sequence[Entry], home: Entry | None) -> int:
    """What speaks for an entry: right behind its parent, its parent named elsewhere, the source's region."""
    if parent is not None and entry is not parent and entry.lies_in(parent):
        return _BEHIND + _WIDE_ENOUGH.get(parent.level, 0)
    score = 0
    for other in company:
        if entry is not other and entry.lies_in(other):
            score = max(score, 20 + _WIDE_ENOUGH.get(other.level, 0))
        elif _are_neighbours(entry, other):
            score = max(score, _BESIDE)
    return max(score, _near_home(entry, home))


def _are_neighbours(entry: Entry, other: Entry) -> bool:
    """Whether two counties lie in one city, or in no city: 义乌 names 金华 no less than itself."""
    around = entry.parent
    if around is None or around is not other.parent or entry is other:
        return False
    return around.level == "city" or entry.level == other.level == "county"


def _near_home(entry: Entry, home: Entry | None) -> int:
    """How near the source's region an entry lies: in it, around it, in the same city, in the same province."""
    if home is None:
        return 0
    if entry.lies_in(home):
        return 30
    if home.lies_in(entry):
        return 25
    mine, theirs = {e.level: e for e in entry.upward()}, {e.level: e for e in home.upward()}
    for level, worth in (("county", 15), ("city", 10), ("province", 5)):
        if level in mine and mine[level] is theirs.get(level):
            return worth
    return 0


def _best(scored: Sequence[tuple[int, Entry]], *, need: int) -> Entry | None:
    """The entry with the highest score, None when two share it."""
    top = max(score for score, _ in scored)
    first = [entry for score, entry in scored if score == top]
    if top < need:
        return None
    return first[0] if len(first) == 1 else _widest(first)


def _is_theirs(plain: str, mention: Mention, before: Mention | None) -> bool:
    """Whether a point of the district's own list is one of that name elsewhere: 杭州有个清水湾小区.

    So is a city where a compound of another is called after it: 苏州的北京花园.
    """
    one, other = mention.entry, before.entry if before is not None else None
    if before is None or one is None or other is None or other.own or one.lies_in(other):
        return False
    if not one.own:
        apart = not other.lies_in(one) and plain[before.end : mention.start] == _OF
        return apart and _ESTATE.match(plain, mention.end) is not None
    return one.level not in ADMINISTRATIVE and _HAS.fullmatch(plain, before.end, mention.start) is not None


def _leads_to(plain: str, mention: Mention, after: Mention | None) -> bool:
    """Whether a name is only the way to the next one: its parent, right before it, or a house whose branch is there."""
    if after is None or after.entry is None or mention.entry is None:
        return False
    if branches.is_house(plain, mention.end, (after.start, after.end)):
        return True
    inner = after.entry is not mention.entry and after.entry.lies_in(mention.entry)
    of = plain[mention.end : after.start] == _OF and after.entry.level in ADMINISTRATIVE
    return inner and (of or after.behind is mention)


def _place(mention: Mention, spots: Sequence[int]) -> Place:
    entry = mention.entry
    if entry is None:
        raise ValueError("a mention that was not settled is no place")
    span = spots[mention.start], spots[mention.end - 1] + 1
    return Place(code=entry.code, name=entry.name, level=entry.level, span=span, path=entry.path)
