"""Who may speak to the desk, and what a browser may do with its answers.

A server on a loopback address is reachable by every web page that the same browser shows: by name, once a
hostile name resolves to 127.0.0.1 (DNS rebinding), and blindly, by forms and scripts of other sites. So the
Host header must be a loopback name with our own port, and whatever writes must come from our own pages.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cartellino.web.errors import DeskError, answer
from cartellino.web.headers import HEADERS

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
BODY_LIMIT = 64 * 1024
_READING = ("GET", "HEAD", "OPTIONS")


class Guard:
    """ASGI middleware: refuses strangers in a sentence, and sets the headers that keep pages to themselves.

    Parameters
    ----------
    app : ASGIApp
        What is guarded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # the desk has no websockets
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            check(scope)
        except DeskError as refusal:
            await answer(scope["path"], refusal.status, refusal)(
                scope, receive, _dressed(send, scope["path"])
            )
            return
        await self.app(scope, receive, _dressed(send, scope["path"]))


def check(scope: Scope) -> None:
    """Refuse a request that does not come from the desk's own pages or address bar.

    Raises
    ------
    DeskError
        With the status and the sentence to answer.
    """
    headers = Headers(scope=scope)
    host = headers.get("host", "").lower()
    if not _is_ours(host, scope):
        raise DeskError(
            421, "the review desk does not answer to this name", host, "Open it at its printed address."
        )
    if _is_foreign_fetch(headers):
        raise DeskError(403, "another site may not read from the review desk", "", "Open the desk itself.")
    if scope["method"] not in _READING:
        _check_origin(headers, host)
        _check_body(headers)


def _is_ours(host: str, scope: Scope) -> bool:
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not name:
        name, port = host, ""
    return name in LOOPBACK and (port or "80") == str((scope.get("server") or ("", 80))[1])


def _is_foreign_fetch(headers: Headers) -> bool:
    # 'same-site' is another port of this computer: as foreign to us as another site.
    foreign = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    return foreign and headers.get("sec-fetch-mode") != "navigate"


def _check_origin(headers: Headers, host: str) -> None:
    ours = f"http://{host}"
    origin = headers.get("origin")
    if origin is None:
        referer = headers.get("referer", "")
        origin = ours if referer.startswith(f"{ours}/") else referer
    if origin.lower() != ours:
        raise DeskError(
            403, "only the review desk's own pages may sign", origin, "Open the desk itself and try again."
        )


def _check_body(headers: Headers) -> None:
    length = headers.get("content-length", "")
    if not length.isdigit():
        raise DeskError(411, "the request does not say how long it is", "", "Send a Content-Length.")
    if int(length) > BODY_LIMIT:
        raise DeskError(
            413, f"the request is longer than {BODY_LIMIT} bytes", "", "Send one decision at a time."
        )
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise DeskError(415, "the request is not JSON", "", "Send it as application/json.")


def _dressed(send: Send, path: str) -> Send:
    # Pages and answers are of the moment; scripts and fonts are asked after, and rarely sent again.
    kept = "no-cache" if path.startswith(("/static/", "/assets/")) else "no-store"

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", kept)
        await send(message)

    return dressed
