"""Who answers which path."""

from __future__ import annotations

from . import aic, iiif, manifests, met
from .answers import Answer, Request, page
from .hall import Hall

_DETOUR = "/detour/"


def routed(hall: Hall, request: Request) -> Answer:
    """The answer to a request, without any fault."""
    return _found(hall, request) or lost(request.path)


def lost(path: str) -> Answer:
    """404 in the words of whoever was asked."""
    if path.startswith(met.BASE):
        return met.lost()
    if path.startswith(aic.BASE):
        return aic.lost()
    return page(404, "Not found")


def _found(hall: Hall, request: Request) -> Answer | None:
    path = request.path
    if path.startswith("/images/"):
        return _image(hall, path)
    if path.startswith(met.BASE):
        return met.answer(hall, request)
    if path.startswith(aic.BASE):
        return aic.answer(hall, request)
    if path.startswith("/iiif/"):
        return _iiif(hall, path)
    if path == "/robots.txt":
        return Answer(200, hall.robots.encode(), "text/plain; charset=utf-8")
    return _detour(path) if path.startswith(_DETOUR) else None


def detour(path: str) -> str:
    """Where a path that leads in circles leads first."""
    return f"{_DETOUR}1{path}"


def _detour(path: str) -> Answer:
    """From one detour to the other, and back."""
    number, _, rest = path.removeprefix(_DETOUR).partition("/")
    return page(302, "Found", ("Location", f"{_DETOUR}{2 if number == '1' else 1}/{rest}"))


def _image(hall: Hall, path: str) -> Answer | None:
    name = path.removeprefix("/images/").removeprefix("original/")
    ident = name.partition(".")[0]
    if hall.shelf.name(ident) != name or (data := hall.shelf.data(ident)) is None:
        return None
    shelf, work = hall.shelf, int(ident.partition("-")[0])
    return Answer(200, data, shelf.media_type(ident), (), "picture", path, work, shelf.modified(ident))


def _iiif(hall: Hall, path: str) -> Answer | None:
    """'/iiif/…' is version 3; '/iiif/2/…' and '/iiif/3/…' say which, also where '2' might be an object."""
    parts = path.removeprefix("/iiif/").split("/")
    version = "3"
    if parts[0] in ("2", "3") and _whole(parts[1:]):
        version, *parts = parts
    match parts:
        case ["collection", *rest]:
            return manifests.collection(hall, version, rest)
        case [ident, "manifest.json"]:
            return manifests.manifest(hall, version, ident)
        case [ident, "info.json"]:
            return iiif.information(hall, version, ident)
        case [ident, region, size, rotation, written]:
            return iiif.picture(hall, version, ident, [region, size, rotation, written])
    return None


def _whole(parts: list[str]) -> bool:
    """Whether this is a whole path already, so that what came before it is the version."""
    return parts[:1] == ["collection"] or (len(parts) in (2, 5) and parts[0].partition("-")[0].isdigit())
