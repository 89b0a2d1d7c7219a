"""`minqing demo --once` as a newcomer runs it, and everything that it leaves behind."""

import json
import sqlite3
from html.parser import HTMLParser

import pytest

from services.demo.answers import answers
from services.demo.sources import HEADING
from services.demo.story import tell
from services.storage.database import open_database
from services.supervision import alone
from tests.acceptance.commands import minqing
from tests.acceptance.mails import read
from tests.acceptance.traces import everything, places_of

pytestmark = pytest.mark.slow
POLITICAL = ("politics", "news_politics", "gov_people", "gov_meetings")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's folder and how the command ended."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    return folder, minqing("demo", "--once", "--folder", folder)


@pytest.fixture(scope="module")
def folder(demo):
    return demo[0]


@pytest.fixture(scope="module")
def told(folder):
    """All mails, oldest first."""
    return [read(path) for path in sorted((folder / "mail").glob("*.eml"))]


@pytest.fixture(scope="module")
def kept(folder):
    """What is kept of posts: title and text."""
    record = open_database(f"sqlite:///{folder / 'minqing.db'}")
    with record.view() as view:
        found = [post.body for event in view.events.all() for post in view.posts.get(view.events.member_ids(event.id))]
    record.dispose()
    with sqlite3.connect(folder / "minqing.db") as database:
        rows = [json.loads(document) for (document,) in database.execute("SELECT document FROM posts")]
    return "\n".join([*found, *(f"{row['title']}\n{row['text']}" for row in rows)])


def test_it_ends_well_and_sums_up_in_chinese(demo):
    _, done = demo

    assert (done.code, done.err) == (0, "")
    for word in ("演示小结", "读取帖文", "范围外已删除", "事件", "Ⅱ级", "邮件发出", "催办", "brief.html", "minqing.db"):
        assert word in done.out, word
    assert "演示时钟" in done.out


def test_every_output_is_there(folder):
    for name in ("brief.json", "brief.html", "events.jsonl", "minqing.db", "log.jsonl"):
        assert (folder / name).stat().st_size > 0, name
    assert list((folder / "mail").glob("*.eml"))
    assert not list((folder / "mail").glob("*.part"))


def test_the_brief_is_the_last_one_issued(folder):
    brief = json.loads((folder / "brief.json").read_text(encoding="utf-8"))

    assert (brief["date"], brief["provisional"], brief["district"]) == ("2026-11-14", False, "栖川区")
    assert brief["number"] == "日报〔2026〕14号"
    assert brief["coverage"]["sources"] == brief["coverage"]["fresh"] == 4
    page = (folder / "brief.html").read_text(encoding="utf-8")
    HTMLParser().feed(page)
    assert "栖川区民情日报" in page
    assert brief["number"] in page


def test_every_event_line_has_figures_rating_and_reasons(folder):
    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]

    assert lines
    for line in lines:
        assert line["posts"]
        assert {"figures", "claimed", "verified", "reasons", "status"} <= set(line)
        assert line["voices"] >= 3 or {"media", "official"} & set(line["by_authority"])
        assert bool(line["reasons"]) == bool(line["claimed"] or line["verified"])


def test_every_mail_has_both_parts_an_id_of_its_own_and_a_chinese_subject(told):
    assert len({mail["Message-ID"] for mail in told}) == len(told) > 14
    for mail in told:
        assert mail.get_body(("plain",)) is not None
        assert mail.get_body(("html",)) is not None
        assert "【" in mail["Subject"]
        assert mail["To"].addresses[0].domain.endswith(".example")
        assert mail["Date"].datetime.year == 2026


def test_the_brief_of_each_day_is_mailed(told):
    subjects = [mail["Subject"] for mail in told if "民情日报" in mail["Subject"]]

    for day in range(1, 15):
        assert any(f"11月{day}日" in subject for subject in subjects), day


def test_first_reports_go_out_before_anything_else_of_their_event(told):
    first = {}
    for mail in told:
        first.setdefault(mail["References"], mail["Subject"])

    assert all("首报" in subject for thread, subject in first.items() if thread)


def test_the_alert_that_nobody_acknowledges_is_urged_step_by_step_and_then_again_and_again(told):
    urged = [mail["Subject"] for mail in told if mail["Subject"].startswith("【催办") and "兴栖路" in mail["Subject"]]
    steps = [int(subject.removeprefix("【催办").partition("】")[0]) for subject in urged]

    assert len(steps) > 2
    assert steps == list(range(1, len(steps) + 1))


def test_no_planted_identity_is_in_any_byte_of_any_file(folder):
    assert places_of(answers().identities, folder) == []


def slices(text):
    """A telling piece of a text: from its middle, as long as a search wants it."""
    middle = max(0, len(text) // 2 - 7)
    return text[middle : middle + 14]


def test_what_was_dropped_is_in_no_byte_of_any_file(folder, kept):
    chatter = {slices(item.text) for item in tell() if not item.in_scope}
    dropped = {piece for piece in chatter if len(piece) >= 10 and piece not in kept}
    content = b"\n".join(everything(folder).values())

    assert len(dropped) > 300
    assert [piece for piece in sorted(dropped) if piece.encode() in content] == []


def test_nothing_political_is_kept(kept):
    themes = {f"out.{theme}" for theme in POLITICAL}

    assert {item.theme for item in tell()} > themes
    assert [(item.theme, item.text) for item in tell() if item.theme in themes and slices(item.text) in kept] == []


def test_the_log_is_json_and_holds_no_text_of_any_post(folder):
    log = (folder / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]

    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)
    assert [item.text for item in tell() if slices(item.text) in log] == []
    assert not [line for line in lines if line["level"] in {"error", "critical"}]
    assert not [line for line in lines if line["level"] == "debug"]


def test_the_audit_log_is_whole_and_names_the_operators_acts(folder):
    assert minqing("audit", folder).code == 0

    record = open_database(f"sqlite:///{folder / 'minqing.db'}")
    with record.view() as view:
        acts = {(entry.actor, entry.action) for entry in view.audit.entries(limit=10_000)}
    record.dispose()
    assert ("operator_a", "acknowledge") in acts
    assert ("operator_a", "assign") in acts


def test_a_folder_that_another_demo_is_using_is_not_touched(tmp_path):
    (tmp_path / "sources.yaml").write_text(HEADING, encoding="utf-8")
    with alone.hold(tmp_path):
        before = everything(tmp_path)
        done = minqing("demo", "--once", "--folder", tmp_path)

        assert done.code == 2
        assert "正由另一个 minqing 进程使用" in done.err
        assert everything(tmp_path) == before


def test_a_folder_that_is_not_a_demos_own_is_not_touched(tmp_path):
    desk = tmp_path / "desk"
    assert minqing("init", desk).code == 0
    before = everything(desk)

    done = minqing("demo", "--once", "--folder", desk)

    assert done.code == 2
    assert done.err.splitlines() == [f"{desk} 中有演示以外的内容，没有动它；请用 --folder 换一个空文件夹。"]
    assert everything(desk) == before
