"""Small ICC profiles (ICC.1:2001-04) made by hand, so that tests know what a picture must come out as."""

from __future__ import annotations

import struct
from itertools import product

ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _text(words: str) -> bytes:
    raw = words.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(raw)) + raw + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256)) + b"\0\0"


def _profile(space: bytes, kind: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    body, table = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    header = bytearray(128)
    struct.pack_into(">I", header, 0, start + len(body))
    header[8:12], header[12:16], header[16:20], header[20:24] = b"\x02\x40\0\0", kind, space, connection
    header[24:36] = struct.pack(">6H", 2024, 1, 1, 0, 0, 0)
    header[36:40] = b"acsp"
    header[68:80] = b"".join(map(_fixed, (0.9642, 1.0, 0.8249)))
    return bytes(header) + struct.pack(">I", len(tags)) + table + body


def rgb(
    primaries: tuple[tuple[float, ...], ...] = ADOBE_RGB, gamma: float = 2.2, name: str = "Adobe RGB"
) -> bytes:
    tags = {b"desc": _text(name), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    for letter, primary in zip(b"rgb", primaries, strict=True):
        tags[bytes([letter]) + b"XYZ"] = _xyz(primary)
        tags[bytes([letter]) + b"TRC"] = _gamma(gamma)
    return _profile(b"RGB ", b"mntr", b"XYZ ", tags)


def grey(gamma: float) -> bytes:
    tags = {b"desc": _text("Grey"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    return _profile(b"GRAY", b"mntr", b"XYZ ", {**tags, b"kTRC": _gamma(gamma)})


def cmyk(cyan_lab: tuple[float, float, float]) -> bytes:
    """A press whose cyan has any colour one likes; the other inks are grey."""
    grid = b""
    for c, m, y, k in product((0, 1), repeat=4):
        lightness, a, b = 100 - 25 * (m + y) - 50 * k, 0.0, 0.0
        if c:
            lightness, a, b = cyan_lab[0] * (1 - 0.25 * (m + y) - 0.5 * k), cyan_lab[1], cyan_lab[2]
        grid += bytes([round(lightness * 2.55), round(a + 128), round(b + 128)])
    identity = b"".join(map(_fixed, (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    table = (
        b"mft1\0\0\0\0"
        + bytes([4, 3, 2, 0])
        + identity
        + bytes(range(256)) * 4
        + grid
        + bytes(range(256)) * 3
    )
    tags = {
        b"desc": _text("Strange press"),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": _xyz((0.9642, 1.0, 0.8249)),
    }
    return _profile(b"CMYK", b"prtr", b"Lab ", {**tags, b"A2B0": table})
