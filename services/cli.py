"""The `minqing` command."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from services.commands import (
    models as cli_models,
)
from services.commands import (
    outbox as cli_outbox,
)
from services.commands import (
    plan as cli_plan,
)
from services.commands import (
    roster as cli_roster,
)
from services.commands import (
    source as cli_source,
)
from services.commands.chinese import App
from services.commands.common import Now, sentences

app = App(name="minqing", help="民情：公众关切早期预警服务。")

app.add_typer(cli_models.app)
app.add_typer(cli_plan.app, name="plan")
app.add_typer(cli_source.app, name="source")
app.add_typer(cli_outbox.app, name="outbox")
app.add_typer(cli_roster.app, name="roster")

Folder = Annotated[Path, typer.Argument(help="服务文件夹（没有时先用 minqing init 生成）", show_default=False)]
Posts = Annotated[Path, typer.Argument(help="帖文文件（JSON Lines，格式见 docs/formats.md）", show_default=False)]


GazetteerFile = Annotated[Path | None, typer.Option(help="本区地名库（JSON Lines）")]
Strict = Annotated[bool, typer.Option("--strict", help="有写坏的行时以 1 退出")]


class SchemaName(StrEnum):
    """Files with a published schema."""

    SOURCES = "sources"
    PLAN = "plan"
    ROSTER = "roster"
    SETTINGS = "settings"
    HOLIDAYS = "holidays"


class TierChoice(StrEnum):
    """The four tiers as they are written."""

    I = "I"  # noqa: E741  # the field's own name
    II = "II"
    III = "III"
    IV = "IV"


class SpeakerChoice(StrEnum):
    """Who says something in a drill."""

    official = "official"
    media = "media"
    public = "public"


class ToneName(StrEnum):
    """Who says the tone."""

    BUNDLED = "bundled"
    SNOWNLP = "snownlp"


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer hands it over so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415  # it parses mails, which takes half of this module's time

        typer.echo(f"民情 {version('minqing')}")
        raise typer.Exit


@app.callback()
def main(
    asked: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """民情：公众关切早期预警服务。"""


@app.command()
def init(folder: Folder) -> None:
    """生成一个服务文件夹：来源、预案、值班表与设置，都带注释。"""
    from services.folder.init import write_folder  # noqa: PLC0415  # each command loads what it needs

    with sentences():
        for line in write_folder(folder):
            typer.echo(line)


@app.command()
def check(folder: Folder) -> None:
    """检查一个服务文件夹的全部配置，逐条说明问题。"""
    from services.clock import RunningClock  # noqa: PLC0415
    from services.folder.check import problems, remarks  # noqa: PLC0415

    now = RunningClock().now()
    found = problems(folder, now)
    for sentence in found:
        typer.echo(sentence, err=True)
    if found:
        raise typer.Exit(1)
    for sentence in remarks(folder, now):
        typer.echo(f"提示：{sentence}")
    typer.echo("配置没有问题。")


@app.command()
def run(folder: Folder, now: Now = None) -> None:
    """运行整个服务（采集、研判、报送、控制台），直到按 Ctrl-C。"""
    from services.run import run_until_interrupted  # noqa: PLC0415

    with sentences():
        run_until_interrupted(folder, now)


@app.command()
def api(folder: Folder, now: Now = None) -> None:
    """分开运行（共用 PostgreSQL）：只提供控制台与接口，不采集、不研判、不发送；可开多个。"""
    from services.run import API, run_until_interrupted  # noqa: PLC0415

    with sentences():
        run_until_interrupted(folder, now, API)


@app.command()
def work(folder: Folder, now: Now = None) -> None:
    """分开运行（共用 PostgreSQL）：研判、时限、报送；可开多个，一个主持，都发送，主持者停止后自动接替。"""
    from services.run import WORK, run_until_interrupted  # noqa: PLC0415

    with sentences():
        run_until_interrupted(folder, now, WORK)


@app.command()
def crawl(folder: Folder, now: Now = None) -> None:
    """分开运行（共用 PostgreSQL）：只采集本文件夹 sources.yaml 所列来源；可开多个，各列各的来源。"""
    from services.sourcing.apart import crawl_until_interrupted  # noqa: PLC0415

    with sentences():
        crawl_until_interrupted(folder, now)


@app.command()
def once(folder: Folder, now: Now = None) -> None:
    """每个来源采集一次，处理完全部工作并发出到期邮件；有失败则以 1 退出。"""
    from services.once import run_once  # noqa: PLC0415

    with sentences():
        result = run_once(folder, now)
    for line in result.lines:
        typer.echo(line)
    for line in result.failures:
        typer.echo(line, err=True)
    raise typer.Exit(1 if result.failures else 0)


@app.command()
def analyze(
    posts: Posts,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="输出文件；不写则输出到标准输出")] = None,
    gazetteer: GazetteerFile = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="输出脱敏后的文本")] = False,
    processes: Annotated[int, typer.Option(min=0, help="进程数；0 为处理器核数")] = 0,
    sentiment: Annotated[ToneName, typer.Option(help="情感由谁判断；snownlp 慢百倍，只为对照")] = ToneName.BUNDLED,
    adviser_url: Annotated[str, typer.Option(help="内网大模型（OpenAI 兼容接口）的网址；不写则不用")] = "",
    adviser_model: Annotated[str, typer.Option(help="内网大模型的名称")] = "",
    strict: Strict = False,
) -> None:
    """逐条研读帖文：范围、主题、情感、求助、地点、事实数字。"""
    from services.reading.analyze import analyze_file  # noqa: PLC0415

    reading = None
    if sentiment is not ToneName.BUNDLED or adviser_url:
        from services.settings import AdviserSettings, ReadingSettings, Tones  # noqa: PLC0415

        adviser = AdviserSettings(url=adviser_url, model=adviser_model)
        reading = ReadingSettings(sentiment=Tones(sentiment.value), adviser=adviser)
    with sentences():
        broken = analyze_file(
            posts, out, gazetteer=gazetteer, with_text=with_text, processes=processes, reading=reading
        )
    raise typer.Exit(1 if strict and broken else 0)


@app.command()
def replay(
    posts: Posts,
    plan: Annotated[Path, typer.Option(help="预案文件")],
    out: Annotated[Path, typer.Option(help="输出文件夹")],
    roster: Annotated[Path | None, typer.Option(help="值班表；不写则各角色本身即收件人")] = None,
    gazetteer: GazetteerFile = None,
    decisions: Annotated[Path | None, typer.Option(help="人工的合并与拆分（JSON Lines），到时照做")] = None,
    strict: Strict = False,
) -> None:
    """用虚拟时钟重放一段帖文：会有哪些事件、定级、报告、通知和催办。"""
    from services.replaying.replay import replay_file  # noqa: PLC0415

    with sentences():
        counts = replay_file(posts, plan=plan, out=out, roster=roster, gazetteer=gazetteer, decisions=decisions)
    raise typer.Exit(1 if strict and counts["broken"] else 0)


@app.command()
def drill(
    folder: Folder,
    by: Annotated[str, typer.Option(help="发起人编号（值班表中的人员，须在岗且为预案 drills 所列）")],
    title: Annotated[str, typer.Option(help="发起：假设的情况，如“永固仓库火灾，3人死亡”")] = "",
    tier: Annotated[TierChoice | None, typer.Option(help="发起：假设的级别；不写则由预案按数字定级")] = None,
    topic: Annotated[str, typer.Option(help="发起：主题代码")] = "hazard.fire",
    alert: Annotated[str, typer.Option(help="推进：演练的预警编号")] = "",
    tell: Annotated[str, typer.Option(help="推进：又来的情况，如“消防通报：12人死亡”")] = "",
    says: Annotated[SpeakerChoice, typer.Option(help="推进：谁说的；官方的数字视为已核实")] = SpeakerChoice.official,
    agreed: Annotated[TierChoice | None, typer.Option(help="推进：知道数字将升至哪一级；不写则先告知")] = None,
) -> None:
    """发起或推进演练：全流程照走，消息、报告、页面都标明“演练”，不计入统计。"""
    from analyzer.model import Tier  # noqa: PLC0415
    from crawlers.model import Authority  # noqa: PLC0415
    from services.acts.drilling import Script, asked  # noqa: PLC0415

    if bool(alert) is not bool(tell) or bool(title) is bool(alert):
        typer.echo("发起演练请写 --title；推进演练请写 --alert 和 --tell。", err=True)
        raise typer.Exit(2)
    script = Script(by=by, text=title or tell, authority=Authority(says.value) if tell else Authority.OFFICIAL)
    with sentences():
        chosen, known = (Tier[one.value] if one else None for one in (tier, agreed))
        typer.echo(asked(folder, script, topic=topic, tier=chosen, alert_id=alert, agreed=known))


@app.command()
def schema(name: SchemaName) -> None:
    """输出某个配置文件的 JSON Schema。"""
    from services.folder.check import schema_of  # noqa: PLC0415

    sys.stdout.write(schema_of(name.value))


@app.command()
def audit(folder: Folder) -> None:
    """核对审计记录：是否有一条被改动或删除。"""
    from services.upkeep import audit_end, verify_audit  # noqa: PLC0415

    with sentences():
        broken = verify_audit(folder)
        typer.echo(broken or f"审计记录完整，没有改动：{audit_end(folder)}。", err=bool(broken))
    raise typer.Exit(1 if broken else 0)


@app.command()
def purge(folder: Folder, now: Now = None) -> None:
    """删除超过保留期的帖文，并说明删了多少、最早的还剩到哪一天。"""
    from services.upkeep import purge_folder  # noqa: PLC0415

    with sentences():
        typer.echo(purge_folder(folder, now))


@app.command()
def backup(
    folder: Folder,
    into: Annotated[
        Path, typer.Argument(help="备份放在哪个文件夹；其中超过保留期的旧备份随即删除", show_default=False)
    ],
    now: Now = None,
) -> None:
    """备份配置与数据库（SQLite），服务运行时也可以。"""
    from services.backup import backup as write_backup  # noqa: PLC0415

    with sentences():
        for line in write_backup(folder, into, now):
            typer.echo(line)


@app.command()
def feedback(folder: Folder) -> None:
    """各判据触发了多少预警，值班员评价为恰当、误报、偏高、偏低的各有多少。"""
    from services.acts.feedback import report  # noqa: PLC0415

    with sentences():
        typer.echo(report(folder))


@app.command()
def reindex(folder: Folder) -> None:
    """从数据库重建全文索引。"""
    from services.upkeep import reindex_folder  # noqa: PLC0415

    with sentences():
        typer.echo(reindex_folder(folder))


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="演示输出文件夹")] = Path("var/demo"),
    only_once: Annotated[bool, typer.Option("--once", help="生成输出后即退出，不启动控制台")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="控制台端口")] = 8000,
) -> None:
    """演示：一座虚构小城的两周，从采集到报送全部真实运行。"""
    from services.demo.play import play  # noqa: PLC0415

    with sentences():
        raise typer.Exit(play(folder, serve=not only_once, port=port))


if __name__ == "__main__":
    app()
