"""`minqing demo`: the town's two weeks from collection to report, nothing mocked, the clock sped up."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import typer

from alerts.beijing import BEIJING
from alerts.model import NotificationState
from alerts.roster import Roster
from analyzer.model import Tier
from services import worker
from services.bootstrap import Service, open_service
from services.clock import RunningClock, SteppedClock
from services.demo.script import DAYS, OPENS, resource_path
from services.demo.sink import MailSink
from services.demo.site import Site
from services.demo.sources import HEADING, write_sources
from services.demo.story import tell
from services.errors import ConfigError
from services.folder.init import example
from services.garbage import keep_loaded
from services.logs import configure
from services.ports import Tally
from services.reporting import papers, periodicals
from services.reporting.outputs import write_outputs
from services.run import web, work
from services.sending.delivery import deliver_all
from services.supervision import alone
from services.ticks import stoppable

ROUND = timedelta(hours=6)
"""Simulated time between two crawls."""
BEFORE_MIDNIGHT = timedelta(minutes=10)
"""The last crawl of a day: voices are counted within a collection day, so the evening belongs to its own."""
ACKNOWLEDGES_AFTER = timedelta(minutes=6)
DOES_LATER = (
    ("phone", timedelta(minutes=12), "向区委区政府总值班室电话报告"),
    ("assign", timedelta(minutes=50), "已电话告知责任单位"),
    ("press", timedelta(hours=4), "区政府新闻办在区行政中心召开新闻发布会"),
)
"""What follows an acknowledgement, where the alert has a clock for it: the act, when, and the operator's note."""
NOBODY_ACKNOWLEDGES = "service.roads"
"""The town's road alert is left alone, so that escalation is seen."""
DISTRICT = "栖川区"
OPERATOR = "operator_a"


def play(folder: Path, *, serve: bool, port: int) -> int:
    """Run the demo into `folder`; exit code. Raises ConfigError."""
    _empty(folder)
    clock = SteppedClock(OPENS)
    with ExitStack() as stack:
        stack.enter_context(stoppable())
        sink = stack.enter_context(MailSink(folder / "mail"))
        site = stack.enter_context(Site(tell(), clock.now))
        configure_folder(folder, site.url, sink.port, port if serve else 0)
        configure(folder / "log.jsonl")
        service = open_service(folder, clock)
        try:
            address = stack.enter_context(web(service))
            if lacking := papers.lacking(service):
                typer.echo(lacking)
            typer.echo(f"演示：虚构的{DISTRICT}，{OPENS:%Y年%m月%d日}起两周。演示时钟加速运行，所有时间均为演示时间。")
            typer.echo(f"小镇网站 {site.url}，收信服务器 127.0.0.1:{sink.port}，控制台 {address}")
            keep_loaded()
            _play(service, clock, _Operator(address, service.roster))
            for line in (*_summary(service, folder), *write_outputs(service, folder, issued=True)):
                typer.echo(line)
            if serve:
                service.clock = RunningClock(clock.now())
                typer.echo(f"控制台 {address} 正在运行，按 Ctrl-C 停止。")
                work(service)
        finally:
            service.close()
    return 0


def _empty(folder: Path) -> None:
    """Outputs of an earlier demo go. Raises ConfigError for a folder in use, or one that holds anything else."""
    sources = folder / "sources.yaml"
    if folder.exists() and any(folder.iterdir()):
        if not (sources.is_file() and sources.read_text(encoding="utf-8").startswith(HEADING)):
            raise ConfigError([f"{folder} 中有演示以外的内容，没有动它；请用 --folder 换一个空文件夹。"])
        alone.hold(folder).close()  # another demo may be showing it right now
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def configure_folder(folder: Path, site: str, mail_port: int, web_port: int) -> None:
    """A service folder as `minqing init` writes it, with the town's sources, places and name."""
    write_sources(folder / "sources.yaml", site, f"{ROUND // timedelta(hours=1)}h")
    plan = example("plan.example.yaml").replace("district: 示范区", f"district: {DISTRICT}", 1)
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "roster.yaml").write_text(example("roster.example.yaml"), encoding="utf-8")
    shutil.copyfile(resource_path("gazetteer.jsonl"), folder / "gazetteer.jsonl")
    settings = (
        f'contact: "demo@minqing.invalid"\ndata: .\nmail: {{host: 127.0.0.1, port: {mail_port}}}\n'
        f"listen: {{host: 127.0.0.1, port: {web_port}}}\n"
    )
    if web_port:
        settings += f"console_url: http://127.0.0.1:{web_port}\n"
    (folder / "settings.yaml").write_text(settings, encoding="utf-8")


def _play(service: Service, clock: SteppedClock, operator: "_Operator") -> None:
    """Crawl, read, decide and send, round by round; in between everything that is due, at its own time."""
    end = OPENS + timedelta(days=DAYS) + _brief_opens(service) + timedelta(minutes=1)
    moment = OPENS - BEFORE_MIDNIGHT
    while moment < end:
        moment = min(moment + ROUND, end)
        for due in _dues(service, operator, moment):
            clock.set(due)
            operator.work(due)
            worker.tick(service)
            worker.issue(service)
            _send(service)
            operator.look(due)
        clock.set(moment)
        worker.crawl(service, everything=True)
        worker.drain(service)
        operator.look(moment)
        if (moment + BEFORE_MIDNIGHT).astimezone(BEIJING).hour == 0:
            typer.echo(_progress(service, moment))


def _dues(service: Service, operator: "_Operator", until: datetime) -> Iterator[datetime]:
    """The moments before `until` at which something is due, one after the other as they come up."""
    while True:
        with service.view() as uow:
            moments = (uow.alerts.next_due(), service.processor.engine.next_review_at)
        paper = periodicals.next_due(service.plan.response, service.clock.now())
        moment = min(m for m in (*filter(None, moments), operator.next_due, paper) if m is not None)
        if moment >= until:
            return
        yield moment


def _brief_opens(service: Service) -> timedelta:
    """From midnight to the hour at which the daily brief is issued."""
    at = service.plan.response.brief.at
    return timedelta(hours=at.hour, minutes=at.minute)


def _send(service: Service) -> None:
    deliver_all(service)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the operator will do about one alert, and when."""

    at: datetime
    alert: str
    action: str
    note: str
    to: str = ""


@dataclass(slots=True)
class _Operator:
    """The town's duty operator: through the API he acknowledges each alert after a while and does what follows."""

    address: str
    roster: Roster
    _client: httpx.Client = field(init=False)
    _plans: "list[_Plan]" = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=f"{self.address}api/v1", timeout=30)

    @property
    def next_due(self) -> datetime | None:
        """When he does the next thing."""
        return min((plan.at for plan in self._plans), default=None)

    def look(self, now: datetime) -> None:
        """Notice alerts that wait."""
        planned = {plan.alert for plan in self._plans if plan.action == "acknowledge"}
        for alert in self._get("/alerts", open=True)["alerts"]:
            if alert["state"] not in {"triggered", "escalated"} or alert["id"] in planned:
                continue
            topic = self._get(f"/events/{alert['event_id']}")["topic"]
            if topic != NOBODY_ACKNOWLEDGES:
                self._plans = [plan for plan in self._plans if plan.alert != alert["id"]]
                self._plans += self._plans_for(alert, topic, now)

    def _plans_for(self, alert: Mapping[str, Any], topic: str, now: datetime) -> Iterator[_Plan]:
        """Acknowledge, and then whatever the alert's tier asks for."""
        department = self.roster.department_for(topic)
        to = {"assign": department.id if department else "", "phone": "总值班室"}
        clocks = {deadline["kind"].removesuffix("_report") for deadline in alert["deadlines"]} | {"assign"}
        yield _Plan(now + ACKNOWLEDGES_AFTER, alert["id"], "acknowledge", "收到，正在了解情况")
        for action, after, note in DOES_LATER:
            if action in clocks:
                yield _Plan(now + after, alert["id"], action, note, to.get(action, ""))

    def work(self, now: datetime) -> None:
        """Do what is planned for now."""
        for plan in [plan for plan in self._plans if plan.at <= now]:
            self._plans.remove(plan)
            body = {"by": OPERATOR, "note": plan.note, "to": plan.to}
            self._client.post(f"/alerts/{plan.alert}/{plan.action}", json=body).raise_for_status()

    def _get(self, path: str, **query: object) -> Any:
        return self._client.get(path, params={k: str(v).lower() for k, v in query.items()}).raise_for_status().json()


def _progress(service: Service, moment: datetime) -> str:
    with service.view() as uow:
        counts = uow.sources.tallies().get("", Tally())
        events = uow.events.corroborated()
        return (
            f"[演示时间 {moment.astimezone(BEIJING):%m月%d日 %H:%M}] {counts.words()}；事件{len(events)}个，"
            f"未结束预警{len(uow.alerts.open())}个"
        )


def _summary(service: Service, folder: Path) -> Iterator[str]:
    """What happened, in a few lines."""
    with service.view() as uow:
        counts = uow.sources.tallies().get("", Tally())
        events = uow.events.corroborated()
        ratings = {key: r for key, r in uow.events.latest([e.id for e in events]).items() if r.tier is not None}
        tiers = {tier: sum(r.tier is tier for r in ratings.values()) for tier in sorted(Tier, reverse=True)}
        notes = uow.outbox.all(limit=10_000)
        escalations = sum(n.purpose.value == "escalation" for n in notes)
        yield "—— 演示小结 ——"
        yield counts.words() + "。"
        yield f"事件{len(events)}个；" + "，".join(f"{tier.chinese}{n}个" for tier, n in tiers.items()) + "。"
        for event in sorted(events, key=lambda e: e.first_seen_at):
            rating = ratings.get(event.id)
            if rating is not None and rating.tier is not None:
                yield f"  {rating.tier.chinese}　{event.title}（{event.status.chinese}）"
        sent = sum(n.state is NotificationState.SENT for n in notes)
        yield f"邮件发出{sent}封（其中无人签收而催办{escalations}封），未送达{uow.outbox.waiting()}封。"
    yield f"邮件：{folder / 'mail'}　数据库：{folder / 'minqing.db'}　日志：{folder / 'log.jsonl'}"
