"""Whether the desk is up, and what it answers to."""

from __future__ import annotations

from itertools import chain
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from cartellino.version import VERSION
from cartellino.web.context import desk_of

router = APIRouter()


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """Say that the desk and its catalogue answer."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        return {
            "ok": True,
            "version": VERSION,
            "works": catalogue.works.count(),
            "evidence": desk.evidence.state,
        }


@router.get("/api")
def addresses(request: Request) -> list[dict[str, str]]:
    """List the JSON interface: method, address and what it does."""
    routes = (
        route
        for route in chain.from_iterable(each.routes for each in request.app.state.routers)
        if isinstance(route, APIRoute) and route.path.startswith("/api")
    )
    return [
        {"method": method, "path": route.path, "does": (route.description or "").partition("\n")[0]}
        for route in routes
        for method in sorted(route.methods or ())
    ]


@router.get("/api/session")
def session(request: Request, response: Response) -> dict[str, str]:
    """Give the token that decisions are sent with, in the header X-Cartellino-Token."""
    desk = desk_of(request)
    return {"token": desk.sessions.begin(request, response), "signer": desk.signer}
