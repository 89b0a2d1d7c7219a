"""A third planted set, in further registers (registers.yaml), written before anything was measured on it."""

import random
from pathlib import Path

from ruamel.yaml import YAML

from tests.crawlers.held_out import MAKERS
from tests.crawlers.planted import Case

_WORDS = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
NAMES = _WORDS["names"].split()
_COMPOUNDS, _STREETS = _WORDS["compounds"].split(), _WORDS["streets"].split()
_ADDRESSES = ("女士", "先生", "大爷", "阿姨", "师傅", "老师", "大姐")
_SURNAMES = "王李张刘陈杨赵吴徐孙朱胡郭林罗梁宋郑谢韩冯曹彭董袁邓许傅曾吕苏卢蒋蔡丁魏薛潘杜戴钟姜崔谭廖范汪陆贾姚邱邹"
COUNT = 1_700


def positives(seed: int = 77) -> list[Case]:
    """Texts with one or several planted pieces each; of a form of address the surname before it counts as planted."""
    rng = random.Random(seed)
    return [_positive(rng, _WORDS["positive"][n % len(_WORDS["positive"])]) for n in range(COUNT)]


def _positive(rng: random.Random, template: str) -> Case:
    names = dict(zip("nmk", rng.sample(NAMES, 3), strict=True))
    addressed = rng.choice(_SURNAMES) + rng.choice(_ADDRESSES)
    pieces = {name: make(rng) for name, make in MAKERS.items() if f"{{{name}}}" in template}
    places = {"c": rng.choice(_COMPOUNDS), "s": rng.choice(_STREETS), "a": rng.randint(3, 91)}
    named = [name for key, name in names.items() if f"{{{key}}}" in template]
    named += [addressed] if "{h}" in template else []
    return Case("registers", template.format(**names, h=addressed, **pieces, **places), (*named, *pieces.values()))


def negatives(seed: int = 77) -> list[Case]:
    """Texts with places, firms and words that begin like names, figures and amounts, and no personal data."""
    rng = random.Random(seed)
    cases = []
    for number in range(1_000):
        figures = {"k": rng.randint(2, 99), "j": rng.randint(2, 9), "i": rng.randint(10, 59), "h": rng.randint(1, 22)}
        cases.append(Case("none", _WORDS["nothing"][number % len(_WORDS["nothing"])].format(**figures)))
    return cases
