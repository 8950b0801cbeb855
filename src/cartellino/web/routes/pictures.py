"""Pictures by their digest; never by a path."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, Response

from cartellino.records import Picture
from cartellino.web.context import desk_of
from cartellino.web.errors import DeskError

router = APIRouter()
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.get("/pictures/{digest}")
def picture(request: Request, digest: Digest) -> Response:
    """A kept picture, as it is kept."""
    headers = _lasting(digest)
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    path, media = desk_of(request).thumbnails.file(_known(request, digest))
    return FileResponse(path, media_type=media, headers=headers)


@router.get("/thumbnails/{digest}")
def thumbnail(request: Request, digest: Digest) -> Response:
    """The same picture, small."""
    headers = _lasting(f"{digest}-small")
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    made = desk_of(request).thumbnails.thumbnail(_known(request, digest))
    return Response(made, media_type="image/jpeg", headers=headers)


def _known(request: Request, digest: str) -> Picture:
    with desk_of(request).catalogue() as catalogue:
        known = catalogue.pictures.known(digest)
    if known is None:
        raise DeskError(404, "no picture of this collection has this name", digest)
    return known


def _lasting(name: str) -> dict[str, str]:
    # A picture is named after its bytes, so what a browser holds under a name is never out of date.
    return {"ETag": f'"{name}"', "Cache-Control": "private, max-age=31536000, immutable"}
