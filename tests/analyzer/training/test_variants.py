"""Variants teach that a remark, a place or a lost letter changes nothing."""

import pytest

pytest.importorskip("sklearn")

from analyzer.training.data import Example
from analyzer.training.variants import as_read, asides, variants, wrappings

WATER = Example(text="三号楼停水两天了,老人提不动桶", source="corpus", in_scope=True, topics=("service.water",))


def made(*examples):
    return [example for example in variants(examples) if example.origin]


def test_each_text_gets_a_remark_a_place_and_a_wrapping_and_loses_a_letter():
    remarked, placed, short, wrapped = made(WATER)
    assert any(remark in remarked.text for remark in asides())
    assert placed.text.endswith(WATER.text)
    assert len(short.text) == len(WATER.text) - 1
    assert WATER.text in wrapped.text
    assert len(wrapped.text) > len(WATER.text)


def test_variants_keep_the_labels_and_the_fold_of_their_original():
    for variant in made(WATER):
        assert (variant.in_scope, variant.topics, variant.family) == (True, WATER.topics, WATER.text)


def test_variants_are_the_same_every_time():
    assert made(WATER) == made(WATER)


def test_held_out_texts_have_none():
    held = Example(text=WATER.text, source="corpus", in_scope=True, held_out=True)
    assert made(held) == []


def test_a_variant_that_reads_like_its_original_teaches_nothing():
    town = Example(text=f"清溪县{WATER.text}", source="variants", in_scope=True, origin=WATER.text)
    assert [example.source for example in as_read([WATER, town])] == ["corpus"]


def test_a_wrapping_holds_one_text():
    assert all(wrapping.count("{}") == 1 for wrapping in wrappings())


def test_what_stands_around_a_text_is_no_matter_by_itself():
    assert {example.in_scope for example in variants([WATER]) if not example.origin} == {False}
