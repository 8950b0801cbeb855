"""https to an address that was checked: the certificate is that of the name; HTTP/2 where it is there."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import httpx
import pytest

from cartellino.acquire.fetch.client import Answer, Client
from cartellino.acquire.fetch.trouble import Trouble
from cartellino.settings import FetchSettings

SETTINGS = FetchSettings(allow=("localhost",))


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for `name` that signs itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate with")
    told, key = folder / f"{name}.pem", folder / f"{name}.key"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run(
        [*command.split(), "-keyout", str(key), "-out", str(told), *names], check=True, capture_output=True
    )
    return told, key


@asynccontextmanager
async def museum(told: Path, key: Path) -> AsyncIterator[int]:
    """A server on this machine that speaks HTTP/2 alone, and says under which name it was asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(told, key)
    context.set_alpn_protocols(["h2"])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while data := await reader.read(65_536):
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                asked = dict(event.headers)[b":authority"]
                connection.send_headers(event.stream_id, [(":status", "200")])
                connection.send_data(event.stream_id, asked, end_stream=True)
        writer.write(connection.data_to_send())
    writer.close()


def asked(told: Path, key: Path, trusted: Path) -> Answer:
    async def run() -> Answer:
        client = Client(SETTINGS, ssl.create_default_context(cafile=str(trusted)))
        async with museum(told, key) as port:
            try:
                return await client.get(httpx.URL(f"https://localhost:{port}/objects/1"), {}, 1_000)
            finally:
                await client.close()

    return asyncio.run(run())


def test_the_certificate_must_be_that_of_the_name_though_the_address_is_called(tmp_path: Path) -> None:
    told, key = certificate(tmp_path, "localhost")
    answer = asked(told, key, told)
    assert answer.status == 200
    assert answer.body.startswith(b"localhost:")


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    told, key = certificate(tmp_path, "museum.example")
    with pytest.raises(Trouble, match="not trusted"):
        asked(told, key, told)


def test_a_certificate_that_nobody_trusts_is_refused(tmp_path: Path) -> None:
    told, key = certificate(tmp_path, "localhost")
    other, _ = certificate(tmp_path, "elsewhere")
    with pytest.raises(Trouble, match="not trusted"):
        asked(told, key, other)
