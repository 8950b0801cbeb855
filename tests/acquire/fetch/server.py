"""A small web server in a thread: what it answers is a function of the request."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class Request:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    number: int  # how many came for this path before


@dataclass
class Reply:
    """What to answer; `drop` ends the connection after so many bytes of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drop: int | None = None
    drip: float = 0.0


Site = Callable[[Request], Reply]


class Server:
    """Serves `site` at a free port of this computer; a context manager."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.requests: list[Request] = []
        self.connections = 0

    def __enter__(self) -> Server:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def _do(self, work: Awaitable):  # type: ignore[type-arg,no-untyped-def]
        async def wrapped():  # type: ignore[no-untyped-def]
            return await work

        return asyncio.run_coroutine_threadsafe(wrapped(), self._loop).result()

    async def _stop(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await self._reply(self._read(head), writer):
                    return
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    def _read(self, head: bytes) -> Request:
        first, *lines = head.decode("latin-1").split("\r\n")
        path = first.split(" ")[1]
        headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
        request = Request(path, headers, sum(each.path == path for each in self.requests[-5000:]))
        self.requests.append(request)
        return request

    async def _reply(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        reply = self.site(request)
        await asyncio.sleep(reply.wait)
        headers = {"Content-Length": str(len(reply.body)), **reply.headers}
        if reply.status == 304:
            headers.pop("Content-Length")
        lines = [f"HTTP/1.1 {reply.status} X", *(f"{key}: {value}" for key, value in headers.items()), "", ""]
        writer.write("\r\n".join(lines).encode("latin-1"))
        if reply.drip:
            for byte in reply.body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(reply.drip)
            return True
        writer.write(reply.body[: reply.drop])
        await writer.drain()
        return reply.drop is None
