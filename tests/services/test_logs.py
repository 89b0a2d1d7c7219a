import json
import logging

import pytest
import structlog

from services.logs import configure


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
