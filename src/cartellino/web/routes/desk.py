"""The first page, the desk itself, and its queue."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from cartellino.web import overview
from cartellino.web.context import desk_of
from cartellino.web.items import field_of, set_json
from cartellino.web.pages import page
from cartellino.web.queue import AHEAD, queue_json

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def first(request: Request) -> HTMLResponse:
    """Every label set, how far it is, and what is promised."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        sets = overview.sets(catalogue, desk.signer)
        return page(request, "wall.html", sets=sets, works=catalogue.works.count())


@router.get("/desk/{name}", response_class=HTMLResponse)
def sign(request: Request, name: str, work: Annotated[str, Query(max_length=1000)] = "") -> HTMLResponse:
    """The desk of one label set; with `work`, that work first."""
    desk_of(request).evidence.prepare()
    with desk_of(request).catalogue() as catalogue:
        label_set = catalogue.labels.find(name)
        if work:
            catalogue.works.key(work)
        return page(request, "desk.html", label_set=label_set, field=field_of(label_set), work=work)


@router.get("/api/queue")
def queue(
    request: Request,
    label_set: Annotated[str, Query(max_length=1000)],
    limit: Annotated[int, Query(ge=1, le=100)] = AHEAD,
) -> dict[str, Any]:
    """Give the next works of a label set, its values, and how far it is."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        row = catalogue.labels.find(label_set)
        return {"set": set_json(catalogue, row), **queue_json(catalogue, row, desk.signer, limit)}
