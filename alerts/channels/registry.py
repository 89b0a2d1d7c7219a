"""Every channel the settings name, ready to use; adding one is a line here."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import Field

from alerts.channels.dingtalk import DingtalkChannel, DingtalkSettings
from alerts.channels.email import EmailChannel, MailSettings
from alerts.channels.feishu import FeishuChannel, FeishuSettings
from alerts.channels.http import Strict
from alerts.channels.printed import PrintedChannel, PrintedSettings
from alerts.channels.sms import SmsChannel, SmsSettings
from alerts.channels.webhook import WebhookChannel, WebhookSettings
from alerts.channels.wecom import WecomChannel, WecomSettings
from alerts.people import Person
from alerts.ports import Channel


class ChannelSettings(Strict):
    """What stands under `channels` in settings.yaml; a channel that is left out is not there."""

    wecom: WecomSettings | None = Field(default=None, description="企业微信群机器人")
    dingtalk: DingtalkSettings | None = Field(default=None, description="钉钉群机器人")
    feishu: FeishuSettings | None = Field(default=None, description="飞书群机器人")
    webhook: WebhookSettings | None = Field(default=None, description="推送给其他系统（带签名）")
    sms: SmsSettings | None = Field(default=None, description="短信网关")
    printed: PrintedSettings = Field(default=PrintedSettings(), description="人工通知单（打印、打电话），始终启用")


CHINESE = {
    "email": "邮件",
    "wecom": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "webhook": "接口推送",
    "sms": "短信",
    "printed": "人工通知单",
}
"""What people call each channel, by its name."""


def build(mail: MailSettings, settings: ChannelSettings, data: Path) -> dict[str, Channel]:
    """Channels by name: e-mail and paper always, the others where they are set. `data` is where lists are written."""
    return {channel.name: channel for channel in _all(mail, settings, data)}


def _all(mail: MailSettings, settings: ChannelSettings, data: Path) -> Iterator[Channel]:
    yield EmailChannel(mail)
    if settings.wecom is not None:
        yield WecomChannel(settings.wecom)
    if settings.dingtalk is not None:
        yield DingtalkChannel(settings.dingtalk)
    if settings.feishu is not None:
        yield FeishuChannel(settings.feishu)
    if settings.webhook is not None:
        yield WebhookChannel(settings.webhook)
    if settings.sms is not None:
        yield SmsChannel(settings.sms)
    yield PrintedChannel(settings.printed, data)


def problems(people: Iterable[Person], channels: Mapping[str, Channel]) -> list[str]:
    """Addresses of a roster that no message can go to, one Chinese sentence each."""
    return [sentence for person in people for sentence in _of(person, channels)]


def _of(person: Person, channels: Mapping[str, Channel]) -> Iterator[str]:
    who = f"人员“{person.name}”（{person.id}）："
    for name, address in person.channels.items():
        if name not in channels:
            yield (
                f"{who}渠道“{name}”没有启用，可用的有 {'、'.join(channels)}，"
                f"请在 settings.yaml 的 channels 中设置，或改正 roster.yaml。"
            )
        elif problem := channels[name].address_problem(address):
            yield who + problem
