"""`minqing outbox …`: what could not be delivered, and sending it again."""

from pathlib import Path
from typing import Annotated

import typer

from services.commands.chinese import App
from services.commands.common import sentences

app = App(help="发件箱：查看未送达的消息，重发。")

Folder = Annotated[Path, typer.Argument(help="服务文件夹（由 minqing init 生成）", show_default=False)]


@app.command(name="list")
def list_letters(
    folder: Folder,
    waiting: Annotated[bool, typer.Option("--waiting", help="也列出还在重试的")] = False,
) -> None:
    """列出发送失败的消息：收件人、渠道、次数、原因。"""
    from alerts.model import NotificationState  # noqa: PLC0415  # each command loads what it needs
    from services.sending.letters import listed  # noqa: PLC0415

    states = {NotificationState.DEAD, NotificationState.RETRY} if waiting else {NotificationState.DEAD}
    with sentences():
        for line in listed(folder, states):
            typer.echo(line)


@app.command()
def replay(
    folder: Folder,
    ids: Annotated[list[str] | None, typer.Argument(help="消息编号；不写则重发全部失败的", show_default=False)] = None,
    by: Annotated[str, typer.Option(help="操作人编号，记入审计")] = "本机",
) -> None:
    """重发：放回发件箱，服务运行时会立即再试；发出前仍会核对预警现状。"""
    from services.sending.letters import replay_folder  # noqa: PLC0415

    with sentences():
        typer.echo(replay_folder(folder, ids or [], by=by))
