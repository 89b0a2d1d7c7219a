import io
from datetime import timedelta
from urllib.parse import unquote

import docx
import pytest

from alerts.beijing import moment_of
from alerts.documents import fonts
from alerts.documents.errors import DocumentError
from alerts.model import ReportKind
from services import worker
from tests.builders import at
from tests.fonts import needs_chinese_font
from tests.services.api.test_app import CHINESE
from tests.services.desk import a_fire, tell
from tests.services.reporting.test_periodicals import DAY, MONDAY, MONTHLY_HOUR, WEEKLY_HOUR


@pytest.fixture
def first(told):
    """The fire's first report."""
    with told.view() as uow:
        return uow.reports.latest(ReportKind.FIRST)[0]


@pytest.fixture
def issued(told):
    """A service that has issued a weekly brief and an assessment."""
    for moment in (moment_of(MONDAY + 2 * DAY) + timedelta(hours=8), WEEKLY_HOUR, MONTHLY_HOUR):
        told.clock.set(moment)
        worker.issue(told)
    return told


def test_reports_are_listed_the_last_issued_first_and_by_kind(client, issued):
    every = client.get("/api/v1/reports").json()["reports"]
    assert {r["kind"] for r in every} >= {"first", "daily", "weekly", "assessment"}
    assert [r["at"] for r in every] == sorted((r["at"] for r in every), reverse=True)
    (weekly,) = client.get("/api/v1/reports?kind=weekly").json()["reports"]
    assert weekly["number"] == "周报〔2026〕1号"
    assert client.get(f"/api/v1/reports/{weekly['id']}").json()["period"] == "2026-11-02"


def test_a_report_is_had_as_json_with_its_fields_and_figures(client, first):
    for address in (f"/api/v1/reports/{first.id}", f"/api/v1/reports/{first.id}.json"):
        line = client.get(address).json()
        assert (line["id"], line["number"], line["text"]) == (first.id, first.number, first.text)
        assert line["fields"]["伤亡失联"] == first.fields["伤亡失联"]
        assert line["figures"]["deaths"]["claimed"] == 3
        assert line["body"] is None


def test_a_report_is_had_as_page_and_as_text(client, first):
    page = client.get(f"/api/v1/reports/{first.id}.html")
    assert first.number in page.text
    assert "style-src 'unsafe-inline'" in page.headers["Content-Security-Policy"]
    text = client.get(f"/api/v1/reports/{first.id}.txt")
    assert text.text == first.text
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_report_is_had_as_docx_under_its_number_and_title(client, first):
    answer = client.get(f"/api/v1/reports/{first.id}.docx")
    assert answer.status_code == 200
    said = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert first.text.partition("\n")[0] in said
    assert unquote(answer.headers["Content-Disposition"]).endswith(f"''{first.number} {first.title}.docx")
    assert 'filename="report.docx"' in answer.headers["Content-Disposition"]


@needs_chinese_font
def test_every_kind_of_report_is_had_as_pdf(client, issued):
    for report in client.get("/api/v1/reports").json()["reports"]:
        answer = client.get(f"/api/v1/reports/{report['id']}.pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


def test_without_a_chinese_typeface_a_pdf_is_refused_with_the_way_out(client, first, monkeypatch):
    def none():
        raise DocumentError("本机没有可用的中文字体，请安装 fonts-noto-cjk 后重启服务。")

    monkeypatch.setattr(fonts, "chosen", none)
    answer = client.get(f"/api/v1/reports/{first.id}.pdf")
    assert answer.status_code == 503
    assert "fonts-noto-cjk" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["none", "none.pdf", "none.json"])
def test_an_unknown_report_is_not_there(client, address):
    answer = client.get(f"/api/v1/reports/{address}")
    assert answer.status_code == 404
    assert CHINESE.search(answer.json()["detail"])


def test_a_form_that_there_is_not_is_refused(client, first):
    answer = client.get(f"/api/v1/reports/{first.id}.odt")
    assert answer.status_code == 422
    assert CHINESE.search(answer.json()["detail"])


def test_taking_a_report_away_is_written_into_the_audit_log(client, told, first):
    client.get(f"/api/v1/reports/{first.id}.txt")
    with told.view() as uow:
        last = uow.audit.entries(limit=1)[0]
    assert (last.action, last.target) == ("export report", f"{first.number}.txt")


def test_weekly_briefs_and_assessments_are_listed_and_shown(client, issued):
    assert client.get("/api/v1/briefs/weekly").json() == {"dates": ["2026-11-02"]}
    assert client.get("/api/v1/assessments").json() == {"months": ["2026-11"]}
    by_any_day = client.get("/api/v1/briefs/weekly/2026-11-05").json()
    assert (by_any_day["number"], by_any_day["provisional"]) == ("周报〔2026〕1号", False)
    month = client.get("/api/v1/assessments/2026-11").json()
    assert (month["month"], month["number"]) == ("2026-11", "考核〔2026〕1号")
    assert "<svg" in client.get("/api/v1/briefs/weekly/2026-11-02/html").text
    assert "不考核数量" in client.get("/api/v1/assessments/2026-11/html").text


def test_the_running_week_and_month_are_drafts(client, told):
    for path in ("briefs/weekly/2026-11-03", "assessments/2026-11"):
        draft = client.get(f"/api/v1/{path}").json()
        assert (draft["number"], draft["provisional"], draft["report_id"]) == ("", True, None)
        assert "尚未签发" in client.get(f"/api/v1/{path}/html").text


@pytest.mark.parametrize(
    "path", ["briefs/weekly/2026-10-01", "assessments/2026-01", "assessments/2026-13", "assessments/november"]
)
def test_what_was_never_issued_is_not_there(client, told, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert CHINESE.search(answer.json()["detail"])


def test_a_brief_is_issued_anew_only_when_the_record_says_something_else(client, told):
    told.clock.set(moment_of(MONDAY + 2 * DAY) + timedelta(hours=8))
    worker.issue(told)
    (old,) = client.get("/api/v1/reports?kind=daily").json()["reports"]
    path, why = f"/api/v1/reports/{old['id']}/reissue", {"by": "operator_a", "note": "补报"}

    same = client.post(path, json=why)
    assert (same.status_code, same.json()["detail"]) == (409, "日报〔2026〕1号与现有记录一致，无需重新签发。")

    tell(told, *a_fire("d", "e", deaths=12, told=at(5), text="永固仓库又有人遇难"))
    new = client.post(path, json=why).json()
    assert (new["sequence"], new["number"], new["period"]) == (2, "日报〔2026〕2号", "2026-11-03")
    assert (
        client.get(f"/api/v1/reports/{old['id']}").json()["text"] == client.get(f"/api/v1/reports/{old['id']}.txt").text
    )
    assert client.get("/api/v1/briefs/daily/2026-11-03").json()["revision"] == 2
    with told.view() as uow:
        assert [(e.actor, e.action, e.note) for e in uow.audit.entries(limit=9) if e.action == "reissue"] == [
            ("operator_a", "reissue", "补报")
        ]
        assert [n for n in uow.outbox.all() if n.report_id == new["id"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"by": "operator_a", "note": "改一改"}, 409),
        ({"by": "nobody", "note": "改一改"}, 409),
        ({"by": "operator_a", "note": ""}, 422),
        ({"by": "operator_a"}, 422),
    ],
)
def test_a_report_of_an_event_is_never_issued_anew(client, first, body, status):
    answer = client.post(f"/api/v1/reports/{first.id}/reissue", json=body)
    assert answer.status_code == status
    assert CHINESE.search(answer.json()["detail"])
