"""What is asked and what is answered, before any fault."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from email.utils import formatdate, parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A request: its path decoded, its header names in small letters."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    target: str  # the path with the query as it came: what requests are counted by
    method: str = "GET"
    closing: bool = False


def asked(
    target: str, headers: dict[str, str] | None = None, method: str = "GET", closing: bool = False
) -> Request:
    """The request for a target such as '/search?q=sunflowers'."""
    path, mark, query = target.partition("?")
    path = unquote(path)
    told = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    return Request(path, told, headers or {}, path + mark + query, method, closing)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `kind` and `key` say what lasting faults may befall it, `work` whose it is.

    An object keeps its key, and with it its fate, whether it is asked for as the Met's record, as the AIC's
    or as a manifest.
    """

    status: int = 200
    body: bytes = b""
    media_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "list"  # list, object, picture
    key: str = ""
    work: int = 0
    modified: float = 0.0


def told(value: Any, status: int = 200, **others: Any) -> Answer:
    """An answer in JSON."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), **others)


def page(status: int, words: str, *headers: tuple[str, str]) -> Answer:
    """A page of HTML, as servers send that have trouble."""
    body = (
        f"<!DOCTYPE html>\n<html><head><title>{status}</title></head><body><h1>{words}</h1></body></html>\n"
    )
    return Answer(status, body.encode(), HTML, headers)


def stamped(answer: Answer) -> Answer:
    """With what a client may ask again by: ETag, and Last-Modified where a time is known (RFC 9110, 8.8)."""
    if answer.status != 200 or answer.kind == "list":
        return answer
    marks = [("ETag", f'"{zlib.crc32(answer.body):08x}-{len(answer.body):x}"')]
    if answer.modified:
        marks.append(("Last-Modified", formatdate(answer.modified, usegmt=True)))
    return replace(answer, headers=(*answer.headers, *marks))


def conditional(request: Request, answer: Answer) -> Answer:
    """304 without a body if the asker has it; If-None-Match rules where both are sent (RFC 9110, 13)."""
    marks = dict(answer.headers)
    if answer.status != 200 or "ETag" not in marks:
        return answer
    if (known := request.headers.get("if-none-match")) is not None:
        had = [each.strip().removeprefix("W/") for each in known.split(",")]
        same = marks["ETag"] in had or known.strip() == "*"
    else:
        same = not _newer(answer.modified, request.headers.get("if-modified-since"))
    return replace(answer, status=304, body=b"") if same else answer


def _newer(modified: float, since: str | None) -> bool:
    if not since or not modified:
        return True
    try:
        return int(modified) > parsedate_to_datetime(since).timestamp()
    except ValueError:
        return True
