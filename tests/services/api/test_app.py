import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from services import worker
from services.formats import moment
from tests.builders import at
from tests.services.api.conftest import NOTICE, PUBLIC_ADDRESS
from tests.services.desk import a_fire, incompressible, tell

CHINESE = re.compile("[一-鿿].*。$")


def test_health_says_what_waits_and_what_is_late(client, alert):
    answer = client.get("/healthz").json()
    (problem,) = answer.pop("problems")
    assert answer == {
        "status": "late",
        "leads": True,
        "now": moment(at(minutes=10)),
        "outbox": 4,
        "overdue": 0,
    }
    assert "到期的消息没有发出" in problem


def test_health_counts_overdue_alerts(client, told):
    told.clock.set(at(1))

    assert client.get("/healthz").json()["overdue"] == 1


def test_the_tasks_are_listed_and_finished(client, told, unseen):
    (task,) = client.get("/api/v1/tasks").json()["tasks"]
    assert task["event_id"] == unseen.id
    assert "仅1人反映" in task["reason"]

    path = f"/api/v1/tasks/{task['id']}/finish"
    assert client.post(path, json={"by": "operator_a", "outcome": "到场查看，井口完好"}).status_code == 200
    assert client.get("/api/v1/tasks").json() == {"tasks": []}
    assert client.post(path, json={"by": "operator_a", "outcome": "又去了"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [({"by": "nobody", "outcome": "好"}, 409), ({"by": "operator_a"}, 422), ({"by": "operator_a", "outcome": ""}, 422)],
)
def test_a_task_needs_a_person_and_an_outcome(client, told, body, status):
    (task,) = client.get("/api/v1/tasks").json()["tasks"]

    answer = client.post(f"/api/v1/tasks/{task['id']}/finish", json=body)

    assert answer.status_code == status
    assert CHINESE.search(answer.json()["detail"])
    assert len(client.get("/api/v1/tasks").json()["tasks"]) == 1


def test_sources_are_listed_with_their_state_and_counts(client, told):
    rows = {row["id"]: row for row in client.get("/api/v1/sources").json()["sources"]}

    assert list(rows) == ["public", "media", "official"]
    assert (rows["public"]["kept"], rows["official"]["kept"], rows["media"]["kept"]) == (4, 1, 0)
    assert rows["media"]["health"] is None


def test_search_finds_masked_texts_page_by_page(client, told):
    first = client.get("/api/v1/search", params={"q": "永固仓库", "limit": 3}).json()
    rest = client.get("/api/v1/search", params={"q": "永固仓库", "limit": 3, "after": first["after"]}).json()

    assert len(first["hits"]) == 3
    assert len(rest["hits"]) == 1
    assert rest["after"] is None
    assert all("<mark>永固仓库</mark>" in hit["snippet"] for hit in first["hits"])


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "１２", "0x1"])
def test_a_cursor_that_somebody_made_up_finds_nothing_and_breaks_nothing(still, after):
    assert still.get("/api/v1/search", params={"q": "永固仓库", "after": after}).json()["hits"] == []


@pytest.mark.parametrize("words", ['"', "*", "a AND", "' OR 1=1 --", "永固\x00仓库", "（", "😀", "-", "NEAR(a b)"])
def test_no_words_break_the_search(still, words):
    assert still.get("/api/v1/search", params={"q": words}).status_code == 200


def test_a_search_is_remembered(client, told):
    client.get("/api/v1/search", params={"q": "永固仓库"})

    with told.view() as uow:
        (entry,) = uow.audit.entries(limit=1)
    assert (entry.action, entry.target) == ("search", "永固仓库")


def test_the_brief_so_far_and_an_issued_one(client, told):
    so_far = client.get("/api/v1/briefs/daily/2026-11-03").json()
    assert (so_far["provisional"], so_far["number"]) == (True, "")
    assert client.get("/api/v1/briefs/daily").json() == {"dates": []}

    told.clock.set(at(21))
    worker.issue(told)
    issued = client.get("/api/v1/briefs/daily/2026-11-03").json()
    assert (issued["provisional"], issued["number"]) == (False, "日报〔2026〕1号")
    assert client.get("/api/v1/briefs/daily").json() == {"dates": ["2026-11-03"]}
    page = client.get("/api/v1/briefs/daily/2026-11-03/html")
    assert page.headers["content-type"].startswith("text/html")
    assert "日报〔2026〕1号" in page.text


def test_a_brief_of_another_day_is_not_there(client, told):
    answer = client.get("/api/v1/briefs/daily/2026-11-02")

    assert (answer.status_code, answer.json()["detail"]) == (404, "2026-11-02 的日报尚未签发。")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/events?limit=0",
        "/api/v1/events?limit=501",
        "/api/v1/events?limit=many",
        "/api/v1/events?since=yesterday",
        "/api/v1/events?since=2026-11-03T00:00:00",
        "/api/v1/events?since=2026-02-30T00:00:00Z",
        "/api/v1/events?status=burning",
        "/api/v1/events?rated=maybe",
        "/api/v1/search",
        "/api/v1/search?q=",
        f"/api/v1/search?q={'x' * 201}",
        "/api/v1/search?q=x&since=2026-11-03",
        "/api/v1/briefs/daily/yesterday",
        "/api/v1/briefs/daily/2026-02-30",
    ],
)
def test_a_parameter_that_cannot_be_used_is_a_chinese_sentence(still, path):
    answer = still.get(path)

    assert answer.status_code == 422
    assert CHINESE.search(answer.json()["detail"]), answer.text
    assert not re.search("[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", answer.json()["detail"]), answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/none", 404),
        ("GET", "/api/v1/alerts/A0-1", 404),
        ("GET", "/api/v1/events/E0", 404),
        ("POST", "/api/v1/events", 405),
        ("DELETE", "/api/v1/alerts", 405),
        ("GET", "/api/v1/alerts/A0-1/acknowledge", 405),
    ],
)
def test_what_there_is_not_is_a_chinese_sentence(still, method, path, status):
    answer = still.request(method, path)

    assert answer.status_code == status
    assert CHINESE.search(answer.json()["detail"])


def test_a_fault_of_our_own_is_a_sentence_without_its_details(client, service, monkeypatch):
    def broken():
        raise RuntimeError("secret detail")

    monkeypatch.setattr(service, "view", broken)

    answer = client.get("/api/v1/events")

    assert answer.status_code == 500
    assert CHINESE.search(answer.json()["detail"])
    assert "secret" not in answer.text


def every_get(client, told):
    """The text of every page and answer that can be asked for without a body."""
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    with told.view() as uow:
        known = {"event_id": [e.id for e in uow.events.all()], "alert_id": [a.id for a in uow.alerts.all()]}
        known["report_id"] = [r.id for r in uow.reports.latest()]
    values = {**known, "day": ["2026-11-03"], "month": ["2026-11"], "task_id": ["none"]}
    pages = ["/", "/console/board", "/search?q=永固", "/search?q=上涧", *(f"/events/{e}" for e in known["event_id"])]
    for path, operations in paths.items():
        names = re.findall(r"{(\w+)}", path)
        if "get" in operations:
            query = "?q=永固仓库" if path.endswith("/search") else ""
            pages += (
                [
                    path.replace(f"{{{names[0]}}}", value).replace("{ending}", "html") + query
                    for value in values[names[0]]
                ]
                if names
                else [path + query]
            )
    return {page: client.get(page).text for page in pages}


def test_no_answer_holds_a_voice_an_author_or_a_link_to_a_private_persons_post(client, told):
    for path, text in every_get(client, told).items():
        assert "secret-" not in text, path
        assert "lonely" not in text, path
        assert "20261103:" not in text, path
        assert PUBLIC_ADDRESS not in text, path
        assert '"voice"' not in text or path.endswith("openapi.json"), path
        assert '"author"' not in text, path


def test_no_answer_but_the_search_and_the_task_shows_what_one_voice_says(client, told, unseen):
    for path, text in every_get(client, told).items():
        if "search" not in path:
            assert "老井" not in text, path
        if path.startswith(("/api/v1/events", "/events", "/api/v1/alerts")) and unseen.id not in path:
            assert unseen.id not in text, path


def test_a_link_to_an_offices_page_is_kept(client, told, alert):
    assert NOTICE in client.get(f"/api/v1/events/{alert.event_id}").text


def test_every_operation_is_described_and_shown_on_the_page_for_programmers(still):
    paths = still.get("/api/v1/openapi.json").json()["paths"]
    page = still.get("/api/docs").text

    for path, operations in paths.items():
        assert path in page
        for operation in operations.values():
            assert re.search("[一-鿿]", operation["summary"])
    assert "https://" not in page


def test_every_time_has_an_offset(client, told, alert):
    def times(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key.endswith("_at") and isinstance(inner, str):
                    yield inner
                yield from times(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from times(inner)

    found = list(times(client.get(f"/api/v1/alerts/{alert.id}").json()))
    assert found
    assert all(datetime.fromisoformat(one).tzinfo is not None for one in found)


def test_several_readers_and_a_writer_do_not_disturb_each_other(client, told, alert):
    def look(number):
        if number % 5 == 0:
            tell(told, *a_fire(f"v{number}", told=at(minutes=11), text=incompressible(40, seed=number)))
        return client.get(f"/api/v1/events/{alert.event_id}").status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(look, range(20))) == {200}
    assert json.loads(client.get("/api/v1/events").text)["events"][0]["voices"] == 3 + 4


def test_the_documents_name_every_operation_and_no_other(still):
    told = still.get("/api/v1/openapi.json").json()["paths"]
    there = {f"{method.upper()} {path}" for path, methods in told.items() for method in methods}
    written = re.findall(
        r"^\| `((?:GET|POST) [^`]+)` \|", Path("docs/api.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert set(written) == there
    assert len(written) == len(there)


def test_the_page_for_programmers_shows_the_fields_of_a_body(still):
    page = still.get("/api/docs").text

    assert "请求正文" in page
    assert "<code>verdict</code>（必填） right 恰当、false_alarm 误报" in page
