"""`minqing replay` and `minqing analyze` as commands, over files on disk."""

import json
import re
from datetime import datetime, time, timedelta

import pytest

from alerts.beijing import day_of, moment_of
from services.demo.answers import answers
from services.demo.script import DAYS, OPENS
from services.replaying.replay import RUN_ON
from tests.acceptance.commands import minqing
from tests.acceptance.town import GAZETTEER, PLAN, ROOT, lines_of, outputs, story

ROSTER = ROOT / "deploy" / "roster.example.yaml"
BROKEN = ['{"source": "board"', '["a"]', '{"source": "board", "authority": "public"}']


@pytest.fixture(scope="module")
def posts(tmp_path_factory):
    """The town's story as a file."""
    path = tmp_path_factory.mktemp("posts") / "town.jsonl"
    path.write_text("\n".join(story()) + "\n", encoding="utf-8")
    return path


def replay(posts, out, *more):
    return minqing("replay", posts, "--plan", PLAN, "--gazetteer", GAZETTEER, "--out", out, *more)


@pytest.fixture(scope="module")
def plain(posts, tmp_path_factory):
    """The outputs without a roster."""
    out = tmp_path_factory.mktemp("plain")
    assert replay(posts, out).code == 0
    return out


def test_equal_input_gives_equal_bytes(posts, plain, tmp_path):
    assert replay(posts, tmp_path).code == 0

    assert outputs(tmp_path) == outputs(plain)
    assert set(outputs(plain)) == {
        "counts.json",
        "events.jsonl",
        "notifications.jsonl",
        "ratings.jsonl",
        "reports.jsonl",
        "summary.html",
        "tasks.jsonl",
    }


def test_in_what_order_a_process_keeps_its_sets_changes_no_byte(tmp_path):
    """Towns that no list knows, told side by side: a set of them has another order in every process."""
    posts = tmp_path / "country.jsonl"
    lines = (ROOT / "tests" / "resources" / "news_country.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    told = [
        {"id": str(number), "source": row.get("author", "-"), "authority": row.get("authority", "public")}
        | {key: row[key] for key in ("title", "text", "published_at")}
        for number, row in enumerate(rows)
    ]
    posts.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in told), encoding="utf-8")

    def told_by(seed):
        out = tmp_path / seed
        assert minqing("replay", posts, "--plan", PLAN, "--out", out, PYTHONHASHSEED=seed).code == 0
        return {file.relative_to(out): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}

    assert told_by("0") == told_by("1") == told_by("2")


def test_the_order_of_the_lines_does_not_matter_where_times_differ(posts, plain, tmp_path):
    lines = story()
    shuffled = tmp_path / "town.jsonl"
    shuffled.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    times = [json.loads(line)["collected_at"] for line in lines]
    unique = {time for time in times if times.count(time) == 1}
    assert len(unique) > 0.9 * len(lines)

    assert replay(shuffled, tmp_path / "out").code == 0

    found = [line["at"] for line in lines_of(tmp_path / "out", "reports.jsonl")]
    assert found == sorted(found)
    assert json.loads(outputs(tmp_path / "out")["counts.json"]) == json.loads(outputs(plain)["counts.json"])


def test_no_wall_clock_time_is_in_any_output(plain):
    text = b"".join(outputs(plain).values()).decode()
    moments = [datetime.fromisoformat(found) for found in re.findall(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00", text)]

    assert moments
    assert min(moments) >= OPENS
    assert max(moments) < OPENS + timedelta(days=DAYS) + RUN_ON


def test_each_day_and_week_has_its_brief_at_its_hour_and_nobody_is_sent_it(plain):
    reports = lines_of(plain, "reports.jsonl")
    briefs = {kind: [line for line in reports if line["kind"] == kind] for kind in ("daily", "weekly")}
    first = day_of(OPENS)

    days = [first + timedelta(days=n) for n in range(1, DAYS + 1)]
    assert [line["at"] for line in briefs["daily"]] == [
        f"{moment_of(day, time(8)):%Y-%m-%dT%H:%M:%S}+00:00" for day in days
    ]
    assert [line["number"] for line in briefs["daily"]] == [f"日报〔2026〕{n}号" for n in range(1, DAYS + 1)]
    mondays = [day for day in (*days, days[-1] + timedelta(days=1)) if day.weekday() == 0]
    assert [line["at"] for line in briefs["weekly"]] == [
        f"{moment_of(day, time(8, 30)):%Y-%m-%dT%H:%M:%S}+00:00" for day in mondays
    ]
    read = sum(int(re.search(r"读取(\d+)条", line["text"])[1]) for line in briefs["daily"])
    counts = json.loads(outputs(plain)["counts.json"])
    assert read == counts["read"] - counts["duplicates"]
    told = {line["report_number"] for line in lines_of(plain, "notifications.jsonl")}
    assert not told & {line["number"] for kind in briefs.values() for line in kind}


def test_broken_lines_are_said_with_their_line_and_the_rest_goes_on(posts, plain, tmp_path):
    lines = story()
    for number, line in enumerate(BROKEN):
        lines.insert(100 * (number + 1), line)
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text("\n".join(lines) + "\n", encoding="utf-8")

    done = replay(mixed, tmp_path / "out")

    assert done.code == 0
    assert len(done.sentences) == len(BROKEN)
    for number, sentence in enumerate(done.sentences):
        assert sentence.startswith(f"{mixed} 第{100 * (number + 1) + 1}行：")
    counts = json.loads(outputs(tmp_path / "out")["counts.json"])
    assert counts["broken"] == len(BROKEN)
    assert counts["read"] == len(story())
    assert outputs(tmp_path / "out")["events.jsonl"] == outputs(plain)["events.jsonl"]


@pytest.mark.parametrize("command", ["replay", "analyze"])
def test_strict_makes_a_broken_line_a_failure_though_all_is_written(tmp_path, command):
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text("\n".join([story()[0], *BROKEN, story()[1]]), encoding="utf-8")
    out = tmp_path / "out"
    options = ["--plan", PLAN, "--out", out] if command == "replay" else ["-o", out, "--processes", 1]

    done = minqing(command, mixed, *options, "--strict")

    assert done.code == 1
    assert len(done.sentences) == len(BROKEN)
    if command == "replay":
        assert json.loads(outputs(out)["counts.json"])["read"] == 2
    else:
        assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_without_a_roster_each_role_is_its_own_recipient(plain):
    recipients = {line["recipient"] for line in lines_of(plain, "notifications.jsonl")}

    assert recipients <= {"duty_operator", "duty_leader", "deputy_head", "head"}
    assert {line["channel"] for line in lines_of(plain, "notifications.jsonl")} == {"email"}


def test_with_a_roster_the_people_on_duty_are_told_of_the_same_reports(posts, plain, tmp_path):
    assert replay(posts, tmp_path, "--roster", ROSTER).code == 0

    recipients = {line["recipient"] for line in lines_of(tmp_path, "notifications.jsonl")}
    people = set(re.findall(r"\{id: (\w+), name: [^,]+, channels", ROSTER.read_text(encoding="utf-8")))
    assert recipients <= people
    assert len(recipients) > 4
    for name in ("ratings.jsonl", "tasks.jsonl", "counts.json"):
        assert outputs(tmp_path)[name] == outputs(plain)[name], name
    told = [[line[key] for key in ("at", "kind", "event_id")] for line in lines_of(tmp_path, "reports.jsonl")]
    assert told == [[line[key] for key in ("at", "kind", "event_id")] for line in lines_of(plain, "reports.jsonl")]


def test_every_reason_names_a_few_posts_of_its_event(plain):
    events = [json.loads(line) for line in (plain / "events.jsonl").read_text().splitlines()]
    members = {event["id"]: set(event["posts"]) for event in events}
    ratings = [json.loads(line) for line in (plain / "ratings.jsonl").read_text().splitlines()]
    found = [(line["event_id"], reason) for line in ratings for reason in line["reasons"]]
    found += [(event["id"], reason) for event in events for reason in event["reasons"]]

    assert {reason["threshold"] for _, reason in found} >= {"发生即定级"}
    assert [reason for key, reason in found if not set(reason["evidence"]) <= members[key]] == []
    assert [reason for _, reason in found if not 0 < len(reason["evidence"]) <= 15] == []


def test_no_planted_identity_is_in_any_output(plain):
    text = b"".join(outputs(plain).values()).decode()

    assert [identity for identity in answers().identities if identity in text] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--plan", "none.yaml"], "找不到文件 none.yaml"),
        (["--plan", PLAN, "--roster", "none.yaml"], "找不到文件 none.yaml"),
        (["--plan", PLAN, "--gazetteer", "none.jsonl"], "none.jsonl"),
    ],
)
def test_a_file_that_is_not_there_is_one_sentence(posts, tmp_path, options, said):
    done = minqing("replay", posts, *options, "--out", tmp_path / "out", cwd=tmp_path)

    assert done.code == 2
    assert len(done.sentences) == 1
    assert said in done.sentences[0]


def test_posts_that_are_not_there_are_one_sentence(tmp_path):
    done = replay("none.jsonl", tmp_path / "out")

    assert (done.code, len(done.sentences)) == (2, 1)


def test_a_plan_with_an_unknown_key_is_one_sentence_with_file_line_and_the_nearest_key(posts, tmp_path):
    plan = tmp_path / "plan.yaml"
    text = PLAN.read_text(encoding="utf-8").replace("quiet: 30m", "quite: 30m")
    plan.write_text(text, encoding="utf-8")
    line = text[: text.index("quite")].count("\n") + 1

    done = minqing("replay", posts, "--plan", plan, "--out", tmp_path / "out")

    assert done.code == 2
    assert done.sentences == [] or "quiet" in done.sentences[0]
    assert done.err.strip() == f"{plan} 第{line}行：不认识的项“response.quite”，是不是想写“quiet”？"


def test_no_posts_at_all_are_empty_outputs(tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")

    assert replay(empty, tmp_path / "out").code == 0
    assert json.loads(outputs(tmp_path / "out")["counts.json"])["read"] == 0
    assert outputs(tmp_path / "out")["events.jsonl"] == b""


def test_analyze_writes_a_reading_for_every_valid_line_in_order_to_standard_output(posts):
    done = minqing("analyze", posts, "--gazetteer", GAZETTEER)

    readings = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [r["id"] for r in readings] == [json.loads(line)["id"] for line in story()]


def test_any_number_of_processes_writes_the_same_readings(posts, tmp_path):
    for processes in (1, 2):
        assert minqing("analyze", posts, "-o", tmp_path / f"{processes}.jsonl", "--processes", processes).code == 0

    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_with_the_text_every_span_lies_within_it(posts, tmp_path):
    assert minqing("analyze", posts, "-o", tmp_path / "out.jsonl", "--with-text", "--gazetteer", GAZETTEER).code == 0

    readings = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    for reading in readings:
        for place in reading["places"]:
            start, end = place["span"]
            assert 0 <= start < end <= len(reading["text"])
        for fact in reading["facts"]:
            start, end = fact["span"]
            assert 0 <= start < end <= len(reading["text"])
    text = "\n".join(reading["text"] for reading in readings)
    assert [identity for identity in answers().identities if identity in text] == []


def decided(folder, *decisions):
    path = folder / "decisions.jsonl"
    path.write_text("\n".join(d if isinstance(d, str) else json.dumps(d) for d in decisions) + "\n", encoding="utf-8")
    return ("--decisions", path)


@pytest.fixture(scope="module")
def apart(plain):
    """Two events of the town that nobody has merged: without an alert, the greater one first."""
    alerted = {line["event_id"] for line in lines_of(plain, "notifications.jsonl")}
    events = [e for e in lines_of(plain, "events.jsonl") if e["id"] not in alerted and len(e["posts"]) > 1]
    return sorted(events, key=lambda e: -len(e["posts"]))[:2]


def event_of(folder, post):
    return next(e for e in lines_of(folder, "events.jsonl") if post in e["posts"])


LATE = (OPENS + timedelta(days=DAYS)).isoformat()
LATER = (OPENS + timedelta(days=DAYS, hours=1)).isoformat()


def test_what_people_merged_and_split_is_done_at_its_time(posts, plain, apart, tmp_path):
    one, other = apart
    merge = {"id": "m", "at": LATE, "kind": "merge", "posts": one["posts"][:1], "into": other["posts"][0], "by": "甲"}
    split = {"at": LATER, "kind": "split", "posts": one["posts"][:1]}
    done = replay(posts, tmp_path / "split", *decided(tmp_path, split, merge))
    assert (done.code, done.err.count("跳过")) == (0, 0)
    whole = event_of(tmp_path / "split", other["posts"][0])
    assert set(whole["posts"]) == {*one["posts"][1:], *other["posts"]}
    assert event_of(tmp_path / "split", one["posts"][0])["posts"] == one["posts"][:1]

    undo = {"at": LATER, "kind": "undo", "of": "m"}
    assert replay(posts, tmp_path / "undone", *decided(tmp_path, merge, undo)).code == 0
    assert event_of(tmp_path / "undone", one["posts"][0])["posts"] == one["posts"]

    again = replay(posts, tmp_path / "again", *decided(tmp_path, merge, undo))
    assert again.code == 0
    assert outputs(tmp_path / "again") == outputs(tmp_path / "undone")


def test_a_decision_that_is_none_is_said_with_its_line_and_the_rest_goes_on(posts, plain, tmp_path):
    bad = [
        "{",
        {"at": LATE, "kind": "join"},
        {"at": LATE, "kind": "merge", "posts": ["nobody"], "into": "nothing"},
        {"at": LATE, "kind": "undo", "of": "7"},
        {"at": "gestern", "kind": "split", "posts": ["a"]},
        {"at": LATE, "kind": "split", "posts": "a"},
    ]
    done = replay(posts, tmp_path / "out", *decided(tmp_path, *bad))
    assert done.code == 0
    assert [number for number in range(1, 7) if f"decisions.jsonl 第{number}行：" in done.err] == [1, 2, 3, 4, 5, 6]
    assert lines_of(tmp_path / "out", "ratings.jsonl") == lines_of(plain, "ratings.jsonl")


def test_plans_are_compared_over_what_people_decided(posts, apart, tmp_path):
    one, other = apart
    merge = {"at": LATE, "kind": "merge", "posts": one["posts"][:1], "into": other["posts"][0]}
    more = ("--replay", posts, "--gazetteer", GAZETTEER, *decided(tmp_path, merge))
    done = minqing("plan", "diff", PLAN, PLAN, *more)
    assert done.code == 0
    assert "改变级别的事件0个" in done.out
