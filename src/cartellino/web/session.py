"""A session cookie and the token that proves a request was made by our own page (CSRF).

The token is a keyed hash of the session under a secret of this process (OWASP's signed double submit): a page
of another site can neither read the token nor set a cookie that matches one it invents.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request, Response

from cartellino.web.errors import DeskError

HEADER = "X-Cartellino-Token"


class Sessions:
    """Sessions of one running desk; they end with it."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def token(self, session: str) -> str:
        """The token that belongs to `session`."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def begin(self, request: Request, response: Response) -> str:
        """The token of the request's session; a new session is put in a cookie of `response`."""
        session = request.cookies.get(cookie_name(request)) or ""
        if not session:
            session = secrets.token_urlsafe(24)
            response.set_cookie(cookie_name(request), session, httponly=True, samesite="strict", path="/")
        return self.token(session)


def cookie_name(request: Request) -> str:
    """Cookies are shared by all ports of a host, so two desks on one computer need two names."""
    return f"cartellino-{(request.scope.get('server') or ('', 80))[1]}"


def verified(request: Request) -> None:
    """Refuse a request whose token does not belong to its session.

    Raises
    ------
    DeskError
        403, with the code 'token': a page may fetch a new token and repeat itself.
    """
    sessions: Sessions = request.app.state.desk.sessions
    session = request.cookies.get(cookie_name(request), "")
    given = request.headers.get(HEADER, "")
    if not session or not hmac.compare_digest(sessions.token(session).encode(), given.encode()):
        raise DeskError(
            403, "the desk was started anew since this page was opened", "", "Reload the page.", "token"
        )
