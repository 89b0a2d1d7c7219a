"""`minqing plan …`: look at a plan before it is used."""

from pathlib import Path
from typing import Annotated

import typer

from services.commands.chinese import App
from services.commands.common import sentences

app = App(help="预案：检查、说明、比较。")
PlanPath = Annotated[Path, typer.Argument(help="预案文件", show_default=False)]


@app.command()
def lint(
    plan: PlanPath,
    roster: Annotated[Path | None, typer.Option(help="值班表；写了则一并检查通知对象与空班")] = None,
) -> None:
    """找出可疑之处：达不到的级别、颠倒或跳级的门槛、无人可通知的步骤。有问题以 1 退出。"""
    from services.clock import RunningClock  # noqa: PLC0415
    from services.folder.check import doubts  # noqa: PLC0415  # each command loads what it needs

    with sentences():
        found = doubts(plan, roster, RunningClock().now())
    for sentence in found:
        typer.echo(sentence)
    typer.echo(f"共{len(found)}处。" if found else "没有发现问题。")
    raise typer.Exit(1 if found else 0)


@app.command()
def explain(
    plan: PlanPath,
    roster: Annotated[Path | None, typer.Option(help="值班表；写了则用其中的名称")] = None,
) -> None:
    """把判据与各级步骤写成中文表格，便于与印发的预案核对。"""
    from services.folder.plan import ROLES, explained, load_plan  # noqa: PLC0415
    from services.folder.roster import load_roster  # noqa: PLC0415

    with sentences():
        typer.echo(explained(load_plan(plan), load_roster(roster).names if roster else ROLES))


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(help="原预案", show_default=False)],
    after: Annotated[Path, typer.Argument(help="新预案", show_default=False)],
    replay: Annotated[Path, typer.Option(help="用来比较的历史帖文（JSON Lines）")],
    gazetteer: Annotated[Path | None, typer.Option(help="本区地名库（JSON Lines）")] = None,
    decisions: Annotated[Path | None, typer.Option(help="当时人工的合并与拆分（JSON Lines）")] = None,
) -> None:
    """用同一段历史比较两份预案：哪些事件改变级别，哪些通知会多出或消失。"""
    from services.replaying.plan_diff import compared  # noqa: PLC0415

    with sentences():
        for line in compared(before, after, replay, gazetteer, decisions):
            typer.echo(line)
