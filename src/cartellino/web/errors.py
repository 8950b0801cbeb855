"""What goes wrong at the desk, answered in the same three parts as everywhere: what, to what, what to do."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from cartellino.errors import CartellinoError, CollectionError, InputError, LabelError, StorageError
from cartellino.web.headers import HEADERS

if TYPE_CHECKING:
    from starlette.types import ExceptionHandler

log = logging.getLogger("cartellino.desk")
_STATUS: dict[type[CartellinoError], int] = {
    InputError: 404,
    LabelError: 404,
    CollectionError: 409,
    StorageError: 503,
}


class DeskError(CartellinoError):
    """A request that the desk refuses.

    Parameters
    ----------
    status : int
        The HTTP status to answer (RFC 9110).
    what, where, do : str
        As in every error.
    code : str
        A stable word for scripts ('conflict', 'token', …), or ''.
    more : dict, optional
        What a script needs to know besides.
    """

    def __init__(
        self,
        status: int,
        what: str,
        where: str = "",
        do: str = "",
        code: str = "",
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(what, where, do)
        self.status, self.code, self.more = status, code, more or {}


def handle(app: FastAPI) -> None:
    """Answer every error of `app` in words: JSON below ``/api``, a page elsewhere."""
    handlers: dict[Any, ExceptionHandler] = {
        CartellinoError: _known,
        RequestValidationError: _invalid,
        HTTPException: _missing,
        Exception: _unknown,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def answer(path: str, status: int, error: CartellinoError) -> Response:
    """The response that says `error`."""
    if path.startswith("/api"):
        said = {"what": error.what, "where": error.where, "do": error.do, "code": getattr(error, "code", "")}
        return JSONResponse({"error": said | getattr(error, "more", {})}, status)
    from cartellino.web.pages import render

    return HTMLResponse(render("error.html", error=error, status=status), status)


def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, CartellinoError)
    status = error.status if isinstance(error, DeskError) else _STATUS.get(type(error), 500)
    return answer(request.url.path, status, error)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
    said = DeskError(422, f"this cannot be understood: {first['msg'].lower()}", where, "Reload the page.")
    return answer(request.url.path, 422, said)


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = DeskError(
        error.status_code, "there is no such page", request.url.path, "Start again from the first page."
    )
    if error.status_code == 405:
        said = DeskError(405, f"this address does not take {request.method}", request.url.path)
    return answer(request.url.path, error.status_code, said)


def _unknown(request: Request, error: Exception) -> Response:
    log.error("the desk failed at %s", request.url.path, exc_info=error)
    what = "the desk failed in a way nobody foresaw; nothing was signed by this request"
    said = DeskError(500, what, "", "Try again; the terminal it runs in shows the details.")
    response = answer(request.url.path, 500, said)
    response.headers.update(HEADERS)  # this answer is made outside the guard
    return response
