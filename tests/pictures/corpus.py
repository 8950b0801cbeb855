"""Pictures made for tests: plain ones, odd ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from PIL import Image


def scene(width: int = 96, height: int = 64, seed: int = 0) -> Image.Image:
    """Something with smooth parts, edges and a little noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width].astype(float)
    angles = rng.uniform(0, 6, (3, 1, 1))
    waves = 128 + 90 * np.sin(x / width * 5 + angles) * np.cos(y / height * 4 + 2 * angles)
    waves[:, (x - width / 2) ** 2 + (y - height / 3) ** 2 < (min(width, height) / 5) ** 2] = 30
    return Image.fromarray(
        (waves + rng.normal(0, 3, waves.shape)).clip(0, 255).astype(np.uint8).transpose(1, 2, 0)
    )


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def exif(orientation: int) -> Image.Exif:
    told = Image.Exif()
    told[0x0112] = orientation
    return told


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(rows: np.ndarray, colour: int, depth: int, *, extra: dict[bytes, bytes] | None = None) -> bytes:
    """A PNG written by hand, for kinds that Pillow does not write: `rows` (height, bytes of a line)."""
    height, line = rows.shape
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    width = line * 8 // (channels * depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows.astype(np.uint8)))
    chunks = [_chunk(name, data) for name, data in (extra or {}).items()]
    middle = b"".join(chunks)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + middle + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


def png_header(width: int, height: int) -> bytes:
    """The start of a PNG that promises much and holds nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b""))
        + _chunk(b"IEND", b"")
    )


def jpeg_header(width: int, height: int) -> bytes:
    """A small JPEG whose frame header was changed to promise another size."""
    data = bytearray(saved(scene(16, 16), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_header(width: int, height: int) -> bytes:
    """A WebP whose extended header was changed to promise another size."""
    data = bytearray(saved(scene(16, 16).convert("RGBA"), "WEBP", exif=exif(1)))
    assert data[12:16] == b"VP8X"
    data[24:27], data[27:30] = (width - 1).to_bytes(3, "little"), (height - 1).to_bytes(3, "little")
    return bytes(data)
