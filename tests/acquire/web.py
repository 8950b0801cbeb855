"""Small helps for tests of sources on the web."""

from __future__ import annotations

import json
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cartellino.acquire.remote.source import RemoteSource
from cartellino.catalogue import Catalogue
from cartellino.records import Work


def long_ago(catalogue: Catalogue) -> None:
    """As if all that the ledger holds had been brought last year."""
    with catalogue.transaction():
        catalogue.connection.execute("UPDATE fetch SET at = '2024-01-01T00:00:00Z'")


def cells(source: RemoteSource, work: Work) -> dict[str, str | None]:
    return dict(zip([column.header for column in source.columns], work.cells, strict=True))


class Shop(ThreadingHTTPServer):
    """Serves a JSON record for each number below `count`, or whatever a test puts in its place."""

    def __init__(self, count: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.fill(count)

    def fill(self, count: int) -> None:
        self.pages = {f"/{n}": json.dumps({"id": n, "title": f"No. {n}"}).encode() for n in range(count)}
        self.gone: set[str] = set()
        self.slow: dict[str, float] = {}
        self.asked: Counter[str] = Counter()
        self.unchanged = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Shop

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        time.sleep(self.server.slow.get(self.path, 0))
        body = self.server.pages.get(self.path, b"")
        tag = f'"{hash(body)}"'
        status = 404 if not body or self.path in self.server.gone else 200
        if status == 200 and self.headers["If-None-Match"] == tag:
            status, body = 304, b""
            self.server.unchanged += 1
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
