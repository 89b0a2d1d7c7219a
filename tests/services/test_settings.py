import json
from pathlib import Path

import pytest
import structlog

from services.errors import ConfigError
from services.logs import configure
from services.settings import Settings, load_settings

SECRET = "correct-horse"


def folder(tmp_path, text):
    (tmp_path / "settings.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    """The machine that runs the tests may have its own."""
    for name in ("MINQING_CONTACT", "MINQING_DATA", "MINQING_MAIL__PASSWORD", "MINQING_MAIL__PORT"):
        monkeypatch.delenv(name, raising=False)


def test_an_empty_file_gives_the_defaults(tmp_path):
    assert load_settings(folder(tmp_path, "")) == Settings()


def test_the_file_is_taken_at_its_word(tmp_path):
    found = load_settings(folder(tmp_path, "data: var\nmail: {host: mail.example, port: 587, security: starttls}\n"))

    assert found.data == Path("var")
    assert (found.mail.host, found.mail.port, found.mail.security) == ("mail.example", 587, "starttls")


def test_a_variable_wins_over_the_file_and_leaves_the_rest_of_its_section(tmp_path, monkeypatch):
    monkeypatch.setenv("MINQING_MAIL__PORT", "2525")
    monkeypatch.setenv("MINQING_DATA", "elsewhere")

    found = load_settings(folder(tmp_path, "data: var\nmail: {host: mail.example, port: 587}\n"))

    assert found.data == Path("elsewhere")
    assert (found.mail.host, found.mail.port) == ("mail.example", 2525)


def test_a_variable_that_cannot_be_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("MINQING_MAIL__PORT", "旁边那个")

    with pytest.raises(ConfigError, match=r"“mail\.port”"):
        load_settings(folder(tmp_path, ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("retention_days: 91", "“retention_days”不能大于 90"),
        ("console_url: 10.0.0.5:8000", "http://10.0.0.5:8000"),
        ("retention_days: 0", "“retention_days”不能小于 1"),
        ("mail: {security: ssl}", "“mail.security”只能是"),
        ("mail: {port: 99999}", "“mail.port”不能大于 65535"),
        ("mail: {hots: a}", "是不是想写“host”？"),
        ("listen: {host: 127.0.0.1, prot: 1}", "是不是想写“port”？"),
        ("retention: 30", "是不是想写“retention_days”？"),
    ],
)
def test_a_setting_that_cannot_be_is_a_sentence_with_its_line(tmp_path, text, said):
    with pytest.raises(ConfigError) as caught:
        load_settings(folder(tmp_path, f"# 设置\n{text}\n"))

    (sentence,) = caught.value.problems
    assert sentence.startswith(f"{tmp_path / 'settings.yaml'} 第2行：")
    assert said in sentence


def test_a_password_shows_in_no_text_of_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("MINQING_MAIL__PASSWORD", SECRET)

    found = load_settings(folder(tmp_path, ""))

    assert found.mail.password.get_secret_value() == SECRET
    for text in (repr(found), str(found), found.model_dump_json(), json.dumps(found.model_dump(mode="json"))):
        assert SECRET not in text


def test_a_password_that_is_written_wrongly_is_not_repeated(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_settings(folder(tmp_path, f"mail: {{password: [{SECRET}]}}\n"))

    assert SECRET not in str(caught.value)


def test_the_channels_of_the_shipped_example_are_right_once_they_are_switched_on(tmp_path):
    example = (Path(__file__).parents[2] / "deploy" / "settings.example.yaml").read_text(encoding="utf-8")
    _, mark, commented = example.partition("# channels:")
    switched_on, _, _ = (mark + commented).partition("\n\n")
    text = "\n".join(line.removeprefix("# ") for line in switched_on.splitlines())

    channels = load_settings(folder(tmp_path, text)).channels

    assert all(getattr(channels, name) is not None for name in type(channels).model_fields)


def test_every_secret_of_every_channel_is_known_so_that_it_can_be_kept_out_of_the_log(tmp_path, monkeypatch):
    monkeypatch.setenv("MINQING_MAIL__PASSWORD", SECRET)
    monkeypatch.setenv("MINQING_CHANNELS__WEBHOOK__RECEIVERS__OA__SECRET", "sixteen-letters-at-least")
    channels = (
        "channels:\n"
        '  dingtalk: {robots: {duty: {url: "https://robot.example/send?access_token=sesame-1", secret: SECa}}}\n'
        '  webhook: {receivers: {oa: {url: "https://oa.example/hooks/sesame-path"}}}\n'
        '  sms: {url: "https://sms.example/send", body: {to: "{phone}", msg: "{text}", k: "{key}"},\n'
        "    secrets: {key: sesame-2}}\n"
        'database: "postgresql://minqing:sesame-3@db.example/minqing"\n'
    )

    found = load_settings(folder(tmp_path, channels))

    assert {
        SECRET,
        "sesame-1",
        "SECa",
        "sesame-2",
        "sesame-3",
        "sesame-path",
        "sixteen-letters-at-least",
    } <= found.secrets
    assert not any(len(secret) < 4 for secret in found.secrets)


def test_a_password_reaches_no_log(tmp_path, monkeypatch, root_logging):
    monkeypatch.setenv("MINQING_MAIL__PASSWORD", SECRET)
    found = load_settings(folder(tmp_path, ""))

    configure(tmp_path / "log.jsonl")
    structlog.get_logger("test").warning("settings", settings=repr(found), mail=str(found.mail))

    line = json.loads((tmp_path / "log.jsonl").read_text(encoding="utf-8"))
    assert line["event"] == "settings"
    assert SECRET not in str(line)
