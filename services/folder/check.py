"""`minqing check` and `minqing schema`: what is wrong with a folder's files, and what may stand in them."""

import difflib
import json
import ssl
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from alerts.beijing import day_of
from alerts.channels import registry
from alerts.channels.registry import CHINESE
from alerts.holidays import HolidayFile
from alerts.quiet import GRAVE
from alerts.roster import Doubt, Roster, Where
from analyzer.plan.lint import lint
from analyzer.topics import topic_list
from crawlers.settings import user_agent
from services.errors import ConfigError
from services.folder import config
from services.folder.gazetteer import load_gazetteer
from services.folder.holidays import load_calendar, load_holidays
from services.folder.plan import PlanFile, load_plan
from services.folder.roster import load_roster
from services.folder.sources import SourcesFile, kind_problems, load_sources
from services.folder.steps import steps, unknown_channels, unreached
from services.folder.templates import Templates
from services.security.local import is_loopback
from services.settings import Settings, load_settings

SCHEMAS: dict[str, type[BaseModel]] = {
    "sources": SourcesFile,
    "plan": PlanFile,
    "roster": Roster,
    "settings": Settings,
    "holidays": HolidayFile,
}
_DAY = timedelta(days=1)
SOON = timedelta(days=30)
"""How far ahead the clocks may reach: the longest of the shipped plan are some working days."""


def schema_of(name: str) -> str:
    """JSON Schema of one file, indented."""
    return json.dumps(SCHEMAS[name].model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def problems(folder: Path, now: datetime) -> list[str]:
    """Every problem of every file, one Chinese sentence each."""
    loaders: dict[str, Callable[[Path], Any]] = {
        "plan.yaml": load_plan,
        "roster.yaml": load_roster,
        "holidays.yaml": load_holidays,
        "gazetteer.jsonl": load_gazetteer if (folder / "gazetteer.jsonl").exists() else lambda _: None,
    }
    found = {name: _tried(load, folder / name) for name, load in loaders.items()}
    written = [folder / f"{name}.yaml" for name in SCHEMAS]
    sentences = _tried(_own, folder) + _tried(kind_problems, folder / "sources.yaml")
    sentences += [sentence for told in found.values() for sentence in told]
    sentences += Templates(folder=folder / "templates").check() + _tried(_certificates, folder)
    sentences += [sentence for path in written if path.exists() for sentence in _tried(config.odd_quotes, path)]
    if found["plan.yaml"] or found["roster.yaml"]:
        return list(dict.fromkeys(sentences))
    sentences += doubts(folder / "plan.yaml", folder / "roster.yaml", now) + _tried(_addresses, folder)
    return list(dict.fromkeys(sentences))


def _tried(load: Callable[[Path], Any], path: Path) -> list[str]:
    """What a loader complains of: its answer where that is a list of sentences, else its ConfigError."""
    try:
        found = load(path)
    except ConfigError as error:
        return error.problems
    return found if isinstance(found, list) else []


def _own(folder: Path) -> list[str]:
    """What settings.yaml says of ourselves: how to reach us, where we listen, who our mails are from."""
    settings, path, found = load_settings(folder), folder / "settings.yaml", []
    try:
        user_agent(settings.contact)
    except ValueError as error:
        found.append(_at(path, ("contact",), f"请填写“contact”。{error}。"))
    if not is_loopback(settings.listen.host):
        said = f"listen.host 为 {settings.listen.host}，但控制台只许本机访问；请改为 127.0.0.1，远程请走 SSH。"
        found.append(_at(path, ("listen", "host"), said))
    if "@" not in parseaddr(settings.mail.sender)[1]:
        said = f"发件人“{settings.mail.sender}”没有邮箱，请写成“民情值班台 <minqing@本单位域名>”。"
        found.append(_at(path, ("mail", "sender"), said))
    return found


def _certificates(folder: Path) -> list[str]:
    """Root certificates that are not there, or are none: the first grave message would find out."""
    try:
        settings, path = load_settings(folder), folder / "settings.yaml"
    except ConfigError:
        return []  # told already
    named: dict[tuple[str, ...], Any] = {("mail",): settings.mail}
    named |= {("channels", name): getattr(settings.channels, name) for name in type(settings.channels).model_fields}
    return [
        _at(path, (*where, "certificate"), f"证书文件 {file} {why}，请改为自建证书机构的根证书（PEM），或删去此项。")
        for where, channel in named.items()
        if (file := getattr(channel, "certificate", None)) is not None and (why := _unfit(file))
    ]


def _unfit(file: Path) -> str:
    try:
        ssl.create_default_context(cafile=file)
    except FileNotFoundError:
        return "找不到"
    except (OSError, ValueError):
        return "不能使用"
    return ""


def doubts(plan_path: Path, roster_path: Path | None, now: datetime) -> list[str]:
    """What is doubtful in a valid plan, and in the roster it speaks to. Raises ConfigError."""
    plan = load_plan(plan_path)
    found = [_at(plan_path, where, sentence) for where, sentence in lint(plan, topic_list().codes)]
    found += _silent(plan_path, plan)
    found += [_at(plan_path, ("region",), sentence) for sentence in _unknown_region(plan, plan_path.parent)]
    found += [_at(plan_path, where, sentence) for where, sentence in unknown_channels(plan)]
    if roster_path is None:
        return found
    roster = load_roster(roster_path)
    return (
        found
        + _told(plan_path, plan, roster)
        + [_at(plan_path, where, sentence) for where, sentence in unreached(plan, roster)]
        + [_at(roster_path, where, sentence) for where, sentence in (*roster.doubts(now), *_topics(roster))]
    )


def _unknown_region(plan: PlanFile, folder: Path) -> Iterator[str]:
    """A region that no list knows: every hazard would lie elsewhere, and none would have a tier."""
    own = folder / "gazetteer.jsonl"
    try:
        known = load_gazetteer(own if own.exists() else None)
    except ConfigError:
        return  # told by `check` already
    if plan.region and not plan.region.isdigit():
        yield f"region 应写本区的行政区划代码（如 330106），写“{plan.region}”等于没有写，不按地点区分。"
    elif plan.region and known.region(plan.region) is None:
        yield f"区划代码 {plan.region} 查不到；代码写错，本区的险情都会当作外地的而不定级，请核对。"


def _silent(path: Path, plan: PlanFile) -> list[str]:
    """A grave alert that nobody acknowledges and that is not urged at least once a day."""
    return [
        _at(
            path,
            ("response", "tiers", tier.name),
            f"{tier.chinese}无人签收时{'各步走完就不再催' if wanted.ceiling is None else '重复催办的间隔会超过一天'}，"
            "请写明 repeat 和 repeat_at_most（不超过 24h）。",
        )
        for tier, wanted in sorted(plan.response.tiers.items(), reverse=True)
        if tier >= GRAVE and (wanted.ceiling is None or wanted.ceiling > _DAY)
    ]


def remarks(folder: Path, now: datetime) -> list[str]:
    """What is no fault but should be known."""
    calendar = load_calendar(folder)
    guess = calendar.guess(day_of(now), day_of(now + SOON))
    return [*([guess] if guess else []), *_examples(folder)]


def _examples(folder: Path) -> Iterator[str]:
    """What `minqing init` wrote and nobody has made the district's own."""
    sources = [s.name for s in load_sources(folder / "sources.yaml") if _is_example(urlsplit(s.url).hostname or "")]
    if sources:
        named = "、".join(sources)
        yield f"sources.yaml 中 {len(sources)} 个来源的网址仍是示例（{named}），读不到任何帖文，请换成本区的。"
    people = [
        person.name
        for person in load_roster(folder / "roster.yaml").people
        if any(_is_example(address.rpartition("@")[2]) for address in person.channels.values())
    ]
    if people:
        yield f"roster.yaml 中 {len(people)} 人的地址仍是示例（{people[0]}等），消息送不到，请换成本单位的。"


def _is_example(host: str) -> bool:
    return "example" in host.lower().split(".")


def _at(path: Path, where: Sequence[str | int], sentence: str) -> str:
    line = config.line_of(path, where)
    return f"{path} 第{line}行：{sentence}" if line else f"{path}：{sentence}"


def _topics(roster: Roster) -> Iterator[Doubt]:
    """Topics of departments that there are not: what is meant would never be assigned there."""
    known = topic_list().codes
    for index, department in enumerate(roster.departments):
        for topic in department.topics:
            if topic not in known and not (topic.endswith(".*") and any(c.startswith(topic[:-1]) for c in known)):
                close = difflib.get_close_matches(topic, known, n=1, cutoff=0.5)
                hint = f"，是不是“{close[0]}”？请改正。" if close else "，请改正，主题代码见 docs/formats.md。"
                yield ("departments", index, "topics"), f"部门“{department.name}”的主题“{topic}”不存在{hint}"


def _addresses(folder: Path) -> list[str]:
    """Addresses no message can go to, and channels that the plan asks for and that are not there."""
    settings, plan, roster = load_settings(folder), load_plan(folder / "plan.yaml"), load_roster(folder / "roster.yaml")
    channels = registry.build(settings.mail, settings.channels, folder / settings.data)
    asked = {name: (*where, "channels") for where, _, _, step in steps(plan) for name in step.channels}
    path = folder / "roster.yaml"
    wrong = [
        _at(path, ("people", index, "channels"), sentence)
        for index, entry in enumerate(roster.people)
        for sentence in registry.problems([entry.person()], channels)
    ]
    return wrong + [
        _at(
            folder / "plan.yaml",
            asked[name],
            f"渠道“{name}”没有启用，请在 settings.yaml 的 channels 中设置。",
        )
        for name in sorted(asked.keys() & CHINESE.keys() - channels.keys())
    ]


def _told(path: Path, plan: PlanFile, roster: Roster) -> list[str]:
    """The plan tells somebody whom the roster does not know."""
    found: dict[str, str] = {}
    for where, name in _named(plan):
        if not roster.knows(name) and name not in found:
            close = difflib.get_close_matches(name, list(roster.names), n=1, cutoff=0.6)
            hint = f"（是不是“{close[0]}”？）" if close else ""
            said = f"预案要通知“{name}”，但 roster.yaml 中没有这个角色、人员或部门{hint}，请登记或改正编号。"
            found[name] = _at(path, ("response", *where), said)
    return list(found.values())


def _named(plan: PlanFile) -> Iterator[tuple[Where, str]]:
    """Every target that the plan names, with its place below `response`."""
    response = plan.response
    for tier, wanted in response.tiers.items():
        for index, step in enumerate(wanted.steps):
            yield from ((("tiers", tier.name, "steps", index, "notify"), name) for name in step.notify)
    for key in ("misses", "drills"):
        yield from (((key,), name) for name in getattr(response, key))
    for key in ("brief", "weekly", "assessment"):
        yield from (((key, "notify"), name) for name in getattr(response, key).notify)
    if response.hand_over is not None:
        yield from ((("hand_over", "roles"), name) for name in response.hand_over.roles)
