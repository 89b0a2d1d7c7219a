"""What all commands share: errors we know how to say become Chinese sentences on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from services.errors import ServiceError


@contextmanager
def sentences() -> Iterator[None]:
    """Say a known error and exit with 2."""
    try:
        yield
    except ServiceError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
