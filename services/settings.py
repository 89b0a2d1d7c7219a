"""Settings of one service folder; the only reader of the environment."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from alerts.channels.http import is_http, secrets_of
from alerts.channels.registry import ChannelSettings
from alerts.documents.paper import Form
from services.errors import ConfigError
from services.folder import config

SHORTEST = 4
"""Letters of the shortest secret that is blotted out of the log: a shorter one would blot out half of the words."""


class Security(StrEnum):
    """How the mail server is spoken to."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Mail(BaseModel):
    """The outgoing mail server."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", description="SMTP 服务器")
    port: int = Field(default=25, ge=1, le=65535, description="SMTP 端口")
    security: Security = Field(default=Security.NONE, description="none、starttls 或 tls")
    username: str = Field(default="", description="登录名；不需要登录则留空")
    password: SecretStr = Field(default=SecretStr(""), description="密码；请用环境变量 MINQING_MAIL__PASSWORD 给出")
    sender: str = Field(default="民情值班台 <minqing@localhost>", description="发件人")
    timeout: float = Field(default=20, gt=0, description="超时（秒）")
    certificate: Path | None = Field(
        default=None, description="自建证书机构的根证书文件（PEM，绝对路径）；用公共证书则不写"
    )
    # In a mail files grow by a third, and many servers stop at 20 MB or less.
    attachment_mb: float = Field(
        default=10, ge=0, le=100, description="一封邮件附件总大小上限（MB），超出的不附上并说明"
    )


class Listen(BaseModel):
    """Where the console and the API are served."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", description="监听地址")
    port: int = Field(default=8000, ge=0, le=65535, description="监听端口；0 为任意空闲端口")


class Papers(BaseModel):
    """Reports as official papers: in whose name, and which files go with a mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    office: str = Field(default="", max_length=40, description="发文机关名称；留空则为“某区民情值班台”")
    copies: tuple[str, ...] = Field(default=(), description="抄送机关")
    printer: str = Field(default="", max_length=40, description="印发机关；留空则同发文机关")
    attach: tuple[Form, ...] = Field(
        default=(Form.DOCX, Form.PDF), description="随邮件附上的文件：docx、pdf；[] 为不附"
    )


class Tones(StrEnum):
    """Who says the tone of a post."""

    BUNDLED = "bundled"
    SNOWNLP = "snownlp"


class AdviserSettings(BaseModel):
    """A stronger reader on the desk's own network; without an address there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        default="", description="OpenAI 兼容接口的网址，如 http://10.0.0.8:8000/v1；只可在内网，留空则不用"
    )
    model: str = Field(default="", description="模型名")
    key: SecretStr = Field(default=SecretStr(""), description="密钥；请用环境变量 MINQING_READING__ADVISER__KEY 给出")
    timeout: float = Field(default=10, gt=0, le=60, description="每条最多等多少秒")


class ReadingSettings(BaseModel):
    """How posts are read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentiment: Tones = Field(default=Tones.BUNDLED, description="情感由谁判断：bundled（自带模型）或 snownlp（慢）")
    adviser: AdviserSettings = AdviserSettings()


class Settings(BaseSettings):
    """What settings.yaml and MINQING_* variables give; a variable wins over the file."""

    model_config = SettingsConfigDict(
        env_prefix="MINQING_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    contact: str = Field(default="", description="写入采集 User-Agent 的联系方式（网址或邮箱），被采集网站可据此联系")
    data: Path = Field(default=Path("data"), description="数据文件夹，相对于本文件")
    database: str = Field(default="", description="数据库网址；留空则用数据文件夹中的 SQLite")
    mail: Mail = Mail()
    channels: ChannelSettings = Field(default=ChannelSettings(), description="邮件以外的发送渠道")
    senders: int = Field(
        default=1, ge=1, le=32, description="每个渠道同时发送几条；大于 1 更快，但异常断电后重复的也可能多到此数"
    )
    listen: Listen = Listen()
    papers: Papers = Field(default=Papers(), description="公文版式的报告")
    canary_minutes: float = Field(default=10, ge=0, description="每隔几分钟做一次线路自检；0 为不做")
    dead_man_url: SecretStr = Field(
        default=SecretStr(""), description="外部看门狗的网址，一切正常时定时访问；留空则不用"
    )
    dead_man_seconds: float = Field(default=60, ge=5, description="每隔几秒访问一次外部看门狗")
    reading: ReadingSettings = ReadingSettings()
    console_url: str = Field(
        default="", max_length=200, description="值班人员打开控制台所用的网址，邮件和群消息据此附上链接；留空则不附"
    )
    retention_days: int = Field(default=30, ge=1, le=90, description="帖文保留天数，最多 90")
    archive: bool = Field(default=True, description="是否另存 events.jsonl 与日报文件")

    @field_validator("console_url")
    @classmethod
    def _leads_somewhere(cls, value: str) -> str:
        if value and not is_http(value):
            raise ValueError(f"“{value}”不是网址，请写成 http://10.0.0.5:8000 的形式，或留空")
        return value.rstrip("/")

    @property
    def secrets(self) -> frozenset[str]:
        """Whatever must never be written down: passwords, keys, and addresses that are keys themselves."""
        password = urlsplit(self.database).password
        return frozenset((*_secrets(self), *([password] if password else ())))

    @property
    def shared_database(self) -> str:
        """The record that several processes share. Raises ConfigError where there is none."""
        if not self.database:
            raise ConfigError(
                ["分开运行的各进程要共用一个数据库，请在 settings.yaml 的 database 写明地址；单机请用 minqing run。"]
            )
        return self.database

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def _secrets(value: Any) -> Iterator[str]:
    """Every secret in a tree of settings; of an address also the part that is its key."""
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        yield from (part for part in (secrets_of(secret) if is_http(secret) else (secret,)) if len(part) >= SHORTEST)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _secrets(getattr(value, name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _secrets(part)


def load_settings(folder: Path) -> Settings:
    """Settings of a service folder. Raises ConfigError."""
    # `model_validate` would pass the environment by; the constructor asks it first.
    return config.load(folder / "settings.yaml", Settings, build=lambda tree: Settings(**tree))
