"""Pages that are one file: letters and figures inside, every value escaped, by day, by night and on paper."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cartellino.show import words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_ASSETS = files("cartellino.show") / "assets"
_URL = re.compile(r'url\("fonts/([\w.-]+)"\)')


@cache
def stylesheet() -> str:
    """The house's style sheet with its letters inside."""
    sheet = (_ASSETS / "cartellino.css").read_text(encoding="utf-8")
    return _URL.sub(lambda found: f'url("{_font(found[1])}")', sheet)


@cache
def font_face(file: str) -> str:
    """The style rule that brings the letters of `file` along."""
    return f'@font-face {{ font-family: "Cartellino Sans"; font-weight: 400 700; src: url("{_font(file)}") }}'


def render(template: str, **context: Any) -> str:
    """Fill in a template.

    Parameters
    ----------
    template : str
        'room/name.html': the file `name.html` among the templates of that room.
    **context
        What it may use; text is escaped.
    """
    return environment().get_template(template).render(**context)


@cache
def environment() -> Environment:
    """The templates' environment: autoescape on, undefined names refused, the house's words as filters."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("hedge", "count", "number", "percent", "between", "span", "listing", "date", "moment"):
        made.filters[name] = getattr(words, name)
    made.filters["typeset"] = typeset
    made.globals["stylesheet"] = lambda: safe(stylesheet())
    return made


def typeset(text: str) -> Markup:
    """Escape a sentence, and keep numbers and their per cent signs on one line."""
    from markupsafe import escape

    return escape(re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", str(text)))


def safe(markup: str) -> Markup:
    """Mark what this house has drawn or written itself as not to be escaped."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704 - only ever our own style sheet and figures


def _font(name: str) -> str:
    data = (_ASSETS / "fonts" / name).read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(data).decode('ascii')}"


def _template(name: str) -> str:
    room, _, file = name.partition("/")
    return (files(f"cartellino.{room}") / "templates" / file).read_text(encoding="utf-8")
