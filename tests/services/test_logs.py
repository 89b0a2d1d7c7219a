import json
import logging
import shutil
from io import StringIO

import pytest
import structlog

from services import logs
from services.logs import configure
from services.storage.errors import Unavailable


@pytest.fixture
def lines(tmp_path, root_logging):
    """What has been logged so far."""
    path = tmp_path / "deep" / "log.jsonl"
    configure(path)
    return lambda: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_is_json_with_its_time_level_and_logger(lines):
    structlog.get_logger("worker").info("purged", posts=3, kind="隔离")

    (line,) = lines()
    assert (line["event"], line["level"], line["logger"], line["posts"], line["kind"]) == (
        "purged",
        "info",
        "worker",
        3,
        "隔离",
    )
    assert line["timestamp"].endswith("Z")


def test_a_secret_is_blotted_out_whoever_writes_it(tmp_path, root_logging):
    path = tmp_path / "log.jsonl"
    configure(path, ["sesame", '含"引号\\的密钥'])

    structlog.get_logger("worker").warning("delivery failed", problem="https://robots.example/hook?key=sesame")
    logging.getLogger("httpx").error("POST %s", ["https://robots.example/sesame"])
    structlog.get_logger("worker").warning("settings", secret='含"引号\\的密钥')

    text = path.read_text(encoding="utf-8")
    assert "sesame" not in text
    assert "引号" not in text
    assert all(json.loads(line) for line in text.splitlines())
    assert text.count("***") == 3


def test_a_large_log_is_begun_anew_and_every_writer_follows(tmp_path, root_logging, monkeypatch):
    path = tmp_path / "log.jsonl"
    configure(path)
    log = structlog.get_logger("worker")
    log.info("before")
    logs.turn_over(path)
    assert [p.name for p in tmp_path.iterdir()] == ["log.jsonl"]

    monkeypatch.setattr(logs, "LARGEST", 10)
    logs.turn_over(path)
    log.info("after")

    assert "before" in (tmp_path / "log.old.jsonl").read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["event"] == "after"


def test_a_log_whose_folder_is_gone_stops_no_work(tmp_path, root_logging, capfd):
    configure(tmp_path / "deep" / "log.jsonl")
    shutil.rmtree(tmp_path / "deep")

    structlog.get_logger("worker").info("purged")

    assert capfd.readouterr().err == ""


def test_a_line_that_cannot_be_written_is_not_printed_with_its_secrets(tmp_path, root_logging, capfd):
    configure(tmp_path / "log.jsonl", ["sesame"])

    class Full(StringIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    root_logging.handlers[0].setStream(Full()).close()
    structlog.get_logger("worker").warning("delivery failed", problem="https://robots.example/hook?key=sesame")

    assert capfd.readouterr().err == ""


def test_a_record_out_of_reach_is_a_line_a_minute_that_says_why(lines, monkeypatch):
    moment = [0.0]
    monkeypatch.setattr(logs, "monotonic", lambda: moment[0])
    log = structlog.get_logger("run")

    def fail(error, **more):
        try:
            raise error
        except type(error):
            log.exception("tick failed", **more)

    for moment[0] in (0.0, 1.0, 30.0, 61.0):
        fail(Unavailable("数据库暂时不可用（server gone），稍后会自动重试。"), job="read")
    fail(Unavailable("数据库暂时不可用。"), job="tick")
    for _ in range(2):
        fail(ValueError("what a post says"), job="read")

    told = [(line["job"], line["fault"] if "fault" in line else line["problem"]) for line in lines()]
    gone = "数据库暂时不可用（server gone），稍后会自动重试。"
    assert told == [
        ("read", gone),
        ("read", gone),
        ("tick", "数据库暂时不可用。"),
        ("read", "ValueError"),
        ("read", "ValueError"),
    ]
    assert ["through" in line for line in lines()] == [False, False, False, True, True]


def test_an_ordinary_logger_writes_the_same_lines(lines):
    logging.getLogger("crawlers").info("%s ok items=%d", "news", 3)

    assert lines()[0]["event"] == "news ok items=3"


def test_other_peoples_everyday_lines_are_left_out_whatever_level_they_set(lines):
    noisy = logging.getLogger("scrapy.utils.log")
    noisy.setLevel(logging.DEBUG)
    try:
        noisy.info("Scrapy started")
        noisy.debug("Versions")
        noisy.warning("odd")
    finally:
        noisy.setLevel(logging.NOTSET)

    assert [line["event"] for line in lines()] == ["odd"]


def test_that_a_tick_waits_for_the_one_before_is_no_line_and_a_fault_of_the_clockwork_is(lines):
    logging.getLogger("apscheduler.scheduler").warning("skipped: maximum number of running instances reached")
    logging.getLogger("apscheduler.scheduler").error("broken")

    assert [line["event"] for line in lines()] == ["broken"]


def test_our_own_debugging_is_left_out(lines):
    logging.getLogger("worker").debug("x")

    assert lines() == []


@pytest.mark.parametrize("logger", [structlog.get_logger("run"), logging.getLogger("uvicorn.error")])
def test_an_exception_is_its_kind_and_its_way_but_not_its_message(lines, logger):
    try:
        int("石桥里停水两天了")
    except ValueError:
        logger.exception("tick failed")

    (line,) = lines()
    assert (line["event"], line["level"], line["fault"]) == ("tick failed", "error", "ValueError")
    assert line["through"][0].startswith("test_logs.py:")
    assert "石桥里" not in json.dumps(line, ensure_ascii=False)


def test_logging_can_be_switched_off(root_logging):
    configure(None)

    logging.getLogger("worker").error("nowhere")
    assert not any(isinstance(handler, logging.FileHandler) for handler in root_logging.handlers)


def test_a_second_configuration_lets_go_of_the_first_file(tmp_path, root_logging):
    configure(tmp_path / "a.jsonl")
    (first,) = root_logging.handlers
    configure(tmp_path / "b.jsonl")

    logging.getLogger("worker").warning("x")
    assert (tmp_path / "a.jsonl").read_text() == ""
    assert first.stream is None
