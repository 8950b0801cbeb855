"""A small museum, its desk, and somebody who speaks to it as a browser would."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from cartellino import settings
from cartellino.web.app import create_app

from . import museum

ADDRESS = "http://127.0.0.1:8000"


class Visitor:
    """A browser at the desk: it keeps cookies, and sends the token and origin of its page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        page = client.get("/works")
        self.token = re.findall(r'name="cartellino-token" content="([0-9a-f]{64})"', page.text)[0]

    def get(self, address: str, **parameters: Any) -> Any:
        answer = self.client.get(address, params=parameters or None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, address: str, body: Any, **headers: str) -> Response:
        told = {"Origin": ADDRESS, "X-Cartellino-Token": self.token} | headers
        return self.client.post(address, json=body, headers={k: v for k, v in told.items() if v})

    def sign(self, work: str, *labels: str, **more: Any) -> Response:
        return self.post("/api/decisions", signing(work, *labels, **more))


def signing(work: str, *labels: str, **more: Any) -> dict[str, Any]:
    told = {"label_set": "culture", "work": work, "kind": "signed", "labels": list(labels)}
    return told | {"attempt": f"attempt on {work}"} | more


@pytest.fixture(scope="session")
def hung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return museum.hang(tmp_path_factory.mktemp("hung") / "museum")


@pytest.fixture
def folder(hung: Path, tmp_path: Path) -> Path:
    """A museum of one's own."""
    return Path(shutil.copytree(hung, tmp_path / "museum"))


@pytest.fixture
def visit() -> Iterator[Callable[..., Visitor]]:
    with ExitStack() as stack:

        def opened(folder: Path, **options: Any) -> Visitor:
            app = create_app(folder, settings.load(folder / settings.FILE), signer="Ada", **options)
            return Visitor(
                stack.enter_context(TestClient(app, base_url=ADDRESS, raise_server_exceptions=False))
            )

        yield opened


@pytest.fixture
def desk(folder: Path, visit: Callable[..., Visitor]) -> Visitor:
    """The desk of a museum whose backlog waits for its cultures."""
    museum.learn(folder)
    return visit(folder)
