"""docs/crawling.md says what the code does."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from crawlers import settings
from crawlers.kinds import kinds, spider
from crawlers.model import Authority, Health, Source
from crawlers.pace import PUBLIC_DELAY
from crawlers.page import _MAX_PARTS
from crawlers.spiders.base import Params
from crawlers.tables import MAX_FILE_BYTES

DOC = (Path(__file__).parents[2] / "docs" / "crawling.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S.*?)\n(.*?)(?=^## |\Z)", DOC, re.DOTALL | re.MULTILINE))


def keys(section):
    return re.findall(r"^\| `([\w.]+)` \|", SECTIONS[section], re.MULTILINE)


def fields_of(model, prefix=""):
    for name, field in model.model_fields.items():
        yield prefix + name
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from fields_of(inner, f"{name}.")


def test_every_kind_has_a_section():
    assert set(kinds()) <= set(SECTIONS)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_kinds_table_names_each_of_its_keys(kind):
    own = set(fields_of(kinds()[kind].params_type)) - set(Params.model_fields)
    assert set(keys(kind)) == own


def test_the_common_keys_are_named():
    assert set(keys("Every kind")) == set(Params.model_fields)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_kinds_example_is_valid(kind):
    (block,) = re.findall(r"```yaml\n(.*?)```", SECTIONS[kind], re.DOTALL)
    (entry,) = YAML(typ="safe").load(block)
    source = Source(**{**entry, "interval": timedelta(minutes=10), "authority": Authority(entry["authority"])})
    assert spider(source).kind == kind


def test_every_health_is_explained():
    assert keys("Health") == [health.value for health in Health]


def test_the_limits_are_the_real_ones():
    said = SECTIONS["Limits"] + SECTIONS["Manners"]
    for number in (
        f"{settings.MAX_PAGE_BYTES // 1_000_000} MB, {settings.PAGE_SECONDS:.0f} s in all",
        f"{settings.MAX_REDIRECTS} redirects",
        f"{_MAX_PARTS:,} tags",
        f"`max_seconds` ({settings.SOURCE_SECONDS:.0f})",
        f"{settings.AT_ONCE} visits at once",
        f"{MAX_FILE_BYTES // 1_000_000} MB, a workbook",
        f"{settings.DAILY_REQUESTS:,} requests a day",
        f"{settings.DAILY_REQUESTS_PRIVATE:,} for a private one",
        f"up to {settings.MAX_WAIT_SECONDS:.0f} s",
    ):
        assert number in said
    assert PUBLIC_DELAY == 1
    assert settings.user_agent("contact") == "Minqing/0.1 (+contact)"
