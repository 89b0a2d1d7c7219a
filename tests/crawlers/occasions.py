"""A fourth planted set, in further registers (occasions.yaml), written before anything was measured on it."""

import random
from pathlib import Path

from ruamel.yaml import YAML

from tests.crawlers.held_out import MAKERS
from tests.crawlers.planted import Case

_WORDS = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
NAMES = _WORDS["names"].split()
CALLED = _WORDS["called"].split()
_COMPOUNDS, _STREETS = _WORDS["compounds"].split(), _WORDS["streets"].split()
_ADDRESSES, _SURNAMES = _WORDS["addresses"].split(), _WORDS["surnames"]
COUNT = 2_000


def positives(seed: int = 1128) -> list[Case]:
    """Texts with one or several planted pieces each; of a form of address the surname before it counts as planted."""
    rng = random.Random(seed)
    return [_positive(rng, _WORDS["positive"][n % len(_WORDS["positive"])]) for n in range(COUNT)]


def _positive(rng: random.Random, template: str) -> Case:
    named = dict(zip("nmk", rng.sample(NAMES, 3), strict=True))
    named |= {"o": rng.choice(CALLED), "h": rng.choice(_SURNAMES) + rng.choice(_ADDRESSES)}
    pieces = {name: make(rng) for name, make in MAKERS.items()}
    places = {"c": rng.choice(_COMPOUNDS), "s": rng.choice(_STREETS), "a": rng.randint(3, 91)}
    planted = [piece for key, piece in (named | pieces).items() if f"{{{key}}}" in template]
    return Case("occasions", template.format(**named, **pieces, **places), tuple(planted))


def negatives(seed: int = 1128) -> list[Case]:
    """Texts with places, brands and words that begin like names, figures and amounts, and no personal data."""
    rng = random.Random(seed)
    cases = []
    for number in range(1_000):
        figures = {"k": rng.randint(2, 99), "j": rng.randint(2, 9), "i": rng.randint(10, 59), "h": rng.randint(1, 22)}
        cases.append(Case("none", _WORDS["nothing"][number % len(_WORDS["nothing"])].format(**figures)))
    return cases
