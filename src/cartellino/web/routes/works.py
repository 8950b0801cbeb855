"""Works: looked for, looked at, and compared with their look-alikes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from cartellino.catalogue import Catalogue, tallies
from cartellino.web import history
from cartellino.web.context import desk_of
from cartellino.web.evidence import Neighbour
from cartellino.web.items import item_json, picture_json, work_json
from cartellino.web.pages import page

router = APIRouter()
Text = Annotated[str, Query(max_length=1000)]
FOUND = 48


@router.get("/works", response_class=HTMLResponse)
def search(request: Request, q: Text = "") -> HTMLResponse:
    """Works whose title or id holds the words looked for."""
    with desk_of(request).catalogue() as catalogue:
        found = _found(catalogue, q, FOUND)
        return page(request, "works.html", query=q, found=found, works=catalogue.works.count())


@router.get("/works/{work_id:path}", response_class=HTMLResponse)
def work(request: Request, work_id: str) -> HTMLResponse:
    """One work: its pictures, its entry, and every decision about it."""
    with desk_of(request).catalogue() as catalogue:
        key = catalogue.works.key(work_id)
        decisions = history.by_set(catalogue, key)
        return page(request, "work.html", work=work_json(catalogue, key), sets=decisions)


@router.get("/api/works")
def search_json(
    request: Request, q: Text = "", limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> list[dict[str, Any]]:
    """Find works by the words of their titles and by their ids."""
    with desk_of(request).catalogue() as catalogue:
        return _found(catalogue, q, limit)


@router.get("/api/works/{work_id:path}")
def work_item(request: Request, work_id: str, label_set: Text) -> dict[str, Any]:
    """Give one work: label, entry, pictures, suggestions, and what stands."""
    with desk_of(request).catalogue() as catalogue:
        return item_json(catalogue, catalogue.labels.find(label_set), catalogue.works.key(work_id))


@router.get("/api/evidence/{work_id:path}")
def evidence(request: Request, work_id: str, label_set: Text) -> dict[str, Any]:
    """Give the eight nearest catalogued works; none for a work that is shown blind."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        row, key = catalogue.labels.find(label_set), catalogue.works.key(work_id)
        place = tallies.queued(catalogue, row, key)
        if place and place.blind:
            return {"state": "blind", "neighbours": []}
        found = desk.evidence.of(catalogue, row, key)
        return {"state": desk.evidence.state, "neighbours": [_neighbour(catalogue, each) for each in found]}


def _neighbour(catalogue: Catalogue, found: Neighbour) -> dict[str, Any]:
    entry = catalogue.works.entry(found.work)
    return {
        "id": entry.work_id,
        "title": entry.title,
        "labels": list(found.labels),
        "closeness": round(found.closeness, 4),
        "thumbnail": f"/thumbnails/{found.digest}",
    }


def _found(catalogue: Catalogue, words: str, limit: int) -> list[dict[str, Any]]:
    found = catalogue.works.search(words, limit) if words.strip() else []
    return [
        {"id": work_id, "title": title, "picture": _first(catalogue, key)} for key, work_id, title in found
    ]


def _first(catalogue: Catalogue, work: int) -> dict[str, Any] | None:
    pictures = catalogue.pictures.of(work)
    return picture_json(pictures[0]) if pictures else None
