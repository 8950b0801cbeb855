from __future__ import annotations

import asyncio
import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.fetch.addresses import is_named, is_public, named, parsed, resolved
from cartellino.acquire.fetch.trouble import Next, Trouble


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://museum.example/1.jpg", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("/images/1.jpg", "only http and https"),
        ("", "only http and https"),
        ("http://", "not an address"),
        ("http://host:99999/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://a b/", "not an address"),
        ("https://user:secret@museum.example/", "name and password"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str, words: str) -> None:
    with pytest.raises(Trouble, match=words) as caught:
        parsed(address)
    assert caught.value.then is Next.NEVER
    assert not caught.value.sent


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for address in (text, f"http://{text}", f"https://museum.example/{text}"):
        try:
            assert parsed(address).host
        except Trouble:
            continue


def test_hosts_are_named_with_their_port_where_it_is_not_the_usual_one() -> None:
    assert named(parsed("https://Museum.example:443/a#b")) == "museum.example"
    assert named(parsed("http://museum.example:8080/")) == "museum.example:8080"
    assert str(parsed("http://museum.example/a#b")) == "http://museum.example/a"
    url = parsed("http://[::1]:80/")
    assert all(is_named(url, [each]) for each in ("::1", "[::1]:80", "::1:80"))
    assert not is_named(url, ["[::1]:81", "localhost"])


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.255.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)
def test_addresses_of_private_networks_are_known(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "104.16.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_addresses_of_the_internet_are_known(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_loopback_by_any_name_is_refused(host: str) -> None:
    with pytest.raises(Trouble, match=r"private network|name of the host|not an address"):
        asyncio.run(resolved(parsed(f"http://{host}/"), ()))


def test_a_host_allowed_by_name_may_be_private() -> None:
    url = parsed("http://127.0.0.1:8000/")
    assert asyncio.run(resolved(url, ("127.0.0.1",))) == ["127.0.0.1"]
    assert asyncio.run(resolved(url, ("127.0.0.1:8000",))) == ["127.0.0.1"]
    with pytest.raises(Trouble, match="private network"):
        asyncio.run(resolved(url, ("127.0.0.1:8001", "localhost")))


def answer_with(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    """Let the name server answer with `ips`."""

    async def told(self: object, host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", told)


def test_a_name_that_leads_inside_is_refused_even_if_it_also_leads_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer_with(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(Trouble, match="private network"):
        asyncio.run(resolved(parsed("http://museum.example/"), ()))
    answer_with(monkeypatch, "2606:4700::1111", "9.9.9.9", "8.8.8.8", "8.8.8.8")
    found = asyncio.run(resolved(parsed("http://museum.example/"), ()))
    assert found == ["8.8.8.8", "9.9.9.9", "2606:4700::1111"]
