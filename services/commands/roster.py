"""`minqing roster …`: import duty lists, and see who is on duty."""

from pathlib import Path
from typing import Annotated

import typer

from services.commands.chinese import App
from services.commands.common import Now, sentences

app = App(help="值班表：导入排班、查看某一时刻由谁值守。")
Folder = Annotated[Path, typer.Argument(help="服务文件夹（由 minqing init 生成）", show_default=False)]

DryRun = Annotated[bool, typer.Option("--dry-run", help="只试读，不改动 roster.yaml")]


@app.command(name="import")
def import_(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="CSV（人员或班次）或 iCal 文件", show_default=False)],
    now: Now = None,
    *,
    dry: DryRun = False,
) -> None:
    """把人员或班次导入 roster.yaml，注释保留；不能用的行逐条说明，其余照导。有行未导入以 1 退出。"""
    from services.clock import RunningClock  # noqa: PLC0415  # each command loads what it needs
    from services.folder.rostering import take  # noqa: PLC0415

    with sentences():
        taken = take(folder, file, RunningClock(now).now(), dry=dry)
    for problem in taken.problems:
        typer.echo(problem, err=True)
    for line in taken.lines:
        typer.echo(line)
    raise typer.Exit(1 if taken.problems else 0)


@app.command()
def show(folder: Folder, at: Now = None) -> None:
    """某一时刻谁在岗、怎样联系、由谁替班，以及此后两周的问题。"""
    from services.clock import RunningClock  # noqa: PLC0415
    from services.folder.rostering import shown  # noqa: PLC0415

    with sentences():
        for line in shown(folder, RunningClock(at).now()):
            typer.echo(line)
