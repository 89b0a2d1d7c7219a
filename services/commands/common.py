"""What all commands share: how a time is given, and errors we know how to say as Chinese sentences on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from alerts.beijing import BEIJING
from services.errors import ServiceError, plainly


def _moment(written: str) -> datetime:
    """A time as people write it; without an offset it is Beijing time."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"“{written}”应写成 2026-11-14T08:00+08:00 的形式") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


Now = Annotated[
    datetime | None,
    typer.Option(parser=_moment, metavar="时刻", help="服务时钟从此刻起走，如 2026-11-14T08:00+08:00"),
]


@contextmanager
def sentences() -> Iterator[None]:
    """Say a known error and exit with 2."""
    try:
        yield
    except ServiceError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        if error.filename is None:
            raise
        typer.echo(f"{error.filename}：不能读写（{plainly(error)}），请检查路径、权限和磁盘空间。", err=True)
        raise typer.Exit(2) from error
