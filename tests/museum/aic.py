"""The Art Institute of Chicago's API (https://api.artic.edu/docs), in the shapes that it really has."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from .answers import Answer, Request, told
from .hall import Hall

BASE = "/api/v1"
_MOST = 100  # a page
_DEEPEST = 1_000  # results of a search
_LISTED, _FOUND = 12, 10  # a page, unless told otherwise
_INFO = {
    "license_text": "The data in this response is licensed under Creative Commons Zero (CC0) 1.0.",
    "license_links": ["https://creativecommons.org/publicdomain/zero/1.0/"],
    "version": "1.14",
}
_PLAIN = {
    "title": "title",
    "main_reference_number": "accessionNumber",
    "date_start": "objectBeginDate",
    "date_end": "objectEndDate",
    "date_display": "objectDate",
    "artist_title": "artistDisplayName",
    "place_of_origin": "country",
    "dimensions": "dimensions",
    "medium_display": "medium",
    "credit_line": "creditLine",
    "department_title": "department",
    "classification_title": "classification",
    "style_title": "culture",
    "copyright_notice": "rightsAndReproduction",
    "source_updated_at": "metadataDate",
}


def answer(hall: Hall, request: Request) -> Answer | None:
    """The answer to a path below `BASE`; None if there is no such thing."""
    rest = request.path.removeprefix(BASE)
    if rest == "/artworks":
        return _listed(hall, request)
    if rest == "/artworks/search":
        return _searched(hall, request)
    number = rest.removeprefix("/artworks/")
    if number == rest:
        return None
    if not (number.isascii() and number.isdigit()):
        return _refused(400, "Invalid syntax", "The identifier syntax is invalid.")
    return _artwork(hall, request, int(number))


def lost() -> Answer:
    """What is said of a work that is not there."""
    return _refused(404, "Not found", "The item you requested cannot be found.")


def _refused(status: int, error: str, detail: str) -> Answer:
    return told({"status": status, "error": error, "detail": detail}, status)


def _config(hall: Hall) -> dict[str, str]:
    return {"iiif_url": f"{hall.address}/iiif/2", "website_url": hall.address}


def _artwork(hall: Hall, request: Request, work: int) -> Answer:
    if work not in hall.shelf.records:
        return lost()
    shown = {"data": _chosen(hall, work, _fields(request)), "info": _INFO, "config": _config(hall)}
    return told(shown, kind="object", key=f"objects/{work}", work=work)


def _listed(hall: Hall, request: Request) -> Answer:
    found = sorted(hall.shelf.records)
    if "ids" in request.query:
        wanted = set(request.query["ids"].split(","))
        found = [work for work in found if str(work) in wanted]
    return _paged(hall, request, found, _LISTED)


def _searched(hall: Hall, request: Request) -> Answer:
    page, limit = _page(request, _FOUND)
    if page * limit > _DEEPEST:
        detail = "You have requested too many results. Please refine your parameters."
        return _refused(403, "Invalid number of results", detail)
    everything = sorted(hall.shelf.records)
    words = request.query.get("q", "").lower()
    found = [work for work in everything if words in _words(hall.shelf.records[work])]
    if request.query.get("query[term][is_public_domain]") == "true":
        found = [work for work in found if hall.shelf.records[work].get("isPublicDomain")]
    return _paged(hall, request, found or everything, _FOUND, score=True)  # nonsense finds everything there


def _words(record: dict[str, Any]) -> str:
    return "\n".join(value for value in record.values() if isinstance(value, str)).lower()


def _page(request: Request, usual: int) -> tuple[int, int]:
    told = [request.query.get(name, "") for name in ("page", "limit")]
    page, limit = (int(each) if each.isascii() and each.isdigit() else 0 for each in told)
    return page or 1, limit or usual


def _paged(hall: Hall, request: Request, found: list[int], usual: int, *, score: bool = False) -> Answer:
    page, limit = _page(request, usual)
    if limit > _MOST:
        detail = "You have requested too many resources per page. Please set a smaller limit."
        return _refused(403, "Invalid limit", detail)
    start = (page - 1) * limit
    pages = -(-len(found) // limit)
    paging: dict[str, Any] = {
        "total": len(found),
        "limit": limit,
        "offset": start,
        "total_pages": pages,
        "current_page": page,
    }
    if page < pages and not score:  # a search tells no next page
        query = request.query | {"page": str(page + 1), "limit": str(limit)}
        paging["next_url"] = f"{hall.address}{request.path}?{urlencode(query)}"
    data = [_chosen(hall, work, _fields(request)) for work in found[start : start + limit]]
    if score:
        data = [{"_score": round(100 / place, 4), **each} for place, each in enumerate(data, start=1)]
    return told({"pagination": paging, "data": data, "info": _INFO, "config": _config(hall)})


def _fields(request: Request) -> list[str]:
    return [each for each in request.query.get("fields", "").split(",") if each]


def _chosen(hall: Hall, work: int, fields: list[str]) -> dict[str, Any]:
    """The fields of a work that are asked for, all of them if none are; unknown ones are left out."""
    told = _told(hall, work)
    if not fields or "thumbnail" in fields:
        told["thumbnail"] = _thumbnail(hall, work)
    return {name: told[name] for name in fields if name in told} if fields else told


def _told(hall: Hall, work: int) -> dict[str, Any]:
    record = hall.shelf.records[work]
    views = hall.shelf.views(work)
    tags = [tag.get("term") for tag in record.get("tags") or ()]
    artist = record.get("artistDisplayName") or ""
    return {
        "id": work,
        "api_model": "artworks",
        "api_link": f"{hall.address}{BASE}/artworks/{work}",
        **{ours: record.get(theirs) or None for ours, theirs in _PLAIN.items()},
        "artist_display": "\n".join(filter(None, (artist, record.get("artistDisplayBio")))) or None,
        "artist_titles": [artist] if artist else [],
        "classification_titles": list(filter(None, [record.get("classification")])),
        "subject_titles": tags,
        "term_titles": tags,
        "is_public_domain": bool(record.get("isPublicDomain")),
        "image_id": views[0] if views else None,
        "alt_image_ids": views[1:],
    }


def _thumbnail(hall: Hall, work: int) -> dict[str, Any] | None:
    """The preview; its sizes are those of the whole picture, as there."""
    views = hall.shelf.views(work)
    if not views:
        return None
    width, height = hall.shelf.size(views[0])
    title = hall.shelf.records[work].get("title") or "a work"
    return {"lqip": "", "width": width, "height": height, "alt_text": f"A picture of {title}."}
