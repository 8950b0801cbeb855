from __future__ import annotations

import pytest

from cartellino.errors import PictureError
from cartellino.pictures.sniff import filled_with_zeros, sniff, webp_size

from .corpus import saved, scene


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_the_four_formats_are_known_by_their_bytes(kind: str) -> None:
    assert sniff(saved(scene(), kind)) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (bytes(2000), "nothing but zero bytes"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "this is HTML, not a picture"),
        (b"\xef\xbb\xbf\r\n  <html lang=en>", "this is HTML, not a picture"),
        (b"<!-- served by x -->\n<HTML>", "this is HTML, not a picture"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "this is XML, not a picture"),
        (b'{"message": "rate limit"}', "this is text, not a picture"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:12\n", "pointer of Git LFS"),
        (saved(scene(), "GIF"), "this is a GIF; only JPEG, PNG, TIFF and WebP are taken"),
        (saved(scene(), "BMP"), "this is a BMP"),
        (saved(scene(), "JPEG2000"), "this is a JPEG 2000"),
        (saved(scene(), "PDF"), "this is a PDF"),
        (b"\0\0\0\x1cftypavif", "this is an AVIF"),
        (b"\0\0\0\x1cftypheic", "this is a HEIC"),
        (b"PK\x03\x04rest", "this is a zip archive"),
        (b"\x01\x02\x03\x04\x05", "it begins with the bytes 01 02 03 04 05"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(PictureError) as caught:
        sniff(data)
    assert reason in caught.value.what


def test_sniffing_hostile_text_takes_no_time() -> None:
    with pytest.raises(PictureError, match="XML"):
        sniff(b"<!--" + b"--><!--" * 100_000)


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0"}])
@pytest.mark.parametrize("size", [(1, 1), (97, 31), (700, 1200)])
def test_the_size_of_a_webp_is_read_from_its_header(
    options: dict[str, object], size: tuple[int, int]
) -> None:
    assert webp_size(saved(scene(*size), "WEBP", **options)) == size


def test_a_broken_webp_header_has_no_size() -> None:
    assert webp_size(b"RIFF\0\0\0\0WEBPVP8X") is None


def test_a_thumbnail_s_end_is_not_taken_for_the_picture_s() -> None:
    thumbnail = saved(scene(16, 16))
    data = saved(scene(90, 90), "JPEG", comment=thumbnail)
    assert filled_with_zeros(data[:-400] + bytes(400))
    assert not filled_with_zeros(data + bytes(400))
