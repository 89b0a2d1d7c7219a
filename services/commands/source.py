"""`minqing source …`: try an address, see how the sources are, look after what could not be read."""

from pathlib import Path
from typing import Annotated

import typer

from crawlers.model import Authority
from services.commands.chinese import App
from services.commands.common import Now, sentences

app = App(help="来源：试读网址、查看状态、处理隔离内容。")
quarantine = App(help="隔离：读不懂而搁置的内容。")
app.add_typer(quarantine, name="quarantine")

Folder = Annotated[Path, typer.Argument(help="服务文件夹（由 minqing init 生成）", show_default=False)]
SourceId = Annotated[str | None, typer.Option("--source", help="只看这个来源（编号）")]


@app.command()
def check(
    url: Annotated[str, typer.Argument(help="网址", show_default=False)],
    folder: Annotated[Path | None, typer.Option(help="服务文件夹；写了则用其联系方式和当日请求计数")] = None,
    contact: Annotated[str, typer.Option(help="联系方式（邮箱或网址），被采集的网站据此联系我们")] = "",
    authority: Annotated[Authority, typer.Option(help="按何种来源预览")] = Authority.PUBLIC,
    private_host: Annotated[list[str] | None, typer.Option(help="允许读取的内网主机，可写多次")] = None,
    now: Now = None,
) -> None:
    """试读一个网址：判断类型，预览入库后的样子，给出可粘贴的配置。"""
    from services.clock import RunningClock  # noqa: PLC0415  # each command loads what it needs
    from services.sourcing.look import look, rendered  # noqa: PLC0415

    with sentences():
        found = look(
            url,
            RunningClock(now).now(),
            folder=folder,
            contact=contact,
            authority=authority,
            private_hosts=tuple(private_host or ()),
        )
    if not found.entry:
        for problem in found.problems or (f"{url} 没有读到内容。",):
            typer.echo(problem, err=True)
        raise typer.Exit(1)
    for line in rendered(found):
        typer.echo(line)


@app.command(name="list")
def list_sources(folder: Folder, now: Now = None) -> None:
    """各来源是否正常、最近何时采到、有何问题。"""
    from services.clock import RunningClock  # noqa: PLC0415
    from services.sourcing.table import table  # noqa: PLC0415

    with sentences():
        for line in table(folder, RunningClock(now).now()):
            typer.echo(line)


@quarantine.command(name="list")
def list_quarantine(folder: Folder, source: SourceId = None) -> None:
    """列出隔离内容及原因。"""
    from services.clock import RunningClock  # noqa: PLC0415
    from services.sourcing.quarantine import listed  # noqa: PLC0415

    with sentences():
        for line in listed(folder, source, RunningClock().now()):
            typer.echo(line)


@quarantine.command()
def replay(folder: Folder, source: SourceId = None, now: Now = None) -> None:
    """重读隔离内容，并逐项说明结果；服务正在运行时，由它下次采集时重读。"""
    from services.clock import RunningClock  # noqa: PLC0415
    from services.sourcing.quarantine import replay as read_again  # noqa: PLC0415

    with sentences():
        for line in read_again(folder, source, RunningClock(now).now()):
            typer.echo(line)
