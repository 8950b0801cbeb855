"""The pages: templates, filled with every value escaped."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cartellino.show import words
from cartellino.web.history import spoken

PAGES = Path(__file__).parent / "pages"


@cache
def environment() -> Environment:
    """The templates; whatever is put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["when"] = when
    made.filters["address"] = lambda text: quote(str(text), safe="")
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    made.globals["count"] = words.count
    made.globals["spoken"] = spoken
    return made


def render(template: str, **context: Any) -> str:
    """Fill a template."""
    return environment().get_template(template).render(**context)


def page(request: Request, template: str, **context: Any) -> HTMLResponse:
    """A page of the desk, with the session that its scripts sign with."""
    desk = request.app.state.desk
    response = HTMLResponse()
    context["token"] = desk.sessions.begin(request, response)
    context.update(signer=desk.signer, museum=desk.settings.name, path=request.url.path)
    response.body = render(template, **context).encode()
    response.headers["Content-Length"] = str(len(response.body))
    return response


def when(at: str) -> str:
    """A journalled time (UTC, ISO 8601) as the person at this computer reads a clock: '3 May 2026, 14:02'."""
    try:
        local = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{local.day} {local:%B %Y, %H:%M}"
