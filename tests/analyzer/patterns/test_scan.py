import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts import everyday, fractions, implied, ordinals, quantities, surroundings, updates
from analyzer.facts.lexicon import EVENT
from analyzer.facts.talk import ELSEWHERE, SCENE
from analyzer.facts.tokens import TOKEN
from analyzer.nature import calm, clauses, genres, judging, occasions, rumours, signals, statements
from analyzer.patterns.expressions import anywhere, branched, guarded
from analyzer.patterns.scan import Hints, Opened, forget, look_at, plain_of, remembered
from analyzer.patterns.words import beginnings, necessary
from analyzer.text import normalise_many
from tests.analyzer.labelled import lines

TEXTS = ["市气象台发布暴雨红色预警信号"]
TEXTS += [plain_of(line["text"]) for name in ("facts.jsonl", "nature.jsonl", "places.jsonl") for line in lines(name)]
PATTERNS = {
    "cues": "|".join(clauses._GROUPS.values()),
    "happening": judging._HAPPENING.pattern,
    "refutes": statements._REFUTES.pattern,
    "denies": statements._DENIES.pattern,
    "resolves": statements._RESOLVES.pattern,
    "answers": statements._ANSWERS.pattern,
    "warning": signals._WARNING.pattern,
    "period": genres._PERIOD.pattern,
    "tally": genres._TALLY.pattern,
    "orders": genres._IMPERATIVE.pattern,
    "event": EVENT,
    "token": TOKEN.pattern,
    "amount": quantities._AMOUNT.pattern,
    "surroundings": surroundings.WORDS,
}
HINTING = (everyday, fractions, implied, ordinals, quantities, updates, calm, genres, occasions, rumours, statements)
SOUGHT = PATTERNS | {"scene": SCENE.pattern, "elsewhere": ELSEWHERE.pattern}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_match_contains_a_necessary_word(name):
    pattern = PATTERNS[name]
    words = necessary(pattern)
    if words is None:
        pytest.skip("this pattern has no necessary words and is always tried")
    # What a pattern looks at beside a match is as necessary as what it matches.
    found = [
        text[max(0, match.start() - 10) : match.end() + 40] for text in TEXTS for match in re.finditer(pattern, text)
    ]
    assert found
    assert not [text for text in found if not any(word in text for word in words)]


@pytest.mark.parametrize("module", HINTING, ids=lambda module: module.__name__.rpartition(".")[2])
def test_hints_overlook_no_match(module):
    for name, pattern in module.HINTS.items():
        if not isinstance(pattern, frozenset):
            hints, matching = Hints({name: pattern}), re.compile(pattern)
            assert not [text for text in TEXTS if not hints(text) and matching.search(text)], name


@pytest.mark.parametrize("name", PATTERNS)
def test_a_look_at_the_first_character_loses_no_match(name):
    pattern, quick = re.compile(PATTERNS[name]), guarded(PATTERNS[name])
    for text in TEXTS:
        assert [m.span() for m in quick.finditer(text)] == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("name", SOUGHT)
def test_where_a_pattern_begins_first_is_told_by_the_quick_one_too(name):
    plain, quick = re.compile(SOUGHT[name]), anywhere(SOUGHT[name])

    for text in TEXTS:
        for bounds in ((0, len(text)), (len(text) // 3, len(text) // 2)):
            slow, fast = plain.search(text, *bounds), quick.search(text, *bounds)
            assert (slow and slow.start()) == (fast and fast.start())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("停[水电]", {"停水", "停电"}),
        ("火(?:已经?|都)?灭", {"火灭", "火已灭", "火已经灭", "火都灭"}),
        (r"\d+人死亡", {f"{digit}人死亡" for digit in range(10)}),
        ("(?:系|是)[^，]{0,4}谣言", {"谣言"}),
        ("[^，]{1,18}时(?=，)", {"时，"}),
        ("(?:前[一二]{1,2}|近[一二])个?月", {"前一", "前二", "近一", "近二"}),
        ("(?:啥|屁)事[也都]{0,2}没有", {"啥事", "屁事"}),
        ("[死伤][^，]{0,10}(?:才|再)[来管]", {"才来", "才管", "再来", "再管"}),
        ("(?:局|政务[^，]{0,6}队(?:队长)?)：", {"局：", "队：", "队长："}),
        ("图[^，]{0,4}是[^，]", {"图"}),
        ("a|b", {"a", "b"}),
        ("[^，]+", None),
        (r"\w+", None),
        ("a*", None),
        ("(?:a|\\w)b", {"b"}),
        ("(?<=[人名])[失联](?=，|$)", {"人失", "人联", "名失", "名联"}),
        (
            r"(?:[零一二]|\d{1,2})(?:[:：][0-5]\d(?!\d)|[时点](?!间))",
            {f"{h}{m}" for h in "零一二0123456789" for m in ":：时点"},
        ),
        ("[摔砸]断[^，]*(?:医院|学校)", {"摔断", "砸断"}),
        ("[手腿](?:给|都|直接)*断了?", {"手断", "腿断", "给断", "都断", "直接断"}),
        ("停电|停电了|又停电", {"停电"}),
    ],
)
def test_necessary_words_are_those_that_are_seldom_seen(pattern, words):
    assert necessary(pattern) == words


@pytest.mark.parametrize("name", ["cues", "happening", "refutes", "answers", "token", "event"])
def test_trying_only_where_a_match_may_begin_finds_the_same(name):
    plain, quick = re.compile(PATTERNS[name]), Opened(PATTERNS[name])
    for text in TEXTS:
        assert [(m.span(), m.lastgroup) for m in quick.finditer(text)] == [
            (m.span(), m.lastgroup) for m in plain.finditer(text)
        ]


@pytest.mark.parametrize("name", ["cues", "answers", "token"])
def test_the_first_match_between_two_places_is_the_same(name):
    plain, quick = re.compile(PATTERNS[name]), Opened(PATTERNS[name])
    for text in TEXTS:
        for start, end in ((0, 30), (7, 25), (len(text) // 2, len(text) + 5)):
            found, expected = quick.search(text, start, end), plain.search(text, start, end)
            assert (found and (found.span(), found.lastgroup)) == (expected and (expected.span(), expected.lastgroup))


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        ("(?:约[^，]?)?停水", {"约": "(?:约[^，]?)?停水", "停水": "(?:约[^，]?)?停水"}),
        ("停水|断电", {"停水": "停水", "断电": "断电"}),
        ("(?P<now>今天|今)|(?P<old>今年)", {"今": "(?P<now>今天|今)|(?P<old>今年)"}),
        (
            "的?报道|(?:很|好)[^，]+",
            {"的报道": "的?报道", "报道": "的?报道", "很": "(?:很|好)[^，]+", "好": "(?:很|好)[^，]+"},
        ),
    ],
)
def test_an_alternative_is_known_by_what_it_may_begin_with(pattern, begun):
    assert beginnings(pattern) == begun


def test_what_may_begin_with_anything_cannot_be_listed():
    with pytest.raises(ValueError, match="anything"):
        beginnings("停水|[^，]+水")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("停水了,没人管 ，急!", "停水了，没人管，，急！"),
        ("3,000人 8:30 到 .", "3,000人 8:30 到 ."),
        ("来了.走了 (真的)", "来了。走了 （真的）"),
    ],
)
def test_half_width_marks_and_spaces_beside_marks_become_marks(text, plain):
    assert plain_of(text) == plain


def test_what_is_remembered_of_a_batch_is_forgotten_with_it():
    made = []

    @remembered
    def length(text):
        made.append(text)
        return len(text)

    look_at(["停水了,", "来电了"], ["停水了,", "来电了"])
    assert plain_of("停水了,") == "停水了，"
    assert [length("停水"), length("停水")] == [2, 2]
    assert made == ["停水"]
    forget()
    assert length("停水") == 2
    assert made == ["停水", "停水"]


@given(st.lists(st.text(st.sampled_from(",.!:;()?3停水 \n，。"), max_size=12), max_size=5))
def test_looked_at_together_texts_have_the_marks_that_each_has_alone(texts):
    normal = normalise_many(texts)
    look_at(texts, normal)
    together = [plain_of(text) for text in texts]
    forget()
    assert together == [plain_of(text) for text in texts]


def test_hints_say_which_patterns_may_match():
    seen = Hints({"outage": "停[水电]", "rumour": "谣言", "anything": r"\w"})("家里停水了")
    assert "outage" in seen
    assert "rumour" not in seen
    assert "anything" in seen


@pytest.mark.parametrize("name", PATTERNS)
def test_alternatives_behind_looks_find_the_same(name):
    plain, quick = re.compile(PATTERNS[name]), re.compile(branched(PATTERNS[name]))
    for text in TEXTS:
        assert [(m.span(), m.lastgroup) for m in quick.finditer(text)] == [
            (m.span(), m.lastgroup) for m in plain.finditer(text)
        ]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("停水|停|断水|断", ["停水了", "停了", "断水", "断"]),
        ("a|ab|b[|)]|c\\||(?:d|e)f", ["ab", "b|", "c|", "ef", "df"]),
        ("[]a]x|[^|]y", ["]x", "ay", "|y"]),
    ],
)
def test_alternatives_keep_their_order_where_they_begin_alike(pattern, texts):
    for text in texts:
        plain, quick = re.match(pattern, text), re.match(branched(pattern), text)
        assert (plain and plain.group()) == (quick and quick.group())


def test_the_words_looked_for_do_not_hang_on_the_order_of_sets():
    asked = (
        "from analyzer.patterns.words import necessary; from analyzer.scope.trimmings import _STEPS;"
        "print([sorted(necessary(pattern.pattern)) for pattern, _ in _STEPS])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", asked], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "12345"
    }
    assert len(found) == 1
