"""https to an address that was checked: the certificate is that of the name; HTTP/2 where it is there."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import h2.config
import h2.connection
import h2.events
import httpx
import pytest
import trustme

from cartellino.acquire.fetch.client import Answer, Client
from cartellino.acquire.fetch.trouble import Trouble
from cartellino.settings import FetchSettings

SETTINGS = FetchSettings(allow=("localhost",))


@asynccontextmanager
async def museum(certificate: trustme.LeafCert) -> AsyncIterator[int]:
    """A server on this machine that speaks HTTP/2 alone, and says under which name it was asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
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


def asked(certificate: trustme.LeafCert, trusted: trustme.CA) -> Answer:
    context = ssl.create_default_context()
    trusted.configure_trust(context)

    async def run() -> Answer:
        client = Client(SETTINGS, context)
        async with museum(certificate) as port:
            try:
                return await client.get(httpx.URL(f"https://localhost:{port}/objects/1"), {}, 1_000)
            finally:
                await client.close()

    return asyncio.run(run())


def test_the_certificate_must_be_that_of_the_name_though_the_address_is_called() -> None:
    authority = trustme.CA()
    answer = asked(authority.issue_cert("localhost"), authority)
    assert answer.status == 200
    assert answer.body.startswith(b"localhost:")


def test_a_certificate_for_another_name_is_refused() -> None:
    authority = trustme.CA()
    with pytest.raises(Trouble, match="not trusted"):
        asked(authority.issue_cert("museum.example", "127.0.0.1"), authority)


def test_a_certificate_that_nobody_trusts_is_refused() -> None:
    with pytest.raises(Trouble, match="not trusted"):
        asked(trustme.CA().issue_cert("localhost"), trustme.CA())
