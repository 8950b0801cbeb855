"""Faults put upon answers."""

from __future__ import annotations

import functools
import io
import math
import time
import zlib
from dataclasses import replace
from email.utils import formatdate
from urllib.parse import quote

from PIL import Image

from .answers import Answer, page
from .faults import Faults, drawn
from .routing import detour, lost

_MEGABYTE = bytes(1 << 20)
FORBIDDEN = page(403, "Request unsuccessful")


def spoiled(answer: Answer, path: str, faults: Faults) -> tuple[Answer, str]:
    """An answer with its lasting fault, and the fault's name ('' if it has none)."""
    fault = faults.lasting(answer.kind, answer.key, answer.work) if answer.status == 200 else ""
    match fault:
        case "missing":
            answer = lost(path)
        case "redirect_loop":
            answer = page(302, "Found", ("Location", quote(detour(path), safe="/!,^:")))
        case "redirect_to":
            targets = faults.redirect_targets
            chosen = targets[int(drawn(faults.seed, "target", answer.key) * len(targets))]
            answer = page(302, "Found", ("Location", chosen))
        case "gzip_bomb":
            headers = (*answer.headers, ("Content-Encoding", "gzip"))
            answer = replace(answer, body=_bomb(faults.bomb_megabytes), headers=headers)
        case "truncated_jpeg":
            answer = replace(answer, body=answer.body[: len(answer.body) * 2 // 3])
        case "mislabel":
            answer = replace(answer, body=_png(answer.body), media_type="image/jpeg")
        case "html_as_jpeg":
            answer = replace(answer, body=page(404, "Not found").body, media_type="image/jpeg")
        case "noai":
            answer = replace(answer, headers=(*answer.headers, ("X-Robots-Tag", "noai, noimageai")))
    return answer, fault


def refusal(fault: str, target: str, attempt: int, faults: Faults) -> Answer:
    """The answer of a server that has trouble for now."""
    lot = drawn(faults.seed, "refusal", target, attempt)
    if fault == "server_error":
        return page((500, 502, 503)[int(lot * 3)], "Something went wrong")
    date = formatdate(math.ceil(time.time()) + faults.retry_after, usegmt=True)
    return page(429, "Too many requests", ("Retry-After", str(faults.retry_after) if lot < 0.5 else date))


def _png(data: bytes) -> bytes:
    """A picture as PNG; what cannot be opened stays as it is."""
    stream = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.convert("RGB").save(stream, "PNG", compress_level=1)
    except OSError:
        return data
    return stream.getvalue()


@functools.cache
def _bomb(megabytes: int) -> bytes:
    """A gzip stream that unfolds to so many megabytes of zeros.

    After a full flush deflate starts anew, so one megabyte's blocks can be told again and again.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(_MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(_MEGABYTE, check)
    end = check.to_bytes(4, "little") + (megabytes << 20 & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + block * megabytes + packer.flush(zlib.Z_FINISH) + end
