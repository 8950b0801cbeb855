"""The desk on a loopback address, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from cartellino.errors import InputError, StorageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_GRACE = 3  # seconds for answers under way when the desk is stopped


def serve(
    app: FastAPI, host: str = "127.0.0.1", port: int = 8000, *, ready: Callable[[str], None] | None = None
) -> None:
    """Serve `app` until Ctrl-C.

    Parameters
    ----------
    app : FastAPI
        The desk.
    host : str
        A loopback address.
    port : int
        The port wanted; 0, or a port that is taken, means a free one.
    ready : callable, optional
        Called with the address of the first page once the desk answers; prints it if not given.

    Raises
    ------
    InputError
        If `host` is no loopback address: the desk has no accounts.
    StorageError
        If no port can be had at all.
    """
    server = Server(app, host, port)
    if server.notice:
        print(server.notice, file=sys.stderr)
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once everything is closed
        server.serve_until_stopped(ready or _told)


class Server(uvicorn.Server):
    """One running desk, whose address is known before it runs.

    Parameters
    ----------
    app, host, port
        As in `serve`.

    Attributes
    ----------
    address : str
        Of the first page.
    notice : str
        That another port was taken than the one wanted, or ''.
    """

    def __init__(self, app: FastAPI, host: str = "127.0.0.1", port: int = 8000) -> None:
        self._listening, taken = _listen(host, port)
        name = f"[{host}]" if ":" in host else host
        self.address = f"http://{name}:{self._listening.getsockname()[1]}{app.state.start}"
        self.notice = f"Port {port} is taken by another program; a free one is used instead." if taken else ""
        self._ready: Callable[[str], None] | None = None
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )

    def serve_until_stopped(self, ready: Callable[[str], None] | None = None) -> None:
        """Answer requests until `stop` or Ctrl-C."""
        self._ready = ready
        with self._listening:
            self.run(sockets=[self._listening])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started and self._ready:
            self._ready(self.address)

    def stop(self) -> None:
        """Finish what is under way and stop; may be called from another thread."""
        self.should_exit = True


def _told(address: str) -> None:
    print(f"The review desk is at {address} (Ctrl-C stops it)", flush=True)


def _listen(host: str, port: int) -> tuple[socket.socket, bool]:
    if host not in LOOPBACK:
        raise InputError(
            "the review desk has no accounts, so it answers on this computer only",
            host,
            "Use the host 127.0.0.1.",
        )
    try:
        return _bound(host, port), False
    except OSError as error:
        if not port:
            raise StorageError(
                f"no port can be opened: {error}", host, "Ask who manages this computer."
            ) from error
        return _bound(host, 0), True


def _bound(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        # Windows lets two programs share an address unless told not to; elsewhere a port just left is free.
        name = "SO_EXCLUSIVEADDRUSE" if os.name == "nt" else "SO_REUSEADDR"
        listening.setsockopt(socket.SOL_SOCKET, getattr(socket, name), 1)
        listening.bind((host, port))
        listening.listen(64)
    except OSError:
        listening.close()
        raise
    return listening
