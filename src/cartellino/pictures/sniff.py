"""What a file is, told from its bytes; its name is not asked, because names lie."""

from __future__ import annotations

import re
import struct

from cartellino.errors import PictureError

_TAKEN: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("TIFF", re.compile(rb"II[\x2a\x2b]\x00|MM\x00[\x2a\x2b]")),
)
_OTHER_FORMATS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("a GIF", re.compile(rb"GIF8[79]a")),
    ("a BMP", re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL)),
    ("a PDF", re.compile(rb"%PDF-")),
    ("a Photoshop document", re.compile(rb"8BPS")),
    ("a PostScript file", re.compile(rb"%!PS|\xc5\xd0\xd3\xc6")),
    ("an AVIF", re.compile(rb"....ftypavi", re.DOTALL)),
    ("a HEIC", re.compile(rb"....ftyp(hei|hev|mif|msf)", re.DOTALL)),
    ("a film", re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.DOTALL)),
    ("a JPEG 2000", re.compile(rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51")),
    ("a JPEG XL", re.compile(rb"\xff\x0a|\x00\x00\x00\x0cJXL ")),
    ("a zip archive", re.compile(rb"PK\x03\x04")),
    ("a gzip archive", re.compile(rb"\x1f\x8b")),
)
_HTML = re.compile(rb"<(!doctype html|html|head|body)\b", re.IGNORECASE)
_SVG = re.compile(rb"<svg\b", re.IGNORECASE)
_HEAD = 1024


def sniff(data: bytes) -> str:
    """Tell the format of a picture from its first bytes.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    str
        'JPEG', 'PNG', 'TIFF' or 'WEBP'.

    Raises
    ------
    PictureError
        If it is none of these; the reason names what it is, as far as its bytes tell.
    """
    if not data:
        raise PictureError("the file is empty")
    head = data[:_HEAD]
    for kind, pattern in _TAKEN:
        if pattern.match(head):
            return kind
    for name, pattern in _OTHER_FORMATS:
        if pattern.match(head):
            raise PictureError(f"this is {name}; only JPEG, PNG, TIFF and WebP are taken")
    raise PictureError(_no_picture(head.removeprefix(b"\xef\xbb\xbf")))


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a WebP from its header (RFC 9649, section 2), or None if the header is broken.

    Older releases of Pillow allocate a WebP's canvas when they open it, so its size must be known before.
    """
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def filled_with_zeros(data: bytes) -> bool:
    """Whether a JPEG breaks off and only zero bytes follow, as an interrupted copy leaves it.

    Decoders paint the missing part grey and say nothing. A thumbnail inside the file has an end of its own,
    but before the start of the main scan.
    """
    return data.endswith(bytes(64)) and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")


def _no_picture(head: bytes) -> str:
    text = head.lstrip()
    if head.startswith(b"version https://git-lfs"):
        return "this is a pointer of Git LFS, not the picture itself; fetch it with 'git lfs pull'"
    if text.startswith(b"<"):
        found = "HTML" if _HTML.search(text) else "an SVG drawing" if _SVG.search(text) else "XML"
        return f"this is {found}, not a picture"
    if not head.strip(b"\0"):
        return "the file holds nothing but zero bytes"
    if all(byte >= 0x20 or byte in b"\t\r\n\f" for byte in head):
        return "this is text, not a picture"
    return f"this is no JPEG, PNG, TIFF or WebP; it begins with the bytes {head[:8].hex(' ')}"
