"""A stand-in for the Hugging Face hub: the routes that its client uses, on a port of this machine.

    with StandInHub() as hub:
        hub.add("owner/repository", {"model.onnx": b"…", "preprocessor_config.json": b"…"})
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)

Large files (``.onnx``, ``.onnx_data``, ``.safetensors``, ``.bin``) are told by their SHA-256, as Git LFS has
it, small ones by git's own name of them.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

LARGE = (".onnx", ".onnx_data", ".safetensors", ".bin")


@dataclass
class Repository:
    """Files by commit, and the names of commits."""

    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)

    def commit(self, revision: str) -> str:
        return self.names.get(revision, revision if revision in self.commits else "")


class StandInHub:
    """A hub with the repositories that are added to it."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.served: list[str] = []  # paths of files whose contents went out
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"

    def add(self, name: str, files: dict[str, bytes], revision: str = "main") -> str:
        """Put files into a repository as the newest commit of a revision, and give the commit."""
        repository = self.repositories.setdefault(name, Repository())
        told = json.dumps({path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())})
        commit = hashlib.sha1(told.encode()).hexdigest()
        repository.commits[commit], repository.names[revision] = dict(files), commit
        return commit

    def spoil(self, name: str, path: str) -> None:
        """Serve other bytes than those on record for a file, as many of them."""
        self.repositories[name].spoiled.add(path)

    def __enter__(self) -> Self:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                self._answer(body=False)

            def do_GET(self) -> None:
                self._answer(body=True)

            def log_message(self, *_: object) -> None:
                """Not on the terminal of the tests."""

            def _answer(self, *, body: bool) -> None:
                status, headers, data = hub.answer(unquote(urlsplit(self.path).path), body=body)
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(data))}).items():
                    self.send_header(name, value)
                self.end_headers()
                if body:
                    self.wfile.write(data)

        return Handler

    def answer(self, path: str, *, body: bool) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and contents of an address of the hub."""
        parts = path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            revision = parts[5] if len(parts) > 5 else "main"
            return self._told("/".join(parts[2:4]), revision)
        if parts[2:3] == ["resolve"]:
            return self._file("/".join(parts[:2]), parts[3], "/".join(parts[4:]), body=body)
        return _missing("EntryNotFound")

    def _told(self, name: str, revision: str) -> tuple[int, dict[str, str], bytes]:
        found = self._found(name, revision)
        if isinstance(found, str):
            return _missing(found)
        commit, files = found
        siblings = [_sibling(path, data) for path, data in files.items()]
        told = {"id": name, "modelId": name, "sha": commit, "siblings": siblings}
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()

    def _file(self, name: str, revision: str, path: str, *, body: bool) -> tuple[int, dict[str, str], bytes]:
        found = self._found(name, revision)
        if isinstance(found, str):
            return _missing(found)
        commit, files = found
        if path not in files:
            return _missing("EntryNotFound", {"X-Repo-Commit": commit})
        data = files[path]
        headers = {"X-Repo-Commit": commit, "ETag": f'"{_etag(path, data)}"', "Accept-Ranges": "none"}
        if path.endswith(LARGE):
            headers |= {"X-Linked-Etag": f'"{_etag(path, data)}"', "X-Linked-Size": str(len(data))}
        if body:
            self.served.append(path)
        if path in self.repositories[name].spoiled:
            data = bytes(255 - byte for byte in data)
        return 200, headers, data

    def _found(self, name: str, revision: str) -> tuple[str, dict[str, bytes]] | str:
        repository = self.repositories.get(name)
        if repository is None:
            return "RepoNotFound"
        commit = repository.commit(revision)
        return (commit, repository.commits[commit]) if commit else "RevisionNotFound"


def _missing(code: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    return 404, {"X-Error-Code": code, "X-Error-Message": code} | (headers or {}), b""


def _etag(path: str, data: bytes) -> str:
    if path.endswith(LARGE):
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _sibling(path: str, data: bytes) -> dict[str, object]:
    told: dict[str, object] = {"rfilename": path, "size": len(data), "blobId": _etag(path, data)}
    if path.endswith(LARGE):
        told["lfs"] = {"size": len(data), "sha256": _etag(path, data), "pointerSize": 134}
    return told
