"""One request to one host: the address that was checked, and no more of an answer than was agreed."""

from __future__ import annotations

import asyncio
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from cartellino.acquire.fetch.addresses import resolved
from cartellino.acquire.fetch.retry import FRESH
from cartellino.acquire.fetch.trouble import Next, Trouble
from cartellino.settings import FetchSettings
from cartellino.version import VERSION

AT_ONCE = 64  # requests under way to one host: 80 a second at 300 ms take 24, and some are slower
_IDLE = 30.0  # seconds that a connection is kept for the next request
_NAME_LASTS = 60.0  # seconds until a name is resolved again
_TOO_LARGE = "the answer is larger than allowed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; the body only of answers that are taken."""

    status: int
    headers: httpx.Headers
    body: bytes
    latency: float  # seconds to the first byte


def user_agent(contact: str) -> str:
    """Who asks, and where to write to (RFC 9110, 10.1.5)."""
    where = "; ".join(filter(None, ("+https://github.com/cartellino/cartellino", contact.strip())))
    return f"Cartellino/{VERSION} ({where})"


class Client:
    """The connections to one host, HTTP/2 where it speaks it.

    Parameters
    ----------
    settings : FetchSettings
        Limits, contact and what is allowed.
    context : ssl.SSLContext
        Which certificates are trusted.
    """

    def __init__(self, settings: FetchSettings, context: ssl.SSLContext) -> None:
        self._settings = settings
        self._ips: list[str] = []
        self._resolved_at = 0.0
        self._client = httpx.AsyncClient(
            verify=context,
            http2=True,
            trust_env=False,  # a proxy would connect to addresses that were not checked
            follow_redirects=False,
            limits=httpx.Limits(
                max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=_IDLE
            ),
            timeout=httpx.Timeout(settings.timeout, pool=None),
            headers={
                "User-Agent": user_agent(settings.contact),
                "AIC-User-Agent": user_agent(settings.contact),  # what the Art Institute of Chicago asks for
                "Accept-Encoding": "gzip",
            },
        )

    async def get(self, url: httpx.URL, headers: Mapping[str, str], most_bytes: int) -> Answer:
        """Ask for `url`, whose host is this client's.

        Raises
        ------
        Trouble
            If the host cannot or must not be reached, breaks off, is too slow, or sends too much.
        """
        ips = await self._addresses(url)
        try:
            async with asyncio.timeout(self._settings.total):
                return await self._exchange(url, ips, headers, most_bytes)
        except TimeoutError as error:
            raise Trouble("the answer took too long") from error
        except httpx.TransportError as error:
            raise _told(error) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _addresses(self, url: httpx.URL) -> list[str]:
        if not self._ips or time.monotonic() - self._resolved_at > _NAME_LASTS:
            self._ips = await resolved(url, self._settings.allow)
            self._resolved_at = time.monotonic()
        return self._ips

    async def _exchange(
        self, url: httpx.URL, ips: list[str], headers: Mapping[str, str], most_bytes: int
    ) -> Answer:
        begun = time.monotonic()
        response = await self._connected(url, ips, headers)
        latency = time.monotonic() - begun
        try:
            taken = response.status_code in FRESH
            body = await _body(response, most_bytes) if taken else b""
        finally:
            await response.aclose()
        return Answer(response.status_code, response.headers, body, latency)

    async def _connected(self, url: httpx.URL, ips: list[str], headers: Mapping[str, str]) -> httpx.Response:
        for ip in list(ips):
            try:
                return await self._client.send(self._request(url, ip, headers), stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if ip == ips[-1]:
                    raise
                ips.remove(ip)  # the next requests need not try it again
                ips.append(ip)
        raise Trouble("the name of the host is not known", sent=False)

    def _request(self, url: httpx.URL, ip: str, headers: Mapping[str, str]) -> httpx.Request:
        return self._client.build_request(
            "GET",
            url.copy_with(host=ip),
            headers={"Host": url.netloc.decode("ascii"), **headers},
            extensions={"sni_hostname": url.raw_host.decode("ascii").strip("[]")},
        )


async def _body(response: httpx.Response, most_bytes: int) -> bytes:
    """The body, unpacked by no more than is allowed: a bomb is not even unfolded in memory."""
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > most_bytes:
        raise Trouble(_TOO_LARGE, Next.NEVER)
    unpacker = _unpacker(response.headers.get("Content-Encoding", ""))
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += _unpacked(unpacker, chunk, most_bytes + 1 - len(data)) if unpacker else chunk
        if len(data) > most_bytes:
            raise Trouble(_TOO_LARGE, Next.NEVER)
    if unpacker and response.num_bytes_downloaded and not unpacker.eof:
        raise Trouble("the answer was cut off")
    return bytes(data)


def _unpacker(encoding: str) -> zlib._Decompress | None:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=47)  # 32 + 15: tells gzip and zlib apart by itself
    raise Trouble("the answer is packed in a way that was not asked for", Next.NEVER)


def _unpacked(unpacker: zlib._Decompress, chunk: bytes, most: int) -> bytes:
    try:
        return unpacker.decompress(chunk, most)
    except zlib.error as error:
        raise Trouble("the answer cannot be unpacked") from error


def _told(error: httpx.TransportError) -> Trouble:
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Trouble("the certificate of the host is not trusted", Next.LATER)
        return Trouble("the host cannot be reached")
    if isinstance(error, httpx.TimeoutException):
        return Trouble("the host fell silent")
    return Trouble("the connection broke off")
