import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args, get_origin, get_type_hints

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import model as alerts_model
from analyzer import model as analyzer_model
from crawlers import model as crawlers_model
from crawlers.model import Authority
from services import ports
from services.storage import codec
from services.storage.errors import CodecError
from tests.builders import NOON, event, post, reading

NOT_KEPT = {alerts_model.Attachment, alerts_model.Message}
"""What a channel is handed at the moment of sending: no table holds it."""
TYPES = [
    kind
    for module in (crawlers_model, analyzer_model, alerts_model, ports)
    for kind in vars(module).values()
    if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__ and kind not in NOT_KEPT
]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
moments = st.datetimes(
    datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])
)
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
PLAIN = {
    str: texts,
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: moments,
    timedelta: st.timedeltas(timedelta(0), timedelta(days=999)),
    Any: json,
    object: json,
    type(None): st.none(),
}


def anything(kind):
    """A strategy for every annotation that the models use."""
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type):
        return st.deferred(lambda: objects(kind)) if dataclasses.is_dataclass(kind) else st.sampled_from(list(kind))
    inner = [anything(part) for part in get_args(kind) if part is not ...]
    if get_origin(kind) is tuple:
        return st.lists(*inner, max_size=3).map(tuple) if ... in get_args(kind) else st.tuples(*inner)
    made = {frozenset: st.frozensets, Mapping: st.dictionaries}.get(get_origin(kind))
    return st.one_of(*inner) if made is None else made(*inner, max_size=3)


def objects(kind):
    """Objects of a dataclass; Post has rules of its own."""
    hints = get_type_hints(kind)
    parts = {field.name: anything(hints[field.name]) for field in dataclasses.fields(kind)}
    if kind is crawlers_model.Post:
        parts |= {"authority": st.just(Authority.MEDIA)}
    return st.builds(kind, **parts)


def test_the_models_are_all_here():
    assert {kind.__name__ for kind in TYPES} >= {"Post", "Reading", "Event", "Rating", "Alert", "Report"}


@given(st.sampled_from(TYPES).flatmap(objects))
def test_every_type_of_the_models_comes_back_equal(value):
    back = codec.decode(type(value), codec.encode(value))
    assert back == value
    assert type(back) is type(value)


def test_a_moment_comes_back_in_utc():
    told = post(told=NOON.astimezone(timezone(timedelta(hours=8))))
    back = codec.decode(crawlers_model.Post, codec.encode(told))
    assert back.collected_at.tzinfo is UTC


def test_an_old_row_takes_the_default_of_a_new_field_and_a_new_row_its_unknown_key_is_ignored():
    stored = orjson.loads(codec.encode(event()))
    del stored["growth"]
    stored["from a later version"] = [1]
    assert codec.decode(analyzer_model.Event, orjson.dumps(stored)) == event()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", 7),
        ("id", None),
        ("posts", "3"),
        ("posts", True),
        ("status", "unheard of"),
        ("status", []),
        ("first_seen_at", "yesterday"),
        ("first_seen_at", "2026-11-03T12:00:00"),
        ("first_seen_at", 5),
        ("negative_share", "much"),
        ("topics", "hazard.fire"),
        ("topics", [1]),
        ("by_authority", []),
        ("figures", {"unheard of": {}}),
        ("places", [{"name": "only"}]),
        ("warning", 3),
    ],
)
def test_what_does_not_fit_is_refused_and_the_place_named(key, value):
    stored = orjson.loads(codec.encode(event())) | {key: value}
    with pytest.raises(CodecError, match=key):
        codec.decode(analyzer_model.Event, orjson.dumps(stored))


@pytest.mark.parametrize("document", ["", "{", "[]", "null", "{}"])
def test_what_is_no_document_is_refused(document):
    with pytest.raises(CodecError):
        codec.decode(analyzer_model.Event, document)


def test_a_span_has_two_ends():
    one = reading(post(), "hazard.fire", analyzer_fact())
    stored = orjson.loads(codec.encode(one))
    stored["facts"][0]["span"] = [1, 2, 3]
    with pytest.raises(CodecError, match="span"):
        codec.decode(analyzer_model.Reading, orjson.dumps(stored))


def test_a_rule_of_the_type_itself_is_kept():
    stored = orjson.loads(codec.encode(post())) | {"link": "https://private.example"}
    with pytest.raises(CodecError, match="link"):
        codec.decode(crawlers_model.Post, orjson.dumps(stored))


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_a_figure_that_is_none_is_refused_before_it_is_stored(figure):
    one = reading(post(), "hazard.fire", analyzer_fact(value=figure))
    with pytest.raises(CodecError):
        codec.encode(one)


@pytest.mark.parametrize("text", ["\ud800", b"bytes"])
def test_what_json_cannot_hold_is_refused(text):
    with pytest.raises(CodecError):
        codec.encode(post(text))


def test_an_annotation_nobody_can_read_is_refused():
    @dataclasses.dataclass
    class Odd:
        value: int | str

    with pytest.raises(CodecError):
        codec.decode(Odd, "{}" if not codec.encode(Odd(1)) else '{"value": 1}')


def analyzer_fact(**more):
    fact = {"kind": "deaths", "value": 3.0, "unit": "person", "qualifier": "exactly", "span": (0, 1)} | more
    fact["kind"] = analyzer_model.FactKind(fact["kind"])
    fact["qualifier"] = analyzer_model.Qualifier(fact["qualifier"])
    return analyzer_model.Fact(**fact)
