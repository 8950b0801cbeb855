"""Works that look wrong: one after another, and what a person says of each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from cartellino.web import suspecting
from cartellino.web.context import desk_of
from cartellino.web.items import field_of
from cartellino.web.pages import page
from cartellino.web.schema import Verdict
from cartellino.web.session import verified

router = APIRouter()


@router.get("/suspects/{name}", response_class=HTMLResponse)
def suspects(
    request: Request,
    name: str,
    after: int = -1,
    work: Annotated[str, Query(max_length=1000)] = "",
    view: int = 0,
) -> HTMLResponse:
    """The next work of a label set that looks wrong; with `work`, that one."""
    with desk_of(request).catalogue() as catalogue:
        label_set = catalogue.labels.find(name)
        key = catalogue.works.key(work) if work else None
        shown = suspecting.page_of(catalogue, label_set, after, key, view)
        return page(request, "suspects.html", label_set=label_set, field=field_of(label_set), **shown)


@router.post("/api/suspects", status_code=201, dependencies=[Depends(verified)])
def judge(request: Request, verdict: Verdict) -> dict[str, Any]:
    """Say of a suspect that its label is right, what it is instead, or that a picture is not of it."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        label_set = catalogue.labels.find(verdict.label_set)
        made = suspecting.judge(catalogue, label_set, verdict, desk.signer)
        return made | {"left": len(catalogue.suspects.open(label_set.id))}
