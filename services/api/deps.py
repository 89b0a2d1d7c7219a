"""What every router is handed."""

from typing import Annotated

from fastapi import Depends, Request

from services.bootstrap import Service


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]
