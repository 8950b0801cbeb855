"""HTTP/1.1 as bytes (RFC 9112): a protocol of our own, since no library breaks its word on request."""

from __future__ import annotations

import asyncio
import functools
import gzip
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

from .answers import JSON, Answer, Request, asked

_LONGEST_HEAD = 1 << 16
_WORTH_PACKING = 1 << 14
_PARTS = 20  # of a body that drips
_MOMENT = 0.02  # until what was written has left
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER for 0 seconds: closing sends RST


@dataclass(frozen=True, slots=True)
class Sending:
    """An answer as bytes, and in what manner they are sent.

    Parameters
    ----------
    head, body : bytes
        What is sent.
    closing : bool
        Whether the connection is closed after it.
    manner : str
        '' (whole), or one of `faults.MANNERS`.
    seconds : float
        How long a stall or a drip takes.
    silent : bool
        Whether a stall begins before the head.
    """

    head: bytes
    body: bytes
    closing: bool = False
    manner: str = ""
    seconds: float = 0.0
    silent: bool = False


def written(request: Request, answer: Answer) -> tuple[bytes, bytes]:
    """The head and body of an answer; long JSON is packed for those who take gzip."""
    headers, body = list(answer.headers), answer.body
    if _worth_packing(request, answer):
        body = gzip.compress(body, 1, mtime=0)
        headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    lines = [f"HTTP/1.1 {answer.status} {_phrase(answer.status)}", f"Date: {_date(int(time.time()))}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if answer.status != 304:
        lines += [f"Content-Type: {answer.media_type}", f"Content-Length: {len(body)}"]
    if request.closing:
        lines.append("Connection: close")
    return "\r\n".join((*lines, "", "")).encode("latin-1"), b"" if request.method == "HEAD" else body


def _worth_packing(request: Request, answer: Answer) -> bool:
    if answer.media_type != JSON or len(answer.body) < _WORTH_PACKING:
        return False
    packed = any(name == "Content-Encoding" for name, _ in answer.headers)
    return not packed and "gzip" in request.headers.get("accept-encoding", "")


@functools.cache
def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase


@functools.lru_cache(maxsize=4)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def _parsed(head: bytes) -> Request:
    """The request of a head; ValueError if it is none."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, version = first.split(" ")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    wish = headers.get("connection", "").lower()
    closing = wish == "close" or (version == "HTTP/1.0" and wish != "keep-alive")
    return asked(target, headers, method, closing or method not in ("GET", "HEAD"))


class Connection(asyncio.Protocol):
    """One connection: requests are answered one after another, as they come.

    Parameters
    ----------
    answered : callable
        Gives the answer to a request.
    all_open : set
        Holds the connections that are open.
    """

    def __init__(self, answered: Callable[[Request], Sending], all_open: set[Connection]) -> None:
        self._answered = answered
        self._all_open = all_open
        self._come = bytearray()
        self._busy: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._all_open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._all_open.discard(self)
        if self._busy:
            self._busy.cancel()

    def abort(self) -> None:
        """End it at once."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._come += data
        if not self._busy:
            self._go_on()

    def _go_on(self) -> None:
        while not self._busy and not self._transport.is_closing():
            end = self._come.find(b"\r\n\r\n")
            if end < 0:
                if len(self._come) > _LONGEST_HEAD:
                    self.abort()
                return
            head = bytes(self._come[:end])
            del self._come[: end + 4]
            self._serve(head)

    def _serve(self, head: bytes) -> None:
        try:
            request = _parsed(head)
        except ValueError:
            self.abort()
            return
        sending = self._answered(request)
        if sending.manner:
            self._busy = asyncio.get_running_loop().create_task(self._slowly(sending))
            return
        self._transport.write(sending.head + sending.body)
        if sending.closing:
            self._transport.close()

    async def _slowly(self, sending: Sending) -> None:
        half = sending.head + sending.body[: len(sending.body) // 2]
        match sending.manner:
            case "truncate":
                self._transport.write(half)
                self._transport.close()
            case "reset_mid_body":
                self._transport.write(half)
                await asyncio.sleep(_MOMENT)
                self._reset()
            case "stall":
                self._transport.write(b"" if sending.silent else half)
                await asyncio.sleep(sending.seconds)
                self._transport.close()
            case "drip":
                await self._drip(sending)
        self._busy = None
        self._go_on()

    def _reset(self) -> None:
        raw = self._transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._transport.abort()

    async def _drip(self, sending: Sending) -> None:
        self._transport.write(sending.head)
        size = max(1, -(-len(sending.body) // _PARTS))
        for start in range(0, len(sending.body), size):
            await asyncio.sleep(sending.seconds / _PARTS)
            self._transport.write(sending.body[start : start + size])
        if sending.closing:
            self._transport.close()
