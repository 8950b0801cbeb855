"""The review desk as a web application."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from cartellino.settings import Settings
from cartellino.web import errors
from cartellino.web.context import Desk
from cartellino.web.guard import Guard
from cartellino.web.routes import decisions, desk, health, pictures, suspects, works

# Windows takes these from its registry, where any program may have put nonsense.
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
STATIC = Path(__file__).parent / "static"


def create_app(
    folder: Path, settings: Settings, *, label_set: str | None = None, signer: str = ""
) -> FastAPI:
    """Make the review desk of a collection.

    Parameters
    ----------
    folder : Path
        The collection.
    settings : Settings
        Its settings.
    label_set : str, optional
        The label set that the first page leads to; all of them if not given.
    signer : str
        Whose name goes under decisions; '' takes the one of the settings, or the computer's user.

    Raises
    ------
    LabelError
        If there is no such label set.
    CollectionError
        If the catalogue cannot be opened.
    """
    made = Desk(folder, settings, signer)
    start = _start(made, label_set)
    # No generated documentation pages: they load scripts from another site.
    app = FastAPI(
        title="Cartellino review desk", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan
    )
    app.state.desk, app.state.start = made, start
    app.add_middleware(Guard)
    errors.handle(app)
    app.state.routers = [module.router for module in (desk, works, pictures, decisions, suspects, health)]
    for router in app.state.routers:
        app.include_router(router)
    for ending, media in TYPES.items():
        mimetypes.add_type(media, ending)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/assets", StaticFiles(directory=str(files("cartellino.show") / "assets")), name="assets")
    return app


def _start(desk: Desk, label_set: str | None) -> str:
    try:
        with desk.catalogue() as catalogue:
            return f"/desk/{catalogue.labels.find(label_set).name}" if label_set else "/"
    finally:
        desk.release()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.desk.close()
