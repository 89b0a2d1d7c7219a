import pytest
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from alerts.channels import registry
from alerts.channels.registry import ChannelSettings
from alerts.people import Person
from services.settings import Mail

ROBOT = {"url": "https://robots.example/hook?key=sesame-key"}
ALL = {
    "wecom": {"robots": {"值班群": ROBOT}},
    "dingtalk": {"robots": {"值班群": {**ROBOT, "secret": "SECsesame"}}},
    "feishu": {"robots": {"值班群": {**ROBOT, "secret": "sesame"}}},
    "webhook": {"receivers": {"平台": {**ROBOT, "secret": "sesame-sesame-sesame"}}},
    "sms": {"url": "https://sms.example/", "body": {"to": "{phone}", "msg": "{text}"}},
    "printed": {},
}


def built(tmp_path, **settings):
    return registry.build(Mail(), ChannelSettings.model_validate(settings), tmp_path)


def test_e_mail_and_paper_are_there_always_and_the_others_where_they_are_set(tmp_path):
    assert list(built(tmp_path)) == ["email", "printed"]
    channels = built(tmp_path, **ALL)
    assert list(channels) == ["email", *ALL]
    assert all(name == channel.name for name, channel in channels.items())
    assert registry.CHINESE.keys() == channels.keys()


def test_addresses_that_lead_nowhere_are_told_one_by_one(tmp_path):
    channels = built(tmp_path, **ALL)
    good = {"email": "a@b.example", "wecom": "值班群", "sms": "13800001234", "webhook": "平台", "printed": "8012"}
    assert registry.problems([Person(id="a", name="甲", channels=good)], channels) == []
    bad = {
        "email": "a",
        "wecom": "无此群",
        "sms": "电话",
        "dingtalk": "无",
        "feishu": "无",
        "webhook": "无",
        "printed": "无",
    }
    said = registry.problems([Person(id="b", name="乙", channels={**bad, "pager": "1"})], channels)
    assert len(said) == len(bad) + 1
    assert all(sentence.startswith("人员“乙”（b）：") and "请" in sentence for sentence in said)


def test_nothing_shows_a_secret(tmp_path):
    settings = ChannelSettings.model_validate(ALL)
    shown = repr(settings) + str(settings) + settings.model_dump_json()
    shown += "".join(repr(channel) + repr(vars(channel)) for channel in built(tmp_path, **ALL).values())
    assert "sesame" not in shown


@pytest.mark.parametrize("name", ["wecom", "dingtalk", "feishu"])
def test_a_misspelt_key_is_refused_and_its_value_not_repeated(name):
    with pytest.raises(ValidationError) as caught:
        ChannelSettings.model_validate({name: {"robots": {"群": {"uri": "https://x.example/sesame-key"}}}})
    assert "sesame" not in str(caught.value)
    with pytest.raises(ValidationError):
        ChannelSettings.model_validate({name: {"robots": {}}})


def test_secrets_may_come_from_the_environment(monkeypatch):
    class Settings(BaseSettings):
        model_config = SettingsConfigDict(
            env_prefix="MINQING_", env_nested_delimiter="__", nested_model_default_partial_update=True
        )
        channels: ChannelSettings = ChannelSettings()

    monkeypatch.setenv("MINQING_CHANNELS__WECOM__ROBOTS__DUTY__URL", "https://robots.example/hook?key=1")
    monkeypatch.setenv("MINQING_CHANNELS__SMS__SECRETS__APIKEY", "sesame")
    sms = {"url": "https://sms.example/", "body": {"to": "{phone}", "msg": "{text}", "k": "{apikey}"}}
    channels = Settings(channels={"sms": sms}).channels
    assert "duty" in channels.wecom.robots
    assert channels.sms.secrets["apikey"].get_secret_value() == "sesame"
