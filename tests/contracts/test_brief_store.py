"""What every BriefStore must do."""

import pytest

from services.ports import BriefRecord
from services.storage.errors import StaleVersion
from tests.builders import at


def brief(date="2026-11-03", revision=1, **body):
    return BriefRecord(date=date, revision=revision, issued_at=at(), number="日报〔2026〕1号", body=body)


def test_the_latest_revision_counts(work):
    work.briefs.add(brief())
    work.briefs.add(second := brief(revision=2, 事件=[{"标题": "停水", "户数": 300}], 备注=None))
    work.briefs.add(brief("2026-11-05"))
    assert work.briefs.get("2026-11-03") == second
    assert work.briefs.get("2026-11-04") is None
    assert work.briefs.dates() == ["2026-11-05", "2026-11-03"]


def test_an_issued_brief_is_not_overwritten(work):
    work.briefs.add(brief(说="原文"))
    with pytest.raises(StaleVersion):
        work.briefs.add(brief(说="改过"))
    assert work.briefs.get("2026-11-03").body == {"说": "原文"}
