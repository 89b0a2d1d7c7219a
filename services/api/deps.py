"""What every router is handed."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import AfterValidator

from crawlers.text import without_invisible
from services.bootstrap import Service


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]
Written = Annotated[str, AfterValidator(without_invisible)]
"""What a person types or pastes; marks that nobody sees, or that turn round what follows, are taken out."""
