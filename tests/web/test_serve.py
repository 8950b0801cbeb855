from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from cartellino import collection, settings
from cartellino.errors import InputError
from cartellino.web.app import create_app
from cartellino.web.serve import Server, serve

from . import museum
from .conftest import signing


@pytest.fixture
def app(folder: Path) -> FastAPI:
    museum.learn(folder)
    return create_app(folder, settings.load(folder / settings.FILE), label_set="culture", signer="Ada")


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield other.getsockname()[1]


def test_the_desk_answers_at_the_address_it_names_until_it_is_stopped(app: FastAPI) -> None:
    server, ready, named = Server(app, port=0), threading.Event(), list[str]()
    running = threading.Thread(
        target=server.serve_until_stopped, args=(lambda a: (named.append(a), ready.set()),)
    )
    running.start()
    try:
        assert ready.wait(20)
        assert named == [server.address]
        assert server.address.startswith("http://127.0.0.1:")
        assert server.address.endswith("/desk/culture")
        assert httpx.get(server.address).status_code == 200
        port = server.address.split(":")[2].split("/")[0]
        assert httpx.get(f"http://localhost:{port}/").status_code == 200
        rebound = httpx.get(server.address, headers={"Host": f"evil.example:{port}"})
        assert rebound.status_code == 421
    finally:
        server.stop()
        running.join(20)
    assert not running.is_alive()
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.address)


def test_a_port_that_is_taken_is_said_and_another_is_used(app: FastAPI, taken: int) -> None:
    server = Server(app, port=taken)
    try:
        assert f"Port {taken} is taken" in server.notice
        assert f":{taken}/" not in server.address
    finally:
        server._listening.close()


def test_an_address_that_others_could_reach_is_refused(app: FastAPI) -> None:
    with pytest.raises(InputError, match="no accounts"):
        serve(app, "0.0.0.0", 0)


PROGRAM = """
import sys
from pathlib import Path
from cartellino import collection, settings
from cartellino.web.app import create_app
from cartellino.web.serve import serve
folder = Path(sys.argv[1])
serve(create_app(folder, settings.load(folder / settings.FILE), signer="Ada"), port=0)
print("closed")
"""


@pytest.fixture
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    museum.learn(folder)
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def told_address(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    said = running.stdout.readline()
    assert said.startswith("The review desk is at http://127.0.0.1:")
    return said.split()[5].rstrip("/")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to every program of the console")
def test_ctrl_c_ends_the_desk_quietly(running: subprocess.Popen[str]) -> None:
    told_address(running)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (0, "closed\n", "")


def test_what_was_answered_as_signed_survives_a_kill(folder: Path, running: subprocess.Popen[str]) -> None:
    address = told_address(running)
    with httpx.Client(base_url=address, headers={"Origin": address}) as browser:
        token = browser.get("/api/session").json()["token"]
        for work in ("b2", "b3"):
            answer = browser.post(
                "/api/decisions", json=signing(work, "Dutch"), headers={"X-Cartellino-Token": token}
            )
            assert answer.status_code == 201
    running.kill()
    running.wait(30)
    with collection.open(folder) as opened:
        signed = opened.catalogue.journal.standings(opened.catalogue.labels.find("culture").id)
        works = [opened.catalogue.works.id(decision.work) for decision in signed]
    assert works == ["b2", "b3"]
