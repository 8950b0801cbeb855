"""Which addresses may be asked: the web's, and of the public internet, unless a host is allowed by name.

What is checked is what is connected to: a name is resolved once, all its addresses are checked, and the
connection goes to one of these. Checking the name alone would let a name server answer twice, first with a
public address, then with one of the museum's own network (server-side request forgery by DNS rebinding).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection

import httpx

from cartellino.acquire.fetch.trouble import Next, Trouble

_PORTS = {"http": 80, "https": 443}
_STRANGE = frozenset(" %\\")  # in no name of a host; libraries differ in how they read them
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def parsed(address: str) -> httpx.URL:
    """The address in its parts, as the very library that will ask for it understands them.

    Raises
    ------
    Trouble
        If it is no address of the web, or carries a name and password.
    """
    try:
        url = httpx.URL(address).copy_with(fragment=None)
        host, port = url.host, url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Trouble("this is not an address", Next.NEVER, sent=False) from error
    if url.scheme not in _PORTS:
        raise Trouble("only http and https addresses are fetched", Next.NEVER, sent=False)
    if not host or set(host) & _STRANGE or not 0 < (port or 80) < 65536:
        raise Trouble("this is not an address", Next.NEVER, sent=False)
    if url.userinfo:
        raise Trouble("the address carries a name and password", Next.NEVER, sent=False)
    return url


def port_of(url: httpx.URL) -> int:
    """The port, that of the scheme if none is told."""
    return url.port or _PORTS[url.scheme]


def named(url: httpx.URL) -> str:
    """The host as settings and reports name it: with its port if that is not the scheme's own."""
    return url.host if url.port is None else f"{url.host}:{url.port}"


def is_named(url: httpx.URL, hosts: Collection[str]) -> bool:
    """Whether `hosts` (``name`` or ``name:port``) hold this one."""
    bare, full = url.host.lower(), f"{url.host}:{port_of(url)}".lower()
    bracketed = f"[{url.host}]:{port_of(url)}".lower()
    return any(each.lower() in (bare, full, bracketed) for each in hosts)


async def resolved(url: httpx.URL, allowed: Collection[str]) -> list[str]:
    """The numeric addresses of a host, those of version 4 first because more networks carry them.

    Raises
    ------
    Trouble
        If it has none, or one that is not of the public internet while its name is not in `allowed`.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port_of(url), type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Trouble("the name of the host is not known", sent=False) from error
    except (UnicodeError, OSError) as error:
        raise Trouble("this is not an address", Next.NEVER, sent=False) from error
    ips = sorted({ipaddress.ip_address(entry[4][0]) for entry in found}, key=lambda ip: (ip.version, int(ip)))
    if not is_named(url, allowed) and not all(map(is_public, ips)):
        raise Trouble("the address leads into a private network", Next.NEVER, sent=False)
    return [str(ip) for ip in ips]


def is_public(ip: IP) -> bool:
    """Whether an address is of the public internet (IANA's special-purpose registries, RFC 6890).

    An address of version 6 that carries one of version 4 is as public as that one.
    """
    inner = _inner(ip)
    if inner is not None:
        return is_public(inner)
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


def _inner(ip: IP) -> ipaddress.IPv4Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
